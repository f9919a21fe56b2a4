"""The offline verifier: a real log holds, every forgery is refused for its own reason (F6)."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from services.expertise import queries
from shared import ids
from tests.services.expertise import proofs
from tests.services.expertise.proofs import Bundle, Rewriter, line_of, rewrite, verify


def mark(told: Any, value: str = "2") -> None:
    told["data"]["content"]["scores"]["C1"] = value


def change_mark(bundle: Bundle) -> None:
    rewrite(bundle, line_of(bundle, "SHEET_OPENED"), lambda one: mark(one, "0"))


def remove_middle(bundle: Bundle) -> None:
    del bundle["lines"][7]


def remove_middle_and_renumber(bundle: Bundle) -> None:
    del bundle["lines"][7]
    proofs.renumber(bundle)


def cut_tail(bundle: Bundle) -> None:
    del bundle["lines"][-2:]


def swap(bundle: Bundle) -> None:
    lines = bundle["lines"]
    lines[4], lines[5] = lines[5], lines[4]


def insert(bundle: Bundle) -> None:
    bundle["lines"].insert(5, bundle["lines"][5])
    proofs.renumber(bundle)


def repeat_number(bundle: Bundle) -> None:
    rewrite(bundle, 6, lambda one: one.update(seq=5))


def foreign_line(bundle: Bundle) -> None:
    rewrite(bundle, 6, lambda one: one.update(edition=str(ids.new_id())))


def spaces(bundle: Bundle) -> None:
    bundle["lines"][3] = bundle["lines"][3].replace('","', '", "', 1)


def repeat_name(bundle: Bundle) -> None:
    bundle["lines"][3] = bundle["lines"][3].replace("{", '{"actor":null,', 1)


def fraction(bundle: Bundle) -> None:
    rewrite(bundle, 3, lambda one: one["data"].update(extra=1.5))


def other_root(bundle: Bundle) -> None:
    head = bundle["heads"][-1]
    told = json.loads(head["text"])
    head["text"] = head["text"].replace(told["root"], told["root"][::-1])


def flip_signature(bundle: Bundle) -> None:
    bundle["heads"][0]["signature"] = proofs.flipped(bundle["heads"][0]["signature"])


def strange_key(bundle: Bundle) -> None:
    """Signed by somebody whose key is not shown."""
    shown = copy.deepcopy(bundle["keys"])
    Rewriter().sign(bundle)
    bundle["keys"] = shown


def misnamed_key(bundle: Bundle) -> None:
    """Somebody's key under the name of the real one."""
    kid = bundle["keys"][0]["id"]
    Rewriter().sign(bundle)
    bundle["keys"][0]["id"] = kid


def shrinking(bundle: Bundle) -> None:
    bundle["heads"].reverse()


def foreign_head(bundle: Bundle) -> None:
    bundle["edition"] = str(ids.new_id())


def signed_anew(forge: Any) -> Any:
    """The same forgery by an operator who signs all heads again: only the content can betray it."""

    def forged(bundle: Bundle) -> None:
        forge(bundle)
        Rewriter().sign(bundle)

    forged.__name__ = f"{forge.__name__}_signed_anew"
    return forged


def wrong_total(bundle: Bundle) -> None:
    """A sheet that was committed with a total that its scores do not give."""
    seq = line_of(bundle, "SHEET_OPENED")
    rewrite(bundle, seq, lambda one: one["data"]["content"].update(total="99"))
    proofs.recommit(bundle, seq)


def wrong_percent(bundle: Bundle) -> None:
    seq = line_of(bundle, "SHEET_OPENED", 1)
    rewrite(bundle, seq, lambda one: one["data"]["content"].update(percent="99.9"))
    proofs.recommit(bundle, seq)


def off_the_scale(bundle: Bundle) -> None:
    seq = line_of(bundle, "SHEET_OPENED", 1)
    rewrite(bundle, seq, lambda one: mark(one, "7"))
    proofs.recommit(bundle, seq)


