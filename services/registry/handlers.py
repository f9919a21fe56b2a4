"""Reactions to messages of the other services."""

from services.registry import actions, readmodel
from services.registry.messages import EditionChanged, EntryDecided, ReportIssued, TreeHeadSigned, contract
from shared.messaging.copies import keep
from shared.messaging.envelope import Envelope
from shared.unit import Unit


@contract.handles(EntryDecided)
def receive_decision(u: Unit, message: EntryDecided, envelope: Envelope) -> None:
    """A council's decision waits for an order (BR-56)."""
    actions.receive_decision(u, **vars(message))


@contract.handles(EditionChanged)
def copy_edition(u: Unit, message: EditionChanged, envelope: Envelope) -> None:
    """Keep a copy of a contest edition."""
    keep(
        u,
        readmodel.Edition,
        message.edition_id,
        envelope,
        title=message.title,
        state=message.state,
        opens_on=message.opens_on,
        closes_on=message.closes_on,
    )


@contract.handles(TreeHeadSigned)
def witness_head(u: Unit, message: TreeHeadSigned, envelope: Envelope) -> None:
    """Keep a head of a contest's log as it came; one that contradicts the kept heads is an alarm (F6)."""
    actions.witness_head(u, **vars(message))


@contract.handles(ReportIssued)
def copy_report(u: Unit, message: ReportIssued, envelope: Envelope) -> None:
    """Keep a copy of an issued report."""
    keep(
        u,
        readmodel.Report,
        message.report_id,
        envelope,
        report_kind=message.kind,
        as_of=message.as_of,
        period_from=message.period_from,
        period_to=message.period_to,
        issued_on=message.issued_on,
    )
