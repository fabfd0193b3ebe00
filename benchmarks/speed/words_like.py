"""Text like that of given entries but new: their phrases in part in other words, with new words at the rate of text.

In real text the number of different words grows as `k · n ** b` with the number of words n (Heaps' law), and few words
make up most of it (Zipf's law). Phrases alone, used again and again, would have neither: their words would run out. So
each rare word of a phrase (a name, mostly) gives way: at the rate that Heaps' law says to a newly coined word, else to
the rare word of some random earlier entry, so that rare words too come to follow Zipf's law (Simon's process, 1955).
Within one entry a rare word gives way to the same word each time: an entry repeats its own names.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from coprod_match.words import stems

RARE = 2
"""A word that at most this many of the real entries hold is rare."""
SHORT = 4
"""Shorter words (`the`, `and`, most of those that hold a sentence together) stay."""
CHANGED = 0.15
"""The share of the other words that give way to a random word of the real text, so that pairs of words are new too."""

_WORD = re.compile(r"([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Heaps:
    """How the number of different words grows with the number of words n: `k · n ** b`."""

    k: float
    b: float

    def rate(self, n: float) -> float:
        """The share of new words after n."""
        return float(self.k * self.b * n ** (self.b - 1))


def heaps(words: Sequence[str]) -> Heaps:
    """Fit Heaps' law to the last nine tenths of a text: to few words it does not hold."""
    seen: set[str] = set()
    growth = []
    for word in words:
        seen.add(word)
        growth.append(len(seen))
    sizes = np.geomspace(len(words) / 10, len(words), 50).astype(int)
    b, log_k = np.polyfit(np.log(sizes), np.log([growth[size - 1] for size in sizes]), 1)
    return Heaps(float(np.exp(log_k)), float(b))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase cut into words and what stands between them."""

    parts: Sequence[str]
    rare: Sequence[int]
    """Where its rare words are."""
    common: Sequence[int]
    """Where the other words are that may give way."""


class Writer:
    """Writes phrases anew, given the texts of the real entries. The same texts and seed give the same phrases."""

    def __init__(self, texts: Sequence[str], random: Random) -> None:
        entries: list[list[str]] = [_WORD.findall(text) for text in texts]
        found = [word for words in entries for word in words]
        held = [sorted({word.casefold() for word in words}) for words in entries]
        self._random = random
        self._entries_with = Counter(word for words in held for word in words)
        self._said = [word for word in found if self._may_change(word)]
        self._rare = [word for words in held for word in words if self._is_rare(word)]
        self._known, self._written = set(self._entries_with), len(found)
        self._slots = len(self._rare) / len(found)
        self._law = heaps([stem for text in random.sample(texts, len(texts)) for stem in stems(text)])
        self._now: dict[str, str] = {}

    def phrase(self, text: str) -> Phrase:
        """Cut a phrase of the real text."""
        parts = _WORD.split(text)
        words = range(1, len(parts), 2)
        rare = [place for place in words if self._is_rare(parts[place])]
        return Phrase(parts, rare, [place for place in words if self._may_change(parts[place])])

    def begin(self) -> None:
        """Begin a new entry: rare words give way to other words than in the last one."""
        self._now = {}

    def write(self, phrase: Phrase) -> str:
        """A phrase with its rare words, and a few of the others, changed."""
        random, parts = self._random, list(phrase.parts)
        for place in phrase.rare:
            old = parts[place].casefold()
            new = self._now.get(old) or self._now.setdefault(old, self._next_rare())
            parts[place] = new.capitalize() if parts[place][0].isupper() else new
        for place in phrase.common:
            if random.random() < CHANGED:
                parts[place] = random.choice(self._said)
        self._written += len(parts) // 2
        return "".join(parts)

    def coin(self) -> str:
        """A word that was never written before: the head of one rare word and the tail of another."""
        while True:
            head, tail = self._random.choice(self._rare), self._random.choice(self._rare)
            word = head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :]
            if word not in self._known:
                self._known.add(word)
                return word

    def _next_rare(self) -> str:
        new = self._random.random() < self._law.rate(self._written) / self._slots
        word = self.coin() if new else self._random.choice(self._rare)
        self._rare.append(word)
        return word

    def _is_rare(self, word: str) -> bool:
        return self._entries_with[word.casefold()] <= RARE

    def _may_change(self, word: str) -> bool:
        return len(word) >= SHORT and word.islower() and not self._is_rare(word)
