"""The extract on a day (D-19) and the draft of an order that becomes statuses (D-07, BR-56)."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import docx
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.kinds import PlatformState, ProposalState
from services.registry.rules.papers import PaperKind
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.requisites import PaperFormat
from shared.testing.suite import deliver, person
from shared.unit import read
from tests.services.registry.conftest import TODAY, World

D = date


def printed(world: World, paper: UUID) -> str:
    """Every word of a paper's DOCX, in its order."""
    file = world.do(queries.paper_file, paper_id=paper, form=PaperFormat.DOCX)
    document = docx.Document(io.BytesIO(file.content))
    found = [part.text for part in document.paragraphs]
    for table in document.tables:
        found += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(found).replace("\xa0", " ")


def test_an_extract_says_what_was_known_with_act_and_clause(inside: World) -> None:
    key = inside.platform(kind="MUNICIPAL", topic="Арт-педагогика")
    actions.award_status(
        inside.operator, platform_id=key, act_id=inside.order, valid_from=D(2019, 1, 1), clause="п. 1.7"
    )
    actions.suspend_status(inside.operator, platform_id=key, on=D(2020, 6, 1), reason="тайная причина")
    paper = actions.issue_platform_extract(inside.operator, platform_id=key, on=D(2020, 7, 1))
    text = printed(inside, paper)
    for words in ("Арт-педагогика", "приостановлена", "31.12.2018 № 25, п. 1.7", "01.07.2020"):
        assert words in text
    assert "тайная причина" not in text, "an extract is read by everybody signed in"
    row = queries.paper(person(Role.PARTICIPANT), paper).paper
    assert (row.kind, row.object_id) == (PaperKind.D19_EXTRACT, key)
    with clock.at(TODAY + timedelta(days=9)):
        record = queries.platform(inside.operator, key).history[-1]
        actions.withdraw_status_record(inside.operator, platform_id=key, record_id=record.id, reason="ошибка")
        now = printed(inside, actions.issue_platform_extract(inside.operator, platform_id=key))
        then = printed(
            inside,
            actions.issue_platform_extract(inside.operator, platform_id=key, on=D(2020, 7, 1), known=TODAY),
        )
    assert "приостановлена" not in now
    assert "приостановлена" in then
    assert "31.12.2020" in then
    with pytest.raises(Refused, match="F7"):
        actions.issue_platform_extract(inside.operator, platform_id=key, on=D(2018, 1, 1))


def test_an_extract_of_an_organisation_lists_all_its_platforms(inside: World) -> None:
    inside.active("Первая")
    inside.active("Вторая", 1)
    lasting = inside.platform("Третья", holder_ids=[inside.schools[1], inside.schools[0]])
    actions.award_status(inside.operator, platform_id=lasting, act_id=inside.order, valid_from=D(2020, 2, 1))
    own = person(Role.ORGANISATION, organisation_id=inside.schools[0])
    text = printed(inside, actions.issue_organisation_extract(own, organisation_id=inside.schools[0]))
    assert "Первая" in text
    assert "Третья" in text
    assert "Вторая" not in text
    none = printed(
        inside,
        actions.issue_organisation_extract(own, organisation_id=inside.schools[0], on=D(2010, 1, 1)),
    )
    assert "не участвует" in none


def test_who_gets_an_extract(inside: World) -> None:
    key = inside.active(school=2)
    school = inside.schools[2]
    for who in (inside.operator, inside.tms_person, person(Role.ORGANISATION, organisation_id=school)):
        assert actions.issue_platform_extract(who, platform_id=key)
        assert actions.issue_organisation_extract(who, organisation_id=school)
    for who in (PUBLIC, inside.stranger, person(Role.ORGANISATION, organisation_id=inside.schools[0])):
        with pytest.raises(NotAllowed):
            actions.issue_platform_extract(who, platform_id=key)
        with pytest.raises(NotAllowed):
            actions.issue_organisation_extract(who, organisation_id=school)
    with pytest.raises(NotFound):
        actions.issue_platform_extract(inside.operator, platform_id=ids.new_id())


