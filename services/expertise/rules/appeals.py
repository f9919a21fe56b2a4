"""Appeals: their term, who hears them, and the recount that follows (BR-57, BR-59, BR-60, F-23, F-24)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID

from services.expertise.rules.decisions import Votes
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.scoring import passes, percent, read_scores
from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealState,
    EditionState,
    Presence,
    StageKind,
    VoteChoice,
)
from shared.refusal import N_, Refused
from shared.working_days import working_days_later

RULE = "BR-59"
#: An appeal and its decision say something, in this many characters at least.
LEAST_WORDS = 30
#: A commission hears an appeal with at least three members who may hear it (F-24).
LEAST_MEMBERS = 3
LAST_MINUTE = time(23, 59)

#: What the commission sets instead of the experts' marks: by stage and code of a criterion.
Corrections = Mapping[StageKind, Mapping[str, Decimal]]


def deadline(published_at: datetime, days: int) -> datetime:
    """Appeals are taken for ``days`` working days after publication, to the last minute of the last (BR-59).

    ``published_at`` is on the clock of the network, whose calendar counts the days.
    """
    last = working_days_later(published_at.date(), days)
    return datetime.combine(last, LAST_MINUTE, published_at.tzinfo)


def is_in_term(until: datetime, now: datetime) -> bool:
    """Whether an appeal may still be filed; the last minute counts to its end (BR-59)."""
    return now.replace(second=0, microsecond=0) <= until


def check_filing(state: EditionState, until: datetime | None, now: datetime) -> None:
    """An appeal is filed after the publication and in term; a late one is told the deadline (BR-59)."""
    if until is None:
        raise Refused(RULE, N_("Апелляция подаётся после публикации результатов"))
    if not is_in_term(until, now):
        raise Refused(
            RULE,
            N_("Срок подачи апелляции истёк %(day)s в %(time)s по московскому времени"),
            day=f"{until:%d.%m.%Y}",
            time=f"{until:%H:%M}",
        )
    if state is not EditionState.APPEALS:
        raise Refused(RULE, N_("Сейчас апелляции не принимаются"))


def check_grounds(grounds: str, criteria: Sequence[str], rubric: Rubric) -> list[str]:
    """An appeal names criteria of the rubric and says why; gives the codes in the rubric's order (F-23)."""
    if len(grounds.strip()) < LEAST_WORDS:
        raise Refused(
            RULE,
            N_("Опишите основания апелляции: не короче %(length)s знаков"),
            field="grounds",
            length=LEAST_WORDS,
        )
    known = [criterion.code for criterion in rubric.criteria]
    for code in criteria:
        if code not in known:
            raise Refused(RULE, N_("В рубрике нет критерия %(code)s"), field="criteria", code=code)
    if not criteria:
        raise Refused(RULE, N_("Отметьте хотя бы один оспариваемый критерий"), field="criteria")
    return [code for code in known if code in criteria]


@dataclass(frozen=True)
class Hearer:
    """A member of the commission at one appeal: whether this person came, is barred, and how voted."""

    person_id: UUID
    presence: Presence
    bar: AppealBar | None = None
    choice: VoteChoice | None = None

    @property
    def hears(self) -> bool:
        """Somebody who came and is not barred hears the appeal and votes."""
        return self.bar is None and self.presence is not Presence.ABSENT


def check_hearing(members: Sequence[Hearer]) -> Votes:
    """At least three members hear it, more than half of all, and most of them are for it (BR-57, BR-59, F-24).

    Whoever scored the entry or has a conflict is out of this appeal: neither present for the quorum nor voting.
    """
    if len({member.person_id for member in members}) != len(members):
        raise Refused(RULE, N_("Один человек назван в составе дважды"), field="members")
    hearing = [member for member in members if member.hears]
    if len(hearing) < LEAST_MEMBERS:
        raise Refused(
            RULE,
            N_("Апелляцию рассматривают не меньше %(least)s членов комиссии без отводов, присутствуют %(here)s"),
            field="members",
            least=LEAST_MEMBERS,
            here=len(hearing),
        )
    if len(hearing) * 2 <= len(members):
        raise Refused(
            "BR-57",
            N_("Нет кворума: присутствуют %(present)s из %(total)s, нужно больше половины"),
            field="members",
            present=len(hearing),
            total=len(members),
        )
    if any(member.choice is None for member in hearing):
        raise Refused("BR-57", N_("Проголосовать должны все, кто рассматривает апелляцию"), field="members")
    cast = [member.choice for member in hearing]
    votes = Votes(*(cast.count(choice) for choice in (VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAIN)))
    if votes.votes_for * 2 <= len(hearing):
        raise Refused(
            "BR-57",
            N_("Решение не принято: за — %(votes)s, присутствуют %(present)s"),
            field="members",
            votes=votes.votes_for,
            present=len(hearing),
        )
    return votes


