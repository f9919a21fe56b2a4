"""One function per button of the registry; the first argument says who presses it."""

from services.registry.actions.accounts import (
    activate_account,
    add_role,
    change_password,
    deactivate_account,
    open_account,
    withdraw_role,
)
from services.registry.actions.acts import (
    record_act,
    relate_acts,
)
from services.registry.actions.agreements import (
    attach_scan,
    draft_agreement,
    expire_agreements,
    put_in_force,
    refuse_agreement,
    send_agreement,
    sign_agreement,
    terminate_agreement,
)
from services.registry.actions.consents import (
    close_consent,
    give_consent,
    print_consent,
    publish_consent_text,
    record_consent,
    withdraw_consent,
)
from services.registry.actions.erasure import (
    erase_person,
)
from services.registry.actions.invitations import (
    accept_invitation,
    invite,
    invited,
    revoke_invitation,
)
from services.registry.actions.keys import (
    ensure_signing_key,
    rotate_signing_key,
)
from services.registry.actions.network import (
    grant_resource_centre,
    set_transformation,
)
from services.registry.actions.organisation_facts import (
    change_organisation,
    correct_fact,
)
from services.registry.actions.organisations import (
    add_alias,
    end_organisation,
    merge_import,
    publish_organisation,
    register_organisation,
    rename_organisation,
    withdraw_organisation,
)
from services.registry.actions.papers import (
    cancel_paper,
    issue_paper,
)
from services.registry.actions.people import (
    add_person,
)
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
from services.registry.actions.privacy import (
    close_incident,
    fulfil_export,
    publish_policy,
    record_incident,
    refuse_request,
    request_data,
    set_processing,
)
from services.registry.actions.proposals import (
    decline_proposal,
    enact_decisions,
    receive_decision,
)
from services.registry.actions.provider_links import (
    link_provider,
    unlink_provider,
)
from services.registry.actions.readings import (
    disclose_people,
    export_subject,
    read_account,
    read_accounts,
    read_people,
    read_person,
    read_privacy,
    read_privacy_due,
)
from services.registry.actions.searching import (
    keep_entries,
    reindex,
)
from services.registry.actions.second_factor import (
    Enrolment,
    begin_enrolment,
    confirm_enrolment,
    drop_second_factor,
    enrolment_of,
    renew_recovery_codes,
    reset_second_factor,
)
from services.registry.actions.sign_in import (
    Step,
    begin_sign_in,
    begin_sign_in_by_provider,
    choose_password,
    enrol_at_sign_in,
    enrolment_at_sign_in,
    finish_sign_in,
    give_code,
    need_of,
    sign_in,
)
from services.registry.actions.territory import (
    add_municipality,
    add_municipality_version,
    set_org_count,
)
from services.registry.actions.tokens import (
    exchange_token,
    make_token,
    revoke_token,
)

__all__ = [
    "Enrolment",
    "Step",
    "accept_invitation",
    "activate_account",
    "add_alias",
    "add_municipality",
    "add_municipality_version",
    "add_person",
    "add_role",
    "apply_for_platform",
    "attach_scan",
    "award_status",
    "begin_enrolment",
    "begin_sign_in",
    "begin_sign_in_by_provider",
    "cancel_paper",
    "change_organisation",
    "change_password",
    "choose_password",
    "close_consent",
    "close_incident",
    "complete_status",
    "confirm_enrolment",
    "correct_fact",
    "deactivate_account",
    "decline_platform",
    "decline_proposal",
    "disclose_people",
    "draft_agreement",
    "drop_second_factor",
    "enact_decisions",
    "end_organisation",
    "enrol_at_sign_in",
    "enrolment_at_sign_in",
    "enrolment_of",
    "ensure_signing_key",
    "erase_person",
    "exchange_token",
    "expire_agreements",
    "expire_statuses",
    "export_subject",
    "extend_status",
    "finish_sign_in",
    "fulfil_export",
    "give_code",
    "give_consent",
    "grant_resource_centre",
    "invite",
    "invited",
    "issue_paper",
    "keep_entries",
    "link_provider",
    "make_token",
    "merge_import",
    "need_of",
    "open_account",
    "print_consent",
    "publish_consent_text",
    "publish_organisation",
    "publish_policy",
    "put_in_force",
    "read_account",
    "read_accounts",
    "read_people",
    "read_person",
    "read_privacy",
    "read_privacy_due",
    "receive_decision",
    "record_act",
    "record_consent",
    "record_incident",
    "refuse_agreement",
    "refuse_request",
    "register_organisation",
    "reindex",
    "relate_acts",
    "rename_organisation",
    "renew_recovery_codes",
    "request_data",
    "reset_second_factor",
    "resume_status",
    "revoke_invitation",
    "revoke_token",
    "rotate_signing_key",
    "send_agreement",
    "set_org_count",
    "set_processing",
    "set_transformation",
    "sign_agreement",
    "sign_in",
    "suspend_status",
    "terminate_agreement",
    "terminate_status",
    "unlink_provider",
    "withdraw_consent",
    "withdraw_organisation",
    "withdraw_role",
]
