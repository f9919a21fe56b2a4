"""Appeals from filing to final results (BR-57, BR-59, BR-60, F-23, F-24, D-21)."""

import json
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.actions import appeals as module
from services.expertise.model import Appeal, AppealMember, LedgerLine, LedgerSalt, Paper, ScoreSheet
from shared import ids
from shared.documents import Document
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from shared.unit import read
from tests.services.expertise.appeals import GROUNDS, REASONS, commission, published, superseded
from tests.services.expertise.test_council import at_decision

PAPERS = "CORRESPONDENCE"


def lines(world: Any, *kinds: str) -> list[dict[str, Any]]:
    rows = read().scalars(
        sa.select(LedgerLine)
        .where(LedgerLine.edition_id == world.edition_id, LedgerLine.kind.in_(kinds))
        .order_by(LedgerLine.seq)
    )
    return [json.loads(row.line)["data"] for row in rows]


def sheet_rows() -> list[Any]:
    return [
        tuple(row)
        for row in read().execute(
            sa.select(ScoreSheet.id, ScoreSheet.scores, ScoreSheet.percent, ScoreSheet.version).order_by(ScoreSheet.id)
        )
    ]


def test_from_filing_to_final_results(world: Any) -> None:
    """SC-10 in small: the score is lowered, two others change places, signed sheets stay as they were."""
    contest = published(world, 2, 2, 2)
    before = sheet_rows()
    assert contest.scores() == [("100.00", 1), ("100.00", 2), ("100.00", 3)]
    with world.at(11, 2):
        appeal_id = contest.file(0, "C5", "C3")
        card = queries.appeal(contest.applicant(), appeal_id)
        assert (card.state, [code for code, _ in card.criteria]) == ("FILED", ["C3", "C5"])
        assert [one.expert_name for one in card.sheets] == [None] * 3
        assert [code[0] for code, _ in card.marks[0].marks] == ["Э"] * 3
        actions.accept_appeal(world.secretary, appeal_id=appeal_id)
    with world.at(11, 3):
        values = [{"stage_kind": PAPERS, "criterion": "C5", "value": "1"}]
        effect = queries.appeal_effect(contest.people[0], appeal_id, corrections=values)
        assert (str(effect.score_after), effect.place_after, effect.outcome) == ("90.00", 3, "UPHELD_DOWN")
        assert [(one.label[-3:], one.place_before, one.place_after) for one in effect.shifts] == [
            ("001", 1, 3),
            ("002", 2, 1),
            ("003", 3, 2),
        ]
        assert not any(one.needs_decision for one in effect.shifts)
        with pytest.raises(Refused, match="было 100.00, стало 90.00"):
            contest.decide(appeal_id, "UPHELD_UP", (PAPERS, "C5", "1"))
        contest.decide(appeal_id, "UPHELD_DOWN", (PAPERS, "C5", "1"), who=contest.people[1])
        assert contest.scores()[0] == ("100.00", 1), "results wait for the end of the term"
        row = queries.rating(world.secretary, world.edition_id, world.nominations["N1"])[2]
        assert (row.appeal_id, str(row.final), row.place) == (appeal_id, "90.00", 3)
        with pytest.raises(Refused, match="BR-59.*05.11.2020"):
            actions.close_appeals(world.secretary, edition_id=world.edition_id)
    told(world.app)
    contest.close()
    assert contest.scores() == [("90.00", 3), ("100.00", 1), ("100.00", 2)]
    assert sheet_rows() == before
    (protocol,) = queries.protocols(world.secretary, world.edition_id)
    assert protocol.intact and protocol.as_signed, "the signed protocol rests on the rating of its day"
    changed = [data for name, data in told(world.app) if name == "expertise.entry.changed.v1"]
    assert sorted((str(data["final_score"]), data["rank"]) for data in changed[-3:]) == [
        ("100.00", 1),
        ("100.00", 2),
        ("90.00", 3),
    ]
    results = queries.published_results(PUBLIC, world.edition_id)
    assert [(one.place, one.decided_place, one.is_recounted) for one in results] == [
        (1, 2, True),
        (2, 3, True),
        (3, 1, True),
    ]
    filed = lines(world, "APPEAL_FILED")
    assert [one["what"] for one in filed] == ["FILED", "ACCEPTED"]
    (decided,) = lines(world, "APPEAL_DECIDED")
    assert decided["corrections"] == [[PAPERS, "C5", "1"]]
    assert (decided["score"], decided["place"], decided["delta"]) == (["100.00", "90.00"], [1, 3], "-10.00")
    assert len(decided["commission"]) == 3 and decided["votes"] == [3, 0, 0]
    texts = read().scalars(sa.select(LedgerSalt.text)).all()
    assert GROUNDS in texts and REASONS in texts
    assert GROUNDS not in str(filed) and REASONS not in str(decided)
    (final,) = lines(world, "RESULTS_FINAL")
    assert (len(final["rating_hash"]), final["entries"], final["changed"]) == (64, 3, 3)


