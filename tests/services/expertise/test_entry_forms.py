"""Entries by a form: versions, sections from data, completeness, authors (BR-36, BR-41; seed 1.2, 4.1–4.6)."""

from datetime import date
from typing import Any

import pytest

from services.expertise import actions, queries
from services.expertise.model import ContestEdition
from services.expertise.queries import found
from services.expertise.queries.facts import entry_facts
from services.expertise.queries.network import network_facts
from shared import clock, ids
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import deliver, person
from shared.unit import read

from .conftest import moment
from .forms import SECTIONS, enclose, open_with_form, tell_act

NOMINATION = {"code": "N", "title": "Н", "entry_kind": "PROJECT", "rubric_code": "R-PROJECT"}


def test_a_form_never_changes_it_gets_a_next_version(world: Any) -> None:
    """BR-36, as rubrics: the nomination keeps the version it has chosen."""
    first = open_with_form(world)
    second = actions.add_template(world.operator, code="FORM", title="Форма, ред. 2", sections=SECTIONS[:1])
    views = {one.template_id: one for one in queries.templates()}
    assert [(views[key].number, views[key].is_latest, views[key].used) for key in (first, second)] == [
        (1, False, 1),
        (2, True, 0),
    ]
    with pytest.raises(Refused, match="BR-36"):
        actions.use_template(world.secretary, nomination_id=world.nominations["N1"], template_id=second)


@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.EXPERT, Role.COUNCIL, Role.IRO])
def test_forms_are_kept_by_operator_and_secretary(world: Any, role: Role) -> None:
    world.draft_edition()
    who = person(role)
    with pytest.raises(NotAllowed):
        actions.add_template(who, code="F", title="Форма", sections=SECTIONS)
    with pytest.raises(NotAllowed):
        actions.use_template(who, nomination_id=world.nominations["N1"], template_id=None)


def test_an_edition_is_not_drafted_with_an_unknown_form(world: Any) -> None:
    world.draft_edition()
    with pytest.raises(Refused, match="NONE"):
        actions.draft_edition(
            world.operator,
            series_id=_series(world),
            year=2021,
            title="Выпуск",
            opens_on=_day(),
            closes_on=_day(),
            stages=_stages(world),
            nominations=[
                {**NOMINATION, "template_code": "NONE"},
            ],
        )


def test_an_incomplete_entry_is_not_filed_and_says_what_is_missing(world: Any) -> None:
    open_with_form(world, attachments=("PROGRAMME", "CALENDAR_PLAN"))
    school = world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        entry_id = world.draft(school)
        with pytest.raises(Refused, match=r"1\.1, 1\.2"):
            actions.submit_entry(who, entry_id=entry_id)
        for code in ("1.1", "1.2"):
            actions.write_section(who, entry_id=entry_id, code=code, text="Текст")
        enclose(world, who, entry_id)
        with pytest.raises(Refused) as refusal:
            actions.submit_entry(who, entry_id=entry_id)
        assert refusal.value.params["kinds"] == ["календарный план"]
        assert [one.value for one in queries.entry(who, entry_id).missing_files] == ["CALENDAR_PLAN"]
        enclose(world, who, entry_id, "CALENDAR_PLAN")
        actions.submit_entry(who, entry_id=entry_id)
        with pytest.raises(Refused, match="BR-37"):
            actions.write_section(who, entry_id=entry_id, code="1.1", text="Поздно")


def test_a_section_is_filled_refreshed_and_edited(world: Any) -> None:
    """Seed 1.2: the text is a proposal; the entry keeps it, the day of the data and whether it was edited."""
    open_with_form(world)
    tell_act(world)
    gone = tell_act(world, "611", in_force_to="2020-01-01")
    assert gone
    school = world.organisation()
    who = world.applicant(school)

    def section() -> Any:
        return next(one for one in queries.entry(who, entry_id).sections if one.code == "1.2")

    with world.at(9, 10):
        entry_id = world.draft(school)
        proposed = queries.proposal(who, entry_id, "1.2")
        assert proposed is not None and proposed.origins == [("акты реестра", 1)]
        actions.fill_section(who, entry_id=entry_id, code="1.2")
        assert "№ 273-ФЗ" in section().text and "611" not in section().text
        assert (section().edited, str(section().data_on)) == (False, "2020-09-10")
        actions.write_section(who, entry_id=entry_id, code="1.2", text=section().text + "\nИ ещё одно")
        assert (section().edited, str(section().data_on)) == (True, "2020-09-10")
    tell_act(world, "497")
    with world.at(9, 11):
        actions.fill_section(who, entry_id=entry_id, code="1.2")
        assert "№ 497" in section().text
        assert (section().edited, str(section().data_on)) == (False, "2020-09-11")
        with pytest.raises(Refused, match="пишут сами"):
            actions.fill_section(who, entry_id=entry_id, code="1.1")
        with pytest.raises(Refused, match=r"9\.9"):
            actions.write_section(who, entry_id=entry_id, code="9.9", text="Текст")
        assert queries.proposal(who, entry_id, "1.1") is None


