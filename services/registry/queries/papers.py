"""Papers: for those who may read them, and to the public as a check of what is printed (BR-67, BR-68)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.rules.papers import (
    MEDIA_TYPES,
    PaperFormat,
    PaperKind,
    PaperState,
    file_name,
    typed_code,
)
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


@dataclass(frozen=True)
class PaperFile:
    """A file of a paper to save."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Verified:
    """What the public learns from a checking code: nothing about any person (BR-67)."""

    kind: PaperKind
    number: str
    issued_on: date
    state: PaperState


@dataclass(frozen=True)
class PaperCard:
    """A paper and what its reader may do with it."""

    paper: model.Paper
    may_cancel: bool
    #: The files were destroyed with the person's data; number and hashes stay (BR-70).
    is_destroyed: bool


PAPER = N_("документ")


def paper(who: Person, paper_id: UUID) -> PaperCard:
    """A paper; for whoever may not read it, it does not exist."""
    row = _readable(who, paper_id)
    gone = read().scalar(sa.select(model.Paper.pdf.is_(None)).where(model.Paper.id == paper_id))
    return PaperCard(row, access.may_operate(who) and row.state is PaperState.ISSUED, bool(gone))


def paper_file(who: Person, paper_id: UUID, form: PaperFormat) -> PaperFile:
    """One of the two files of a paper, byte for byte as it was issued."""
    row = _readable(who, paper_id)
    content = getattr(row, form.value)
    if content is None:
        raise NotFound(PAPER)
    return PaperFile(file_name(row.kind, row.number, form), MEDIA_TYPES[form.value], content)


def papers_of(who: Person, object_id: UUID, *kinds: PaperKind) -> list[model.Paper]:
    """Papers about a thing that this person may read, the latest first."""
    query = sa.select(model.Paper).where(model.Paper.object_id == object_id)
    if kinds:
        query = query.where(model.Paper.kind.in_(kinds))
    rows = read().scalars(query.order_by(model.Paper.issued_on.desc(), model.Paper.id.desc()))
    return [row for row in rows if _may_read(who, row)]


def verify(typed: str) -> Verified:
    """The public check of a printed paper; a cancelled one is found too, as «аннулирован» (BR-67, BR-68)."""
    row = read().scalar(sa.select(model.Paper).where(model.Paper.verify_code == typed_code(typed)))
    if row is None:
        raise NotFound(PAPER)
    return Verified(row.kind, row.number, row.issued_on, row.state)


def _readable(who: Person, paper_id: UUID) -> model.Paper:
    row = read().get(model.Paper, paper_id)
    if row is None or not _may_read(who, row):
        raise NotFound(PAPER)
    return row


def _may_read(who: Person, row: model.Paper) -> bool:
    """By the paper's kind; an agreement is read on paper by those who read the agreement itself."""
    if access.may_read_paper(who, row.kind, row.person_id):
        return True
    if row.kind is not PaperKind.D13_AGREEMENT:
        return False
    agreement = read().get(model.Agreement, row.object_id)
    return agreement is not None and access.may_read_agreement(
        who, [party.organisation_id for party in agreement.parties], agreement.municipality_oktmo
    )
