"""Russian words cut to their stems, so that «школы» finds «школа»; the same on every database."""

from functools import lru_cache

import snowballstemmer

#: Words of this field whose forms the stemmer does not bring together: «лицей» and «лицея», fleeting vowels.
IRREGULAR = {
    **{form: f"{form[:-2]}к" for form in ("площадок", "стажировок", "разработок", "подготовок")},
    **{
        f"{base}{end}": f"{base}й"
        for base in ("лице", "музе", "юбиле")
        for end in ("й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях")
    },
    "ребенок": "ребенк",
}


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a normalised word; numbers, Latin words and abbreviations without endings stay as they are.

    A stemmer keeps the word it works on, so each call has its own; the vocabulary of a network is
    small, and the cache holds it.
    """
    return IRREGULAR.get(word) or str(snowballstemmer.stemmer("russian").stemWord(word))
