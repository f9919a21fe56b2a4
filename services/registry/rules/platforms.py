"""BR-19…BR-26: innovation platforms and the history of their status."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.registry.rules.kinds import ActKind, PlatformKind, PlatformState, StatusStep
from services.registry.rules.labels import after
from shared.refusal import N_, Refused, StateTable

_S, _A = PlatformState, StatusStep
PLATFORM_MOVES: StateTable[PlatformState] = StateTable(
    {
        (_S.APPLIED, _A.AWARD): _S.ACTIVE,
        (_S.APPLIED, _A.DECLINE): _S.DECLINED,
        (_S.ACTIVE, _A.EXTEND): _S.ACTIVE,
        (_S.ACTIVE, _A.SUSPEND): _S.SUSPENDED,
        (_S.SUSPENDED, _A.RESUME): _S.ACTIVE,
        (_S.ACTIVE, _A.EXPIRE): _S.EXPIRED,
        (_S.ACTIVE, _A.COMPLETE): _S.COMPLETED,
        (_S.ACTIVE, _A.TERMINATE): _S.TERMINATED,
        (_S.SUSPENDED, _A.TERMINATE): _S.TERMINATED,
    },
    rule="PLATFORM_STATE",
)
_REFUSALS: dict[str, str] = {
    _A.AWARD: N_("Статус присваивают только заявленной площадке"),
    _A.DECLINE: N_("Отклонить можно только заявленную площадку"),
    _A.EXTEND: N_("Продлить можно только действующий статус"),
    _A.SUSPEND: N_("Приостановить можно только действующий статус"),
    _A.RESUME: N_("Возобновить можно только приостановленный статус"),
    _A.EXPIRE: N_("Истекает только действующий статус"),
    _A.COMPLETE: N_("Завершить можно только действующую площадку"),
    _A.TERMINATE: N_("Прекратить можно только действующий или приостановленный статус"),
}

#: Actions that make sense only while the term lasts.
_WITHIN_TERM = frozenset({_A.EXTEND, _A.SUSPEND, _A.RESUME})

DEFAULT_MONTHS = 36
MIN_MEMBERS = 2


@dataclass(frozen=True)
class Step:
    """One record of the status history: what, from which day, until when, by which act."""

    kind: StatusStep
    on: date
    valid_to: date | None = None
    act_id: UUID | None = None
    clause: str | None = None
    note: str | None = None
    #: The agreement of a partner platform, where the registry keeps it (BR-19).
    agreement_id: UUID | None = None


@dataclass(frozen=True)
class Stretch:
    """Days of one state, the last one not included, and the record that begins them."""

    state: PlatformState
    first: date
    end: date | None
    step: Step | None


@dataclass(frozen=True)
class Period:
    """Days on which the status is ACTIVE, both ends included; no end means «until further notice»."""

    valid_from: date
    valid_to: date | None
    act_id: UUID | None

    def covers(self, on: date) -> bool:
        """Whether the day lies inside."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two have a day in common."""
        return (other.valid_to is None or self.valid_from <= other.valid_to) and (
            self.valid_to is None or other.valid_from <= self.valid_to
        )


def move(state: PlatformState, step: StatusStep) -> PlatformState:
    """The state after an action, or a refusal that says what the action needs (model 3.3)."""
    return after(PLATFORM_MOVES, state, step, _REFUSALS)


def check_composition(
    kind: PlatformKind, holders: Collection[UUID], hub: UUID | None, members: Collection[UUID]
) -> None:
    """A network platform has exactly one hub and at least two members; the others have neither (BR-21)."""
    if not holders:
        raise Refused("BR-21", N_("Укажите организацию — держателя площадки"), field="holder_ids")
    if len(set(holders)) != len(holders) or len(set(members)) != len(members):
        raise Refused("BR-21", N_("Организация указана дважды"), field="member_ids")
    if kind is not PlatformKind.MUNICIPAL_NETWORK:
        if hub is not None or members:
            raise Refused(
                "BR-21", N_("Сетевой центр и участники бывают только у сетевой площадки"), field="hub_id"
            )
        return
    if hub is None:
        raise Refused("BR-21", N_("У сетевой площадки должен быть сетевой центр"), field="hub_id")
    if hub not in holders:
        raise Refused("BR-21", N_("Сетевой центр должен быть держателем площадки"), field="hub_id")
    if set(members) & set(holders):
        raise Refused("BR-21", N_("Держатель площадки не может быть её участником"), field="member_ids")
    if len(members) < MIN_MEMBERS:
        raise Refused(
            "BR-21",
            N_("У сетевой площадки не менее %(least)s участников"),
            field="member_ids",
            least=MIN_MEMBERS,
        )


def check_basis(kind: PlatformKind, act_kind: ActKind | None, agreement: str | None) -> None:
    """A status needs an act; a partner platform an agreement; a ФГОС pilot an order or a letter (BR-19)."""
    if kind is PlatformKind.PARTNER:
        if act_kind is None and not agreement:
            raise Refused("BR-19", N_("Партнёрской площадке нужен договор"), field="basis")
        return
    if act_kind is None:
        raise Refused("BR-19", N_("Статус присваивает акт: укажите его"), field="act_id")
    if kind is PlatformKind.FGOS_PILOT and act_kind not in (ActKind.ORDER, ActKind.LETTER):
        raise Refused("BR-19", N_("Пилотную площадку ФГОС назначает приказ или письмо"), field="act_id")


def check_start(act_date: date | None, valid_from: date) -> None:
    """A status does not start before the date of its act (BR-56)."""
    if act_date is not None and valid_from < act_date:
        raise Refused(
            "BR-56",
            N_("Статус не может начаться раньше даты акта %(dated)s"),
            field="valid_from",
            dated=act_date,
        )


