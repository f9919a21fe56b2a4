"""BR-12…BR-17: agreements of the network — states, signatures, overlap, capacity, reminders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.registry.rules.kinds import AgreementState
from services.registry.rules.labels import after
from shared.refusal import N_, Refused, StateTable

_S = AgreementState
AGREEMENT_MOVES: StateTable[AgreementState] = StateTable(
    {
        (_S.DRAFT, "send"): _S.ON_SIGNING,
        (_S.ON_SIGNING, "sign"): _S.ON_SIGNING,
        (_S.ON_SIGNING, "complete_signing"): _S.SIGNED,
        (_S.ON_SIGNING, "refuse"): _S.REFUSED,
        (_S.SIGNED, "put_in_force"): _S.IN_FORCE,
        (_S.IN_FORCE, "prolong"): _S.IN_FORCE,
        (_S.IN_FORCE, "expire"): _S.EXPIRED,
        (_S.IN_FORCE, "terminate"): _S.TERMINATED,
    },
    rule="AGREEMENT_STATE",
)
_REFUSALS = {
    "send": N_("Отправить на подписание можно только черновик договора"),
    "sign": N_("Подписывают только договор, отправленный на подписание"),
    "complete_signing": N_("Подписывают только договор, отправленный на подписание"),
    "refuse": N_("Отказаться можно только от договора, отправленного на подписание"),
    "put_in_force": N_("Ввести в действие можно только подписанный договор"),
    "prolong": N_("Продлить можно только действующий договор"),
    "expire": N_("Истекает только срок действующего договора"),
    "terminate": N_("Расторгнуть можно только действующий договор"),
}

#: Days before the end at which both parties are reminded (BR-15).
REMINDERS = (60, 30, 7)


def move(state: AgreementState, action: str) -> AgreementState:
    """The state after an action, or a refusal that says what the action needs (model 3.3)."""
    return after(AGREEMENT_MOVES, state, action, _REFUSALS)


@dataclass(frozen=True)
class Term:
    """Days on which an agreement is in force, both ends included."""

    first: date
    last: date

    def overlaps(self, other: "Term") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def check_terms(dated: date, valid_from: date, valid_to: date) -> None:
    """An agreement ends after it begins and does not begin before it is dated."""
    if valid_to <= valid_from:
        raise Refused("TERM", N_("Срок действия заканчивается раньше, чем начинается"), field="valid_to")
    if valid_from < dated:
        raise Refused("TERM", N_("Договор не может действовать раньше своей даты"), field="valid_from")


def check_signature(dated: date, signed_on: date, today: date) -> None:
    """A party signs on or after the agreement's date and not in the future (BR-16)."""
    if signed_on < dated:
        raise Refused(
            "BR-16",
            N_("Подпись не может быть раньше даты договора %(dated)s"),
            field="signed_on",
            dated=dated,
        )
    if signed_on > today:
        raise Refused("BR-16", N_("Дата подписания ещё не наступила"), field="signed_on")


def everyone_signed(signed: Iterable[date | None]) -> bool:
    """SIGNED only when every party has a signature date (BR-16)."""
    return all(day is not None for day in signed)


def check_entry_into_force(
    term: Term, on: date, last_signature: date, today: date, *, has_scan: bool, waiver: str | None
) -> None:
    """In force within the term, after the last signature, with a scan or the operator's waiver (BR-16)."""
    if not term.first <= on <= term.last:
        raise Refused("BR-16", N_("Дата вступления в силу лежит вне срока договора"), field="on")
    if on < last_signature:
        raise Refused(
            "BR-16", N_("Договор подписан позже этой даты: %(signed)s"), field="on", signed=last_signature
        )
    if on > today:
        raise Refused("BR-16", N_("Дата вступления в силу ещё не наступила"), field="on")
    if not has_scan and not (waiver and waiver.strip()):
        raise Refused(
            "BR-16",
            N_("Приложите скан договора или укажите причину, по которой его нет"),
            field="scan_waiver",
        )


def check_overlap(term: Term, others: Iterable[tuple[str, Term]]) -> None:
    """Agreements of the same parties and subject may not overlap in force (BR-14).

    ``others`` are numbers and terms of the parties' other agreements with this subject.
    """
    for number, other in others:
        if term.overlaps(other):
            raise Refused(
                "BR-14",
                N_("Срок пересекается с договором № %(number)s тех же сторон"),
                field="on",
                number=number,
            )


def check_capacity(in_force: int, capacity: int | None, *, confirmed: bool) -> None:
    """The capacity of the КРЦ limits agreements in force; more needs the operator's confirmation (BR-17)."""
    if capacity is not None and in_force >= capacity and not confirmed:
        raise Refused(
            "BR-17",
            N_(
                "Ёмкость ресурсного центра — %(capacity)s, договоров уже %(in_force)s; подтвердите превышение"
            ),
            field="over_capacity",
            in_force=in_force,
            capacity=capacity,
        )


def check_termination(in_force_from: date, term: Term, on: date) -> None:
    """An agreement is terminated on a day of its term; that day is the first without it."""
    if not in_force_from < on <= term.last:
        raise Refused("TERM", N_("Дата расторжения лежит вне срока договора"), field="on")


def check_ground(reason: str | None, *, has_act: bool) -> None:
    """A termination rests on an act or on a reason in words (model 3.3: act/date/reason)."""
    if not has_act and not (reason and reason.strip()):
        raise Refused("TERM", N_("Укажите причину расторжения или акт"), field="reason")


def state_on(state: AgreementState, valid_to: date, today: date) -> AgreementState:
    """What an agreement is today: once its term is over it has expired, closed or not (model 3.3)."""
    return AgreementState.EXPIRED if state is AgreementState.IN_FORCE and valid_to < today else state


def state_at(state: AgreementState, valid_to: date, on: date) -> AgreementState:
    """What an agreement whose term ran out was on a day of the term: a paper of that day may come late."""
    return AgreementState.IN_FORCE if state is AgreementState.EXPIRED and on <= valid_to else state


def first_day_after(valid_to: date) -> date:
    """The first day without the agreement when its term runs out."""
    return valid_to + timedelta(days=1)


def check_parties(parties: Sequence[object]) -> None:
    """Two parties or more, each named once (model 3.2)."""
    if len(set(parties)) < len(parties):
        raise Refused("BR-16", N_("Одна и та же сторона названа дважды"), field="further_ids")


def due_on(valid_to: date, threshold: int) -> date:
    """The day of a reminder: so many days before the end of the term (BR-15)."""
    return valid_to - timedelta(days=threshold)


def reminded_until(today: date) -> date:
    """The latest end of a term that both parties are reminded of today (BR-15)."""
    return today + timedelta(days=max(REMINDERS))


def reminder(valid_to: date, today: date) -> int | None:
    """Which reminder is due: 60, 30 or 7 days before the end, the nearest one (BR-15)."""
    left = (valid_to - today).days
    due = [days for days in REMINDERS if 0 <= left <= days]
    return min(due) if due else None
