"""Councils, their sessions, votes, protocols."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from services.expertise import actions, queries, schemas
from services.expertise.api.door import bp
from services.expertise.rules.vocabulary import CouncilKind
from shared.web.person import current_person

KINDS = ", ".join(kind.value for kind in CouncilKind)


@bp.route("/editions/<uuid:edition_id>/councils")
class Councils(MethodView):
    """Councils of an edition."""

    @bp.response(200, schemas.CouncilOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Councils with their members (secretary, operator, council)."""
        return queries.councils(current_person(), edition_id)


@bp.route(f"/editions/<uuid:edition_id>/councils/<any({KINDS}):kind>")
class OneCouncil(MethodView):
    """A council."""

    @bp.arguments(schemas.CouncilIn)
    @bp.response(200, schemas.CreatedOut)
    def put(self, data: dict[str, Any], edition_id: UUID, kind: str) -> Any:
        """Compose the council, or change it for a reason."""
        return {"id": actions.compose_council(current_person(), edition_id=edition_id, kind=kind, **data)}


@bp.route("/councils/<uuid:council_id>/sessions")
class Sessions(MethodView):
    """Sessions of a council."""

    @bp.arguments(schemas.SessionIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], council_id: UUID) -> Any:
        """Call a session; its protocol is a draft."""
        return {"id": actions.draft_session(current_person(), council_id=council_id, **data)}


