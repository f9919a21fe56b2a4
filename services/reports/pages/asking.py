"""The question that stands in the address of a page: on what date, for what period, for what territory."""

from dataclasses import dataclass
from datetime import date

from flask import request
from marshmallow import ValidationError

from services.reports import queries
from services.reports.rules.periods import Period, asked_period, year_of
from services.reports.schemas import AskIn
from shared import clock
from shared.refusal import Refused
from shared.web.forms import Form


@dataclass(frozen=True)
class Asked:
    """A question as understood, with the form that shows it again; `of_report`: not today by default."""

    as_of: date
    period: Period
    municipality: str | None
    of_report: bool
    form: Form

    @property
    def query(self) -> dict[str, str]:
        """The question as arguments of an address, for links that keep it."""
        chosen = {"municipality": self.municipality} if self.municipality else {}
        return {
            "as_of": self.as_of.isoformat(),
            "period_from": self.period.first.isoformat(),
            "period_to": self.period.last.isoformat(),
            **chosen,
        }


def asked() -> Asked:
    """The question of the current request; a faulty one is answered as usual, with the fault named."""
    usual = queries.usual_date(clock.today())
    schema = AskIn()
    form = Form(schema)
    found = {"as_of": None, "period_from": None, "period_to": None, "municipality": None}
    try:
        found = schema.load({name: value for name, value in request.args.items() if value.strip()})
    except ValidationError as fault:
        form.blame(fault)
    as_of = found["as_of"] or usual.day
    try:
        period = asked_period(as_of, found["period_from"], found["period_to"])
    except Refused as refusal:
        form.refuse(refusal)
        period = year_of(as_of)
    form.initial = {
        "as_of": as_of,
        "period_from": period.first,
        "period_to": period.last,
        "municipality": found["municipality"],
    }
    of_report = found["as_of"] is None and usual.of_report
    return Asked(as_of, period, found["municipality"], of_report, form)
