"""Councils, sessions, votes, protocols."""

from typing import Any

from marshmallow import fields, post_load, pre_load, validate

from services.expertise.rules.vocabulary import (
    CouncilKind,
    CouncilRole,
    Outcome,
    Presence,
    ProtocolState,
    ResultTitle,
    SeatRole,
    VoteBar,
    VoteChoice,
)
from services.expertise.schemas.kinds import VOTES, decimal, enum
from shared.web.schema import InSchema, Moment, OutSchema, Text
from shared.web.wording import refusal_text


class MemberIn(InSchema):
    """A member of a council."""

    person_id = fields.UUID(required=True)
    role = enum(CouncilRole, load_default=CouncilRole.MEMBER)


class CouncilIn(InSchema):
    """The composition of a council; ``reason`` is needed when it changes."""

    title = Text(required=True, max=300)
    members = fields.List(fields.Nested(lambda: MemberIn()), required=True)
    reason = Text(load_default="", max=2000)


class CouncilForm(CouncilIn):
    """The page's form of a council: rows without a person are no members."""

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A row without a person was not filled in."""
        return {**data, "members": [row for row in data.get("members", ()) if row.get("person_id")]}


class SessionIn(InSchema):
    """A session that is called."""

    number = Text(required=True, max=64)
    date = fields.Date(required=True)
    place = Text(load_default="", max=300)
    agenda = fields.List(Text(max=500), load_default=list)


class SessionForm(InSchema):
    """The page's form of a called session: one question of the agenda a line."""

    number = Text(required=True, max=64)
    date = fields.Date(required=True)
    place = Text(load_default="", max=300)
    agenda = Text(load_default="", max=5000)

    @post_load
    def as_lines(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The typed text becomes a list."""
        return {**data, "agenda": [line for line in data["agenda"].splitlines() if line.strip()]}


class SeatIn(InSchema):
    """Whether a member came."""

    person_id = fields.UUID(required=True)
    presence = enum(Presence, required=True)


class SessionEditIn(InSchema):
    """Who came, who led the session and when it was."""

    number = Text(required=True, max=64)
    date = fields.Date(required=True)
    place = Text(load_default="", max=300)
    started_at = Moment(load_default=None, allow_none=True)
    ended_at = Moment(load_default=None, allow_none=True)
    chair_id = fields.UUID(load_default=None, allow_none=True)
    secretary_id = fields.UUID(load_default=None, allow_none=True)
    seats = fields.List(fields.Nested(lambda: SeatIn()), load_default=list)
    observers = fields.List(fields.UUID(), load_default=list)


class ItemIn(InSchema):
    """A question of the agenda."""

    title = Text(required=True, max=500)
    nomination_id = fields.UUID(load_default=None, allow_none=True)
    heard = Text(load_default="", max=20_000)
    spoke = Text(load_default="", max=20_000)
    resolved = Text(load_default="", max=20_000)


class AgendaIn(InSchema):
    """The agenda with what was heard, said and resolved."""

    items = fields.List(fields.Nested(lambda: ItemIn()), required=True)

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """A question without a title was not filled in."""
        return {**data, "items": [row for row in data.get("items") or () if row.get("title")]}


class ProposalIn(InSchema):
    """What is proposed about an entry."""

    entry_id = fields.UUID(required=True)
    outcome = enum(Outcome, required=True)
    title = enum(ResultTitle, load_default=None, allow_none=True)
    title_reason = Text(load_default="", max=2000)


class ProposalsIn(InSchema):
    """Proposals about entries of a session."""

    proposals = fields.List(
        fields.Nested(lambda: ProposalIn()), required=True, validate=validate.Length(min=1)
    )


class HandCountIn(InSchema):
    """Votes about an entry, counted by hand."""

    entry_id = fields.UUID(required=True)
    votes_for = fields.Integer(required=True, validate=VOTES)
    votes_against = fields.Integer(load_default=0, validate=VOTES)
    abstained = fields.Integer(load_default=0, validate=VOTES)
    tie_votes = fields.Integer(load_default=None, allow_none=True, validate=VOTES)


class CountIn(InSchema):
    """Votes counted by hand, with a note of how."""

    note = Text(required=True, max=2000)
    counts = fields.List(fields.Nested(lambda: HandCountIn()), required=True, validate=validate.Length(min=1))

    @pre_load
    def drop_empty_rows(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """An entry without votes for was not counted by hand."""
        rows = data.get("counts") or ()
        return {**data, "counts": [row for row in rows if row.get("votes_for") not in (None, "")]}


class BallotIn(InSchema):
    """The vote of a member on an entry."""

    entry_id = fields.UUID(required=True)
    choice = enum(VoteChoice, required=True)
    preferred = fields.Boolean(load_default=False)


class BallotsIn(InSchema):
    """Votes of a member."""

    votes = fields.List(fields.Nested(lambda: BallotIn()), required=True, validate=validate.Length(min=1))


class BallotsForm(BallotsIn):
    """The page's form of votes; ``rest`` is the vote on everything left unmarked."""

    rest = enum(VoteChoice, load_default=None, allow_none=True)

    @pre_load
    def fill_in(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Entries left unmarked get the vote for the rest, or none."""
        rest = data.get("rest") or None
        rows = [{**row, "choice": row.get("choice") or rest} for row in data.get("votes") or ()]
        return {**data, "votes": [row for row in rows if row["choice"]]}

    @post_load
    def without_rest(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """The votes alone."""
        return {"votes": data["votes"]}


class ConflictIn(InSchema):
    """A conflict of interest that a member declares."""

    entry_id = fields.UUID(required=True)
    note = Text(required=True, max=2000)


class NoteIn(InSchema):
    """Where the signed paper is."""

    note = Text(required=True, max=2000)


class SupersedingIn(InSchema):
    """The protocol that will supersede another."""

    number = Text(required=True, max=64)
    date = fields.Date(required=True)
    reason = Text(required=True, max=2000)


class NominationIdIn(InSchema):
    """A nomination to put on the agenda."""

    nomination_id = fields.UUID(required=True)


class VotesCountOut(OutSchema):
    """How many votes were taken."""

    count = fields.Integer()


class ProtocolStateOut(OutSchema):
    """Where the protocol stands now."""

    state = enum(ProtocolState)


class MemberOut(OutSchema):
    """A member of a council."""

    person_id = fields.UUID()
    name = fields.String()
    organisation_name = fields.String()
    role = enum(CouncilRole)


class CouncilOut(OutSchema):
    """A council of an edition."""

    council_id = fields.UUID()
    edition_id = fields.UUID()
    kind = enum(CouncilKind)
    title = fields.String()
    members = fields.List(fields.Nested(lambda: MemberOut()))


class SeatOut(OutSchema):
    """A person of the list of a session."""

    person_id = fields.UUID()
    name = fields.String()
    organisation_name = fields.String()
    role = enum(SeatRole)
    presence = enum(Presence)
    votes = fields.Boolean()
    signed_at = fields.AwareDateTime()
    entries_scored = fields.List(fields.String())


class ItemOut(OutSchema):
    """A question of the agenda."""

    title = fields.String()
    nomination_id = fields.UUID()
    heard = fields.String()
    spoke = fields.String()
    resolved = fields.String()


class BarredOut(OutSchema):
    """A member who does not vote on an entry."""

    person_id = fields.UUID()
    name = fields.String()
    bar = enum(VoteBar)
    note = fields.String()


class SessionDecisionOut(OutSchema):
    """A decision of a session."""

    entry_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    nomination_id = fields.UUID()
    outcome = enum(Outcome)
    title = enum(ResultTitle)
    title_reason = fields.String()
    votes_for = fields.Integer()
    votes_against = fields.Integer()
    abstained = fields.Integer()
    tie_votes = fields.Integer()
    hand_note = fields.String()
    rank = fields.Integer()
    final_score = decimal()
    in_force = fields.Boolean()
    cast = fields.Integer()
    may_vote = fields.Integer()
    barred = fields.List(fields.Nested(lambda: BarredOut()))
    my_choice = enum(VoteChoice)
    recommended = enum(Outcome)


class SessionOut(OutSchema):
    """A session with its protocol."""

    protocol_id = fields.UUID()
    edition_id = fields.UUID()
    state = enum(ProtocolState)
    number = fields.String()
    date = fields.Date()
    place = fields.String()
    started_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime()
    chair = fields.String()
    secretary = fields.String()
    members_total = fields.Integer()
    present = fields.Integer()
    seats = fields.List(fields.Nested(lambda: SeatOut()))
    items = fields.Method("agenda")
    decisions = fields.List(fields.Nested(lambda: SessionDecisionOut()))
    snapshot_hash = fields.String()
    content_hash = fields.String()
    intact = fields.Boolean()
    as_signed = fields.Boolean()
    lacks = fields.Method("wanting")

    def agenda(self, card: Any) -> list[dict[str, Any]]:
        """Questions of the agenda."""
        return [ItemOut().dump(item) for item in card.items]

    def wanting(self, card: Any) -> list[dict[str, Any]]:
        """What keeps the draft from signing."""
        return [{"rule": one.rule, "text": refusal_text(one)} for one in card.lacks]


class DiplomaOut(OutSchema):
    """An awarded entry with its diploma."""

    entry_id = fields.UUID()
    reg_no = fields.String(attribute="label")
    nomination_code = fields.String()
    applicant_name = fields.String()
    title = enum(ResultTitle)
    place = fields.Integer(attribute="rank")
    final_score = decimal()
    paper_id = fields.UUID()
