"""By which words each kind of thing is found, and what is shown of it among the results.

A new kind of thing that people look for is one more line of ``SEARCHED``. Closed fields (codes,
e-mail, positions of people) are in no entry, so no search can tell of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from services.registry.model.act import Act
from services.registry.model.agreement import Agreement, AgreementParty
from services.registry.model.fact import Fact
from services.registry.model.organisation import Organisation, OrganisationAlias
from services.registry.model.people import Person
from services.registry.model.platform import Platform, PlatformParty
from services.registry.model.territory import Municipality
from services.registry.rules.facts import UNTIL_CORRECTED
from services.registry.rules.kinds import FactKind, OrgState, SearchKind
from services.registry.rules.labels import label
from services.registry.rules.search import Searched
from shared import clock

Places = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """A table whose rows are found, what is read together with them, and how a row is described."""

    table: Any
    describe: Callable[[Any, Places], Searched]
    eager: tuple[Any, ...] = ()
    #: Reads the rows without making objects of them, where there may be very many.
    lean: Callable[[Session, Sequence[UUID]], Sequence[Any]] | None = None

    def read(self, session: Session, keys: Sequence[UUID]) -> Sequence[Any]:
        """The things with these keys, with all that describes them, as the database has them now."""
        if self.lean is not None:
            return self.lean(session, keys)
        chosen = sa.select(self.table).where(self.table.id.in_(keys)).options(*self.eager)
        # Facts are written past the objects that were read before them.
        return session.scalars(chosen, execution_options={"populate_existing": True}).all()

    def place(self, thing: Any) -> str | None:
        """The municipality whose name belongs to the entry."""
        code: str | None = getattr(thing, "municipality_oktmo", None)
        return code


@dataclass(frozen=True)
class LeanOrganisation:
    """What the search wants of an organisation."""

    id: UUID
    full_name: str
    short_name: str
    municipality_oktmo: str | None
    state: OrgState
    names: Sequence[str]
    aliases: Sequence[str]


def organisations(session: Session, keys: Sequence[UUID]) -> list[LeanOrganisation]:
    """Organisations with their names of every day and their spellings; tables of 10,000 rows are imported."""
    one, fact, alias = Organisation, Fact, OrganisationAlias
    named = sa.select(fact.subject_id, fact.value).where(
        fact.subject_id.in_(keys), fact.kind == FactKind.NAME, fact.recorded_to == UNTIL_CORRECTED
    )
    spelled = sa.select(alias.organisation_id, alias.text).where(alias.organisation_id.in_(keys))
    names, aliases = _grouped(session, named), _grouped(session, spelled.order_by(alias.id))
    rows = sa.select(one.id, one.full_name, one.short_name, one.municipality_oktmo, one.state)
    return [
        LeanOrganisation(*row, names.get(row.id, ()), aliases.get(row.id, ()))
        for row in session.execute(rows.where(one.id.in_(keys)))
    ]


def _grouped(session: Session, query: sa.Select[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for key, text in session.execute(query):
        found.setdefault(key, []).append(text)
    return found


def organisation(one: LeanOrganisation, places: Places) -> Searched:
    """An organisation is found by its names, former names and raw spellings (BR-06, BR-07)."""
    place = places.get(one.municipality_oktmo or "")
    return Searched(
        title=one.full_name,
        subtitle=_line(one.short_name if one.short_name != one.full_name else None, place),
        is_hidden=one.state in (OrgState.DRAFT, OrgState.WITHDRAWN),
        others=(*one.names, *one.aliases),
    )


def platform(one: Platform, places: Places) -> Searched:
    """A platform is found by its topic, kind, holders, hub, members and territory."""
    holders = [party.organisation for party in one.parties if party.organisation_id in one.holder_ids]
    everybody = [party.organisation for party in one.parties] + ([one.hub] if one.hub else [])
    return Searched(
        title=one.topic,
        subtitle=_line(*(holder.short_name for holder in holders)),
        others=(
            label(one.kind),
            places.get(one.municipality_oktmo or ""),
            *(name for side in everybody for name in (side.short_name, side.full_name)),
        ),
    )


def act(one: Act, _places: Places) -> Searched:
    """An act is found by its number, date, kind, title and issuer (BR-01)."""
    numbered = f" № {one.number}" if one.number else ""
    return Searched(
        title=one.title,
        subtitle=_line(f"{label(one.kind)}{numbered} от {one.date:%d.%m.%Y}", one.issuer_name),
        number=one.number,
        others=(one.place,),
    )


def agreement(one: Agreement, places: Places) -> Searched:
    """An agreement is found by its number, date, parties, subject and territory."""
    parties = [party.organisation for party in one.parties]
    return Searched(
        title=f"Договор № {one.number} от {one.date:%d.%m.%Y}",
        subtitle=_line(*(party.short_name for party in parties)),
        number=one.number,
        others=(one.subject, places.get(one.municipality_oktmo), *(party.full_name for party in parties)),
    )


def municipality(one: Municipality, _places: Places) -> Searched:
    """A municipality is found by the names of all its versions, its centre and its code (BR-09, BR-11)."""
    now = one.named_on(clock.today())
    return Searched(
        title=now.short_name,
        subtitle=_line(now.official_name if now.official_name != now.short_name else None, one.oktmo),
        number=one.oktmo,
        others=tuple(
            name for past in one.versions() for name in (past.short_name, past.official_name, past.centre)
        ),
        slug=one.oktmo,
    )


def person(one: Person, _places: Places) -> Searched:
    """A person is found by the name and the place of work and by nothing else (PD-12)."""
    work = one.organisation
    return Searched(
        title=one.full_name,
        subtitle=work.short_name if work else "",
        others=(work.full_name,) if work else (),
    )


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


SEARCHED: Mapping[SearchKind, Source] = {
    SearchKind.ORGANISATION: Source(Organisation, organisation, lean=organisations),
    SearchKind.PLATFORM: Source(
        Platform,
        platform,
        (
            selectinload(Platform.parties)
            .joinedload(PlatformParty.organisation)
            .lazyload(Organisation.role_rows),
            joinedload(Platform.hub).lazyload(Organisation.role_rows),
            lazyload(Platform.history),
        ),
    ),
    SearchKind.ACT: Source(
        Act,
        act,
        (joinedload(Act.issuer).options(lazyload(Organisation.role_rows), selectinload(Organisation.names)),),
    ),
    SearchKind.AGREEMENT: Source(
        Agreement,
        agreement,
        (
            selectinload(Agreement.parties)
            .joinedload(AgreementParty.organisation)
            .lazyload(Organisation.role_rows),
        ),
    ),
    SearchKind.MUNICIPALITY: Source(Municipality, municipality),
    SearchKind.PERSON: Source(
        Person, person, (joinedload(Person.organisation).lazyload(Organisation.role_rows),)
    ),
}
KIND_OF: Mapping[type, SearchKind] = {source.table: kind for kind, source in SEARCHED.items()}
