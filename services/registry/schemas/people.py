"""What is entered about people and accounts."""

from typing import Any

from marshmallow import fields, pre_load, validate

from services.registry.schemas.parts import Day, choice, maybe
from shared.person import Role
from shared.web.links import SERVICES
from shared.web.schema import InSchema, Text


class PersonIn(InSchema):
    """A new person."""

    last_name = Text(required=True, max=80)
    first_name = Text(required=True, max=80)
    middle_name = maybe(Text, max=80)
    position = maybe(Text, max=200)
    organisation_id = maybe(fields.UUID)
    is_synthetic = fields.Boolean(load_default=False)


class GrantIn(InSchema):
    """A role with its scope and term; both days are included, an empty one is unlimited."""

    role = choice(Role, required=True)
    organisation_id = maybe(fields.UUID)
    municipality_oktmo = maybe(Text, max=8)
    valid_from = maybe(Day)
    valid_to = maybe(Day)


def _grants(**options: Any) -> fields.List:
    return fields.List(
        fields.Nested(lambda: GrantIn()), required=True, validate=validate.Length(min=1, max=20), **options
    )


def _password(**options: Any) -> fields.String:
    return fields.String(load_only=True, validate=validate.Length(max=200), **options)


class AccountIn(InSchema):
    """A new account."""

    person_id = fields.UUID(required=True)
    login = Text(required=True, max=64)
    password = _password(required=True)
    grants = _grants()
    must_change_password = fields.Boolean(load_default=True)


class FilledGrants(InSchema):
    """Several roles as a form has them: rows that nobody touched are left out."""

    grants = _grants()

    @pre_load
    def leave_out_empty_rows(self, data: Any, **_: object) -> Any:
        """A row without a single entry is no role."""
        if isinstance(data, dict) and isinstance(data.get("grants"), list):
            data = {**data, "grants": [row for row in data["grants"] if row]}
        return data


class AccountFormIn(FilledGrants):
    """A new account, as the form of the pages has it; the person replaces the password at once."""

    login = Text(required=True, max=64)
    password = _password(required=True)


class InvitationFormIn(FilledGrants):
    """An invitation, as the form of the pages has it."""

    login = maybe(Text, max=64)


class InvitationIn(InSchema):
    """An invitation: whom, with which roles, under which login (empty: the invitee chooses)."""

    person_id = fields.UUID(required=True)
    login = maybe(Text, max=64)
    grants = _grants()


class AcceptanceIn(InSchema):
    """What an invitee chooses."""

    login = maybe(Text, max=64)
    password = _password(required=True)


class TokenAcceptanceIn(AcceptanceIn):
    """The same for programs, with the token of the link."""

    token = fields.String(required=True, load_only=True, validate=validate.Length(max=100))


class PasswordIn(InSchema):
    """A new password."""

    current_password = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    new_password = _password(required=True)


class NewPasswordIn(InSchema):
    """A password that replaces the one that somebody else has set."""

    new_password = _password(required=True)


class CodeIn(InSchema):
    """A code of the telephone or of the paper."""

    code = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=40))


class PersonalTokenIn(InSchema):
    """A personal token: its name, services, whether it may change things, and its days."""

    name = Text(required=True, max=80)
    services = fields.List(
        fields.String(validate=validate.OneOf(SERVICES)),
        required=True,
        validate=validate.Length(min=1, max=len(SERVICES)),
    )
    may_write = fields.Boolean(load_default=False)
    days = fields.Integer(load_default=90)


class ReasonIn(InSchema):
    """Why something is done."""

    reason = Text(required=True, max=500)


class SignInIn(InSchema):
    """Login and password."""

    login = Text(required=True, max=64)
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=200))


class ProgramSignInIn(SignInIn):
    """The same for programs, with the code of the second factor where there is one."""

    code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
