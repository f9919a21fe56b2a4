"""A small application with one page of each sort and one API resource; no database."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, flash, g, render_template, request
from flask.views import MethodView
from jinja2 import DictLoader
from marshmallow import fields, validate

from shared.messaging.contract import Contract
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import N_, NotAllowed, NotFound, Refused
from shared.service import KEY, Service
from shared.settings import Settings
from shared.web import paging
from shared.web.api import Blueprint
from shared.web.forms import act_on, form_page
from shared.web.install import install_web
from shared.web.person import current_person, page_roles
from shared.web.schema import InSchema, Moment, OutSchema, Text, Upload

OPERATOR = Person(uuid4(), uuid4(), "Ковалёва М. А.", (Grant(Role.OPERATOR),))
EXPERT = Person(uuid4(), uuid4(), "Ким В. В.", (Grant(Role.EXPERT),))
FORM = """{% extends "shared/base.html" %}
{% from "shared/macros.html" import field, csrf, button %}
{% block content %}<h1>{{ title }}</h1><form method="post">{{ csrf() }}
{{ field(form, "number", "Номер", hint="Как на бумаге") }}
{{ field(form, "date", "Дата", "date") }}
{{ field(form, "kinds", "Виды", "checkboxes", options=[("A", "Первый"), ("B", "Второй")]) }}
{{ field(form, "share", "Доля", "number") }}
{{ field(form, "agreed", "Согласовано", "checkbox") }}
{{ button("Отправить") }}</form>{% endblock %}"""
PAGE = """{% extends "shared/base.html" %}{% import "shared/macros.html" as m %}{% block content %}
{{ m.pager(page, "list") }}{{ m.badge("действует", "success") }}{{ m.action("/do", "Сделать") }}
{% call m.table(["Имя", ""]) %}<tr><td>{{ hostile }}</td><td></td></tr>{% endcall %}
{{ m.definition([("Срок", None)]) }}{{ m.empty("Пусто") }}{% endblock %}"""


class Row(InSchema):
    ok = fields.Boolean(required=True)
    remark = Text(max=10)


class In(InSchema):
    number = Text(max=8, required=True)
    date = fields.Date(required=True)
    starts_at = Moment()
    kinds = fields.List(fields.String(validate=validate.OneOf(["A", "B"])), load_default=list)
    share = fields.Decimal(as_string=True, validate=validate.Range(min=0, max=100))
    agreed = fields.Boolean(load_default=True)
    items = fields.List(fields.Nested(Row))
    scores = fields.Dict(keys=fields.String(), values=fields.Decimal())
    scan = Upload(max_bytes=10)


class Out(OutSchema):
    id = fields.UUID()
    share = fields.Decimal(as_string=True)


def make_app() -> Flask:
    """The application; ``extensions["who"]`` asks, ``extensions["got"]`` is what its form received."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = "x" * 32
    app.jinja_loader = DictLoader({"form.html": FORM, "page.html": PAGE})
    app.extensions[KEY] = Service(
        "registry", Settings("registry", "sqlite://", "x" * 32), None, Contract("registry"), None
    )
    app.extensions["who"] = PUBLIC
    app.extensions["got"] = []

    @app.before_request
    def recognise() -> None:
        g.person = app.extensions["who"]
        g.request_id = "r1"

    install_web(app, service="registry", title="Реестр", version="1.2.3", apis=[_api()])
    _pages(app)
    return app


def _pages(app: Flask) -> None:
    @app.route("/form", methods=["GET", "POST"])
    def form() -> Any:
        def submit(data: dict[str, Any]) -> str:
            app.extensions["got"].append(data)
            match data["number"]:
                case "field":
                    raise Refused("BR-14", N_("Заполните это поле."), field="date")
                case "whole":
                    raise Refused("BR-14", "Пересекаются %(a)s и %(b)s", a="1/20", b="2/20")
                case "missing":
                    raise NotFound("договор")
            return "/after"

        return form_page("form.html", In(), submit, title="Договор", initial={"date": date(2026, 3, 5)})

    @app.post("/do")
    def do() -> Any:
        def action() -> None:
            if "no" in request.form:
                raise Refused("BR-1", N_("Недопустимое значение."))

        return act_on(action, back="/list", done="Готово")

    @app.get("/list")
    def list() -> str:
        if "note" in request.args:
            flash("Подписано", "success")
        page = paging.Page([], 120, 2, 3)
        return render_template("page.html", page=page, hostile="<script>alert(1)</script>")

    @app.get("/staff")
    @page_roles(Role.OPERATOR)
    def staff() -> str:
        return current_person().name

    @app.get("/refused")
    def refused() -> str:
        raise NotAllowed()

    @app.get("/boom")
    def boom() -> str:
        raise RuntimeError("secret detail")


def _api() -> Blueprint:
    bp = Blueprint("things", __name__, description="Things")

    @bp.route("/things")
    class Things(MethodView):
        @bp.response(200, Out(many=True))
        @bp.paginate()
        def get(self, pagination_parameters: Any) -> Any:
            """All things."""
            pagination_parameters.item_count = 120
            return [{"id": UUID(int=1), "share": Decimal("1.50")}]

        @bp.arguments(In)
        @bp.response(201, Out)
        def post(self, data: dict[str, Any]) -> Any:
            """A new thing."""
            match data["number"]:
                case "field":
                    raise Refused("BR-14", N_("Заполните это поле."), field="date")
                case "whole":
                    raise Refused("BR-14", N_("Недопустимое значение."))
                case "who":
                    raise NotAllowed()
                case "boom":
                    raise RuntimeError("secret detail")
            return {"id": UUID(int=1), "share": data.get("share")}

    @bp.route("/me")
    class Me(MethodView):
        @bp.response(200)
        def get(self) -> Any:
            """Who asks."""
            return {"public": current_person().is_public}

    return bp


GOOD = {"number": "1/26", "date": "2026-03-05"}
