"""Imports: send a table, look at every row, decide, apply as a whole, undo; templates and faults as files."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.pages.filters import label, noted
from services.registry.pages.organisations import MANAGERS
from services.registry.rules.importing.columns import title_of
from services.registry.rules.importing.kinds import BatchKind, Verdict
from services.registry.rules.kinds import EduOrgKind, OrgRole, PlatformKind
from services.registry.schemas import importing as schemas
from shared.web.export import download
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

_CODES: dict[str, type[StrEnum]] = {"roles": OrgRole, "edu_kind": EduOrgKind, "kind": PlatformKind}


@bp.get("/imports")
@page_roles(*MANAGERS)
def imports() -> str:
    """Batches, the newest first."""
    return render_template(
        "registry/imports.html",
        page=queries.import_batches(current_person(), page=page_number()),
        kinds=choices(BatchKind),
    )


@bp.route("/imports/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_import() -> ResponseReturnValue:
    """Send a table."""

    def submit(data: dict[str, Any]) -> str:
        sent = data["file"]
        return _card(
            actions.upload_import(
                current_person(), kind=data["kind"], filename=sent.filename, content=sent.content
            )
        )

    return form_page(
        "registry/import_form.html",
        schemas.ImportIn(),
        submit,
        title=_("Загрузка таблицы"),
        done="",
        initial={"kind": BatchKind.ORGANISATIONS},
        kinds=choices(BatchKind),
    )


@bp.get("/imports/templates/<any(ORGANISATIONS, PLATFORMS):kind>.<any(xlsx, csv):ending>")
@page_roles(*MANAGERS)
def import_template(kind: str, ending: str) -> Response:
    """A table to fill in, with an example that the check would accept."""
    columns = queries.import_template(current_person(), BatchKind(kind))
    name = _("Шаблон: %(kind)s", kind=label(BatchKind(kind))).replace(":", "")
    return download(
        ending, name, [_(column.title) for column in columns], [[column.example for column in columns]]
    )


@bp.get("/imports/<uuid:batch_id>")
@page_roles(*MANAGERS)
def import_batch(batch_id: UUID) -> str:
    """A batch: what its rows mean, what must be decided, what may be done next."""
    who, asked = current_person(), wanted(schemas.ImportRowFilter)
    card = queries.import_batch(who, batch_id)
    return render_template(
        "registry/import.html",
        card=card,
        page=queries.import_rows(who, batch_id, **asked, page=page_number()),
        asked=asked,
        verdicts=choices(Verdict),
        title_of=lambda field: _(title_of(card.batch.kind, field)),
        shown=_shown,
    )


@bp.get("/imports/<uuid:batch_id>/progress")
@page_roles(*MANAGERS)
def import_progress(batch_id: UUID) -> Response:
    """How far the job is, for the page that waits; when it is over, the whole page is asked anew."""
    card = queries.import_batch(current_person(), batch_id)
    answer = make_response(render_template("registry/_import_progress.html", card=card))
    if not card.at_work:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.post("/imports/<uuid:batch_id>/rows/<int:number>")
@page_roles(*MANAGERS)
def decide_row(batch_id: UUID, number: int) -> ResponseReturnValue:
    """Decide about one row."""
    return form_page(
        "registry/import_decision.html",
        schemas.RowDecisionIn(),
        lambda data: _decided(batch_id, number, data),
        title=_("Решение по строке %(number)s", number=number),
        done=_("Решение записано"),
        batch_id=batch_id,
    )


@bp.post("/imports/<uuid:batch_id>/skip/<any(ERROR, UNDECIDED):verdict>")
@page_roles(*MANAGERS)
def skip_rows(batch_id: UUID, verdict: str) -> ResponseReturnValue:
    """Leave out every row with an error, or every row that waits for a decision."""
    return _press(batch_id, actions.skip_rows, _("Строки пропущены"), verdict=verdict)


@bp.post("/imports/<uuid:batch_id>/check")
@page_roles(*MANAGERS)
def check_import_again(batch_id: UUID) -> ResponseReturnValue:
    """Check anew."""
    return _press(batch_id, actions.check_import_again, _("Проверяем заново"))


@bp.post("/imports/<uuid:batch_id>/apply")
@page_roles(*MANAGERS)
def apply_import(batch_id: UUID) -> ResponseReturnValue:
    """Apply as a whole."""
    return _press(batch_id, actions.apply_import, _("Загрузка применяется"))


@bp.post("/imports/<uuid:batch_id>/undo")
@page_roles(*MANAGERS)
def undo_import(batch_id: UUID) -> ResponseReturnValue:
    """Take back as a whole."""
    return _press(batch_id, actions.undo_import, _("Загрузка отменяется"))


@bp.post("/imports/<uuid:batch_id>/discard")
@page_roles(*MANAGERS)
def discard_import(batch_id: UUID) -> ResponseReturnValue:
    """Drop a batch that was not applied."""
    return _press(batch_id, actions.discard_import, _("Загрузка отброшена"))


@bp.get("/imports/<uuid:batch_id>/faults.xlsx")
@page_roles(*MANAGERS)
def import_faults(batch_id: UUID) -> Response:
    """The faulty rows as they were sent, with a column that says what is wrong: mend them and send again."""
    batch, rows = queries.import_faults(current_person(), batch_id)
    cells = batch.header.get("cells", [])
    width = max([len(cells), *(len(row.raw) for row in rows)], default=0)
    headers = [*cells, *[""] * (width - len(cells)), _("Строка файла"), _("Что исправить")]
    return download(
        "xlsx",
        _("Ошибки загрузки"),
        headers,
        (
            [*row.raw, *[""] * (width - len(row.raw)), row.number, _faults(batch.kind, row.faults)]
            for row in rows
        ),
    )


def _faults(kind: BatchKind, faults: dict[str, Any]) -> str:
    return " ".join(f"{_(title_of(kind, field))}: {noted(fault)}." for field, fault in faults.items())


def _shown(field: str, value: Any) -> str:
    """A value as people read it: codes by their names."""
    if isinstance(value, list):
        return "; ".join(_shown(field, one) for one in value)
    kind = _CODES.get(field)
    if kind is None or not value:
        return str(value or "—")
    return "; ".join(label(kind(one)) for one in str(value).split("; "))


def _decided(batch_id: UUID, number: int, data: dict[str, Any]) -> str:
    actions.decide_row(current_person(), batch_id=batch_id, number=number, **data)
    return url_for(".import_batch", batch_id=batch_id, **request.args, _anchor=f"row-{number}")


def _press(batch_id: UUID, action: Any, done: str, **more: Any) -> ResponseReturnValue:
    return act_on(
        lambda: action(current_person(), batch_id=batch_id, **more), back=_card(batch_id), done=done
    )


def _card(batch_id: UUID) -> str:
    return url_for(".import_batch", batch_id=batch_id)
