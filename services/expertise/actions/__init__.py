"""One function per button of expertise."""

from services.expertise.actions.amendments import amend_edition
from services.expertise.actions.anonymity import add_masked_file, look_over, waive_findings
from services.expertise.actions.answers import fill_section, write_section
from services.expertise.actions.appeals import (
    accept_appeal,
    decide_appeal,
    file_appeal,
    issue_appeal_decision,
    refuse_appeal,
    withdraw_appeal,
)
from services.expertise.actions.assignments import (
    accept_assignment,
    assign_expert,
    recuse,
    release_assignment,
)
from services.expertise.actions.conflicts import (
    add_relation,
    declare_expert_conflict,
    remove_relation,
    waive_conflict,
)
from services.expertise.actions.council import record_decisions
from services.expertise.actions.council_papers import issue_diplomas, issue_protocol, issue_rating
from services.expertise.actions.councils import compose_council
from services.expertise.actions.editions import (
    approve_edition,
    cancel_edition,
    copy_edition,
    draft_edition,
    edit_edition,
    record_past_edition,
    use_rubric,
)
from services.expertise.actions.entries import (
    draft_entry,
    edit_entry,
    record_past_entry,
    submit_entry,
    withdraw_entry,
)
from services.expertise.actions.entry_papers import issue_application, issue_technical_act
from services.expertise.actions.experts import enrol_expert
from services.expertise.actions.files import add_file, remove_file
from services.expertise.actions.heads import sign_edition_head
from services.expertise.actions.log_keys import rotate_log_key
from services.expertise.actions.papers import cancel_paper
from services.expertise.actions.planning import JOBS as PLANNING
from services.expertise.actions.planning import apply_plan, assign_experts, propose_plan
from services.expertise.actions.protocols import (
    freeze_protocol,
    publish_protocol,
    revise_protocol,
    sign_on_paper,
    sign_protocol,
    supersede_protocol,
)
from services.expertise.actions.registration import register_entry, register_submitted
from services.expertise.actions.results import archive_edition, close_appeals, publish_results
from services.expertise.actions.revisions import resubmit_entry, return_for_revision
from services.expertise.actions.series import add_contest_series, add_rubric, edit_contest_series
from services.expertise.actions.sessions import (
    change_proposals,
    count_by_hand,
    draft_session,
    drop_nomination,
    edit_agenda,
    edit_session,
    propose_nomination,
)
from services.expertise.actions.sheet_papers import issue_conclusions, issue_sheet_paper
from services.expertise.actions.sheets import cancel_sheet, keep_draft, save_sheet, sign_sheet
from services.expertise.actions.stages import advance_edition
from services.expertise.actions.technical import JOBS as TECHNICAL
from services.expertise.actions.technical import check_entry, expire_fixes, fix_entry
from services.expertise.actions.templates import add_template, use_template
from services.expertise.actions.voting import cast_votes, declare_conflict

#: What is done outside the request, by kind.
JOBS = {**PLANNING, **TECHNICAL}

__all__ = [
    "JOBS",
    "accept_appeal",
    "accept_assignment",
    "add_contest_series",
    "add_file",
    "add_masked_file",
    "add_relation",
    "add_rubric",
    "add_template",
    "advance_edition",
    "amend_edition",
    "apply_plan",
    "approve_edition",
    "archive_edition",
    "assign_expert",
    "assign_experts",
    "cancel_edition",
    "cancel_paper",
    "cancel_sheet",
    "cast_votes",
    "change_proposals",
    "check_entry",
    "close_appeals",
    "compose_council",
    "copy_edition",
    "count_by_hand",
    "decide_appeal",
    "declare_conflict",
    "declare_expert_conflict",
    "draft_edition",
    "draft_entry",
    "draft_session",
    "drop_nomination",
    "edit_agenda",
    "edit_contest_series",
    "edit_edition",
    "edit_entry",
    "edit_session",
    "enrol_expert",
    "expire_fixes",
    "file_appeal",
    "fill_section",
    "fix_entry",
    "freeze_protocol",
    "issue_appeal_decision",
    "issue_application",
    "issue_conclusions",
    "issue_diplomas",
    "issue_protocol",
    "issue_rating",
    "issue_sheet_paper",
    "issue_technical_act",
    "keep_draft",
    "look_over",
    "propose_nomination",
    "propose_plan",
    "publish_protocol",
    "publish_results",
    "record_decisions",
    "record_past_edition",
    "record_past_entry",
    "recuse",
    "refuse_appeal",
    "register_entry",
    "register_submitted",
    "release_assignment",
    "remove_file",
    "remove_relation",
    "resubmit_entry",
    "return_for_revision",
    "revise_protocol",
    "rotate_log_key",
    "save_sheet",
    "sign_edition_head",
    "sign_on_paper",
    "sign_protocol",
    "sign_sheet",
    "submit_entry",
    "supersede_protocol",
    "use_rubric",
    "use_template",
    "waive_conflict",
    "waive_findings",
    "withdraw_appeal",
    "withdraw_entry",
    "write_section",
]
