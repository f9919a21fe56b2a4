"""A form of entries, facts of the network and files for the tests of entries."""

from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from services.expertise import actions
from shared import ids
from shared.testing.suite import deliver

SECTIONS = [
    {"code": "1.1", "title": "Обоснование", "part": "1. Обоснование темы"},
    {"code": "1.2", "title": "Нормативная база", "kind": "AUTO", "source": "ACTS"},
    {"code": "3", "title": "План", "kind": "TABLE", "columns": ["Срок", "Что"], "required": False},
]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def docx(*parts: str, first: bytes = b"") -> bytes:
    """A package that says it is a document."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for part in ("[Content_Types].xml", "word/document.xml", *parts):
            package.writestr(part, "<x/>")
    return first + buffer.getvalue()


def pdf(mark: object) -> bytes:
    """A PDF unlike the others."""
    return PDF + f"% {mark}\n".encode()


def open_with_form(world: Any, *, attachments: tuple[str, ...] = (), **more: Any) -> UUID:
    """An edition on 10 September whose projects are entered by a form."""
    with world.at(9, 1):
        world.draft_edition(**more)
        template_id = actions.add_template(
            world.secretary,
            code="FORM",
            title="Форма проекта",
            sections=SECTIONS,
            attachments=[{"kind": kind, "required": True} for kind in attachments],
            checks=["Оформление по требованиям"],
        )
        actions.use_template(world.secretary, nomination_id=world.nominations["N1"], template_id=template_id)
        actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref="Приказ № 1")
    with world.at(9, 7):
        actions.advance_edition(world.operator, edition_id=world.edition_id)
    return template_id


def enclose(world: Any, who: Any, entry_id: UUID, kind: str = "PROGRAMME", **more: Any) -> UUID:
    """Enclose a file as its button does."""
    values = {"filename": "Программа.pdf", "content": pdf(kind), **more}
    return actions.add_file(who, entry_id=entry_id, kind=kind, **values)


def tell_act(world: Any, number: str = "273-ФЗ", **more: Any) -> UUID:
    """An act that the registry tells about."""
    key = ids.new_id()
    told = {
        "act_id": key, "kind": "LAW", "number": number, "date": "2012-12-29", "level": "FEDERAL",
        "title": "Об образовании в Российской Федерации", "issuer_name": None, "in_force_from": "2013-09-01",
        "in_force_to": None, "relations": [], **more,
    }  # fmt: skip
    deliver(world.app, "registry.act.changed.v1", told)
    return key
