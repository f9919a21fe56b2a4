"""Russian words cut to their stems, so that «школы» finds «школа»; the same on every database."""

from functools import lru_cache

import snowballstemmer


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a normalised word; numbers, Latin words and abbreviations without endings stay as they are.

    A stemmer keeps the word it works on, so each call has its own; the vocabulary of a network is
    small, and the cache holds it.
    """
    return str(snowballstemmer.stemmer("russian").stemWord(word))
