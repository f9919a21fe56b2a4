"""Comparing the demonstration with what must come out: ``expected``, the copies, the messages.

Numbers are asked of the services as a person would ask them. Copies are compared row by row with their
sources; only here are two databases looked at together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import click
import sqlalchemy as sa

from services.demo.outline import day, outline
from services.demo.world import AnySuite
from services.expertise import queries as expertise
from services.registry import queries as registry
from services.reports import queries as reports
from shared.person import PUBLIC, Person
from shared.service import current
from shared.unit import read

SYSTEM = Person.system("reports")
TENTH = Decimal("0.1")

#: Tables that are copied: the source, and where its rows must be found again.
COPIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("registry.municipality", ("events.municipality", "expertise.municipality", "reports.municipality")),
    ("registry.organisation", ("events.organisation", "expertise.organisation", "reports.organisation")),
    ("registry.person", ("events.network_person", "expertise.person")),
    ("registry.account", ("events.known_account", "expertise.known_account", "reports.known_account")),
    ("registry.signing_key", ("events.known_key", "expertise.known_key", "reports.known_key")),
    ("registry.platform", ("expertise.platform", "reports.platform")),
    ("registry.agreement", ("reports.agreement",)),
    ("registry.act", ("reports.act",)),
    ("registry.org_count", ("reports.org_count",)),
    ("events.event", ("reports.event",)),
    ("events.registration", ("reports.participation",)),
    ("events.certificate", ("reports.certificate",)),
    ("expertise.contest_edition", ("registry.edition", "reports.edition")),
    ("expertise.entry", ("reports.entry",)),
    ("reports.network_report", ("registry.report",)),
)


@dataclass(frozen=True)
class Line:
    """One comparison."""

    what: str
    expected: object
    found: object

    @property
    def right(self) -> bool:
        """Whether what was found is what must be."""
        return self.expected == self.found

    def __str__(self) -> str:
        if self.right:
            return f"✓ {self.what}: {self.found}"
        return f"✗ {self.what}: {self.found}, ожидалось / expected {self.expected}"


def report(suite: AnySuite, *, quiet: bool = False) -> int:
    """Print one line for each comparison, or only for the wrong ones; 0 when all are right, otherwise 1."""
    lines = list(compare(suite))
    for line in lines:
        if not (quiet and line.right):
            click.echo(str(line))
    wrong = sum(not line.right for line in lines)
    click.echo(f"Расхождений / differences: {wrong}" if wrong else f"Всё сходится / all {len(lines)} agree")
    return 1 if wrong else 0


def compare(suite: AnySuite) -> Iterator[Line]:
    """All comparisons, one after another."""
    yield from _numbers(suite)
    yield from _contest(suite)
    yield from _appeal(suite)
    yield from _acts(suite)
    yield from _copies(suite)
    yield from _messages(suite)


def _numbers(suite: AnySuite) -> Iterator[Line]:
    """The indicators as the reports service computes them from its copies."""
    meta, expected = outline()["meta"], outline()["expected"]
    as_of, (first, last) = day(meta["as_of"]), (day(text) for text in meta["period"])
    krasnodar = outline()["organisation_generator"]["krasnodar"]["municipality"]
    with suite.apps["reports"].app_context():
        network = {one.code: one.value for one in reports.indicators(SYSTEM, as_of, first, last)}
        city = {one.code: one.value for one in reports.indicators(SYSTEM, as_of, first, last, krasnodar)}
    for code in ("I-02", "I-03", "I-04", "I-05", "I-06"):
        yield Line(code, str(expected[code]), _printed(network[code], expected[code]))
    share = expected["I-01_2020_krasnodar"]
    yield Line("I-01, Краснодар, 2020", share, _printed(city["I-01"], share))


def _printed(value: Decimal | None, like: int | str) -> str:
    """A value with as many decimals as the expected one has: a count has none, a share has one."""
    if value is None:
        return "—"
    return str(value.quantize(Decimal(1) if isinstance(like, int) else TENTH))


def _contest(suite: AnySuite) -> Iterator[Line]:
    """The entries of the XIX contest, by nomination."""
    title = outline()["contest"]["title"]
    with suite.apps["reports"].app_context():
        found = [one for one in reports.contests(SYSTEM) if one.title == title]
    counted: dict[str, int] = {}
    for edition in found:
        counted |= {"entries": edition.entries, **{n.code: n.entries for n in edition.nominations}}
    for what, number in outline()["expected"]["contest_xix"].items():
        yield Line(f"XIX конкурс, {what}", number, counted.get(what))


def _appeal(suite: AnySuite) -> Iterator[Line]:
    """Scores and places that an appeal changed: as decided, and as final (SC-10)."""
    title = outline()["contest"]["title"]
    with suite.apps["expertise"].app_context():
        found = {
            "-".join(one.reg_no.rsplit("-", 2)[1:]): [
                str(one.decided_score), one.decided_place, str(one.final_score), one.place,
            ]
            for edition in expertise.editions(PUBLIC).items
            if edition.title == title
            for one in expertise.published_results(PUBLIC, edition.edition_id)
            if one.is_recounted
        }  # fmt: skip
    yield Line("XIX конкурс, изменено апелляцией", outline()["expected"]["appeal_xix"], dict(sorted(found.items())))


def _acts(suite: AnySuite) -> Iterator[Line]:
    """The acts of the customer's list, and the chain of amendments."""
    known = {_name(act["number"], day(act["date"])): act for act in outline()["acts"]}
    expected = outline()["expected"]
    with suite.apps["registry"].app_context():
        entered = {
            _name(row.act.number, row.act.date): row.act.id for row in registry.acts(size=500).items
        }
        of_seed = [name for name, act in known.items() if "seed" in act["origin"] and name in entered]
        yield Line("Акты из заявки", expected["acts_seed"], len(of_seed))
        (first,) = (name for name, act in known.items() if act["key"] == expected["amend_chain"][0])
        path = registry.amend_chain(entered[first]) if first in entered else []
        keys = [known[name]["key"] for act in path if (name := _name(act.number, act.date)) in known]
        yield Line("Цепочка изменений", expected["amend_chain"], keys)


