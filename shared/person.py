"""Who acts: a person with grants, the public, or a service itself. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Roles of model 3.5."""

    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    OPERATOR = "OPERATOR"
    SECRETARY = "SECRETARY"
    COUNCIL = "COUNCIL"
    EXPERT = "EXPERT"
    TMS = "TMS"
    EDU_AUTHORITY = "EDU_AUTHORITY"
    ORGANISATION = "ORGANISATION"
    IRO = "IRO"
    PARTICIPANT = "PARTICIPANT"


@dataclass(frozen=True)
class Grant:
    """One role, the part of the network it reaches, and its term: both days included, none is unlimited."""

    role: Role
    organisation_id: UUID | None = None
    municipality_oktmo: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the role gives anything on this day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True)
class Person:
    """Whoever asks. A service acting on a message is a person with ``is_system``.

    ``by_token``: a program with a personal token acts; it may not touch what lets a person in.
    """

    account_id: UUID | None
    person_id: UUID | None
    name: str
    grants: tuple[Grant, ...] = ()
    is_system: bool = False
    by_token: bool = False

    @classmethod
    def system(cls, service: str) -> "Person":
        """The service itself, for handlers and one-shot commands; it may do everything."""
        return cls(None, None, service, (), True)

    @property
    def is_public(self) -> bool:
        """Whether nobody is signed in."""
        return self.account_id is None and not self.is_system

    def has(self, *roles: Role) -> bool:
        """Whether the person holds at least one of the roles."""
        return self.is_system or any(grant.role in roles for grant in self.grants)

    def organisations(self, *roles: Role) -> set[UUID]:
        """Organisations that the person acts for in these roles (in any role when none is named)."""
        return {
            g.organisation_id for g in self.grants if g.organisation_id and (not roles or g.role in roles)
        }

    def municipalities(self, *roles: Role) -> set[str]:
        """OKTMO codes that the person's grants reach in these roles (in any role when none is named)."""
        return {
            g.municipality_oktmo
            for g in self.grants
            if g.municipality_oktmo and (not roles or g.role in roles)
        }


PUBLIC = Person(None, None, "")
