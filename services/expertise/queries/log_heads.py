"""The last signed head of an edition's log in words for a paper (F6)."""

from uuid import UUID

from sqlalchemy.orm import Session


def head_words(session: Session, edition_id: UUID) -> str:
    return ""
