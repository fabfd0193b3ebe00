"""From text to words: the one place that decides when two spellings are the same word."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

import Stemmer
from msgspec import Struct

_ENGLISH = """
a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was
will with
"""
STOP_WORDS = frozenset(_ENGLISH.split())
"""Lucene's 33 English stop words: they say nothing about the subject of a text."""

_CONTRACTED = """
arent cant couldnt didnt doesnt dont hadnt hasnt havent hes id ill im isnt its ive lets shes shouldnt thats theres
theyd theyll theyre theyve wasnt wed weve werent whats wheres whod whos wont wouldnt youd youll youre youve
"""
CONTRACTIONS = frozenset(_CONTRACTED.split())
"""Everyday short forms, without their apostrophe: they colour a text, but no reason should quote them."""

_UNSEEN = {"Mn", "Mc", "Me", "Cf"}  # accents, and what is not seen at all, such as soft hyphens
_SHORTEST_PLURAL = 4  # letters
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile("[A-Za-z0-9]")
# Each begins with what is rare and then looks back: a search can skip to it, but would try `\b` at every letter.
_DOTTED = re.compile(r"\.(?<=\b\w\.)(?:\w\.)+")  # N.I., C.P.P., from the first dot on
_APOSTROPHE = re.compile(r"['’`´](?<=\w.)(?=\w)")
_CO = re.compile(r"([Cc][Oo])(?<=\b..)[-‐‑–.\s]+(?=(?i:[a-z]{4}))")  # co-production, co production: one word


def spelt(text: str) -> list[str]:
    """Words without accents, in order, with their capitals."""
    if text.isascii():
        if text.isalpha():  # one plain word, as most pieces between spaces are
            return [text]
    else:
        text = "".join(
            char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in _UNSEEN
        )
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), _APOSTROPHE.sub("", text))
    return _WORD.findall(_CO.sub(r"\1", text.replace("&", " and ")))


def words(text: str) -> list[str]:
    """Lower-case words without accents, in order. `Co-production`, `co production` and `coproduction` are one word."""
    return [word.casefold() for word in spelt(text)]


def has_words(text: str) -> bool:
    """Whether a text holds any word at all."""
    return _PLAIN.search(text) is not None or bool(spelt(text))


class Heard(Struct, frozen=True, eq=False, gc=False):
    """A text, taken apart."""

    words: Sequence[str]
    stems: Sequence[str]


Hear = Callable[[str], Heard]
"""A way to take texts apart; who reads the same ones again and again remembers them."""


def hear(text: str) -> Heard:
    """The words of a text, and the stem of each."""
    found = words(text)
    return Heard(found, stems_of(found))


def stems(text: str) -> list[str]:
    """The words of a text, each cut to its Snowball stem (`meetings` and `meeting` give `meet`)."""
    return stems_of(words(text))


def stems_of(words: Sequence[str]) -> list[str]:
    """The stem of each word, all in lower case."""
    return list(_stemmer().stemWords(words))


def stems_of_different(words: Sequence[str]) -> list[str]:
    """The same for many words that are all different: it takes longer to remember them than to stem them."""
    return list(_stemmer(remembered=0).stemWords(words))


def singulars_of(words: Sequence[str]) -> list[str]:
    """Lower-case words without the endings of plurals, to be compared with others so cut: not always words themselves.

    They are cut less than stems, which make one word of `travel` and `traveller`, and of `consult` and `consultancy`.
    """
    return [_singular(word) if word.endswith("s") else word for word in words]


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def fold(text: str) -> str:
    """A key that is equal for texts that differ only in case, accents, punctuation or plural."""
    return " ".join(stems(text))


@cache
def _stemmer(remembered: int = 10_000) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("english", remembered)