@bp.route("/sessions/<uuid:protocol_id>")
class OneSession(MethodView):
    """A session with its protocol."""

    @bp.response(200, schemas.SessionOut)
    def get(self, protocol_id: UUID) -> Any:
        """The protocol as you may see it, with what keeps a draft from signing."""
        return queries.session_card(current_person(), protocol_id)

    @bp.arguments(schemas.SessionEditIn)
    @bp.response(200, schemas.SessionOut)
    def put(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Write who came, who led the session and when it was."""
        actions.edit_session(current_person(), protocol_id=protocol_id, **data)
        return queries.session_card(current_person(), protocol_id)


@bp.route("/sessions/<uuid:protocol_id>/agenda")
class Agenda(MethodView):
    """The agenda."""

    @bp.arguments(schemas.AgendaIn)
    @bp.response(200, schemas.SessionOut)
    def put(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Write the questions with what was heard, said and resolved."""
        actions.edit_agenda(current_person(), protocol_id=protocol_id, **data)
        return queries.session_card(current_person(), protocol_id)


@bp.route("/sessions/<uuid:protocol_id>/nominations")
class SessionNominations(MethodView):
    """Nominations on the agenda."""

    @bp.arguments(schemas.NominationIdIn)
    @bp.response(201, schemas.CountOut)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Put every waiting entry of a nomination to the vote, with the outcome and title that follow."""
        return {"count": actions.propose_nomination(current_person(), protocol_id=protocol_id, **data)}


@bp.route("/sessions/<uuid:protocol_id>/nominations/<uuid:nomination_id>")
class SessionNomination(MethodView):
    """A nomination on the agenda."""

    @bp.response(204)
    def delete(self, protocol_id: UUID, nomination_id: UUID) -> None:
        """Take a nomination off the agenda, with its proposals and votes."""
        actions.drop_nomination(current_person(), protocol_id=protocol_id, nomination_id=nomination_id)


@bp.route("/sessions/<uuid:protocol_id>/proposals")
class Proposals(MethodView):
    """Proposals about entries."""

    @bp.arguments(schemas.ProposalsIn)
    @bp.response(200, schemas.SessionOut)
    def patch(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Propose other outcomes or titles; votes already given on them fall away."""
        actions.change_proposals(current_person(), protocol_id=protocol_id, **data)
        return queries.session_card(current_person(), protocol_id)


@bp.route("/sessions/<uuid:protocol_id>/votes")
class SessionVotes(MethodView):
    """Votes by name."""

    @bp.arguments(schemas.BallotsIn)
    @bp.response(200, schemas.VotesCountOut)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Vote as a member who came; a vote may be changed until the protocol is given out for signing."""
        return {"count": actions.cast_votes(current_person(), protocol_id=protocol_id, **data)}


@bp.route("/sessions/<uuid:protocol_id>/hand-count")
class HandCount(MethodView):
    """Votes counted by hand."""

    @bp.arguments(schemas.CountIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> None:
        """Enter votes that were counted by hand, with a note of how."""
        actions.count_by_hand(current_person(), protocol_id=protocol_id, **data)


@bp.route("/sessions/<uuid:protocol_id>/conflicts")
class SessionConflicts(MethodView):
    """Conflicts of interest."""

    @bp.arguments(schemas.ConflictIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> None:
        """Declare a conflict about an entry: you do not vote on it, and the protocol says so."""
        actions.declare_conflict(current_person(), protocol_id=protocol_id, **data)


@bp.route("/sessions/<uuid:protocol_id>/freeze")
class Freezing(MethodView):
    """Giving out for signing."""

    @bp.response(200, schemas.SessionOut)
    def post(self, protocol_id: UUID) -> Any:
        """Fix votes, conflicts and rating with their hashes; from now on the protocol is signed."""
        actions.freeze_protocol(current_person(), protocol_id=protocol_id)
        return queries.session_card(current_person(), protocol_id)


@bp.route("/sessions/<uuid:protocol_id>/revise")
class Revising(MethodView):
    """Taking back."""

    @bp.arguments(schemas.ReasonIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> None:
        """Take a protocol back into the draft; signatures given so far fall away."""
        actions.revise_protocol(current_person(), protocol_id=protocol_id, **data)


@bp.route("/sessions/<uuid:protocol_id>/sign")
class Signing(MethodView):
    """Signing."""

    @bp.response(200, schemas.ProtocolStateOut)
    def post(self, protocol_id: UUID) -> Any:
        """Sign as a member who came; the last signature makes the decisions true."""
        return {"state": actions.sign_protocol(current_person(), protocol_id=protocol_id)}


@bp.route("/sessions/<uuid:protocol_id>/sign-on-paper")
class SigningOnPaper(MethodView):
    """Signing on paper."""

    @bp.arguments(schemas.NoteIn)
    @bp.response(204)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> None:
        """Record that the printed protocol is signed, and where it is."""
        actions.sign_on_paper(current_person(), protocol_id=protocol_id, **data)


@bp.route("/sessions/<uuid:protocol_id>/publish")
class ProtocolPublication(MethodView):
    """Publication of a protocol."""

    @bp.response(204)
    def post(self, protocol_id: UUID) -> None:
        """Publish a signed protocol; one with decisions not before the results."""
        actions.publish_protocol(current_person(), protocol_id=protocol_id)


@bp.route("/sessions/<uuid:protocol_id>/supersede")
class Superseding(MethodView):
    """Superseding."""

    @bp.arguments(schemas.SupersedingIn)
    @bp.response(201, schemas.CreatedOut)
    def post(self, data: dict[str, Any], protocol_id: UUID) -> Any:
        """Draft the protocol that will supersede this one."""
        return {"id": actions.supersede_protocol(current_person(), protocol_id=protocol_id, **data)}


@bp.route("/sessions/<uuid:protocol_id>/papers")
class ProtocolPapers(MethodView):
    """The protocol on paper."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, protocol_id: UUID) -> Any:
        """Print the protocol: D-01 or D-06."""
        return {"id": actions.issue_protocol(current_person(), protocol_id=protocol_id)}


@bp.route("/editions/<uuid:edition_id>/rating/<uuid:nomination_id>/papers")
class RatingPapers(MethodView):
    """The rating on paper."""

    @bp.response(201, schemas.CreatedOut)
    def post(self, edition_id: UUID, nomination_id: UUID) -> Any:
        """Print the rating of a nomination as it stands: D-05."""
        return {
            "id": actions.issue_rating(current_person(), edition_id=edition_id, nomination_id=nomination_id)
        }


@bp.route("/editions/<uuid:edition_id>/diplomas")
class Diplomas(MethodView):
    """Diplomas."""

    @bp.response(200, schemas.DiplomaOut(many=True))
    def get(self, edition_id: UUID) -> Any:
        """Awarded entries with their valid diplomas (secretary, operator, council)."""
        return queries.awarded_entries(current_person(), edition_id)

    @bp.response(201, schemas.CountOut)
    def post(self, edition_id: UUID) -> Any:
        """Print diplomas not printed yet, fifty at once; the answer says how many were printed."""
        return {"count": actions.issue_diplomas(current_person(), edition_id=edition_id)[0]}
