"""Words as numbers, kept as a sorted array of hashes: nothing to build when it is loaded, eight bytes a word."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Hashes, Ints


class Vocabulary(Struct, frozen=True, eq=False):
    """The numbers of some words: the rank of each word's 64-bit BLAKE2 hash.

    Of a million words, two share a hash with a chance of 1 in 30 million; they would then be one word.
    """

    hashes: Hashes
    """Ascending; shape (words,)."""

    def __len__(self) -> int:
        return len(self.hashes)

    def numbers(self, words: Sequence[str]) -> Ints:
        """The number of each word, -1 for one that is not known; shape (words,)."""
        if not words or not len(self.hashes):
            return np.full(len(words), -1, dtype=np.int32)
        wanted = _hashes(words)
        found = np.minimum(self.hashes.searchsorted(wanted), len(self.hashes) - 1)
        return np.where(self.hashes[found] == wanted, found, -1).astype(np.int32)

    def counts(self, words: Sequence[str]) -> tuple[list[str], Ints, Floats]:
        """The known ones among some words in order of first use, their numbers, and how often each is there."""
        counts = Counter(words)
        numbers = self.numbers(list(counts))
        known = numbers >= 0
        names = [word for word, is_known in zip(counts, known.tolist(), strict=True) if is_known]
        return names, numbers[known], np.fromiter(counts.values(), dtype=np.float64, count=len(counts))[known]


def number_words(words: Iterable[str]) -> tuple[Vocabulary, Ints]:
    """A vocabulary of different words, and the order that sorts them by their numbers; shape (words,)."""
    hashes = _hashes(list(words))
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return Vocabulary(hashes[order]), order


def _hashes(words: Sequence[str]) -> Hashes:
    digests = b"".join([blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words])
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