def test_unchanged_and_raised(world: Any) -> None:
    """F-23: unchanged without values, raised with them; the delta says how much."""
    contest = published(world, 2, 1)
    with world.at(11, 2):
        first, second = contest.heard(0), contest.heard(1, "C1")
        with pytest.raises(Refused, match="было 100.00, стало 100.00"):
            contest.decide(first, "UPHELD_DOWN")
        contest.decide(first, "UNCHANGED")
        contest.decide(second, "UPHELD_UP", (PAPERS, "C1", "2"))
        cards = [queries.appeal(world.secretary, key) for key in (first, second)]
    assert [(one.state, str(one.delta)) for one in cards] == [("UNCHANGED", "0.00"), ("UPHELD_UP", "3.00")]
    contest.close()
    assert contest.scores() == [("100.00", 1), ("53.00", 2)]


def test_filing_is_for_the_applicant_once_and_in_term(world: Any) -> None:
    contest = published(world, 2, 2)
    stranger = world.applicant(world.organisation())
    data = {"entry_id": contest.entries[0], "grounds": GROUNDS, "criteria": ["C5"]}
    with world.at(11, 5):
        for who in (stranger, world.council, world.operator, contest.people[0], PUBLIC, contest.applicant(1)):
            with pytest.raises(NotAllowed):
                actions.file_appeal(who, **data)
        for change, field in (
            ({"grounds": "нет"}, "grounds"),
            ({"criteria": []}, "criteria"),
            ({"criteria": ["C99"]}, "criteria"),
        ):
            with pytest.raises(Refused, match="BR-59") as refusal:
                actions.file_appeal(contest.applicant(), **{**data, **change})
            assert refusal.value.field == field
        with pytest.raises(NotFound):
            actions.file_appeal(contest.applicant(), **{**data, "entry_id": ids.new_id()})
        appeal_id = contest.file(0)
        with pytest.raises(Refused, match="второй раз"):
            contest.file(0)
        with pytest.raises(NotAllowed):
            actions.withdraw_appeal(contest.applicant(1), appeal_id=appeal_id)
        actions.withdraw_appeal(contest.applicant(0), appeal_id=appeal_id)
        with pytest.raises(Refused, match="второй раз"):
            contest.file(0)
        with pytest.raises(Refused, match=r"3\.3 Appeal"):
            actions.accept_appeal(world.secretary, appeal_id=appeal_id)
        assert queries.appeal_chance(contest.applicant(1), contest.entries[1]) is not None
        assert queries.appeal_chance(contest.applicant(0), contest.entries[0]) is None
    with world.at(11, 6), pytest.raises(Refused, match="05.11.2020 в 23:59"):
        contest.file(1)
    contest.close()
    with world.at(11, 10), pytest.raises(Refused, match="BR-59"):
        contest.file(1)


