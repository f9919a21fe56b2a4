"""Agreements: register, card with one next step, forms; transformations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import as_of, bp, choices, page_number, wanted
from services.registry.rules.kinds import AgreementState, OrgRole, Stage
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/agreements")
@page_roles()
def agreements() -> str:
    """Agreements that this person may read."""
    asked, who = wanted(filters.AgreementFilter), current_person()
    return render_template(
        "registry/agreements.html",
        page=queries.agreements(who, **asked, page=page_number()),
        asked=asked,
        states=choices(AgreementState),
        municipalities=queries.municipality_names(queries.as_of(asked["on"], asked["known"])),
        may_edit=access.may_operate(who),
    )


@bp.post("/agreements/expire")
@page_roles(Role.OPERATOR)
def expire_agreements() -> ResponseReturnValue:
    """Close agreements whose term is over."""
    return act_on(
        lambda: actions.expire_agreements(current_person(), on=clock.today()),
        back=url_for(".cabinet"),
        done=_("Истёкшие договоры закрыты"),
    )


@bp.get("/agreements/<uuid:agreement_id>")
@page_roles()
def agreement(agreement_id: UUID) -> str:
    """The card of an agreement."""
    return render_template(
        "registry/agreement.html", card=queries.agreement(current_person(), agreement_id, **as_of())
    )


@bp.route("/agreements/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_agreement() -> ResponseReturnValue:
    """Draft an agreement."""
    return form_page(
        "registry/agreement_form.html",
        schemas.AgreementIn(),
        lambda data: _card(actions.draft_agreement(current_person(), **data)),
        title=_("Новый договор"),
        done=_("Черновик договора сохранён"),
        initial={"date": clock.today(), "operator_id": queries.network_operator_id()},
        operators=queries.organisation_choices(OrgRole.NETWORK_OPERATOR),
        tms=queries.organisation_choices(OrgRole.TMS),
        organisations=queries.organisation_choices(),
        acts=queries.act_choices(),
    )


@bp.post("/agreements/<uuid:agreement_id>/send")
@page_roles(Role.OPERATOR)
def send_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Send a draft to the parties."""
    return act_on(
        lambda: actions.send_agreement(current_person(), agreement_id=agreement_id),
        back=_card(agreement_id),
        done=_("Договор отправлен на подписание"),
    )


@bp.route("/agreements/<uuid:agreement_id>/sign", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.TMS)
def sign_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Record a signature."""
    return step(
        agreement_id,
        "sign",
        schemas.SignatureIn(),
        actions.sign_agreement,
        title=_("Подпись стороны"),
        done=_("Подпись записана"),
    )


@bp.route("/agreements/<uuid:agreement_id>/refuse", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.TMS)
def refuse_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """A party refuses to sign."""
    return step(
        agreement_id,
        "refuse",
        schemas.RefusalIn(),
        actions.refuse_agreement,
        title=_("Отказ от подписания"),
        done=_("Отказ записан"),
    )


@bp.route("/agreements/<uuid:agreement_id>/put-in-force", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def put_in_force(agreement_id: UUID) -> ResponseReturnValue:
    """Put a signed agreement in force."""
    return step(
        agreement_id,
        "put_in_force",
        schemas.EntryIntoForceIn(),
        actions.put_in_force,
        title=_("Ввод договора в действие"),
        done=_("Договор действует"),
    )


@bp.route("/agreements/<uuid:agreement_id>/scan/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_scan(agreement_id: UUID) -> ResponseReturnValue:
    """Attach the scan of a signed agreement."""
    card = queries.agreement(current_person(), agreement_id)

    def submit(data: dict[str, Any]) -> str:
        sent = data["scan"]
        actions.attach_scan(
            current_person(), agreement_id=agreement_id, filename=sent.filename, content=sent.content
        )
        return _card(agreement_id)

    return form_page(
        "registry/agreement_scan.html",
        schemas.ScanIn(),
        submit,
        title=_("Скан договора"),
        done=_("Скан приложен"),
        card=card,
    )


@bp.get("/agreements/<uuid:agreement_id>/scan")
@page_roles()
def scan(agreement_id: UUID) -> Response:
    """Download the scan; the browser saves it and does not show it."""
    kept = queries.scan(current_person(), agreement_id)
    response = Response(kept.content, mimetype=kept.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=kept.filename)
    return response


@bp.route("/transformations/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_transformation() -> ResponseReturnValue:
    """Record that a municipality reached a stage."""

    def submit(data: dict[str, Any]) -> str:
        actions.set_transformation(current_person(), **data)
        return url_for(".transformations")

    return form_page(
        "registry/transformation_form.html",
        schemas.TransformationIn(),
        submit,
        title=_("Этап преобразования сети"),
        initial={"since": clock.today()},
        municipalities=queries.municipality_names(),
        tms=queries.organisation_choices(OrgRole.TMS),
        stages=choices(Stage),
    )


@bp.get("/transformations")
def transformations() -> str:
    """How far every municipality has come."""
    return render_template(
        "registry/transformations.html",
        rows=queries.transformations(queries.as_of(**as_of())),
        municipalities=queries.municipality_names(queries.as_of(**as_of())),
        may_edit=access.may_operate(current_person()),
    )


def step(
    agreement_id: UUID,
    name: str,
    schema: Any,
    action: Callable[..., object],
    *,
    title: str,
    done: str,
    **more: Any,
) -> ResponseReturnValue:
    """The form of one step in the life of an agreement."""
    card = queries.agreement(current_person(), agreement_id)

    def submit(data: dict[str, Any]) -> str:
        action(current_person(), agreement_id=agreement_id, **data)
        return _card(agreement_id)

    parties = [(str(party.organisation_id), party.organisation.short_name) for party in card.may_sign]
    day = max(card.agreement.date, min(clock.today(), card.agreement.valid_from))
    return form_page(
        f"registry/agreement_{name}.html",
        schema,
        submit,
        title=title,
        done=done,
        initial={"signed_on": clock.today(), "on": day if name == "put_in_force" else clock.today()},
        card=card,
        parties=parties,
        **more,
    )


def _card(agreement_id: UUID) -> str:
    return url_for(".agreement", agreement_id=agreement_id)
