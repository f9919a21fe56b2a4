"""Sheets are sealed until their stage closes; heads are signed and told; nothing of it can come apart (F6)."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.actions import ledger
from services.expertise.model import (
    Audit,
    LedgerCount,
    LedgerLine,
    LedgerSalt,
    LogKey,
    Outbox,
    ScoreSheet,
    SheetSeal,
    TreeHead,
)
from services.expertise.queries import found
from services.expertise.rules.vocabulary import LedgerKind
from shared import clock, heads
from shared.merkle import Tree, is_consistent, leaf
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.service import service_of
from shared.testing.suite import deliver, person, told
from shared.unit import read, work
from tests.services.expertise import proofs


def lines(world: Any, kind: LedgerKind | None = None) -> list[dict[str, Any]]:
    """What the log says, in its order."""
    query = sa.select(LedgerLine.line).where(LedgerLine.edition_id == world.edition_id).order_by(LedgerLine.seq)
    if kind is not None:
        query = query.where(LedgerLine.kind == kind)
    return [json.loads(line) for line in read().scalars(query)]


def scored(world: Any, *, experts: int = 3, **more: Any) -> Any:
    """One entry whose sheets are signed, while the stage still goes on."""
    for _ in range(experts):
        world.expert()
    world.open(stages=("SUBMISSION", "CORRESPONDENCE", "DECISION"), **more)
    entry_id = world.file()
    with world.at(9, 28):
        world.advance()
        world.assign()
        world.score_all()
    return entry_id


def test_every_fact_of_a_contest_is_a_line(world: Any) -> None:
    """The whole way of an edition, counted by kinds; the log holds no name and no word of anybody."""
    proofs.held(world)
    told_lines = lines(world)
    assert [one["seq"] for one in told_lines] == list(range(len(told_lines)))
    assert Counter(one["kind"] for one in told_lines) == {
        "EDITION_RULES": 3,
        "EDITION_STAGE": 8,
        "RUBRIC_FROZEN": 2,
        "ENTRY_SUBMITTED": 2,
        "ENTRY_REGISTERED": 2,
        "ENTRY_CHECKED": 2,
        "ENTRY_CHANGED": 6,
        "ASSIGNED": 12,
        "ASSIGNMENT_ACCEPTED": 12,
        "SHEET_COMMITTED": 13,
        "SHEET_CANCELLED": 1,
        "SHEET_OPENED": 13,
        "DECISION": 2,
        "PROTOCOL_SIGNED": 1,
        "PROTOCOL_PUBLISHED": 1,
        "RESULTS_PUBLISHED": 1,
        "RESULTS_FINAL": 1,
    }
    everything = json.dumps(told_lines, ensure_ascii=False)
    for secret in ("Экспертова", "Новая школа", "Перепутаны", "обоснование", "Рекомендовать", "Приказ", "Председат"):
        assert secret not in everything
    opened = lines(world, LedgerKind.SHEET_OPENED)
    assert Counter(one["data"]["state"] for one in opened) == {"SIGNED": 12, "CANCELLED": 1}


def test_other_turns_are_lines_too(world: Any) -> None:
    """Recusal, release, withdrawal, return and answer, correction in time and not in time, cancellation."""
    for _ in range(5):
        world.expert()
    world.open()
    filed = [world.file() for _ in range(4)]
    with world.at(9, 21):
        world.advance()
        for entry_id, outcome in zip(filed, ("CONDITIONAL", "CONDITIONAL", "ADMITTED", "ADMITTED"), strict=True):
            more = {"fix_until": clock.now().replace(day=23)} if outcome == "CONDITIONAL" else {}
            items = [{"requirement": "Подпись", "ok": not more, "remark": "Нет подписи" if more else ""}]
            actions.check_entry(world.secretary, entry_id=entry_id, outcome=outcome, items=items, **more)

    def owner(entry_id: Any) -> Any:
        return world.applicant(queries.entry(world.secretary, entry_id).applicant_id)

    with world.at(9, 22):
        actions.fix_entry(owner(filed[0]), entry_id=filed[0], note="Подписали")
        actions.withdraw_entry(owner(filed[3]), entry_id=filed[3], reason="Передумали")
    with world.at(9, 24):
        assert actions.expire_fixes(world.secretary, edition_id=world.edition_id) == 1
    with world.at(9, 28):
        world.advance()
        world.assign()
        actions.return_for_revision(world.secretary, entry_id=filed[2], remarks="Уточните сроки")
        actions.resubmit_entry(owner(filed[2]), entry_id=filed[2], topic="Другая тема")
        (who, first), (_, second), *_ = world.tasks()
        actions.recuse(who, assignment_id=first, reason="Соавтор")
        actions.release_assignment(world.secretary, assignment_id=second, reason="Болен")
        actions.cancel_edition(world.operator, edition_id=world.edition_id, reason="Карантин")
    changes = [one["data"].get("change") for one in lines(world, LedgerKind.ENTRY_CHANGED)]
    assert changes[:3] == ["FIXED", "WITHDRAWN", "EXPIRED"] and changes[-2:] == ["RETURNED", "RESUBMITTED"]
    ended = [one["data"]["state"] for one in lines(world, LedgerKind.ASSIGNMENT_ENDED)]
    assert ended == ["RECUSED", "REPLACED"]
    assert lines(world)[-1]["data"]["to"] == "CANCELLED"
    said = {one.text for one in read().scalars(sa.select(LedgerSalt))}
    assert {"Соавтор", "Болен", "Карантин", "Уточните сроки", "Другая тема", "Передумали"} <= said


def test_a_draft_leaves_no_line(world: Any) -> None:
    """A draft is seen by nobody else, and withdrawn it stays unseen (BR-37)."""
    world.open()
    before = len(lines(world))
    with world.at(9, 10):
        school = world.organisation()
        entry_id = world.draft(school)
        actions.withdraw_entry(world.applicant(school), entry_id=entry_id)
    assert len(lines(world)) == before


def test_marks_are_nowhere_before_the_stage_is_closed(world: Any) -> None:
    """Not in the log, not in messages, not for operator, council, applicant or colleagues (BR-44, F6)."""
    entry_id = scored(world)
    committed = lines(world, LedgerKind.SHEET_COMMITTED)
    assert len(committed) == 3 and lines(world, LedgerKind.SHEET_OPENED) == []
    assert all(set(one["data"]) == {"assignment", "entry", "expert", "stage", "commitment"} for one in committed)
    assert len({one["data"]["commitment"] for one in committed}) == 3, "equal marks have different commitments"
    signed = [data for name, data in told(world.app) if name == "expertise.sheet.signed.v1"]
    assert [one["percent"] for one in signed] == [None] * 3
    assert not [name for name, _ in told(world.app) if name == "expertise.sheet.opened.v1"]
    for who in (world.operator, world.council):
        assert queries.entry(who, entry_id).sheets == []
        assert "SHEET_OPENED" not in json.dumps(queries.proof_bundle(who, world.edition_id))
        with pytest.raises(NotAllowed):
            queries.rating(who, world.edition_id, world.nominations["N1"])
    who = next(iter(world.experts.values()))
    assert queries.entry(who, entry_id).sheets == []
    with pytest.raises(NotAllowed):
        queries.proof_bundle(who, world.edition_id)


def change(world: Any, statement: Any) -> None:
    """Somebody with the database in hand, past the program."""
    with service_of(world.app).db.engine.begin() as connection:
        connection.execute(statement)
    read().expire_all()


SPOILED = {
    "mark": {"scores": {**{f"C{n}": "2" for n in range(1, 8)}, "C8": "1"}},
    "mark and percent": {
        "scores": {**{f"C{n}": "2" for n in range(1, 8)}, "C8": "1"},
        "total": Decimal(94),
        "percent": Decimal("94.00"),
    },
    "percent": {"percent": Decimal("99.00")},
    "total": {"total": Decimal(99)},
    "comment": {"comments": {}},
    "conclusion": {"conclusion": "Отклонить"},
}


@pytest.mark.parametrize("values", SPOILED.values(), ids=SPOILED)
def test_a_sheet_that_is_not_what_was_signed_keeps_the_stage_open(
    world: Any, values: dict[str, Any], tmp_path: Path
) -> None:
    """The refusal names expert and entry; nothing is opened; cancelled and signed anew, the stage closes."""
    scored(world)
    sheet = read().scalars(sa.select(ScoreSheet)).first()
    assert sheet is not None
    sheet_id, task = sheet.id, sheet.assignment_id
    change(world, sa.update(ScoreSheet).where(ScoreSheet.id == sheet_id).values(**values))
    with world.at(10, 19):
        with pytest.raises(Refused, match=r"F6.*Э\d.*CITY-XIX-N1-001"):
            world.advance()
        assert lines(world, LedgerKind.SHEET_OPENED) == []
        assert queries.edition(world.operator, world.edition_id).state == "CORRESPONDENCE"
        actions.cancel_sheet(world.secretary, sheet_id=sheet_id, reason="Не сошёлся")
        who = next(one for one in world.experts.values() if task in [a for w, a in world.tasks() if w is one])
        world.score(who, task, 2)
        assert world.advance() == "DECISION"
    opened = {one["subject"]: one["data"] for one in lines(world, LedgerKind.SHEET_OPENED)}
    assert len(opened) == 4 and opened[str(sheet_id)] == {"state": "CANCELLED", "content": None}
    code, said = proofs.verify(queries.proof_bundle(world.operator, world.edition_id), tmp_path)
    assert code == 0 and f"лист {sheet_id} аннулирован и не сходится" in said


def test_a_lost_or_unsealed_sheet_keeps_the_stage_open(world: Any) -> None:
    scored(world)
    sheet = read().scalars(sa.select(ScoreSheet)).first()
    assert sheet is not None
    sheet_id, seal = sheet.id, read().get(SheetSeal, sheet.id)
    assert seal is not None
    kept = {"sheet_id": sheet_id, "nonce": seal.nonce, "salt": seal.salt, "words": seal.words}
    change(world, sa.delete(SheetSeal).where(SheetSeal.sheet_id == sheet_id))
    with world.at(10, 19), pytest.raises(Refused, match="F6.*Э"):
        world.advance()
    change(world, sa.insert(SheetSeal).values(**{**kept, "nonce": "0" * 64}))
    with world.at(10, 19), pytest.raises(Refused, match="F6.*Э"):
        world.advance()
    change(world, sa.delete(SheetSeal).where(SheetSeal.sheet_id == sheet_id))
    change(world, sa.update(ScoreSheet).where(ScoreSheet.id == sheet_id).values(state="DRAFT", signed_at=None))
    with world.at(10, 19), pytest.raises(Refused, match="F6.*исчез|BR-40"):
        world.advance()


def test_a_destroyed_salt_takes_the_words_and_nothing_else(world: Any) -> None:
    """Words may be erased before the opening: marks still open, the words cannot be proved any more (BR-70)."""
    scored(world)
    change(world, sa.update(SheetSeal).values(salt=None))
    change(world, sa.update(ScoreSheet).values(conclusion="", comments={}))
    with world.at(10, 19):
        assert world.advance() == "DECISION"
    assert len(lines(world, LedgerKind.SHEET_OPENED)) == 3


def test_heads_are_signed_at_every_turn_and_told_with_their_proof(world: Any) -> None:
    """Each head is signed, continues the one before, and goes outside (F6)."""
    proofs.held(world)
    signed = list(reversed(queries.heads(PUBLIC, world.edition_id)))
    assert [one.number for one in signed] == list(range(1, 10))
    (key,) = queries.log_keys()
    leaves = [leaf(line.encode()) for line in queries.proof_bundle(PUBLIC, world.edition_id)["lines"]]
    sent = [data for name, data in told(world.app) if name == "expertise.tree_head.signed.v1"]
    assert len(sent) == len(signed)
    root, size = Tree([]).root, 0
    for head, message in zip(signed, sent, strict=True):
        assert heads.is_signed(head.text, head.signature, key.public)
        assert Tree(leaves[: head.size]).root.hex() == head.root
        assert (message["text"], message["signature"], message["number"]) == (head.text, head.signature, head.number)
        path = [bytes.fromhex(one) for one in message["consistency"]]
        assert message["previous_size"] == size
        assert is_consistent(size, head.size, root, bytes.fromhex(head.root), path)
        root, size = bytes.fromhex(head.root), head.size
    assert size == len(leaves)
    assert signed[-1].after is LedgerKind.RESULTS_FINAL
    assert queries.head_line(world.edition_id) == f"{size}:{root.hex()}"
    keys = [data for name, data in told(world.app) if name == "expertise.log_key.changed.v1"]
    assert [(one["kid"], one["public_key"], one["replaced_at"]) for one in keys] == [(key.kid, key.public, None)]
    kept = read().scalars(sa.select(LogKey.sealed)).one()
    assert b"PRIVATE" not in kept and len(kept) > 64


def test_the_button_signs_what_is_new(world: Any) -> None:
    """Nothing new gives the same head; only those who keep contests sign; an empty log has no head."""
    edition_id = world.open()
    before = queries.heads(PUBLIC, edition_id)
    assert actions.sign_edition_head(world.secretary, edition_id=edition_id) == before[0].size
    assert queries.heads(PUBLIC, edition_id) == before
    world.file()
    assert actions.sign_edition_head(world.operator, edition_id=edition_id) == before[0].size + 2
    assert queries.heads(PUBLIC, edition_id)[0].number == before[0].number + 1
    for who in (PUBLIC, world.council, person(Role.EXPERT), person(Role.SYSTEM_ADMIN)):
        with pytest.raises(NotAllowed):
            actions.sign_edition_head(who, edition_id=edition_id)


def test_a_rewritten_log_is_not_signed_again(world: Any) -> None:
    """A line changed past the program, or one that is gone: the stage does not go on (F6)."""
    edition_id = world.open()
    size = queries.heads(PUBLIC, edition_id)[0].size
    with service_of(world.app).db.engine.begin() as connection:
        for trigger in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER ledger_line_no_{trigger}")
    kept = read().scalars(sa.select(LedgerLine.line).where(LedgerLine.seq == 1)).one()
    where = sa.and_(LedgerLine.edition_id == edition_id, LedgerLine.seq == 1)
    change(world, sa.update(LedgerLine).where(where).values(line=kept.replace(b"APPROVED", b"DRAFTED!")))
    change(world, sa.update(LedgerLine).where(where).values(line=kept + b" "))
    with pytest.raises(Refused, match="F6"):
        actions.sign_edition_head(world.secretary, edition_id=edition_id)
    change(world, sa.update(LedgerLine).where(where).values(line=kept))
    assert actions.sign_edition_head(world.secretary, edition_id=edition_id) == size
    change(world, sa.delete(LedgerLine).where(LedgerLine.seq == size - 1))
    with pytest.raises(Refused, match="F6"):
        actions.sign_edition_head(world.secretary, edition_id=edition_id)
    change(world, sa.update(LedgerCount).values(size=size - 1))
    with pytest.raises(Refused, match="F6"):
        actions.sign_edition_head(world.secretary, edition_id=edition_id)


def test_keys_follow_each_other(world: Any) -> None:
    """The administrator rotates; a changed secret does it by itself; old heads stay good (F6)."""
    edition_id = world.open()
    with pytest.raises(NotAllowed):
        actions.rotate_log_key(world.secretary)
    second = actions.rotate_log_key(person(Role.SYSTEM_ADMIN))
    size = actions.sign_edition_head(world.secretary, edition_id=edition_id)
    change(world, sa.update(LogKey).where(LogKey.kid == second).values(sealed=b"sealed by a forgotten secret"))
    world.file()
    assert actions.sign_edition_head(world.secretary, edition_id=edition_id) == size + 2
    keys = queries.log_keys()
    assert [one.replaced_at is None for one in keys] == [True, False, False]
    public = {one.kid: one.public for one in keys}
    signed = queries.heads(PUBLIC, edition_id)
    assert len({one.kid for one in signed}) == 3
    assert all(heads.is_signed(one.text, one.signature, public[one.kid]) for one in signed)
    bundle = queries.proof_bundle(world.operator, edition_id)
    assert {one["id"] for one in bundle["keys"]} == set(public)


def counts() -> tuple[int, ...]:
    tables = (LedgerLine, LedgerSalt, TreeHead, SheetSeal, Audit, Outbox)
    return tuple(read().scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables)


@pytest.mark.parametrize("where", ["record_many", "sign_head"])
def test_a_fact_and_its_line_are_true_together(world: Any, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while the log is written or its head signed: neither fact nor line; done again, both (F6)."""
    scored(world)
    before, real = counts(), getattr(ledger, where)

    def dies(*args: Any, **more: Any) -> None:
        real(*args, **more)
        raise KeyboardInterrupt

    with world.at(10, 19):
        with monkeypatch.context() as patched:
            patched.setattr(ledger, where, dies)
            with pytest.raises(KeyboardInterrupt):
                world.advance()
        assert counts() == before
        assert queries.edition(world.operator, world.edition_id).state == "CORRESPONDENCE"
        assert world.advance() == "DECISION"
    told_lines = lines(world)
    assert [one["seq"] for one in told_lines] == list(range(len(told_lines)))


