"""Facts with legal validity, recording time and basis take the place of names, versions, periods, memberships (F7).

Revision: 0002
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from uuid6 import uuid7

from shared.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ALWAYS, FOREVER = date.min, date.max
UNTIL = datetime(9999, 1, 1, tzinfo=UTC)

_FREE = "OLD.recorded_to <> '9999-01-01 00:00:00.000000' OR NEW.recorded_to = OLD.recorded_to"
_SAME = " OR ".join(
    f"NEW.{name} IS NOT OLD.{name}"
    for name in (
        *("id", "subject_id", "kind", "item", "value", "key", "ref_id", "valid_from", "valid_to"),
        *("recorded_from", "recorded_by", "basis", "act_id", "clause", "agreement_id", "correction_id"),
        "note",
    )
)
#: The database itself refuses to rewrite or delete what was recorded; only the recording time is closed, once.
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER fact_closes_once BEFORE UPDATE ON fact WHEN {_FREE} OR {_SAME} "
        "BEGIN SELECT RAISE(ABORT, 'F7: a fact is never rewritten'); END",
        "CREATE TRIGGER fact_stays BEFORE DELETE ON fact "
        "BEGIN SELECT RAISE(ABORT, 'F7: a fact is never deleted'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'F7: a fact is never deleted'; END IF; "
        "IF OLD.recorded_to <> '9999-01-01 00:00:00+00' OR NEW.recorded_to = OLD.recorded_to OR "
        "(to_jsonb(NEW) - 'recorded_to' - 'closed_by_id') <> (to_jsonb(OLD) - 'recorded_to' - 'closed_by_id') "
        "THEN RAISE EXCEPTION 'F7: a fact is never rewritten'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER fact_closes_once BEFORE UPDATE OR DELETE ON fact "
        "FOR EACH ROW EXECUTE FUNCTION fact_guard()",
    ),
}
UNGUARD = {
    "sqlite": ("DROP TRIGGER fact_closes_once", "DROP TRIGGER fact_stays"),
    "postgresql": ("DROP TRIGGER fact_closes_once ON fact", "DROP FUNCTION fact_guard()"),
}


def states(members: tuple[str, ...]) -> None:
    """The states that an organisation may have."""
    listed = ", ".join(f"'{member}'" for member in members)
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_constraint(op.f("ck_organisation_org_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_organisation_org_state"), f"state IN ({listed})")


def carry_over(connection: sa.Connection) -> None:
    """Tell as facts what the old tables say; they were recorded when their rows were made."""
    old = sa.MetaData()
    old.reflect(connection)
    for table in old.tables.values():
        for column in table.columns:
            if column.name == "id" or column.name.endswith("_id"):
                column.type = sa.Uuid()
            elif column.name.endswith("_at"):
                column.type = UtcDateTime()
    fact = old.tables["fact"]
    for name in ("recorded_from", "recorded_to"):
        fact.c[name].type = UtcDateTime()

    def rows(name: str) -> list[Any]:
        return list(connection.execute(sa.select(old.tables[name])).mappings())

    said: list[dict[str, Any]] = []

    def say(subject: UUID, kind: str, value: str, made: datetime, **more: Any) -> None:
        act = more.get("act_id")
        said.append(
            {
                "id": uuid7(),
                "subject_id": subject,
                "kind": kind,
                "item": "",
                "value": value,
                "key": value[:300],
                "ref_id": None,
                "valid_from": ALWAYS,
                "valid_to": FOREVER,
                "recorded_from": made,
                "recorded_to": UNTIL,
                "recorded_by": None,
                "basis": "ACT" if act else "SOURCE",
                "act_id": None,
                "clause": None,
                "agreement_id": None,
                "correction_id": None,
                "note": None if act else "перенесено из прежнего учёта",
                "closed_by_id": None,
                **more,
            }
        )

    _organisations(rows, say)
    _municipalities(rows, say)
    _network(rows, say)
    for platform_id, record_id, made in _platforms(rows, say):
        table = old.tables["platform" if record_id is None else "status_record"]
        change = {"applied_on": made.date()} if record_id is None else {"recorded_at": made}
        connection.execute(sa.update(table).where(table.c.id == (record_id or platform_id)).values(change))
    if said:
        connection.execute(sa.insert(fact), said)


def made_at(key: UUID) -> datetime:
    """When a row was made: its key says so (UUID version 7)."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def _organisations(rows: Any, say: Any) -> None:
    names = defaultdict(list)
    for row in sorted(rows("organisation_name"), key=lambda one: one["valid_from"] or ALWAYS):
        names[row["organisation_id"]].append(row)
    keys = {row["id"]: row["search_key"] for row in rows("organisation")}
    roles = defaultdict(list)
    for row in rows("organisation_role"):
        roles[row["organisation_id"]].append(row["role"])
    for one in rows("organisation"):
        made = one["created_at"]
        known = names[one["id"]] or [{"full_name": one["full_name"], "valid_from": None, "act_id": None}]
        ends = [name["valid_from"] for name in known[1:]] + [FOREVER]
        for name, end in zip(known, ends, strict=True):
            say(
                one["id"],
                "NAME",
                name["full_name"],
                made_at(name["id"]) if "id" in name else made,
                key=keys[one["id"]]
                if name["full_name"] == one["full_name"]
                else name["full_name"].casefold()[:300],
                valid_from=name["valid_from"] or ALWAYS,
                valid_to=end,
                act_id=name["act_id"],
            )
        say(one["id"], "SHORT_NAME", one["short_name"], made)
        for role in roles[one["id"]]:
            say(one["id"], "ROLE", role, made, item=role)
        for kind, column in (("EDU_KIND", "edu_kind"), ("TERRITORY", "municipality_oktmo")):
            if one[column]:
                say(one["id"], kind, one[column], made)
        end = one["ended_on"] or FOREVER
        say(one["id"], "ORG_STATE", "ACTIVE", made, valid_to=end)
        if one["state"] != "ACTIVE":
            say(one["id"], "ORG_STATE", one["state"], one["updated_at"], valid_from=end)


