"""Every code of the registry: roles, kinds, levels, states (glossary 3.1, model 3.3)."""

from enum import StrEnum


class MunicipalityKind(StrEnum):
    """Kinds of municipalities of the krai (model 3.2)."""

    URBAN_OKRUG = "URBAN_OKRUG"
    DISTRICT = "DISTRICT"
    MUNICIPAL_OKRUG = "MUNICIPAL_OKRUG"


class OrgRole(StrEnum):
    """What an organisation does in the network; it may do several things (BR-08)."""

    TMS = "TMS"
    EDU_ORG = "EDU_ORG"
    EDU_AUTHORITY = "EDU_AUTHORITY"
    IRO = "IRO"
    NETWORK_OPERATOR = "NETWORK_OPERATOR"
    MINISTRY = "MINISTRY"
    OTHER = "OTHER"


class EduOrgKind(StrEnum):
    """Kinds of education organisations (S-020, S-021)."""

    PRESCHOOL = "PRESCHOOL"
    SCHOOL = "SCHOOL"
    SUPPLEMENTARY = "SUPPLEMENTARY"
    CORRECTIONAL = "CORRECTIONAL"
    VOCATIONAL = "VOCATIONAL"


class OrgState(StrEnum):
    """The life of an organisation (model 3.3)."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    REORGANISED = "REORGANISED"
    LIQUIDATED = "LIQUIDATED"
    MERGED = "MERGED"
    #: Entered by mistake; a correction took it out of the register.
    WITHDRAWN = "WITHDRAWN"


class ActKind(StrEnum):
    """Kinds of acts, chosen from the dictionary (D-05)."""

    LAW = "LAW"
    GOVERNMENT_DECREE = "GOVERNMENT_DECREE"
    DECREE = "DECREE"
    ORDER = "ORDER"
    DISPOSITION = "DISPOSITION"
    LETTER = "LETTER"
    RESOLUTION = "RESOLUTION"
    REGULATION = "REGULATION"
    OTHER = "OTHER"


class ActLevel(StrEnum):
    """Whose act it is."""

    FEDERAL = "FEDERAL"
    REGIONAL = "REGIONAL"
    MUNICIPAL = "MUNICIPAL"
    LOCAL = "LOCAL"


class RelationType(StrEnum):
    """What one act does to another act or thing (model 3.2)."""

    AMENDS = "AMENDS"
    REPEALS = "REPEALS"
    REPLACES = "REPLACES"
    APPROVES = "APPROVES"
    BASED_ON = "BASED_ON"
    LAUNCHES = "LAUNCHES"
    AWARDS = "AWARDS"
    TERMINATES = "TERMINATES"


class ActState(StrEnum):
    """The life of an act (model 3.3); of an approved one it follows from its dates on any day (BR-04)."""

    DRAFT = "DRAFT"
    NOT_YET = "NOT_YET"
    IN_FORCE = "IN_FORCE"
    REPEALED = "REPEALED"
    REJECTED = "REJECTED"


class BasisFault(StrEnum):
    """Why the basis of a fact is not valid on a day (F7)."""

    OUT_NOW = "OUT_NOW"
    OUT_AT_START = "OUT_AT_START"
    UNDERMINED = "UNDERMINED"


class ActTarget(StrEnum):
    """Things of the registry, other than acts, to which an act may do something (model 3.2)."""

    PLATFORM = "PLATFORM"
    AGREEMENT = "AGREEMENT"
    ORGANISATION = "ORGANISATION"
    PROJECT = "PROJECT"


class AgreementState(StrEnum):
    """The life of an agreement (model 3.3)."""

    DRAFT = "DRAFT"
    ON_SIGNING = "ON_SIGNING"
    SIGNED = "SIGNED"
    IN_FORCE = "IN_FORCE"
    EXPIRED = "EXPIRED"
    TERMINATED = "TERMINATED"
    REFUSED = "REFUSED"


class AgreementChangeKind(StrEnum):
    """How the term of an agreement was made longer (model 3.3)."""

    SUPPLEMENT = "SUPPLEMENT"
    AUTO = "AUTO"


class AgreementDay(StrEnum):
    """Days of an agreement that can have been recorded wrongly."""

    ENTRY = "ENTRY"
    TERMINATION = "TERMINATION"


class MembershipBasis(StrEnum):
    """Why an organisation belongs to the network (BR-12)."""

    AGREEMENT = "AGREEMENT"
    TERRITORY = "TERRITORY"


class PlatformKind(StrEnum):
    """Kinds of platforms (glossary 3.1)."""

    MUNICIPAL = "MUNICIPAL"
    MUNICIPAL_NETWORK = "MUNICIPAL_NETWORK"
    KRAI = "KRAI"
    KRAI_EXPERIMENTAL = "KRAI_EXPERIMENTAL"
    FEDERAL = "FEDERAL"
    PARTNER = "PARTNER"
    FGOS_PILOT = "FGOS_PILOT"


class PlatformState(StrEnum):
    """The life of a platform's status (model 3.3)."""

    APPLIED = "APPLIED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"
    DECLINED = "DECLINED"


