"""Pictures without what a camera and a program wrote into them (F18)."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

#: More than a page scanned at 600 dpi; a larger picture is a trap for the memory.
MOST_PIXELS = 50_000_000


def clean_picture(content: bytes) -> bytes | None:
    """The same picture made anew: no EXIF, no place, no comments; None when it cannot be read."""
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            kind = picture.format
            turned = ImageOps.exif_transpose(picture)
            bare = Image.new(turned.mode, turned.size)
            if turned.mode == "P" and (palette := turned.getpalette()):
                bare.putpalette(palette)
            bare.paste(turned)
            out = BytesIO()
            if kind == "JPEG":
                bare.save(out, "JPEG", quality=90)
            elif kind == "PNG" and "transparency" in turned.info:
                bare.save(out, "PNG", transparency=turned.info["transparency"])
            else:
                bare.save(out, kind)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError):
        return None


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG without its telling segments, its points untouched: EXIF, XMP and comments are dropped."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, place = [content[:2]], 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xDA:
            break
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        # APP0 and APP14 say how to read the colours; all other APPn and COM only tell.
        if not (0xE1 <= mark <= 0xED or mark == 0xEF or mark == 0xFE):
            kept.append(content[place:end])
        place = end
    return b"".join([*kept, content[place:]])
