"""Files full of traces of who made them: properties, remarks, deleted words, EXIF."""

from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

#: What no copy may hold, in any part, however it is packed.
SECRET = "Тайновский"


def jpeg() -> bytes:
    """A photo with its place, its author and a comment."""
    picture = Image.new("RGB", (40, 30), "red")
    exif = picture.getexif()
    exif[0x013B] = "Taynovsky"
    exif[0x010E] = SECRET
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Taynovsky")
    return out.getvalue()


def png() -> bytes:
    """A drawing with text chunks."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "Taynovsky")
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 255, 128)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def word(*paragraphs: str, picture: bytes | None = None) -> bytes:
    """A document whose name is torn between runs, with an author, a remark, a deleted word, a link."""
    document = docx.Document()
    document.core_properties.author = SECRET
    document.core_properties.last_modified_by = SECRET
    document.core_properties.title = SECRET
    for text in paragraphs:
        line = document.add_paragraph()
        for place in range(0, len(text), 3):
            line.add_run(text[place : place + 3])
    document.sections[0].header.paragraphs[0].text = paragraphs[0]
    table = document.add_table(1, 1)
    table.cell(0, 0).text = paragraphs[0]
    if picture:
        document.add_picture(BytesIO(picture))
    document.part.relate_to("mailto:taynovsky@secret.ru", "http://x/hyperlink", is_external=True)
    out = BytesIO()
    document.save(out)
    return _more(
        out.getvalue(),
        {
            "word/comments.xml": '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:comment w:id="1" w:author="{SECRET}" w:initials="TT"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p>'
            "</w:comment></w:comments>",
            "docProps/custom.xml": f"<Properties><property>{SECRET}</property></Properties>",
            "customXml/item9.xml": f"<x>{SECRET}</x>",
        },
        {
            "word/document.xml": (
                b"<w:sectPr",
                f'<w:p w:rsidR="00AB12CD"><w:del w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
                "</w:p><w:sectPr".encode(),
            )
        },
    )


def book(text: str) -> bytes:
    """A workbook with an author, a remark, a telling name of a sheet."""
    table = openpyxl.Workbook()
    table.properties.creator = SECRET
    sheet = table.active
    sheet.title = text[:31]
    sheet["A1"], sheet["B2"] = text, 15
    sheet["A1"].comment = Comment(text, SECRET)
    sheet.oddHeader.center.text = text
    out = BytesIO()
    table.save(out)
    return out.getvalue()


def paper(text: str = "Play") -> bytes:
    """A PDF with properties, XMP, a remark and an enclosure."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1"))
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Author": "Taynovsky", "/Title": SECRET})
    writer.xmp_metadata = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Taynovsky</x:xmpmeta>'
    writer.add_annotation(page_number=0, annotation=FreeText(text="Taynovsky", rect=(1, 1, 50, 50)))
    writer.add_attachment(filename="Taynovsky.txt", data=b"Taynovsky")
    writer.add_outline_item(title="Taynovsky", page_number=0)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """All parts of a package with their names in one piece."""
    with ZipFile(BytesIO(content)) as package:
        return b"\n".join(one.filename.encode() + package.read(one) for one in package.infolist())


def _more(content: bytes, added: dict[str, str], changed: dict[str, tuple[bytes, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename in changed:
                before, after = changed[one.filename]
                assert before in part
                part = part.replace(before, after, 1)
            new.writestr(one, part)
        for name, text in added.items():
            new.writestr(name, text)
    return out.getvalue()
