"""From scores to a final score in exact decimals (BR-45, BR-47…BR-51).

Every step is rounded half-up to two decimals as it is printed, and the next step starts from the
printed value, so anybody can repeat the whole way by hand from the papers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from math import floor
from statistics import median

from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Criterion, Rubric
from services.expertise.rules.vocabulary import AssignmentKind, Averaging, ResultTitle
from shared.refusal import N_, Refused


def half_up(value: Fraction | Decimal) -> Decimal:
    """Two decimals, halves away from zero: the printed value decides (BR-51)."""
    cents = Fraction(value) * 100
    rounded = floor(abs(cents) + Fraction(1, 2))
    return Decimal(rounded if cents >= 0 else -rounded).scaleb(-2)


def read_scores(rubric: Rubric, scores: Mapping[str, object]) -> dict[str, Decimal]:
    """Each score belongs to the scale of its criterion; a draft may lack some (BR-45)."""
    read: dict[str, Decimal] = {}
    for code, value in scores.items():
        criterion = rubric.criterion(code)
        if criterion is None:
            raise Refused("BR-45", N_("В рубрике нет критерия %(code)s"), field="scores", code=code)
        if value is None or value == "":
            continue
        read[code] = _score(rubric, criterion, value)
    return read


def read_draft(rubric: Rubric, scores: Mapping[str, object]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """What was typed into a draft: the scores that belong to the scale, and the rest as typed (BR-45).

    Nothing typed is lost; only a criterion that the rubric does not have is refused, for nobody typed there.
    """
    valid: dict[str, Decimal] = {}
    rest: dict[str, str] = {}
    for code, value in scores.items():
        typed = str(value).strip().replace(",", ".") if value is not None else ""
        try:
            valid.update(read_scores(rubric, {code: typed}))
        except Refused:
            if rubric.criterion(code) is None:
                raise
            rest[code] = str(value).strip()
    return valid, rest


class CommentReason(StrEnum):
    """Why a comment is obligatory (BR-45)."""

    LOWEST = "LOWEST"
    TOP = "TOP"
    BELOW = "BELOW"


def comment_reason(
    rubric: Rubric, criterion: Criterion, score: Decimal, policy: Policy
) -> CommentReason | None:
    """A comment is obligatory for the extreme anchors and below the value that the criterion names (BR-45)."""
    scale = rubric.scale(criterion)
    if policy.comment_lowest and score == scale[0]:
        return CommentReason.LOWEST
    if policy.comment_top and score == scale[-1]:
        return CommentReason.TOP
    if criterion.comment_below is not None and score < criterion.comment_below:
        return CommentReason.BELOW
    return None


def check_complete(
    rubric: Rubric, scores: Mapping[str, Decimal], comments: Mapping[str, str], policy: Policy
) -> None:
    """Before signing every criterion is scored and what must be explained is explained (BR-45)."""
    faults = incomplete(rubric, scores, comments, policy)
    if faults:
        raise next(iter(faults.values()))


def lacks(
    rubric: Rubric,
    scores: Mapping[str, Decimal],
    typed: Mapping[str, str],
    comments: Mapping[str, str],
    recommendation: object,
    policy: Policy,
) -> dict[str, Refused]:
    """Everything that keeps a sheet from being signed, by criterion; the recommendation under "" (BR-45)."""
    faults = incomplete(rubric, scores, comments, policy)
    for code, value in typed.items():
        faults[code] = _outside(value, code)
    if policy.recommendation_required and not recommendation:
        faults[""] = Refused("BR-45", N_("Выберите, что вы рекомендуете"), field="recommendation")
    return faults


def incomplete(
    rubric: Rubric, scores: Mapping[str, Decimal], comments: Mapping[str, str], policy: Policy
) -> dict[str, Refused]:
    """What a sheet still lacks, by criterion, in the order of the rubric (BR-45)."""
    faults: dict[str, Refused] = {}
    for criterion in rubric.criteria:
        score = scores.get(criterion.code)
        if score is None:
            faults[criterion.code] = Refused(
                "BR-45",
                N_("Не поставлена оценка по критерию %(code)s «%(title)s»"),
                field="scores",
                code=criterion.code,
                title=criterion.title,
            )
            continue
        reason = comment_reason(rubric, criterion, score, policy)
        if reason and len(comments.get(criterion.code, "").strip()) < policy.comment_length:
            faults[criterion.code] = Refused(
                "BR-45",
                N_("Оценка %(score)s по критерию %(code)s требует комментария не короче %(length)s знаков")
                if reason is CommentReason.BELOW
                else N_("Крайняя оценка по критерию %(code)s требует комментария не короче %(length)s знаков"),
                field="comments",
                score=score,
                code=criterion.code,
                length=policy.comment_length,
            )
    return faults


def total(rubric: Rubric, scores: Mapping[str, Decimal]) -> Decimal:
    """The total of a sheet is the sum of weight × score (BR-47)."""
    return sum((c.weight * scores[c.code] for c in rubric.criteria if c.code in scores), Decimal(0))


def percent(rubric: Rubric, scores: Mapping[str, Decimal]) -> Decimal:
    """The percent of a sheet is 100 × total / maximum, rounded half-up (BR-47, BR-51)."""
    return half_up(100 * Fraction(total(rubric, scores)) / Fraction(rubric.maximum))


def priority_percent(rubric: Rubric, scores: Mapping[str, Decimal]) -> Decimal | None:
    """The percent reached on the priority criteria alone; None when the rubric marks none (BR-53)."""
    marked = tuple(criterion for criterion in rubric.criteria if criterion.priority)
    return percent(Rubric(marked, rubric.values), scores) if marked else None


@dataclass(frozen=True)
class SheetFact:
    """One valid sheet as the stage sees it."""

    percent: Decimal
    kind: AssignmentKind = AssignmentKind.REGULAR


@dataclass(frozen=True)
class StageScore:
    """What a stage says about one entry."""

    score: Decimal | None
    spread: Decimal
    sheets: int
    lacks_extra: bool


def stage_score(sheets: Sequence[SheetFact], policy: Policy) -> StageScore:
    """A stage score is the mean or median of valid sheets; a wide spread asks for one more (BR-48, BR-49)."""
    percents = [sheet.percent for sheet in sheets]
    has_extra = any(sheet.kind is AssignmentKind.EXTRA for sheet in sheets)
    regular = [sheet.percent for sheet in sheets if sheet.kind is AssignmentKind.REGULAR]
    how = policy.aggregate_with_extra if has_extra else policy.aggregate
    return StageScore(
        score=_aggregate(percents, how) if percents else None,
        spread=spread(percents),
        sheets=len(percents),
        lacks_extra=spread(regular) > policy.discrepancy and not has_extra,
    )


def spread(percents: Sequence[Decimal]) -> Decimal:
    """The spread of an entry is the highest percent minus the lowest (BR-49)."""
    return max(percents) - min(percents) if percents else Decimal("0.00")


def final_score(stages: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The final score is Σ weight × stage score / Σ weight over ``(weight, score)`` pairs (BR-50)."""
    weights = sum((Fraction(weight) for weight, _ in stages), Fraction(0))
    if not weights:
        return None
    weighted = sum((Fraction(weight) * Fraction(score) for weight, score in stages), Fraction(0))
    return half_up(weighted / weights)


