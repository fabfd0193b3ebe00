"""What people say they do not want, where they say that they are from, and who they say that they are."""

import re
from collections.abc import Callable

from coprod_match.engine.speech import Speech
from coprod_match.words import has_words

# Strings, which `re` compiles and remembers when they are first used: all take 2 ms, and without a text none is needed.
_NOT_WANTED = r"""(?imx)
    \b(?:not(?:\ just|\ only)?\ another|no\ more(?!\ than)|(?:dont|do\ not)\ (?:want|need)|rather\ than|instead\ of
    |(?:sick|tired)\ of)\b.*?(?=[.,;:!?]|\b(?:but|and|so|because|we|i)\b|$)"""
_NOT_BY_NAME = r"""(?x)
    \b(?:[Nn]ot|NOT|[Ee]xcept(?:\ for)?|[Oo]ther\ than|[Aa]part\ from|[Aa]nything\ but)
    \ (?:in\ |from\ |the\ |a\ )*[A-Z]\w+(?:\ [A-Z]\w+)*"""
_REFUSED = r"\b(?:not|nothing|none|no)(?: (?:in|from|of|the|a))* $"
_FROM_HERE = r"(?i)\b(?:from|(?:a)?round|over) here\b|\bof our own\b|\bcloser to home\b"
_SELF = r"""(?x)
    (?:\b(?:i|we)|\bi\ am|\bim|\bwe\ are|\bwere|\bas|\b(?:i|we)\ (?:work|volunteer)\ (?:for|in|at|with)
    |\b(?:i|we)\ (?:run|represent)|\bon\ behalf\ of)(?:\ (?:an?|the|one\ of\ the|some)(?:\ \w+){0,2})?\ $"""
_OWN = r"(?:\b(?:i|we) (?:run|represent|am|are) (?:an?|the) (?:\w+ )?|\bour )(?:(?!\w+ing\b)\w+ )?$"
_FROM = frozenset(("in", "from", "at", "here"))
_NEAR = 8  # words before another that can belong to it


def wishes(text: str, is_name: Callable[[str], bool]) -> tuple[str, str]:
    """A text without what it says is not wanted, and what of that it calls by name.

    “Not another one day course” is not wanted, nor is “not Citizen Space”, as that is a name; “not For Profit” is none.
    """
    if not text:
        return "", ""
    named = () if text.isupper() else re.findall(_NOT_BY_NAME, text)  # all in capitals, nothing looks like a name
    refused = [phrase for phrase in named if is_name(phrase)]
    left = re.sub(_NOT_WANTED, " ", text)
    for phrase in refused:
        left = left.replace(phrase, " ")
    return left.strip() if has_words(left) else "", " . ".join(refused)


def wants_from_here(speech: Speech) -> bool:
    """Whether something nearer is wanted than what else is named: “one of our own”."""
    return re.search(_FROM_HERE, speech.text) is not None


def refuses(speech: Speech, position: int) -> bool:
    """Whether the words before a position say that what comes is not wanted: “nothing in …”."""
    return re.search(_REFUSED, _before(speech, position)) is not None


def speaks_as(speech: Speech, start: int, end: int) -> bool:
    """Whether the words from one position to another are the asker: “I am a …”, “as one of the …”, “… in Larne.”."""
    one = speech.words[end - 1] == speech.singulars[end - 1]  # “Councillors here never listen” speaks of others
    if start == 0 and one and end < len(speech.words) and speech.words[end] in _FROM:
        return True
    return re.search(_SELF, _before(speech, start)) is not None


def has(speech: Speech, position: int) -> bool:
    """Whether the words before a position say that what comes is the asker's own: “we run a rural …”, “our …”."""
    return re.search(_OWN, _before(speech, position)) is not None


def plain(text: str) -> str:
    """A text with “don't” and its like as one word, as the patterns here want it."""
    return text.replace("’", "'").replace("n't", "nt")


def _before(speech: Speech, position: int) -> str:
    return " ".join([*speech.words[max(0, position - _NEAR) : position], ""])
