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
    "ExpertCard",
    "ExpertLine",
    "ExpertLoad",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "NominationView",
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