def test_no_appeal_before_publication_or_without_a_result(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    applicant = world.applicant(queries.entry(world.secretary, entry_id).applicant_id)
    with world.at(10, 30), pytest.raises(Refused, match="после публикации"):
        actions.file_appeal(applicant, entry_id=entry_id, grounds=GROUNDS, criteria=["C5"])


def test_the_secretary_takes_or_refuses(world: Any) -> None:
    contest = published(world, 2, 2)
    with world.at(11, 2):
        first = contest.file(0)
        for who in (contest.applicant(), world.operator, world.council, contest.people[0]):
            with pytest.raises(NotAllowed):
                actions.accept_appeal(who, appeal_id=first)
            with pytest.raises(NotAllowed):
                actions.refuse_appeal(who, appeal_id=first, refusal="LATE", reason="Поздно")
        with pytest.raises(Refused, match="BR-59") as refusal:
            actions.refuse_appeal(world.secretary, appeal_id=first, refusal="NO_GROUNDS", reason=" ")
        assert refusal.value.field == "reason"
        actions.refuse_appeal(
            world.secretary, appeal_id=first, refusal="NO_GROUNDS", reason="Критерий не назван по существу"
        )
        card = queries.appeal(contest.applicant(), first)
        assert (card.state, card.refusal, card.reason) == (
            "REFUSED",
            "NO_GROUNDS",
            "Критерий не назван по существу",
        )
        with pytest.raises(Refused, match=r"3\.3 Appeal"):
            contest.decide(first, "UNCHANGED")
        with pytest.raises(NotFound):
            actions.accept_appeal(world.secretary, appeal_id=ids.new_id())
    (line,) = lines(world, "APPEAL_DECIDED")
    assert (line["what"], line["refusal"]) == ("REFUSED", "NO_GROUNDS") and "существу" not in str(line)


def test_without_a_commission_nothing_is_taken(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        applicant = world.applicant(queries.entry(world.secretary, entry_id).applicant_id)
        appeal_id = actions.file_appeal(applicant, entry_id=entry_id, grounds=GROUNDS, criteria=["C5"])
        with pytest.raises(Refused, match="состав апелляционной комиссии"):
            actions.accept_appeal(world.secretary, appeal_id=appeal_id)
        commission(world)
        actions.accept_appeal(world.secretary, appeal_id=appeal_id)


def test_who_scored_or_works_for_a_party_is_out_of_the_appeal(world: Any) -> None:
    """BR-59, F-24: such members are excluded for this appeal only, and it is written."""
    contest = published(world, 2, 2)
    scorer = next(iter(world.experts.values()))
    own = world.human(queries.entry(world.secretary, contest.entries[0]).applicant_id, "Соискателева")
    with world.at(11, 1):
        actions.compose_council(
            world.operator,
            edition_id=world.edition_id,
            kind="APPEAL",
            title="Апелляционная комиссия",
            members=[
                {"person_id": key, "role": role}
                for key, role in zip(
                    [*(one.person_id for one in contest.people), scorer.person_id, own],
                    ["CHAIR", "SECRETARY", "MEMBER", "MEMBER", "MEMBER"],
                    strict=True,
                )
            ],
            reason="Расширен приказом",
        )
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        bars = {one.person_id: one.bar for one in queries.appeal(world.secretary, appeal_id).members}
        assert (bars[scorer.person_id], bars[own]) == ("SCORED", "SAME_ORG")
        for barred in (scorer, Person(ids.new_id(), own, "Соискателева", ())):
            with pytest.raises(NotAllowed):
                contest.decide(appeal_id, "UNCHANGED", who=barred)
        everybody = [
            {"person_id": key, "presence": "PRESENT", "choice": "FOR"}
            for key in (*(one.person_id for one in contest.people), scorer.person_id, own)
        ]
        with pytest.raises(Refused, match="F-24|не меньше 3"):
            contest.decide(appeal_id, "UNCHANGED", members=everybody[1:])
        contest.decide(appeal_id, "UNCHANGED", members=everybody)
        rows = read().scalars(sa.select(AppealMember).where(AppealMember.appeal_id == appeal_id)).all()
        assert {row.person_id: (row.bar, row.choice) for row in rows if row.bar} == {
            scorer.person_id: ("SCORED", None),
            own: ("SAME_ORG", None),
        }
        assert read().get(Appeal, appeal_id).votes_for == 3
        # A rival of the nomination is barred from the other appeal too, whoever scored nothing else is not.
        other = contest.heard(1)
        bars = {one.person_id: one.bar for one in queries.appeal(world.secretary, other).members}
        assert bars[own] == "SAME_NOMINATION" and bars[contest.people[0].person_id] is None


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"text": "Отказать"}, "BR-59", "text"),
        ({"outcome": "UPHELD_UP"}, "BR-59", "outcome"),
        ({"outcome": "REFUSED"}, "3.3 Appeal", None),
        ({"drop": 1}, "BR-59", "members"),
        ({"choice": "AGAINST"}, "BR-57", "members"),
        ({"choice": None}, "BR-57", "members"),
        ({"note": "Был научным руководителем"}, "BR-59", "members"),
        ({"twice": True}, "BR-59", "members"),
        ({"stranger": True}, "BR-59", "members"),
        ({"values": [(PAPERS, "C5", "7")]}, "BR-45", "corrections"),
        ({"values": [(PAPERS, "C1", "1")]}, "BR-59", "corrections"),
        ({"values": [("IN_PERSON", "C5", "1")]}, "3.2 Stage", "stage_kind"),
    ],
)
def test_refusals_of_a_decision(world: Any, change: dict[str, Any], rule: str, field: str | None) -> None:
    contest = published(world, 2, 2)
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        votes = contest.votes
        if change.get("drop"):
            votes.pop()
        for name in ("choice", "note"):
            if name in change:
                votes[0][name] = change[name]
                votes[1][name] = change[name]
        if change.get("twice"):
            votes.append(votes[0])
        if change.get("stranger"):
            votes.append({**votes[0], "person_id": ids.new_id()})
        with pytest.raises(Refused, match=rule) as refusal:
            contest.decide(
                appeal_id,
                change.get("outcome", "UNCHANGED"),
                *change.get("values", ()),
                members=votes,
                **({"text": change["text"]} if "text" in change else {}),
            )
        assert refusal.value.field == field
        assert queries.appeal(world.secretary, appeal_id).state == "IN_REVIEW"