def criterion_gone(bundle: Bundle) -> None:
    seq = line_of(bundle, "SHEET_OPENED", 1)
    rewrite(bundle, seq, lambda one: one["data"]["content"]["scores"].pop("C1"))
    proofs.recommit(bundle, seq)


def rubric_gone(bundle: Bundle) -> None:
    for nth in (1, 0):
        rewrite(bundle, line_of(bundle, "RUBRIC_FROZEN", nth), lambda one: one.update(kind="EDITION_RULES"))


def never_opened(bundle: Bundle) -> None:
    rewrite(bundle, line_of(bundle, "SHEET_OPENED", 2), lambda one: one.update(kind="ENTRY_CHANGED"))


def never_committed(bundle: Bundle) -> None:
    rewrite(bundle, line_of(bundle, "SHEET_COMMITTED", 2), lambda one: one.update(kind="ENTRY_CHANGED"))


def cancellation_hidden(bundle: Bundle) -> None:
    rewrite(bundle, line_of(bundle, "SHEET_CANCELLED"), lambda one: one.update(kind="ENTRY_CHANGED"))


def opened_empty(bundle: Bundle) -> None:
    seq = line_of(bundle, "SHEET_OPENED", 3)
    rewrite(bundle, seq, lambda one: one["data"].update(content=None))


FORGERIES = [
    (change_mark, "ROOT"),
    (remove_middle, "NUMBERING"),
    (remove_middle_and_renumber, "ROOT"),
    (cut_tail, "TAIL"),
    (swap, "NUMBERING"),
    (insert, "ROOT"),
    (repeat_number, "NUMBERING"),
    (foreign_line, "EDITION"),
    (spaces, "CANONICAL"),
    (repeat_name, "CANONICAL"),
    (fraction, "CANONICAL"),
    (other_root, "SIGNATURE"),
    (flip_signature, "SIGNATURE"),
    (strange_key, "KEY"),
    (misnamed_key, "KEY"),
    (shrinking, "HEAD"),
    (foreign_head, "EDITION"),
    (signed_anew(change_mark), "COMMITMENT"),
    (signed_anew(wrong_total), "TOTAL"),
    (signed_anew(wrong_percent), "PERCENT"),
    (signed_anew(off_the_scale), "SCORES"),
    (signed_anew(criterion_gone), "SCORES"),
    (signed_anew(rubric_gone), "RUBRIC"),
    (signed_anew(never_opened), "COMMITMENT"),
    (signed_anew(never_committed), "COMMITMENT"),
    (signed_anew(cancellation_hidden), "COMMITMENT"),
    (signed_anew(opened_empty), "COMMITMENT"),
]


def test_a_real_log_holds_and_forgeries_are_refused(world: Any, tmp_path: Path) -> None:
    """One contest, exported as the public gets it; then every forgery of it, each with its reason."""
    proofs.held(world)
    real = proofs.bundle_of(world)
    (protocol,) = queries.protocols(world.council, world.edition_id)
    head = queries.heads(world.operator, world.edition_id)[0]
    code, said = verify(real, tmp_path)
    assert (code, "СХОДИТСЯ" in said, "HOLDS" in said) == (0, True, True), said
    assert f"записи: {len(real['lines'])}" in said and "листы: открыто 13" in said
    assert "внешней головы нет" in said and "Не доказано" in said
    trusted = ["--head", head.printed[:30], "--key", head.kid, "--rating-hash", protocol.snapshot_hash]
    code, said = verify(real, tmp_path, *trusted)
    assert code == 0 and "внешней головы нет" not in said and "хеш рейтинга" in said, said
    for forge, reason in FORGERIES:
        forged = copy.deepcopy(real)
        forge(forged)
        code, said = verify(forged, tmp_path)
        assert (code, f"[-] {reason}:" in said) == (1, True), (forge.__name__, said)
        assert "BROKEN" in said


