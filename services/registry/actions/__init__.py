"""One function per button of the registry; the first argument says who presses it."""

from services.registry.actions.accounts import (
    activate_account,
    change_password,
    deactivate_account,
    ensure_signing_key,
    open_account,
    rotate_signing_key,
    sign_in,
)
from services.registry.actions.acts import record_act, relate_acts
from services.registry.actions.agreement_days import DUTIES, keep_agreements, read_reminder
from services.registry.actions.agreement_papers import issue_agreement
from services.registry.actions.agreement_terms import (
    correct_agreement,
    expire_agreements,
    prolong_agreement,
    put_in_force,
    terminate_agreement,
)
from services.registry.actions.agreements import (
    attach_scan,
    draft_agreement,
    refer_to_act,
    refuse_agreement,
    send_agreement,
    sign_agreement,
)
from services.registry.actions.centres import end_resource_centre
from services.registry.actions.network import grant_resource_centre, set_transformation
from services.registry.actions.organisation_facts import change_organisation, correct_fact
from services.registry.actions.organisations import (
    add_alias,
    end_organisation,
    merge_import,
    publish_organisation,
    register_organisation,
    rename_organisation,
    withdraw_organisation,
)
from services.registry.actions.papers import cancel_paper, issue_paper
from services.registry.actions.people import add_person
from services.registry.actions.platforms import (
    apply_for_platform,
    award_status,
    complete_status,
    decline_platform,
    expire_statuses,
    extend_status,
    resume_status,
    suspend_status,
    terminate_status,
)
from services.registry.actions.proposals import decline_proposal, enact_decisions, receive_decision
from services.registry.actions.territory import add_municipality, add_municipality_version, set_org_count

__all__ = [
    "DUTIES",
    "activate_account",
    "add_alias",
    "add_municipality",
    "add_municipality_version",
    "add_person",
    "apply_for_platform",
    "attach_scan",
    "award_status",
    "cancel_paper",
    "change_organisation",
    "change_password",
    "complete_status",
    "correct_agreement",
    "correct_fact",
    "deactivate_account",
    "decline_platform",
    "decline_proposal",
    "draft_agreement",
    "enact_decisions",
    "end_organisation",
    "end_resource_centre",
    "ensure_signing_key",
    "expire_agreements",
    "expire_statuses",
    "extend_status",
    "grant_resource_centre",
    "issue_agreement",
    "issue_paper",
    "keep_agreements",
    "merge_import",
    "open_account",
    "prolong_agreement",
    "publish_organisation",
    "put_in_force",
    "read_reminder",
    "receive_decision",
    "record_act",
    "refer_to_act",
    "refuse_agreement",
    "register_organisation",
    "relate_acts",
    "rename_organisation",
    "resume_status",
    "rotate_signing_key",
    "send_agreement",
    "set_org_count",
    "set_transformation",
    "sign_agreement",
    "sign_in",
    "suspend_status",
    "terminate_agreement",
    "terminate_status",
    "withdraw_organisation",
]