def _municipalities(rows: Any, say: Any) -> None:
    versions = defaultdict(list)
    for row in sorted(rows("municipality_version"), key=lambda one: one["valid_from"]):
        versions[row["municipality_id"]].append(row)
    columns = (
        ("MO_NAME", "short_name"),
        ("MO_OFFICIAL_NAME", "official_name"),
        ("MO_KIND", "kind"),
        ("MO_CENTRE", "centre"),
    )
    for subject, known in versions.items():
        starts = [ALWAYS] + [row["valid_from"] for row in known[1:]]
        for row, start, end in zip(known, starts, [*starts[1:], FOREVER], strict=True):
            for kind, column in columns:
                if row[column]:
                    say(subject, kind, row[column], made_at(row["id"]), valid_from=start, valid_to=end)


def _network(rows: Any, say: Any) -> None:
    day = timedelta(days=1)
    for one in rows("agreement"):
        ground = {"basis": "AGREEMENT", "agreement_id": one["id"], "note": one["end_reason"]}
        made = one["updated_at"]
        if one["in_force_from"] is None:
            say(one["id"], "AGREEMENT", one["state"], made, valid_from=one["date"], **ground)
            continue
        end = one["ended_on"] or one["valid_to"] + day
        over = "TERMINATED" if one["state"] == "TERMINATED" else "EXPIRED"
        say(one["id"], "AGREEMENT", "IN_FORCE", made, valid_from=one["in_force_from"], valid_to=end, **ground)
        say(one["id"], "AGREEMENT", over, made, valid_from=end, **ground)
    for one in rows("membership"):
        say(
            one["organisation_id"],
            "MEMBERSHIP",
            one["basis"],
            made_at(one["id"]),
            item=str(one["agreement_id"]),
            ref_id=one["agreement_id"],
            valid_from=one["valid_from"],
            valid_to=one["valid_to"] + day,
            basis="AGREEMENT",
            agreement_id=one["agreement_id"],
            note=None,
        )
    centres = sorted(
        rows("resource_centre"), key=lambda one: (str(one["organisation_id"]), one["valid_from"])
    )
    for one, after in zip(centres, [*centres[1:], None], strict=False):
        same = after is not None and after["organisation_id"] == one["organisation_id"]
        say(
            one["organisation_id"],
            "CAPACITY",
            str(one["capacity"]),
            made_at(one["id"]),
            valid_from=one["valid_from"],
            valid_to=after["valid_from"] if same else FOREVER,
            act_id=one["act_id"],
        )
    steps = sorted(rows("transformation_step"), key=lambda one: (str(one["transformation_id"]), one["since"]))
    for one, after in zip(steps, [*steps[1:], None], strict=False):
        same = after is not None and after["transformation_id"] == one["transformation_id"]
        end = after["since"] if same else FOREVER
        if one["since"] < end:
            say(
                one["transformation_id"],
                "STAGE",
                one["stage"],
                made_at(one["id"]),
                valid_from=one["since"],
                valid_to=end,
            )


