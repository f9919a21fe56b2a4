"""The demonstration: loaded once, compared with its outline, and every case of the outline found again."""

import io
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import docx
import pytest
import sqlalchemy as sa
from werkzeug.test import Client

from services.demo import check, load
from services.demo.outline import day, moment, outline
from services.events import queries as events
from services.expertise import queries as expertise
from services.expertise.rules.vocabulary import AssignmentKind, EntryState, SheetState, StageKind, TieBreaker
from services.local import ACCOUNTS, FACTORIES, Local
from services.registry import actions as registry_actions
from services.registry import queries as registry
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import Evidence, PlatformState, ProposalState
from services.reports import actions as report_actions
from services.reports import queries as reports
from services.reports.rules.terms import Edition, FileFormat
from shared import clock
from shared.person import PUBLIC, Person
from shared.service import current
from shared.unit import read

CASES = outline()["cases"]
KRASNODAR = "03701000"
LATIN = "\u0043еверского"


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[Local]:
    """The demo, loaded once."""
    suite = Local(demo_folder)
    yield suite
    suite.close()


@pytest.fixture
def copy(demo: Local, tmp_path: Path) -> Local:
    """A copy of the loaded demo that may be spoiled."""
    for name in FACTORIES:
        with (
            sqlite3.connect(demo.folder / f"{name}.db") as source,
            sqlite3.connect(tmp_path / f"{name}.db") as target,
        ):
            source.backup(target)
    (tmp_path / "secret").write_text((demo.folder / "secret").read_text())
    return Local(tmp_path)


def rows(suite: Local, service: str, table: str) -> list[Any]:
    """All rows of a table."""
    with suite.apps[service].app_context():
        return list(read().execute(sa.select(current().db.metadata.tables[table])).all())


def somebody(demo: Local, cabinet: str) -> Person:
    """Whoever signs in with an account of the demo."""
    login, password = load.accounts(demo.folder)[cabinet]
    with demo.apps["registry"].app_context():
        return registry_actions.sign_in(login, password)


def edition_id(demo: Local) -> UUID:
    (found,) = (row.id for row in rows(demo, "expertise", "contest_edition") if row.ordinal == 19)
    return UUID(str(found))


def card(demo: Local, entry: str) -> Any:
    """An entry of the XIX contest as the secretary sees it; ``entry`` is a name of the outline (N1-007)."""
    (found,) = (row.id for row in rows(demo, "expertise", "entry") if (row.reg_no or "").endswith(entry))
    with demo.apps["expertise"].app_context():
        return expertise.entry(Person.system("expertise"), found)


def standing(demo: Local, *entries: str) -> list[Any]:
    """Lines of the rating of a nomination, in the order asked."""
    secretary = Person.system("expertise")
    with demo.apps["expertise"].app_context():
        nominations = {
            n.code: n.nomination_id for n in expertise.edition(secretary, edition_id(demo)).nominations
        }
        rating = expertise.rating(secretary, edition_id(demo), nominations[entries[0].split("-")[0]])
    by_name = {"-".join(line.label.split("-")[-2:]): line for line in rating}
    return [by_name[entry] for entry in entries]


def test_everything_comes_out_as_the_outline_says(demo: Local, capsys: pytest.CaptureFixture[str]) -> None:
    """The oracle of the outline, the copies and the messages."""
    assert check.report(demo) == 0, capsys.readouterr().out
    assert "✗" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("service", "table", "column", "expected"),
    [
        ("reports", "platform", "id", "✗ I-02"),
        ("reports", "agreement", "id", "✗ I-03"),
        ("events", "organisation", "source_version", "✗ registry.organisation → events.organisation"),
    ],
)
def test_check_fails_loudly(
    copy: Local, capsys: pytest.CaptureFixture[str], service: str, table: str, column: str, expected: str
) -> None:
    """One row taken away or grown old is enough."""
    with sqlite3.connect(copy.folder / f"{service}.db") as database:
        if column == "id":
            wanted = "WHERE counts_in_i02" if table == "platform" else ""
            database.execute(f"DELETE FROM {table} WHERE id = (SELECT id FROM {table} {wanted} LIMIT 1)")
        else:
            database.execute(
                f"UPDATE {table} SET {column} = {column} + 1 WHERE id = (SELECT min(id) FROM {table})"
            )
    assert check.report(copy) == 1
    assert expected in capsys.readouterr().out


