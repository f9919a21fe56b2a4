"""Municipalities and organisations: registers, cards, forms."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import as_of, bp, choices, page_number, wanted
from services.registry.pages.values import value_choices
from services.registry.rules.facts import CHANGEABLE
from services.registry.rules.kinds import ActLevel, EduOrgKind, FactKind, MunicipalityKind, OrgRole, OrgState
from services.registry.rules.organisations import ENDINGS
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)


@bp.get("/municipalities")
def municipalities() -> str:
    """Municipalities under the names of a day (BR-11)."""
    asked = wanted(filters.MunicipalityFilter)
    return render_template(
        "registry/municipalities.html",
        rows=queries.municipalities(**asked),
        asked=asked,
        day=asked["on"] or clock.today(),
        may_edit=access.may_manage(current_person()),
    )


@bp.get("/municipalities/<oktmo>")
def municipality(oktmo: str) -> str:
    """The card of a municipality on a day."""
    card = queries.municipality(oktmo, **as_of())
    return render_template(
        "registry/municipality.html", card=card, may_edit=access.may_manage(current_person())
    )


@bp.route("/municipalities/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_municipality() -> ResponseReturnValue:
    """Enter a municipality."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_municipality(current_person(), **data)
        return url_for(".municipalities")

    return form_page(
        "registry/municipality_form.html",
        schemas.MunicipalityIn(),
        submit,
        title=_("Новое муниципальное образование"),
        initial={"in_krai": True},
        kinds=choices(MunicipalityKind),
    )


@bp.route("/municipalities/<oktmo>/versions/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_municipality_version(oktmo: str) -> ResponseReturnValue:
    """A new kind or name from a day on (BR-11)."""
    card = queries.municipality(oktmo)

    def submit(data: dict[str, Any]) -> str:
        actions.add_municipality_version(current_person(), oktmo=oktmo, **data)
        return url_for(".municipality", oktmo=oktmo)

    return form_page(
        "registry/municipality_version.html",
        schemas.MunicipalityVersionIn(),
        submit,
        title=_("Новый вид или наименование"),
        card=card,
        kinds=choices(MunicipalityKind),
        acts=queries.act_choices(),
    )


@bp.route("/municipalities/<oktmo>/counts/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_org_count(oktmo: str) -> ResponseReturnValue:
    """How many education organisations there are in a year (S-005)."""
    card = queries.municipality(oktmo)

    def submit(data: dict[str, Any]) -> str:
        actions.set_org_count(current_person(), municipality_oktmo=oktmo, **data)
        return url_for(".municipality", oktmo=oktmo)

    return form_page(
        "registry/org_count.html",
        schemas.OrgCountIn(),
        submit,
        title=_("Число образовательных организаций"),
        initial={"year": clock.today().year, "as_of": clock.today()},
        card=card,
    )


@bp.get("/organisations")
def organisations() -> str:
    """The register of organisations."""
    asked = wanted(filters.OrganisationFilter)
    who = current_person()
    return render_template(
        "registry/organisations.html",
        page=queries.organisations(who, **asked, page=page_number()),
        asked=asked,
        municipalities=queries.municipality_names(queries.as_of(asked["on"], asked["known"])),
        roles=choices(OrgRole),
        kinds=choices(EduOrgKind),
        states=choices(OrgState),
        may_edit=access.may_manage(who),
    )


@bp.get("/organisations/<uuid:organisation_id>")
def organisation(organisation_id: UUID) -> str:
    """The card of an organisation."""
    return render_template(
        "registry/organisation.html",
        card=queries.organisation(current_person(), organisation_id, **as_of()),
        platforms=queries.platforms(organisation_id=organisation_id, **as_of(), size=20),
    )


@bp.route("/organisations/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_organisation() -> ResponseReturnValue:
    """Register an organisation."""
    return form_page(
        "registry/organisation_form.html",
        schemas.OrganisationIn(),
        lambda data: _card(actions.register_organisation(current_person(), **data)),
        title=_("Новая организация"),
        done=_("Организация зарегистрирована"),
        municipalities=queries.municipality_names(),
        roles=choices(OrgRole),
        kinds=choices(EduOrgKind),
    )


@bp.route("/tms/new", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def new_tms() -> ResponseReturnValue:
    """Register a ТМС: the same as an organisation, with its role known (BR-08)."""
    return form_page(
        "registry/tms_form.html",
        schemas.TmsIn(),
        lambda data: _card(actions.register_organisation(current_person(), roles=[OrgRole.TMS], **data)),
        title=_("Новая ТМС"),
        done=_("ТМС зарегистрирована"),
        municipalities=queries.municipality_names(),
    )


@bp.route("/organisations/<uuid:organisation_id>/change", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def change_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """A name, role, kind, territory, parent or head changes from a day on (F7)."""
    card = queries.organisation(current_person(), organisation_id)
    asked = request.values.get("kind", "")
    kind = FactKind(asked) if asked in CHANGEABLE else FactKind.NAME

    def submit(data: dict[str, Any]) -> str:
        actions.change_organisation(current_person(), organisation_id=organisation_id, **data)
        return _card(organisation_id)

    return form_page(
        "registry/organisation_change.html",
        schemas.ChangeIn(),
        submit,
        title=_("Изменить сведения"),
        done=_("Изменение записано"),
        initial={"valid_from": clock.today()},
        card=card,
        kind=kind,
        kinds=choices(CHANGEABLE),
        options=value_choices(kind),
        acts=queries.act_choices(),
        may_enter_acts=access.may_record_act(current_person(), ActLevel.LOCAL),
    )


@bp.post("/organisations/<uuid:organisation_id>/publish")
@page_roles(*MANAGERS)
def publish_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Publish a draft."""
    return act_on(
        lambda: actions.publish_organisation(current_person(), organisation_id=organisation_id),
        back=_card(organisation_id),
        done=_("Организация опубликована"),
    )


@bp.route("/organisations/<uuid:organisation_id>/withdraw", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def withdraw_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Take out of the register what was entered by mistake."""
    card = queries.organisation(current_person(), organisation_id)

    def submit(data: dict[str, Any]) -> str:
        actions.withdraw_organisation(current_person(), organisation_id=organisation_id, **data)
        return _card(organisation_id)

    return form_page(
        "registry/organisation_withdraw.html",
        schemas.ReasonIn(),
        submit,
        title=_("Внесена по ошибке"),
        done=_("Организация изъята из реестра"),
        card=card,
    )


@bp.route("/organisations/<uuid:organisation_id>/end", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def end_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Liquidate or reorganise (model 3.3)."""
    card = queries.organisation(current_person(), organisation_id)

    def submit(data: dict[str, Any]) -> str:
        actions.end_organisation(current_person(), organisation_id=organisation_id, **data)
        return _card(organisation_id)

    return form_page(
        "registry/organisation_end.html",
        schemas.EndIn(),
        submit,
        title=_("Ликвидация или реорганизация"),
        initial={"on": clock.today()},
        card=card,
        outcomes=choices(ENDINGS),
        acts=queries.act_choices(),
        organisations=queries.organisation_choices(),
    )


def _card(organisation_id: UUID) -> str:
    return url_for(".organisation", organisation_id=organisation_id)
