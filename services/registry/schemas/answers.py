"""What the API answers."""

from marshmallow import fields

from services.registry.rules.kinds import (
    ActKind,
    ActLevel,
    ActState,
    BasisKind,
    EduOrgKind,
    FactKind,
    MunicipalityKind,
    OrgRole,
    OrgState,
    Outcome,
    PlatformKind,
    PlatformState,
    ProposalState,
    RelationType,
    Stage,
    StatusStep,
)
from services.registry.schemas.parts import OpenDay, OpenMoment, choice
from shared.person import Role
from shared.web.schema import OutSchema


class CreatedOut(OutSchema):
    """The identifier of what has been made."""

    id = fields.UUID(required=True)


class AccessOut(OutSchema):
    """An access token for the API of every service."""

    access_token = fields.String(required=True)
    token_type = fields.Constant("Bearer")
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds"})


class TokensOut(AccessOut):
    """An access token, and a refresh token to get the next ones with."""

    refresh_token = fields.String(required=True)


class VersionOut(OutSchema):
    """Kind and names of a municipality from a date on."""

    valid_from = OpenDay(allow_none=True)
    kind = choice(MunicipalityKind)
    short_name = fields.String()
    official_name = fields.String()
    centre = fields.String(allow_none=True)


class MunicipalityOut(OutSchema):
    """A municipality as it is named on a date."""

    oktmo = fields.String()
    in_krai = fields.Boolean()
    has_agreement = fields.Boolean()
    named = fields.Nested(lambda: VersionOut())


class OrgCountOut(OutSchema):
    """Education organisations in a year."""

    year = fields.Integer()
    as_of = fields.Date()
    total = fields.Integer()
    source = fields.String()


class FactOut(OutSchema):
    """A fact: valid on valid_from ≤ day < valid_to, known at recorded_from ≤ moment < recorded_to."""

    id = fields.UUID(attribute="fact.id")
    kind = choice(FactKind, attribute="fact.kind")
    value = fields.String(attribute="fact.value")
    text = fields.String()
    valid_from = OpenDay(attribute="fact.valid_from", allow_none=True)
    valid_to = OpenDay(attribute="fact.valid_to", allow_none=True)
    recorded_from = fields.AwareDateTime(attribute="fact.recorded_from")
    recorded_to = OpenMoment(attribute="fact.recorded_to", allow_none=True)
    basis = fields.String()
    basis_kind = choice(BasisKind, attribute="fact.basis_kind")
    act_id = fields.UUID(attribute="fact.act_id", allow_none=True)
    clause = fields.String(attribute="fact.clause", allow_none=True)
    agreement_id = fields.UUID(attribute="fact.agreement_id", allow_none=True)
    corrected_because = fields.String(attribute="closed_by.reason", allow_none=True)


class DifferenceOut(OutSchema):
    """What was known of one thing on the first day of knowledge and on the second."""

    subject_id = fields.UUID()
    subject = fields.String()
    kind = choice(FactKind)
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)
    basis = fields.String(allow_none=True)


class MunicipalityCardOut(OutSchema):
    """A municipality with its numbers on a date."""

    oktmo = fields.String(attribute="municipality.oktmo")
    in_krai = fields.Boolean(attribute="municipality.in_krai")
    named = fields.Nested(lambda: VersionOut())
    versions = fields.List(fields.Nested(lambda: VersionOut()), attribute="versions")
    on = fields.Date()
    counts = fields.List(fields.Nested(lambda: OrgCountOut()))
    innovation_organisations = fields.Integer()
    platforms = fields.Integer()


class OrganisationOut(OutSchema):
    """Open fields of an organisation."""

    id = fields.UUID()
    full_name = fields.String()
    short_name = fields.String()
    roles = fields.List(choice(OrgRole))
    edu_kind = choice(EduOrgKind, allow_none=True)
    municipality_oktmo = fields.String(allow_none=True)
    site = fields.String(allow_none=True)
    state = choice(OrgState)


class NameOut(OutSchema):
    """A full name from a date on."""

    full_name = fields.String(attribute="value")
    valid_from = OpenDay(allow_none=True)


class InnerOrganisationOut(OrganisationOut):
    """All fields of an organisation."""

    legal_form = fields.String(allow_none=True)
    inn = fields.String(allow_none=True)
    ogrn = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    names = fields.List(fields.Nested(lambda: NameOut()))
    aliases = fields.List(fields.Pluck(lambda: AliasOut(), "text"))


class AliasOut(OutSchema):
    """A raw spelling."""

    text = fields.String()