def test_numbers_can_be_asked_for_any_day(demo: Local) -> None:
    """BR-64: before the order of December 2020 there were 67 platforms; SC-18: AG07 ended on 1 April 2021."""
    system = Person.system("reports")
    with demo.apps["reports"].app_context():
        for text, platforms, agreements in (
            ("2019-03-01", 67, 0), ("2020-11-30", 67, 11), ("2020-12-31", 87, 11), ("2021-04-02", 87, 10),
        ):  # fmt: skip
            values = {v.code: v.value for v in reports.indicators(system, day(text), day(text), day(text))}
            assert (values["I-02"], values["I-03"]) == (platforms, agreements), text
        (share,) = (
            v
            for v in reports.indicators(
                system, day("2016-12-31"), day("2016-01-01"), day("2016-12-31"), KRASNODAR
            )
            if v.code == "I-01"
        )
        assert (share.comparator, share.value) == (">", Decimal(37))


def test_a_second_start_keeps_the_data(demo: Local) -> None:
    """Nothing is loaded twice, the accounts stay the same."""
    before = (demo.folder / ACCOUNTS).read_text()
    again = Local(demo.folder)
    assert again.loaded.exists() and not Local.is_half_loaded(demo.folder)
    assert len(rows(again, "registry", "organisation")) == len(rows(demo, "registry", "organisation"))
    assert (demo.folder / ACCOUNTS).read_text() == before
    again.close()