def test_what_the_unit_refuses_later_leaves_no_line(world: Any) -> None:
    world.open()
    before = counts()
    with pytest.raises(LookupError), work(world.secretary) as u:
        edition = found.edition(u.session, world.edition_id)
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, why=ledger.words(u, edition.id, "слова"))
        ledger.sign_head(u, edition)
        raise LookupError
    assert counts() == before


def test_an_erased_person_is_forgotten_and_the_log_holds(world: Any) -> None:
    """Salts and texts that hold the name go, in any case of it; the rest and the log stay (BR-69, BR-70)."""
    edition_id = world.open()
    key = world.human(None, last_name="Воробьёва")
    with work(world.secretary) as u:
        for text in ("Соавтор Воробьевой А.П.", "С ВОРОБЬЁВОЙ работали вместе", "Воробьи на площадке", "Болен"):
            why = ledger.commit(u, edition_id, text)
            ledger.record(u, LedgerKind.CONFLICT_DECLARED, edition_id=edition_id, subject_id=key, data={"why": why})
    marker = {"person_id": key, "last_name": "Данные уничтожены", "first_name": "—", "middle_name": None}
    deliver(world.app, "registry.person.changed.v1", {**marker, "erased": True}, version=2)
    left = {one.text for one in read().scalars(sa.select(LedgerSalt))}
    assert {"Воробьи на площадке", "Болен"} <= left
    assert not [one for one in left if "оробьев" in one.casefold().replace("ё", "е")]
    deliver(world.app, "registry.person.changed.v1", {**marker, "erased": True}, version=3)
    size = actions.sign_edition_head(world.secretary, edition_id=edition_id)
    assert size == len(lines(world))