def test_the_network_of_the_day_by_messages(world: Any) -> None:
    """4.1, 4.3–4.6 by copies: an ended agreement, a platform out of its term and a repealed act are not told."""
    operator, tms, gone = world.organisation(name="КНМЦ"), world.organisation(name="ИМЦ"), world.organisation()
    for number, (key, ended) in enumerate(((tms, None), (gone, "2020-06-01"))):
        deliver(
            world.app,
            "registry.agreement.changed.v1",
            {
                "agreement_id": ids.new_id(), "number": str(number), "date": "2019-03-12", "operator_id": operator,
                "tms_id": key, "municipality_oktmo": "03625000", "subject_text": "", "valid_from": "2019-03-12",
                "valid_to": "2021-12-31", "state": "IN_FORCE", "in_force_from": "2019-03-12", "ended_on": ended,
            },
        )  # fmt: skip
    for period in (["2019-01-01", "2021-12-31"], ["2018-01-01", "2019-12-31"]):
        deliver(
            world.app,
            "registry.platform.changed.v1",
            {
                "platform_id": ids.new_id(), "kind": "MUNICIPAL", "topic": "Тема", "holder_ids": [str(tms)],
                "hub_id": None, "member_ids": [str(gone)], "state": "ACTIVE", "counts_in_i02": True,
                "periods": [{"valid_from": period[0], "valid_to": period[1], "act_id": None}],
            },
        )  # fmt: skip
    deliver(
        world.app,
        "registry.roadmap.changed.v1",
        {
            "roadmap_id": ids.new_id(), "title": "Дорожная карта", "approved_on": "2019-09-30",
            "items": [{"item_id": ids.new_id(), "no": "1", "section": "NORMATIVE", "title": "Пункт",
                       "due_on": "2020-12-31", "state": "PLANNED", "done_on": None, "cancelled_on": None}],
        },
    )  # fmt: skip
    deliver(
        world.app,
        "registry.transformation.changed.v1",
        {
            "transformation_id": ids.new_id(), "municipality_oktmo": "03625000", "tms_id": tms,
            "stage": "TRANSFORMED", "since": "2019-06-01",
        },
    )  # fmt: skip
    deliver(
        world.app,
        "events.event.changed.v1",
        {
            "event_id": ids.new_id(), "kind": "WEBINAR", "title": "Основы", "mode": "ONLINE", "state": "HELD",
            "date_precision": "DAY", "starts_on": "2020-04-16", "ends_on": None, "organiser_ids": [],
            "series_name": None, "ordinal": None,
        },
    )  # fmt: skip
    with world.at(9, 10):
        facts = network_facts(read(), clock.today())
    assert (facts.platforms, facts.organisations, facts.municipalities) == (1, 2, ["Крымский район"])
    assert facts.operator is not None and facts.operator.startswith("КНМЦ")
    assert [one.organisation for one in facts.participants] == [f"ИМЦ № {tms}"]
    assert [len(one) for one in (facts.events, facts.roadmaps, facts.transformations)] == [1, 1, 1]


def test_strangers_write_nothing(world: Any) -> None:
    open_with_form(world)
    school = world.organisation()
    with world.at(9, 10):
        entry_id = world.draft(school)
        for who in (world.applicant(world.organisation()), world.council, world.operator, person(Role.EXPERT)):
            with pytest.raises(NotAllowed):
                actions.write_section(who, entry_id=entry_id, code="1.1", text="Чужое")
            with pytest.raises(NotAllowed):
                actions.fill_section(who, entry_id=entry_id, code="1.2")
            with pytest.raises((NotAllowed, NotFound)):
                queries.proposal(who, entry_id, "1.2")


