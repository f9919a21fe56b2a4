"""Sessions of councils: quorum, named votes, recusal, signatures, superseding (BR-53…BR-58, BR-62)."""

import contextvars
import json
import threading
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.actions.results import settle
from services.expertise.model import ContestEdition, Decision, Entry, LedgerLine, Protocol, ScoreSheet
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from shared.unit import read, work
from tests.services.expertise.conftest import moment
from tests.services.expertise.sessions import members_of, sitting
from tests.services.expertise.test_council import at_decision


def lines(world: Any, *kinds: str) -> list[dict[str, Any]]:
    rows = read().scalars(
        sa.select(LedgerLine)
        .where(LedgerLine.edition_id == world.edition_id, LedgerLine.kind.in_(kinds))
        .order_by(LedgerLine.seq)
    )
    return [json.loads(row.line)["data"] for row in rows]


def decided(world: Any) -> list[str]:
    return [data["outcome"] for name, data in told(world.app) if name == "expertise.entry.decided.v1"]


def test_from_a_called_session_to_a_published_protocol(world: Any) -> None:
    """The whole way of a protocol, with every line of the log (model 3.3, BR-57, F6)."""
    first, second = at_decision(world, 2, 1)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        card = council.card()
        assert [(one.label[-3:], one.outcome, one.title) for one in card.decisions] == [
            ("001", "AWARD_STATUS", "WINNER"),
            ("002", "DECLINE", "PARTICIPANT"),
        ]
        assert [item.title for item in card.items] == ["Разное", "О заявках номинации N1 «Проекты»"]
        rules = [one.text for one in card.lacks]
        assert len(rules) == 7, rules
        council.come(4)
        council.resolve()
        for who in council.people[:4]:
            council.vote(who)
        assert council.card().lacks == []
        with pytest.raises(Refused, match="BR-57"):
            council.vote(council.people[4])
        council.freeze()
        assert queries.entry(world.secretary, first).state == "SCORED_FINAL"
        assert decided(world) == []
        for who in council.people[:3]:
            assert actions.sign_protocol(who, protocol_id=council.protocol_id) == "ON_SIGNING"
        with pytest.raises(NotAllowed):
            actions.sign_protocol(council.people[4], protocol_id=council.protocol_id)
        with pytest.raises(Refused, match=r"3\.3 Protocol"):
            actions.sign_protocol(council.people[0], protocol_id=council.protocol_id)
        assert actions.sign_protocol(council.people[3], protocol_id=council.protocol_id) == "SIGNED"
        assert queries.entry(world.secretary, first).state == "AWARDED"
        assert queries.entry(world.secretary, second).state == "DECLINED"
        assert sorted(decided(world)) == ["AWARD_STATUS", "DECLINE"]
        with pytest.raises(NotFound):
            council.card(PUBLIC)
        with pytest.raises(Refused, match="BR-59"):
            actions.publish_protocol(world.secretary, protocol_id=council.protocol_id)
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        card = council.card(PUBLIC)
        assert (card.state, card.present, card.members_total) == ("PUBLISHED", 4, 5)
        assert (list(card.seats), card.decisions[0].ballots, card.decisions[0].votes_for) == ([], [], 4)
    (change,) = lines(world, "COUNCIL_CHANGED")
    assert [role for _, role in change["members"]].count("MEMBER") == 3
    votes = lines(world, "VOTE")
    assert [len(one["votes"]) for one in votes] == [2, 2, 2, 2]
    signed = lines(world, "PROTOCOL_SIGNED")
    assert len({one["content_hash"] for one in signed}) == 1 and len(signed) == 4
    assert [one["what"] for one in lines(world, "DECISION")] == ["DECIDED", "DECIDED"]
    assert len(lines(world, "PROTOCOL_PUBLISHED")) == len(lines(world, "RESULTS_PUBLISHED")) == 1


