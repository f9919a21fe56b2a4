"""What a signed-in person must do today, and the open news of the landing page (model 3.6)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.registry import access, model, readmodel
from services.registry.queries import platforms as platform_queries
from services.registry.queries import proposals as proposal_queries
from services.registry.queries.agreements import ReminderRow, unread_reminders
from services.registry.queries.centres import load_of_centre
from services.registry.queries.network import network_operator_id
from services.registry.queries.privacy_due import privacy_due
from services.registry.rules.agreements import REMINDERS
from services.registry.rules.kinds import AgreementState, PlatformState
from shared import clock
from shared.person import Person, Role
from shared.unit import read


@dataclass(frozen=True)
class OwnAgreement:
    """The agreement of a ТМС, and what is still missing when it is not in force."""

    agreement: model.Agreement | None
    #: send, sign_own, sign_other, put_in_force, renew, draft or nothing.
    missing: str | None
    days_left: int | None


@dataclass(frozen=True)
class Cabinet:
    """The registry's part of the cabinet."""

    today: date
    to_send: list[model.Agreement] = field(default_factory=list)
    on_signing: list[model.Agreement] = field(default_factory=list)
    to_put_in_force: list[model.Agreement] = field(default_factory=list)
    ending: list[model.Agreement] = field(default_factory=list)
    #: Their term is over; the operator closes them.
    over: list[model.Agreement] = field(default_factory=list)
    waiting_proposals: int = 0
    #: Erasures, withdrawals, requests and incidents that wait (PD-03, PD-10).
    privacy_due: int = 0
    taken: int = 0
    capacity: int | None = None
    #: Reminders of the own agreements that nobody of the party has read (BR-15).
    reminders: list[ReminderRow] = field(default_factory=list)
    own_agreements: list[OwnAgreement] = field(default_factory=list)
    platforms: list[platform_queries.PlatformRow] = field(default_factory=list)
    platforms_total: int = 0


def cabinet(who: Person) -> Cabinet:
    """The operator's tasks, or the own agreement and platforms of the others (model 3.6)."""
    today = clock.today()
    if access.may_operate(who):
        return _operators(who, today)
    rows, total = _own_platforms(who)
    return Cabinet(
        today=today,
        reminders=unread_reminders(who),
        own_agreements=[_own_agreement(key, today) for key in sorted(who.organisations(Role.TMS))],
        platforms=rows,
        platforms_total=total,
    )


def _operators(who: Person, today: date) -> Cabinet:
    table = model.Agreement
    rows = (
        read()
        .scalars(
            sa.select(table)
            .options(joinedload(table.tms).lazyload(model.Organisation.role_rows))
            .where(
                sa.or_(
                    table.state.in_([AgreementState.DRAFT, AgreementState.ON_SIGNING, AgreementState.SIGNED]),
                    sa.and_(
                        table.state == AgreementState.IN_FORCE,
                        table.valid_to <= today + timedelta(days=max(REMINDERS)),
                    ),
                )
            )
            .order_by(table.valid_to, table.id)
        )
        .all()
    )
    by_state = {state: [row for row in rows if row.state_on(today) is state] for state in AgreementState}
    operator = network_operator_id()
    taken, capacity = load_of_centre(operator, today) if operator else (0, None)
    return Cabinet(
        today=today,
        to_send=by_state[AgreementState.DRAFT],
        on_signing=by_state[AgreementState.ON_SIGNING],
        to_put_in_force=by_state[AgreementState.SIGNED],
        ending=by_state[AgreementState.IN_FORCE],
        over=by_state[AgreementState.EXPIRED],
        waiting_proposals=proposal_queries.waiting_proposals(),
        privacy_due=privacy_due(who).count,
        taken=taken,
        capacity=capacity,
        reminders=unread_reminders(who),
    )


def _own_agreement(organisation_id: UUID, today: date) -> OwnAgreement:
    """The newest agreement of a ТМС and what it needs next."""
    table = model.Agreement
    row = (
        read()
        .scalars(
            sa.select(table)
            .where(table.tms_id == organisation_id)
            .order_by(table.valid_to.desc(), table.id.desc())
        )
        .first()
    )
    if row is None:
        return OwnAgreement(None, "draft", None)
    if row.state is AgreementState.IN_FORCE:
        left = (row.valid_to - today).days
        return OwnAgreement(row, None if left >= 0 else "renew", max(left, 0))
    if row.state is AgreementState.ON_SIGNING:
        own = next(party for party in row.parties if party.organisation_id == organisation_id)
        return OwnAgreement(row, "sign_own" if own.signed_on is None else "sign_other", None)
    missing = {AgreementState.DRAFT: "send", AgreementState.SIGNED: "put_in_force"}
    return OwnAgreement(row, missing.get(row.state, "renew"), None)


def _own_platforms(who: Person) -> tuple[list[platform_queries.PlatformRow], int]:
    """Active platforms of the own territory (ТМС, МОУО) or of the own organisation."""
    rows: dict[UUID, platform_queries.PlatformRow] = {}
    total = 0
    for oktmo in sorted(who.municipalities(Role.TMS, Role.EDU_AUTHORITY)):
        found = platform_queries.platforms(state=PlatformState.ACTIVE, municipality_oktmo=oktmo, size=20)
        rows.update({row.platform.id: row for row in found.items})
        total += found.total
    for key in sorted(who.organisations(Role.ORGANISATION)):
        found = platform_queries.platforms(organisation_id=key, size=20)
        rows.update({row.platform.id: row for row in found.items})
        total += found.total
    return list(rows.values()), total


@dataclass(frozen=True)
class News:
    """Open news of the other services."""

    editions: list[readmodel.Edition]
    report: readmodel.Report | None


def news() -> News:
    """Contests that accept entries or are announced, and the newest report; open to everybody."""
    editions = read().scalars(
        sa.select(readmodel.Edition)
        .where(readmodel.Edition.state.in_(["ANNOUNCED", "ACCEPTING"]))
        .order_by(readmodel.Edition.closes_on)
        .limit(5)
    )
    report = (
        read().scalars(sa.select(readmodel.Report).order_by(readmodel.Report.as_of.desc()).limit(1)).first()
    )
    return News(list(editions), report)
