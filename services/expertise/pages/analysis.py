"""The reliability of the jury: agreement, places with intervals, experts, weights (F2, F3, F4, F20)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Response, render_template, request
from flask_babel import gettext as _

from services.expertise import queries
from services.expertise.pages.door import bp
from services.expertise.queries.views.analysis import Analysis, ExpertReliability
from services.expertise.rules.labels import label
from services.expertise.rules.statistics.terms import Fit, Light, Tone
from services.expertise.rules.vocabulary import StageKind
from shared.person import Role
from shared.web.export import download
from shared.web.filters import number
from shared.web.paging import Page
from shared.web.person import current_person, page_roles

SIZE, MOST_EXPERTS = 50, 60
READERS = (Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
#: A sign beside each word, so that neither colour nor shape alone says it.
SIGNS = {Light.SOUND: "●", Light.TENTATIVE: "▲", Light.WEAK: "■", Light.UNDEFINED: "○"}
TONES = {
    Light.SOUND: "success",
    Light.TENTATIVE: "warning",
    Light.WEAK: "danger",
    Light.UNDEFINED: "neutral",
    Tone.RED: "danger",
    Tone.CAUTION: "warning",
    Tone.PLAIN: "info",
    Fit.NOISY: "danger",
    Fit.USUAL: "success",
    Fit.TOO_REGULAR: "warning",
}


@bp.get("/editions/<uuid:edition_id>/analysis/<uuid:nomination_id>")
@page_roles(*READERS)
def analysis(edition_id: UUID, nomination_id: UUID) -> str:
    """What the marks of the jury prove; advisory beside the official places."""
    who = current_person()
    card = queries.edition(who, edition_id)
    found = _asked(edition_id, nomination_id)
    nomination = next(one for one in card.nominations if one.nomination_id == nomination_id)
    return render_template(
        "expertise/analysis.html",
        title=_("Надёжность жюри"),
        edition=card,
        nomination=nomination,
        found=found,
        experts=_farthest(found.experts),
        page=_paged(found, request.args.get("page", 1, type=int)),
        stages=[(kind.value, _(label(kind))) for kind in found.stages],
    )


@bp.get(
    "/editions/<uuid:edition_id>/analysis/<uuid:nomination_id>/<any(places, experts):table>.<any(xlsx, csv):kind>"
)
@page_roles(*READERS)
def analysis_file(edition_id: UUID, nomination_id: UUID, table: str, kind: str) -> Response:
    """The table of places or of experts as a file."""
    found = _asked(edition_id, nomination_id)
    if table == "places":
        return download(kind, _("Места работ"), *_places(found))
    return download(kind, _("Как оценивали эксперты"), *_experts(found))


def _places(found: Analysis) -> tuple[list[str], Iterable[Sequence[Any]]]:
    headers = [
        _("Номер"),
        _("Часть жюри"),
        _("Официальное место"),
        _("Итог"),
        _("Среднее этапа"),
        _("Калиброванная оценка"),
        _("Ошибка оценки"),
        _("Калиброванное место"),
        _("Место не выше"),
        _("Место не ниже"),
        _("Вероятность попасть в первые %(first)s", first=found.first),
        _("Вероятность быть лучше следующей"),
        _("У границы"),
    ]
    rows = (
        [
            *(one.label, one.part, one.official_place, one.official),
            *map(_short, (one.mean, one.value, one.error)),
            *(one.place, one.low, one.high),
            *map(_short, (one.chance, one.beats_next)),
            one.in_zone,
        ]
        for one in found.works
    )
    return headers, rows


def _experts(found: Analysis) -> tuple[list[str], Iterable[Sequence[Any]]]:
    headers = [
        _("Эксперт"),
        _("Листов"),
        _("Строгость"),
        _("Ошибка строгости"),
        _("Отклонение от коллег"),
        _("Согласие с моделью"),
        _("Размах шкалы"),
        _("Ореол"),
        _("Одинаковых оценок"),
        _("Часов на работу"),
        _("Решает состав первых %(first)s", first=found.first),
    ]
    rows = (
        [
            *(one.code, one.sheets),
            *map(_short, (one.severity, one.severity_error, one.deviation, one.residual)),
            *map(_short, (one.range_used, one.halo, one.identical, one.hours)),
            one.decisive,
        ]
        for one in found.experts
    )
    return headers, rows


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _farthest(experts: Sequence[ExpertReliability]) -> list[ExpertReliability]:
    """All experts of a usual jury; of a large one those who are farthest from their colleagues, in their order."""
    far = sorted(experts, key=lambda one: -abs(one.severity or one.deviation or 0))[:MOST_EXPERTS]
    return [one for one in experts if one in far] if len(experts) > MOST_EXPERTS else list(experts)


@bp.app_template_filter("said")
def said(remark: Any) -> str:
    """A sentence about a jury with its numbers as the language writes them."""
    params = {
        key: number(value, 2) if isinstance(value, float) else value for key, value in remark.params.items()
    }
    return _(remark.text) % params


@bp.app_template_filter("sign")
def sign(light: Light) -> str:
    """The sign of a light."""
    return SIGNS[light]


@bp.app_template_filter("jury_tone")
def jury_tone(word: Any) -> str:
    """The colour of a light, a remark or a fit; the word stands beside it."""
    return TONES[word]


def _asked(edition_id: UUID, nomination_id: UUID) -> Analysis:
    """The analysis at the stage and the cut-off of the address; what cannot be read there is not asked."""
    stage = request.args.get("stage", "")
    first = request.args.get("first", 0, type=int)
    return queries.analysis(
        current_person(),
        edition_id,
        nomination_id,
        stage=StageKind(stage) if stage in set(StageKind) else None,
        first=first if 0 < first < 1_000_000 else None,
    )


def _paged(found: Analysis, page: int) -> Page[Any]:
    pages = max(1, -(-len(found.works) // SIZE))
    page = min(max(1, page), pages)
    return Page(
        items=list(found.works[(page - 1) * SIZE : page * SIZE]), total=len(found.works), page=page, pages=pages
    )
