"""The experts of the XIX contest and the two rounds of their work, with the cases of ``cases``."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.demo import accounts, contest, events, scores
from services.demo.outline import day, moment, outline
from services.demo.people import Somebody
from services.demo.world import World
from services.expertise import actions as expertise
from services.expertise import queries
from shared.person import Person

#: Days from the assignment of a round to the first signed sheet, and over how many days sheets are signed.
READING, SIGNING = 4, 5


@dataclass(frozen=True)
class Seat:
    """An expert at an entry."""

    expert: Person
    assignment_id: UUID


#: Who sits at each entry of a round (``N1-007``), in the order in which experts were enrolled.
Seats = dict[str, list[Seat]]


def panel(world: World) -> None:
    """34 experts: two from each ТМС, twelve from organisations of Krasnodar (``experts``)."""
    plan = outline()["contest"]
    people = [person for key in events.services_of_network() for person in world.specialists[key]]
    people += _experts_of_city(world)
    world.experts = accounts.experts(world, people)
    world.settle()
    with world.inside("expertise", day(plan["approved_on"])):
        world.profiles = [
            expertise.enrol_expert(
                world.secretary,
                person_id=somebody.id,
                level="SENIOR" if number % 3 else "LEAD",
                max_load=plan["experts"]["max_load"],
            )
            for number, somebody in enumerate(people)
        ]


def correspondence(world: World) -> None:
    """The round by papers: revision (SC-08), recusal (SC-05), spoiled sheet (SC-09), dispute (SC-01)."""
    kind = "CORRESPONDENCE"
    cases = outline()["cases"]
    begins = moment(contest.stage_of(kind)["opens"]) + timedelta(hours=10)
    seats = _assigned(world, kind, begins)
    _revise(world, cases["SC-08"]["entry"], begins + timedelta(days=1))

    recused = cases["SC-05"]["entry"]
    first = seats[recused][0]
    with world.inside("expertise", begins + timedelta(days=2)):
        expertise.recuse(
            first.expert,
            assignment_id=first.assignment_id,
            reason="Лично знаю авторов отчёта, не могу оценивать непредвзято",
        )
        seats[recused][0] = _another(world, recused, seats[recused], kind)

    disputed = cases["SC-01"]["entry"]
    leaving = seats[disputed].pop()
    with world.inside("expertise", begins + timedelta(days=2)):
        expertise.recuse(
            leaving.expert,
            assignment_id=leaving.assignment_id,
            reason="Авторы проекта советовались со мной до подачи заявки",
        )

    spoiled = cases["SC-09"]["entry"]
    _spoil(world, spoiled, seats[spoiled][1], begins + timedelta(days=READING - 1))
    _sign_all(world, seats, kind, begins + timedelta(days=READING))

    with world.inside("expertise", begins + timedelta(days=READING + SIGNING + 1)):
        extra = _another(world, disputed, [*seats[disputed], leaving], kind, extra=True)
        _sign(extra, disputed, outline()["cases"]["SC-01"]["B3"])
    contest.advance(world, contest.stage_of("IN_PERSON")["opens"])


def in_person(world: World) -> None:
    """The round face to face."""
    kind = "IN_PERSON"
    begins = moment(contest.stage_of(kind)["opens"]) + timedelta(hours=10)
    _sign_all(world, _assigned(world, kind, begins), kind, begins + timedelta(days=1))


def _experts_of_city(world: World) -> list[Somebody]:
    """Experts from organisations that enter nothing, and one from an applicant (SC-04)."""
    nomination, number = scores.number_of(outline()["cases"]["SC-04"]["entry"])
    applicant = world.entrants[nomination][number - 1].school
    hosts = [applicant, *world.members][: outline()["contest"]["experts"]["krasnodar"]]
    with world.inside("registry", day(outline()["contest"]["drafted_on"])):
        return [accounts.enter(world, "Методист, эксперт конкурса", school.key) for school in hosts]


def _assigned(world: World, kind: str, at: datetime) -> Seats:
    """The secretary gives the entries out, every expert declares independence and accepts."""
    seats: Seats = {}
    with world.inside("expertise", at):
        expertise.assign_experts(
            world.secretary,
            edition_id=world.edition,
            stage_kind=kind,
            seed=outline()["meta"]["random_seed"],
        )
        for expert in world.experts:
            for line in queries.queue(expert, waiting_only=True):
                expertise.accept_assignment(expert, assignment_id=line.assignment_id)
                label = "-".join(line.reg_no.rsplit("-", 2)[1:])
                seats.setdefault(label, []).append(Seat(expert, line.assignment_id))
    return seats


def _another(world: World, entry: str, taken: list[Seat], kind: str, *, extra: bool = False) -> Seat:
    """The least loaded expert of a ТМС who has not sat at this entry takes a seat there and accepts."""
    tms = len(world.experts) - outline()["contest"]["experts"]["krasnodar"]
    free = [number for number in range(tms) if world.experts[number] not in [seat.expert for seat in taken]]
    number = min(free, key=lambda one: len(queries.queue(world.experts[one])))
    assignment = expertise.assign_expert(
        world.secretary,
        entry_id=world.entrant(entry).entry_id,
        stage_kind=kind,
        expert_id=world.profiles[number],
        kind="EXTRA" if extra else "REGULAR",
    )
    expertise.accept_assignment(world.experts[number], assignment_id=assignment)
    return Seat(world.experts[number], assignment)


def _revise(world: World, entry: str, at: datetime) -> None:
    """An entry goes back to the applicant to sharpen its topic and returns the next day (SC-08, F-05)."""
    entrant = world.entrant(entry)
    with world.inside("expertise", at):
        expertise.return_for_revision(
            world.secretary, entry_id=entrant.entry_id, remarks="Уточните тему: какой результат ожидается"
        )
    entrant.topic = entrant.topic.replace(" (демо)", ": от замысла к результату (демо)")
    with world.inside("expertise", at + timedelta(days=1)):
        expertise.resubmit_entry(world.secretary, entry_id=entrant.entry_id, topic=entrant.topic)


def _spoil(world: World, entry: str, seat: Seat, at: datetime) -> None:
    """An expert signs a sheet with scores of another entry; the secretary cancels it (SC-09)."""
    nomination = scores.number_of(entry)[0]
    criteria = outline()["rubrics"][_rubric_of(nomination)]["criteria"]
    with world.inside("expertise", at):
        sheet_id = _sign(seat, entry, [1] * len(criteria))
        expertise.cancel_sheet(
            world.secretary,
            sheet_id=sheet_id,
            reason="Внесены оценки другой работы, эксперт заполняет лист заново",
        )


def _sign_all(world: World, seats: Seats, kind: str, first: datetime) -> None:
    """Every seat signs its sheet; the sheets of a round are spread over several days."""
    for nomination in outline()["contest"]["nominations"]:
        for number, sheets in enumerate(scores.vectors(nomination), 1):
            entry = f"{nomination['key']}-{number:03d}"
            with world.inside("expertise", first + timedelta(days=number % SIGNING)):
                for seat, vector in zip(seats.get(entry, []), sheets[kind], strict=False):
                    _sign(seat, entry, vector)


def _sign(seat: Seat, entry: str, vector: scores.Vector | list[int]) -> UUID:
    """One sheet, saved and signed by its expert."""
    written = scores.sheet(_rubric_of(scores.number_of(entry)[0]), vector)
    expertise.save_sheet(
        seat.expert,
        assignment_id=seat.assignment_id,
        scores=written.scores,
        comments=written.comments,
        conclusion=written.conclusion,
    )
    return expertise.sign_sheet(seat.expert, assignment_id=seat.assignment_id)


def _rubric_of(nomination: str) -> str:
    found = next(one for one in outline()["contest"]["nominations"] if one["key"] == nomination)
    return str(found["rubric"])
