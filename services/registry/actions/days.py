"""What the registry owes every day without anybody asking (shared.duties)."""

from datetime import date, timedelta

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.agreement_days import keep_agreements
from services.registry.actions.organisation_facts import project
from services.registry.actions.platforms import expire_statuses
from services.registry.rules.facts import CHANGEABLE, UNTIL_CORRECTED
from services.registry.rules.kinds import FactKind
from shared.unit import Unit

#: Facts that began while nobody worked are caught up with.
BACK = timedelta(days=31)


def keep_organisations(u: Unit, today: date) -> None:
    """Facts recorded ahead that begin or end by today come onto the rows of their organisations (F7)."""
    fact = model.Fact
    turned = sa.select(fact.subject_id).where(
        fact.kind.in_([*CHANGEABLE, FactKind.ORG_STATE]),
        fact.recorded_to == UNTIL_CORRECTED,
        sa.or_(fact.valid_from.between(today - BACK, today), fact.valid_to.between(today - BACK, today)),
    )
    rows = sa.select(model.Organisation).where(model.Organisation.id.in_(turned))
    for organisation in u.session.scalars(rows.order_by(model.Organisation.id)).all():
        project(u, organisation, if_changed=True)


def keep_statuses(u: Unit, today: date) -> None:
    """Statuses whose term is over are closed (model 3.3)."""
    expire_statuses(u.who, on=today)


DUTIES = {"agreements": keep_agreements, "organisations": keep_organisations, "statuses": keep_statuses}
