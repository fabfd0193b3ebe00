"""Words as numbers, kept as a sorted array of hashes: nothing to build when it is loaded, eight bytes a word."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Bools, Floats, Hashes, Ints


class Bag(Struct, frozen=True, eq=False, gc=False):
    """The different words of a text, hashed once for every vocabulary."""

    words: Sequence[str]
    """In order of first use."""
    counts: Floats
    """How often each is there; shape (words,)."""
    damped: Floats
    """1 + ln of that, as TF-IDF takes it; shape (words,)."""
    hashes: Hashes
    """Shape (words,)."""


class Vocabulary(Struct, frozen=True, eq=False):
    """The numbers of some words: the rank of each word's 64-bit BLAKE2 hash.

    Of a million words, two share a hash with a chance of 1 in 30 million; they would then be one word.
    """

    hashes: Hashes
    """Ascending; shape (words,)."""

    def __len__(self) -> int:
        return len(self.hashes)

    def find(self, bag: Bag) -> tuple[Bools, Ints]:
        """Which words of the bag are known, shape (words of the bag,), and their numbers, shape (known,)."""
        if not len(self.hashes):
            return np.zeros(len(bag.words), dtype=bool), np.zeros(0, dtype=np.int32)
        found = self.hashes.searchsorted(bag.hashes)
        known = self.hashes.take(found, mode="clip") == bag.hashes
        return known, found[known].astype(np.int32)


def bag_of(words: Sequence[str]) -> Bag:
    """The different ones among some words."""
    found = Counter(words)
    counts = np.array(list(found.values()), dtype=np.float64)
    return Bag(list(found), counts, 1.0 + np.log(counts), _hashes(map(_encoded, found)))


def number_words(words: Sequence[str], pairs: Sequence[Sequence[int]] = ((), ())) -> tuple[Vocabulary, Ints]:
    """A vocabulary of different words, and the order that sorts them by their numbers; shape (words,).

    After the words come pairs of them: the first word of each pair, and the second.
    """
    encoded = [_encoded(word) for word in words]
    joined = (encoded[first] + b" " + encoded[second] for first, second in zip(*pairs, strict=True))
    hashes = _hashes(chain(encoded, joined))
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return Vocabulary(hashes[order]), order


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _hashes(words: Iterable[bytes]) -> Hashes:
    digests = b"".join([blake2b(word, digest_size=8).digest() for word in words])
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
