"""Why somebody looks at another person's data (BR-71)."""

from collections.abc import Mapping
from enum import StrEnum


class Screen(StrEnum):
    """Where personal data are shown."""

    PERSON = "PERSON"
    PEOPLE = "PEOPLE"
    ACCOUNTS = "ACCOUNTS"
    PRIVACY = "PRIVACY"
    EXPORT = "EXPORT"
    DISCLOSURE = "DISCLOSURE"


class ReadingPurpose(StrEnum):
    """What the data are looked at for."""

    REGISTER = "REGISTER"
    ACCOUNTS = "ACCOUNTS"
    RIGHTS = "RIGHTS"
    DISCLOSURE = "DISCLOSURE"
    INSPECTION = "INSPECTION"


_DEFAULTS: Mapping[Screen, ReadingPurpose] = {
    Screen.PERSON: ReadingPurpose.REGISTER,
    Screen.PEOPLE: ReadingPurpose.REGISTER,
    Screen.ACCOUNTS: ReadingPurpose.ACCOUNTS,
    Screen.PRIVACY: ReadingPurpose.RIGHTS,
    Screen.EXPORT: ReadingPurpose.RIGHTS,
    Screen.DISCLOSURE: ReadingPurpose.DISCLOSURE,
}


def purpose_of(screen: Screen, given: ReadingPurpose | None = None) -> ReadingPurpose:
    """The purpose of a reading: the one that is named, otherwise what the screen is for (BR-71)."""
    return given or _DEFAULTS[screen]
