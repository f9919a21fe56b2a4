#!/usr/bin/env python3
"""Проверка выгрузки журнала конкурса без доступа к системе. Offline check of an exported contest log.

    python verify_protocol.py proof.json
    python verify_protocol.py proof.json --head 120:5dc9da79a70659a9     (с печатного протокола · from paper)
    python verify_protocol.py proof.json --head head.json                (голова, сохранённая раньше · kept earlier)
    python verify_protocol.py proof.json --key 0123…ef --rating-hash 89ab…

Нужны Python 3.9 или новее и пакет cryptography. Needs Python 3.9 or newer and the package cryptography.
Код выхода: 0 — сходится, 1 — не сходится, 2 — проверить не удалось. Exit code: 0 holds, 1 broken, 2 not checked.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from hashlib import sha256

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.stderr.write("Установите пакет cryptography: pip install cryptography\nInstall the package cryptography.\n")
    sys.exit(2)

HEAD_PREFIX = b"metodset expertise log head v1\n"
SHEET_PREFIX = b"metodset expertise sheet v1\n"
FORMAT, ENTRY_FORMAT = "metodset-protocol-proof/1", "metodset-entry-proof/1"
LINE_FIELDS = {"seq", "kind", "at", "actor", "edition", "subject", "data"}
HEAD_FIELDS = {"edition", "key", "root", "size", "time"}
EXPERT_STAGES = ("CORRESPONDENCE", "IN_PERSON")
BIGGEST = 2**53 - 1


class Broken(Exception):
    """A contradiction: its code, what is said in Russian and in English."""

    def __init__(self, code, russian, english):
        super().__init__(code)
        self.code, self.russian, self.english = code, russian, english


# --- canonical JSON (RFC 8785) ---------------------------------------------------------------------------------


def parse(text):
    """JSON without repeated names, fractions, and numbers that other programs would read differently."""

    def pairs(items):
        found = dict(items)
        if len(found) != len(items):
            raise ValueError("a name is repeated")
        return found

    def refuse(value):
        raise ValueError(f"not a whole number: {value}")

    def whole(value):
        if abs(int(value)) > BIGGEST:
            raise ValueError("too big a number")
        return int(value)

    return json.loads(text, object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse, parse_int=whole)


def canonical(value):
    """The one way to write this value: names by their UTF-16 units, no spaces, no needless escapes."""

    def ordered(part):
        if isinstance(part, dict):
            return {name: ordered(part[name]) for name in sorted(part, key=lambda n: n.encode("utf-16-be"))}
        return [ordered(one) for one in part] if isinstance(part, list) else part

    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_canonical(text, code, russian, english):
    """The value of a canonical text; anything else is refused."""
    try:
        value = parse(text)
        same = isinstance(value, dict) and canonical(value) == text.encode("utf-8")
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise Broken(code, russian, english)
    return value


# --- the tree (RFC 6962) ---------------------------------------------------------------------------------------


def leaf_hash(line):
    return sha256(b"\x00" + line).digest()


def node_hash(left, right):
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """All levels of a Merkle tree; the root of any beginning follows from its complete subtrees."""

    def __init__(self, leaves):
        self.size, self.levels = len(leaves), [leaves]
        while len(self.levels[-1]) > 1:
            level = self.levels[-1]
            above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            self.levels.append(above + ([level[-1]] if len(level) % 2 else []))

    def root_of(self, size):
        if size == 0:
            return sha256(b"").digest()
        peaks, start = [], 0
        for height in reversed(range(size.bit_length())):
            if size >> height & 1:
                peaks.append(self.levels[height][start >> height])
                start += 1 << height
        found = peaks.pop()
        while peaks:
            found = node_hash(peaks.pop(), found)
        return found


def is_included(leaf, index, size, path, root):
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(neighbour, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


# --- what is checked -------------------------------------------------------------------------------------------


def read_keys(bundle):
    """Public keys by their names; a name is the beginning of the SHA-256 of the key itself."""
    keys = {}
    for one in bundle["keys"]:
        raw = base64.b64decode(one["public"], validate=True)
        if sha256(raw).hexdigest()[:32] != one["id"]:
            raise Broken(
                "KEY", "имя ключа {} не его отпечаток".format(one["id"]), "key {} is misnamed".format(one["id"])
            )
        keys[one["id"]] = Ed25519PublicKey.from_public_bytes(raw)
    return keys


def read_head(signed, keys, trusted, edition):
    """A head whose signature holds, by a key that is shown and, where the reader named keys, trusted."""
    text = signed["text"]
    head = read_canonical(text, "HEAD", "голова журнала не каноническая", "a head is not canonical")
    if (
        set(head) != HEAD_FIELDS
        or type(head["size"]) is not int
        or not re.fullmatch("[0-9a-f]{64}", str(head["root"]))
    ):
        raise Broken("HEAD", "голова журнала испорчена", "a head is malformed")
    name = "{} ({})".format(head["size"], head["root"][:16])
    if head["edition"] != edition:
        raise Broken("HEAD", f"голова {name} — другого выпуска", f"head {name} is of another edition")
    if trusted and head["key"] not in trusted:
        raise Broken(
            "KEY",
            "голова {} подписана ключом {}, а вы доверяете другому".format(name, head["key"]),
            "head {} is signed by key {}, which is not the one you trust".format(name, head["key"]),
        )
    if head["key"] not in keys:
        raise Broken(
            "KEY", "ключа {} нет в выгрузке".format(head["key"]), "key {} is not in the bundle".format(head["key"])
        )
    try:
        keys[head["key"]].verify(base64.b64decode(signed["signature"], validate=True), HEAD_PREFIX + text.encode())
    except (InvalidSignature, ValueError):
        raise Broken(
            "SIGNATURE", f"подпись головы {name} не сходится", f"the signature of head {name} fails"
        ) from None
    return head


def read_line(text, seq, edition):
    """A line of the log at its place."""
    line = read_canonical(
        text, "CANONICAL", f"запись {seq} — не канонический JSON", f"line {seq} is not canonical JSON"
    )
    if set(line) != LINE_FIELDS or not isinstance(line["data"], dict):
        raise Broken("CANONICAL", f"у записи {seq} не те поля", f"line {seq} has other fields")
    if type(line["seq"]) is not int or line["seq"] != seq:
        raise Broken(
            "NUMBERING",
            "на месте записи {} стоит запись {}: удалены, вставлены или переставлены".format(seq, line["seq"]),
            "line {} stands where {} should: removed, inserted or swapped".format(line["seq"], seq),
        )
    if line["edition"] != edition:
        raise Broken("EDITION", f"запись {seq} — другого выпуска", f"line {seq} is of another edition")
    return line


def check_sheet(committed, opened, cancelled, rubrics, notes):
    """One sheet: what was opened is what was committed, and its total and percent follow from its scores.

    ``cancelled``: whether it had been cancelled when it was opened.
    """
    name, data, content = opened["subject"], opened["data"], opened["data"].get("content")

    def broken(code, russian, english):
        return Broken(code, f"лист {name}: {russian}", f"sheet {name}: {english}")

    if committed is None or committed["seq"] > opened["seq"]:
        raise broken("COMMITMENT", "открыт без обязательства", "opened without a commitment")
    if (data["state"] == "CANCELLED") != cancelled:
        raise broken("COMMITMENT", "аннулирование не записано или скрыто", "its cancellation is not as recorded")
    if content is None:
        if not cancelled:
            raise broken("COMMITMENT", "действителен, но не открыт", "valid but without content")
        notes.append(
            (
                f"лист {name} аннулирован и не сходится с обязательством: содержание не доказано",
                f"sheet {name} is cancelled and does not fit its commitment: its content is not proved",
            )
        )
        return
    if sha256(SHEET_PREFIX + canonical(content)).hexdigest() != committed["data"]["commitment"]:
        raise broken("COMMITMENT", "открыто не то, что подписано", "opened is not what was signed")
    if content["sheet"] != name or any(
        content[part] != committed["data"][part] for part in ("entry", "expert", "stage")
    ):
        raise broken("COMMITMENT", "открыт лист о другом", "opened is a sheet about something else")
    rubric = rubrics.get(content["rubric"])
    if rubric is None or rubric["seq"] > committed["seq"]:
        raise broken("RUBRIC", "рубрика не была заморожена до подписи", "its rubric was not frozen before")
    total, percent = recount(rubric["data"]["criteria"], content["scores"], broken)
    if Decimal(content["total"]) != total:
        raise broken(
            "TOTAL",
            "сумма {}, по оценкам {}".format(content["total"], total),
            "total {}, its scores give {}".format(content["total"], total),
        )
    if Decimal(content["percent"]) != percent:
        raise broken(
            "PERCENT",
            "процент {}, по оценкам {}".format(content["percent"], percent),
            "percent {}, its scores give {}".format(content["percent"], percent),
        )


def recount(criteria, scores, broken):
    """Total and percent of a sheet, exact, half-up to two decimals (BR-47, BR-51)."""
    if set(scores) != {one["code"] for one in criteria}:
        raise broken("SCORES", "критерии не те, что в рубрике", "other criteria than in its rubric")
    try:
        total = most = Fraction(0)
        for one in criteria:
            allowed = [Fraction(value) for value in one["values"]]
            score = Fraction(scores[one["code"]])
            if score not in allowed:
                raise broken("SCORES", "оценки нет в шкале", "a score is not on the scale")
            total += Fraction(one["weight"]) * score
            most += Fraction(one["weight"]) * max(allowed)
    except (ValueError, TypeError, ZeroDivisionError):
        raise broken("SCORES", "оценка не число", "a score is not a number") from None
    return exact(total), half_up(100 * total / most)


def exact(value):
    with localcontext() as context:
        context.prec = 60
        return Decimal(value.numerator) / Decimal(value.denominator)


def half_up(value):
    with localcontext() as context:
        context.prec = 60
        found = Decimal(value.numerator) / Decimal(value.denominator)
        return found.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def check_sheets(lines, notes):
    """Every sheet of the lines; gives how many were opened and how many still wait for the end of their stage."""
    committed, opened, cancelled, rubrics, closed = {}, {}, {}, {}, {}
    for line in lines:
        kind, subject, data = line["kind"], line["subject"], line["data"]
        if kind == "SHEET_COMMITTED":
            if subject in committed:
                raise Broken("COMMITMENT", f"лист {subject} подписан дважды", f"sheet {subject} is committed twice")
            committed[subject] = line
        elif kind == "SHEET_OPENED":
            if subject in opened:
                raise Broken("COMMITMENT", f"лист {subject} открыт дважды", f"sheet {subject} is opened twice")
            opened[subject] = line
        elif kind == "SHEET_CANCELLED":
            cancelled.setdefault(subject, line["seq"])
        elif kind == "RUBRIC_FROZEN":
            rubrics.setdefault(subject, line)
        elif kind == "EDITION_STAGE" and data.get("from") in EXPERT_STAGES and data.get("to") != "CANCELLED":
            closed.setdefault(data["from"], line["seq"])
    for subject, line in opened.items():
        before = subject in cancelled and cancelled[subject] < line["seq"]
        check_sheet(committed.get(subject), line, before, rubrics, notes)
    waiting = [one for one in committed.values() if one["subject"] not in opened]
    for one in waiting:
        if one["seq"] < closed.get(one["data"]["stage"], 0):
            raise Broken(
                "COMMITMENT",
                "лист {} подписан, этап закрыт, а лист не открыт".format(one["subject"]),
                "sheet {} was signed, its stage is closed, yet it is not opened".format(one["subject"]),
            )
    return len(opened), len(waiting)


def check_protocol(bundle, options, report, notes):
    """A whole log: its lines, tree, heads, sheets."""
    edition = bundle["edition"]
    keys = read_keys(bundle)
    lines = [read_line(text, seq, edition) for seq, text in enumerate(bundle["lines"])]
    report(
        f"записи: {len(lines)}, канонические, номера подряд", f"lines: {len(lines)}, canonical, numbered without gaps"
    )
    tree = Tree([leaf_hash(text.encode("utf-8")) for text in bundle["lines"]])
    heads = [read_head(one, keys, options.key, edition) for one in bundle["heads"]]
    before = 0
    for head in heads:
        if head["size"] < before:
            raise Broken("HEAD", "головы убывают", "heads shrink")
        before = head["size"]
        check_covered(tree, head["size"], head["root"], "TAIL", "ROOT")
    report(
        f"подписанные головы: {len(heads)}, подписи верны, каждая сходится с журналом и продолжает прежнюю",
        f"signed heads: {len(heads)}, signatures hold, each fits the log and continues the one before",
    )
    if not heads:
        notes.append(
            ("ни одной подписанной головы: журнал ничем не закреплён", "no signed head: nothing binds the log")
        )
    elif tree.size > before:
        notes.append(
            (
                "последние записи (%s) ещё не подписаны" % (tree.size - before),
                "the last lines (%s) are not signed yet" % (tree.size - before),
            )
        )
    check_outside(tree, options, keys, edition, report, notes)
    opened, waiting = check_sheets(lines, notes)
    report(
        f"листы: открыто {opened}, сходятся с обязательствами, сумма и процент пересчитаны",
        f"sheets: {opened} opened, they fit their commitments, totals and percents counted anew",
    )
    if waiting:
        notes.append(
            (f"листы {waiting} ещё закрыты: их этап идёт", f"{waiting} sheets are still sealed: their stage goes on")
        )
    if options.rating_hash:
        known = [
            one["data"].get("rating_hash")
            for one in lines
            if one["kind"] in ("PROTOCOL_SIGNED", "PROTOCOL_PUBLISHED")
        ]
        if options.rating_hash.lower() not in known:
            raise Broken("RATING", "рейтинга с таким хешем журнал не знает", "the log knows no rating with this hash")
        report("хеш рейтинга из протокола есть в журнале", "the rating hash of the protocol is in the log")


def check_covered(tree, size, root, missing, other):
    """The log holds at least ``size`` lines, and the first of them have this root (or this beginning of it)."""
    if size > tree.size:
        raise Broken(
            missing,
            f"подписано записей {size}, в выгрузке их {tree.size}: хвост отрезан",
            f"{size} lines were signed, the bundle has {tree.size}: the tail is cut",
        )
    if not tree.root_of(size).hex().startswith(root):
        raise Broken(
            other,
            f"корень первых {size} записей не тот, что подписан: журнал изменён",
            f"the root of the first {size} lines is not the signed one: the log was changed",
        )


def check_outside(tree, options, keys, edition, report, notes):
    """Heads that the reader keeps outside: only they show a log that was rewritten as a whole, or cut."""
    if not options.head:
        notes.append(
            (
                "внешней головы нет: если отрезан хвост вместе с головами или всё подписано заново, этого не видно. "
                "Возьмите голову с печатного протокола или у реестра и укажите --head",
                "no outside head: a tail cut together with its heads, or a log signed anew, would not show. "
                "Take a head from a printed protocol or from the registry and give it by --head",
            )
        )
        return
    for given in options.head:
        size, root = outside_head(given, keys, edition)
        check_covered(tree, size, root, "OUTSIDE", "OUTSIDE")
        report(
            f"внешняя голова {size} ({root[:16]}…) — начало этого журнала",
            f"the outside head {size} ({root[:16]}…) is a beginning of this log",
        )


def outside_head(given, keys, edition):
    """``SIZE:ROOT`` as printed, or a file with a head (its signature, when the key is known, is checked)."""
    typed = re.fullmatch(r"(\d+):([0-9a-fA-F]{16,64})", given.replace(" ", ""))
    if typed:
        return int(typed.group(1)), typed.group(2).lower()
    with open(given, encoding="utf-8") as file:
        kept = json.load(file)
    head = json.loads(kept["text"]) if "text" in kept else kept
    if "text" in kept:
        head = read_head(kept, keys, None, edition)
    if head["edition"] != edition:
        raise Broken("OUTSIDE", "внешняя голова — другого выпуска", "the outside head is of another edition")
    return head["size"], head["root"]


def check_entry(bundle, options, report, notes):
    """Lines about one entry: each is in the log that a signed head binds."""
    edition = bundle["edition"]
    keys = read_keys(bundle)
    head = read_head(bundle["head"], keys, options.key, edition)
    report(
        "голова: записей {}, корень {}…, подпись верна".format(head["size"], head["root"][:16]),
        "head: {} lines, root {}…, its signature holds".format(head["size"], head["root"][:16]),
    )
    lines, root = [], bytes.fromhex(head["root"])
    for one in bundle["lines"]:
        line = read_line(one["line"], one["seq"], edition)
        path = [bytes.fromhex(step) for step in one["path"]]
        if not is_included(leaf_hash(one["line"].encode("utf-8")), one["seq"], head["size"], path, root):
            raise Broken(
                "INCLUSION",
                "записи {} нет в подписанном журнале".format(one["seq"]),
                "line {} is not in the signed log".format(one["seq"]),
            )
        lines.append(line)
    report(
        f"записи о заявке: {len(lines)}, все — в подписанном журнале",
        f"lines about the entry: {len(lines)}, all in the signed log",
    )
    for given in options.head or ():
        size, typed = outside_head(given, keys, edition)
        if size != head["size"] or not head["root"].startswith(typed):
            raise Broken(
                "OUTSIDE", "голова выгрузки не та, что у вас", "the head of the bundle is not the one you have"
            )
        report("голова совпадает с вашей", "the head is the one you have")
    opened, _ = check_sheets(lines, notes)
    contents = {one["subject"]: one["data"]["content"] for one in lines if one["kind"] == "SHEET_OPENED"}
    for sheet, words in bundle.get("words", {}).items():
        text = canonical({name: text for name, text in words.items() if name != "salt"}).decode("utf-8")
        content = contents.get(sheet)
        if (
            not content
            or sha256(("{}:{}".format(words["salt"], text)).encode("utf-8")).hexdigest() != content["words"]
        ):
            raise Broken(
                "WORDS",
                f"лист {sheet}: комментарии не те, что подписаны",
                f"sheet {sheet}: its comments are not the signed ones",
            )
    report(
        "листы: {}, сходятся с обязательствами; слов проверено: {}".format(opened, len(bundle.get("words", {}))),
        "sheets: {}, they fit their commitments; words checked: {}".format(opened, len(bundle.get("words", {}))),
    )


PROVES = (
    (
        "Доказано: показанные записи не менялись с того времени, когда подписана голова; оценки не менялись между "
        "подписью листа и концом этапа; суммы и проценты листов сосчитаны верно.",
        "Proved: the lines shown have not changed since a head over them was signed; marks have not changed between "
        "the signature of a sheet and the end of its stage; totals and percents of sheets are right.",
    ),
    (
        "Не доказано: что оценки честны; что не было разговоров мимо журнала; что журнал не переписан целиком, если "
        "вы не сверили его с внешней головой; места и итоговые баллы заявок здесь не пересчитываются.",
        "Not proved: that the marks are honest; that nothing was talked over outside the log; that the whole log was "
        "not rewritten, unless you compared it with an outside head; places and final scores are not recounted here.",
    ),
)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", help="proof.json")
    parser.add_argument("--head", action="append", help="SIZE:ROOT or a file")
    parser.add_argument("--key", action="append", help="name of the key that you trust")
    parser.add_argument("--rating-hash", help="hash of the rating, as printed in the protocol")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    notes = []

    def report(russian, english):
        sys.stdout.write(f"[+] {russian}\n    {english}\n")

    try:
        with open(options.bundle, encoding="utf-8") as file:
            bundle = json.load(file)
        check = {FORMAT: check_protocol, ENTRY_FORMAT: check_entry}.get(bundle.get("format"))
        if check is None:
            raise Broken("FORMAT", "это не выгрузка журнала", "this is no bundle of a log")
        check(bundle, options, report, notes)
    except Broken as fault:
        sys.stdout.write(f"[-] {fault.code}: {fault.russian}\n    {fault.english}\nНЕ СХОДИТСЯ · BROKEN\n")
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, InvalidOperation, RecursionError) as fault:
        sys.stdout.write(
            f"[-] FORMAT: выгрузка испорчена · the bundle is malformed ({type(fault).__name__})\nНЕ СХОДИТСЯ · BROKEN\n"
        )
        return 1
    except OSError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    for russian, english in notes:
        sys.stdout.write(f"[!] {russian}\n    {english}\n")
    sys.stdout.write("СХОДИТСЯ · HOLDS\n")
    for pair in PROVES:
        sys.stdout.write("{}\n{}\n".format(*pair))
    return 0


if __name__ == "__main__":
    sys.exit(main())
