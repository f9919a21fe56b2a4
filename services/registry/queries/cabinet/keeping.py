"""What those who keep the registry must do: imports, accounts, drafts of acts (model 3.6)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from services.registry import access, model
from services.registry.queries.act_cards import drafts
from services.registry.queries.privacy_due import Due, privacy_due
from services.registry.rules.cabinets import SHOWN, Shortlist, first
from services.registry.rules.importing.kinds import BatchState, Verdict
from shared import clock
from shared.person import Person, Role
from shared.unit import read

#: Who enters acts (model 3.5).
ACT_ROLES = (Role.OPERATOR, Role.IRO, Role.TMS, Role.EDU_AUTHORITY)


@dataclass(frozen=True)
class WaitingImport:
    """A checked table that waits for its rows to be decided and to be applied, or one that was not read."""

    batch: model.ImportBatch
    undecided: int


@dataclass(frozen=True)
class Accounts:
    """What the administrator should look at."""

    locked: int
    #: Somebody else set their password and they have not signed in since.
    to_change_password: int
    invitations: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing needs looking at."""
        return not (self.locked or self.to_change_password or self.invitations)


@dataclass(frozen=True)
class Keeping:
    """The duties of the operator and the administrator."""

    privacy: Due
    imports: Shortlist[WaitingImport]
    #: Only for the administrator.
    accounts: Accounts | None


def keeping(who: Person) -> Keeping:
    """Duties of those who keep the registry (PD-03, PD-10, model 3.6)."""
    return Keeping(privacy_due(who), _imports(), _accounts() if who.has(Role.SYSTEM_ADMIN) else None)


def _imports() -> Shortlist[WaitingImport]:
    """Tables that wait for a person: checked ones to be applied, unread ones to be discarded."""
    table, row = model.ImportBatch, model.ImportRow
    waiting = list(
        read().scalars(
            sa.select(table)
            .where(table.state.in_([BatchState.READY, BatchState.FAILED]))
            .order_by(table.created_at, table.id)
        )
    )
    short = first(waiting)
    undecided = read().execute(
        sa.select(row.batch_id, sa.func.count())
        .where(
            row.batch_id.in_([one.id for one in short]),
            row.verdict.in_([Verdict.UNDECIDED, Verdict.ERROR]),
            row.decision.is_(None),
        )
        .group_by(row.batch_id)
    )
    counts = dict(undecided.all())
    return Shortlist([WaitingImport(one, counts.get(one.id, 0)) for one in short], short.total)


def _accounts() -> Accounts:
    account, invitation, now = model.Account, model.Invitation, clock.now()

    def count(table: object, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()

    locked, fresh, waiting = (
        read()
        .execute(
            sa.select(
                count(account, account.active, account.locked_until > now),
                count(account, account.active, account.must_change_password),
                count(
                    invitation,
                    invitation.accepted_at.is_(None),
                    invitation.revoked_at.is_(None),
                    invitation.expires_at > now,
                ),
            )
        )
        .one()
    )
    return Accounts(locked, fresh, waiting)


@dataclass(frozen=True)
class ActsDesk:
    """Drafts of acts that wait for this person, and the acts that this person entered last."""

    drafts: Shortlist[model.ActDraft]
    #: Only for the ИРО, whose main work in the registry it is.
    entered: Shortlist[model.Act]


def acts_desk(who: Person) -> ActsDesk | None:
    """Drafts of acts to be approved; the ИРО has its section always, the others when something waits (BR-04)."""
    seen = access.acting(who, *ACT_ROLES)
    waiting = drafts(seen, size=SHOWN)
    if not waiting.total and not who.has(Role.IRO):
        return None
    entered = _entered(who) if who.has(Role.IRO) else Shortlist()
    return ActsDesk(Shortlist(waiting.items, waiting.total), entered)


def _entered(who: Person) -> Shortlist[model.Act]:
    table = model.Act
    own = table.created_by == who.account_id
    total = read().scalar(sa.select(sa.func.count()).select_from(table).where(own))
    rows = read().scalars(
        sa.select(table)
        .options(lazyload("*"))
        .where(own)
        .order_by(table.created_at.desc(), table.id.desc())
        .limit(SHOWN)
    )
    return Shortlist(list(rows), total or 0)
