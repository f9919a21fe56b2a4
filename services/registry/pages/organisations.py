"""Municipalities and organisations: registers, cards, forms."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import EduOrgKind, MunicipalityKind, OrgRole, OrgState
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
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
    asked = wanted(filters.DayFilter)
    card = queries.municipality(oktmo, asked["on"])
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
        initial={"valid_from": clock.today(), "in_krai": True},
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
        municipalities=queries.municipality_names(),
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
        card=queries.organisation(current_person(), organisation_id),
        platforms=queries.platforms(organisation_id=organisation_id, size=20),
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


@bp.route("/organisations/<uuid:organisation_id>/rename", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def rename_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """A new name from a day on (BR-06)."""
    card = queries.organisation(current_person(), organisation_id)

    def submit(data: dict[str, Any]) -> str:
        actions.rename_organisation(current_person(), organisation_id=organisation_id, **data)
        return _card(organisation_id)

    return form_page(
        "registry/organisation_rename.html",
        schemas.RenameIn(),
        submit,
        title=_("Новое наименование"),
        initial={"full_name": card.organisation.full_name, "valid_from": clock.today()},
        card=card,
        acts=queries.act_choices(),
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
        outcomes=choices([OrgState.LIQUIDATED, OrgState.REORGANISED]),
        organisations=queries.organisation_choices(),
    )


def _card(organisation_id: UUID) -> str:
    return url_for(".organisation", organisation_id=organisation_id)
