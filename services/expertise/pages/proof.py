"""The log of an edition and its proofs: for everybody, for the applicant, for those who run contests (F6)."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from services.expertise import actions, queries
from services.expertise.pages.door import bp, choices
from services.expertise.pages.editions import KEEPERS
from services.expertise.rules.vocabulary import LedgerKind
from shared.person import Role
from shared.web.export import attachment
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles

VERIFIER = Path(__file__).resolve().parent.parent / "static" / "verify_protocol.py"


@bp.get("/editions/<uuid:edition_id>/proof")
def proof(edition_id: UUID) -> str:
    """What the log is, its signed heads, how to check it."""
    who = current_person()
    return render_template(
        "expertise/proof.html",
        title=_("Журнал и доказательства"),
        edition=queries.edition(who, edition_id),
        proof=queries.proof_page(who, edition_id),
    )


@bp.get("/editions/<uuid:edition_id>/proof.json")
def proof_file(edition_id: UUID) -> Response:
    """The bundle to check."""
    return _file(queries.proof_bundle(current_person(), edition_id), "proof.json")


@bp.post("/editions/<uuid:edition_id>/heads")
@page_roles(*KEEPERS)
def sign_head(edition_id: UUID) -> Response:
    """The button «Подписать журнал сейчас»."""
    return act_on(
        lambda: actions.sign_edition_head(current_person(), edition_id=edition_id),
        back=url_for(".proof", edition_id=edition_id),
        done=_("Журнал подписан"),
    )


@bp.get("/editions/<uuid:edition_id>/log")
@page_roles(Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)
def log(edition_id: UUID) -> str:
    """The lines of the log, by kind and entry."""
    who, wanted = current_person(), request.args.get("kind", "")
    kind = LedgerKind(wanted) if wanted in LedgerKind.__members__ else None
    reg_no = request.args.get("reg_no", "").strip()[:100]
    return render_template(
        "expertise/log.html",
        title=_("Записи журнала"),
        edition=queries.edition(who, edition_id),
        page=queries.log_page(
            who, edition_id, kind=kind, reg_no=reg_no, page=request.args.get("page", 1, type=int)
        ),
        kinds=choices(LedgerKind),
        kind=kind,
        reg_no=reg_no,
    )


@bp.get("/entries/<uuid:entry_id>/proof")
@page_roles()
def entry_proof(entry_id: UUID) -> str:
    """What proves the course of an entry, for its applicant."""
    who = current_person()
    found = queries.entry_proof(who, entry_id)
    return render_template(
        "expertise/entry_proof.html",
        title=_("Доказательство по заявке %(number)s", number=found.reg_no),
        edition=queries.edition(who, found.edition_id),
        proof=found,
    )


@bp.get("/entries/<uuid:entry_id>/proof.json")
@page_roles()
def entry_proof_file(entry_id: UUID) -> Response:
    """The bundle of one entry."""
    return _file(queries.entry_bundle(current_person(), entry_id), "entry-proof.json")


@bp.get("/log-keys")
def log_keys() -> str:
    """Public keys with which heads of logs are checked."""
    return render_template("expertise/log_keys.html", title=_("Ключи журналов"), keys=queries.log_keys())


@bp.get("/verify_protocol.py")
def verifier() -> Response:
    """The program that checks a bundle without the system."""
    return attachment(VERIFIER.read_bytes(), VERIFIER.name, "text/x-python; charset=utf-8")


@bp.app_template_filter("line_data")
def line_data(data: dict[str, Any]) -> str:
    """The content of a line, short enough for a table and complete in the bundle."""
    text = json.dumps(data, ensure_ascii=False, separators=(", ", ": "))
    return text if len(text) <= 300 else f"{text[:300]}…"


def _file(bundle: dict[str, Any], name: str) -> Response:
    content = json.dumps(bundle, ensure_ascii=False, indent=0).encode()
    return attachment(content, name, "application/json")
