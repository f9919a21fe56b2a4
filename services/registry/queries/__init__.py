"""Everything the registry reads: registers, cards, counts on a date, cabinets, identity."""

from services.registry.queries.acts import act, act_choices, act_state, acts, amend_chain, amend_chains
from services.registry.queries.agreement_papers import agreement_text, print_agreement
from services.registry.queries.agreements import agreement, agreements, scan, unread_reminders
from services.registry.queries.asof import as_of, end_of, holds, known, subjects, timeline, values
from services.registry.queries.cabinet import cabinet, news
from services.registry.queries.centres import (
    fullest_day,
    load_of_centre,
    resource_centre,
    resource_centres,
)
from services.registry.queries.counts import (
    agreements_in_force,
    innovation_organisations,
    municipalities_involved,
    municipalities_of_krai,
    municipalities_transformed,
    numbers,
    participants_by_agreement,
    participants_by_territory,
    platforms_active,
    platforms_by_kind,
)
from services.registry.queries.history import changes, fact_line, history
from services.registry.queries.identity import (
    account_card,
    account_state,
    active_key,
    credentials,
    public_keys,
    public_pem,
)
from services.registry.queries.municipalities import municipalities, municipality
from services.registry.queries.network import (
    PROVED_HERE,
    network_operator_id,
    proofs_of,
    transformations,
)
from services.registry.queries.organisations import (
    organisation,
    organisation_choices,
    organisation_names,
    organisations,
)
from services.registry.queries.papers import paper, paper_file, papers_of, verify
from services.registry.queries.people import (
    account,
    accounts,
    all_person_choices,
    people,
    person,
    person_choices,
)
from services.registry.queries.platforms import (
    platform,
    platforms,
    proposal,
    proposals,
    waiting_proposals,
)
from services.registry.queries.territory import municipality_names

__all__ = [
    "PROVED_HERE",
    "account",
    "account_card",
    "account_state",
    "accounts",
    "act",
    "act_choices",
    "act_state",
    "active_key",
    "acts",
    "agreement",
    "agreement_text",
    "agreements",
    "agreements_in_force",
    "all_person_choices",
    "amend_chain",
    "amend_chains",
    "as_of",
    "cabinet",
    "changes",
    "credentials",
    "end_of",
    "fact_line",
    "fullest_day",
    "history",
    "holds",
    "innovation_organisations",
    "known",
    "load_of_centre",
    "municipalities",
    "municipalities_involved",
    "municipalities_of_krai",
    "municipalities_transformed",
    "municipality",
    "municipality_names",
    "network_operator_id",
    "news",
    "numbers",
    "organisation",
    "organisation_choices",
    "organisation_names",
    "organisations",
    "paper",
    "paper_file",
    "papers_of",
    "participants_by_agreement",
    "participants_by_territory",
    "people",
    "person",
    "person_choices",
    "platform",
    "platforms",
    "platforms_active",
    "platforms_by_kind",
    "print_agreement",
    "proofs_of",
    "proposal",
    "proposals",
    "public_keys",
    "public_pem",
    "resource_centre",
    "resource_centres",
    "scan",
    "subjects",
    "timeline",
    "transformations",
    "unread_reminders",
    "values",
    "verify",
    "waiting_proposals",
]
