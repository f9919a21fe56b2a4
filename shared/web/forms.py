"""Forms of the pages: the same marshmallow schemas as the API, shown again with every fault named."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import marshmallow as ma
from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields, validate
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from shared.clock import local
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.web.formdata import submitted
from shared.web.wording import flatten, refusal_text, warning_texts

#: Refusals that are about the page itself and not about what was entered.
NOT_ABOUT_INPUT = (NotAllowed, NotFound, SignInNeeded)


class Form:
    """A form as the template sees it: what stands in the inputs and what is wrong with it."""

    def __init__(self, schema: ma.Schema, initial: Mapping[str, Any] | None = None) -> None:
        self.schema = schema
        self.initial = initial or {}
        self.sent: MultiDict[str, str] | None = None
        self.errors: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.problem = ""

    def load(self) -> dict[str, Any]:
        """What the browser sent, checked by the schema."""
        self.sent = request.form
        return self.schema.load(submitted(self.schema, request.form, request.files))

    def blame(self, fault: ma.ValidationError) -> None:
        """Remember the faults that the schema found, by input name."""
        found: dict[str, list[str]] = {}
        for name, texts in flatten(fault.normalized_messages(), "-").items():
            found.setdefault(self._input(name), []).extend(texts)
        self.errors = {name: " ".join(dict.fromkeys(texts)) for name, texts in found.items()}
        self.problem = self.errors.pop("", "")

    def _input(self, name: str) -> str:
        """The input of a faulty value: the second of several choices belongs to the input of them all."""
        several = name.rsplit("-", 1)[0]
        field = self.schema.load_fields.get(several)
        return several if isinstance(field, fields.List) else name

    def refuse(self, refusal: Refused) -> None:
        """Remember a refusal: at its input when the form has one, otherwise for the whole form."""
        if refusal.field and refusal.field in self.schema.load_fields:
            self.errors[refusal.field] = refusal_text(refusal)
        else:
            self.problem = refusal_text(refusal)

    def values(self, name: str) -> list[str]:
        """Everything that stands in the inputs of this name."""
        if self.sent is not None:
            return self.sent.getlist(name)
        value = self.initial[name] if name in self.initial else self._default(name)
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        return [_shown(one) for one in several if one is not None]

    def _default(self, name: str) -> Any:
        """What the schema takes when nothing is entered."""
        field = self.schema.load_fields.get(name)
        default = field.load_default if field else None
        return None if default is ma.missing or callable(default) else default

    def value(self, name: str) -> str:
        """What stands in the input."""
        values = self.values(name)
        return values[-1] if values else ""

    def name_input(self, name: str, label: str) -> str:
        """Remember under which label an input is shown, for the list of faults; gives no text itself."""
        self.labels[name] = label
        return ""

    def needs(self, name: str) -> bool:
        """Whether the schema requires this input."""
        field = self.schema.load_fields.get(name)
        return bool(field and field.required)

    def limit(self, name: str) -> int | None:
        """The greatest length of text that the schema accepts here."""
        field = self.schema.load_fields.get(name)
        lengths = [v for v in (field.validators if field else ()) if isinstance(v, validate.Length)]
        return min((length.max for length in lengths if length.max), default=None)


def _shown(value: Any) -> str:
    """A value as an HTML input holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def form_page(
    template: str,
    schema: ma.Schema,
    submit: Callable[[dict[str, Any]], str | Response],
    *,
    title: str,
    done: str | None = None,
    initial: Mapping[str, Any] | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """Show a form; accept it; show it again with the faults named (422) when it was not accepted.

    ``submit`` gets the loaded data and gives the address to go to (303, with the note ``done``) or a
    ready answer. ``initial`` fills the inputs of the first showing; ``done=""`` means no note.
    """
    form = Form(schema, initial)
    status = 200
    if request.method == "POST":
        try:
            answer = submit(form.load())
        except ma.ValidationError as fault:
            form.blame(fault)
        except NOT_ABOUT_INPUT:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _flash_warnings()
            if isinstance(answer, Response):
                return answer
            if done != "":
                flash(done or _("Сохранено"), "success")
            return redirect(answer, 303)
        status = 422
    return render_template(template, form=form, title=title, **context), status


def act_on(action: Callable[[], Any], back: str, done: str) -> Response:
    """Do what a one-button form asks and go back (303) with a note: that it is done, or why it is refused."""
    try:
        action()
    except NOT_ABOUT_INPUT:
        raise
    except Refused as refusal:
        flash(refusal_text(refusal), "danger")
    else:
        _flash_warnings()
        flash(done, "success")
    return redirect(back, 303)


def _flash_warnings() -> None:
    for text in warning_texts():
        flash(text, "warning")
