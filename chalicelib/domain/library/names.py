"""How names are compared, searched and sorted."""

import re
import unicodedata

_LEADING_ARTICLE = re.compile(r"^(?:the|an|a)\s+(?=\S)")
_ARTICLE_BEHIND = re.compile(r"(.+),\s*(the|a|an|der|die|das|le|la|les|l'|el|los|las|il|lo|gli)")
_NUMBER = re.compile(r"\d+")
_DIGITS_OR_OTHERS = re.compile(r"(\d+)|(\D+)")
_DASHED = str.maketrans("/&?", "---")
_DIGITS_OF_A_SORTED_NUMBER = 10


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common.

    Unicode's compatibility caseless match (definition D146), so that a name is found in any normal form,
    NFKC and NFKD among them, and in any letter case; runs of white space count as one space.
    """
    folded = unicodedata.normalize("NFD", name).casefold()
    folded = unicodedata.normalize("NFKD", folded).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def dashed_name(name: str) -> str:
    """Return the name as Jellyfin's older JavaScript client writes it in a path, before it encodes it."""
    return name.translate(_DASHED)


def search_key(text: str) -> str:
    """Return what a search compares: the name's key without accents, so that `amelie` finds `Amélie`."""
    decomposed = unicodedata.normalize("NFKD", name_key(text))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())


def loose_key(name: str) -> str:
    """Return what a name has in common with the forms that a disk spells it in.

    File systems forbid some characters, so that `Fox: Home` becomes `Fox - Home`, `Fox_ Home` or `Fox Home`;
    dots may stand for blanks, and an article in front may stand behind: `Kite Tale, The`. A name of nothing but
    such characters is kept.
    """
    key = name_key(name)
    if match := _ARTICLE_BEHIND.fullmatch(key):
        key = f"{match[2]} {match[1]}"
    words = "".join(
        letter if letter.isalnum() else " " for letter in key.replace("'", "").replace("\u2019", "")
    )
    bare = _LEADING_ARTICLE.sub("", " ".join(words.split()))
    return bare or key


def squeezed_key(name: str) -> str:
    """Return what two names have in common that nearly are the same: letters and digits without accents."""
    key = search_key(loose_key(name))
    return "".join(letter for letter in key if letter.isalnum()) or key


def sort_name(name: str) -> str:
    """Return what a name is sorted by: no English article in front, numbers in the order of their value."""
    key = _LEADING_ARTICLE.sub("", search_key(name))
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS_OF_A_SORTED_NUMBER), key)


def natural_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts names as people do: numbers by value, letters in any case."""
    parts = _DIGITS_OR_OTHERS.findall(text.casefold())
    return tuple((0, int(digits), "") if digits else (1, 0, others) for digits, others in parts)
