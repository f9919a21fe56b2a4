"""The secretary's desk: entries by state, what holds the stage back, experts and their entries."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.pages.editions import KEEPERS
from services.expertise.rules.vocabulary import AssignmentKind, EntryState, StageKind
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/editions/<uuid:edition_id>/desk")
@page_roles(*KEEPERS)
def desk(edition_id: UUID) -> str:
    """Entries by state, reasons why the stage cannot be closed, disagreements."""
    who = current_person()
    wanted = request.args.get("state", "")
    state = EntryState(wanted) if wanted in EntryState.__members__ else None
    secretary = who.has(Role.SECRETARY)
    return render_template(
        "expertise/desk.html",
        title=_("Стол секретаря"),
        edition=queries.edition(who, edition_id),
        reasons=queries.reasons_why_not(who, edition_id),
        page=queries.entries_page(who, edition_id, state=state, page=request.args.get("page", 1, type=int)),
        counts=queries.entry_counts(who, edition_id),
        state=state,
        discrepancies=queries.discrepancies(who, edition_id) if secretary else [],
        is_secretary=secretary,
    )


@bp.post("/editions/<uuid:edition_id>/expire-fixes")
@page_roles(Role.SECRETARY)
def expire_fixes(edition_id: UUID) -> Response:
    """The button «Отклонить неисправленные»."""
    return act_on(
        lambda: actions.expire_fixes(current_person(), edition_id=edition_id),
        back=url_for(".desk", edition_id=edition_id),
        done=_("Заявки с истёкшим сроком отклонены"),
    )


@bp.get("/editions/<uuid:edition_id>/matrix")
@page_roles(Role.SECRETARY)
def matrix(edition_id: UUID) -> str:
    """Entries × experts: who is assigned and who may not be."""
    who = current_person()
    card = queries.edition(who, edition_id)
    codes = {one.code: one.nomination_id for one in card.nominations}
    code = request.args.get("nomination", "")
    if code not in codes:
        code = next(iter(codes), "")
    return render_template(
        "expertise/matrix.html",
        title=_("Назначение экспертов"),
        edition=card,
        matrix=queries.assignment_matrix(who, edition_id, nomination_id=codes.get(code)),
        code=code,
    )


@bp.post("/editions/<uuid:edition_id>/assign")
@page_roles(Role.SECRETARY)
def assign(edition_id: UUID) -> Response:
    """The button «Назначить экспертов»."""
    stage_kind = StageKind(request.form.get("stage_kind", StageKind.CORRESPONDENCE))
    return act_on(
        lambda: actions.assign_experts(current_person(), edition_id=edition_id, stage_kind=stage_kind),
        back=url_for(".matrix", edition_id=edition_id),
        done=_("Эксперты назначены"),
    )


@bp.route("/entries/<uuid:entry_id>/assign", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def assign_one(entry_id: UUID) -> ResponseReturnValue:
    """Give an entry one expert, regular or extra."""
    who = current_person()
    card = queries.entry(who, entry_id)
    table = queries.assignment_matrix(who, card.edition_id, nomination_id=card.nomination_id)
    row = next((one for one in table.rows if one.entry_id == entry_id), None) if table else None

    def submit(data: dict[str, object]) -> str:
        actions.assign_expert(who, entry_id=entry_id, **data)
        return url_for(".matrix", edition_id=card.edition_id, nomination=card.nomination_code)

    extra = row is not None and row.lacks
    return form_page(
        "expertise/assign_form.html",
        schemas.ExpertAssignmentIn(),
        submit,
        title=_("Назначить эксперта"),
        done=_("Эксперт назначен"),
        initial={
            "stage_kind": table.stage_kind if table else None,
            "kind": AssignmentKind.EXTRA if extra else AssignmentKind.REGULAR,
        },
        entry=card,
        table=table,
        row=row,
        kinds=choices(AssignmentKind),
    )


@bp.route("/assignments/<uuid:assignment_id>/release", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def release(assignment_id: UUID) -> ResponseReturnValue:
    """Take an unfinished assignment back."""
    back = url_for(".matrix", edition_id=queries.edition_of_assignment(current_person(), assignment_id))

    def submit(data: dict[str, str]) -> str:
        actions.release_assignment(current_person(), assignment_id=assignment_id, **data)
        return back

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Снять назначение"),
        done=_("Назначение снято"),
        name="reason",
        question=_("Почему назначение снимается"),
        button_label=_("Снять"),
        back=back,
    )


@bp.route("/sheets/<uuid:sheet_id>/cancel", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def cancel_sheet(sheet_id: UUID) -> ResponseReturnValue:
    """Cancel a spoiled sheet."""
    entry_id = queries.entry_of_sheet(current_person(), sheet_id)

    def submit(data: dict[str, str]) -> str:
        actions.cancel_sheet(current_person(), sheet_id=sheet_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Аннулировать лист"),
        done=_("Лист аннулирован, эксперт заполнит новый"),
        name="reason",
        question=_("Почему лист аннулируется"),
        button_label=_("Аннулировать"),
        back=url_for(".entry", entry_id=entry_id),
    )
