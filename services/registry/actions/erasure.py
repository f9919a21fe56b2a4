"""Destruction of a person's data: names become a marker, identifiers and numbers stay (BR-69, BR-70)."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher

from services.registry import access, model
from services.registry.actions.papers import issue_paper
from services.registry.actions.privacy import answer, open_request
from services.registry.messages import contract
from services.registry.queries.privacy import retention_record
from services.registry.queries.privacy_papers import Destroyed, destruction_act, journal_extract
from services.registry.rules import retention
from services.registry.rules.consents import CONSENT_MOVES, ConsentState
from services.registry.rules.names import person_key
from services.registry.rules.papers import PaperKind
from services.registry.rules.requests import RequestKind
from services.registry.rules.retention import ErasedCategory, ErasureReason
from shared import clock
from shared.messaging.forgetting import overwrite
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def erase_person(who: Person, *, person_id: UUID, reason: ErasureReason) -> UUID:
    """Destroy a person's data: marker for the name, accounts closed, act D-14 with the journal (BR-70).

    Refused while a recorded duty to keep them stands, unless anonymised data satisfy it (PD-04). What stays:
    identifiers, numbers, and printed archive documents on the recorded basis (BR-69).
    """
    access.require(access.may_operate(who))
    with work(who) as u:
        person = u.get(model.Person, person_id)
        if who.person_id == person_id:
            raise Refused("BR-70", N_("Свои данные уничтожает другой оператор"))
        accounts = _accounts(u, person_id)
        for account in accounts:
            access.require(access.may_grant(who, [grant.role for grant in account.grants]))
        today = clock.today()
        record = retention_record(person_id)
        request = open_request(u, person_id, RequestKind.ERASURE)
        retention.check_erasure(
            record, reason, today, requested=request is not None, already=person.erased_on is not None
        )
        number = (u.session.scalar(sa.select(sa.func.max(model.Erasure.number))) or 0) + 1
        names = _names(person, accounts)
        u.journal("person.erased", person, {"reason": reason.value, "number": number})
        if request is not None:
            answer(u, request, "fulfil")
        _forget_person(person, number)
        for index, account in enumerate(accounts, start=1):
            _close(u, account, f"erased-{number}-{index}")
        _forget_invitations(u, person_id)
        about = [person_id, *(account.id for account in accounts)]
        about += _forget_consents(u, person_id) + _mask_requests(u, person_id, names, number)
        _mask_processing(u, person_id, names, number)
        about += _empty_papers(u, person_id)
        _mask_journal(u, about, names, number)
        u.announce(person)
        told = person.told()
        declared = contract.declared(told)
        overwrite(
            u.session, model.Outbox, name=declared.name, subject=str(person.id), data=declared.dump(told)
        )
        kept = None
        if record.keep_until is not None and record.keep_until >= today:
            kept = retention.mask(f"{record.keep_basis}, до {record.keep_until:%d.%m.%Y}", names, number)
        return _act(u, person, reason, number, kept, about)


def _accounts(u: Unit, person_id: UUID) -> Sequence[model.Account]:
    query = sa.select(model.Account).filter_by(person_id=person_id).order_by(model.Account.id)
    found: Sequence[model.Account] = u.session.scalars(query).all()
    return found


def _names(person: model.Person, accounts: Sequence[model.Account]) -> list[str]:
    """What gives the person away in a note: the whole name, the surname, name and patronymic, logins."""
    called = " ".join(part for part in (person.first_name, person.middle_name) if part)
    by_name = [called] if person.middle_name else []
    return [person.full_name, person.last_name, *by_name, *(account.login for account in accounts)]


def _forget_person(person: model.Person, number: int) -> None:
    person.last_name, person.first_name = retention.marker(number)
    person.middle_name = person.position = None
    person.search_key = person_key(person.last_name, person.first_name)
    person.erased_on = clock.today()


def _close(u: Unit, account: model.Account, login: str) -> None:
    """An account that nobody can open: no login of the person, no password, every token void."""
    account.login = account.login_key = login
    account.password_hash = PasswordHasher().hash(secrets.token_urlsafe(32))
    account.active, account.not_before = False, clock.now()
    for kind in (model.SecondFactor, model.RecoveryCode, model.ProviderLink, model.PersonalToken):
        u.session.execute(sa.delete(kind).where(kind.account_id == account.id))
    u.announce(account)


def _forget_invitations(u: Unit, person_id: UUID) -> None:
    """No invitation of the person opens an account any more, and none keeps a proposed login."""
    for row in u.session.scalars(sa.select(model.Invitation).filter_by(person_id=person_id)):
        row.login = None
        if row.accepted_at is None and row.revoked_at is None:
            row.revoked_at = clock.now()


def _forget_consents(u: Unit, person_id: UUID) -> list[UUID]:
    """Scans go; what was given ends, what was withdrawn is done with (model 3.3)."""
    rows = u.session.scalars(sa.select(model.Consent).filter_by(person_id=person_id)).all()
    for row in rows:
        row.scan = None
        if row.state is ConsentState.WITHDRAWN:
            row.state, row.erased_on = CONSENT_MOVES.after(row.state, "erase"), clock.today()
        elif row.state is ConsentState.GIVEN:
            row.state = CONSENT_MOVES.after(row.state, "expire")
    return [row.id for row in rows]


def _mask_requests(u: Unit, person_id: UUID, names: Sequence[str], number: int) -> list[UUID]:
    rows = u.session.scalars(sa.select(model.DataRequest).filter_by(person_id=person_id)).all()
    for row in rows:
        row.note = row.note and retention.mask(row.note, names, number)
        row.reason = row.reason and retention.mask(row.reason, names, number)
    return [row.id for row in rows]


def _mask_processing(u: Unit, person_id: UUID, names: Sequence[str], number: int) -> None:
    row = u.session.get(model.Processing, person_id)
    if row is not None:
        row.basis_note = row.basis_note and retention.mask(row.basis_note, names, number)
        row.keep_basis = row.keep_basis and retention.mask(row.keep_basis, names, number)


def _empty_papers(u: Unit, person_id: UUID) -> list[UUID]:
    """Files of personal papers go; numbers, hashes and the public check stay (BR-67)."""
    query = sa.select(model.Paper.id).filter_by(person_id=person_id)
    keys = list(u.session.scalars(query))
    u.session.execute(sa.update(model.Paper).where(model.Paper.id.in_(keys)).values(docx=None, pdf=None))
    return keys


def _mask_journal(u: Unit, about: Sequence[UUID], names: Sequence[str], number: int) -> None:
    """Reasons typed by people may hold a name; lines and identifiers stay (BR-69)."""
    u.session.flush()
    for line in u.session.scalars(sa.select(model.Audit).where(model.Audit.object_id.in_(about))):
        line.note = {key: _masked(value, names, number) for key, value in line.note.items()}


def _masked(value: Any, names: Sequence[str], number: int) -> Any:
    return retention.mask(value, names, number) if isinstance(value, str) else value


def _act(
    u: Unit,
    person: model.Person,
    reason: ErasureReason,
    number: int,
    kept: str | None,
    about: Sequence[UUID],
) -> UUID:
    """The act D-14 and the extract of the journal, kept for three years (PD-06)."""
    today, categories = clock.today(), list(ErasedCategory)
    u.session.flush()
    extract = journal_extract(about, person, reason, today)
    done = Destroyed(
        person_id=person.id,
        marker=person.full_name,
        reason=reason,
        categories=categories,
        kept=kept,
        done_on=today,
        done_by=u.who.name,
        keep_until=retention.act_kept_until(today),
        extract_sha256=hashlib.sha256(extract).hexdigest(),
    )
    paper = issue_paper(
        u,
        kind=PaperKind.D14_DESTRUCTION,
        object_id=person.id,
        build=lambda requisites: destruction_act(requisites, done),
    )
    erasure = u.add(
        model.Erasure(
            number=number,
            person_id=person.id,
            reason=reason,
            categories=[category.value for category in categories],
            kept=kept,
            done_on=today,
            done_by=u.who.account_id,
            paper_id=paper.id,
            extract=extract,
            extract_sha256=done.extract_sha256,
            keep_until=done.keep_until,
        )
    )
    u.session.flush()
    return erasure.id