def test_a_member_of_the_applicant_does_not_vote_and_it_is_written(world: Any) -> None:
    """BR-57: own organisation bars, a declared conflict bars; both stand in the protocol."""
    first, second = at_decision(world, 2, 1)
    with world.at(10, 30):
        own = queries.entry(world.secretary, first).applicant_id
        council = sitting(world, organisation_id=own)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        barred = council.people[4]
        assert [one.bar for one in council.card().decisions[0].barred] == ["SAME_ORG"]
        # The organisation has an entry in the nomination, so its rival is no matter for this member either.
        assert [one.bar for one in council.card().decisions[1].barred] == ["SAME_NOMINATION"]
        for entry_id in (first, second):
            with pytest.raises(Refused, match="BR-57.*конфликт"):
                council.vote(barred, "FOR", entry_id)
        for who in council.people[:4]:
            council.vote(who)
        with pytest.raises(Refused, match="BR-57"):
            actions.declare_conflict(
                council.people[3], protocol_id=council.protocol_id, entry_id=second, note=" "
            )
        actions.declare_conflict(
            council.people[3], protocol_id=council.protocol_id, entry_id=second, note="Была руководителем"
        )
        with pytest.raises(Refused, match="BR-57"):
            actions.declare_conflict(
                council.people[3], protocol_id=council.protocol_id, entry_id=second, note="Ещё раз"
            )
        with pytest.raises(NotAllowed):
            actions.declare_conflict(
                world.council, protocol_id=council.protocol_id, entry_id=second, note="Чужая"
            )
        council.freeze()
        card = council.card()
        by_entry = {one.entry_id: one for one in card.decisions}
        assert (by_entry[first].votes_for, by_entry[second].votes_for) == (4, 3)
        assert {(one.bar.value, one.note) for one in by_entry[second].barred} == {
            ("SAME_NOMINATION", ""),
            ("DECLARED", "Была руководителем"),
        }
    (line,) = lines(world, "CONFLICT_DECLARED")
    assert "Была" not in json.dumps(line, ensure_ascii=False)


def test_a_majority_of_those_present_is_needed(world: Any) -> None:
    """BR-57: two for, two against of four present is no decision."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come(4)
        council.resolve()
        for who in council.people[:2]:
            council.vote(who)
        with pytest.raises(Refused, match="BR-57.*проголосовали не все: 2 из 4"):
            council.freeze()
        for who in council.people[2:4]:
            council.vote(who, "AGAINST")
        with pytest.raises(Refused, match="BR-57.*не принято: за — 2, присутствуют 4"):
            council.freeze()
        council.vote(council.people[2], "ABSTAIN")
        council.vote(council.people[3])
        council.freeze()
        (decision,) = council.card().decisions
        assert (decision.votes_for, decision.votes_against, decision.abstained) == (3, 0, 1)
        assert decision.entry_id == entry_id


@pytest.mark.parametrize(
    ("change", "absent", "rule"),
    [
        ({}, (2, 3, 4), "Нет кворума"),
        ({"place": ""}, (), "место"),
        ({"ended_at": None}, (), "начало и конец"),
        ({"chair_id": 4}, (4,), "ведёт присутствующий"),
        ({"secretary_id": 0}, (), "разные люди"),
    ],
)
def test_what_a_protocol_lacks(
    world: Any, change: dict[str, Any], absent: tuple[int, ...], rule: str
) -> None:
    """BR-57: no quorum, no place, no time, nobody who led it — not given out for signing."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        more = {key: council.ids[value] if key.endswith("_id") else value for key, value in change.items()}
        council.come(*absent, **more)
        council.resolve()
        assert any(rule in str(one) for one in council.card().lacks)
        with pytest.raises(Refused, match=rule):
            council.freeze()


