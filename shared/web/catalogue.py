"""Are the catalogues complete? Finds every msgid of the sources that has no translation.

``python -m shared.web.catalogue`` prints what is missing, ready to be pasted into the ``.po`` file.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import escape, read_po
from jinja2.ext import babel_extract

#: Function -> places of its arguments that are msgids; two places mean singular and plural.
KEYWORDS: dict[str, tuple[int, ...]] = {
    "_": (0,),
    "N_": (0,),
    "gettext": (0,),
    "lazy_gettext": (0,),
    "ngettext": (0, 1),
    "lazy_ngettext": (0, 1),
    "Refused": (1,),
    "NotAllowed": (0,),
    "SignInNeeded": (0,),
    "NotFound": (0,),
}
JINJA = {"_": None, "gettext": None, "ngettext": (1, 2)}
ROOT = Path(__file__).parents[2]

Msgid = str | tuple[str, str]


def in_python(source: str) -> Iterator[Msgid]:
    """Msgids of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        places = KEYWORDS.get(name, ())
        found = [node.args[i] for i in places if i < len(node.args)]
        texts = [arg.value for arg in found if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if texts and texts[0] and len(texts) == len(places):
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def in_template(path: Path) -> Iterator[Msgid]:
    """Msgids of a Jinja template."""
    with path.open("rb") as file:
        options = {"encoding": "utf-8", "silent": "false", "trim_blocks": "true", "newstyle_gettext": "true"}
        for _line, function, text, _comments in babel_extract(file, list(JINJA), [], options):
            if isinstance(text, tuple):
                texts = [part for part in text if part]
                yield (texts[0], texts[1]) if function == "ngettext" else texts[0]
            elif text:
                yield text


def msgids(folder: Path) -> set[Msgid]:
    """All msgids of the sources under a folder."""
    found: set[Msgid] = set()
    for path in sorted(folder.rglob("*.py")):
        found.update(in_python(path.read_text(encoding="utf-8")))
    for path in sorted(folder.rglob("*.html")):
        found.update(in_template(path))
    return found


def translated(path: Path) -> set[Msgid]:
    """Msgids that a ``.po`` file translates in full."""
    if not path.exists():
        return set()
    found: set[Msgid] = set()
    with path.open("rb") as file:
        for message in read_po(file, locale=path.stem):
            forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
            if not message.id or message.fuzzy or not all(forms):
                continue
            found.add(message.id if isinstance(message.id, str) else (message.id[0], message.id[1]))
    return found


def catalogue_gaps(root: Path = ROOT) -> dict[str, list[Msgid]]:
    """Catalogue (path from ``root``) -> msgids without a translation; complete catalogues are left out.

    Texts of ``shared/`` belong to ``shared/web/translations``, texts of a service to its own folder or to the
    shared one. English translates everything; the Russian file only gives the forms of plurals.
    """
    shared = root / "shared" / "web" / "translations"
    homes = {shared: root / "shared"}
    services = sorted(path.parent for path in root.glob("services/*/__init__.py"))
    homes |= {service / "translations": service for service in services}
    gaps: dict[str, list[Msgid]] = {}
    for home, sources in homes.items():
        texts = msgids(sources)
        for language, wanted in (("en", texts), ("ru", {text for text in texts if isinstance(text, tuple)})):
            known = translated(home / f"{language}.po") | translated(shared / f"{language}.po")
            if missing := sorted(wanted - known, key=str):
                gaps[str((home / f"{language}.po").relative_to(root))] = missing
    return gaps


def as_po(text: Msgid) -> str:
    """An empty entry for a msgid."""
    if isinstance(text, str):
        return f'msgid {escape(text)}\nmsgstr ""\n'
    return f'msgid {escape(text[0])}\nmsgid_plural {escape(text[1])}\nmsgstr[0] ""\nmsgstr[1] ""\n'


if __name__ == "__main__":
    found_gaps = catalogue_gaps()
    for catalogue, texts in found_gaps.items():
        sys.stdout.write(f"# {catalogue}\n\n" + "\n".join(as_po(text) for text in texts) + "\n")
    sys.exit(bool(found_gaps))
