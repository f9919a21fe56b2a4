"""What an entry says, and the lines of the log about it (F6)."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.actions.ledger import commit
from services.expertise.model import CoApplicant, Entry, EntryAuthor, EntryFile
from services.expertise.readmodel import Organisation, PersonCopy, Platform
from services.expertise.rules.vocabulary import AuthorRole, LedgerKind
from shared.refusal import N_, Refused
from shared.unit import Unit

_RULE = "3.2 Entry"


def own(u: Unit, entry: Entry) -> Entry:
    """The entry, for whoever acts for its applicant."""
    access.require_applicant(u.who, entry.applicant_id)
    return entry


def fill(
    u: Unit,
    entry: Entry,
    *,
    topic: str,
    summary: str,
    co_applicant_ids: Sequence[UUID],
    platform_id: UUID | None,
    contact_person_id: UUID | None,
    authors: Sequence[Mapping[str, Any]],
) -> None:
    """Write the card of an entry: its topic, summary, platform, contact, co-applicants and authors."""
    entry.topic = topic_of(topic)
    entry.summary = summary
    if platform_id is not None:
        _require_own_platform(u, platform_id, entry.applicant_id)
    entry.platform_id = platform_id
    if contact_person_id is not None and u.session.get(PersonCopy, contact_person_id) is None:
        raise Refused(_RULE, N_("Контактное лицо не найдено в реестре"), field="contact_person_id")
    entry.contact_person_id = contact_person_id
    _fill_co_applicants(u, entry, set(co_applicant_ids))
    _fill_authors(u, entry, authors)


def _fill_co_applicants(u: Unit, entry: Entry, wanted: set[UUID]) -> None:
    if entry.applicant_id in wanted:
        raise Refused(_RULE, N_("Соискатель не бывает своим же соучастником"), field="co_applicant_ids")
    for organisation_id in wanted:
        organisation(u, organisation_id, "co_applicant_ids")
    kept = [co for co in entry.co_applicants if co.organisation_id in wanted]
    known = {co.organisation_id for co in kept}
    added = [CoApplicant(organisation_id=organisation_id) for organisation_id in sorted(wanted - known)]
    entry.co_applicants = kept + added


def _fill_authors(u: Unit, entry: Entry, authors: Sequence[Mapping[str, Any]]) -> None:
    """A person of the registry is kept by identifier alone, anybody else by name (BR-41, PD-12)."""
    wanted: dict[tuple[UUID | None, str | None, AuthorRole], None] = {}
    for one in authors:
        person_id, name = one.get("person_id"), " ".join(str(one.get("name") or "").split())
        role = AuthorRole(one.get("role") or AuthorRole.AUTHOR)
        if person_id is not None:
            if u.session.get(PersonCopy, person_id) is None:
                raise Refused(_RULE, N_("Автор не найден в реестре"), field="authors")
            wanted[person_id, None, role] = None
        elif name:
            wanted[None, name, role] = None
    kept = [one for one in entry.authors if (one.person_id, one.name, one.role) in wanted]
    known = {(one.person_id, one.name, one.role) for one in kept}
    entry.authors = kept + [
        EntryAuthor(person_id=person_id, name=name, role=role)
        for person_id, name, role in wanted
        if (person_id, name, role) not in known
    ]


def topic_of(topic: str) -> str:
    """A topic is never empty."""
    if not topic.strip():
        raise Refused(_RULE, N_("Укажите тему"), field="topic")
    return topic.strip()


def organisation(u: Unit, organisation_id: UUID, field: str) -> Organisation:
    """An organisation that may enter a contest."""
    found = u.session.get(Organisation, organisation_id)
    if found is None or found.state != "ACTIVE":
        raise Refused(_RULE, N_("Организация не найдена среди действующих"), field=field)
    return found


def _require_own_platform(u: Unit, platform_id: UUID, applicant_id: UUID) -> None:
    platform = u.session.get(Platform, platform_id)
    if platform is None:
        raise Refused(_RULE, N_("Площадка не найдена в реестре"), field="platform_id")
    if applicant_id not in {*map(UUID, platform.holder_ids), platform.hub_id}:
        raise Refused(
            _RULE,
            N_("Соискатель не является держателем или сетевым центром площадки"),
            field="platform_id",
        )


def record(u: Unit, kind: LedgerKind, entry: Entry, **data: Any) -> None:
    """A line of the log about an entry; what it says stands there as a commitment (F6)."""
    text = json.dumps(
        {"topic": entry.topic, "summary": entry.summary, "answers": entry.answers or {}},
        ensure_ascii=False,
        sort_keys=True,
    )
    said = commit(u, entry.edition_id, sha256(text.encode()).hexdigest())
    ledger.entry(u, kind, entry, said=said, **data)


def record_submission(u: Unit, entry: Entry) -> None:
    """The line of a submitted entry: whose it is, and commitments to its topic and content (F6)."""
    record(
        u,
        LedgerKind.ENTRY_SUBMITTED,
        entry,
        applicant=str(entry.applicant_id),
        co_applicants=[str(one.organisation_id) for one in entry.co_applicants],
        topic=commit(u, entry.edition_id, entry.topic),
    )


def record_file(u: Unit, entry: Entry, file: EntryFile) -> None:
    """A file of a submitted entry comes into the log by its hash (F6)."""
    ledger.record(
        u,
        LedgerKind.FILE_ADDED,
        edition_id=entry.edition_id,
        subject_id=entry.id,
        data={"file": str(file.id), "kind": file.kind.value, "sha256": file.sha256, "size": file.size},
    )