class PersonOut(OutSchema):
    """A person."""

    id = fields.UUID()
    last_name = fields.String()
    first_name = fields.String()
    middle_name = fields.String(allow_none=True)
    position = fields.String(allow_none=True)
    organisation_id = fields.UUID(allow_none=True)


class GrantOut(OutSchema):
    """A role with its scope."""

    role = choice(Role)
    organisation_id = fields.UUID(allow_none=True)
    municipality_oktmo = fields.String(allow_none=True)


class AccountOut(OutSchema):
    """An account."""

    id = fields.UUID()
    person_id = fields.UUID()
    login = fields.String()
    active = fields.Boolean()
    grants = fields.List(fields.Nested(lambda: GrantOut()))
    last_sign_in_at = fields.AwareDateTime(allow_none=True)


class ActOut(OutSchema):
    """A normative act."""

    id = fields.UUID()
    kind = choice(ActKind)
    number = fields.String(allow_none=True)
    date = fields.Date()
    title = fields.String()
    level = choice(ActLevel)
    issuer_name = fields.String(allow_none=True)
    in_force_from = fields.Date()
    in_force_to = fields.Date(allow_none=True)


class RelationOut(OutSchema):
    """What an act does to another one."""

    type = choice(RelationType)
    target_id = fields.UUID(allow_none=True)
    target_ref = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class ActCardOut(OutSchema):
    """An act, its state on a date, its relations and chains of amendments."""

    act = fields.Nested(lambda: ActOut())
    on = fields.Date()
    state = choice(ActState)
    stale = fields.Boolean(metadata={"description": "Citing it in a document of this day deserves a warning"})
    relations = fields.List(fields.Nested(lambda: RelationOut()), attribute="outgoing")
    chains = fields.List(fields.List(fields.Pluck(lambda: ActOut(), "id")))


class TransformationOut(OutSchema):
    """How far a municipality has come on the day asked."""

    id = fields.UUID(attribute="transformation.id")
    municipality_oktmo = fields.String(attribute="transformation.municipality_oktmo")
    tms_id = fields.UUID(attribute="transformation.tms_id")
    stage = choice(Stage)
    since = fields.Date()


class PeriodOut(OutSchema):
    """Days on which a status is ACTIVE."""

    valid_from = fields.Date()
    valid_to = fields.Date(allow_none=True)
    act_id = fields.UUID(allow_none=True)


class PlatformOut(OutSchema):
    """Open fields of a platform and its state on the date asked."""

    id = fields.UUID(attribute="platform.id")
    kind = choice(PlatformKind, attribute="platform.kind")
    topic = fields.String(attribute="platform.topic")
    holder_ids = fields.List(fields.UUID(), attribute="platform.holder_ids")
    hub_id = fields.UUID(attribute="platform.hub_id", allow_none=True)
    member_ids = fields.List(fields.UUID(), attribute="platform.member_ids")
    municipality_oktmo = fields.String(attribute="platform.municipality_oktmo", allow_none=True)
    state = choice(PlatformState, allow_none=True)


class RecordOut(OutSchema):
    """An action on a status."""

    kind = choice(StatusStep)
    on = fields.Date()
    valid_to = fields.Date(allow_none=True)
    act_id = fields.UUID(allow_none=True)
    basis = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class PlatformCardOut(PlatformOut):
    """A platform; the history is empty for those who may not read it."""

    periods = fields.List(fields.Nested(lambda: PeriodOut()), attribute="platform.periods")
    history = fields.List(fields.Nested(lambda: RecordOut()))


class ProposalOut(OutSchema):
    """A decision that waits for an order."""

    id = fields.UUID(attribute="proposal.id")
    entry_id = fields.UUID(attribute="proposal.entry_id")
    outcome = choice(Outcome, attribute="proposal.outcome")
    topic = fields.String(attribute="proposal.topic")
    applicant = fields.String()
    platform_id = fields.UUID(attribute="proposal.platform_id", allow_none=True)
    protocol_number = fields.String(attribute="proposal.protocol_number")
    protocol_date = fields.Date(attribute="proposal.protocol_date")
    state = choice(ProposalState, attribute="proposal.state")


class ChangedOut(OutSchema):
    """What an action for many has changed."""

    ids = fields.List(fields.UUID())


class NumbersOut(OutSchema):
    """The network in numbers on a day."""

    on = fields.Date()
    agreements = fields.Integer()
    municipalities = fields.Integer()
    of_krai = fields.Integer()
    transformed = fields.Integer()
    platforms = fields.Integer()
    platforms_of_operator = fields.Integer()
    innovation_organisations = fields.Integer()
    by_kind = fields.Dict(keys=choice(PlatformKind), values=fields.Integer())