def test_ties_are_separated_by_the_vote_for_the_higher_place(world: Any) -> None:
    """BR-53: all are for both, the entry preferred by more stands higher, and it is printed why."""
    first, second = at_decision(world, 2, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        for who in council.people[:3]:
            council.vote(who, "FOR", second, preferred=True)
        council.freeze()
        card = council.card()
        assert [(one.entry_id, one.rank, one.title.value, one.tie_votes) for one in card.decisions] == [
            (second, 1, "WINNER", 3),
            (first, 2, "PRIZE_WINNER", 0),
        ]
        assert [one.value for one in card.decisions[0].tie_breakers] == ["VOTE"]
        council.sign_all()
        rows = queries.rating(world.secretary, world.edition_id, world.nominations["N1"])
        assert [row.entry_id for row in rows] == [second, first]
        assert queries.protocols(world.secretary, world.edition_id)[0].intact


def test_votes_counted_by_hand(world: Any) -> None:
    """BR-57: the secretary enters what was counted at the table, with a note; too many votes are refused."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        count = {"protocol_id": council.protocol_id}
        with pytest.raises(Refused, match="BR-57"):
            actions.count_by_hand(
                world.secretary, **count, note=" ", counts=[{"entry_id": entry_id, "votes_for": 5}]
            )
        with pytest.raises(Refused, match="BR-57"):
            actions.count_by_hand(
                world.secretary,
                **count,
                note="Поднятием рук",
                counts=[{"entry_id": ids.new_id(), "votes_for": 5}],
            )
        actions.count_by_hand(
            world.secretary, **count, note="Поднятием рук", counts=[{"entry_id": entry_id, "votes_for": 6}]
        )
        with pytest.raises(Refused, match="BR-57"):
            council.freeze()
        actions.count_by_hand(
            world.secretary,
            **count,
            note="Поднятием рук",
            counts=[{"entry_id": entry_id, "votes_for": 4, "votes_against": 1}],
        )
        council.freeze()
        (decision,) = council.card().decisions
        assert (decision.votes_for, decision.hand_note) == (4, "Поднятием рук")
        actions.sign_on_paper(world.secretary, protocol_id=council.protocol_id, note="Дело 12, скан 7.pdf")
        assert council.card().state == "SIGNED"


def test_proposals_are_changed_for_a_reason(world: Any) -> None:
    """BR-54, BR-55: an outcome of another kind is refused, another title needs a reason, votes fall away."""
    first, second = at_decision(world, 2, 1)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.vote_all()

        def change(**one: Any) -> None:
            actions.change_proposals(world.secretary, protocol_id=council.protocol_id, proposals=[one])

        with pytest.raises(Refused, match="BR-55"):
            change(entry_id=first, outcome="EXTEND", title="WINNER")
        with pytest.raises(Refused, match="BR-54"):
            change(entry_id=second, outcome="AWARD_STATUS", title="PARTICIPANT")
        with pytest.raises(Refused, match="BR-54.*причину"):
            change(entry_id=first, outcome="AWARD_STATUS", title="LAUREATE")
        change(entry_id=first, outcome="AWARD_STATUS", title="LAUREATE", title_reason="Решение жюри")
        change(entry_id=second, outcome="RETURN", title="PARTICIPANT")
        assert [one.cast for one in council.card().decisions] == [0, 0]
        council.vote_all()
        council.resolve()
        council.freeze()
        council.sign_all()
    assert queries.entry(world.secretary, first).state == "LAUREATE"
    assert queries.entry(world.secretary, second).state == "DECLINED"


def test_a_protocol_on_signing_goes_back_for_a_reason_and_loses_its_signatures(world: Any) -> None:
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        actions.sign_protocol(council.people[0], protocol_id=council.protocol_id)
        for act in (council.resolve, council.vote_all, council.freeze, council.propose):
            with pytest.raises(Refused, match=r"3\.3 Protocol"):
                act()
        with pytest.raises(Refused, match=r"3\.3 Protocol"):
            actions.revise_protocol(world.secretary, protocol_id=council.protocol_id, reason=" ")
        actions.revise_protocol(world.secretary, protocol_id=council.protocol_id, reason="Опечатка")
        card = council.card()
        assert (card.state, card.snapshot_hash) == ("DRAFT", None)
        assert all(one.signed_at is None for one in card.seats)
        council.freeze()
        council.sign_all()
        with pytest.raises(Refused, match=r"3\.3 Protocol"):
            actions.revise_protocol(world.secretary, protocol_id=council.protocol_id, reason="Поздно")


def test_nobody_signs_a_rating_that_has_changed(world: Any) -> None:
    """BR-58: a mark changed past the program stops the signing and raises the alarm."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        with work(world.secretary) as u:
            sheet = u.session.scalars(sa.select(ScoreSheet)).first()
            sheet.percent = sheet.percent - 1
        assert not council.card().intact
        with pytest.raises(Refused, match="BR-58"):
            actions.sign_protocol(council.people[0], protocol_id=council.protocol_id)


def test_a_signed_text_that_was_changed_is_noticed(world: Any) -> None:
    """BR-58: what stands in the protocol is compared with what was signed."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        council.sign_all()
        assert council.card().as_signed
        with work(world.secretary) as u:
            u.session.get(Protocol, council.protocol_id).items[0].resolved = "Другое"
        assert not council.card().as_signed
        assert not queries.protocols(world.secretary, world.edition_id)[0].as_signed


def test_a_signed_protocol_is_superseded_by_another(world: Any) -> None:
    """Model 3.3: the older stays as it is, its decision gives way, the entry and the registry learn the new one."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        older = council.draft()
        with pytest.raises(Refused, match=r"3\.3 Protocol"):
            actions.supersede_protocol(
                world.secretary, protocol_id=older, number="8", date=date(2020, 10, 30), reason="Ошибка"
            )
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        council.sign_all()
        newer = actions.supersede_protocol(
            world.secretary, protocol_id=older, number="8", date=date(2020, 10, 30), reason="Ошибка"
        )
        with pytest.raises(Refused, match="уже заменён"):
            actions.supersede_protocol(
                world.secretary, protocol_id=older, number="9", date=date(2020, 10, 30), reason="Ошибка"
            )
        council.protocol_id = newer
        council.come(number="8")
        actions.change_proposals(
            world.secretary,
            protocol_id=newer,
            proposals=[{"entry_id": entry_id, "outcome": "RETURN", "title": "WINNER"}],
        )
        council.resolve()
        council.vote_all()
        council.freeze()
        assert queries.entry(world.secretary, entry_id).state == "AWARDED"
        council.sign_all()
        card = queries.entry(world.secretary, entry_id)
        assert (card.state, card.result.protocol_number) == ("DECLINED", "8")
        assert decided(world) == ["AWARD_STATUS", "RETURN"]
        assert queries.session_card(world.secretary, older).superseded_by == (newer, "8")
        assert [one.intact for one in queries.protocols(world.secretary, world.edition_id)] == [True, True]
    force = read().scalars(sa.select(Decision.in_force).order_by(Decision.id)).all()
    assert force == [False, True]


def test_an_expert_council_recommends_and_decides_nothing(world: Any) -> None:
    """BR-56: the recommendation is signed and shown to the deciding council; the entry waits on."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        experts = sitting(world, "EXPERT")
        experts.draft("1")
        experts.propose()
        experts.come(number="1")
        experts.resolve()
        experts.vote_all()
        experts.freeze()
        experts.sign_all()
        assert queries.entry(world.secretary, entry_id).state == "SCORED_FINAL"
        assert decided(world) == []
        assert [one["what"] for one in lines(world, "DECISION")] == ["RECOMMENDED"]
        council = sitting(world)
        council.draft()
        council.propose()
        assert [one.recommended for one in council.card().decisions] == ["AWARD_STATUS"]


def test_observers_are_listed_and_have_no_vote(world: Any) -> None:
    """BR-62: an observer is named in the protocol, votes on nothing, signs nothing, is not in the quorum."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        observer = person(Role.TMS)
        with pytest.raises(Refused, match="BR-62"):
            council.come(observers=(observer.person_id,))
        guest = world.human(world.organisation(), "Наблюдателева")
        council.come(3, 4, observers=(guest,))
        seats = {one.person_id: one for one in council.card().seats}
        assert (seats[guest].role, seats[guest].votes) == ("OBSERVER", False)
        assert council.card().present == 3
        watcher = person(Role.TMS)
        object.__setattr__(watcher, "person_id", guest)
        with pytest.raises(NotFound):
            council.card(watcher)
        for act in (
            lambda: council.vote(watcher),
            lambda: actions.sign_protocol(watcher, protocol_id=council.protocol_id),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_member_who_scored_is_named_with_the_entries(world: Any) -> None:
    """A member may be an expert of the edition; the protocol does not hide it (model 3.5)."""
    (entry_id,) = at_decision(world, 2)
    expert = next(iter(world.experts.values()))
    with world.at(10, 30):
        council = sitting(world)
        council.people[4] = expert
        with pytest.raises(Refused, match=r"3\.2 Council"):
            actions.compose_council(
                world.operator,
                edition_id=world.edition_id,
                kind="COORDINATION",
                title="Совет",
                members=[{"person_id": key, "role": "MEMBER"} for key in council.ids],
                reason="Приказ",
            )
        actions.compose_council(
            world.operator,
            edition_id=world.edition_id,
            kind="COORDINATION",
            title="Совет",
            members=members_of(council.ids),
            reason="Приказ № 5",
        )
        council.draft()
        seats = {one.person_id: one for one in council.card().seats}
        assert seats[expert.person_id].entries_scored == ["CITY-XIX-N1-001"]
        assert seats[council.ids[0]].entries_scored == ()
    assert read().get(Entry, entry_id) is not None


def test_who_has_left_the_council_stays_in_the_sessions_held(world: Any) -> None:
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        council.sign_all()
        change = {
            "edition_id": world.edition_id,
            "kind": "COORDINATION",
            "title": "Совет",
            "members": members_of(council.ids[:4]),
        }
        with pytest.raises(Refused, match=r"3\.2 Council.*причину"):
            actions.compose_council(world.operator, **change)
        actions.compose_council(world.operator, **change, reason="Уволилась")
        assert len(queries.councils(world.secretary, world.edition_id)[0].members) == 4
        assert len(council.card().seats) == 5
    assert len(lines(world, "COUNCIL_CHANGED")) == 2


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISATION, Role.OPERATOR, Role.COUNCIL])
def test_sessions_are_written_by_their_secretary_only(world: Any, role: Role) -> None:
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        stranger = person(role)
        for act in (
            lambda: actions.draft_session(
                stranger, council_id=council.council_id, number="9", date=date(2020, 10, 30)
            ),
            lambda: actions.edit_agenda(stranger, protocol_id=council.protocol_id, items=[]),
            lambda: actions.freeze_protocol(stranger, protocol_id=council.protocol_id),
            lambda: actions.count_by_hand(stranger, protocol_id=council.protocol_id, note="x", counts=[]),
            lambda: actions.sign_on_paper(stranger, protocol_id=council.protocol_id, note="x"),
            lambda: actions.revise_protocol(stranger, protocol_id=council.protocol_id, reason="x"),
            lambda: actions.issue_protocol(stranger, protocol_id=council.protocol_id),
        ):
            with pytest.raises(NotAllowed):
                act()
        if role in (Role.EXPERT, Role.ORGANISATION):
            with pytest.raises(NotFound):
                council.card(stranger)
        # The council's own secretary may.
        actions.edit_agenda(council.people[1], protocol_id=council.protocol_id, items=[{"title": "Итоги"}])
        assert [one.title for one in council.card().items] == ["Итоги"]