def test_who_decides(world: Any) -> None:
    """The commission, or the secretary by its paper; nobody else, and once."""
    contest = published(world, 2, 2)
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        for who in (contest.applicant(), world.operator, world.council, person(Role.EXPERT), PUBLIC):
            with pytest.raises(NotAllowed):
                contest.decide(appeal_id, "UNCHANGED", who=who)
        values = [{"stage_kind": PAPERS, "criterion": "C5", "value": "1"}]
        with pytest.raises(NotAllowed):
            queries.appeal_effect(contest.applicant(), appeal_id, corrections=values)
        with pytest.raises(NotFound):
            queries.appeal_effect(world.applicant(world.organisation()), appeal_id, corrections=values)
        contest.decide(appeal_id, "UNCHANGED", who=contest.people[2])
        with pytest.raises(Refused, match=r"3\.3 Appeal"):
            contest.decide(appeal_id, "UNCHANGED")


def test_who_sees_an_appeal(world: Any) -> None:
    contest = published(world, 2, 2)
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        for who in (contest.applicant(0), world.secretary, world.operator, world.council, contest.people[0]):
            assert queries.appeal(who, appeal_id).grounds == GROUNDS
        scorer = next(iter(world.experts.values()))
        for who in (contest.applicant(1), scorer, person(Role.IRO), PUBLIC):
            with pytest.raises(NotFound):
                queries.appeal(who, appeal_id)
            with pytest.raises(NotAllowed):
                queries.appeal_queue(who, world.edition_id)
        assert queries.appeal_of_entry(contest.applicant(1), contest.entries[0]) is None
        # The commission reads the entry that is before it, and no other.
        assert queries.entry(contest.people[0], contest.entries[0]).entry_id == contest.entries[0]
        with pytest.raises(NotAllowed):
            queries.entry(contest.people[0], contest.entries[1])


