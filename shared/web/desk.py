"""The operator's desk: messages that no retry could handle, each waiting for a person's decision."""

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from shared.messaging import desk
from shared.person import Role
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles

bp = Blueprint("desk", __name__, url_prefix="/desk")
doors = page_roles(Role.OPERATOR, Role.SYSTEM_ADMIN)


def readable(envelope: str) -> str:
    """An envelope as people read it; what is not JSON stays as it came."""
    try:
        parsed: Any = json.loads(envelope)
    except ValueError:
        return envelope
    return json.dumps(parsed, ensure_ascii=False, indent=2)


@bp.get("/")
@doors
def parked() -> str:
    """Parked messages, oldest first."""
    return render_template("shared/desk.html", rows=desk.parked(current_person()), readable=readable)


@bp.post("/<uuid:message_id>/resend")
@doors
def resend(message_id: UUID) -> Response:
    """Let the message be handled again, from the first attempt."""
    return act_on(
        lambda: desk.resend(current_person(), message_id),
        back=url_for(".parked"),
        done=_("Сообщение поставлено в обработку снова"),
    )


@bp.post("/<uuid:message_id>/give-up")
@doors
def give_up(message_id: UUID) -> Response:
    """Close the message unhandled; the reason stays with it."""
    return act_on(
        lambda: desk.give_up(current_person(), message_id, request.form.get("reason", "")),
        back=url_for(".parked"),
        done=_("Сообщение закрыто без обработки"),
    )
