"""How registers are filtered."""

from marshmallow import fields

from services.registry.rules.kinds import (
    ActKind,
    ActLevel,
    ActState,
    AgreementState,
    EduOrgKind,
    OrgRole,
    OrgState,
    PlatformKind,
    PlatformState,
    ProposalState,
    SearchKind,
)
from services.registry.schemas.parts import Day, choice, maybe
from shared.web.schema import InSchema, Text


class AsOfFilter(InSchema):
    """As of which day (``on``), as known at the end of which day (``known``); today and now by default (F7)."""

    on = maybe(Day)
    known = maybe(Day)


class WitnessFilter(InSchema):
    """Heads of which contest edition."""

    edition_id = maybe(fields.UUID)


class ChangesFilter(InSchema):
    """The registry of which day, as known on which two days."""

    on = maybe(Day)
    earlier = maybe(Day)
    later = maybe(Day)


class MunicipalityFilter(AsOfFilter):
    """Which municipalities are wanted."""

    text = maybe(Text, max=200)


class OrganisationFilter(AsOfFilter):
    """Which organisations are wanted."""

    text = maybe(Text, max=200)
    municipality_oktmo = maybe(Text, max=8)
    role = choice(OrgRole, load_default=None, allow_none=True)
    edu_kind = choice(EduOrgKind, load_default=None, allow_none=True)
    state = choice(OrgState, load_default=None, allow_none=True)


class TextFilter(InSchema):
    """What is searched for."""

    text = maybe(Text, max=200)


class ActFilter(AsOfFilter):
    """Which acts are wanted; the state is asked on a day, as it was known on a day."""

    text = maybe(Text, max=200)
    kind = choice(ActKind, load_default=None, allow_none=True)
    level = choice(ActLevel, load_default=None, allow_none=True)
    state = choice(ActState, load_default=None, allow_none=True)


class AgreementFilter(AsOfFilter):
    """Which agreements are wanted; the state is asked on a day."""

    text = maybe(Text, max=200)
    state = choice(AgreementState, load_default=None, allow_none=True)


class PlatformFilter(AsOfFilter):
    """Which platforms are wanted; the state is asked on a day."""

    text = maybe(Text, max=200)
    kind = choice(PlatformKind, load_default=None, allow_none=True)
    state = choice(PlatformState, load_default=None, allow_none=True)
    municipality_oktmo = maybe(Text, max=8)
    organisation_id = maybe(fields.UUID)


class ProposalFilter(InSchema):
    """Which decisions are wanted."""

    state = choice(ProposalState, load_default=ProposalState.WAITING, allow_none=True)


class SearchFilter(InSchema):
    """What is searched for everywhere, and of which kind it should be."""

    text = maybe(Text, max=200)
    kind = choice(SearchKind, load_default=None, allow_none=True)


class BibliographyFilter(AsOfFilter):
    """Which acts the list has: of all levels or of one, with those out of force or without."""

    level = choice(ActLevel, load_default=None, allow_none=True)
    with_repealed = fields.Boolean(load_default=False)


class DraftFilter(InSchema):
    """Which drafts of acts are wanted."""

    state = choice(ActState, load_default=ActState.DRAFT, allow_none=True)
