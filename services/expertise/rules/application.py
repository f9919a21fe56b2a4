"""Sections of an entry proposed from the facts of the network, in the words of the seed's form (sections 1.2, 4.x).

Facts come in as of a day, paragraphs go out. A proposal is no answer: the applicant edits it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.expertise.rules.templates import Section
from services.expertise.rules.vocabulary import SectionSource
from shared import bibliography
from shared.refusal import N_

NOTHING = "Данных нет."
_KINDS = {
    "WEBINAR": "Вебинары",
    "DISCUSSION_WEBINAR": "Дискуссионные вебинары",
    "ONLINE_CONFERENCE": "Онлайн-конференции",
    "CONFERENCE": "Конференции",
    "MEETING": "Совещания",
    "MASTER_CLASS": "Мастер-классы",
    "FESTIVAL": "Фестивали",
    "PRACTICE": "Практическая деятельность",
    "EXPERTISE_SESSION": "Экспертиза конкурсов",
    "OTHER": "Другие мероприятия",
}
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_PLATFORMS = ("инновационной площадки", "инновационных площадок", "инновационных площадок")
_HELD = frozenset({"HELD", "ARCHIVED"})
_AHEAD = frozenset({"PLANNED", "REGISTRATION", "READY", "RUNNING"})


@dataclass(frozen=True, kw_only=True)
class ActFact:
    """A normative act; ``amends`` are the acts that it changes."""

    act_id: UUID
    kind: str
    number: str | None
    dated: date
    title: str
    level: str
    issuer: str | None = None
    amends: frozenset[UUID] = frozenset()

    def cited(self, amended: Sequence[tuple[date, str | None]] = ()) -> bibliography.Cited:
        """The act as a list of literature names it."""
        return bibliography.Cited(
            self.kind, self.number, self.dated, self.title, self.level, self.issuer, amended=amended
        )


@dataclass(frozen=True)
class ParticipantFact:
    """A methodical service with an agreement in force; names of the day (BR-06, BR-11)."""

    organisation: str
    municipality: str


@dataclass(frozen=True, kw_only=True)
class EventFact:
    """An event of the network."""

    kind: str
    title: str
    starts_on: date
    precision: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ItemFact:
    """An item of a roadmap and when it was done or cancelled."""

    no: str
    title: str
    due_on: date
    done_on: date | None = None
    cancelled_on: date | None = None


@dataclass(frozen=True)
class RoadmapFact:
    """An approved roadmap."""

    title: str
    approved_on: date
    items: Sequence[ItemFact] = ()


@dataclass(frozen=True)
class TransformationFact:
    """How far the network of a municipality has come (BR-18)."""

    municipality: str
    stage: str
    since: date


@dataclass(frozen=True, kw_only=True)
class NetworkFacts:
    """The network on a day, as the registry and events have told."""

    on: date
    operator: str | None = None
    acts: Sequence[ActFact] = ()
    participants: Sequence[ParticipantFact] = ()
    platforms: int = 0
    organisations: int = 0
    events: Sequence[EventFact] = ()
    roadmaps: Sequence[RoadmapFact] = ()
    transformations: Sequence[TransformationFact] = ()

    @property
    def municipalities(self) -> list[str]:
        """Municipalities of the participants, each once (BR-13)."""
        return sorted({one.municipality for one in self.participants})


@dataclass(frozen=True)
class Proposal:
    """A proposed text and what it rests on: what was counted and how many."""

    paragraphs: Sequence[str]
    origins: Sequence[tuple[str, int]]
    on: date
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "\n".join(self.paragraphs or [NOTHING]))


def propose(section: Section, facts: NetworkFacts) -> Proposal | None:
    """The text that the facts of the day give for a section; nothing for one that is written by hand."""
    if section.source is None:
        return None
    paragraphs, origins = _SOURCES[section.source](facts, section)
    return Proposal(paragraphs, origins, facts.on)


_Found = tuple[list[str], list[tuple[str, int]]]


def _acts(facts: NetworkFacts, section: Section) -> _Found:
    """Acts in force by level, each «в ред.» (seed 1.2, D-20)."""
    chosen = _named(facts.acts, section.words)
    parts = bibliography.parts(_cited(facts.acts, chosen))
    return [bibliography.paragraph(level, lines) for level, lines in parts], [(N_("акты реестра"), len(chosen))]


def _numbers(facts: NetworkFacts, section: Section) -> _Found:
    """Platforms, agreements and participants (seed 4.1, I-02…I-04)."""
    found = []
    if facts.platforms:
        found.append(
            f"{facts.operator or 'Сеть'} обеспечивает работу"
            f" {_counted(facts.platforms, *_PLATFORMS)}."
        )
    if facts.participants:
        found.append(
            f"В рамках работы сети {_signed(len(facts.participants))} с территориальными методическими службами,"
            f" участвуют {_counted(len(facts.municipalities), 'муниципалитет', 'муниципалитета', 'муниципалитетов')}."
        )
    return found, [
        (N_("действующие площадки"), facts.platforms),
        (N_("действующие договоры"), len(facts.participants)),
    ]


def _participants(facts: NetworkFacts, section: Section) -> _Found:
    """Municipalities and organisations of the network, participants by name (seed 4.3, BR-12, BR-13)."""
    found = []
    if facts.organisations:
        found.append(
            "На инновационных площадках сети"
            f" {_counted(facts.organisations, 'организация', 'организации', 'организаций')}."
        )
    if facts.participants:
        found.append(
            "Договоры заключены с"
            f" {_counted(len(facts.municipalities), 'муниципалитетом', 'муниципалитетами', 'муниципалитетами')}."
        )
        ordered = sorted(facts.participants, key=lambda one: (one.municipality, one.organisation))
        listed = "; ".join(f"{one.municipality}, {one.organisation}" for one in ordered)
        found.append(f"Состав участников сети: {listed}.")
    return found, [
        (N_("действующие договоры"), len(facts.participants)),
        (N_("организации площадок"), facts.organisations),
    ]


def _events(facts: NetworkFacts, section: Section) -> _Found:
    """Forms of network events: what was held and what is planned, by kind (seed 4.4)."""
    shown = [one for one in facts.events if one.state in _HELD | _AHEAD]
    lines = []
    for kind, title in _KINDS.items():
        of_kind = sorted((one for one in shown if one.kind == kind), key=lambda one: (one.starts_on, one.title))
        held = [one for one in of_kind if one.state in _HELD]
        ahead = [one for one in of_kind if one.state in _AHEAD]
        parts = [
            f"{word} {len(group)}: {', '.join(_event(one) for one in group)}"
            for word, group in (("проведено", held), ("запланировано", ahead))
            if group
        ]
        if parts:
            lines.append(f"{title}: {'; '.join(parts)}")
    return _enumerated(lines), [(N_("мероприятия"), len(shown))]


def _regulation(facts: NetworkFacts, section: Section) -> _Found:
    """Agreements, roadmaps and acts that regulate the network (seed 4.5, S-087); acts by words of the form."""
    chosen = _named(facts.acts, section.words) if section.words else []
    lines = []
    if facts.participants:
        lines.append(
            f"{_counted(len(facts.participants), 'договор', 'договора', 'договоров')}"
            " с территориальными методическими службами"
        )
    lines += [f"{_roadmap(one.title)}, утверждена {one.approved_on:%d.%m.%Y}" for one in facts.roadmaps]
    ordered = sorted(chosen, key=lambda act: (act.dated, bibliography.number_order(act.number)))
    lines += [bibliography.entry(one) for one in _cited(facts.acts, ordered)]
    return _enumerated(lines), [
        (N_("действующие договоры"), len(facts.participants)),
        (N_("дорожные карты"), len(facts.roadmaps)),
        (N_("акты реестра"), len(chosen)),
    ]


def _plan(facts: NetworkFacts, section: Section) -> _Found:
    """What the roadmaps still hold and how far the networks are transformed (seed 4.6, S-089)."""
    found = []
    for roadmap in facts.roadmaps:
        ahead = [one for one in roadmap.items if not _over(one, facts.on)]
        if ahead:
            listed = "; ".join(f"{one.title} (до {one.due_on:%d.%m.%Y})" for one in ahead)
            found.append(f"Согласно дорожной карте «{roadmap.title}» предстоит: {listed}.")
    done = sorted(
        (one for one in facts.transformations if one.stage == "TRANSFORMED"), key=lambda one: one.municipality
    )
    if done:
        first = min(one.since.year for one in done)
        found.append(
            f"С {first} года благодаря трансформации инновационной сети в методическую изменили свою сеть:"
            f" {', '.join(one.municipality for one in done)}."
        )
    under_way = sorted(
        one.municipality
        for one in facts.transformations
        if one.stage not in {"TRANSFORMED", "NOT_STARTED", "PAUSED"}
    )
    if under_way:
        found.append(f"Трансформация сети продолжается: {', '.join(under_way)}.")
    return found, [
        (N_("дорожные карты"), len(facts.roadmaps)),
        (N_("преобразование сетей"), len(facts.transformations)),
    ]


_SOURCES: Mapping[SectionSource, Callable[[NetworkFacts, Section], _Found]] = {
    SectionSource.ACTS: _acts,
    SectionSource.NUMBERS: _numbers,
    SectionSource.PARTICIPANTS: _participants,
    SectionSource.EVENTS: _events,
    SectionSource.REGULATION: _regulation,
    SectionSource.PLAN: _plan,
}


def _named(acts: Iterable[ActFact], words: Sequence[str]) -> list[ActFact]:
    """Acts whose title holds one of the words; all of them when the form names none."""
    wanted = [word.casefold() for word in words]
    return [act for act in acts if not wanted or any(word in act.title.casefold() for word in wanted)]


def _cited(everything: Sequence[ActFact], chosen: Iterable[ActFact]) -> list[bibliography.Cited]:
    """Acts with the acts that changed them, amendments of amendments among them (S-018)."""
    by_target: dict[UUID, set[UUID]] = {}
    known = {act.act_id: act for act in everything}
    for act in everything:
        for target in act.amends:
            by_target.setdefault(target, set()).add(act.act_id)
    return [act.cited(_amendments(act.act_id, by_target, known)) for act in chosen]


def _amendments(
    act_id: UUID, by_target: Mapping[UUID, set[UUID]], known: Mapping[UUID, ActFact]
) -> list[tuple[date, str | None]]:
    found: set[UUID] = set()
    ahead = list(by_target.get(act_id, ()))
    while ahead:
        one = ahead.pop()
        if one not in found and one != act_id:
            found.add(one)
            ahead += by_target.get(one, ())
    acts = [known[one] for one in found]
    acts.sort(key=lambda act: (act.dated, bibliography.number_order(act.number)))
    return [(act.dated, act.number) for act in acts]


def _roadmap(title: str) -> str:
    """The title itself says that it is a roadmap, or it is said before it."""
    return title if title.casefold().startswith("дорожная карта") else f"Дорожная карта «{title}»"


def _over(item: ItemFact, on: date) -> bool:
    return any(day is not None and day <= on for day in (item.done_on, item.cancelled_on))


def _event(one: EventFact) -> str:
    return f"«{one.title}» ({_when(one)})"


def _when(one: EventFact) -> str:
    if one.precision == "DAY":
        return f"{one.starts_on:%d.%m.%Y}"
    month = f"{_MONTHS[one.starts_on.month - 1]} {one.starts_on.year}"
    return month if one.precision == "MONTH" else str(one.starts_on.year)



def _enumerated(lines: Sequence[str]) -> list[str]:
    """«1. …;», the last with a full stop, as the seed numbers its lists."""
    last = len(lines)
    return [f"{number}. {line}{'.' if number == last else ';'}" for number, line in enumerate(lines, 1)]


def _signed(number: int) -> str:
    return f"{'подписан' if _form(number) == 0 else 'подписано'} {_counted(number, 'договор', 'договора', 'договоров')}"


def _counted(number: int, one: str, few: str, many: str) -> str:
    """«1 договор», «3 договора», «11 договоров»."""
    return f"{number} {(one, few, many)[_form(number)]}"


def _form(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2
