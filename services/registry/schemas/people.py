"""What is entered about people and accounts."""

from marshmallow import fields, validate

from services.registry.schemas.parts import choice, maybe
from shared.person import Role
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
    """A role with its scope."""

    role = choice(Role, required=True)
    organisation_id = maybe(fields.UUID)
    municipality_oktmo = maybe(Text, max=8)


class AccountIn(InSchema):
    """A new account."""

    person_id = fields.UUID(required=True)
    login = Text(required=True, max=64)
    password = fields.String(required=True, load_only=True, validate=validate.Length(max=200))
    grants = fields.List(
        fields.Nested(lambda: GrantIn()), required=True, validate=validate.Length(min=1, max=20)
    )


class AccountFormIn(InSchema):
    """A new account with one role, as the form of the pages has it."""

    login = Text(required=True, max=64)
    password = fields.String(required=True, load_only=True, validate=validate.Length(max=200))
    role = choice(Role, required=True)
    organisation_id = maybe(fields.UUID)
    municipality_oktmo = maybe(Text, max=8)


class PasswordIn(InSchema):
    """A new password."""

    current_password = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    new_password = fields.String(required=True, load_only=True, validate=validate.Length(max=200))


class ReasonIn(InSchema):
    """Why something is done."""

    reason = Text(required=True, max=500)


class SignInIn(InSchema):
    """Login and password."""

    login = Text(required=True, max=64)
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=200))
