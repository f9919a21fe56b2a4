"""People and accounts."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest.pagination import PaginationParameters

from services.registry import actions, schemas
from services.registry.api.door import bp, items, portion
from services.registry.schemas import answers, filters, privacy
from shared.web.person import current_person


@bp.route("/people")
class People(MethodView):
    """People."""

    @bp.arguments(privacy.PeopleFilter, location="query", unknown="exclude")
    @bp.response(200, answers.PersonOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """People whom you may see; the reading is written down (BR-71)."""
        page = actions.read_people(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.PersonIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Enter a person (operator, administrator)."""
        return {"id": actions.add_person(current_person(), **data)}


@bp.route("/people/<uuid:person_id>")
class OnePerson(MethodView):
    """A person."""

    @bp.arguments(privacy.ReadingFilter, location="query", unknown="exclude")
    @bp.response(200, answers.PersonOut)
    def get(self, wanted: dict[str, Any], person_id: UUID) -> Any:
        """A person whom you may see; the reading is written down (BR-71)."""
        return actions.read_person(current_person(), person_id=person_id, **wanted).person


@bp.route("/accounts")
class Accounts(MethodView):
    """Accounts."""

    @bp.arguments(filters.TextFilter, location="query", unknown="exclude")
    @bp.response(200, answers.AccountOut(many=True))
    @bp.paginate()
    def get(self, wanted: dict[str, Any], pagination_parameters: PaginationParameters) -> Any:
        """All accounts (operator, administrator)."""
        page = actions.read_accounts(current_person(), **wanted, **portion(pagination_parameters))
        return items(page, pagination_parameters)

    @bp.arguments(schemas.AccountIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any]) -> Any:
        """Open an account; only an administrator makes operators."""
        return {"id": actions.open_account(current_person(), **data)}


@bp.route("/accounts/<uuid:account_id>")
class OneAccount(MethodView):
    """An account."""

    @bp.response(200, answers.AccountOut)
    def get(self, account_id: UUID) -> Any:
        """An account: any for managers, the own one for everybody."""
        return actions.read_account(current_person(), account_id=account_id)


@bp.route("/accounts/<uuid:account_id>/roles")
class Roles(MethodView):
    """Roles of an account."""

    @bp.arguments(schemas.GrantIn)
    @bp.response(201, answers.CreatedOut)
    def post(self, data: dict[str, Any], account_id: UUID) -> Any:
        """Give one more role with its scope and term (both days included, empty is unlimited)."""
        return {"id": actions.add_role(current_person(), account_id=account_id, **data)}


@bp.route("/accounts/<uuid:account_id>/roles/<uuid:grant_id>/withdraw")
class RoleWithdrawal(MethodView):
    """Taking a role away."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], account_id: UUID, grant_id: UUID) -> None:
        """Take a role away: it gives nothing from now on, in any service."""
        actions.withdraw_role(current_person(), account_id=account_id, grant_id=grant_id, **data)


@bp.route("/accounts/<uuid:account_id>/second-factor/reset")
class SecondFactorReset(MethodView):
    """A lost second factor."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], account_id: UUID) -> None:
        """Take a lost second factor away; everything signed in is signed out."""
        actions.reset_second_factor(current_person(), account_id=account_id, **data)


@bp.route("/accounts/<uuid:account_id>/deactivate")
class Deactivation(MethodView):
    """Closing an account."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], account_id: UUID) -> None:
        """Close an account; its tokens are void."""
        actions.deactivate_account(current_person(), account_id=account_id, **data)


@bp.route("/accounts/<uuid:account_id>/activate")
class Activation(MethodView):
    """Opening an account again."""

    @bp.response(204)
    def post(self, account_id: UUID) -> None:
        """Open a closed or locked account again."""
        actions.activate_account(current_person(), account_id=account_id)


@bp.route("/accounts/<uuid:account_id>/password")
class Password(MethodView):
    """The password of an account."""

    @bp.arguments(schemas.PasswordIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], account_id: UUID) -> None:
        """Change the password; the own one by naming the present one."""
        actions.change_password(current_person(), account_id=account_id, **data)
