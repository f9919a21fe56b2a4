"""The XIX contest from its draft to the final results (``contest``); rubrics, series, other editions."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.demo import scores
from services.demo.outline import application, day, moment, outline
from services.demo.world import Entrant, World
from services.expertise import actions as expertise
from services.expertise import queries
from shared.documents import Document, Paragraph

REQUIREMENTS = (
    "Заявка по форме", "Программа или отчёт", "Календарный план",
    "Решение коллегиального органа", "Согласование с учредителем",
)  # fmt: skip
SUMMARY = "Краткое описание работы: цели, этапы, ожидаемые результаты и участники (демонстрационный текст)."


def series_and_rubrics(world: World) -> None:
    """Three contest series, three rubrics, the editions of the past (``past_editions``)."""
    secretary = world.secretary
    with world.inside("expertise", day(outline()["contest"]["drafted_on"])):
        for item in outline()["contest_series"]:
            world.contests[item["key"]] = expertise.add_contest_series(
                secretary,
                name=item["name"],
                organiser_id=world.organisations[item["organiser"]],
                level=item["level"],
                code=item["code"],
            )
        for code, rubric in outline()["rubrics"].items():
            expertise.add_rubric(
                secretary,
                code=code,
                title=outline()["rubric_titles"][code],
                criteria=rubric["criteria"],
                scale=rubric["scale"],
            )
        expertise.add_template(secretary, **application()["template"])
    own = application()
    for item in outline()["past_editions"]:
        last = day(item["closes"])
        is_own = item["key"] == own["entry"]["edition"]
        with world.inside("expertise", max(last + timedelta(days=1), day(outline()["meta"]["entered_on"]))):
            edition_id = expertise.record_past_edition(
                secretary,
                series_id=world.contests[item["series"]],
                ordinal=item.get("ordinal"),
                year=item["year"],
                title=item["title"],
                opens_on=day(item["opens"]),
                closes_on=last,
                nominations=[{**own["nomination"], "template_code": own["template"]["code"]}] if is_own else (),
            )
            if is_own:
                _own_entry(world, edition_id)


def _own_entry(world: World, edition_id: UUID) -> None:
    """What the customer filed in 2020, section by section; how it ended, the seed does not say."""
    entry = application()["entry"]
    (nomination,) = queries.edition(world.secretary, edition_id).nominations
    expertise.record_past_entry(
        world.secretary,
        edition_id=edition_id,
        nomination_id=nomination.nomination_id,
        applicant_id=world.organisations[entry["applicant"]],
        topic=entry["topic"],
        submitted_at=moment(entry["submitted_at"]),
        answers=entry["answers"],
    )


def announced(world: World) -> None:
    """The edition is drafted by the secretary, approved by the operator, and accepts entries."""
    plan = outline()["contest"]
    with world.inside("expertise", day(plan["drafted_on"])):
        world.edition = _draft(world, plan, plan["nominations"])
    with world.inside("expertise", day(plan["approved_on"])):
        expertise.approve_edition(world.operator, edition_id=world.edition, act_ref=plan["act_ref"])
    advance(world, stage_of("SUBMISSION")["opens"])


def entries(world: World) -> None:
    """88 entries come in on ten working days and are registered at once by the secretary."""
    nominations = _nominations(world)
    turn = iter(_office_hours(moment(stage_of("SUBMISSION")["opens"])))
    paper = _enclosure()
    for nomination, entrant in _arrivals(world):
        with world.inside("expertise", next(turn)):
            entrant.entry_id = expertise.draft_entry(
                world.secretary,
                edition_id=world.edition,
                nomination_id=nominations[nomination],
                applicant_id=entrant.school.id,
                topic=entrant.topic,
                summary=SUMMARY,
                platform_id=entrant.platform_id,
            )
            expertise.add_file(
                world.secretary,
                entry_id=entrant.entry_id,
                kind="PROGRAMME" if nomination == "N1" else "REPORT",
                filename="Программа (демо).pdf" if nomination == "N1" else "Отчёт (демо).pdf",
                content=paper,
            )
            expertise.submit_entry(world.secretary, entry_id=entrant.entry_id)
            expertise.register_entry(world.secretary, entry_id=entrant.entry_id)
    advance(world, stage_of("SUBMISSION")["closes"])


def technical_check(world: World) -> None:
    """All are admitted but two: one is fixed a minute before the deadline (SC-06), one is not (SC-07)."""
    fix_until = moment(outline()["contest"]["fix_until"])
    fixed, lost = (world.entrant(outline()["cases"][case]["entry"]) for case in ("SC-06", "SC-07"))
    begins = moment(stage_of("TECHNICAL")["opens"]) + timedelta(hours=10)
    for minutes, (_, entrant) in enumerate(_arrivals(world)):
        conditional = entrant in (fixed, lost)
        with world.inside("expertise", begins + timedelta(minutes=5 * minutes)):
            expertise.check_entry(
                world.secretary,
                entry_id=entrant.entry_id,
                outcome="CONDITIONAL" if conditional else "ADMITTED",
                items=[
                    {
                        "requirement": requirement,
                        "ok": not (conditional and requirement == REQUIREMENTS[-1]),
                        "remark": "Нет подписи учредителя" if conditional else "",
                    }
                    for requirement in REQUIREMENTS
                ],
                fix_until=fix_until if conditional else None,
            )
    with world.inside("expertise", fix_until - timedelta(minutes=1)):
        expertise.fix_entry(
            world.secretary, entry_id=fixed.entry_id, note="Согласование с учредителем представлено"
        )
    with world.inside("expertise", fix_until + timedelta(minutes=1)):
        rejected = expertise.expire_fixes(world.secretary, edition_id=world.edition)
        assert rejected == 1, "SC-07: one entry was not fixed in time"
    advance(world, stage_of("CORRESPONDENCE")["opens"])


def decision(world: World) -> None:
    """The coordination council decides, the results are published, an appeal is heard, the term passes (D-06)."""
    protocol = outline()["contest"]["protocol"]
    on = day(protocol["date"])
    advance(world, stage_of("DECISION")["opens"])
    with world.inside("expertise", moment(protocol["date"], "15:00")):
        expertise.record_decisions(
            world.secretary,
            edition_id=world.edition,
            number=protocol["number"],
            date=on,
            chair=world.people["council"].name.short,
            secretary=world.people["secretary"].name.short,
            members_total=protocol["members"],
            present=protocol["present"],
            decisions=[
                {"entry_id": entrant.entry_id, "outcome": outcome, "votes_for": protocol["present"]}
                for outcome, entrant in _to_decide(world)
            ],
        )
    with world.inside("expertise", moment(protocol["date"], "18:00")):
        expertise.publish_results(world.secretary, edition_id=world.edition)
    _appeal(world)
    with world.inside("expertise", day(outline()["contest"]["appeals_closed_on"])):
        expertise.close_appeals(world.secretary, edition_id=world.edition)


def _appeal(world: World) -> None:
    """An applicant appeals and loses points; two others go up by one place (SC-10)."""
    case, plan = outline()["cases"]["SC-10"], outline()["contest"]["appeal_commission"]
    seats = {plan["chair"]: "CHAIR", plan["secretary"]: "SECRETARY", **dict.fromkeys(plan["members"], "MEMBER")}
    with world.inside("expertise", moment(case["filed"])):
        expertise.compose_council(
            world.operator,
            edition_id=world.edition,
            kind="APPEAL",
            title=plan["title"],
            members=[{"person_id": world.people[login].id, "role": role} for login, role in seats.items()],
        )
        appeal = expertise.file_appeal(
            world.secretary,
            entry_id=world.entrant(case["entry"]).entry_id,
            grounds=case["grounds"],
            criteria=[case["criterion"]],
        )
        expertise.accept_appeal(world.secretary, appeal_id=appeal)
    with world.inside("expertise", moment(case["heard"])):
        expertise.decide_appeal(
            world.secretary,
            appeal_id=appeal,
            outcome=case["outcome"],
            text=case["text"],
            members=[
                {"person_id": world.people[login].id, "presence": "PRESENT", "choice": "FOR"} for login in seats
            ],
            corrections=[
                {"stage_kind": case["stage"], "criterion": case["criterion"], "value": case["value"]}
            ],
        )
        expertise.issue_appeal_decision(world.secretary, appeal_id=appeal)


def next_edition(world: World) -> None:
    """The XX contest waits as a draft, with products as a new nomination (``next_contest``)."""
    plan = outline()["next_contest"]
    with world.inside("expertise", day(plan["drafted_on"])):
        _draft(world, plan, [*outline()["contest"]["nominations"], *plan["more_nominations"]])


def _enclosure() -> bytes:
    """One page that stands for the file of every entry."""
    return Document(
        title="Содержание работы (демонстрационный файл)",
        date=day(outline()["contest"]["dates"][0]),
        blocks=[
            Paragraph(SUMMARY),
            Paragraph("Один и тот же файл приложен ко всем заявкам демонстрации: настоящих работ в ней нет."),
        ],
    ).pdf()


def stage_of(kind: str) -> Mapping[str, Any]:
    """A stage of the XIX contest."""
    found: Mapping[str, Any] = next(
        stage for stage in outline()["contest"]["stages"] if stage["kind"] == kind
    )
    return found


def advance(world: World, at: str) -> None:
    """The edition goes on to its next stage at a moment of the outline."""
    with world.inside("expertise", moment(at)):
        expertise.advance_edition(world.secretary, edition_id=world.edition)


def _draft(world: World, plan: Mapping[str, Any], nominations: list[Mapping[str, Any]]) -> Any:
    opens, closes = (day(text) for text in plan["dates"])
    return expertise.draft_edition(
        world.secretary,
        series_id=world.contests[plan["series"]],
        ordinal=plan["ordinal"],
        year=plan["year"],
        title=plan["title"],
        opens_on=opens,
        closes_on=closes,
        stages=[
            {**stage, "opens_at": moment(stage["opens"]), "closes_at": moment(stage["closes"])}
            for stage in plan["stages"]
        ],
        nominations=[
            {
                "code": nomination["key"],
                "title": nomination["title"],
                "entry_kind": nomination["entry_kind"],
                "rubric_code": nomination["rubric"],
                "platform_kind": nomination.get("platform_kind"),
            }
            for nomination in nominations
        ],
        policy=outline()["contest"]["policy"],
    )


def _nominations(world: World) -> dict[str, Any]:
    with world.inside("expertise"):
        card = queries.edition(world.secretary, world.edition)
        return {nomination.code: nomination.nomination_id for nomination in card.nominations}


def _arrivals(world: World) -> list[tuple[str, Entrant]]:
    """Entries of all nominations in the order in which they come in, mixed evenly."""
    arrivals = [
        (number / len(entrants), nomination, entrant)
        for nomination, entrants in world.entrants.items()
        for number, entrant in enumerate(entrants)
    ]
    arrivals.sort(key=lambda one: one[:2])
    return [(nomination, entrant) for _, nomination, entrant in arrivals]


def _office_hours(first: datetime) -> Iterator[datetime]:
    """Nine moments of each working day, from nine in the morning on."""
    while True:
        if first.isoweekday() <= 5:
            yield from (first.replace(hour=hour) for hour in range(9, 18))
        first += timedelta(days=1)


def _to_decide(world: World) -> Iterator[tuple[str, Entrant]]:
    """Every entry that was not rejected, with the outcome of its nomination."""
    rejected = outline()["cases"]["SC-07"]["entry"]
    for nomination in outline()["contest"]["nominations"]:
        for number, entrant in enumerate(world.entrants[nomination["key"]], 1):
            if (nomination["key"], number) != scores.number_of(rejected):
                yield nomination["outcome"], entrant
