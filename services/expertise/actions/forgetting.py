"""Words behind commitments forget a person whose data are destroyed; the log itself stays valid (BR-69, F6)."""

import re

import sqlalchemy as sa

from services.expertise.model import LedgerSalt
from shared.stems import stem
from shared.unit import Unit

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def forget_name(u: Unit, last_name: str) -> int:
    """Destroy every salt and text that holds this family name in any case; gives how many there were.

    Another person of the same name loses the words too: what is destroyed by mistake can be told again, a
    name that stayed cannot be taken back.
    """
    wanted = stem(last_name.casefold().replace("ё", "е"))
    rows = u.session.execute(sa.select(LedgerSalt.id, LedgerSalt.text))
    named = [key for key, text in rows if wanted in _stems(text)]
    if named:
        u.session.execute(sa.delete(LedgerSalt).where(LedgerSalt.id.in_(named)))
    return len(named)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in WORD.findall(text.casefold().replace("ё", "е"))}