def test_cabinets(world: Any) -> None:
    """Model 3.6: the applicant's term, the secretary's and the commission's queue."""
    contest = published(world, 2, 2)
    with world.at(11, 2):
        (chance,) = queries.cabinet(contest.applicant(0)).appeals.chances
        assert f"{chance.until:%d.%m %H:%M}" == "05.11 23:59"
        appeal_id = contest.file(0)
        assert queries.cabinet(contest.applicant(0)).appeals.is_empty
        waiting = [queries.cabinet(who).appeals.waiting for who in (world.secretary, contest.people[0])]
        assert ([len(one) for one in waiting]) == [1, 0]
        actions.accept_appeal(world.secretary, appeal_id=appeal_id)
        waiting = [queries.cabinet(who).appeals.waiting for who in (world.secretary, contest.people[0])]
        assert ([len(one) for one in waiting]) == [1, 1]
        contest.decide(appeal_id, "UNCHANGED")
        assert queries.cabinet(contest.people[0]).appeals.is_empty
    with world.at(11, 6):
        assert queries.cabinet(contest.applicant(1)).appeals.is_empty


def test_the_council_decides_anew_before_results_are_final(world: Any) -> None:
    """BR-54, BR-60: an entry that falls under the threshold and one that rises above it."""
    contest = published(world, 2, 1)
    every = [f"C{n}" for n in range(1, 9)]
    with world.at(11, 2):
        fallen, risen = contest.heard(0, *every), contest.heard(1, *every)
        with world.at(11, 9), pytest.raises(Refused, match="BR-59.*N1-001, .*N1-002"):
            actions.close_appeals(world.secretary, edition_id=world.edition_id)
        ones = [(PAPERS, code, "1") for code in every]
        effect = queries.appeal_effect(
            world.secretary, fallen, corrections=[{"stage_kind": s, "criterion": c, "value": v} for s, c, v in ones]
        )
        assert [one.needs_decision for one in effect.shifts if one.entry_id == contest.entries[0]] == [True]
        contest.decide(fallen, "UPHELD_DOWN", *ones)
        contest.decide(risen, "UPHELD_UP", *((PAPERS, code, "2") for code in every))
        queue = queries.appeal_queue(world.secretary, world.edition_id)
        assert [number[-3:] for _, number in queue.undecided] == ["001", "002"]
        assert [one.rule for one in queue.obstacles] == ["BR-59", "BR-60"]
        assert queries.cabinet(world.secretary).appeals.undecided[0][2] == 2
    with world.at(11, 9):
        with pytest.raises(Refused, match="BR-60.*N1-001, .*N1-002"):
            actions.close_appeals(world.secretary, edition_id=world.edition_id)
        with pytest.raises(Refused, match="BR-54"):
            superseded(contest, "AWARD_STATUS", "AWARD_STATUS")
        told(world.app)
        superseded(contest, "DECLINE", "AWARD_STATUS")
        assert queries.appeal_queue(world.secretary, world.edition_id).undecided == []
        actions.close_appeals(world.secretary, edition_id=world.edition_id)
    decided = {data["entry_id"]: data["outcome"] for name, data in told(world.app) if name.endswith("decided.v1")}
    assert decided == {str(contest.entries[0]): "DECLINE", str(contest.entries[1]): "AWARD_STATUS"}
    assert contest.scores() == [("50.00", 2), ("100.00", 1)]
    states = [queries.entry(world.secretary, key).state for key in contest.entries]
    assert states == ["DECLINED", "AWARDED"]
    assert all(one.intact for one in queries.protocols(world.secretary, world.edition_id))
    (final,) = lines(world, "RESULTS_FINAL")
    assert final["changed"] == 0


