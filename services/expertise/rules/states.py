"""State machines of editions, entries, assignments and score sheets as data (model 3.3)."""

from collections.abc import Collection

from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import (
    EXPERT_STAGES,
    AppealState,
    AssignmentState,
    EditionState,
    EntryState,
    ProtocolState,
    SheetState,
    StageKind,
)
from shared.refusal import N_, Refused, StateTable

E = EditionState
EDITION = StateTable(
    {
        (E.DRAFT, "approve"): E.ANNOUNCED,
        (E.DECISION, "publish_results"): E.APPEALS,
        (E.APPEALS, "close"): E.COMPLETED,
        (E.COMPLETED, "archive"): E.ARCHIVED,
        **{
            (state, "cancel"): E.CANCELLED
            for state in (E.DRAFT, E.ANNOUNCED, E.ACCEPTING, E.TECHNICAL, E.CORRESPONDENCE, E.IN_PERSON)
        },
    },
    rule="3.3 ContestEdition",
)

#: The road of an edition and the stage that each part of it needs; None: every edition passes it.
ROAD: tuple[tuple[EditionState, StageKind | None], ...] = (
    (E.ANNOUNCED, None),
    (E.ACCEPTING, StageKind.SUBMISSION),
    (E.TECHNICAL, StageKind.TECHNICAL),
    (E.CORRESPONDENCE, StageKind.CORRESPONDENCE),
    (E.IN_PERSON, StageKind.IN_PERSON),
    (E.DECISION, None),
)

#: Everything may be edited; afterwards rules are frozen and changed by an act only (BR-36).
EDITABLE = frozenset({E.DRAFT, E.ANNOUNCED})
AMENDABLE = frozenset({E.ACCEPTING, E.TECHNICAL, E.CORRESPONDENCE, E.IN_PERSON, E.DECISION})
EDITION_IS_OVER = frozenset({E.COMPLETED, E.ARCHIVED, E.CANCELLED})
PUBLISHED = frozenset({E.APPEALS, E.COMPLETED, E.ARCHIVED})


def next_on_road(state: EditionState, stages: Collection[StageKind]) -> EditionState:
    """An edition goes from stage to stage and skips the stages that it does not have (model 3.3)."""
    road = [step for step, stage in ROAD if stage is None or stage in stages]
    if state not in road or state is road[-1]:
        raise Refused(
            EDITION.rule,
            N_("Из состояния %(state)s выпуск не переводится на следующий этап"),
            state=label(state),
        )
    return road[road.index(state) + 1]


def stage_of(state: EditionState) -> StageKind | None:
    """The expert stage that is going on in this state of the edition, if one is."""
    return next((stage for stage in EXPERT_STAGES if stage.value == state.value), None)


def stage_is_closed(stage: StageKind, state: EditionState) -> bool:
    """A stage is closed when the edition has gone past it (BR-44)."""
    order = [step for step, _ in ROAD] + [E.APPEALS, E.COMPLETED, E.ARCHIVED]
    stage_at = next(index for index, (_, kind) in enumerate(ROAD) if kind is stage)
    return state in order and order.index(state) > stage_at


S = EntryState
ENTRY = StateTable(
    {
        (S.DRAFT, "submit"): S.SUBMITTED,
        (S.SUBMITTED, "register"): S.REGISTERED,
        (S.REGISTERED, "check:ADMITTED"): S.ADMITTED,
        (S.REGISTERED, "check:ADMITTED_WITH_REMARKS"): S.ADMITTED_WITH_REMARKS,
        (S.REGISTERED, "check:CONDITIONAL"): S.CONDITIONAL,
        (S.REGISTERED, "check:REJECTED"): S.REJECTED,
        (S.CONDITIONAL, "fix"): S.ADMITTED,
        (S.CONDITIONAL, "expire"): S.REJECTED,
        (S.REGISTERED, "begin_unchecked"): S.IN_EXPERTISE,
        (S.ADMITTED, "begin"): S.IN_EXPERTISE,
        (S.ADMITTED_WITH_REMARKS, "begin"): S.IN_EXPERTISE,
        (S.IN_EXPERTISE, "return_for_revision"): S.REVISION,
        (S.REVISION, "resubmit"): S.IN_EXPERTISE,
        (S.IN_EXPERTISE, "score"): S.SCORED,
        (S.SCORED, "qualify"): S.FINALIST,
        (S.SCORED, "finalise"): S.SCORED_FINAL,
        (S.FINALIST, "score"): S.SCORED_FINAL,
        **{
            (state, f"decide:{final.value}"): final
            for state in (S.SCORED, S.SCORED_FINAL)
            for final in (S.AWARDED, S.LAUREATE, S.DIPLOMA, S.PARTICIPANT, S.DECLINED)
        },
        **{
            (state, f"redecide:{final.value}"): final
            for state in (S.AWARDED, S.LAUREATE, S.DIPLOMA, S.PARTICIPANT, S.DECLINED)
            for final in (S.AWARDED, S.LAUREATE, S.DIPLOMA, S.PARTICIPANT, S.DECLINED)
        },
        **{
            (state, "withdraw"): S.WITHDRAWN
            for state in (
                S.DRAFT,
                S.SUBMITTED,
                S.REGISTERED,
                S.ADMITTED,
                S.ADMITTED_WITH_REMARKS,
                S.CONDITIONAL,
                S.IN_EXPERTISE,
                S.REVISION,
                S.SCORED,
                S.FINALIST,
            )
        },
    },
    rule="3.3 Entry",
)