def read_corrections(
    rubric: Rubric, values: Iterable[tuple[StageKind, str, object]], contested: Collection[str]
) -> dict[StageKind, dict[str, Decimal]]:
    """The commission re-scores contested criteria only, with values of their scale; empty ones stay (F-23)."""
    read: dict[StageKind, dict[str, Decimal]] = {}
    for stage, code, value in values:
        if code not in contested:
            raise Refused(
                RULE, N_("Критерий %(code)s в апелляции не оспаривается"), field="corrections", code=code
            )
        if code in read.get(stage, {}):
            raise Refused(RULE, N_("Критерий %(code)s назван дважды"), field="corrections", code=code)
        try:
            scores = read_scores(rubric, {code: value})
        except Refused as refusal:
            raise Refused(refusal.rule, refusal.text, field="corrections", **refusal.params) from refusal
        if scores:
            read.setdefault(stage, {}).update(scores)
    return read


def corrected(scores: Mapping[str, Decimal], corrections: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The commission's value stands in place of the expert's; everything else stays (BR-59)."""
    return {code: corrections.get(code, score) for code, score in scores.items()}


def recount(
    sheets: Sequence[tuple[StageKind, Mapping[str, Decimal]]], rubric: Rubric, corrections: Corrections
) -> list[Decimal]:
    """The percents of the sheets after the corrections of their stages, in their order (BR-47, BR-59)."""
    return [percent(rubric, corrected(scores, corrections.get(stage, {}))) for stage, scores in sheets]


def outcome_of(before: Decimal, after: Decimal) -> AppealState:
    """Raised, lowered or unchanged: the score says it (F-23)."""
    if after == before:
        return AppealState.UNCHANGED
    return AppealState.UPHELD_UP if after > before else AppealState.UPHELD_DOWN


def check_outcome(declared: AppealState, before: Decimal, after: Decimal) -> None:
    """The declared outcome is the one that the recount gives (BR-59, F-23)."""
    if declared is not outcome_of(before, after):
        raise Refused(
            RULE,
            N_("Исход не сходится с пересчётом: было %(before)s, стало %(after)s"),
            field="outcome",
            before=before,
            after=after,
        )


def check_text(text: str) -> None:
    """A decision of the commission gives its reasons (F-23)."""
    if len(text.strip()) < LEAST_WORDS:
        raise Refused(
            RULE, N_("Обоснуйте решение: не короче %(length)s знаков"), field="text", length=LEAST_WORDS
        )


@dataclass(frozen=True)
class Stand:
    """The score and the place of an entry."""

    final: Decimal | None
    place: int | None


def needs_new_decision(decided: Stand, now: Stand, policy: Policy, quota: int | None) -> bool:
    """The council decides anew about an entry that passed when it decided and fails now, or the reverse (BR-54)."""
    return passes(decided.final, decided.place, policy, quota) is not passes(
        now.final, now.place, policy, quota
    )


def before_closing(
    until: datetime, now: datetime, waiting: Collection[str], undecided: Collection[str]
) -> list[Refused]:
    """Results become final when the term is over, every appeal is decided and no decision is void (BR-60)."""
    found = []
    if is_in_term(until, now):
        found.append(
            Refused(
                RULE,
                N_("Апелляции принимаются до %(day)s %(time)s"),
                day=f"{until:%d.%m.%Y}",
                time=f"{until:%H:%M}",
            )
        )
    if waiting:
        found.append(
            Refused(RULE, N_("Не рассмотрены апелляции по заявкам: %(entries)s"), entries=_named(waiting))
        )
    if undecided:
        found.append(
            Refused(
                "BR-60",
                N_("После апелляций совет решает заново, новым протоколом взамен прежнего: %(entries)s"),
                entries=_named(undecided),
            )
        )
    return found


def _named(labels: Collection[str]) -> str:
    return ", ".join(sorted(labels))