def test_a_protocol_being_signed_notices_an_appeal(world: Any) -> None:
    """BR-58: a superseding protocol rests on the appeals decided before it, a later one moves the rating again."""
    contest = published(world, 2, 2)
    every = [f"C{n}" for n in range(1, 9)]
    with world.at(11, 2):
        first, second = contest.heard(0, *every), contest.heard(1)
        contest.decide(first, "UPHELD_DOWN", *((PAPERS, code, "1") for code in every))
    with world.at(11, 6):
        superseded(contest, "DECLINE", "AWARD_STATUS")
        contest.decide(second, "UPHELD_DOWN", (PAPERS, "C5", "1"))
        assert [one.intact for one in queries.protocols(world.secretary, world.edition_id)] == [True, True]
    contest.close()
    assert contest.scores() == [("50.00", 2), ("90.00", 1)]
    assert [one.intact for one in queries.protocols(world.secretary, world.edition_id)] == [True, True]


def test_d21(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """D-21: who heard it and who did not, grounds, marks by code, scores, places, votes; read by the parties."""
    contest = published(world, 2, 2)
    printed: list[Document] = []
    made = module.appeal_paper
    monkeypatch.setattr(module, "appeal_paper", lambda *args: printed.append(made(*args)) or printed[-1])
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        with pytest.raises(NotAllowed):
            actions.issue_appeal_decision(contest.people[0], appeal_id=appeal_id)
        with pytest.raises(Refused, match="BR-67"):
            actions.issue_appeal_decision(world.secretary, appeal_id=appeal_id)
        votes = contest.votes
        contest.decide(appeal_id, "UPHELD_DOWN", (PAPERS, "C5", "1"), members=votes)
        with pytest.raises(NotAllowed):
            actions.issue_appeal_decision(contest.applicant(), appeal_id=appeal_id)
        paper_id = actions.issue_appeal_decision(contest.people[0], appeal_id=appeal_id)
        for who in (contest.applicant(), world.secretary, world.council, contest.people[0]):
            (row,) = queries.papers_of(who, appeal_id)
            assert row.id == paper_id
        for who in (contest.applicant(1), next(iter(world.experts.values())), PUBLIC):
            assert queries.papers_of(who, appeal_id) == []
    row = read().get(Paper, paper_id)
    assert row is not None and row.number.startswith("РА-") and row.pdf[:4] == b"%PDF" and row.docx[:2] == b"PK"
    text = "\n".join(printed[0].texts())
    for words in ("Апелляева", GROUNDS, REASONS, "100,00", "90,00", "C5", "за — 3", "кворум имеется", "Э1 — 2"):
        assert words in text.replace("\N{NO-BREAK SPACE}", " "), words
    assert "Экспертова" not in text


def test_no_second_life_after_the_end(world: Any) -> None:
    contest = published(world, 2, 2)
    with world.at(11, 2):
        appeal_id = contest.file(0)
        actions.withdraw_appeal(contest.applicant(0), appeal_id=appeal_id)
    contest.close()
    for attempt in (
        lambda: actions.withdraw_appeal(contest.applicant(0), appeal_id=appeal_id),
        lambda: actions.accept_appeal(world.secretary, appeal_id=appeal_id),
        lambda: contest.decide(appeal_id, "UNCHANGED"),
    ):
        with world.at(11, 10), pytest.raises(Refused, match="BR-60"):
            attempt()
    assert isinstance(appeal_id, UUID)
