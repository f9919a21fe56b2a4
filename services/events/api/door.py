"""The blueprint that the files of the API share."""

from flask import Response

from services.events.queries.sheets import Sheet
from shared.web.api import Blueprint

bp = Blueprint("events_api", __name__, description="Мероприятия, регистрация, посещаемость, сертификаты")


def download(sheet: Sheet) -> Response:
    """A file to save; it may hold personal data, so nobody keeps it on the way."""
    return Response(
        sheet.content,
        content_type=sheet.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{sheet.filename}"',
            "Cache-Control": "no-store",
        },
    )