#: Entries without a registration number: there is no paper about them yet (BR-38).
UNREGISTERED = frozenset({S.DRAFT, S.SUBMITTED})
#: Entries that count: neither a draft nor out of the contest.
OUT_OF_CONTEST = frozenset({S.DRAFT, S.WITHDRAWN, S.REJECTED})
UNDER_EXPERTISE = frozenset({S.IN_EXPERTISE, S.FINALIST})
RANKED = frozenset(
    {S.IN_EXPERTISE, S.REVISION, S.SCORED, S.FINALIST, S.SCORED_FINAL}
    | {S.AWARDED, S.LAUREATE, S.DIPLOMA, S.PARTICIPANT, S.DECLINED}
)
AWAITING_DECISION = frozenset({S.SCORED, S.SCORED_FINAL})
DECIDED = frozenset({S.AWARDED, S.LAUREATE, S.DIPLOMA, S.PARTICIPANT, S.DECLINED})

A = AssignmentState
ASSIGNMENT = StateTable(
    {
        (A.PROPOSED, "accept"): A.ACCEPTED,
        (A.ACCEPTED, "work"): A.IN_WORK,
        (A.IN_WORK, "work"): A.IN_WORK,
        (A.IN_WORK, "submit"): A.DONE,
        (A.DONE, "reopen"): A.IN_WORK,
        **{(state, "recuse"): A.RECUSED for state in (A.PROPOSED, A.ACCEPTED, A.IN_WORK)},
        **{(state, "replace"): A.REPLACED for state in (A.PROPOSED, A.ACCEPTED, A.IN_WORK)},
    },
    rule="3.3 Assignment",
)

#: The expert has declared independence and may see the entry (BR-42).
MAY_READ = frozenset({A.ACCEPTED, A.IN_WORK, A.DONE})

SHEET = StateTable(
    {
        (SheetState.DRAFT, "save"): SheetState.DRAFT,
        (SheetState.DRAFT, "sign"): SheetState.SIGNED,
        (SheetState.DRAFT, "drop"): SheetState.CANCELLED,
        (SheetState.SIGNED, "cancel"): SheetState.CANCELLED,
    },
    rule="BR-46",
)

P = ProtocolState
#: A signed protocol is never edited, only superseded by another (model 3.3, Protocol).
PROTOCOL = StateTable(
    {
        (P.DRAFT, "edit"): P.DRAFT,
        (P.DRAFT, "freeze"): P.ON_SIGNING,
        (P.ON_SIGNING, "sign"): P.ON_SIGNING,
        (P.ON_SIGNING, "complete"): P.SIGNED,
        (P.DRAFT, "revise"): P.DRAFT,
        (P.ON_SIGNING, "revise"): P.DRAFT,
        (P.SIGNED, "publish"): P.PUBLISHED,
        (P.SIGNED, "supersede"): P.SIGNED,
        (P.PUBLISHED, "supersede"): P.PUBLISHED,
    },
    rule="3.3 Protocol",
)
BINDING = frozenset({P.SIGNED, P.PUBLISHED})

L = AppealState
#: A decided appeal is final (model 3.3, Appeal; F-23).
APPEAL = StateTable(
    {
        (L.FILED, "accept"): L.IN_REVIEW,
        (L.FILED, "refuse"): L.REFUSED,
        (L.FILED, "withdraw"): L.WITHDRAWN,
        **{(L.IN_REVIEW, f"decide:{to.value}"): to for to in (L.UPHELD_UP, L.UPHELD_DOWN, L.UNCHANGED)},
    },
    rule="3.3 Appeal",
)
APPEAL_IS_OPEN = frozenset({L.FILED, L.IN_REVIEW})
APPEAL_IS_DECIDED = frozenset({L.UPHELD_UP, L.UPHELD_DOWN, L.UNCHANGED})
