"""The search over everything a person may see, and how registers are searched (BR-07).

The scope is part of the SQL: what somebody may not read is neither found nor counted.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from services.registry import access, model
from services.registry.model.search import fts
from services.registry.rules import search as rules
from services.registry.rules.kinds import SearchKind
from services.registry.rules.names import search_key
from shared.person import Person
from shared.stems import stem
from shared.unit import read
from shared.web.paging import Page

#: So many results are put in order; whoever gets more should ask more exactly.
RANKED = 2_000
#: Endings are hardly longer; a word cut inside its ending is still found.
_ENDING = 3
_TOKEN = re.compile(r"(\w+)")


def words(text: str | None) -> list[str]:
    """Normalised words of what somebody typed; nothing typed is no condition."""
    return search_key(text or "").split()[:10]


def contains(column: Any, text: str | None) -> list[sa.ColumnElement[bool]]:
    """Conditions that each word stands somewhere in the column; normalised words hold no wildcards."""
    return [column.like(f"%{word}%") for word in words(text)]


@dataclass(frozen=True)
class Term:
    """One typed word: its stem, whether longer words are meant too, and stems that its end may hide."""

    stem: str
    is_open: bool = False
    shorter: tuple[str, ...] = ()

    def fits(self, stemmed: str) -> bool:
        """Whether a stem is one that this word finds."""
        begins = self.is_open and stemmed.startswith(self.stem)
        return begins or stemmed == self.stem or stemmed in self.shorter


@dataclass(frozen=True)
class Part:
    """A piece of a title; those that answer the search are marked."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Hit:
    """A thing that was found."""

    kind: SearchKind
    id: UUID
    title: list[Part]
    subtitle: list[Part]
    #: The path of its card inside the registry.
    path: str


@dataclass(frozen=True)
class Found:
    """Results in order, and how many there are of each kind.

    No more than RANKED of them can be leafed through, however large the total is.
    """

    page: Page[Hit]
    counts: dict[SearchKind, int]


