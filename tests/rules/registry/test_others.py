"""Organisations, transformation, accounts, scans, proposals: the rest of the rules."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import accounts, kinds, organisations, proposals, scans, transformation
from services.registry.rules.kinds import (
    EduOrgKind,
    Evidence,
    OrgRole,
    OrgState,
    Outcome,
    ProposalState,
    Stage,
)
from services.registry.rules.labels import LABELS, label
from shared import files
from shared.person import Role
from shared.refusal import Refused

D = date
NOW = datetime(2020, 12, 31, 12, tzinfo=UTC)


def test_every_code_has_a_name() -> None:
    for kind in [
        value
        for value in vars(kinds).values()
        if isinstance(value, type) and value.__module__ == kinds.__name__
    ]:
        assert set(LABELS[kind]) == {member.value for member in kind}
        assert all(label(member) for member in kind)
    assert set(LABELS[Role]) == {role.value for role in Role}


@pytest.mark.parametrize(
    ("roles", "municipality", "edu_kind", "field"),
    [
        ([OrgRole.TMS], "03643000", None, None),
        ([OrgRole.TMS, OrgRole.EDU_AUTHORITY], "03655000", None, None),
        ([OrgRole.MINISTRY], None, None, None),
        ([], "03643000", None, "roles"),
        ([OrgRole.TMS], None, None, "municipality_oktmo"),
        ([OrgRole.EDU_ORG], None, EduOrgKind.SCHOOL, "municipality_oktmo"),
        ([OrgRole.TMS], "03643000", EduOrgKind.SCHOOL, "edu_kind"),
    ],
)
def test_roles(roles: list, municipality: str | None, edu_kind: EduOrgKind | None, field: str | None) -> None:
    if field is None:
        organisations.check_roles(roles, municipality, edu_kind)
        return
    with pytest.raises(Refused, match="BR-08") as refused:
        organisations.check_roles(roles, municipality, edu_kind)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("on", "name"), [(D(2015, 9, 16), "старое"), (D(2016, 1, 1), "новое"), (D(2030, 1, 1), "новое")]
)
def test_the_name_valid_on_a_date(on: date, name: str) -> None:
    assert organisations.valid_on([(D(2016, 1, 1), "новое"), (None, "старое")], on) == name


def test_before_the_first_version_the_earliest_is_valid() -> None:
    assert (
        organisations.valid_on([(D(2016, 1, 1), "первое"), (D(2020, 1, 1), "второе")], D(2000, 1, 1))
        == "первое"
    )


def test_an_ended_organisation_does_not_end_again() -> None:
    assert organisations.move(OrgState.ACTIVE, "liquidate") is OrgState.LIQUIDATED
    with pytest.raises(Refused, match="ORGANISATION_STATE"):
        organisations.move(OrgState.LIQUIDATED, "reorganise")


ALL = dict.fromkeys(Evidence, "есть")


def test_stages_go_one_by_one_each_with_its_evidence() -> None:
    order = [stage for stage in Stage if stage is not Stage.PAUSED]
    for before, after in itertools.pairwise(order):
        transformation.check_stage(before, before, after, ALL)
        for needed in transformation.NEEDED[after]:
            with pytest.raises(Refused, match="BR-18") as refused:
                transformation.check_stage(
                    before, before, after, {k: v for k, v in ALL.items() if k is not needed}
                )
            assert refused.value.field == "evidence"


@pytest.mark.parametrize(
    ("reached", "now", "target"),
    [
        (Stage.ANALYSIS, Stage.ANALYSIS, Stage.ROADMAP_APPROVED),
        (Stage.ANALYSIS, Stage.ANALYSIS, Stage.ANALYSIS),
        (Stage.STAFF_TRAINED, Stage.STAFF_TRAINED, Stage.ANALYSIS),
        (Stage.ANALYSIS, Stage.PAUSED, Stage.PAUSED),
        (Stage.TRANSFORMED, Stage.TRANSFORMED, Stage.PAUSED),
    ],
)
def test_stages_do_not_jump_or_go_back(reached: Stage, now: Stage, target: Stage) -> None:
    with pytest.raises(Refused, match="BR-18"):
        transformation.check_stage(reached, now, target, ALL)


def test_a_pause_ends_where_it_began_or_one_stage_further() -> None:
    transformation.check_stage(Stage.ANALYSIS, Stage.ANALYSIS, Stage.PAUSED, ALL)
    transformation.check_stage(Stage.ANALYSIS, Stage.PAUSED, Stage.ANALYSIS, {})
    transformation.check_stage(Stage.ANALYSIS, Stage.PAUSED, Stage.AGREEMENT_SIGNED, ALL)


@pytest.mark.parametrize("login", ["", "ab", "имя", "a b c", "-abc", "a" * 65, "a\nbc", "admin<script>"])
def test_wrong_logins(login: str) -> None:
    with pytest.raises(Refused, match="LOGIN"):
        accounts.login_key(login)


def test_logins_are_equal_regardless_of_case() -> None:
    assert accounts.login_key("KNMC.Operator@x") == accounts.login_key("knmc.operator@X")


@pytest.mark.parametrize(
    "password", ["короткий", "a" * 129, "prefix-Anna-suffix", "1111111111", "abababababab"]
)
def test_wrong_passwords(password: str) -> None:
    with pytest.raises(Refused, match="PASSWORD"):
        accounts.check_password(password, "anna")


def test_the_tenth_failure_locks_for_15_minutes() -> None:
    failed, until = 0, None
    for _ in range(9):
        failed, until = accounts.after_failure(failed, NOW)
        assert until is None
    failed, until = accounts.after_failure(failed, NOW)
    assert (failed, until) == (0, NOW + timedelta(minutes=15))
    assert accounts.is_locked(until, NOW + timedelta(minutes=14, seconds=59))
    assert not accounts.is_locked(until, NOW + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("role", "organisation", "municipality", "allowed"),
    [
        (Role.TMS, True, False, True),
        (Role.TMS, False, True, False),
        (Role.ORGANISATION, False, False, False),
        (Role.EDU_AUTHORITY, True, False, False),
        (Role.EDU_AUTHORITY, False, True, True),
        (Role.EXPERT, False, False, True),
    ],
)
def test_roles_that_need_a_scope(role: Role, organisation: bool, municipality: bool, allowed: bool) -> None:
    if allowed:
        accounts.check_grant(role, has_organisation=organisation, has_municipality=municipality)
    else:
        with pytest.raises(Refused, match="GRANT"):
            accounts.check_grant(role, has_organisation=organisation, has_municipality=municipality)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)
def test_scans_are_known_by_their_first_bytes(content: bytes, kind: str) -> None:
    assert scans.media_type(content) == kind


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90", b"%PDF-" + b"0" * files.MAX_FILE])
def test_other_files_are_no_scans(content: bytes) -> None:
    with pytest.raises(Refused, match="BR-16"):
        scans.media_type(content)


@given(st.text(max_size=300))
def test_a_file_name_is_always_safe(filename: str) -> None:
    name = files.safe_name(filename, "application/pdf")
    assert name.endswith(".pdf")
    assert not set('/\\<>"\r\n\x00') & set(name)
    assert 4 < len(name) <= 160


@pytest.mark.parametrize(("text", "outcome"), [("EXTEND", Outcome.EXTEND), ("DIPLOMA", None), ("", None)])
def test_only_four_outcomes_ask_for_an_order(text: str, outcome: Outcome | None) -> None:
    assert proposals.outcome_of(text) is outcome


def test_a_proposal_is_enacted_once() -> None:
    assert proposals.move(ProposalState.WAITING, "enact") is ProposalState.ENACTED
    with pytest.raises(Refused, match="BR-56"):
        proposals.move(ProposalState.ENACTED, "enact")
