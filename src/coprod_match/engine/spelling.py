"""Slips of the pen: a word that nobody uses here, one letter away from one that many do, is read as that one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from coprod_match.engine.speech import Speech, respelt
from coprod_match.engine.vocabulary import Lexicon
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import Hear, hear, stems_of, words

_SHORTEST = 6  # letters; “noses” is a letter away from “notes”
_LONG = 8  # with fewer letters, words that differ in just one are mostly both right: “export” and “expert”
_OFTEN = 3  # phrases that say a word which people are likely to have meant


class Spelling(Struct, frozen=True, eq=False):
    """The words of a taxonomy that others are corrected to."""

    common: Mapping[str, Sequence[str]]
    """First letter → words of labels, and words that several of its phrases use; the most used first."""

    def mend(self, speech: Speech, lexicon: Lexicon) -> Speech:
        """A text with the stems of the words that were meant; its words stay as they were written.

        What the lexicon holds is never corrected.
        """
        meant = self._meant(speech.words, speech.stems, lexicon)
        return speech if meant is None else respelt(speech, meant)

    def mended_stems(self, text: str, lexicon: Lexicon) -> Sequence[str]:
        """The stems of a text that is mended as `mend` does, without the rest of a speech."""
        heard = hear(text)
        meant = self._meant(heard.words, heard.stems, lexicon)
        return heard.stems if meant is None else stems_of(meant)

    def _meant(self, spoken: Sequence[str], stems: Sequence[str], lexicon: Lexicon) -> list[str] | None:
        """The words of a text that were meant; None where these are the words as they were written."""
        unknown = lexicon.unknown(stems)
        if not unknown:
            return None
        written = {stem: word for stem, word in zip(stems, spoken, strict=True) if stem in unknown}
        nearest = {stem: self._nearest(word) for stem, word in written.items() if len(word) >= _SHORTEST}
        meant = {stem: word for stem, word in nearest.items() if word is not None}
        return [meant.get(stem, word) for stem, word in zip(stems, spoken, strict=True)] if meant else None

    def _nearest(self, word: str) -> str | None:
        """The word that was meant: it begins with the same letter."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # counts two letters that changed places as one slip

        near = process.extract(word, self.common.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=None)
        return next((meant for meant, _, _ in near if len(word) >= _LONG or not _one_letter_differs(word, meant)), None)


def learn_spelling(taxonomy: Taxonomy, take_apart: Hear = hear) -> Spelling:
    """The words of a taxonomy and how often it uses them."""
    said = Counter(word for text in texts_of(taxonomy) for word in {*take_apart(text).words})
    labels = {word for term in _terms(taxonomy) for label in term.labels for word in words(label)}
    common: dict[str, list[str]] = {}
    for word in sorted(said, key=lambda word: (-said[word], word)):
        if len(word) >= _SHORTEST - 1 and (said[word] >= _OFTEN or word in labels):
            common.setdefault(word[0], []).append(word)
    return Spelling(common)


def texts_of(taxonomy: Taxonomy) -> list[str]:
    """All that a taxonomy says, and all that it was told that people say."""
    texts = [text for term in _terms(taxonomy) for text in (*term.labels, term.scopeNote, *term.example)]
    return texts + [situation.text for situation in taxonomy.situations]


def _terms(taxonomy: Taxonomy) -> list[Term]:
    return [*taxonomy.roles, *taxonomy.support_types, *taxonomy.themes, *taxonomy.places, *taxonomy.elsewhere]


def _one_letter_differs(word: str, other: str) -> bool:
    """Whether two words that are one slip apart differ in a letter, rather than in the number or order of letters."""
    return len(word) == len(other) and sorted(word) != sorted(other)