def test_authors_are_kept_by_identifier_or_by_name(world: Any) -> None:
    """BR-41: an author of the registry is a conflict; anybody else is only a name (PD-12)."""
    world.open()
    school = world.organisation()
    who = world.applicant(school)
    author = world.human(school, "Авторова")
    authors = [
        {"person_id": author, "name": "не хранится", "role": "SUPERVISOR"},
        {"person_id": None, "name": " Иванов  Пётр ", "role": "AUTHOR"},
        {"person_id": None, "name": "  ", "role": "AUTHOR"},
    ]
    with world.at(9, 10):
        entry_id = world.draft(school, authors=authors)
        named = {(one.person_id, one.name, one.role.value) for one in queries.entry(who, entry_id).authors}
        assert named == {(author, "Авторова А.", "SUPERVISOR"), (None, "Иванов Пётр", "AUTHOR")}
        edition = read().get(ContestEdition, world.edition_id)
        assert edition is not None
        facts = entry_facts(read(), edition, [found.entry(read(), entry_id)])
        assert facts[0].author_ids == {author}
        actions.edit_entry(who, entry_id=entry_id, topic="Тема", authors=authors[:1])
        assert len(queries.entry(who, entry_id).authors) == 1
        with pytest.raises(Refused) as refusal:
            actions.edit_entry(who, entry_id=entry_id, topic="Тема", authors=[{"person_id": ids.new_id()}])
        assert refusal.value.field == "authors"


def test_people_are_offered_only_of_ones_own_organisations(world: Any) -> None:
    school, other = world.organisation(), world.organisation()
    own = world.human(school)
    world.human(other)
    assert [key for key, _ in queries.author_choices(world.applicant(school), [school, other])] == [own]


def test_a_past_entry_is_recorded_as_it_was_filed(world: Any) -> None:
    """A known entry of an edition before the system has its sections and no invented result."""
    world.draft_edition()
    actions.add_template(world.secretary, code="OLD", title="Форма", sections=SECTIONS)
    edition_id = actions.record_past_edition(
        world.secretary,
        series_id=_series(world),
        year=2015,
        title="Прошлый",
        opens_on=_day(),
        closes_on=_day(),
        nominations=[
            {**NOMINATION, "template_code": "OLD"},
        ],
    )
    nomination_id = queries.edition(world.operator, edition_id).nominations[0].nomination_id
    school = world.organisation()
    values = {
        "nomination_id": nomination_id, "applicant_id": school, "topic": "Сеть", "submitted_at": moment(9, 1),
    }  # fmt: skip
    entry_id = actions.record_past_entry(
        world.secretary, edition_id=edition_id, answers={"1.1": "Как было"}, **values
    )
    card = queries.entry(world.applicant(school), entry_id)
    assert (card.state.value, card.reg_no, card.sections[0].text) == ("SUBMITTED", None, "Как было")
    with pytest.raises(Refused, match=r"8"):
        actions.record_past_entry(world.secretary, edition_id=edition_id, answers={"8": "Нет"}, **values)
    with pytest.raises(NotAllowed):
        actions.record_past_entry(world.applicant(school), edition_id=edition_id, **values)
    with pytest.raises(NotFound):
        actions.record_past_entry(world.secretary, edition_id=world.edition_id, **values)
    with pytest.raises(Refused, match="прошлых"):
        actions.record_past_entry(
            world.secretary,
            edition_id=world.edition_id,
            **{**values, "nomination_id": world.nominations["N1"]},
        )


def _day() -> Any:
    return date(2021, 1, 11)


def _series(world: Any) -> Any:
    return actions.add_contest_series(
        world.secretary, name="Серия", organiser_id=world.organisation(), code="OLD"
    )


def _stages(world: Any) -> list[dict[str, Any]]:
    return [
        {"order": n, "kind": kind, "opens_at": moment(9, n), "closes_at": moment(9, n + 1)}
        for n, kind in enumerate(("SUBMISSION", "CORRESPONDENCE", "DECISION"), 1)
    ]
