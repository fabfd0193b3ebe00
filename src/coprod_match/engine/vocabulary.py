"""Words as numbers, kept as a sorted array of hashes: nothing to build when it is loaded, eight bytes a word.

A word is a stem, or a pair of neighbouring stems. Texts that come together are looked up together, which costs less.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Bools, Floats, Hashes, Ints, Positions, among

# The hash of a pair is that of its first stem, times an odd number, and that of its second: sums of numbers that are
# spread evenly are spread evenly too.
_FIRST = 0x9E3779B97F4A7C15
_BITS = 2**64 - 1


class Bag(Struct, frozen=True, eq=False, gc=False):
    """The different words of one text."""

    words: Sequence[str]
    """Its stems and then their pairs, in order of first use."""
    counts: "array[float]"
    """How often each is there; floats, which numpy takes as they lie."""
    hashes: "array[int]"
    """The hash of each, likewise."""


class _OfTexts(Struct, frozen=True, eq=False, gc=False):
    """Some words of some texts, one text after the other."""

    starts: Positions
    """Where those of each text begin, and where the last ends; shape (texts + 1,)."""

    @property
    def spans(self) -> list[slice]:
        """Where those of each text are."""
        return [slice(start, end) for start, end in pairwise(self.starts.tolist())]


class Bags(_OfTexts, frozen=True, eq=False, gc=False):
    """The different words of some texts."""

    words: Sequence[Sequence[str]]
    """Those of each text."""
    counts: Floats
    """How often each is in its text; shape (words of all texts,)."""
    damped: Floats
    """1 + ln of that, as TF-IDF takes it; of the same shape."""
    hashes: Hashes
    """Of the same shape."""


class Known(_OfTexts, frozen=True, eq=False, gc=False):
    """The words of some texts that a vocabulary holds."""

    where: Positions
    """Which of the words of the texts these are; shape (known,)."""
    numbers: Positions
    """Their numbers; shape (known,)."""
    lengths: Positions
    """How many known words each text has; shape (texts,)."""
    some_silent: bool
    """Whether some text has none; kept, as it is asked for at every sum."""

    @property
    def spoken(self) -> Bools:
        """Which texts have a known word; shape (texts,)."""
        return self.lengths > 0

    def flags(self, words: int) -> list[bool]:
        """Whether each of all words of the texts is known."""
        flags = np.zeros(words, dtype=bool)
        flags[self.where] = True
        return flags.tolist()

    def sums(self, values: Floats) -> Floats:
        """The sum over the known words of each text: from shape (known, …) to (texts, …).

        What is added up for one text does not depend, to the last digit, on which others come with it.
        """
        starts = self.starts[:-1]
        if not self.some_silent:
            return np.add.reduceat(values, starts)
        total = np.zeros((len(starts), *values.shape[1:]))
        if len(values):
            total[self.spoken] = np.add.reduceat(values, starts[self.spoken])
        return total

    def each(self, of_texts: Floats) -> Floats:
        """For each known word what its text has: from shape (texts,) to (known,)."""
        return of_texts.repeat(self.lengths)


class Vocabulary(Struct, frozen=True, eq=False):
    """The numbers of some words: the rank of each word's 64-bit hash.

    Of a million words, two share a hash with a chance of 1 in 30 million; they would then be one word.
    """

    hashes: Hashes
    """Ascending; shape (words,)."""

    def __len__(self) -> int:
        return len(self.hashes)

    def find(self, bags: Bags) -> Known:
        """Which words of some texts are known, and their numbers."""
        where, numbers = among(self.hashes, bags.hashes)
        starts = where.searchsorted(bags.starts)
        lengths = starts[1:] - starts[:-1]
        return Known(starts, where, numbers, lengths, some_silent=0 in lengths.tolist())


class Lexicon(Struct, frozen=True, eq=False):
    """All stems that the data use."""

    hashes: Mapping[str, int]
    """The hash of each, so that a request need not work it out again."""

    def unknown(self, stems: Iterable[str]) -> set[str]:
        """Those of some stems that the data never use."""
        return {*stems}.difference(self.hashes)

    def bag(self, stems: Sequence[str]) -> Bag:
        """The words of a text, given as its stems, in order, without stop words."""
        singles, pairs = Counter(stems), Counter(pairwise(stems))
        hashes = {stem: self.hashes.get(stem) or _hash(stem) for stem in singles}
        return Bag(
            [*singles, *map(" ".join, pairs)],
            array("d", [*singles.values(), *pairs.values()]),
            array("Q", [*hashes.values(), *[(hashes[one] * _FIRST + hashes[other]) & _BITS for one, other in pairs]]),
        )


def together(bags: Sequence[Bag]) -> Bags:
    """The words of several texts as one."""
    words = [bag.words for bag in bags]
    counts = np.frombuffer(b"".join([bag.counts for bag in bags]), dtype=np.float64)
    hashes = np.frombuffer(b"".join([bag.hashes for bag in bags]), dtype=np.uint64)
    starts = np.array([0, *accumulate(map(len, words))], dtype=np.int64)
    return Bags(starts, words, counts, 1.0 + np.log(counts), hashes)


def lexicon_of(stems: Iterable[str]) -> Lexicon:
    """A lexicon of different stems."""
    return Lexicon({stem: _hash(stem) for stem in stems})


def number_words(stems: Sequence[str]) -> tuple[Vocabulary, Ints]:
    """A vocabulary of different stems, and the order that sorts them by their numbers; shape (stems,)."""
    return _sorted(np.array([_hash(stem) for stem in stems], dtype=np.uint64))


def number_pairs(stems: Sequence[str], pairs: Ints, used: Positions | None = None) -> tuple[Vocabulary, Ints]:
    """As `number_words`, for stems and then pairs of them by their positions; `pairs` has shape (pairs, 2).

    `used` are the positions of those that the vocabulary is of; None for all.
    """
    singles = np.array([_hash(stem) for stem in stems], dtype=np.uint64)
    first, second = singles[pairs.T]
    hashes = np.concatenate([singles, first * np.uint64(_FIRST) + second])
    return _sorted(hashes if used is None else hashes[used])


def _sorted(hashes: Hashes) -> tuple[Vocabulary, Ints]:
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return Vocabulary(hashes[order]), order


def _hash(stem: str) -> int:
    """The first 64 bits of BLAKE2."""
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
