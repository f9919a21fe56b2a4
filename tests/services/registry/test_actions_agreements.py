"""Agreements: the whole life, counts on a date, scope; resource centre and transformation."""

from datetime import date, timedelta

import pytest

from services.registry import actions, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import AgreementState
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from tests.services.registry.conftest import ABINSKY, SEVERSKY, TODAY, World

D = date
PDF = b"%PDF-1.7 scan"


def state(world: World, key: object) -> AgreementState:
    """The state of an agreement."""
    return queries.agreement(world.operator, key).agreement.state


def test_from_draft_to_force(inside: World) -> None:
    key = inside.agreement()
    assert state(inside, key) is AgreementState.DRAFT
    actions.send_agreement(inside.operator, agreement_id=key)
    actions.sign_agreement(
        inside.tms_person, agreement_id=key, organisation_id=inside.tms, signed_on=D(2019, 3, 5)
    )
    assert state(inside, key) is AgreementState.ON_SIGNING
    actions.sign_agreement(
        inside.operator, agreement_id=key, organisation_id=inside.knmc, signed_on=D(2019, 3, 6)
    )
    assert state(inside, key) is AgreementState.SIGNED
    actions.put_in_force(inside.operator, agreement_id=key, on=D(2019, 3, 7), scan_waiver="утрачен")
    data = told(inside.app)[-1][1]
    assert (data["state"], data["in_force_from"], data["municipality_oktmo"]) == (
        "IN_FORCE",
        "2019-03-07",
        SEVERSKY,
    )
    counts = {
        day: queries.agreements_in_force(AsOf(day))
        for day in (D(2019, 3, 6), D(2019, 3, 7), D(2021, 12, 31), D(2022, 1, 1))
    }
    assert list(counts.values()) == [0, 1, 1, 0]
    assert queries.participants_by_agreement(AsOf(D(2019, 3, 7))) == [inside.tms]
    assert queries.participants_by_agreement(AsOf(D(2022, 1, 1))) == []


def test_steps_out_of_order_are_refused(inside: World) -> None:
    key = inside.agreement()
    signature = {"agreement_id": key, "organisation_id": inside.tms, "signed_on": D(2019, 3, 5)}
    with pytest.raises(Refused, match="AGREEMENT_STATE"):
        actions.sign_agreement(inside.operator, **signature)
    with pytest.raises(Refused, match="AGREEMENT_STATE"):
        actions.put_in_force(inside.operator, agreement_id=key, on=D(2019, 3, 5))
    actions.send_agreement(inside.operator, agreement_id=key)
    actions.sign_agreement(inside.operator, **signature)
    with pytest.raises(Refused, match="BR-16"):
        actions.sign_agreement(inside.operator, **signature)
    with pytest.raises(Refused, match="BR-16"):
        actions.sign_agreement(inside.operator, **{**signature, "organisation_id": inside.other_tms})


def test_a_scan_replaces_the_waiver(inside: World) -> None:
    key = inside.signed()
    with pytest.raises(Refused, match="BR-16"):
        actions.put_in_force(inside.operator, agreement_id=key, on=D(2019, 3, 5))
    actions.attach_scan(inside.operator, agreement_id=key, filename="../../скан <1>.exe", content=PDF)
    actions.put_in_force(inside.operator, agreement_id=key, on=D(2019, 3, 5))
    kept = queries.scan(inside.tms_person, key)
    assert (kept.content, kept.media_type, kept.filename) == (PDF, "application/pdf", "скан _1_.pdf")
    with pytest.raises(NotFound):
        queries.scan(inside.stranger, key)
    with pytest.raises(NotAllowed):
        actions.attach_scan(inside.tms_person, agreement_id=key, filename="x.pdf", content=PDF)
    with pytest.raises(Refused, match="BR-16"):
        actions.attach_scan(inside.operator, agreement_id=key, filename="x.pdf", content=b"<script>")


