"""One file of an anonymous work: what it tells, and its masked copy (F18)."""

from collections.abc import Collection

from services.expertise.rules.anonymity import office, pdf, pictures
from services.expertise.rules.anonymity.lexicon import Finding, Lexicon
from services.expertise.rules.anonymity.works import Found, find, telling
from shared.files import DOCX, PDF, XLSX
from shared.refusal import N_

UNREADABLE = N_("текст не читается программой")
PICTURES = N_("в файле есть рисунки")
PICTURE = N_("рисунок")


def look(place: str, filename: str, media_type: str, content: bytes, lexicon: Lexicon) -> list[Found]:
    """What a file tells: in its name, in its text; a picture has to be looked at by a person."""
    found = find(place, filename.rsplit(".", 1)[0].replace("_", " "), lexicon)
    if media_type == PDF:
        pages = pdf.pdf_pages(content)
        if pages is None or not all(page.strip() for page in pages):
            found.append(Found(place, Finding.PICTURE, UNREADABLE))
        for page in pages or ():
            found += find(place, page, lexicon)
        return found
    if media_type in (DOCX, XLSX):
        texts = office.office_texts(content)
        if texts is None:
            return [*found, Found(place, Finding.PICTURE, UNREADABLE)]
        if office.has_pictures(content):
            found.append(Found(place, Finding.PICTURE, PICTURES))
        return [*found, *(one for text in texts for one in find(place, text, lexicon))]
    return [*found, Found(place, Finding.PICTURE, PICTURE)]


def copy(media_type: str, content: bytes, lexicon: Lexicon, waived: Collection[str]) -> bytes | None:
    """The masked copy, or None when no program can make it: a PDF whose text still tells, a broken file."""
    if media_type == PDF:
        pages = pdf.pdf_pages(content)
        if pages is None or any(telling(page, lexicon, waived) for page in pages):
            return None
        return pdf.clean_pdf(content)
    if media_type in (DOCX, XLSX):
        return office.clean_office(content, lambda text: telling(text, lexicon, waived))
    return pictures.clean_picture(content)