def test_what_only_an_outside_head_shows(world: Any, tmp_path: Path) -> None:
    """A tail cut with its heads and a log signed anew hold in themselves; the verifier says so, and asks for more."""
    proofs.held(world)
    real = proofs.bundle_of(world)
    newest, first = (queries.heads(world.operator, world.edition_id)[at] for at in (0, -1))
    cut = copy.deepcopy(real)
    del cut["heads"][-1]
    del cut["lines"][json.loads(cut["heads"][-1]["text"])["size"] :]
    anew = copy.deepcopy(real)
    rewrite(anew, line_of(anew, "DECISION"), lambda one: one["data"].update(place=9))
    Rewriter().sign(anew)
    for forged in (cut, anew):
        code, said = verify(forged, tmp_path)
        assert code == 0 and "внешней головы нет" in said
        code, said = verify(forged, tmp_path, "--head", newest.printed)
        assert code == 1 and "[-] OUTSIDE:" in said
    code, said = verify(anew, tmp_path, "--key", newest.kid)
    assert code == 1 and "[-] KEY:" in said
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"text": first.text, "signature": first.signature}))
    assert verify(real, tmp_path, "--head", str(kept))[0] == 0
    kept.write_text(json.dumps({"text": first.text, "signature": proofs.flipped(first.signature)}))
    assert "[-] SIGNATURE:" in verify(real, tmp_path, "--head", str(kept))[1]
    kept.write_text(json.dumps({"edition": str(ids.new_id()), "size": 1, "root": "0" * 64}))
    assert "[-] OUTSIDE:" in verify(real, tmp_path, "--head", str(kept))[1]
    assert "[-] RATING:" in verify(real, tmp_path, "--rating-hash", "0" * 64)[1]


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", b"\xff", b'{"format": "metodset-protocol-proof/1"}'])
def test_rubbish_is_refused(content: bytes, tmp_path: Path) -> None:
    code, said = verify(content, tmp_path)
    assert code == 1 and "[-] FORMAT" in said


def test_the_proof_of_one_entry(world: Any, tmp_path: Path) -> None:
    """The applicant's bundle holds by itself; other lines, paths, words do not pass."""
    first, second = proofs.held(world)
    applicant = world.applicant(queries.entry(world.secretary, first).applicant_id)
    real = json.loads(json.dumps(queries.entry_bundle(applicant, first)))
    code, said = verify(real, tmp_path, "--head", f"{queries.heads(applicant, world.edition_id)[0].printed}")
    assert code == 0 and "слов проверено: 6" in said, said

    def forged(change: Any) -> str:
        other = copy.deepcopy(real)
        change(other)
        code, said = verify(other, tmp_path)
        assert code == 1
        return said

    def words(other: Bundle) -> None:
        next(iter(other["words"].values()))["conclusion"] = "Отклонить"

    def line(other: Bundle) -> None:
        text = other["lines"][0]["line"]
        other["lines"][0]["line"] = text.replace('"actor":"', '"actor":"0')

    assert "[-] WORDS:" in forged(words)
    assert "[-] INCLUSION:" in forged(line)
    assert "[-] INCLUSION:" in forged(lambda other: other["lines"][1]["path"].reverse())
    assert "[-] NUMBERING:" in forged(lambda other: other["lines"][0].update(seq=0))
    assert "[-] SIGNATURE:" in forged(
        lambda other: other["head"].update(signature=proofs.flipped(other["head"]["signature"]))
    )
    strangers = json.dumps(queries.entry_bundle(world.secretary, second))
    assert str(first) not in strangers


def test_the_verifier_knows_nothing_of_the_product() -> None:
    """One file: the standard library and one library of signatures; Python 3.9 reads it."""
    import ast

    tree = ast.parse(proofs.VERIFIER.read_text(), feature_version=(3, 9))
    modules = {
        name.split(".")[0]
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
        for name in ([one.module or ""] if isinstance(one, ast.ImportFrom) else [a.name for a in one.names])
    }
    assert modules == {
        *("__future__", "argparse", "base64", "json", "re", "sys", "decimal", "fractions", "hashlib"),
        "cryptography",
    }