def test_agreements_of_the_same_parties_and_subject_do_not_overlap(inside: World) -> None:
    inside.in_force()
    second = inside.signed(number="2", subject="«Сетевое  взаимодействие»")
    with pytest.raises(Refused, match="BR-14"):
        actions.put_in_force(inside.operator, agreement_id=second, on=D(2020, 1, 1), scan_waiver="нет")
    inside.in_force(number="3", subject="Другой предмет")
    inside.in_force(number="4", tms_id=inside.other_tms)
    assert queries.agreements_in_force(AsOf(D(2020, 1, 1))) == 3
    assert queries.municipalities_involved(AsOf(D(2020, 1, 1))) == 2


def test_after_a_termination_a_new_agreement_may_follow(inside: World) -> None:
    first = inside.in_force()
    actions.terminate_agreement(
        inside.operator, agreement_id=first, on=D(2020, 6, 1), reason="новая редакция"
    )
    second = inside.signed(number="2")
    with pytest.raises(Refused, match="BR-14"):
        actions.put_in_force(inside.operator, agreement_id=second, on=D(2020, 5, 31), scan_waiver="нет")
    actions.put_in_force(inside.operator, agreement_id=second, on=D(2020, 6, 1), scan_waiver="нет")
    assert [queries.agreements_in_force(AsOf(day)) for day in (D(2020, 5, 31), D(2020, 6, 1))] == [1, 1]
    assert queries.participants_by_agreement(AsOf(D(2020, 5, 31))) == [inside.tms]


def test_the_capacity_of_the_resource_centre_needs_a_confirmation(inside: World) -> None:
    actions.grant_resource_centre(
        inside.operator,
        organisation_id=inside.knmc,
        act_id=inside.order,
        valid_from=D(2019, 1, 31),
        capacity=1,
    )
    inside.in_force()
    key = inside.signed(number="2", tms_id=inside.other_tms)
    step = {"agreement_id": key, "on": D(2019, 3, 5), "scan_waiver": "нет"}
    with pytest.raises(Refused, match="BR-17") as refused:
        actions.put_in_force(inside.operator, **step)
    assert refused.value.field == "over_capacity"
    actions.put_in_force(inside.operator, **step, over_capacity=True)
    assert queries.agreement(inside.operator, key).agreement.over_capacity


def test_terms_run_out(inside: World) -> None:
    key = inside.in_force(valid_to=D(2020, 4, 1))
    assert actions.expire_agreements(inside.operator, on=D(2020, 4, 1)) == []
    assert actions.expire_agreements(inside.operator, on=D(2020, 4, 2)) == [key]
    assert told(inside.app)[-1][1]["ended_on"] == "2020-04-02"
    assert [queries.agreements_in_force(AsOf(day)) for day in (D(2020, 4, 1), D(2020, 4, 2))] == [1, 0]
    assert actions.expire_agreements(inside.operator, on=TODAY) == []


def test_a_party_refuses(inside: World) -> None:
    key = inside.agreement()
    actions.send_agreement(inside.operator, agreement_id=key)
    given = {"agreement_id": key, "organisation_id": inside.tms, "reason": "нет средств"}
    with pytest.raises(NotAllowed):
        actions.refuse_agreement(inside.stranger, **given)
    actions.refuse_agreement(inside.tms_person, **given)
    assert state(inside, key) is AgreementState.REFUSED


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": "  №  "}, "BR-02"),
        ({"number": "1" * 65}, "BR-02"),
        ({"valid_to": D(2019, 3, 5)}, "TERM"),
        ({"valid_from": D(2019, 3, 4)}, "TERM"),
    ],
)
def test_wrong_drafts(inside: World, changes: dict, rule: str) -> None:
    with pytest.raises(Refused, match=rule):
        inside.agreement(**changes)