def test_a_half_load_is_noticed_and_wiped(tmp_path: Path) -> None:
    """Without the mark the folder is not taken for a loaded demo; foreign files stay."""
    (tmp_path / "mine.txt").write_text("mine")
    Local(tmp_path).close()
    assert Local.is_half_loaded(tmp_path)
    Local.wipe(tmp_path)
    assert not Local.is_half_loaded(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_doors_open_when_the_demo_is_in(tmp_path: Path) -> None:
    """503 with Retry-After on every path while loading, 200 afterwards."""
    suite = Local(tmp_path)
    client = Client(suite.wsgi())
    for path in ("/", "/readyz", "/registry/", "/registry/readyz", "/events/api/v1/events"):
        answer = client.get(path)
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0, path
    assert "загружается" in client.get("/registry/").text
    suite.loaded.touch()
    assert client.get("/readyz").status_code == 200
    assert client.get("/").headers["Location"] == "/registry/"
    assert client.get("/registry/").status_code == 200
    suite.close()


def test_every_cabinet_has_an_account(demo: Local) -> None:
    """Ten cabinets, passwords drawn for this folder, a file that only its owner reads."""
    accounts = load.accounts(demo.folder)
    assert len(accounts) == 10 and len({password for _, password in accounts.values()}) == 10
    assert stat.S_IMODE((demo.folder / ACCOUNTS).stat().st_mode) == 0o600
    for cabinet in accounts:
        assert somebody(demo, cabinet).grants, cabinet
    shown = load.welcome(demo, "http://localhost:8000/")
    assert all(login in shown and password in shown for login, password in accounts.values())
    assert not set(dict(accounts.values()).values()) & set(str(outline()).split())


def test_people_are_synthetic(demo: Local) -> None:
    """Invented names, mail at example.org only, no two people of one name."""
    people = rows(demo, "registry", "person")
    assert people and all(person.is_synthetic for person in people)
    assert len({person.search_key for person in people}) == len(people)
    mails = [row.email for row in rows(demo, "events", "registration") if row.email]
    assert mails and all(mail.endswith("@example.org") for mail in mails)


def test_territory_and_organisations(demo: Local) -> None:
    """44 municipalities, four renamed in 2025 (SC-19), 246 organisations of Krasnodar, 30–70 elsewhere."""
    with demo.apps["registry"].app_context():
        assert len(registry.municipalities()) == 44
        assert registry.municipality_names(AsOf(day("2020-12-31")))["03655000"] == "Туапсинский район"
        assert registry.municipality_names(AsOf(day("2025-01-01")))["03655000"] == "Туапсинский муниципальный округ"
    schools: dict[str, int] = {}
    for row in rows(demo, "registry", "organisation"):
        if row.edu_kind:
            schools[row.municipality_oktmo] = schools.get(row.municipality_oktmo, 0) + 1
    assert schools.pop(KRASNODAR) == 246
    assert len(schools) == 11 and all(30 <= number <= 70 for number in schools.values())


def test_sc19_a_report_of_2020_issued_in_2025_prints_the_names_of_2020(demo: Local, copy: Local) -> None:
    """SC-19: «Туапсинский район» becomes an okrug in 2025; what is said of 2020 keeps the old name (BR-11, BR-64)."""
    old, new = "Туапсинский район", "Туапсинский муниципальный округ"
    operator = somebody(demo, "operator")
    with copy.apps["reports"].app_context(), clock.at(day("2025-06-01")):
        for text, name, other in (("2020-12-30", old, new), ("2025-02-01", new, old)):
            on = day(text)
            key = report_actions.issue_network_report(
                operator, as_of=on, period_from=on.replace(month=1, day=1), period_to=on
            )
            content = reports.report(operator, key).content
            assert name in content["transformed"] and other not in content["transformed"]
            agreements = {one["municipality"] for one in content["agreements"]}
            assert (old in agreements, new in agreements) == (on.year == 2020, False)
            paper = reports.report_file(operator, key, Edition.FULL, FileFormat.DOCX).content
            words = " ".join(cell.text for cell in cells(paper))
            assert name in words and other not in words
    copy.close()


def cells(paper: bytes) -> Iterator[Any]:
    """All cells of the tables of a document."""
    for table in docx.Document(io.BytesIO(paper)).tables:
        for row in table.rows:
            yield from row.cells


def test_the_project_and_its_roadmap(demo: Local) -> None:
    """The roadmap of «Движение вверх» on the day of the demonstration: six of eight items due are done (I-18)."""
    operator, tms = somebody(demo, "operator"), somebody(demo, "tms")
    with demo.apps["registry"].app_context():
        first, second = registry.projects(operator)
        assert (len(first.tasks), len(first.targets), second.name[:7]) == (6, 11, "Научно-")
        cards = {row.roadmap.project_id: row.roadmap.id for row in registry.roadmaps(operator)}
        card = registry.roadmap(tms, cards[first.id], on=day("2020-12-31"))
        assert [row.no for row in card.items][-3:] == ["2.7", "3.1", "3.2"]
        assert (card.progress.due, card.progress.done, card.progress.late) == (8, 6, 0)
        own = registry.roadmap(tms, cards[None], on=day("2020-12-31"))
        assert [row.standing.state.value for row in own.items] == ["DONE", "DONE", "DONE", "OVERDUE"]
        assert registry.proofs_of("03643000", first.targets[0].id, day("2020-12-31"))[Evidence.ROADMAP]


def test_eleven_municipalities_recommend_and_ask(demo: Local) -> None:
    """S-003: one recommendation of each municipality; the ТМС has its own cases and nobody else's (S-055)."""
    operator, tms = somebody(demo, "operator"), somebody(demo, "tms")
    with demo.apps["registry"].app_context():
        tally = registry.recommendation_tally(operator)
        assert (tally.submitted, tally.accepted, tally.realised, tally.municipalities) == (11, 9, 4, 11)
        assert (registry.cases(operator).total, registry.cases(tms).total) == (4, 2)
        numbers = registry.case_numbers(operator, day("2020-01-01"), day("2020-12-31"))
        assert (numbers.opened, numbers.closed, numbers.median_days) == (4, 1, 2)


def test_platforms_rest_on_the_decisions(demo: Local) -> None:
    """The decisions came by message and were enacted by one order: 20 awarded, 67 extended (BR-56)."""
    decisions = rows(demo, "registry", "status_proposal")
    assert len(decisions) == 87 and {row.state for row in decisions} == {ProposalState.ENACTED}
    outcomes = sorted(row.outcome.value for row in decisions)
    assert (outcomes.count("AWARD_STATUS"), outcomes.count("EXTEND")) == (20, 67)
    with demo.apps["registry"].app_context():
        active = registry.platforms(state=PlatformState.ACTIVE, on=day("2020-12-31"), size=500).items
    assert len(active) == 87 + 14 + 3 + 9 + 6
    holders = [(p.kind, p.topic_key, key) for p in (row.platform for row in active) for key in p.holder_ids]
    assert len(set(holders)) == len(holders), "BR-20"


def test_sc01_spread_extra_expert_and_mean(demo: Local) -> None:
    """50 points apart, one extra expert, the mean of the three is 79.67."""
    (line,) = standing(demo, CASES["SC-01"]["entry"])
    score = line.stages[StageKind.CORRESPONDENCE]
    assert (score.score, score.sheets, score.lacks_extra) == (Decimal("79.67"), 3, False)
    cells = [cell for cell in line.cells if cell.stage_kind is StageKind.CORRESPONDENCE]
    regular = sorted(cell.percent for cell in cells if cell.kind is AssignmentKind.REGULAR)
    extra = [cell.percent for cell in cells if cell.kind is AssignmentKind.EXTRA]
    assert (regular, extra) == ([Decimal(50), Decimal(100)], [Decimal(89)])


@pytest.mark.parametrize(("case", "breaker"), [("SC-02", TieBreaker.PRIORITY), ("SC-03", TieBreaker.EARLIER)])
def test_sc02_sc03_ties(demo: Local, case: str, breaker: TieBreaker) -> None:
    """Equal scores, neighbouring places, the tie-breaker that decided."""
    first, second = standing(demo, *CASES[case]["vectors"])
    assert first.final == second.final
    assert second.place == first.place + 1
    assert list(first.tie_breakers) == list(second.tie_breakers) == [breaker]


def test_no_other_ties(demo: Local) -> None:
    """Every other place is decided by the score."""
    finals = [
        (row.nomination_id, row.final_score) for row in rows(demo, "expertise", "entry") if row.final_score
    ]
    assert len(finals) - len(set(finals)) == 2


def test_sc04_expert_of_the_applicant_stays_out(demo: Local) -> None:
    """An expert works in the applicant's organisation and has no assignment in that nomination (BR-41)."""
    applicant = card(demo, CASES["SC-04"]["entry"]).applicant_id
    people = {row.id for row in rows(demo, "expertise", "person") if row.organisation_id == applicant}
    (expert,) = (row.id for row in rows(demo, "expertise", "expert_profile") if row.person_id in people)
    entries = {row.id: row.reg_no for row in rows(demo, "expertise", "entry")}
    given = [
        entries[row.entry_id] for row in rows(demo, "expertise", "assignment") if row.expert_id == expert
    ]
    assert given and not any("-N2-" in reg_no for reg_no in given)


def test_sc05_recusal_and_replacement(demo: Local) -> None:
    """Who stepped back after reading signed nothing; three others did."""
    entry = card(demo, CASES["SC-05"]["entry"])
    states = [
        row.state.value for row in rows(demo, "expertise", "assignment") if row.entry_id == entry.entry_id
    ]
    assert (states.count("RECUSED"), states.count("DONE")) == (1, 6)


def test_sc06_fixed_in_the_last_minute(demo: Local) -> None:
    """Conditional admission, fixed at 17:59 with the deadline at 18:00."""
    entry = card(demo, CASES["SC-06"]["entry"])
    (found,) = entry.checks
    assert found.fix_until == moment(outline()["contest"]["fix_until"])
    assert found.fixed_at == found.fix_until - timedelta(minutes=1)
    assert entry.state is EntryState.AWARDED


def test_sc07_not_fixed_and_rejected(demo: Local) -> None:
    """Conditional admission that nobody used: the only rejected entry of the contest."""
    assert card(demo, CASES["SC-07"]["entry"]).state is EntryState.REJECTED
    states = [row.state for row in rows(demo, "expertise", "entry")]
    assert (states.count(EntryState.REJECTED), states.count(EntryState.AWARDED)) == (1, 87)


def test_sc08_revised_topic(demo: Local) -> None:
    """The topic was sharpened on the secretary's return and goes into the status."""
    entry = card(demo, CASES["SC-08"]["entry"])
    (revision,) = entry.revisions
    assert revision.new_topic == entry.topic != revision.old_topic
    assert entry.topic in {row.topic for row in rows(demo, "registry", "platform")}


def test_sc09_spoiled_sheet_replaced(demo: Local) -> None:
    """The spoiled sheet is kept with the reason, the new one says which it replaces (BR-46)."""
    entry = card(demo, CASES["SC-09"]["entry"])
    sheets = [row for row in rows(demo, "expertise", "score_sheet") if row.entry_id == entry.entry_id]
    (spoiled,) = (row for row in sheets if row.state is SheetState.CANCELLED)
    (anew,) = (row for row in sheets if row.replaces_id == spoiled.id)
    assert spoiled.cancel_reason and anew.state is SheetState.SIGNED


def test_sc10_appeal_lowers_a_score_and_two_others_rise(demo: Local) -> None:
    """One appeal, heard by three; N1-012 loses 0.83 and two places, its status stays, signed sheets do too."""
    case = CASES["SC-10"]
    entry = card(demo, case["entry"])
    (appeal,) = rows(demo, "expertise", "appeal")
    assert (appeal.entry_id, appeal.state.value) == (entry.entry_id, "UPHELD_DOWN")
    assert (appeal.score_before, appeal.score_after) == (Decimal("80.67"), Decimal("79.84"))
    assert (appeal.place_before, appeal.place_after) == (14, 16)
    members = rows(demo, "expertise", "appeal_member")
    assert len(members) == 3 and not any(one.bar for one in members)
    assert entry.state is EntryState.AWARDED and entry.result is not None
    assert (entry.result.final_score, entry.result.rank) == (Decimal("79.84"), 16)
    for riser, place in zip(case["rises"], (14, 15), strict=True):
        result = card(demo, riser).result
        assert result is not None and result.rank == place
    sheets = [row for row in rows(demo, "expertise", "score_sheet") if row.entry_id == entry.entry_id]
    marks = sorted(row.scores[case["criterion"]] for row in sheets[-3:])
    assert len(sheets) == 6 and marks == ["1", "1", "2"], "the experts' marks stay as signed"
    (protocol,) = demo_protocols(demo, entry.edition_id)
    assert protocol.intact
    papers = [row.kind.value for row in rows(demo, "expertise", "paper") if row.object_id == appeal.id]
    assert papers == ["D21_APPEAL_DECISION"]


def demo_protocols(demo: Local, edition_id: UUID) -> list[Any]:
    """The protocols of an edition as its secretary sees them."""
    secretary = somebody(demo, "secretary")
    with demo.apps["expertise"].app_context():
        return expertise.protocols(secretary, edition_id)


def test_sc11_expert_and_observer(demo: Local) -> None:
    """A specialist of T09 observed the XVIII session and scored in the XIX contest."""
    people = {row.person_id for row in rows(demo, "events", "registration") if row.role == "OBSERVER"}
    assert people & {row.person_id for row in rows(demo, "expertise", "expert_profile")}


def test_sc12_two_acts_of_one_number(demo: Local) -> None:
    """№ 4719 of 2015 and № 4719 of 2016 are different acts (BR-01)."""
    with demo.apps["registry"].app_context():
        dates = sorted(row.act.date for row in registry.acts(size=500).items if row.act.number == "4719")
    assert dates == [day("2015-09-16"), day("2016-03-25")]


def test_sc13_latin_letter_merges(demo: Local) -> None:
    """T09 stands once, under Cyrillic letters; the raw spellings are kept and lead to it (BR-07)."""
    spelt = [row for row in rows(demo, "registry", "organisation_alias") if LATIN in row.text]
    assert len(spelt) == 2 and len({row.organisation_id for row in spelt}) == 1
    (found,) = (row for row in rows(demo, "registry", "organisation") if row.id == spelt[0].organisation_id)
    assert "Северского" in found.full_name
    with demo.apps["registry"].app_context():
        page = registry.organisations(PUBLIC, text=f"Информационно-методический центр {LATIN}")
    assert [row.id for row in page.items] == [found.id]


def test_sc14_replaced_order(demo: Local) -> None:
    """Order 611 ended when order 21н entered into force; citing it later deserves a warning (BR-05)."""
    (order,) = (row for row in rows(demo, "registry", "act") if row.number == "611")
    with demo.apps["registry"].app_context():
        assert registry.act(Person.system("registry"), order.id, day("2020-05-18")).stale


def test_sc15_zoom_report(demo: Local) -> None:
    """Re-joins, hidden mail, three names that belong to nobody, in both webinars."""
    operator = somebody(demo, "operator")
    webinars = {row.event_id for row in rows(demo, "events", "attendance")}
    assert len(webinars) == 2
    with demo.apps["events"].app_context():
        for event in webinars:
            table = events.attendance_table(operator, event)
            assert len(table.unmatched) == 3
            owners = [row.registration_id for row in table.matched]
            assert len(owners) > len(set(owners)), "somebody joined twice"
            assert any(row.raw_email is None for row in table.matched)
            assert {"JOIN_CODE", "EMAIL", "NAME"} == {row.matched_by.value for row in table.matched}
            states = [person.state.value for person in table.people]
            assert "NO_SHOW" in states and "CERTIFIED" in states
