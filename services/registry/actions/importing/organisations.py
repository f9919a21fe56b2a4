"""Organisations of a batch, written in bulk: one statement for all rows of a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.importing.plan import Plan, Row, fill
from services.registry.messages import OrganisationChanged
from services.registry.rules.importing.organisations import FILLED
from services.registry.rules.kinds import EduOrgKind, OrgRole, OrgState
from shared import clock, ids
from shared.refusal import N_, Refused
from shared.unit import Unit

#: How many keys one question asks for.
PORTION = 2000


def write(u: Unit, batch: model.ImportBatch, found: Plan) -> None:
    """Register what is new, add to what is known; Refused when the registry has changed since the check."""
    now, source = clock.now(), f"импорт: {batch.file_name}"
    new = [_complete(row, found.merged.pop(row.result_id, [])) for row in found.new]
    _refuse_doubles(u, found.new)
    known = _known(u, found.merged)
    additions = [Addition(known[key], rows, source) for key, rows in found.merged.items()]
    insert(u, model.Organisation, [_columns(u, row.result_id, facts, now) for row, facts, _ in new])
    _update(u, [one for one in additions if one.changed or one.roles], now)
    insert(
        u,
        model.OrganisationRole,
        [
            *(_role(row.result_id, role) for row, facts, _ in new for role in facts["roles"]),
            *(_role(one.id, role) for one in additions for role in one.roles),
        ],
    )
    insert(
        u,
        model.OrganisationAlias,
        [
            *(alias(row.result_id, one, source) for row, _, spelled in new for one in spelled),
            *(spelling for one in additions for spelling in one.aliases),
        ],
    )
    _leave_traces(u, additions)
    note = {"import": str(batch.id)}
    u.journal_all("organisation.registered", model.Organisation, [row.result_id for row, _, _ in new], note)
    u.journal_all("organisation.merged_import", model.Organisation, [one.id for one in additions], note)
    u.tell_all((told(row.result_id, facts), 1) for row, facts, _ in new)
    u.tell_all(
        (told(one.id, one.after), one.before["version"] + 1) for one in additions if one.changed or one.roles
    )


class Addition:
    """What rows of a file add to one known organisation."""

    def __init__(self, before: Mapping[str, Any], rows: Sequence[Row], source: str) -> None:
        self.id: UUID = before["id"]
        self.before, self.row = before, rows[0]
        changed, spelled = fill(before, rows)
        self.after = {**before, **changed}
        self.roles = sorted(set(changed.pop("roles", ())) - set(before["roles"]))
        self.changed = changed
        self.aliases = [alias(self.id, one, source) for one in spelled]

    def trace(self) -> dict[str, Any]:
        """What must be taken back if the batch is undone."""
        return {
            "aliases": [str(one["id"]) for one in self.aliases],
            "roles": self.roles,
            "filled": self.changed,
        }


def insert(u: Unit, kind: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """All rows of a table in one statement."""
    if rows:
        u.session.execute(sa.insert(kind.__table__), rows)


def alias(organisation_id: UUID, row: Row, source: str) -> dict[str, Any]:
    """The raw spelling of a row, kept as it stood in the file (BR-07)."""
    text = row.raw_name[:700]
    return {
        "id": ids.new_id(),
        "organisation_id": organisation_id,
        "text": text,
        # The spelling and the name made of it have one key (BR-07).
        "search_key": row.values["search_key"],
        "source": f"{source}, строка {row.number}"[:300],
    }


def told(organisation_id: UUID, facts: Mapping[str, Any]) -> OrganisationChanged:
    """The state message."""
    return OrganisationChanged(
        organisation_id=organisation_id,
        full_name=facts["full_name"],
        short_name=facts["short_name"],
        roles=[OrgRole(role) for role in facts["roles"]],
        edu_kind=EduOrgKind(facts["edu_kind"]) if facts.get("edu_kind") else None,
        municipality_oktmo=facts.get("municipality_oktmo"),
        state=OrgState.ACTIVE,
    )


def portions(keys: Collection[Any]) -> Iterator[list[Any]]:
    """Keys in portions that fit into one question."""
    listed = list(keys)
    for start in range(0, len(listed), PORTION):
        yield listed[start : start + PORTION]


def _complete(row: Row, merged: Iterable[Row]) -> tuple[Row, dict[str, Any], list[Row]]:
    """A new organisation with what later rows of the file add to it, and the spellings to keep."""
    facts = {**row.values, "short_name": row.values.get("short_name") or row.values["full_name"][:200]}
    changed, spelled = fill(facts, [row, *merged])
    return row, {**facts, **changed}, spelled


def _columns(u: Unit, key: UUID, facts: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "id": key,
        "version": 1,
        "created_at": now,
        "updated_at": now,
        "created_by": u.who.account_id,
        "full_name": facts["full_name"],
        "short_name": facts["short_name"],
        "search_key": facts["search_key"],
        "municipality_oktmo": facts.get("municipality_oktmo"),
        "scope_key": facts.get("municipality_oktmo") or "",
        "state": OrgState.ACTIVE,
        **{name: facts.get(name) for name in FILLED},
        "edu_kind": EduOrgKind(facts["edu_kind"]) if facts.get("edu_kind") else None,
    }


def _role(organisation_id: UUID, role: str) -> dict[str, Any]:
    return {"organisation_id": organisation_id, "role": OrgRole(role)}


def _refuse_doubles(u: Unit, rows: Sequence[Row]) -> None:
    """What was new at the check must still be new: same name, spelling or codes, if nobody decided so (BR-07)."""
    names = {
        (row.values.get("municipality_oktmo") or "", row.values["search_key"]): row for row in rows
    }
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
            .join_from(
                model.OrganisationAlias.__table__,
                model.Organisation.__table__,
                one.id == spelled.organisation_id,
            )
            .where(spelled.search_key.in_(keys), one.state == OrgState.ACTIVE)
        ):
            row = names.get((scope, key))
            _refuse_known(row if row and not row.chosen else None)
    for some in portions(codes):
        for inn in u.session.scalars(sa.select(one.inn).where(one.inn.in_(some))):
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


def _known(u: Unit, merged: Mapping[UUID, Sequence[Row]]) -> dict[UUID, dict[str, Any]]:
    """The organisations to add to, as they are now; one that has ended meanwhile is no longer to be added to."""
    one, role = model.Organisation.__table__.c, model.OrganisationRole.__table__.c
    spelled = model.OrganisationAlias.__table__.c
    roles: dict[UUID, list[str]] = defaultdict(list)
    texts: dict[UUID, list[str]] = defaultdict(list)
    found: dict[UUID, dict[str, Any]] = {}
    for keys in portions(merged):
        for key, value in u.session.execute(
            sa.select(role.organisation_id, role.role).where(role.organisation_id.in_(keys))
        ):
            roles[key].append(value.value)
        for key, text in u.session.execute(
            sa.select(spelled.organisation_id, spelled.text).where(spelled.organisation_id.in_(keys))
        ):
            texts[key].append(text)
        rows = u.session.execute(
            sa.select(
                one.id, one.version, one.full_name, one.short_name, one.municipality_oktmo,
                *(one[name] for name in FILLED),
            )
            .where(one.id.in_(keys), one.state == OrgState.ACTIVE)
            .with_for_update()
        ).mappings()  # fmt: skip
        for row in rows:
            found[row["id"]] = {
                **row,
                "edu_kind": row["edu_kind"].value if row["edu_kind"] else None,
                "roles": sorted(roles[row["id"]]),
                "aliases": texts[row["id"]],
            }
    for key, some in merged.items():
        if key not in found:
            raise Refused(
                "ORGANISATION",
                N_("Строка %(row)s: организации, с которой она объединяется, больше нет среди действующих"),
                row=some[0].number,
            )
    return found


def _update(u: Unit, additions: Sequence[Addition], now: datetime) -> None:
    """Fill what was empty; everything else stays as the registry has it."""
    table = model.Organisation.__table__
    if additions:
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
                    "key": one.id,
                    **{f"new_{name}": one.after[name] for name in FILLED},
                    "new_edu_kind": EduOrgKind(one.after["edu_kind"]) if one.after["edu_kind"] else None,
                }
                for one in additions
            ],
        )


def _leave_traces(u: Unit, additions: Sequence[Addition]) -> None:
    table = model.ImportRow.__table__
    if additions:
        u.session.execute(
            sa.update(table).where(table.c.id == sa.bindparam("key")).values(applied=sa.bindparam("trace")),
            [{"key": one.row.id, "trace": one.trace()} for one in additions],
        )
