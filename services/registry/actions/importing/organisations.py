"""Organisations of a batch, written in bulk: one statement for all rows of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions import facts
from services.registry.actions.importing import additions
from services.registry.actions.importing.plan import Plan, Row, alias, basis, fill, portions
from services.registry.actions.organisation_facts import first_facts
from services.registry.messages import NameTold, OrganisationChanged
from services.registry.rules.importing.organisations import FILLED
from services.registry.rules.kinds import EduOrgKind, OrgRole, OrgState
from shared import clock
from shared.refusal import N_, Refused
from shared.unit import Unit


@dataclass(frozen=True)
class New:
    """A new organisation with what later rows of the file add to it, and the rows whose spelling is kept.

    Its names are those of the registry's own row, so that the same rules say its first facts.
    """

    row: Row
    facts: Mapping[str, Any]
    spelled: Sequence[Row]

    @property
    def id(self) -> UUID:
        return self.row.result_id

    @property
    def full_name(self) -> str:
        return str(self.facts["full_name"])

    @property
    def short_name(self) -> str:
        return str(self.facts["short_name"])

    @property
    def roles(self) -> list[OrgRole]:
        return [OrgRole(role) for role in self.facts["roles"]]

    @property
    def edu_kind(self) -> EduOrgKind | None:
        return EduOrgKind(self.facts["edu_kind"]) if self.facts.get("edu_kind") else None

    @property
    def municipality_oktmo(self) -> str | None:
        return self.facts.get("municipality_oktmo")

    @property
    def state(self) -> OrgState:
        return OrgState.ACTIVE

    def columns(self, u: Unit, now: datetime) -> dict[str, Any]:
        """The row of ``organisation``."""
        return {
            "id": self.id,
            "version": 1,
            "created_at": now,
            "updated_at": now,
            "created_by": u.who.account_id,
            "full_name": self.full_name,
            "short_name": self.short_name,
            "search_key": self.facts["search_key"],
            "municipality_oktmo": self.municipality_oktmo,
            "scope_key": self.municipality_oktmo or "",
            "state": self.state,
            **{name: self.facts.get(name) for name in FILLED},
            "edu_kind": self.edu_kind,
        }


def write(u: Unit, batch: model.ImportBatch, found: Plan) -> None:
    """Register what is new, add to what is known; Refused when the registry has changed since the check."""
    now, source = clock.now(), f"импорт: {batch.file_name}"
    new = [_complete(row, found.merged.pop(row.result_id, [])) for row in found.new]
    _refuse_doubles(u, found.new)
    added = additions.of(u, found.merged, source)
    insert(u, model.Organisation, [one.columns(u, now) for one in new])
    additions.update(u, added, now)
    insert(
        u,
        model.OrganisationRole,
        [{"organisation_id": one.id, "role": role} for one in [*new, *added] for role in one.roles],
    )
    insert(
        u,
        model.OrganisationAlias,
        [alias(one.id, row, source) for one in new for row in one.spelled]
        + [spelling for one in added for spelling in one.aliases],
    )
    facts.record_all(
        u,
        [said for one in new for said in first_facts(one, basis(source, one.row))]
        + [said for one in added for said in one.said],
    )
    additions.leave_traces(u, added)
    note = {"import": str(batch.id)}
    u.journal_all("organisation.registered", model.Organisation, [one.id for one in new], note)
    u.journal_all("organisation.merged_import", model.Organisation, [one.id for one in added], note)
    u.tell_all((told(one.id, one.facts), 1) for one in new)
    u.tell_all((told(one.id, one.after), one.before["version"] + 1) for one in added if one.changes_row)


def insert(u: Unit, kind: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """All rows of a table in one statement."""
    if rows:
        u.session.execute(sa.insert(kind.__table__), rows)


def told(
    organisation_id: UUID, known: Mapping[str, Any], state: OrgState = OrgState.ACTIVE
) -> OrganisationChanged:
    """The state message."""
    return OrganisationChanged(
        organisation_id=organisation_id,
        full_name=known["full_name"],
        short_name=known["short_name"],
        roles=[OrgRole(role) for role in known["roles"]],
        edu_kind=EduOrgKind(known["edu_kind"]) if known.get("edu_kind") else None,
        municipality_oktmo=known.get("municipality_oktmo"),
        state=state,
        names=known.get("names") or [NameTold(full_name=known["full_name"], valid_from=None)],
    )


def _complete(row: Row, merged: Iterable[Row]) -> New:
    known = {**row.values, "short_name": row.values.get("short_name") or row.values["full_name"][:200]}
    changed, spelled = fill(known, [row, *merged])
    return New(row, {**known, **changed}, spelled)


def _refuse_doubles(u: Unit, rows: Sequence[Row]) -> None:
    """What was new at the check must still be new: same name, spelling or codes, if nobody decided so (BR-07)."""
    names = {(row.values.get("municipality_oktmo") or "", row.values["search_key"]): row for row in rows}
    codes = {row.values["inn"]: row for row in rows if row.values.get("inn") and not row.chosen}
    one, spelled = model.Organisation.__table__.c, model.OrganisationAlias.__table__.c
    for keys in portions({key for _, key in names}):
        for scope, key in u.session.execute(
            sa.select(one.scope_key, one.search_key).where(
                one.search_key.in_(keys), one.state == OrgState.ACTIVE
            )
        ):
            _refuse_known(names.get((scope, key)))
        for scope, key in u.session.execute(
            sa.select(one.scope_key, spelled.search_key)
            .select_from(model.OrganisationAlias.__table__)
            .join(model.Organisation.__table__, one.id == spelled.organisation_id)
            .where(spelled.search_key.in_(keys), one.state == OrgState.ACTIVE)
        ):
            row = names.get((scope, key))
            _refuse_known(row if row and not row.chosen else None)
    for some in portions(codes):
        for inn in u.session.scalars(
            sa.select(one.inn).where(one.inn.in_(some), one.state == OrgState.ACTIVE)
        ):
            _refuse_known(codes[inn])


def _refuse_known(row: Row | None) -> None:
    if row is not None:
        raise Refused(
            "BR-07",
            N_(
                "Строка %(row)s: после проверки эта организация появилась в реестре. Проверьте загрузку заново."
            ),
            row=row.number,
        )