def end_of_term(kind: PlatformKind, valid_from: date, valid_to: date | None) -> date | None:
    """36 months unless the act says otherwise; only a partner platform may have no end (BR-23)."""
    if valid_to is None:
        return None if kind is PlatformKind.PARTNER else last_day(valid_from, DEFAULT_MONTHS)
    if valid_to <= valid_from:
        raise Refused("BR-23", N_("Срок статуса заканчивается раньше, чем начинается"), field="valid_to")
    return valid_to


def last_day(first: date, months: int) -> date:
    """The last day of a term of so many months: from 01.01.2019 for 36 months it is 31.12.2021."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    month += 1
    following = date(year + month // 12, month % 12 + 1, 1)
    same_day = min(date(year, month, 1) + timedelta(days=first.day - 1), following - timedelta(days=1))
    return same_day - timedelta(days=1) if same_day.day == first.day else same_day


def check_step(history: Sequence[Step], step: Step) -> None:
    """Records follow each other in time; a status is extended while it lasts, and forward (BR-26)."""
    last = history[-1] if history else None
    if last is not None and step.on < last.on:
        raise Refused(
            "BR-26", N_("Предыдущее действие со статусом позже: %(last)s"), field="on", last=last.on
        )
    if step.kind in (_A.AWARD, _A.DECLINE):
        return
    term = term_end(history)
    if term is not None and step.on > term and step.kind in _WITHIN_TERM:
        raise Refused("BR-23", N_("Срок статуса истёк %(term)s"), field="on", term=term)
    if step.kind is _A.EXPIRE and (term is None or step.on <= term):
        raise Refused("BR-23", N_("Срок статуса ещё не истёк"), field="on")
    if step.kind is _A.EXTEND and (term is None or step.valid_to is None or step.valid_to <= term):
        raise Refused("BR-23", N_("Продление не увеличивает срок статуса"), field="valid_to")


def possible(state: PlatformState, history: Sequence[Step], today: date) -> list[StatusStep]:
    """Actions that the operator may take today; running out is nobody's action (model 3.3)."""
    term = term_end(history)
    over = term is not None and today > term
    allowed = [step for step in StatusStep if PLATFORM_MOVES.allows(state, step) and step is not _A.EXPIRE]
    return [step for step in allowed if not (over and step in _WITHIN_TERM)]


def term_end(history: Iterable[Step]) -> date | None:
    """The last day of the term, by the award and its extensions."""
    ends = [step.valid_to for step in history if step.kind in (_A.AWARD, _A.EXTEND)]
    return ends[-1] if ends else None


def periods(history: Iterable[Step]) -> list[Period]:
    """The days on which the status is ACTIVE, from the immutable records (BR-26).

    An extension adds a period of its own, so that every day has the act it rests on. The day of a
    suspension, completion or termination is the first day without the status.
    """
    found: list[Period] = []
    term: date | None = None
    act: UUID | None = None
    for step in history:
        match step.kind:
            case _A.AWARD:
                term, act = step.valid_to, step.act_id
                found.append(Period(step.on, term, act))
            case _A.EXTEND:
                start = term + timedelta(days=1) if term else step.on
                term, act = step.valid_to, step.act_id
                found.append(Period(start, term, act))
            case _A.SUSPEND | _A.COMPLETE | _A.TERMINATE:
                found = _cut(found, step.on)
            case _A.RESUME:
                found.append(Period(step.on, term, act))
    return found


def state_on(history: Iterable[Step], on: date) -> PlatformState:
    """The state as it was on a day: records up to that day and the term decide (BR-26)."""
    known = [step for step in history if step.on <= on]
    state = PlatformState.APPLIED
    for step in known:
        state = PLATFORM_MOVES.after(state, step.kind)
    term = term_end(known)
    return (
        PlatformState.EXPIRED if state is PlatformState.ACTIVE and term is not None and on > term else state
    )


def timeline(applied_on: date, history: Sequence[Step]) -> list[Stretch]:
    """Every state of the status in turn: from the application or the first record on, to this day (BR-26).

    The days of a term and of its extension are two stretches, so that every day has the act it rests on.
    """
    found: list[Stretch] = []
    if not history or applied_on < history[0].on:
        found.append(Stretch(_S.APPLIED, applied_on, None, None))
    state = _S.APPLIED
    term: date | None = None
    ground: Step | None = None
    for step in history:
        state = PLATFORM_MOVES.after(state, step.kind)
        first = step.on
        if step.kind is _A.AWARD:
            term, ground = step.valid_to, step
        elif step.kind is _A.EXTEND:
            first = term + timedelta(days=1) if term else step.on
            term, ground = step.valid_to, step
        elif step.kind is _A.EXPIRE:
            first = term + timedelta(days=1) if term else step.on
        found = _until(found, first)
        found.append(Stretch(state, first, None, ground if step.kind is _A.RESUME else step))
        if state is _S.ACTIVE and term is not None:
            over = term + timedelta(days=1)
            found = [*_until(found, over), Stretch(_S.EXPIRED, over, None, ground)]
    return found


def _until(found: Iterable[Stretch], day: date) -> list[Stretch]:
    """The stretches up to a day."""
    return [
        Stretch(one.state, one.first, day if one.end is None or one.end > day else one.end, one.step)
        for one in found
        if one.first < day
    ]


def _cut(found: Iterable[Period], on: date) -> list[Period]:
    """Periods up to the day before ``on``."""
    eve = on - timedelta(days=1)
    return [
        Period(p.valid_from, eve if p.valid_to is None or p.valid_to > eve else p.valid_to, p.act_id)
        for p in found
        if p.valid_from <= eve
    ]