class StatusStep(StrEnum):
    """An action on a status; each is an immutable record (BR-26)."""

    AWARD = "AWARD"
    EXTEND = "EXTEND"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    EXPIRE = "EXPIRE"
    COMPLETE = "COMPLETE"
    TERMINATE = "TERMINATE"
    DECLINE = "DECLINE"


class PartyRole(StrEnum):
    """How an organisation takes part in a platform; the hub of a network platform is its holder (BR-21)."""

    HUB = "HUB"
    HOLDER = "HOLDER"
    MEMBER = "MEMBER"


class Outcome(StrEnum):
    """Decisions about an entry that change a platform's status (BR-55)."""

    AWARD_STATUS = "AWARD_STATUS"
    EXTEND = "EXTEND"
    COMPLETE = "COMPLETE"
    TERMINATE = "TERMINATE"


class ProposalState(StrEnum):
    """The life of a proposal: it waits for an order."""

    WAITING = "WAITING"
    ENACTED = "ENACTED"
    DECLINED = "DECLINED"


class ReportState(StrEnum):
    """The life of a platform's yearly report (model 3.3); OVERDUE is computed on a day and never stored."""

    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    OVERDUE = "OVERDUE"


class Warned(StrEnum):
    """What missed reports let the operator propose to the council (BR-24)."""

    SUSPEND = "SUSPEND"
    TERMINATE = "TERMINATE"


class Stage(StrEnum):
    """Stages of the transformation in their order, and the pause (model 3.3)."""

    NOT_STARTED = "NOT_STARTED"
    ANALYSIS = "ANALYSIS"
    AGREEMENT_SIGNED = "AGREEMENT_SIGNED"
    ROADMAP_APPROVED = "ROADMAP_APPROVED"
    STAFF_TRAINED = "STAFF_TRAINED"
    FIRST_PLATFORM = "FIRST_PLATFORM"
    TRANSFORMED = "TRANSFORMED"
    PAUSED = "PAUSED"


class Evidence(StrEnum):
    """What a stage is proved with."""

    AGREEMENT = "AGREEMENT"
    ROADMAP = "ROADMAP"
    INTERNSHIP = "INTERNSHIP"
    PLATFORM = "PLATFORM"
    NOTE = "NOTE"


class GrantState(StrEnum):
    """Whether a role counts today: before, within or after its term."""

    TO_COME = "TO_COME"
    IN_FORCE = "IN_FORCE"
    OVER = "OVER"


class InvitationState(StrEnum):
    """The life of an invitation: it waits, until it is accepted, revoked or too old."""

    WAITING = "WAITING"
    ACCEPTED = "ACCEPTED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
class SearchKind(StrEnum):
    """What the search finds; the order is the one in which results are counted."""

    ORGANISATION = "ORGANISATION"
    PLATFORM = "PLATFORM"
    ACT = "ACT"
    AGREEMENT = "AGREEMENT"
    MUNICIPALITY = "MUNICIPALITY"
    PERSON = "PERSON"
class FactKind(StrEnum):
    """What a fact says of its subject (F7); each subject has a timeline of every kind it knows."""

    # Of organisations.
    NAME = "NAME"
    SHORT_NAME = "SHORT_NAME"
    ROLE = "ROLE"
    EDU_KIND = "EDU_KIND"
    TERRITORY = "TERRITORY"
    PARENT = "PARENT"
    HEAD = "HEAD"
    ORG_STATE = "ORG_STATE"
    MEMBERSHIP = "MEMBERSHIP"
    CAPACITY = "CAPACITY"
    # Of municipalities.
    MO_NAME = "MO_NAME"
    MO_OFFICIAL_NAME = "MO_OFFICIAL_NAME"
    MO_KIND = "MO_KIND"
    MO_CENTRE = "MO_CENTRE"
    STAGE = "STAGE"
    # Of platforms, agreements, acts.
    STATUS = "STATUS"
    PARTY = "PARTY"
    AGREEMENT = "AGREEMENT"
    ACT_FORCE = "ACT_FORCE"


class BasisKind(StrEnum):
    """What a fact rests on (F7)."""

    ACT = "ACT"
    AGREEMENT = "AGREEMENT"
    CORRECTION = "CORRECTION"
    SOURCE = "SOURCE"
