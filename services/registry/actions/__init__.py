"""One function per button of the registry; the first argument says who presses it."""

from services.registry.actions.accounts import (
    activate_account,
    add_role,
    change_password,
    deactivate_account,
    open_account,
    withdraw_role,
)
from services.registry.actions.act_drafts import (
    approve_act,
    draft_act,
    reject_act,
)
from services.registry.actions.act_papers import (
    print_bibliography,
)
from services.registry.actions.acts import (
    attach_act_file,
    record_act,
    relate_acts,
    withdraw_relation,
)
from services.registry.actions.agreement_days import (
    keep_agreements,
    read_reminder,
)
from services.registry.actions.agreement_papers import (
    issue_agreement,
)
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
from services.registry.actions.cases import (
    assign_case,
    close_case,
    open_case,
    post_message,
    read_case,
    reopen_case,
)
from services.registry.actions.centres import (
    end_resource_centre,
)
from services.registry.actions.compositions import (
    change_composition,
    describe_platform,
)
from services.registry.actions.consents import (
    close_consent,
    give_consent,
    print_consent,
    publish_consent_text,
    record_consent,
    withdraw_consent,
)
from services.registry.actions.days import (
    DUTIES,
)
from services.registry.actions.erasure import (
    erase_person,
)
from services.registry.actions.importing import (
    JOBS,
    apply_import,
    check_import_again,
    decide_row,
    discard_import,
    skip_rows,
    undo_import,
    upload_import,
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
from services.registry.actions.platform_papers import (
    draft_order,
    enact_draft,
    issue_organisation_extract,
    issue_platform_extract,
)
from services.registry.actions.platform_reports import (
    accept_report,
    reject_report,
    return_report,
    submit_report,
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
from services.registry.actions.projects import (
    add_direction,
    add_product,
    change_project,
    drop_product,
    start_project,
)
from services.registry.actions.proposals import (
    decline_proposal,
    enact_decisions,
    receive_decision,
    settle_later_decision,
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
from services.registry.actions.recommendations import (
    accept_recommendation,
    realise_recommendation,
    reject_recommendation,
    submit_recommendation,
)
from services.registry.actions.roadmap_marks import (
    cancel_item,
    finish_item,
    move_item,
    reopen_item,
    start_item,
)
from services.registry.actions.roadmaps import (
    add_item,
    approve_roadmap,
    change_item,
    discard_draft,
    draft_roadmap,
    drop_item,
    new_version,
    print_roadmap,
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
from services.registry.actions.status_corrections import (
    correct_status,
    withdraw_status_record,
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
from services.registry.actions.witness import witness_head

__all__ = [
    "DUTIES",
    "JOBS",
    "Enrolment",
    "Step",
    "accept_invitation",
    "accept_recommendation",
    "accept_report",
    "activate_account",
    "add_alias",
    "add_direction",
    "add_item",
    "add_municipality",
    "add_municipality_version",
    "add_person",
    "add_product",
    "add_role",
    "apply_for_platform",
    "apply_import",
    "approve_act",
    "approve_roadmap",
    "assign_case",
    "attach_act_file",
    "attach_scan",
    "award_status",
    "begin_enrolment",
    "begin_sign_in",
    "begin_sign_in_by_provider",
    "cancel_item",
    "cancel_paper",
    "change_composition",
    "change_item",
    "change_organisation",
    "change_password",
    "change_project",
    "check_import_again",
    "choose_password",
    "close_case",
    "close_consent",
    "close_incident",
    "complete_status",
    "confirm_enrolment",
    "correct_agreement",
    "correct_fact",
    "correct_status",
    "deactivate_account",
    "decide_row",
    "decline_platform",
    "decline_proposal",
    "describe_platform",
    "discard_draft",
    "discard_import",
    "disclose_people",
    "draft_act",
    "draft_agreement",
    "draft_order",
    "draft_roadmap",
    "drop_item",
    "drop_product",
    "drop_second_factor",
    "enact_decisions",
    "enact_draft",
    "end_organisation",
    "end_resource_centre",
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
    "finish_item",
    "finish_sign_in",
    "fulfil_export",
    "give_code",
    "give_consent",
    "grant_resource_centre",
    "invite",
    "invited",
    "issue_agreement",
    "issue_organisation_extract",
    "issue_paper",
    "issue_platform_extract",
    "keep_agreements",
    "keep_entries",
    "link_provider",
    "make_token",
    "merge_import",
    "move_item",
    "need_of",
    "new_version",
    "open_account",
    "open_case",
    "post_message",
    "print_bibliography",
    "print_consent",
    "print_roadmap",
    "prolong_agreement",
    "publish_consent_text",
    "publish_organisation",
    "publish_policy",
    "put_in_force",
    "read_account",
    "read_accounts",
    "read_case",
    "read_people",
    "read_person",
    "read_privacy",
    "read_privacy_due",
    "read_reminder",
    "realise_recommendation",
    "receive_decision",
    "record_act",
    "record_consent",
    "record_incident",
    "refer_to_act",
    "refuse_agreement",
    "refuse_request",
    "register_organisation",
    "reindex",
    "reject_act",
    "reject_recommendation",
    "reject_report",
    "relate_acts",
    "rename_organisation",
    "renew_recovery_codes",
    "reopen_case",
    "reopen_item",
    "request_data",
    "reset_second_factor",
    "resume_status",
    "return_report",
    "revoke_invitation",
    "revoke_token",
    "rotate_signing_key",
    "send_agreement",
    "set_org_count",
    "set_processing",
    "set_transformation",
    "settle_later_decision",
    "sign_agreement",
    "sign_in",
    "skip_rows",
    "start_item",
    "start_project",
    "submit_recommendation",
    "submit_report",
    "suspend_status",
    "terminate_agreement",
    "terminate_status",
    "undo_import",
    "unlink_provider",
    "upload_import",
    "withdraw_consent",
    "withdraw_organisation",
    "withdraw_relation",
    "withdraw_role",
    "withdraw_status_record",
    "witness_head",
]
