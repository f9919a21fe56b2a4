"""BR-05: an act that is chosen as a basis and is not in force on the date of the document gives a warning."""

from datetime import date
from uuid import UUID

from services.registry import model
from services.registry.rules import acts
from services.registry.rules.kinds import ActState
from shared.refusal import N_
from shared.unit import Unit


def cite(u: Unit, act_id: UUID, on: date) -> model.Act:
    """The act that a document of a day rests on; out of force on that day it is a warning, no error (BR-05).

    What rests on it all the same stands in the list «без действующего основания» (F7).
    """
    act = u.get(model.Act, act_id)
    state = acts.state_on(act.in_force_from, act.in_force_to, on)
    named = {"number": act.number or "б/н", "dated": act.date, "on": on}
    if state is ActState.REPEALED:
        u.warn(
            "BR-05",
            N_("Акт № %(number)s от %(dated)s утратил силу %(since)s, а документ датирован %(on)s"),
            since=act.in_force_to,
            **named,
        )
    elif state is ActState.NOT_YET:
        u.warn(
            "BR-05",
            N_("Акт № %(number)s от %(dated)s вступает в силу %(since)s, а документ датирован %(on)s"),
            since=act.in_force_from,
            **named,
        )
    return act