def decided(world: World, outcome: str = "AWARD_STATUS", **more: Any) -> UUID:
    """Bring a decision of the council; gives its proposal, or the entry where nothing waits."""
    entry = more.pop("entry_id", None) or ids.new_id()
    data = {
        "entry_id": entry,
        "edition_id": ids.new_id(),
        "edition_title": "XIX конкурс",
        "nomination_code": "N1",
        "kind": "PROJECT",
        "applicant_id": world.schools[1],
        "co_applicant_ids": [],
        "platform_id": None,
        "platform_kind": "MUNICIPAL",
        "topic": f"Тема заявки {entry}",
        "outcome": outcome,
        "protocol_number": "3",
        "protocol_date": D(2020, 10, 30),
        "rank": 1,
        "final_score": "88.00",
        **more,
    }
    deliver(world.app, "expertise.entry.decided.v1", data)
    rows = world.do(queries.proposals, state=None).items
    return next((row.proposal.id for row in rows if row.proposal.entry_id == entry), entry)


START = D(2020, 12, 1)


def test_a_draft_lists_what_is_decided_and_becomes_statuses(world: World) -> None:
    ending = world.active("Завершаемая")
    picked = [
        decided(world, co_applicant_ids=[world.schools[2]]),
        decided(world, "COMPLETE", platform_id=ending, topic="Завершаемая"),
    ]
    other = decided(world)
    draft = world.do(actions.draft_order, proposal_ids=picked, valid_from=START)
    kept = world.do(queries.order_draft, draft_id=draft)
    assert kept.number == "ПП-2020/0001"
    text = printed(world, kept.paper_id)
    with world.app.app_context():
        names = [read().get(model.Organisation, key).full_name for key in world.schools[1:3]]
    for words in (*names, "Завершаемая", "с 01.12.2020 по 30.11.2023", "протокол № 3 от 30.10.2020"):
        assert words.replace("\xa0", " ") in text
    assert [row.id for row in world.do(queries.order_drafts)] == [draft]
    done = world.do(actions.enact_draft, draft_id=draft, act_id=world.order)
    assert len(done) == 2
    assert world.do(queries.platform, platform_id=ending).state is PlatformState.COMPLETED
    assert world.do(queries.platform, platform_id=done[0]).state is PlatformState.ACTIVE
    left = world.do(queries.proposals, state=ProposalState.WAITING).items
    assert [row.proposal.id for row in left] == [other], "exactly the listed decisions"
    assert world.do(queries.order_drafts) == []
    with pytest.raises(Refused, match="BR-56"):
        world.do(actions.enact_draft, draft_id=draft, act_id=world.order)


def test_a_draft_is_all_or_nothing(world: World) -> None:
    good, bad = decided(world), decided(world, "EXTEND", platform_id=None)
    draft = world.do(actions.draft_order, proposal_ids=[good, bad], valid_from=START)
    with pytest.raises(Refused, match="BR-55"):
        world.do(actions.enact_draft, draft_id=draft, act_id=world.order)
    assert world.do(queries.proposals).total == 2
    assert world.do(queries.order_draft, draft_id=draft).act_id is None
    with world.app.app_context():
        assert read().scalar(sa.select(sa.func.count()).select_from(model.Platform)) == 0


@pytest.mark.parametrize("outcome", ["AWARD_STATUS", "DECLINE"])
def test_a_draft_grows_old_with_a_newer_decision(world: World, outcome: str) -> None:
    entry = ids.new_id()
    picked = [decided(world, entry_id=entry), decided(world)]
    draft = world.do(actions.draft_order, proposal_ids=picked, valid_from=START)
    decided(world, outcome, entry_id=entry, topic="Другая тема")
    with pytest.raises(Refused, match="BR-60"):
        world.do(actions.enact_draft, draft_id=draft, act_id=world.order)


