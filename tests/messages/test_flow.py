"""Outbox → inbox → handler inside one process: nothing lost, nothing doubled, order per subject kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from shared import clock, ids
from shared.cli import replay_all
from shared.messaging import desk
from shared.messaging.envelope import Envelope, unwrap
from shared.messaging.local import LocalPublisher, Postman
from shared.messaging.processor import BACK_OFF, process_all
from shared.messaging.receiver import receive
from shared.messaging.relay import relay_once
from shared.messaging.transport import Delivery
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import NotAllowed, Refused, Stale
from shared.unit import work
from tests.messages.toy import Toy

WHO = Person(ids.new_id(), ids.new_id(), "Проверкина", (Grant(Role.OPERATOR),))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Toy, Toy]]:
    yield Toy("alpha", tmp_path), Toy("beta", tmp_path)


def write(alpha: Toy, text: str, key: UUID | None = None) -> UUID:
    with alpha.app.app_context(), work(WHO) as u:
        note = u.get(alpha.Note, key) if key else u.add(alpha.Note(text=text))
        note.text = text
        u.announce(note)
        u.session.flush()
        return note.id


def notes(toy: Toy) -> dict[UUID, str]:
    with toy.app.app_context():
        return {row.id: row.text for row in toy.db.session.scalars(sa.select(toy.Note))}


def inbox(toy: Toy) -> list:
    with toy.app.app_context():
        return list(toy.db.session.scalars(sa.select(toy.Inbox).order_by(toy.Inbox.seq)))


def test_copies_equal_their_source_after_settling(pair: tuple[Toy, Toy]) -> None:
    alpha, beta = pair
    keys = [write(alpha, f"note {n}") for n in range(20)]
    for key in keys[::2]:
        write(alpha, "changed", key)
    Postman([alpha.app, beta.app]).settle()
    assert notes(beta) == notes(alpha)
    assert len(inbox(beta)) == 30


def test_a_refused_action_leaves_neither_row_nor_message(pair: tuple[Toy, Toy]) -> None:
    alpha, _ = pair
    with pytest.raises(Refused), alpha.app.app_context(), work(WHO) as u:
        u.announce(u.add(alpha.Note(text="half")))
        raise Refused("BR-00", "нет")
    assert notes(alpha) == {}
    with alpha.app.app_context():
        assert alpha.db.session.scalar(sa.select(sa.func.count()).select_from(alpha.Outbox)) == 0


def test_an_aggregate_is_told_once_per_unit_with_a_growing_version(pair: tuple[Toy, Toy]) -> None:
    alpha, _ = pair
    key = write(alpha, "one")
    with alpha.app.app_context(), work(WHO) as u:
        note = u.get(alpha.Note, key)
        for text in ("two", "three"):
            note.text = text
            u.announce(note)
    with alpha.app.app_context():
        rows = alpha.db.session.scalars(sa.select(alpha.Outbox).order_by(alpha.Outbox.seq)).all()
    assert [(row.version, unwrap(row.envelope.encode()).data["text"]) for row in rows] == [
        (1, "one"),
        (2, "three"),
    ]


def test_two_at_the_same_row_the_second_is_refused(pair: tuple[Toy, Toy]) -> None:
    alpha, _ = pair
    key = write(alpha, "one")
    with pytest.raises(Stale), alpha.app.app_context(), work(WHO) as u:
        note = u.get(alpha.Note, key)
        u.session.execute(
            sa.update(alpha.Note).values(version=7).execution_options(synchronize_session=False)
        )
        note.text = "mine"
        u.announce(note)
    assert notes(alpha)[key] == "one"


def test_duplicates_are_stored_once(pair: tuple[Toy, Toy]) -> None:
    alpha, beta = pair
    write(alpha, "once")
    publisher = LocalPublisher("alpha", [beta.app])
    for _ in range(3):
        with alpha.app.app_context():
            relay_once(publisher)
            alpha.db.session.execute(sa.update(alpha.Outbox).values(published_at=None))
            alpha.db.session.commit()
    assert len(inbox(beta)) == 1


def message(text: str, *, key: UUID, version: int, **changes: object) -> Envelope:
    values = {
        "id": ids.new_id(),
        "service": "alpha",
        "name": "alpha.note.changed.v1",
        "subject": str(key),
        "version": version,
        "time": clock.now(),
        "data": {"note_id": str(key), "text": text},
    }
    return Envelope(**{**values, **changes})


def bring(toy: Toy, *envelopes: Envelope, sender: str | None = "alpha", key: str | None = None) -> list:
    with toy.app.app_context():
        return receive([Delivery(key or e.name, e.wrap().encode(), sender) for e in envelopes])


def handle(toy: Toy) -> int:
    with toy.app.app_context():
        return process_all()


def test_old_news_after_new_are_ignored(pair: tuple[Toy, Toy]) -> None:
    _, beta = pair
    key = ids.new_id()
    bring(beta, message("new", key=key, version=5))
    handle(beta)
    bring(beta, message("old", key=key, version=4))
    handle(beta)
    assert notes(beta) == {key: "new"}


def test_a_failing_message_holds_back_only_its_own_subject(pair: tuple[Toy, Toy]) -> None:
    _, beta = pair
    a, b = ids.new_id(), ids.new_id()
    beta.trouble.extend(["a1", "a1"])
    bring(
        beta,
        message("a1", key=a, version=1),
        message("a2", key=a, version=2),
        message("b1", key=b, version=1),
    )
    handle(beta)
    assert notes(beta).get(b) == "b1"
    waiting = [row for row in inbox(beta) if row.handled_at is None]
    assert {row.subject for row in waiting} <= {str(a)}
    with clock.at(clock.now() + timedelta(seconds=BACK_OFF[0] + 1)):
        handle(beta)
        handle(beta)
    assert notes(beta) == {a: "a2", b: "b1"}


def test_poison_is_parked_after_the_last_attempt_and_can_be_resent_or_given_up(pair: tuple[Toy, Toy]) -> None:
    _, beta = pair
    key = ids.new_id()
    bring(beta, message("poison", key=key, version=1), message("cure", key=key, version=2))
    moment = clock.now()
    for seconds in (*BACK_OFF, 0):
        with clock.at(moment):
            handle(beta)
        moment += timedelta(seconds=seconds + 1)
    with clock.at(moment):
        handle(beta)
    (parked,) = [row for row in inbox(beta) if row.parked_at]
    assert parked.attempts == len(BACK_OFF) + 1 and "poison" in parked.last_error
    assert notes(beta) == {key: "cure"}
    with beta.app.app_context():
        assert [row.message_id for row in desk.parked(WHO)] == [parked.message_id]
        with pytest.raises(NotAllowed):
            desk.parked(PUBLIC)
        desk.resend(WHO, parked.message_id)
        assert desk.parked(WHO) == []
    with clock.at(moment):
        handle(beta)
    with beta.app.app_context():
        beta.db.session.execute(
            sa.update(beta.Inbox).where(beta.Inbox.seq == parked.seq).values(parked_at=moment)
        )
        beta.db.session.commit()
        with pytest.raises(Refused):
            desk.give_up(WHO, parked.message_id, " ")
        desk.give_up(WHO, parked.message_id, "старое")
        assert desk.parked(WHO) == []
        assert beta.db.session.scalar(sa.select(sa.func.count()).select_from(beta.Audit)) == 2


@pytest.mark.parametrize(
    "data",
    [{"text": "no id"}, {"note_id": "not a uuid", "text": "x"}, {"note_id": str(ids.new_id()), "text": 5}],
)
def test_data_that_do_not_fit_are_parked_at_once(pair: tuple[Toy, Toy], data: dict) -> None:
    _, beta = pair
    bring(beta, message("", key=ids.new_id(), version=1, data=data))
    handle(beta)
    (row,) = inbox(beta)
    assert row.parked_at and row.attempts == 1 and row.last_error.startswith("BadMessage")


def test_unknown_fields_are_ignored_and_unknown_versions_parked(pair: tuple[Toy, Toy]) -> None:
    _, beta = pair
    key = ids.new_id()
    bring(beta, message("", key=key, version=1, data={"note_id": str(key), "text": "t", "new": {"deep": 1}}))
    bring(beta, message("x", key=key, version=2, name="alpha.note.changed.v2"))
    bring(beta, message("x", key=key, version=3, name="alpha.other.done.v1"))
    handle(beta)
    assert notes(beta) == {key: "t"}
    parked = {row.name for row in inbox(beta) if row.parked_at}
    assert parked == {"alpha.note.changed.v2"}


def test_forged_and_broken_deliveries_do_not_come_in(pair: tuple[Toy, Toy]) -> None:
    _, beta = pair
    good = message("x", key=ids.new_id(), version=1)
    assert bring(beta, good, sender="gamma") and bring(beta, good, sender=None)
    assert bring(beta, good, key="alpha.other.done.v1")
    assert bring(beta, message("x", key=ids.new_id(), version=1, service="gamma"), sender="gamma")
    with beta.app.app_context():
        for body in (
            b"",
            b"{}",
            b"[1]",
            b"\xff\xfe",
            b"{" * 100_000,
            b" " * 300_000,
            good.wrap().encode()[:-9],
        ):
            assert receive([Delivery(good.name, body, "alpha")])
    assert inbox(beta) == []


def test_replay_fills_an_emptied_copy(pair: tuple[Toy, Toy]) -> None:
    alpha, beta = pair
    for n in range(5):
        write(alpha, f"note {n}")
    postman = Postman([alpha.app, beta.app])
    postman.settle()
    with beta.app.app_context():
        beta.db.session.execute(sa.delete(beta.Note))
        beta.db.session.commit()
    with alpha.app.app_context():
        assert replay_all(alpha.app, "note") == 5
    postman.settle()
    assert notes(beta) == notes(alpha)
