"""DOCX and XLSX: their text piece by piece, and a copy without authors, traces and telling words (F18)."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from services.expertise.rules.anonymity.lint import MASK, Span
from services.expertise.rules.anonymity.pictures import clean_picture

#: Unpacked; a package that grows beyond is a bomb.
MOST_BYTES = 60 * 1024 * 1024
_LINKED = "http://schemas.openxmlformats.org/package/2006/relationships"
#: Parts that only tell of people, programs and printers.
_DROPPED = re.compile(
    r"^(docProps/(?!(core|app)\.xml$)|customXml/|xl/revisions/|xl/printerSettings/|xl/connections\.xml$|word/people\.xml$"
    r"|word/(glossary|printerSettings)/)"
)
_EMPTIED = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
}
_MEDIA = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?)$", re.I)
_VECTORS = re.compile(r"/media/.*\.(emf|wmf|svg)$", re.I)
#: Elements that go with all they hold: deleted words, lists of editing sessions, data of programs.
_REMOVED = frozenset({"del", "moveFrom", "rsids", "rsid", "docVars", "mailMerge", "docId", "absPath"})
#: Attributes that name people, sessions, files.
_BLANKED = frozenset(
    {"author", "initials", "userId", "displayName", "providerId", "userName", "descr", "lastModifiedBy", "url"}
)
#: Elements whose text people read (or a program would show).
_TEXTS = frozenset(
    {"t", "instrText", "v", "author", "text", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader",
     "firstFooter", "f", "definedName"}
)
_ATTRIBUTES = frozenset({"title", "instr", "name", "alt", "prompt", "promptTitle", "tooltip", "display"})
#: What holds one connected text.
_HOLDERS = frozenset({"p", "si", "is"})
_BREAKS = frozenset({"br", "tab", "cr", "noBreakHyphen"})

Find = Callable[[str], Iterable[Span]]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True)
    return etree.fromstring(content, parser)


def _parts(content: bytes) -> dict[str, bytes] | None:
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(one.file_size for one in package.infolist()) > MOST_BYTES:
                return None
            return {one.filename: package.read(one) for one in package.infolist() if not one.is_dir()}
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None


def office_texts(content: bytes) -> list[str] | None:
    """Every connected text of the package: paragraphs, cells, names, headers; None when it cannot be read."""
    parts = _parts(content)
    if parts is None:
        return None
    try:
        roots = [
            _trimmed(_parse(one))
            for name, one in parts.items()
            if _is_xml(name) and not _DROPPED.match(name) and name not in _EMPTIED
        ]
    except etree.LxmlError:
        return None
    return [text for root in roots for text in _texts(root)]


def has_pictures(content: bytes) -> bool:
    """Whether the package shows pictures, whose words no program reads here."""
    return any("/media/" in name for name in _parts(content) or ())


def clean_office(content: bytes, find: Find) -> bytes | None:
    """A copy without properties, authors, deleted words, addresses and found words; None when unreadable."""
    parts = _parts(content)
    if parts is None:
        return None
    dropped = {name for name in parts if _DROPPED.match(name)}
    out = BytesIO()
    try:
        with ZipFile(out, "w", ZIP_DEFLATED) as package:
            for name, one in parts.items():
                if name not in dropped:
                    # A date of 1980 for all: the day of saving tells too.
                    package.writestr(ZipInfo(name), _cleaned(name, one, dropped, find), ZIP_DEFLATED)
    except etree.LxmlError:
        return None
    return out.getvalue()


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".vml", ".svg"))


def _cleaned(name: str, content: bytes, dropped: set[str], find: Find) -> bytes:
    if name in _EMPTIED:
        return _EMPTIED[name]
    if _MEDIA.search(name):
        return clean_picture(content) or _NOTHING
    if _VECTORS.search(name) and not name.endswith(".svg"):
        return _NOTHING
    if name.endswith(".rels"):
        return _bytes(_relinked(name, _parse(content), dropped))
    if name == "[Content_Types].xml":
        return _bytes(_retyped(_parse(content), dropped))
    if not _is_xml(name):
        return content
    root = _trimmed(_parse(content))
    _mask(root, find)
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relinked(name: str, root: etree._Element, dropped: set[str]) -> etree._Element:
    """Relations without dropped parts; what leads outside leads nowhere."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in list(root):
        target = one.get("Target", "")
        if one.get("TargetMode") == "External":
            one.set("Target", "about:blank")
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path in dropped:
            root.remove(one)
    return root


def _retyped(root: etree._Element, dropped: set[str]) -> etree._Element:
    for one in list(root):
        if one.get("PartName", "").lstrip("/") in dropped:
            root.remove(one)
    return root


def _trimmed(root: etree._Element) -> etree._Element:
    """The part without deleted words, names of authors and marks of editing sessions."""
    for element in list(root.iter()):
        local = _local(element)
        parent = element.getparent()
        if local in _REMOVED and parent is not None:
            parent.remove(element)
            continue
        for attribute in list(element.attrib):
            plain = etree.QName(attribute).localname
            if plain.startswith("rsid") or (local == "pageSetup" and plain == "id"):
                del element.attrib[attribute]
            elif plain in _BLANKED or (plain == "name" and local in ("docPr", "cNvPr")):
                element.set(attribute, "")
        if local == "author" and len(element) == 0:
            element.text = ""
    return root


def _pieces(root: etree._Element) -> Iterator[list[tuple[etree._Element | None, str]]]:
    """Connected texts: the text elements of each paragraph, cell or string, in their order."""
    groups: dict[etree._Element, list[tuple[etree._Element | None, str]]] = {}
    for element in root.iter():
        local = _local(element)
        if local not in _TEXTS and local not in _BREAKS:
            continue
        holder = next((one for one in element.iterancestors() if _local(one) in _HOLDERS), None)
        if local in _BREAKS:
            if holder is not None:
                groups.setdefault(holder, []).append((None, "\n"))
        elif element.text:
            groups.setdefault(element if holder is None else holder, []).append((element, element.text))
    yield from groups.values()


def _named(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname in _ATTRIBUTES and value:
                yield element, str(attribute), str(value)


def _texts(root: etree._Element) -> Iterator[str]:
    for group in _pieces(root):
        yield "".join(text for _, text in group)
    for _, _, value in _named(root):
        yield value


def _mask(root: etree._Element, find: Find) -> None:
    for group in _pieces(root):
        spans = list(find("".join(text for _, text in group)))
        if not spans:
            continue
        start = 0
        for element, text in group:
            end = start + len(text)
            if element is not None:
                element.text = _covered(text, start, spans)
            start = end
    for element, attribute, value in list(_named(root)):
        spans = list(find(value))
        if spans:
            element.set(attribute, _covered(value, 0, spans))


def _covered(text: str, start: int, spans: Iterable[Span]) -> str:
    """One piece of a connected text: the mask stands where a span begins, its rest is cut out."""
    parts, last = [], start
    end = start + len(text)
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        parts.append(text[max(last, start) - start : max(span.start, start) - start])
        if span.start >= start:
            parts.append(MASK)
        last = min(span.end, end)
    return "".join([*parts, text[max(last, start) - start :]])


#: A grey point instead of a picture that cannot be made anew.
_NOTHING = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6368000000820081"
    "77cd72b60000000049454e44ae426082"
)