def _platforms(rows: Any, say: Any) -> list[tuple[UUID, UUID | None, datetime]]:
    """Says what the platforms are; gives when each platform and each record on it was made."""
    found: list[tuple[UUID, UUID | None, datetime]] = []
    periods, records = defaultdict(list), defaultdict(list)
    for row in rows("status_period"):
        periods[row["platform_id"]].append(row)
    for row in sorted(rows("status_record"), key=lambda one: one["ordinal"]):
        records[row["platform_id"]].append(row)
        found.append((row["platform_id"], row["id"], made_at(row["id"])))
    hubs = {}
    for one in rows("platform"):
        hubs[one["id"]] = one["hub_id"]
        made = one["created_at"]
        found.append((one["id"], None, made))
        known = sorted(periods[one["id"]], key=lambda period: period["valid_from"])
        for period in known:
            end = period["valid_to"] + timedelta(days=1) if period["valid_to"] else FOREVER
            say(
                one["id"],
                "STATUS",
                "ACTIVE",
                made,
                valid_from=period["valid_from"],
                valid_to=end,
                act_id=period["act_id"],
            )
        last = records[one["id"]][-1] if records[one["id"]] else None
        covered = max((period["valid_to"] or FOREVER for period in known), default=None)
        if last is None:
            say(one["id"], "STATUS", "APPLIED", made, valid_from=made.date())
        elif one["state"] not in ("ACTIVE", "EXPIRED"):
            say(
                one["id"],
                "STATUS",
                one["state"],
                made_at(last["id"]),
                valid_from=last["on_date"],
                act_id=last["act_id"],
            )
        elif covered is not None and covered < FOREVER:
            say(one["id"], "STATUS", "EXPIRED", made_at(last["id"]), valid_from=covered + timedelta(days=1))
    for one in rows("platform_party"):
        role = "HUB" if one["organisation_id"] == hubs[one["platform_id"]] else one["role"]
        say(
            one["platform_id"],
            "PARTY",
            role,
            made_at(one["platform_id"]),
            item=str(one["organisation_id"]),
            ref_id=one["organisation_id"],
        )
    return found


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_correction_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction") as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "fact",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "NAME",
                "SHORT_NAME",
                "ROLE",
                "EDU_KIND",
                "TERRITORY",
                "PARENT",
                "HEAD",
                "ORG_STATE",
                "MEMBERSHIP",
                "CAPACITY",
                "MO_NAME",
                "MO_OFFICIAL_NAME",
                "MO_KIND",
                "MO_CENTRE",
                "STAGE",
                "STATUS",
                "PARTY",
                "AGREEMENT",
                "ACT_FORCE",
                name="fact_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_from", UtcDateTime(), nullable=False),
        sa.Column("recorded_to", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column(
            "basis",
            sa.Enum(
                "ACT",
                "AGREEMENT",
                "CORRECTION",
                "SOURCE",
                name="basis_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("clause", sa.String(length=100), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("correction_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("basis <> 'ACT' OR act_id IS NOT NULL", name=op.f("ck_fact_basis_act")),
        sa.CheckConstraint(
            "basis <> 'AGREEMENT' OR agreement_id IS NOT NULL", name=op.f("ck_fact_basis_agreement")
        ),
        sa.CheckConstraint(
            "basis <> 'CORRECTION' OR (correction_id IS NOT NULL AND note IS NOT NULL)",
            name=op.f("ck_fact_basis_correction"),
        ),
        sa.CheckConstraint("basis <> 'SOURCE' OR note IS NOT NULL", name=op.f("ck_fact_basis_source")),
        sa.CheckConstraint("recorded_from <= recorded_to", name=op.f("ck_fact_recorded")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_fact_valid")),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_fact_act_id")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_fact_agreement_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["correction.id"], name=op.f("fk_fact_closed_by_id")),
        sa.ForeignKeyConstraint(["correction_id"], ["correction.id"], name=op.f("fk_fact_correction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    with op.batch_alter_table("fact") as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_closed_by_id"), ["closed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_correction_id"), ["correction_id"], unique=False)
        batch_op.create_index("ix_fact_recorded_from", ["recorded_from"], unique=False)
        batch_op.create_index("ix_fact_ref", ["ref_id", "kind"], unique=False)
        batch_op.create_index(
            "ix_fact_register",
            ["kind", "key", "subject_id", "valid_from", "valid_to", "recorded_from", "recorded_to"],
            unique=False,
        )
        batch_op.create_index("ix_fact_subject", ["subject_id", "kind"], unique=False)
        batch_op.create_index(
            "uq_fact_known",
            ["subject_id", "kind", "item", "valid_from"],
            unique=True,
            sqlite_where=sa.text("recorded_to = '9999-01-01 00:00:00.000000'"),
            postgresql_where=sa.text("recorded_to = '9999-01-01 00:00:00+00'::timestamptz"),
        )

    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("address", sa.String(length=300), nullable=True))

    with op.batch_alter_table("platform") as batch_op:
        batch_op.add_column(sa.Column("applied_on", sa.Date(), nullable=False, server_default="1970-01-01"))

    with op.batch_alter_table("status_record") as batch_op:
        batch_op.add_column(sa.Column("clause", sa.String(length=100), nullable=True))
        batch_op.add_column(
            sa.Column("recorded_at", UtcDateTime(), nullable=False, server_default="1970-01-01 00:00:00")
        )
        batch_op.add_column(sa.Column("correction_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_status_record_platform_id_ordinal"), type_="unique")
        batch_op.create_index(
            "uq_status_record_ordinal",
            ["platform_id", "ordinal"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_status_record_withdrawn_by_id"), "correction", ["withdrawn_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_status_record_correction_id"), "correction", ["correction_id"], ["id"]
        )

    carry_over(op.get_bind())
    with op.batch_alter_table("platform") as batch_op:
        batch_op.alter_column("applied_on", server_default=None)
    with op.batch_alter_table("status_record") as batch_op:
        batch_op.alter_column("recorded_at", server_default=None)

    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_days"))
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("organisation_name")
    op.drop_table("municipality_version")
    with op.batch_alter_table("status_period") as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_period_days"))
        batch_op.drop_index(batch_op.f("ix_status_period_platform_id"))

    op.drop_table("status_period")

    states(("DRAFT", "ACTIVE", "REORGANISED", "LIQUIDATED", "MERGED", "WITHDRAWN"))
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


def downgrade() -> None:
    """Back to dates without knowledge: what was corrected since cannot be told there."""
    for guard in UNGUARD[op.get_bind().dialect.name]:
        op.execute(guard)
    states(("ACTIVE", "REORGANISED", "LIQUIDATED"))
    with op.batch_alter_table("status_record") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_status_record_correction_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_status_record_withdrawn_by_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_status_record_ordinal",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_status_record_platform_id_ordinal"), ["platform_id", "ordinal"]
        )
        batch_op.drop_column("withdrawn_by_id")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("correction_id")
        batch_op.drop_column("recorded_at")
        batch_op.drop_column("clause")

    with op.batch_alter_table("platform") as batch_op:
        batch_op.drop_column("applied_on")

    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_column("address")
        batch_op.drop_column("phone")

    op.create_table(
        "status_period",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_status_period_act_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_status_period_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_period")),
    )
    with op.batch_alter_table("status_period") as batch_op:
        batch_op.create_index(batch_op.f("ix_status_period_platform_id"), ["platform_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_status_period_days"), ["valid_from", "valid_to", "platform_id"], unique=False
        )

    op.create_table(
        "municipality_version",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("official_name", sa.String(length=300), nullable=False),
        sa.Column("centre", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_municipality_version_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_version")),
        sa.UniqueConstraint(
            "municipality_id", "valid_from", name=op.f("uq_municipality_version_municipality_id_valid_from")
        ),
    )
    op.create_table(
        "organisation_name",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_organisation_name_act_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_organisation_name_organisation_id_valid_from")
        ),
    )
    op.create_table(
        "membership",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_membership_agreement_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_membership_agreement_id")),
    )
    with op.batch_alter_table("membership") as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_days"), ["valid_from", "valid_to"], unique=False)

    with op.batch_alter_table("fact") as batch_op:
        batch_op.drop_index(
            "uq_fact_known",
            sqlite_where=sa.text("recorded_to = '9999-01-01 00:00:00.000000'"),
            postgresql_where=sa.text("recorded_to = '9999-01-01 00:00:00+00'::timestamptz"),
        )
        batch_op.drop_index("ix_fact_subject")
        batch_op.drop_index("ix_fact_register")
        batch_op.drop_index("ix_fact_ref")
        batch_op.drop_index("ix_fact_recorded_from")
        batch_op.drop_index(batch_op.f("ix_fact_correction_id"))
        batch_op.drop_index(batch_op.f("ix_fact_closed_by_id"))
        batch_op.drop_index(batch_op.f("ix_fact_agreement_id"))
        batch_op.drop_index(batch_op.f("ix_fact_act_id"))

    op.drop_table("fact")
    with op.batch_alter_table("correction") as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_subject_id"))

    op.drop_table("correction")