def test_what_a_draft_is_made_of(world: World) -> None:
    one = decided(world)
    cases: list[tuple[type[Refused], str, dict[str, Any]]] = [
        (Refused, "BR-56", {"proposal_ids": []}),
        (NotFound, "NOT_FOUND", {"proposal_ids": [ids.new_id()]}),
        (Refused, "BR-23", {"proposal_ids": [one], "months": 0}),
    ]
    for kind, rule, data in cases:
        with pytest.raises(kind, match=rule):
            world.do(actions.draft_order, **{"valid_from": START, **data})
    world.do(actions.decline_proposal, proposal_id=one, reason="не надо")
    with pytest.raises(Refused, match="BR-56"):
        world.do(actions.draft_order, proposal_ids=[one], valid_from=START)
    two = decided(world)
    draft = world.do(actions.draft_order, proposal_ids=[two], valid_from=START)
    for who in (world.tms_person, person(Role.SECRETARY), person(Role.SYSTEM_ADMIN), PUBLIC):
        for action, data in (
            (actions.draft_order, {"proposal_ids": [two], "valid_from": START}),
            (actions.enact_draft, {"draft_id": draft, "act_id": world.order}),
            (queries.order_draft, {"draft_id": draft}),
            (queries.order_drafts, {}),
        ):
            with pytest.raises(NotAllowed):
                world.do(action, who, **data)


def test_doors_of_drafts_and_extracts(world: World, client: Callable[..., FlaskClient]) -> None:
    key, one, two = world.active(), decided(world), decided(world)
    operator = client(world.app, world.operator)
    stranger = client(world.app, world.stranger)
    form = {"proposal_ids": [str(one)], "act_id": "", "valid_from": "2020-12-01", "months": "36"}
    answer = operator.post("/proposals/draft", data=form)
    assert answer.status_code == 303
    path = answer.headers["Location"].removeprefix("/registry")
    assert operator.post("/proposals/draft", data={**form, "proposal_ids": []}).status_code == 422
    for lang in ("ru", "en"):
        assert "ПП-2020/0001" in operator.get(f"{path}?lang={lang}").text
        assert "ПП-2020/0001" in operator.get(f"/proposals?lang={lang}").text
    assert operator.post(path, data={"act_id": ""}).status_code == 422
    assert operator.post(path, data={"act_id": str(world.order)}).status_code == 303
    body = {"proposal_ids": [str(two)], "valid_from": "2020-12-01"}
    made = operator.post("/api/v1/order-drafts", json=body)
    assert made.status_code == 201
    draft = f"/api/v1/order-drafts/{made.json['id']}"
    assert operator.get(draft).json["lines"][0]["proposal_id"] == str(two)
    assert [row["id"] for row in operator.get("/api/v1/order-drafts").json] == [made.json["id"]]
    assert stranger.get(draft).status_code == 403
    enacted = operator.post(f"{draft}/enact", json={"act_id": str(world.order)})
    assert len(enacted.json["ids"]) == 1

    answer = operator.post(f"/platforms/{key}/extract", data={"on": "2020-01-01"})
    assert answer.status_code == 303
    paper = operator.get(answer.headers["Location"].removeprefix("/registry") + ".pdf")
    assert "D19-2020-0001.pdf" in paper.headers["Content-Disposition"]
    assert operator.post(f"/platforms/{key}/extract", data={"on": "2018-01-01"}).status_code == 422
    assert stranger.post(f"/platforms/{key}/extract").status_code == 403
    school = world.schools[0]
    assert operator.post(f"/organisations/{school}/platform-extract").status_code == 303
    assert operator.post(f"/api/v1/platforms/{key}/extracts", json={}).status_code == 201
    api = operator.post(f"/api/v1/organisations/{school}/platform-extracts", json={"known": "2020-12-31"})
    assert api.status_code == 201
    assert operator.post(f"/api/v1/platforms/{key}/extracts", json={"on": "вчера"}).status_code == 422
    for lang in ("ru", "en"):
        assert "platform-extract" in operator.get(f"/organisations/{school}?lang={lang}").text
