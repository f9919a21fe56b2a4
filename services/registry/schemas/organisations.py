"""What is entered about municipalities and organisations."""

from marshmallow import fields, validate

from services.registry.rules.facts import CHANGEABLE
from services.registry.rules.kinds import EduOrgKind, FactKind, MunicipalityKind, OrgRole, OrgState
from services.registry.schemas.parts import Day, choice, maybe
from shared.web.schema import InSchema, Text


class MunicipalityIn(InSchema):
    """A new municipality."""

    oktmo = Text(required=True, max=20)
    short_name = Text(required=True, max=200)
    official_name = maybe(Text, max=300)
    kind = choice(MunicipalityKind, load_default=MunicipalityKind.DISTRICT)
    centre = maybe(Text, max=200)
    valid_from = maybe(Day)
    source = maybe(Text, max=300)
    in_krai = fields.Boolean(load_default=True)


class MunicipalityVersionIn(InSchema):
    """A new kind or name of a municipality."""

    kind = choice(MunicipalityKind, required=True)
    valid_from = Day(required=True)
    short_name = maybe(Text, max=200)
    official_name = maybe(Text, max=300)
    centre = maybe(Text, max=200)
    act_id = fields.UUID(required=True)
    clause = maybe(Text, max=100)


class OrgCountIn(InSchema):
    """Education organisations of a municipality in a year."""

    year = fields.Integer(required=True, validate=validate.Range(min=1990, max=2100))
    as_of = Day(required=True)
    total = fields.Integer(required=True, validate=validate.Range(min=0, max=100_000))
    source = Text(required=True, max=500)


class OrganisationIn(InSchema):
    """A new organisation."""

    full_name = Text(required=True, max=500)
    short_name = maybe(Text, max=200)
    roles = fields.List(choice(OrgRole), required=True, validate=validate.Length(min=1, max=len(OrgRole)))
    municipality_oktmo = maybe(Text, max=8)
    edu_kind = choice(EduOrgKind, load_default=None, allow_none=True)
    legal_form = maybe(Text, max=40)
    inn = maybe(Text, max=10)
    ogrn = maybe(Text, max=13)
    site = maybe(fields.Url, schemes={"http", "https"}, validate=validate.Length(max=200))
    email = maybe(fields.Email, validate=validate.Length(max=254))
    phone = maybe(Text, max=40)
    address = maybe(Text, max=300)
    source_text = maybe(Text, max=700)
    source = maybe(Text, max=300)
    draft = fields.Boolean(load_default=False)


class TmsIn(InSchema):
    """A new ТМС: an organisation whose role is known."""

    full_name = Text(required=True, max=500)
    short_name = maybe(Text, max=200)
    municipality_oktmo = Text(required=True, max=8)
    legal_form = maybe(Text, max=40)
    inn = maybe(Text, max=10)
    ogrn = maybe(Text, max=13)
    site = maybe(fields.Url, schemes={"http", "https"}, validate=validate.Length(max=200))
    email = maybe(fields.Email, validate=validate.Length(max=254))


class AliasIn(InSchema):
    """A spelling found in a source."""

    text = Text(required=True, max=700)
    source = Text(required=True, max=300)


class MergeIn(InSchema):
    """A row of an import that may mean a known organisation."""

    full_name = Text(required=True, max=500)
    municipality_oktmo = maybe(Text, max=8)
    source_text = Text(required=True, max=700)
    roles = fields.List(choice(OrgRole), load_default=lambda: [OrgRole.OTHER])


class RenameIn(InSchema):
    """A new name of an organisation."""

    full_name = Text(required=True, max=500)
    valid_from = Day(required=True)
    act_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)


class ChangeIn(InSchema):
    """Something said of an organisation changes from a day on (F7)."""

    kind = fields.Enum(FactKind, by_value=True, required=True, validate=validate.OneOf(CHANGEABLE))
    value = Text(required=True, max=1000)
    valid_from = Day(required=True)
    valid_to = maybe(Day)
    act_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)


class CorrectionIn(InSchema):
    """What was recorded by mistake, and how it really is; what is left out stays as recorded."""

    value = maybe(Text, max=1000)
    valid_from = maybe(Day)
    valid_to = maybe(Day)
    reason = Text(required=True, max=500)
    act_id = maybe(fields.UUID)


class EndIn(InSchema):
    """The end of an organisation."""

    outcome = fields.Enum(
        OrgState,
        by_value=True,
        required=True,
        validate=validate.OneOf([OrgState.LIQUIDATED, OrgState.REORGANISED, OrgState.MERGED]),
    )
    on = Day(required=True)
    successor_id = maybe(fields.UUID)
    act_id = maybe(fields.UUID)
    clause = maybe(Text, max=100)
