"""The network in numbers, municipalities and organisations."""

from typing import Any
from uuid import UUID

from flask import jsonify
from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, queries, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters
from shared.web.person import current_person


@bp.route("/numbers")
class Numbers(MethodView):
    """The network in numbers."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.NumbersOut)
    def get(self, wanted: dict[str, Any]) -> Any:
        """Counts as of a day, open to everybody."""
        return queries.numbers(queries.as_of(**wanted))


@bp.route("/municipalities")
class Municipalities(MethodView):
    """Municipalities."""

    @bp.arguments(filters.MunicipalityFilter, location="query", unknown="exclude")
    @bp.response(200, answers.MunicipalityOut(many=True))
    def get(self, wanted: dict[str, Any]) -> Any:
        """All municipalities under the names of a day, open to everybody."""
        return queries.municipalities(**wanted)

    @bp.arguments(schemas.MunicipalityIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter a municipality (operator, administrator)."""
        return {"id": actions.add_municipality(current_person(), **data)}


@bp.route("/municipalities/<string:oktmo>")
class OneMunicipality(MethodView):
    """A municipality."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.MunicipalityCardOut)
    def get(self, wanted: dict[str, Any], oktmo: str) -> Any:
        """A municipality on a day, open to everybody."""
        return queries.municipality(oktmo, **wanted)


@bp.route("/municipalities/<string:oktmo>/versions")
class MunicipalityVersions(MethodView):
    """Names of a municipality."""

    @bp.arguments(schemas.MunicipalityVersionIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], oktmo: str) -> Any:
        """A new kind or name from a day on (BR-11)."""
        return {"id": actions.add_municipality_version(current_person(), oktmo=oktmo, **data)}


@bp.route("/municipalities/<string:oktmo>/counts")
class OrgCounts(MethodView):
    """Education organisations of a municipality."""

    @bp.arguments(schemas.OrgCountIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], oktmo: str) -> Any:
        """Say how many there are in a year: the denominator of I-01."""
        return {"id": actions.set_org_count(current_person(), municipality_oktmo=oktmo, **data)}


@bp.route("/organisations")
class Organisations(MethodView):
    """Organisations."""

    @bp.arguments(filters.OrganisationFilter, location="query", unknown="exclude")
    @bp.response(200, answers.OrganisationOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """The register of organisations, open to everybody."""
        page = queries.organisations(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.OrganisationIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Register an organisation (operator, administrator; BR-07…BR-10)."""
        return {"id": actions.register_organisation(current_person(), **data)}


@bp.route("/organisations/import")
class Import(MethodView):
    """Rows of an import."""

    @bp.arguments(schemas.MergeIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Find the organisation that a row means, or register it (SC-13)."""
        return {"id": actions.merge_import(current_person(), **data)}


@bp.route("/organisations/<uuid:organisation_id>")
class OneOrganisation(MethodView):
    """An organisation."""

    @bp.arguments(filters.AsOfFilter, location="query", unknown="exclude")
    @bp.response(200, answers.InnerOrganisationOut)
    def get(self, wanted: dict[str, Any], organisation_id: UUID) -> Any:
        """An organisation on a day: open fields for everybody; inner ones for those who may read them."""
        card = queries.organisation(current_person(), organisation_id, **wanted)
        schema = answers.InnerOrganisationOut if card.inner else answers.OrganisationOut
        said = {**vars(card.organisation), **vars(card.then), "names": card.names, "aliases": card.aliases}
        return jsonify(schema().dump(said))


@bp.route("/organisations/<uuid:organisation_id>/aliases")
class Aliases(MethodView):
    """Raw spellings."""

    @bp.arguments(schemas.AliasIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """Keep a spelling found in a source (BR-07)."""
        actions.add_alias(current_person(), organisation_id=organisation_id, **data)


@bp.route("/organisations/<uuid:organisation_id>/rename")
class Renaming(MethodView):
    """A new name."""

    @bp.arguments(schemas.RenameIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """A new name from a day on (BR-06)."""
        actions.rename_organisation(current_person(), organisation_id=organisation_id, **data)


@bp.route("/organisations/<uuid:organisation_id>/end")
class Ending(MethodView):
    """The end of an organisation."""

    @bp.arguments(schemas.EndIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """Liquidate or reorganise."""
        actions.end_organisation(current_person(), organisation_id=organisation_id, **data)


@bp.route("/organisations/<uuid:organisation_id>/facts")
class Changing(MethodView):
    """Changes of what is said of an organisation."""

    @bp.arguments(schemas.ChangeIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """A name, role, kind, territory, parent or head changes from a day on, by an act (F7)."""
        actions.change_organisation(current_person(), organisation_id=organisation_id, **data)


@bp.route("/organisations/<uuid:organisation_id>/publish")
class Publishing(MethodView):
    """Drafts."""

    @bp.response(204)
    def post(self, organisation_id: UUID) -> None:
        """A draft becomes an active organisation."""
        actions.publish_organisation(current_person(), organisation_id=organisation_id)


@bp.route("/organisations/<uuid:organisation_id>/withdraw")
class Withdrawing(MethodView):
    """Mistakes."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], organisation_id: UUID) -> None:
        """What was entered by mistake leaves the register by a correction."""
        actions.withdraw_organisation(current_person(), organisation_id=organisation_id, **data)
