"""Files of an entry: which are taken, until when they change (BR-37, BR-39; model 3.2, attachments)."""

from io import BytesIO
from zipfile import is_zipfile

from services.expertise.rules.vocabulary import EntryState
from shared.files import MAX_FILE, PDF, known_type
from shared.refusal import N_, Refused

MOST_FILES = 20
#: An entry takes new files while it is written, while remarks are fixed, while it is revised.
OPEN = frozenset({EntryState.DRAFT, EntryState.CONDITIONAL, EntryState.REVISION})
#: Shown inside a page; the rest is only saved.
SHOWN = frozenset({PDF, "image/png", "image/jpeg"})
#: Where a browser looks when it guesses what a file is.
_GUESSED = 1024
_MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<body")


def check_file(content: bytes, kept: int) -> str:
    """PDF, PNG, JPEG, DOCX or XLSX up to 3 MB, one thing at a time, at most 20 files; gives the type."""
    if kept >= MOST_FILES:
        raise Refused("3.2 Entry", N_("К заявке уже приложено файлов: %(most)s"), field="file", most=MOST_FILES)
    if not content or len(content) > MAX_FILE:
        raise Refused("3.2 Entry", N_("Файл должен быть не пустым и не больше 3 МБ"), field="file")
    kind = known_type(content)
    if kind is None:
        raise Refused(
            "3.2 Entry", N_("Принимаются PDF, PNG, JPEG, DOCX и XLSX без макросов"), field="file"
        )
    if _is_two_things(kind, content):
        raise Refused(
            "3.2 Entry", N_("Файл выдаёт себя сразу за два вида. Сохраните его заново и приложите"), field="file"
        )
    return kind


def _is_two_things(kind: str, content: bytes) -> bool:
    """A package with something before it, a page or a package hidden in a scan."""
    if kind not in SHOWN:
        return not content.startswith(b"PK\x03\x04")
    head = content[:_GUESSED].lower()
    return is_zipfile(BytesIO(content)) or any(word in head for word in _MARKUP)


def check_open(state: EntryState) -> None:
    """After its submission an entry takes files only to fix remarks or in a revision (BR-39, F-05)."""
    if state not in OPEN:
        raise Refused(
            "BR-37", N_("Файлы прикладывают к черновику, при исправлении замечаний и при доработке")
        )


def check_removable(state: EntryState) -> None:
    """What was submitted stays as it was: a file is removed only from a draft."""
    if state is not EntryState.DRAFT:
        raise Refused("BR-37", N_("Удалить файл можно только из черновика"))