def test_the_parties_must_be_an_operator_and_a_tms(inside: World) -> None:
    for changes in ({"operator_id": inside.tms}, {"tms_id": inside.schools[0]}):
        with pytest.raises(Refused, match="BR-12"):
            inside.agreement(**changes)
    inside.agreement()
    with pytest.raises(Refused, match="BR-02"):
        inside.agreement(number="КРЦ - 2019 / 09".replace(" ", ""))


def test_agreements_are_seen_by_scope(inside: World) -> None:
    key = inside.agreement()
    authority = person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY)
    for who in (inside.operator, inside.tms_person, authority, person(Role.IRO)):
        assert queries.agreement(who, key).agreement.id == key
        assert queries.agreements(who).total == 1
    for who in (inside.stranger, person(Role.EDU_AUTHORITY, municipality_oktmo=ABINSKY)):
        assert queries.agreements(who).total == 0
        with pytest.raises(NotFound):
            queries.agreement(who, key)
    with pytest.raises(NotAllowed):
        queries.agreements(PUBLIC)
    for who in (inside.stranger, PUBLIC, person(Role.IRO)):
        for action in (actions.send_agreement,):
            with pytest.raises(NotAllowed):
                action(who, agreement_id=key)
        with pytest.raises(NotAllowed):
            actions.sign_agreement(who, agreement_id=key, organisation_id=inside.tms, signed_on=TODAY)


def test_agreements_are_found_by_number_and_tms(inside: World) -> None:
    key = inside.in_force()
    for text in ("крц-2019/09", "северского"):
        assert [row.agreement.id for row in queries.agreements(inside.operator, text=text).items] == [key]
    assert queries.agreements(inside.operator, text="%").total == 0
    assert queries.agreements(inside.operator, on=D(2018, 1, 1)).total == 0


def test_a_transformation_goes_by_stages_with_evidence(inside: World) -> None:
    stage = {"municipality_oktmo": SEVERSKY, "tms_id": inside.tms, "since": TODAY}

    def reach(name: str, **evidence: str) -> None:
        actions.set_transformation(inside.operator, **stage, stage=name, evidence=evidence)

    reach("ANALYSIS", NOTE="протокол № 1")
    with pytest.raises(Refused, match="BR-18"):
        reach("AGREEMENT_SIGNED", AGREEMENT="говорят, есть")
    inside.in_force()
    reach("AGREEMENT_SIGNED")
    with pytest.raises(Refused, match="BR-18"):
        reach("ROADMAP_APPROVED", ROADMAP="говорят, есть")
    inside.roadmap()
    with pytest.raises(Refused, match="BR-18"):
        reach("ROADMAP_APPROVED")
    inside.approved()
    reach("ROADMAP_APPROVED")
    reach("STAFF_TRAINED", INTERNSHIP="стажировка апреля")
    with pytest.raises(Refused, match="BR-18"):
        reach("FIRST_PLATFORM", PLATFORM="говорят, есть")
    inside.active(school=2)
    reach("FIRST_PLATFORM")
    with pytest.raises(Refused, match="BR-18"):
        reach("TRANSFORMED")
    reach("TRANSFORMED", INTERNSHIP="стажировка апреля")
    assert told(inside.app)[-1][1]["stage"] == "TRANSFORMED"
    assert queries.municipalities_transformed(AsOf(TODAY)) == 1
    assert queries.municipalities_transformed(AsOf(TODAY - timedelta(1))) == 0


def test_history_is_entered_without_evidence(inside: World) -> None:
    given = {
        "municipality_oktmo": SEVERSKY,
        "stage": "TRANSFORMED",
        "since": D(2019, 1, 1),
        "historical": True,
    }
    actions.set_transformation(inside.operator, tms_id=inside.tms, **given)
    assert queries.transformations()[0].stage == "TRANSFORMED"
    with pytest.raises(Refused, match="BR-18"):
        actions.set_transformation(inside.operator, tms_id=inside.other_tms, **given)