def passes(final: Decimal | None, place: int | None, policy: Policy, quota: int | None) -> bool:
    """An entry passes when its final score reaches the threshold and its place the quota (BR-54)."""
    if final is None or final < policy.threshold:
        return False
    return quota is None or (place is not None and place <= quota)


def title_for(
    place: int | None, final: Decimal | None, passing: bool, policy: Policy
) -> ResultTitle | None:
    """The title that the edition's rules give: winner and prize-winner by place among those who pass, laureate
    and diploma by score; the council may decide otherwise (BR-54, BR-55)."""
    if final is None:
        return None
    if passing and place is not None:
        if place <= policy.winner_places:
            return ResultTitle.WINNER
        if place <= policy.winner_places + policy.prize_places:
            return ResultTitle.PRIZE_WINNER
    if policy.laureate_score is not None and final >= policy.laureate_score:
        return ResultTitle.LAUREATE
    if policy.diploma_score is not None and final >= policy.diploma_score:
        return ResultTitle.DIPLOMA
    return ResultTitle.PARTICIPANT


def qualifies(final: Decimal | None, place: int | None, policy: Policy) -> bool:
    """A finalist of the in-person stage reaches the threshold and the number of finalists (BR-54)."""
    return passes(final, place, policy, policy.finalists)


def _aggregate(percents: Sequence[Decimal], how: Averaging) -> Decimal:
    cents = [int(value.scaleb(2)) for value in percents]
    if how is Averaging.MEAN and all(Decimal(one).scaleb(-2) == two for one, two in zip(cents, percents, strict=True)):
        return Decimal((2 * sum(cents) + len(cents)) // (2 * len(cents))).scaleb(-2)
    exact = [Fraction(value) for value in percents]
    return half_up(median(exact) if how is Averaging.MEDIAN else sum(exact, Fraction(0)) / len(exact))


def _score(rubric: Rubric, criterion: Criterion, value: object) -> Decimal:
    """The value as the scale writes it: 2.0 and 2 are the same score."""
    try:
        score = Decimal(str(value))
    except InvalidOperation:
        score = Decimal("NaN")
    scale = rubric.scale(criterion) if score.is_finite() else ()
    found = next((permitted for permitted in scale if permitted == score), None)
    if found is None:
        raise _outside(value, criterion.code)
    return found


def _outside(value: object, code: str) -> Refused:
    return Refused(
        "BR-45",
        N_("Оценка %(value)s по критерию %(code)s не входит в шкалу"),
        field="scores",
        value=value,
        code=code,
    )
