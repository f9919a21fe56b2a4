"""The catalogue of indicators: code, title, formula in words and what the records behind are (model 3.8)."""

from dataclasses import dataclass
from decimal import Decimal

from services.reports.rules.terms import RecordKind, Span, Unit
from shared.refusal import N_, NotFound, Refused


@dataclass(frozen=True)
class Indicator:
    """What an indicator is. `territorial` ones can be asked for one municipality; of most, more is better."""

    code: str
    title: str
    unit: Unit
    formula: str
    span: Span
    records: RecordKind
    territorial: bool = True
    more_is_better: bool = True


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "I-01",
        N_("Доля инновационных организаций"),
        Unit.PERCENT,
        N_(
            "100 · число организаций, у которых на дату есть хотя бы одна действующая площадка, "
            "/ число образовательных организаций муниципалитета в этом году"
        ),
        Span.DATE,
        RecordKind.ORGANISATION,
    ),
    Indicator(
        "I-02",
        N_("Число инновационных площадок"),
        Unit.COUNT,
        N_("число площадок, действующих на дату и курируемых оператором сети"),
        Span.DATE,
        RecordKind.PLATFORM,
    ),
    Indicator(
        "I-03",
        N_("Действующие договоры"),
        Unit.COUNT,
        N_("число договоров, действующих на дату"),
        Span.DATE,
        RecordKind.AGREEMENT,
    ),
    Indicator(
        "I-04",
        N_("Вовлечённые муниципалитеты"),
        Unit.COUNT,
        N_(
            "число разных муниципалитетов, с ТМС которых договор действует на дату; город оператора не входит"
        ),
        Span.DATE,
        RecordKind.AGREEMENT,
        territorial=False,
    ),
    Indicator(
        "I-05",
        N_("Охват края"),
        Unit.PERCENT,
        N_("100 · вовлечённые муниципалитеты / число муниципалитетов края"),
        Span.DATE,
        RecordKind.AGREEMENT,
        territorial=False,
    ),
    Indicator(
        "I-06",
        N_("Муниципалитеты с преобразованной сетью"),
        Unit.COUNT,
        N_("число муниципалитетов, трансформация сети которых на дату завершена"),
        Span.DATE,
        RecordKind.TRANSFORMATION,
    ),
    Indicator(
        "I-08",
        N_("Проведённые мероприятия"),
        Unit.COUNT,
        N_("число мероприятий, проведённых за период"),
        Span.PERIOD,
        RecordKind.EVENT,
        territorial=False,
    ),
    Indicator(
        "I-09",
        N_("Участия в мероприятиях"),
        Unit.COUNT,
        N_("сумма присутствовавших на мероприятиях периода"),
        Span.PERIOD,
        RecordKind.PARTICIPATION,
    ),
    Indicator(
        "I-10",
        N_("Явка"),
        Unit.PERCENT,
        N_("100 · присутствовавшие / подтверждённые участники мероприятий периода (отношение сумм)"),
        Span.PERIOD,
        RecordKind.PARTICIPATION,
    ),
    Indicator(
        "I-11",
        N_("Среднее присутствие, минут"),
        Unit.MINUTES,
        N_("сумма минут присутствия / число присутствовавших, чьё время измерено"),
        Span.PERIOD,
        RecordKind.PARTICIPATION,
    ),
    Indicator(
        "I-12",
        N_("Эксперты из ТМС"),
        Unit.COUNT,
        N_("число экспертов из ТМС, подписавших за период хотя бы один оценочный лист"),
        Span.PERIOD,
        RecordKind.SHEET,
    ),
    Indicator(
        "I-13",
        N_("Согласованность экспертов: средний разброс, баллов"),
        Unit.POINTS,
        N_("среднее по работам и этапам разности наибольшего и наименьшего процента основных экспертов"),
        Span.PERIOD,
        RecordKind.SHEET,
        territorial=False,
        more_is_better=False,
    ),
    Indicator(
        "I-14",
        N_("Результативность конкурса"),
        Unit.PERCENT,
        N_("100 · работы с положительным решением / допущенные работы конкурсов, закрытых в периоде"),
        Span.PERIOD,
        RecordKind.ENTRY,
    ),
)

_BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def indicator(code: str) -> Indicator:
    """The indicator with this code, or NotFound."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise NotFound(code) from None


def known_indicator(code: str) -> Indicator:
    """The indicator that a form names; an unknown code is the form's mistake."""
    if code not in _BY_CODE:
        raise Refused("INDICATOR", N_("Показателя %(code)s нет в перечне"), field="code", code=code)
    return _BY_CODE[code]


def checked_value(unit: Unit, value: Decimal) -> Decimal:
    """A value of an indicator is not negative, a share is at most 100, a count is whole (model 3.8)."""
    if value < 0:
        raise Refused("INDICATOR", N_("Значение показателя не может быть отрицательным"), field="value")
    if unit is Unit.PERCENT and value > 100:
        raise Refused("INDICATOR", N_("Доля не может быть больше ста процентов"), field="value")
    if unit is Unit.COUNT and value != value.to_integral_value():
        raise Refused("INDICATOR", N_("Количество должно быть целым числом"), field="value")
    return value
