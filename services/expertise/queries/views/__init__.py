"""What queries answer with: plain data for pages and API, without tables behind it."""

from services.expertise.queries.views.cabinet import Cabinet, DeskWork
from services.expertise.queries.views.contests import (
    EditionCard,
    EditionLine,
    NominationView,
    RubricView,
    RulesView,
    StageView,
)
from services.expertise.queries.views.council import ProtocolView, RatingRow, ResultLine, SheetCell, Standing
from services.expertise.queries.views.entries import (
    CheckView,
    EntryCard,
    EntryLine,
    ResultView,
    RevisionView,
    SheetView,
)
from services.expertise.queries.views.experts import (
    AssignmentCard,
    AssignmentLine,
    DraftView,
    EntryFileLine,
    ExpertCard,
    ExpertLine,
    ExpertLoad,
    Matrix,
    MatrixCell,
    MatrixRow,
)
from services.expertise.queries.views.proof import EntryProof, HeadView, KeyView, LogLine, ProofPage

__all__ = [
    "AssignmentCard",
    "AssignmentLine",
    "Cabinet",
    "CheckView",
    "DeskWork",
    "DraftView",
    "EditionCard",
    "EditionLine",
    "EntryCard",
    "EntryFileLine",
    "EntryLine",
    "EntryProof",
    "ExpertCard",
    "ExpertLine",
    "ExpertLoad",
    "HeadView",
    "KeyView",
    "LogLine",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "NominationView",
    "ProofPage",
    "ProtocolView",
    "RatingRow",
    "ResultLine",
    "ResultView",
    "RevisionView",
    "RubricView",
    "RulesView",
    "SheetCell",
    "SheetView",
    "StageView",
    "Standing",
]
