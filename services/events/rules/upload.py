"""What file is taken for attendance: a text table of a sensible size (BR-31)."""

from shared.refusal import N_, Refused

MAX_BYTES = 2 * 1024 * 1024


def text_of(filename: str, content: bytes) -> str:
    """The text of an uploaded report; a wrong, empty or oversized file is refused."""
    if not filename.lower().endswith((".csv", ".txt")):
        raise Refused("BR-31", N_("Нужен файл CSV, выгруженный из отчёта об участниках"), field="file")
    if len(content) > MAX_BYTES:
        raise Refused("BR-31", N_("Файл больше 2 МиБ"), field="file")
    if not content.strip():
        raise Refused("BR-31", N_("Файл пуст"), field="file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if b"\x00" in content:
        raise Refused("BR-31", N_("Это не текстовый файл CSV"), field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in a Russian Windows saves CSV in its own code page.
        return _decoded(content, "cp1251")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(
            "BR-31", N_("Кодировка файла не распознана: сохраните его в UTF-8"), field="file"
        ) from None
    if "\x00" in text:
        raise Refused("BR-31", N_("Это не текстовый файл CSV"), field="file")
    return text


def kept_name(filename: str) -> str:
    """The name of an uploaded file as it is remembered: without folders and unprintable characters."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in name if character.isprintable())[:255]
