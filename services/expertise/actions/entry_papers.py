"""Papers about an entry: the application and the act of its technical check (D-18, D-04)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import entry_content as content
from services.expertise.actions.papers import issue_paper
from services.expertise.model import Entry, Paper
from services.expertise.queries import found
from services.expertise.queries.application_paper import application_paper
from services.expertise.queries.technical_paper import technical_paper
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.states import UNREGISTERED
from shared.person import Person
from shared.refusal import N_, Refused
from shared.requisites import PaperState
from shared.unit import Unit, work


def issue_application(who: Person, *, entry_id: UUID) -> UUID:
    """Print a registered entry as a paper with a number and a code; one that is valid is enough (D-18, BR-67)."""
    with work(who) as u:
        entry = content.own(u, found.entry(u.session, entry_id))
        if entry.state in UNREGISTERED or entry.reg_no is None:
            raise Refused("D-18", N_("Документ печатают после регистрации, до неё есть рабочая распечатка"))
        _require_none(u, entry, PaperKind.D18_APPLICATION)
        paper = issue_paper(
            u,
            kind=PaperKind.D18_APPLICATION,
            edition_id=entry.edition_id,
            object_id=entry.id,
            build=lambda requisites: application_paper(u.session, entry, requisites),
        )
        return paper.id


def issue_technical_act(who: Person, *, entry_id: UUID) -> UUID:
    """The secretary issues the act of the technical check; the applicant may take it at once (D-04, F-20)."""
    with work(who) as u:
        access.require_secretary(who)
        entry = found.entry(u.session, entry_id)
        if not entry.checks:
            raise Refused("D-04", N_("Техническая экспертиза ещё не проведена"))
        _require_none(u, entry, PaperKind.D04_TECHNICAL_ACT)
        paper = issue_paper(
            u,
            kind=PaperKind.D04_TECHNICAL_ACT,
            edition_id=entry.edition_id,
            object_id=entry.id,
            build=lambda requisites: technical_paper(u.session, entry, requisites),
        )
        return paper.id


def _require_none(u: Unit, entry: Entry, kind: PaperKind) -> None:
    issued = u.session.scalar(
        sa.select(Paper.number).where(
            Paper.object_id == entry.id, Paper.kind == kind, Paper.state == PaperState.ISSUED
        )
    )
    if issued is not None:
        raise Refused(
            "BR-68",
            N_("Документ уже выдан: № %(number)s. Новый печатают, когда прежний аннулирован"),
            number=issued,
        )
