"""Support cases: opened, answered, closed, opened again; every entry stays as it was written (S-086)."""

from uuid import UUID

from services.registry import access, model, queries
from services.registry.actions import territory
from services.registry.actions.organisations import need
from services.registry.rules import cases, scans
from services.registry.rules.kinds import OrgRole
from services.registry.rules.names import clean, search_key
from services.registry.rules.project_kinds import CaseSide, CaseState, EntryKind
from shared import clock, files
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def open_case(
    who: Person,
    *,
    topic: str,
    text: str,
    organisation_id: UUID | None = None,
    municipality_oktmo: str | None = None,
    filename: str = "",
    content: bytes = b"",
) -> UUID:
    """Open a case: a ТМС, МОУО or organisation to the operator, or the operator to one of them (S-055, S-086).

    The requester is an organisation, or the МОУО of a municipality when only the municipality is named;
    somebody who acts for one requester need not name it.
    """
    side = CaseSide.OPERATOR if access.may_operate(who) else CaseSide.REQUESTER
    if not topic.strip():
        raise Refused("CASE", N_("Укажите тему"), field="topic")
    with work(who) as u:
        organisation, oktmo = _requester(u, organisation_id, municipality_oktmo)
        access.require(access.may_reach_case(who, organisation, oktmo))
        row = u.add(
            model.SupportCase(
                topic=clean(topic),
                topic_key=search_key(topic)[:300],
                municipality_oktmo=oktmo,
                organisation_id=organisation,
                opener=side,
                opened_on=clock.today(),
                state=CaseState.OPEN,
                entries_count=0,
                entries=[],
            )
        )
        _write(u, row, EntryKind.MESSAGE, side, text, filename, content)
        u.journal("case.opened", row)
        return row.id


def post_message(who: Person, *, case_id: UUID, text: str, filename: str = "", content: bytes = b"") -> None:
    """Write into a thread; who opened the case asks, the other side answers (S-086)."""
    with work(who) as u:
        row, side = _reached(u, case_id)
        row.state = cases.move(row.state, cases.spoken(row.opener, side))
        _write(u, row, EntryKind.MESSAGE, side, text, filename, content)
        u.journal("case.message_posted", row, {"no": row.entries_count})


def close_case(who: Person, *, case_id: UUID, result: str) -> None:
    """Close a case with its result; both sides may (S-086)."""
    with work(who) as u:
        row, side = _reached(u, case_id)
        row.state = cases.move(row.state, "close")
        row.closed_on = clock.today()
        _write(u, row, EntryKind.CLOSING, side, cases.words(result, "result"))
        u.journal("case.closed", row)


def reopen_case(who: Person, *, case_id: UUID, text: str) -> None:
    """Open a closed case again, saying why; the closing stays in the thread (S-086)."""
    with work(who) as u:
        row, side = _reached(u, case_id)
        row.state = cases.move(row.state, "reopen")
        row.closed_on = None
        _write(u, row, EntryKind.REOPENING, side, text)
        u.journal("case.reopened", row)


def assign_case(who: Person, *, case_id: UUID, person_id: UUID) -> None:
    """Name who answers for a case at the operator (S-086)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        row, _side = _reached(u, case_id)
        if not queries.works_for_operator(person_id):
            raise Refused("CASE", N_("Это не сотрудник оператора сети"), field="person_id")
        row.responsible = u.get(model.Person, person_id)
        u.journal("case.assigned", row, {"person": str(person_id)})


def read_case(who: Person, *, case_id: UUID) -> None:
    """Remember that a person has seen the thread as it is now; nothing else changes (S-055)."""
    with work(who) as u:
        row, _side = _reached(u, case_id)
        _see(u, row)


def _requester(u: Unit, organisation_id: UUID | None, oktmo: str | None) -> tuple[UUID | None, str]:
    """The other side of the operator: an organisation and its municipality, or a municipality's МОУО."""
    if organisation_id is None and oktmo is None and not access.may_operate(u.who):
        organisations, municipalities = access.case_scope(u.who)
        own: list[tuple[UUID | None, str | None]] = [(key, None) for key in organisations]
        own += [(None, code) for code in municipalities]
        if len(own) == 1:
            organisation_id, oktmo = own[0]
    if organisation_id is not None:
        organisation = need(u, organisation_id, "organisation_id")
        if organisation.municipality_oktmo is None:
            raise Refused("CASE", N_("У организации нет муниципалитета"), field="organisation_id")
        if OrgRole.EDU_AUTHORITY in organisation.roles:
            return None, organisation.municipality_oktmo
        return organisation.id, organisation.municipality_oktmo
    if oktmo is None:
        raise Refused("CASE", N_("Укажите организацию или муниципалитет"), field="organisation_id")
    return None, territory.need(u, oktmo).oktmo


def _reached(u: Unit, case_id: UUID) -> tuple[model.SupportCase, CaseSide]:
    """The case and this person's side of it; for a stranger there is no such case (S-055)."""
    row = u.session.get(model.SupportCase, case_id, with_for_update=True)
    if row is None or not access.may_reach_case(u.who, row.organisation_id, row.municipality_oktmo):
        raise NotFound(N_("обращение"))
    return row, CaseSide.OPERATOR if access.may_operate(u.who) else CaseSide.REQUESTER


def _write(
    u: Unit,
    row: model.SupportCase,
    kind: EntryKind,
    side: CaseSide,
    text: str,
    filename: str = "",
    content: bytes = b"",
) -> None:
    """Add an entry; the other side is awaited from today, and the author has read everything."""
    row.entries_count += 1
    row.last_side, row.last_on = side, clock.today()
    row.entries.append(
        model.CaseEntry(
            no=row.entries_count,
            kind=kind,
            side=side,
            account_id=u.who.account_id,
            text=cases.words(text).strip(),
            file=_file(filename, content) if content else None,
        )
    )
    if side is CaseSide.OPERATOR and row.responsible_id is None and u.who.person_id is not None:
        row.responsible = u.session.get(model.Person, u.who.person_id)
    u.session.flush()
    _see(u, row)


def _file(filename: str, content: bytes) -> model.CaseFile:
    media_type = scans.attachment_type(content)
    return model.CaseFile(
        filename=files.safe_name(filename, media_type),
        media_type=media_type,
        sha256=files.fingerprint(content),
        content=content,
    )


def _see(u: Unit, row: model.SupportCase) -> None:
    if u.who.account_id is None:
        return
    seen = u.session.get(model.CaseSeen, (row.id, u.who.account_id))
    if seen is None:
        u.add(model.CaseSeen(case_id=row.id, account_id=u.who.account_id, entries_count=row.entries_count))
    else:
        seen.entries_count = row.entries_count