def _name(number: str | None, dated: Any) -> tuple[str, Any]:
    return number or "", dated


def _copies(suite: AnySuite) -> Iterator[Line]:
    """Every copy has the rows of its source, in the same versions."""
    for source, copies in COPIES:
        told = _told(suite, source)
        original = {
            key: version for key, version in _versions(suite, source, "version").items() if key in told
        }
        for copy in copies:
            there = _versions(suite, copy, "source_version")
            different = original.items() ^ there.items()
            yield Line(f"{source} → {copy}, отличий от {len(original)} строк", 0, len(dict(different)))


def _versions(suite: AnySuite, name: str, column: str) -> dict[UUID, int]:
    """Rows and versions of a table named ``service.table``."""
    service, _, table_name = name.partition(".")
    with suite.apps[service].app_context():
        table = current().db.metadata.tables[table_name]
        return dict(read().execute(sa.select(table.c.id, table.c[column])).all())


def _told(suite: AnySuite, name: str) -> set[UUID]:
    """What the service of a table has told of at all: a draft is nobody else's business yet."""
    with suite.apps[name.partition(".")[0]].app_context():
        subject = current().tables.outbox.subject
        return {UUID(key) for key in read().scalars(sa.select(subject).distinct())}


def _messages(suite: AnySuite) -> Iterator[Line]:
    """No message waits, none is parked."""
    for name, app in suite.apps.items():
        with app.app_context():
            tables = current().tables
            outbox, inbox = tables.outbox, tables.inbox
            waiting = read().scalar(
                sa.select(sa.func.count()).select_from(inbox).where(inbox.handled_at.is_(None))
            )
            unsent = read().scalar(
                sa.select(sa.func.count()).select_from(outbox).where(outbox.published_at.is_(None))
            )
        yield Line(f"{name}: необработанных сообщений", 0, waiting)
        yield Line(f"{name}: неотправленных сообщений", 0, unsent)
