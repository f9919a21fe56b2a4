"""How the settings of an edition are asked: one line a setting, with its help (BR-37…BR-59)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from services.expertise.pages.door import choices
from services.expertise.rules.conflicts import DEFAULTS
from services.expertise.rules.labels import label
from services.expertise.rules.policy import Policy, setting
from services.expertise.rules.vocabulary import Averaging, ConflictLevel, SameMunicipality, TieBreaker
from shared.refusal import N_
from shared.web.filters import DASH, number

#: What may be chosen for a conflict rule: how strong it is and for how many years; without a number for ever.
CONFLICT_RULES = (
    "OFF",
    *(f"{level}{years}" for level in ("SOFT", "HARD") for years in ("", " 1", " 2", " 3", " 5", " 10")),
)


@dataclass(frozen=True)
class Asked:
    """One input: the setting, its label and help, and what may be chosen (nothing: a number is typed)."""

    name: str
    label: str
    hint: str
    kind: str = "number"


#: Every setting of a policy in the order of the page; ties have their own inputs.
SETTINGS = (
    Asked("threshold", N_("Проходной балл"), N_("Ниже него заявка не проходит, в процентах от максимума")),
    Asked(
        "discrepancy",
        N_("Расхождение, при котором нужен ещё один эксперт"),
        N_("Разность наибольшей и наименьшей оценки, в процентных пунктах; больше неё нужен дополнительный эксперт"),
    ),
    Asked("aggregate", N_("Балл этапа"), N_("Как листы экспертов становятся баллом этапа"), "averaging"),
    Asked(
        "aggregate_with_extra",
        N_("Балл этапа с дополнительным экспертом"),
        N_("Когда эксперты разошлись и подписан дополнительный лист"),
        "averaging",
    ),
    Asked(
        "same_municipality",
        N_("Эксперт из муниципалитета соискателя"),
        N_("Мягкий конфликт интересов: что с ним делать при назначении"),
        "same_municipality",
    ),
    Asked(
        "municipality_cap",
        N_("Экспертов одного муниципалитета на заявку, не больше"),
        N_("Пусто — без предела"),
    ),
    *(
        Asked(
            setting(rule),
            label(rule.kind),
            N_("Конфликт интересов: запрещает или только нежелателен, и сколько лет"),
            "conflict",
        )
        for rule in DEFAULTS
    ),
    Asked("entries_per_nomination", N_("Заявок от организации в номинации"), N_("Обычно одна")),
    Asked(
        "finalists",
        N_("Финалистов в номинации"),
        N_("Сколько лучших проходит на очный этап; пусто — все выше порога"),
    ),
    Asked("comment_lowest", N_("Комментарий к низшей оценке"), N_("Обязателен ли он"), "yesno"),
    Asked("comment_top", N_("Комментарий к высшей оценке"), N_("Обязателен ли он"), "yesno"),
    Asked("comment_length", N_("Наименьшая длина обязательного комментария"), N_("В знаках")),
    Asked(
        "recommendation_required",
        N_("Рекомендация эксперта"),
        N_("Нужна ли она, чтобы подписать лист"),
        "yesno",
    ),
    Asked("winner_places", N_("Мест победителей"), N_("Сколько первых мест получают звание победителя")),
    Asked("prize_places", N_("Мест призёров"), N_("Сколько мест после победителей получают звание призёра")),
    Asked(
        "laureate_score",
        N_("Балл лауреата"),
        N_("С какого итогового балла присваивается; пусто — не присваивается"),
    ),
    Asked(
        "diploma_score",
        N_("Балл дипломанта"),
        N_("С какого итогового балла присваивается; пусто — не присваивается"),
    ),
    Asked(
        "blind",
        N_("Анонимная экспертиза"),
        N_("Эксперты видят работы под шифрами и без имён, пока результаты не опубликованы"),
        "yesno",
    ),
    Asked("appeal_days", N_("Срок апелляции"), N_("В рабочих днях после публикации результатов")),
)


def asked() -> list[dict[str, Any]]:
    """The inputs with their words in the language of the reader."""
    return [
        {
            "name": f"policy-{one.name}",
            "label": _(one.label),
            "hint": _(one.hint),
            "options": _options(one.kind),
        }
        for one in SETTINGS
    ]


def ties() -> list[str]:
    """The inputs of the tie-breakers, in their order."""
    return [f"policy-tie-{place}" for place in range(1, len(TieBreaker) + 1)]


def filled(policy: Policy) -> dict[str, Any]:
    """What stands in the inputs for a policy."""
    data = policy.as_data()
    tie = data.pop("tie")
    return {
        **{f"policy-{name}": value for name, value in data.items()},
        **{f"policy-tie-{place}": word for place, word in enumerate(tie, 1)},
    }


def conflict_words(rule: str) -> str:
    """A rule in words: «запрещает, лет: 3»."""
    level, _sep, years = rule.partition(" ")
    named = _(label(ConflictLevel(level)))
    return _("%(level)s, лет: %(years)s", level=named, years=years) if years else named


def _options(kind: str) -> list[tuple[str, str]] | None:
    if kind == "averaging":
        return choices(Averaging)
    if kind == "same_municipality":
        return choices(SameMunicipality)
    if kind == "conflict":
        return [(rule, conflict_words(rule)) for rule in CONFLICT_RULES]
    return [("true", _("да")), ("false", _("нет"))] if kind == "yesno" else None


def told(policy: Policy) -> Iterator[tuple[str, str]]:
    """The settings in plain words: what each is called and what it says."""
    for one in asked():
        value = getattr(policy, one["name"].removeprefix("policy-"))
        words = dict(one["options"] or {})
        if isinstance(value, Decimal):
            yield one["label"], number(value, 2)
        elif isinstance(value, bool):
            yield one["label"], words["true" if value else "false"]
        else:
            yield one["label"], words.get(value, DASH if value is None else str(value))
