"""Longer terms and corrected days of agreements (model 3.3: prolong; F7)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from services.registry.rules.agreements import Term, check_termination, first_day_after
from services.registry.rules.facts import FOREVER, Basis, Statement, placed
from services.registry.rules.kinds import AgreementState
from services.registry.rules.platforms import last_day
from shared.refusal import N_, Refused

#: The longest step of an automatic prolongation (months).
MAX_MONTHS = 120


def check_auto(months: int | None) -> None:
    """An automatic prolongation has a length: from one month to ten years."""
    if months is not None and not 1 <= months <= MAX_MONTHS:
        raise Refused(
            "TERM",
            N_("Автоматическая пролонгация — от 1 до %(most)s месяцев"),
            field="auto_prolongation_months",
            most=MAX_MONTHS,
        )


def check_supplement(in_force_from: date, last: date, dated: date, until: date, today: date) -> None:
    """A supplementary agreement is made while the agreement is in force, and makes its term longer."""
    if not in_force_from <= dated <= last:
        raise Refused(
            "TERM",
            N_("Дополнительное соглашение заключают, пока договор действует"),
            field="date",
        )
    if dated > today:
        raise Refused("TERM", N_("Дата дополнительного соглашения ещё не наступила"), field="date")
    if until <= last:
        raise Refused(
            "TERM", N_("Новый срок не длиннее прежнего: %(last)s"), field="valid_to", last=last
        )


def auto_ends(last: date, months: int, today: date) -> list[date]:
    """The ends of the terms that follow one another by themselves, on the last day of each (model 3.2)."""
    ends: list[date] = []
    while last <= today:
        last = last_day(first_day_after(last), months)
        ends.append(last)
    return ends


def prolonged(held: Sequence[Statement], begin: date, until: date, basis: Basis) -> list[Statement]:
    """The timeline of an agreement with its longer term; after it the agreement has expired."""
    return placed(
        held, Statement(AgreementState.IN_FORCE, begin, first_day_after(until), basis=basis)
    )


def entered(held: Sequence[Statement], on: date, basis: Basis) -> list[Statement]:
    """The timeline with the right day of entry into force: until then the agreement was only signed."""
    wrong = _first(held, AgreementState.IN_FORCE)
    _check_other(on, wrong.valid_from)
    if not on < wrong.valid_to:
        raise Refused("F7", N_("В этот день договор уже не действовал"), field="on")
    rest = [one for one in held if one != wrong]
    if wrong.valid_from < on:
        rest = placed(rest, Statement(AgreementState.SIGNED, wrong.valid_from, on, basis=basis))
    return placed(rest, replace(wrong, valid_from=on, basis=basis))


def ended(
    held: Sequence[Statement], on: date, in_force_from: date, term: Term, basis: Basis
) -> list[Statement]:
    """The timeline with the right day of termination: until then the agreement was in force."""
    wrong = _first(held, AgreementState.TERMINATED)
    _check_other(on, wrong.valid_from)
    check_termination(in_force_from, term, on)
    rest = [one for one in held if one != wrong]
    if wrong.valid_from < on:
        rest = placed(rest, Statement(AgreementState.IN_FORCE, wrong.valid_from, on, basis=basis))
    return placed(rest, Statement(AgreementState.TERMINATED, on, FOREVER, basis=basis))


def _first(held: Iterable[Statement], state: AgreementState) -> Statement:
    """The statement whose first day is to be corrected."""
    found = next((one for one in held if one.key == state), None)
    if found is None:
        raise Refused("AGREEMENT_STATE", N_("У договора нет этой даты, исправлять нечего"), field="day")
    return found


def _check_other(on: date, recorded: date) -> None:
    """A correction says something else than what is recorded."""
    if on == recorded:
        raise Refused("F7", N_("Эта дата уже записана"), field="on")
