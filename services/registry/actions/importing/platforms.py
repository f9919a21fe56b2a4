"""Platforms of a batch, entered one by one through the same buttons that people press (BR-19…BR-23)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions import platforms
from services.registry.actions.importing.plan import Plan
from shared.refusal import N_, Refused
from shared.unit import Unit


def write(u: Unit, batch: model.ImportBatch, found: Plan) -> None:
    """Apply for every platform and award its status; the first refusal names its row and undoes all."""
    made = []
    for row in found.new:
        values = row.values
        try:
            platform_id = platforms.apply_for_platform(
                u.who,
                kind=values["kind"],
                topic=values["topic"],
                holder_ids=[UUID(one) for one in values["holders"]],
                hub_id=UUID(values["hub"][0]) if values.get("hub") else None,
                member_ids=[UUID(one) for one in values.get("members", ())],
            )
            platforms.award_status(
                u.who,
                platform_id=platform_id,
                act_id=UUID(values["act_id"]) if values.get("act_id") else None,
                valid_from=date.fromisoformat(values["valid_from"]),
                valid_to=date.fromisoformat(values["valid_to"]) if values.get("valid_to") else None,
                basis=values.get("basis"),
            )
        except Refused as refused:
            raise Refused(
                refused.rule, N_("Строка %(row)s: %(reason)s"), row=row.number, reason=refused.text
            ) from refused
        made.append({"key": row.id, "made": platform_id})
    rows = model.ImportRow.__table__
    u.session.execute(
        sa.update(rows).where(rows.c.id == sa.bindparam("key")).values(result_id=sa.bindparam("made")), made
    )
