"""What rows of a batch add to organisations that the registry knows already; nothing known is overwritten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.importing.plan import Row, alias, basis, fill, portions
from services.registry.messages import NameTold
from services.registry.rules.facts import ALWAYS, UNTIL_CORRECTED, Statement
from services.registry.rules.importing.organisations import FILLED
from services.registry.rules.kinds import EduOrgKind, FactKind, OrgRole, OrgState
from shared.refusal import N_, Refused
from shared.unit import Unit

#: Facts of which the message or a merge needs to know the timeline.
_TIMELINES = (FactKind.NAME, FactKind.ROLE, FactKind.EDU_KIND)


class Addition:
    """What some rows add to one organisation: roles, empty fields, spellings, and the facts that say so."""

    def __init__(self, before: Mapping[str, Any], rows: Sequence[Row], source: str) -> None:
        self.id: UUID = before["id"]
        self.before, self.row = before, rows[0]
        changed, spelled = fill(before, rows)
        self.after = {**before, **changed}
        self.roles = [OrgRole(role) for role in sorted(set(changed.pop("roles", ())) - set(before["roles"]))]
        self.changed = changed
        self.aliases = [alias(self.id, one, source) for one in spelled]
        ground = basis(source, self.row)
        self.said = [
            (self.id, FactKind.ROLE, Statement(role.value, item=role.value, basis=ground))
            for role in self.roles
        ]
        if changed.get("edu_kind"):
            self.said.append((self.id, FactKind.EDU_KIND, Statement(changed["edu_kind"], basis=ground)))
        self._refuse_known_before()

    @property
    def changes_row(self) -> bool:
        """Whether more than a spelling is added."""
        return bool(self.changed or self.roles)

    def trace(self) -> dict[str, Any]:
        """What must be taken back if the batch is undone."""
        return {
            "aliases": [str(one["id"]) for one in self.aliases],
            "organisation_id": str(self.id),
            "roles": [role.value for role in self.roles],
            "filled": self.changed,
        }

    def _refuse_known_before(self) -> None:
        """A source tells the first known state only; what was once different changes by an act (F7)."""
        for _, kind, said in self.said:
            if (kind, said.item) in self.before["timelines"]:
                raise Refused(
                    "F7",
                    N_("Строка %(row)s: «%(value)s» у этой организации уже бывало. Изменение вносят актом."),
                    row=self.row.number,
                    value=said.value,
                )


def of(u: Unit, merged: Mapping[UUID, Sequence[Row]], source: str) -> list[Addition]:
    """Additions to organisations as they are now; one that has ended meanwhile takes nothing more."""
    found: dict[UUID, dict[str, Any]] = {}
    for keys in portions(merged):
        found |= known(u, keys)
    for key, rows in merged.items():
        if key not in found or found[key]["state"] is not OrgState.ACTIVE:
            raise Refused(
                "ORGANISATION",
                N_("Строка %(row)s: организации, с которой она объединяется, больше нет среди действующих"),
                row=rows[0].number,
            )
    return [Addition(found[key], rows, source) for key, rows in merged.items()]


def known(u: Unit, keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Organisations with their roles, spellings, names by date and timelines, locked until the end."""
    one, role = model.Organisation.__table__.c, model.OrganisationRole.__table__.c
    spelled, fact = model.OrganisationAlias.__table__.c, model.Fact.__table__.c
    found = {
        row["id"]: {
            **row,
            "edu_kind": row["edu_kind"].value if row["edu_kind"] else None,
            "roles": [],
            "aliases": [],
            "names": [],
            "timelines": set(),
        }
        for row in u.session.execute(
            sa.select(
                one.id, one.version, one.full_name, one.short_name, one.municipality_oktmo, one.state,
                *(one[name] for name in FILLED),
            )
            .where(one.id.in_(keys))
            .with_for_update()
        ).mappings()
    }  # fmt: skip
    for key, value in u.session.execute(
        sa.select(role.organisation_id, role.role).where(role.organisation_id.in_(keys)).order_by(role.role)
    ):
        found[key]["roles"].append(value.value)
    for key, text in u.session.execute(
        sa.select(spelled.organisation_id, spelled.text).where(spelled.organisation_id.in_(keys))
    ):
        found[key]["aliases"].append(text)
    for row in u.session.execute(
        sa.select(fact.subject_id, fact.kind, fact.item, fact.value, fact.valid_from)
        .where(fact.subject_id.in_(keys), fact.kind.in_(_TIMELINES), fact.recorded_to == UNTIL_CORRECTED)
        .order_by(fact.valid_from)
    ):
        found[row.subject_id]["timelines"].add((row.kind, row.item))
        if row.kind is FactKind.NAME:
            since = None if row.valid_from == ALWAYS else row.valid_from
            found[row.subject_id]["names"].append(NameTold(full_name=row.value, valid_from=since))
    return found


def update(u: Unit, added: Sequence[Addition], now: datetime) -> None:
    """Fill what was empty; everything else stays as the registry has it."""
    write_rows(u, [one.after for one in added if one.changes_row], now)


def write_rows(u: Unit, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The fields that an import fills, of many organisations in one statement; their versions grow."""
    table = model.Organisation.__table__
    if not rows:
        return
    u.session.execute(
        sa.update(table)
        .where(table.c.id == sa.bindparam("key"))
        .values(
            version=table.c.version + 1,
            updated_at=now,
            **{name: sa.bindparam(f"new_{name}") for name in FILLED},
        ),
        [
            {
                "key": one["id"],
                **{f"new_{name}": one[name] for name in FILLED},
                "new_edu_kind": EduOrgKind(one["edu_kind"]) if one["edu_kind"] else None,
            }
            for one in rows
        ],
    )


def leave_traces(u: Unit, added: Sequence[Addition]) -> None:
    """Remember in the first row of each organisation what was added to it."""
    table = model.ImportRow.__table__
    if added:
        u.session.execute(
            sa.update(table).where(table.c.id == sa.bindparam("key")).values(applied=sa.bindparam("trace")),
            [{"key": one.row.id, "trace": one.trace()} for one in added],
        )
