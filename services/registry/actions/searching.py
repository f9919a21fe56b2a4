"""The search is kept with the things it finds: whatever a unit of work announced or journalled is found anew."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.registry import access, model
from services.registry.model.searched import KIND_OF, SEARCHED
from services.registry.rules.kinds import SearchKind
from services.registry.rules.search import MAX_WORD, Searched, distinct, words
from shared import clock
from shared.person import Person
from shared.stems import stem
from shared.unit import work

#: Things that are read and written together.
PORTION = 2000


def keep_entries(session: Session, changed: Mapping[type[Any], Collection[UUID]]) -> None:
    """Whatever was changed is found under its present words, and so is what bears its name (BR-07).

    Called at the end of a unit of work, inside its transaction. What is there no more is not found.
    """
    touched = {KIND_OF[kind]: set(keys) for kind, keys in changed.items() if kind in KIND_OF}
    bearers: dict[SearchKind, set[UUID]] = {}
    for kind in SearchKind:
        renamed = write_entries(session, kind, touched.get(kind, ()))
        for other, keys in _bearers(session, kind, renamed):
            bearers.setdefault(other, set()).update(keys)
    for kind, keys in bearers.items():
        write_entries(session, kind, keys - touched.get(kind, set()))


def reindex(who: Person) -> int:
    """Make all entries anew; returns how many things can be found."""
    access.require(access.may_manage(who))
    total = 0
    for kind, searched in SEARCHED.items():
        with work(who) as u:
            present = sa.select(searched.table.id)
            u.session.execute(
                sa.delete(model.SearchEntry).where(
                    model.SearchEntry.kind == kind, model.SearchEntry.subject_id.not_in(present)
                )
            )
            keys = u.session.scalars(present.order_by(searched.table.id)).all()
        for portion in _portions(keys):
            with work(who) as u:
                write_entries(u.session, kind, portion)
        total += len(keys)
    return total


def write_entries(session: Session, kind: SearchKind, keys: Collection[UUID]) -> set[UUID]:
    """Write the entries of these things, many in one statement; returns those whose names have changed."""
    searched, renamed = SEARCHED[kind], set()
    entry = model.SearchEntry
    for portion in _portions(sorted(keys)):
        things = searched.read(session, portion)
        known = sa.select(entry.subject_id, entry.title, entry.subtitle).where(entry.subject_id.in_(portion))
        before = {key: names for key, *names in session.execute(known)}
        places = _places(session, {code for thing in things if (code := searched.place(thing))})
        rows = [_row(kind, thing.id, searched.describe(thing, places)) for thing in things]
        if rows:
            session.execute(_upsert(session.get_bind().dialect.name), rows)
        renamed |= {
            row["subject_id"]
            for row in rows
            if before.get(row["subject_id"], [row["title"], row["subtitle"]])
            != [row["title"], row["subtitle"]]
        }
        gone = before.keys() - {thing.id for thing in things}
        if gone:
            session.execute(sa.delete(entry).where(entry.subject_id.in_(gone)))
    return renamed


def _row(kind: SearchKind, key: UUID, said: Searched) -> dict[str, Any]:
    titled = [stem(word) for word in words(said.title)]
    others = [stem(word) for word in distinct((said.number, said.subtitle, *said.others))]
    return {
        "kind": kind,
        "subject_id": key,
        "slug": said.slug or str(key),
        "title": said.title[:1000],
        "subtitle": said.subtitle[:1000],
        "key": " ".join(words(said.title))[:500],
        "number": " ".join(words(said.number))[: 2 * MAX_WORD] if said.number else None,
        "is_hidden": said.is_hidden,
        "stems": f"{' '.join(titled)}\n{' '.join(dict.fromkeys(others))}",
    }


def _bearers(
    session: Session, kind: SearchKind, keys: Collection[UUID]
) -> Iterator[tuple[SearchKind, Sequence[UUID]]]:
    """Things whose entries bear the names of these organisations or municipalities."""
    if kind is SearchKind.ORGANISATION:
        party, side, act, person = model.PlatformParty, model.AgreementParty, model.Act, model.Person
        platform = model.Platform
        chosen = {
            SearchKind.PLATFORM: [(party.platform_id, party.organisation_id), (platform.id, platform.hub_id)],
            SearchKind.AGREEMENT: [(side.agreement_id, side.organisation_id)],
            SearchKind.ACT: [(act.id, act.issuer_id)],
            SearchKind.PERSON: [(person.id, person.organisation_id)],
        }
    elif kind is SearchKind.MUNICIPALITY:
        codes = sa.select(model.Municipality.oktmo).where(model.Municipality.id.in_(keys))
        keys = session.scalars(codes).all() if keys else ()
        chosen = {
            other: [(SEARCHED[other].table.id, SEARCHED[other].table.municipality_oktmo)]
            for other in (SearchKind.ORGANISATION, SearchKind.PLATFORM, SearchKind.AGREEMENT)
        }
    else:
        return
    for other, pairs in chosen.items():
        for what, of in pairs:
            for portion in _portions(sorted(keys)):
                yield other, session.scalars(sa.select(what).where(of.in_(portion))).all()


def _places(session: Session, codes: Collection[str]) -> Mapping[str, str]:
    """Short names of today of some municipalities, by code (BR-11)."""
    if not codes:
        return {}
    rows = session.scalars(sa.select(model.Municipality).where(model.Municipality.oktmo.in_(codes)))
    return {row.oktmo: row.named_on(clock.today()).short_name for row in rows}


def _portions(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[start : start + PORTION] for start in range(0, len(keys), PORTION))


@cache
def _upsert(dialect: str) -> Any:
    """The statement, built once for each kind of database."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(model.SearchEntry.__table__)
    kept = ("slug", "title", "subtitle", "key", "number", "stems", "is_hidden")
    return insert.on_conflict_do_update(
        index_elements=["subject_id"], set_={name: insert.excluded[name] for name in kept}
    )
