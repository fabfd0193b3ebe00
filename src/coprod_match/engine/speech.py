"""A text, taken apart once for all that read it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from coprod_match.words import STOP_WORDS, singulars_of, spelt, stems_of

_STOP = re.compile(r"[.!?;\n]+")


class Speech(Struct, frozen=True, eq=False, gc=False):
    """What somebody said, as words, stems and singulars."""

    text: str
    spelt: Sequence[str]
    """Its words, in order, with their capitals."""
    words: Sequence[str]
    """The same in lower case."""
    stems: Sequence[str]
    """The same, each cut to its stem; of a word that is misspelt, the stem of what was meant."""
    singulars: Sequence[str]
    """The same, each without the ending of a plural."""
    _spelling: Mapping[str, str]

    def quote(self, stem: str) -> str:
        """A stem, or several joined by spaces, as the text first spelt them; what it does not hold stays a stem."""
        return " ".join(self._spelling.get(part, part) for part in stem.split(" "))


def listen(text: str) -> Speech:
    """Take a text apart."""
    written = spelt(text)
    words = [word.casefold() for word in written]
    stems = stems_of(words)
    return Speech(text, written, words, stems, singulars_of(words), _first_spelt(stems, written))


def sentences(text: str) -> list[str]:
    """The sentences of a text, or its lines where it has no stops."""
    return [part for part in _STOP.split(text) if part.strip()]


def respelt(speech: Speech, meant: Sequence[str]) -> Speech:
    """The same text, read and quoted with the words that were meant; `words` stay as they were written."""
    quoted = [
        written if word == right else right
        for written, word, right in zip(speech.spelt, speech.words, meant, strict=True)
    ]
    stems = stems_of(meant)
    return Speech(speech.text, speech.spelt, speech.words, stems, singulars_of(meant), _first_spelt(stems, quoted))


def without(speech: Speech, positions: Set[int]) -> Speech:
    """The same text, less the words at some positions, which it still knows how to quote."""
    left = [position for position in range(len(speech.words)) if position not in positions]
    written, words, stems, singulars = (
        [every[position] for position in left] for every in (speech.spelt, speech.words, speech.stems, speech.singulars)
    )
    return Speech(speech.text, written, words, stems, singulars, speech._spelling)


def _first_spelt(stems: Sequence[str], quoted: Sequence[str]) -> Mapping[str, str]:
    """How each of some stems was spelt when it first came; `quoted` are their words."""
    return dict(zip(reversed(stems), reversed(quoted), strict=True))


def telling(stems: Sequence[str]) -> list[str]:
    """The stems that are no stop words."""
    return [stem for stem in stems if stem not in STOP_WORDS]


Beginnings = Mapping[str, Mapping[str, Sequence[int]]]
"""First word of a phrase → its second word, “” where there is none → how many words phrases that begin so have, most
first."""


def beginnings_of(phrases: Iterable[str]) -> Beginnings:
    """How some phrases begin."""
    found: dict[str, dict[str, set[int]]] = {}
    for phrase in phrases:
        parts = phrase.split(" ")
        found.setdefault(parts[0], {}).setdefault("".join(parts[1:2]), set()).add(len(parts))
    return {
        first: {second: sorted(lengths, reverse=True) for second, lengths in after.items()}
        for first, after in found.items()
    }


def spans(words: Sequence[str], beginnings: Beginnings) -> Iterator[tuple[int, int]]:
    """Where phrases may stand among some words: from which position to which, the longest first at each."""
    for start in [start for start, word in enumerate(words) if word in beginnings]:
        after = beginnings[words[start]]
        longer = after.get(words[start + 1], ()) if start + 1 < len(words) else ()
        for length in (*longer, *after.get("", ())):
            if start + length <= len(words):
                yield start, start + length