def test_a_nomination_is_taken_off_the_agenda_again(world: Any) -> None:
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.vote_all()
        actions.drop_nomination(
            world.secretary, protocol_id=council.protocol_id, nomination_id=world.nominations["N1"]
        )
        card = council.card()
        assert (list(card.decisions), [one.title for one in card.items]) == ([], ["Разное"])
        with pytest.raises(Refused, match="BR-57"):
            council.propose("N2")


def test_results_are_counted_anew_when_appeals_end(world: Any) -> None:
    """BR-60: places, scores and titles follow the sheets; a title of the council's own reason stays."""
    first, second = at_decision(world, 2, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        council.sign_all()
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        assert queries.published_results(PUBLIC, world.edition_id)[0].entry_id == first
        with work(world.secretary) as u:
            for sheet in u.session.scalars(sa.select(ScoreSheet).where(ScoreSheet.entry_id == first)):
                sheet.percent = sheet.percent - 10
        with work(world.secretary) as u:
            changed = settle(u, u.session.get(ContestEdition, world.edition_id))
            assert {one.id for one in changed} == {first, second}
        (line, other) = queries.published_results(PUBLIC, world.edition_id)
        assert (line.entry_id, line.place, line.title.value) == (second, 1, "WINNER")
        assert (other.place, other.title.value, str(other.final_score)) == (2, "PRIZE_WINNER", "90.00")
        with work(world.secretary) as u:
            assert settle(u, u.session.get(ContestEdition, world.edition_id)) == []
    with world.at(11, 6):
        actions.close_appeals(world.secretary, edition_id=world.edition_id)


def test_a_commission_of_appeals_decides_about_no_nomination(world: Any) -> None:
    """BR-59: its business is appeals; it may sit, sign and be published without the results."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world, "APPEAL")
        council.draft()
        with pytest.raises(Refused, match="BR-59"):
            council.propose()
        council.come()
        council.resolve()
        council.freeze()
        council.sign_all()
        actions.publish_protocol(world.secretary, protocol_id=council.protocol_id)
        assert council.card(PUBLIC).state == "PUBLISHED"


def test_what_does_not_exist_is_not_found(world: Any) -> None:
    """Other people's keys and made-up ones answer alike."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        nowhere = ids.new_id()
        for act in (
            lambda: actions.draft_session(
                world.secretary, council_id=nowhere, number="1", date=date(2020, 10, 30)
            ),
            lambda: actions.freeze_protocol(world.secretary, protocol_id=nowhere),
            lambda: actions.sign_protocol(council.people[0], protocol_id=nowhere),
            lambda: queries.session_card(world.secretary, nowhere),
            lambda: actions.propose_nomination(
                world.secretary, protocol_id=council.protocol_id, nomination_id=nowhere
            ),
            lambda: actions.edit_agenda(
                world.secretary,
                protocol_id=council.protocol_id,
                items=[{"title": "Чужая номинация", "nomination_id": nowhere}],
            ),
        ):
            with pytest.raises(NotFound):
                act()
        with pytest.raises(Refused, match=r"3\.2 Council.*не найден"):
            actions.compose_council(
                world.operator,
                edition_id=world.edition_id,
                kind="JURY",
                title="Жюри",
                members=members_of([nowhere, ids.new_id(), ids.new_id()]),
            )
        with pytest.raises(Refused, match="BR-57.*уже есть"):
            council.draft()
        with pytest.raises(Refused, match="BR-57.*не член"):
            council.come(chair_id=nowhere)


def test_signatures_given_at_the_same_moment_all_count(world: Any) -> None:
    """Model 3.3: the last two signatures see one another; the decision is told once."""
    at_decision(world, 2)
    with world.at(10, 30):
        council = sitting(world)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
    states: list[str] = []

    def sign(who: Any) -> None:
        with clock.at(moment(10, 30)), world.app.app_context():
            states.append(actions.sign_protocol(who, protocol_id=council.protocol_id))

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(sign, who)) for who in council.people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == [*["ON_SIGNING"] * 4, "SIGNED"]
    assert decided(world) == ["AWARD_STATUS"]