def search(
    who: Person, text: str | None, kinds: Collection[SearchKind] = (), page: int = 1, size: int = 20
) -> Found:
    """Everything this person may see that has all these words; exact titles and numbers come first (BR-07)."""
    terms = terms_of(text or "")
    counts = count(who, terms) if terms else {}
    chosen = [kind for kind in counts if not kinds or kind in kinds]
    total = sum(counts[kind] for kind in chosen)
    pages = max(1, -(-min(total, RANKED) // size))
    page = max(1, page)
    rows: Iterable[Any] = ()
    if total and page <= pages:
        portion = ranking(who, text or "", terms, chosen).limit(size).offset((page - 1) * size)
        rows = read().execute(_described(portion)).all()
    return Found(
        page=Page(items=[_hit(row, terms) for row in rows], total=total, page=page, pages=pages),
        counts=counts,
    )


def terms_of(text: str) -> list[Term]:
    """What to look for; the last word may be the beginning of one that is still being typed."""
    typed = rules.asked(text)
    terms = [Term(stem(word)) for word in typed]
    if typed and rules.is_unfinished(typed[-1]):
        last = typed[-1]
        shorter = tuple(last[:end] for end in range(len(last) - 1, max(3, len(last) - _ENDING - 1), -1))
        terms[-1] = Term(stem(last), is_open=True, shorter=shorter)
    return terms


def count(who: Person, terms: list[Term]) -> dict[SearchKind, int]:
    """How many things of each kind this person can find, in the order of the kinds."""
    entry, (source, match, _rank) = model.SearchEntry, _matching(terms)
    counted = dict(
        read()
        .execute(
            sa.select(entry.kind, sa.func.count())
            .select_from(source)
            .where(match, _visible(who))
            .group_by(entry.kind)
        )
        .all()
    )
    return {kind: counted[kind] for kind in SearchKind if kind in counted}


def ranking(who: Person, text: str, terms: list[Term], kinds: Collection[SearchKind]) -> sa.Select[Any]:
    """Things in the order of their likeness: the exact title or number, then by rank, then older ones."""
    entry, (source, match, rank) = model.SearchEntry, _matching(terms)
    typed = search_key(text)[:500]
    exact = sa.or_(entry.key == typed, sa.func.coalesce(entry.number, "") == typed)
    same = sa.or_(entry.key == typed, entry.number == typed)
    readable = sa.and_(_visible(who), entry.kind.in_(kinds))
    first = sa.select(entry.seq, sa.literal(1).label("same"), sa.literal(0.0).label("rank"))
    others = sa.select(entry.seq, sa.literal(0), rank).select_from(source)
    found = sa.union_all(
        sa.select(first.where(same, readable).limit(RANKED).subquery()),
        sa.select(others.where(match, readable, ~exact).limit(RANKED).subquery()),
    ).subquery()
    return sa.select(found).order_by(found.c.same.desc(), found.c.rank.desc(), found.c.seq)


def _described(portion: sa.Select[Any]) -> sa.Select[Any]:
    """The rows of one page, still in their order; only these few are read whole."""
    entry, found = model.SearchEntry, portion.subquery()
    return (
        sa.select(entry.kind, entry.subject_id, entry.slug, entry.title, entry.subtitle)
        .join(found, found.c.seq == entry.seq)
        .order_by(found.c.same.desc(), found.c.rank.desc(), entry.seq)
    )


def _matching(terms: list[Term]) -> tuple[Any, sa.ColumnElement[bool], sa.ColumnElement[float]]:
    """Where to look, the condition and the rank, in the words of the database at hand."""
    entry = model.SearchEntry
    if read().get_bind().dialect.name == "postgresql":
        query = sa.cast(" & ".join(_any_of(term, "'{}'", "'{}':*", " | ") for term in terms), TSQUERY)
        return entry, entry.stems.bool_op("@@")(query), sa.func.ts_rank(entry.stems, query)
    asked = " AND ".join(_any_of(term, '"{}"', '"{}"*', " OR ") for term in terms)
    match = sa.literal_column(fts.name).bool_op("MATCH")(asked)
    return sa.join(entry, fts, fts.c.rowid == entry.seq), match, -fts.c.rank


def _any_of(term: Term, whole: str, begun: str, either: str) -> str:
    """One word of the query; stems are letters and digits only, so nothing in them can break out."""
    first = (begun if term.is_open else whole).format(term.stem)
    return f"({either.join((first, *(whole.format(stem) for stem in term.shorter)))})"


def _visible(who: Person) -> sa.ColumnElement[bool]:
    """Entries that this person may read (model 3.5): the scope is asked of the things themselves."""
    entry = model.SearchEntry
    kinds = access.searched_kinds(who)
    allowed: list[sa.ColumnElement[bool]] = [entry.kind.in_(kinds & access.OPEN_KINDS)]
    if SearchKind.AGREEMENT in kinds:
        allowed.append(sa.and_(entry.kind == SearchKind.AGREEMENT, _agreements(who)))
    if SearchKind.PERSON in kinds:
        allowed.append(sa.and_(entry.kind == SearchKind.PERSON, _people(who)))
    shown = sa.true() if access.may_manage(who) else ~entry.is_hidden
    return sa.and_(shown, sa.or_(*allowed))


def _agreements(who: Person) -> sa.ColumnElement[bool]:
    if access.reads_all_agreements(who):
        return sa.true()
    organisations, municipalities = access.agreement_scope(who)
    party, entry = model.AgreementParty, model.SearchEntry
    return sa.or_(
        entry.subject_id.in_(sa.select(party.agreement_id).where(party.organisation_id.in_(organisations))),
        entry.subject_id.in_(
            sa.select(model.Agreement.id).where(model.Agreement.municipality_oktmo.in_(municipalities))
        ),
    )


def _people(who: Person) -> sa.ColumnElement[bool]:
    if access.reads_all_people(who):
        return sa.true()
    own = sa.select(model.Person.id).where(model.Person.organisation_id.in_(access.people_scope(who)))
    return sa.or_(model.SearchEntry.subject_id.in_(own), model.SearchEntry.subject_id == who.person_id)


def _hit(row: Any, terms: list[Term]) -> Hit:
    return Hit(
        kind=row.kind,
        id=row.subject_id,
        title=_marked(row.title, terms),
        subtitle=_marked(row.subtitle, terms),
        path=f"/{rules.SECTIONS[row.kind]}/{row.slug}",
    )


def _marked(text: str, terms: list[Term]) -> list[Part]:
    """The text in pieces; words that answer one of the terms are marked."""
    parts = []
    for piece in _TOKEN.split(text):
        if piece:
            stems = [stem(word) for word in rules.words(piece)]
            parts.append(Part(piece, any(term.fits(one) for term in terms for one in stems)))
    return parts
