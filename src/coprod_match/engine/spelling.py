"""Slips of the pen: a word that nobody uses here, one letter away from one that many do, is read as that one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress

from msgspec import Struct

from coprod_match.engine.speech import Speech, respelt
from coprod_match.engine.vocabulary import Vocabulary, number_words
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.words import Hear, hear, stems_of, words

_SHORTEST = 6  # letters; “noses” is a letter away from “notes”
_LONG = 8  # with fewer letters, words that differ in just one are mostly both right: “export” and “expert”
_OFTEN = 3  # phrases that say a word which people are likely to have meant


class Spelling(Struct, frozen=True, eq=False):
    """The words of a taxonomy: those that are never corrected, and those that others are corrected to."""

    known: Vocabulary
    """The stem of every word that it uses."""
    common: Mapping[str, Sequence[str]]
    """First letter → words of labels, and words that several of its phrases use; the most used first."""

    def mend(self, speech: Speech, known: Vocabulary) -> Speech:
        """A text with the stems of the words that were meant; `known` are further words that are never corrected.

        Its words stay as they were written.
        """
        bag = speech.bag
        strange = ~(self.known.find(bag)[0] | known.find(bag)[0])
        unknown = [stem for stem in compress(bag.words, strange.tolist()) if " " not in stem]
        if not unknown:
            return speech
        written = {stem: word for stem, word in zip(speech.stems, speech.words, strict=True) if len(word) >= _SHORTEST}
        nearest = {stem: self._nearest(written[stem]) for stem in unknown if stem in written}
        meant = {stem: word for stem, word in nearest.items() if word is not None}
        words = [meant.get(stem, word) for stem, word in zip(speech.stems, speech.words, strict=True)]
        return respelt(speech, words) if meant else speech

    def _nearest(self, word: str) -> str | None:
        """The word that was meant: it begins with the same letter."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # counts two letters that changed places as one slip

        near = process.extract(word, self.common.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=None)
        return next((meant for meant, _, _ in near if len(word) >= _LONG or not _one_letter_differs(word, meant)), None)


def learn_spelling(taxonomy: Taxonomy, take_apart: Hear = hear) -> Spelling:
    """The words of a taxonomy and how often it uses them."""
    terms = [*taxonomy.roles, *taxonomy.support_types, *taxonomy.themes, *taxonomy.places, *taxonomy.elsewhere]
    texts = [phrase for term in terms for phrase in (*term.labels, term.scopeNote, *term.example)]
    phrases = [{*take_apart(text).words} for text in (*texts, *(case.text for case in taxonomy.situations))]
    said = Counter(word for phrase in phrases for word in phrase)
    labels = {word for term in terms for label in term.labels for word in words(label)}
    common: dict[str, list[str]] = {}
    for word in sorted(said, key=lambda word: (-said[word], word)):
        if len(word) >= _SHORTEST - 1 and (said[word] >= _OFTEN or word in labels):
            common.setdefault(word[0], []).append(word)
    return Spelling(number_words(sorted({*stems_of(list(said))}))[0], common)


def _one_letter_differs(word: str, other: str) -> bool:
    """Whether two words that are one slip apart differ in a letter, rather than in the number or order of letters."""
    return len(word) == len(other) and sorted(word) != sorted(other)
