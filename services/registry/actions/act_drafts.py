"""Drafts of acts: kept, approved with a number and a date, or rejected (model 3.3)."""

from datetime import date
from uuid import UUID

from services.registry import access, model
from services.registry.actions.acts import record_act
from services.registry.rules import acts
from services.registry.rules.kinds import ActKind, ActLevel
from services.registry.rules.names import clean
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def draft_act(
    who: Person,
    *,
    kind: ActKind | str,
    title: str,
    level: ActLevel | str,
    issuer_id: UUID | None = None,
    issuer_name: str | None = None,
    place: str | None = None,
    summary: str | None = None,
    url: str | None = None,
) -> UUID:
    """Begin a draft; nothing rests on it and nobody else hears of it until it is approved (model 3.3)."""
    access.require(access.may_record_act(who, ActLevel(level)))
    with work(who) as u:
        issuer = u.get(model.Organisation, issuer_id) if issuer_id else None
        draft = u.add(
            model.ActDraft(
                kind=ActKind(kind),
                title=clean(title),
                level=ActLevel(level),
                issuer=issuer,
                issuer_text=clean(issuer_name) if issuer_name and issuer_id is None else None,
                place=clean(place) if place else None,
                summary=summary or None,
                url=acts.address(url),
            )
        )
        u.journal("act.drafted", draft)
        return draft.id


def approve_act(
    who: Person,
    *,
    draft_id: UUID,
    number: str | None,
    date: date,
    in_force_from: date | None = None,
    in_force_to: date | None = None,
) -> UUID:
    """Give a draft its number and date: it becomes an act of the register (model 3.3: approve)."""
    with work(who) as u:
        draft = _kept(u, draft_id)
        state = acts.move(draft.state, "approve")
        acts.check_approval(draft.kind, number, date, clock.today())
        draft.act_id = record_act(
            who,
            kind=draft.kind,
            number=number,
            date=date,
            title=draft.title,
            level=draft.level,
            issuer_id=draft.issuer_id,
            issuer_name=draft.issuer_text,
            in_force_from=in_force_from,
            in_force_to=in_force_to,
            place=draft.place,
            summary=draft.summary,
            url=draft.url,
        )
        draft.state = state
        u.journal("act.approved", draft, {"act": str(draft.act_id)})
        return draft.act_id


def reject_act(who: Person, *, draft_id: UUID, reason: str) -> None:
    """Put a draft aside for good, with the reason (model 3.3: reject)."""
    with work(who) as u:
        draft = _kept(u, draft_id)
        state = acts.move(draft.state, "reject")
        if not reason.strip():
            raise Refused("ACT_STATE", N_("Укажите причину"), field="reason")
        draft.state, draft.reason = state, clean(reason)
        u.journal("act.rejected", draft)


def _kept(u: Unit, draft_id: UUID) -> model.ActDraft:
    """A draft that this person keeps; of the others nobody learns."""
    draft = u.get(model.ActDraft, draft_id)
    own = u.who.account_id is not None and draft.created_by == u.who.account_id
    if not access.may_keep_draft(u.who, draft.level, own=own):
        raise NotFound(N_("проект акта"))
    return draft
