"""What the API answers."""

from marshmallow import fields

from services.registry.rules.kinds import (
    BasisKind,
    EduOrgKind,
    FactKind,
    InvitationState,
    MunicipalityKind,
    OrgRole,
    OrgState,
    Outcome,
    PartyRole,
    PlatformKind,
    PlatformState,
    ProposalState,
    ReportState,
    SearchKind,
    Stage,
    StatusStep,
    Warned,
)
from services.registry.rules.witness import Trouble
from services.registry.schemas.parts import OpenDay, OpenMoment, choice
from shared.person import Role
from shared.web.schema import OutSchema


class CreatedOut(OutSchema):
    """The identifier of what has been made."""

    id = fields.UUID(required=True)
    warnings = fields.List(fields.String(), metadata={"description": "What a rule finds fault with (BR-05)"})


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


class WitnessedHeadOut(OutSchema):
    """A kept head of a contest's log; ``trouble`` says what it contradicts."""

    edition_id = fields.UUID()
    number = fields.Integer()
    size = fields.Integer()
    root = fields.String()
    signed_at = fields.AwareDateTime()
    received_at = fields.AwareDateTime()
    kid = fields.String()
    public_key = fields.String()
    text = fields.String()
    signature = fields.String()
    trouble = fields.Enum(Trouble, by_value=True, allow_none=True)


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
    """A role with its scope and term; both days are included."""

    id = fields.UUID()
    role = choice(Role)
    organisation_id = fields.UUID(allow_none=True)
    municipality_oktmo = fields.String(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)


class AccountOut(OutSchema):
    """An account."""

    id = fields.UUID()
    person_id = fields.UUID()
    login = fields.String()
    active = fields.Boolean()
    grants = fields.List(fields.Nested(lambda: GrantOut()))
    last_sign_in_at = fields.AwareDateTime(allow_none=True)


class InvitationTokenOut(OutSchema):
    """The token of an invitation, shown once, and the page that takes it."""

    token = fields.String()
    url = fields.String()


class InvitationOut(OutSchema):
    """An invitation; its token is not kept."""

    id = fields.UUID(attribute="invitation.id")
    person_id = fields.UUID(attribute="invitation.person_id")
    login = fields.String(attribute="invitation.login", allow_none=True)
    grants = fields.List(fields.Nested(lambda: GrantOut()), attribute="invitation.grants")
    state = choice(InvitationState)
    created_at = fields.AwareDateTime(attribute="invitation.created_at")
    expires_at = fields.AwareDateTime(attribute="invitation.expires_at")


class PersonalTokenOut(OutSchema):
    """A personal token without its secret part."""

    id = fields.UUID()
    name = fields.String()
    services = fields.List(fields.String())
    may_write = fields.Boolean()
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    last_used_at = fields.AwareDateTime(allow_none=True)


class MadeTokenOut(OutSchema):
    """A new personal token, shown once."""

    token = fields.String()


class EnrolmentOut(OutSchema):
    """What a telephone must learn: the secret, also as the address of a QR code."""

    secret = fields.String()
    uri = fields.String()


class RecoveryCodesOut(OutSchema):
    """Ten codes, each good once, shown once."""

    codes = fields.List(fields.String())


class PersonalAccessOut(OutSchema):
    """A short-lived access token with the scope of the personal one."""

    access_token = fields.String()
    expires_in = fields.Integer()
    scope = fields.String()


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
    id = fields.UUID()
    act_id = fields.UUID(allow_none=True)
    clause = fields.String(allow_none=True)
    agreement_id = fields.UUID(allow_none=True)
    basis = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    correction_id = fields.UUID(allow_none=True)


class PlatformPartyOut(OutSchema):
    """An organisation of a platform on the day asked."""

    organisation_id = fields.UUID()
    name = fields.String()
    role = choice(PartyRole)