def test_who_may_take_what(world: Any) -> None:
    """The log opens with the results; the proof of an entry is for its applicant (F6)."""
    first, second = proofs.held(world)
    owner = world.applicant(queries.entry(world.secretary, first).applicant_id)
    assert queries.proof_bundle(PUBLIC, world.edition_id)["format"] == "metodset-protocol-proof/1"
    kinds = {one.kind for one in queries.entry_proof(owner, first).lines}
    assert {LedgerKind.DECISION, LedgerKind.SHEET_OPENED, LedgerKind.ENTRY_REGISTERED} <= kinds
    for who in (PUBLIC, person(Role.EXPERT), person(Role.IRO), world.applicant(world.organisation())):
        for ask in (queries.entry_proof, queries.entry_bundle):
            with pytest.raises(NotFound):
                ask(who, first)
        with pytest.raises(NotAllowed):
            queries.log_page(who, world.edition_id)
    with pytest.raises(NotFound):
        queries.entry_bundle(owner, second)


def test_an_applicant_learns_nothing_early(world: Any) -> None:
    """Before the publication the own proof tells of filing and checking, not of sheets and decisions."""
    entry_id = scored(world)
    with world.at(10, 30):
        world.advance()
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        owner = world.applicant(queries.entry(world.secretary, entry_id).applicant_id)
        proof = queries.entry_proof(owner, entry_id)
        assert {one.kind.value for one in proof.lines} == {"ENTRY_SUBMITTED", "ENTRY_REGISTERED", "ENTRY_CHANGED"}
        bundle = queries.entry_bundle(owner, entry_id)
        assert bundle["words"] == {}
        assert {json.loads(one["line"])["kind"] for one in bundle["lines"]} == {
            *("ENTRY_SUBMITTED", "ENTRY_REGISTERED", "ENTRY_CHANGED", "RUBRIC_FROZEN")
        }
        for who in (PUBLIC, owner):
            with pytest.raises(NotAllowed):
                queries.proof_bundle(who, world.edition_id)
