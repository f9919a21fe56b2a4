"""Everything the registry reads: registers, cards, counts on a date, cabinets, identity."""

from services.registry.queries.accounts import (
    card_of_account,
    invitation_by_print,
    invitations,
    personal_tokens,
    profile,
)
from services.registry.queries.act_cards import (
    act,
    act_file,
    amend_chain,
    amend_chains,
    draft,
    drafts,
    redaction,
    relation,
)
from services.registry.queries.acts import (
    act_choices,
    acts,
    acts_in_force,
)
from services.registry.queries.agreement_papers import (
    agreement_text,
    print_agreement,
)
from services.registry.queries.agreements import (
    agreement,
    agreements,
    scan,
    unread_reminders,
)
from services.registry.queries.asof import (
    as_of,
    end_of,
    holds,
    known,
    subjects,
    timeline,
    values,
)
from services.registry.queries.authors import (
    author_names,
    operator_people,
    works_for_operator,
)
from services.registry.queries.bases import (
    impact,
    without_basis,
)
from services.registry.queries.bibliography import (
    bibliography,
    bibliography_document,
    bibliography_papers,
)
from services.registry.queries.cabinet import (
    cabinet,
)
from services.registry.queries.cabinet.news import (
    news,
)
from services.registry.queries.cases import (
    case,
    case_file,
    case_numbers,
    cases,
    waiting_cases,
)
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
from services.registry.queries.history import (
    changes,
    compared,
    fact_line,
    history,
)
from services.registry.queries.identity import (
    account_card,
    account_state,
    active_key,
    credentials,
    has_second_factor,
    is_token_good,
    may_stay_signed_in,
    public_keys,
    public_pem,
    sign_in_need,
)
from services.registry.queries.importing import (
    import_batch,
    import_batches,
    import_faults,
    import_rows,
    import_template,
)
from services.registry.queries.municipalities import (
    municipalities,
    municipality,
)
from services.registry.queries.network import (
    PROVED_HERE,
    network_operator_id,
    proofs_of,
    transformations,
)
from services.registry.queries.network_desk import (
    desk as network_desk,
)
from services.registry.queries.organisations import (
    organisation,
    organisation_choices,
    organisation_names,
    organisations,
)
from services.registry.queries.papers import (
    PAPERS,
    paper,
    paper_file,
    papers_of,
    verify,
)
from services.registry.queries.people import (
    account,
    accounts,
    all_person_choices,
    people,
    person,
    person_choices,
)
from services.registry.queries.platform_due import (
    platforms_due,
)
from services.registry.queries.platform_reports import (
    extension_decisions,
    platform_report,
    report_rows,
    report_standings,
)
from services.registry.queries.platforms import (
    agreement_choices,
    platform,
    platform_list,
    platforms,
    status_record,
    supervisor_choices,
)
from services.registry.queries.privacy import (
    consent_scan,
    consent_texts,
    erasure_extract,
    leaving_people,
    policy,
    privacy_card,
)
from services.registry.queries.privacy_due import (
    all_incidents,
    incident,
    privacy_due,
)
from services.registry.queries.projects import (
    directions,
    project,
    projects,
)
from services.registry.queries.proposals import (
    order_draft,
    order_drafts,
    overtaken_proposals,
    proposal,
    proposals,
    waiting_proposals,
)
from services.registry.queries.readings import (
    readings,
    readings_of,
    subject_export,
)
from services.registry.queries.recommendations import (
    recommendation,
    recommendation_tally,
    recommendations,
)
from services.registry.queries.roadmap_paper import (
    due_words,
    roadmap_file,
    roadmap_paper,
)
from services.registry.queries.roadmaps import (
    compare_versions,
    item_choices,
    roadmap,
    roadmaps,
)
from services.registry.queries.search import (
    RANKED,
    search,
)
from services.registry.queries.territory import (
    municipality_names,
)
from services.registry.queries.witness import troubled_heads, witnessed_heads

__all__ = [
    "PAPERS",
    "PROVED_HERE",
    "RANKED",
    "account",
    "account_card",
    "account_state",
    "accounts",
    "act",
    "act_choices",
    "act_file",
    "active_key",
    "acts",
    "acts_in_force",
    "agreement",
    "agreement_choices",
    "agreement_text",
    "agreements",
    "agreements_in_force",
    "all_incidents",
    "all_person_choices",
    "amend_chain",
    "amend_chains",
    "as_of",
    "author_names",
    "bibliography",
    "bibliography_document",
    "bibliography_papers",
    "cabinet",
    "card_of_account",
    "case",
    "case_file",
    "case_numbers",
    "cases",
    "changes",
    "compare_versions",
    "compared",
    "consent_scan",
    "consent_texts",
    "credentials",
    "directions",
    "draft",
    "drafts",
    "due_words",
    "end_of",
    "erasure_extract",
    "extension_decisions",
    "fact_line",
    "fullest_day",
    "has_second_factor",
    "history",
    "holds",
    "impact",
    "import_batch",
    "import_batches",
    "import_faults",
    "import_rows",
    "import_template",
    "incident",
    "innovation_organisations",
    "invitation_by_print",
    "invitations",
    "is_token_good",
    "item_choices",
    "known",
    "leaving_people",
    "load_of_centre",
    "may_stay_signed_in",
    "municipalities",
    "municipalities_involved",
    "municipalities_of_krai",
    "municipalities_transformed",
    "municipality",
    "municipality_names",
    "network_desk",
    "network_operator_id",
    "news",
    "numbers",
    "operator_people",
    "order_draft",
    "order_drafts",
    "organisation",
    "organisation_choices",
    "organisation_names",
    "organisations",
    "overtaken_proposals",
    "paper",
    "paper_file",
    "papers_of",
    "participants_by_agreement",
    "participants_by_territory",
    "people",
    "person",
    "person_choices",
    "personal_tokens",
    "platform",
    "platform_list",
    "platform_report",
    "platforms",
    "platforms_active",
    "platforms_by_kind",
    "platforms_due",
    "policy",
    "print_agreement",
    "privacy_card",
    "privacy_due",
    "profile",
    "project",
    "projects",
    "proofs_of",
    "proposal",
    "proposals",
    "public_keys",
    "public_pem",
    "readings",
    "readings_of",
    "recommendation",
    "recommendation_tally",
    "recommendations",
    "redaction",
    "relation",
    "report_rows",
    "report_standings",
    "resource_centre",
    "resource_centres",
    "roadmap",
    "roadmap_file",
    "roadmap_paper",
    "roadmaps",
    "scan",
    "search",
    "sign_in_need",
    "status_record",
    "subject_export",
    "subjects",
    "supervisor_choices",
    "timeline",
    "transformations",
    "troubled_heads",
    "unread_reminders",
    "values",
    "verify",
    "waiting_cases",
    "waiting_proposals",
    "without_basis",
    "witnessed_heads",
    "works_for_operator",
]