class PlatformReportOut(OutSchema):
    """A yearly report: what is asked, and how it stands."""

    year = fields.Integer(attribute="due.year")
    due_on = fields.Date(attribute="due.on")
    state = choice(ReportState)
    text = fields.String(attribute="report.text")
    link = fields.String(attribute="report.link", allow_none=True)
    submitted_on = fields.Date(attribute="report.submitted_on")
    remarks = fields.String(attribute="report.remarks", allow_none=True)
    again_by = fields.Date(attribute="report.again_by", allow_none=True)


class PlatformLineOut(OutSchema):
    """A platform and what comes up for it."""

    platform_id = fields.UUID(attribute="platform.id")
    topic = fields.String(attribute="platform.topic")


class ExpiryOut(PlatformLineOut):
    """A term that ends soon or is over."""

    ends = fields.Date()
    days_left = fields.Integer()
    mark = fields.Integer(metadata={"description": "90, 30 or 0 days before the end (F7)"})


class ReportDueOut(PlatformLineOut):
    """A report that is awaited, overdue or handed in."""

    year = fields.Integer(attribute="due.year")
    due_on = fields.Date(attribute="due.on")
    state = choice(ReportState)


class OmissionOut(PlatformLineOut):
    """What missed reports let the operator propose to the council (BR-24)."""

    propose = choice(Warned)
    missed = fields.List(fields.Integer())


class PlatformsDueOut(OutSchema):
    """What comes up for platforms on a day."""

    on = fields.Date()
    expiries = fields.List(fields.Nested(ExpiryOut))
    reports = fields.List(fields.Nested(ReportDueOut))
    omissions = fields.List(fields.Nested(OmissionOut))


class DraftLineOut(OutSchema):
    """A decision in the draft of an order."""

    proposal_id = fields.UUID()
    outcome = choice(Outcome)
    topic = fields.String()


class OrderDraftOut(OutSchema):
    """The draft of an order and its paper (D-07)."""

    id = fields.UUID()
    number = fields.String()
    valid_from = fields.Date()
    months = fields.Integer()
    paper_id = fields.UUID()
    act_id = fields.UUID(allow_none=True)
    lines = fields.List(fields.Nested(DraftLineOut))


class PlatformCardOut(PlatformOut):
    """A platform; history and reports are empty for those who may not read them."""

    parties = fields.List(fields.Nested(PlatformPartyOut))
    directions = fields.List(fields.String(), attribute="platform.directions")
    priority_directions = fields.List(fields.String(), attribute="platform.priority_directions")
    calendar_plan = fields.List(fields.String(), attribute="platform.calendar_plan")
    reports = fields.List(fields.Nested(PlatformReportOut))

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


class OvertakenOut(ProposalOut):
    """A decision about which the council decided otherwise after it was enacted or put aside."""

    later_outcome = fields.String(attribute="proposal.later_outcome")
    later_protocol_number = fields.String(attribute="proposal.later_protocol_number")
    later_protocol_date = fields.Date(attribute="proposal.later_protocol_date")


class ChangedOut(OutSchema):
    """What an action for many has changed."""

    ids = fields.List(fields.UUID())
    warnings = fields.List(fields.String(), metadata={"description": "What a rule finds fault with (BR-05)"})


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


class PartOut(OutSchema):
    """A piece of a title; those that answer the search are marked."""

    text = fields.String(required=True)
    is_found = fields.Boolean(required=True)


class HitOut(OutSchema):
    """A thing that was found; its card lies under the path, the same in the pages and in the API."""

    kind = choice(SearchKind)
    id = fields.UUID()
    path = fields.String()
    title = fields.List(fields.Nested(lambda: PartOut()))
    subtitle = fields.List(fields.Nested(lambda: PartOut()))


class CountOut(OutSchema):
    """How many things of a kind were found."""

    kind = choice(SearchKind)
    total = fields.Integer()


class FoundOut(OutSchema):
    """Results in order, and how many there are of each kind."""

    items = fields.List(fields.Nested(lambda: HitOut()))
    counts = fields.List(fields.Nested(lambda: CountOut()))
