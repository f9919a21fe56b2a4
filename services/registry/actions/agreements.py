"""Agreements: drafted, sent, signed by every party, or refused; their scan and their acts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.agreement_facts import operated, reason_in_words, say_state
from services.registry.actions.organisation_facts import need
from services.registry.rules import agreements, prolongation, scans
from services.registry.rules.acts import number_key
from services.registry.rules.agreements import move
from services.registry.rules.kinds import AgreementState, OrgRole
from services.registry.rules.names import clean, search_key
from shared import clock, files
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def draft_agreement(
    who: Person,
    *,
    number: str,
    date: date,
    operator_id: UUID,
    tms_id: UUID,
    subject: str,
    valid_from: date,
    valid_to: date,
    further_ids: Sequence[UUID] = (),
    act_ids: Sequence[UUID] = (),
    auto_prolongation_months: int | None = None,
) -> UUID:
    """Draft an agreement of the network operator with a ТМС and, where there are any, further parties (S-074)."""
    access.require(access.may_operate(who))
    key = number_key(number)
    if not key:
        raise Refused("BR-02", N_("Укажите номер договора"), field="number")
    agreements.check_terms(date, valid_from, valid_to)
    prolongation.check_auto(auto_prolongation_months)
    with work(who) as u:
        operator, tms = need(u, operator_id, "operator_id"), need(u, tms_id, "tms_id")
        if OrgRole.NETWORK_OPERATOR not in operator.roles:
            raise Refused("BR-12", N_("Эта организация не оператор сети"), field="operator_id")
        if OrgRole.TMS not in tms.roles:
            raise Refused("BR-12", N_("Эта организация не ТМС"), field="tms_id")
        further = [need(u, key, "further_ids") for key in further_ids]
        agreements.check_parties([operator_id, tms_id, *further_ids])
        same = sa.select(model.Agreement.id).filter_by(operator_id=operator_id, number_key=key, date=date)
        if u.session.scalar(same) is not None:
            raise Refused("BR-02", N_("Договор с этим номером и датой уже есть"), field="number")
        agreement = u.add(
            model.Agreement(
                number=clean(number),
                number_key=key,
                date=date,
                operator=operator,
                tms=tms,
                municipality_oktmo=tms.municipality_oktmo,
                subject=clean(subject),
                subject_key=search_key(subject)[:300],
                valid_from=valid_from,
                valid_to=valid_to,
                auto_prolongation_months=auto_prolongation_months,
                parties=[
                    model.AgreementParty(organisation=party, position=position)
                    for position, party in enumerate([operator, tms, *further])
                ],
                acts=[u.get(model.Act, key) for key in dict.fromkeys(act_ids)],
            )
        )
        # A draft is there from the day it was made, an old one from its own date.
        say_state(u, agreement, min(date, clock.today()))
        u.journal("agreement.drafted", agreement)
        u.announce(agreement)
        return agreement.id


def send_agreement(who: Person, *, agreement_id: UUID) -> None:
    """Send a draft to the parties for signing."""
    with work(who) as u:
        agreement = operated(u, agreement_id)
        agreement.state = move(agreement.state, "send")
        say_state(u, agreement, clock.today())
        u.journal("agreement.sent", agreement)
        u.announce(agreement)


def sign_agreement(who: Person, *, agreement_id: UUID, organisation_id: UUID, signed_on: date) -> None:
    """Record the signature of one party; with the last one the agreement is SIGNED (BR-16)."""
    access.require(access.may_sign(who, organisation_id))
    with work(who) as u:
        agreement = u.get(model.Agreement, agreement_id)
        party = next((p for p in agreement.parties if p.organisation_id == organisation_id), None)
        if party is None:
            raise Refused("BR-16", N_("Эта организация не сторона договора"), field="organisation_id")
        agreement.state = move(agreement.state, "sign")
        if party.signed_on is not None:
            raise Refused("BR-16", N_("Эта сторона договор уже подписала"), field="organisation_id")
        agreements.check_signature(agreement.date, signed_on, clock.today())
        party.signed_on = signed_on
        if agreements.everyone_signed(p.signed_on for p in agreement.parties):
            agreement.state = move(agreement.state, "complete_signing")
            say_state(u, agreement, max(p.signed_on for p in agreement.parties if p.signed_on))
        u.journal("agreement.signed", agreement, {"organisation": str(organisation_id)})
        u.announce(agreement)


def refuse_agreement(who: Person, *, agreement_id: UUID, organisation_id: UUID, reason: str) -> None:
    """A party refuses to sign (model 3.3)."""
    access.require(access.may_sign(who, organisation_id))
    with work(who) as u:
        agreement = u.get(model.Agreement, agreement_id)
        if organisation_id not in [party.organisation_id for party in agreement.parties]:
            raise Refused("BR-16", N_("Эта организация не сторона договора"), field="organisation_id")
        agreement.state = move(agreement.state, "refuse")
        agreement.end_reason = reason_in_words(reason)
        say_state(u, agreement, clock.today())
        u.journal("agreement.refused", agreement, {"organisation": str(organisation_id)})
        u.announce(agreement)


def attach_scan(who: Person, *, agreement_id: UUID, filename: str, content: bytes) -> None:
    """Keep the scan of a signed agreement; without it the agreement does not come into force (BR-16)."""
    media_type = scans.media_type(content)
    with work(who) as u:
        agreement = operated(u, agreement_id)
        if agreement.state not in (AgreementState.ON_SIGNING, AgreementState.SIGNED, AgreementState.IN_FORCE):
            raise Refused("BR-16", N_("Скан прикладывают к договору, отправленному на подписание"))
        agreement.scan = model.AgreementScan(
            filename=files.safe_name(filename, media_type),
            media_type=media_type,
            sha256=files.fingerprint(content),
            content=content,
        )
        u.journal("agreement.scan_attached", agreement, {"sha256": agreement.scan.sha256})
        u.announce(agreement)


def refer_to_act(who: Person, *, agreement_id: UUID, act_id: UUID) -> None:
    """Name an act that the agreement refers to (model 3.2: related_acts)."""
    with work(who) as u:
        agreement, act = operated(u, agreement_id), u.get(model.Act, act_id)
        if act in agreement.acts:
            raise Refused("BR-02", N_("Этот акт у договора уже указан"), field="act_id")
        agreement.acts.append(act)
        u.journal("agreement.act_named", agreement, {"act": str(act_id)})
