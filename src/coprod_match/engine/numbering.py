"""Many texts as one row of numbers: each spelling is looked at once, however often it comes."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Hashes, Ints, Positions
from coprod_match.words import STOP_WORDS, stems_of_different, words

_AT_ONCE = 4000  # texts: what is worked out of them stays in the processor's cache
# What is no part of the word it stands beside: string.punctuation, which takes long to import, but “&”, and more.
_AROUND = "!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”–—…"
_SPACE = 0x20
_SPACES = np.uint64(0x2020202020202020)
_READ = 8  # letters (bytes of UTF-8) that are read at once
_FIRST = np.array([(1 << 8 * letters) - 1 for letters in range(_READ + 1)], dtype=np.uint64)  # the first few of them
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: Knuth's multiplicative hash
_BITS = 20  # of the number of a slot


class Numbered(Struct, frozen=True, eq=False, gc=False):
    """The stems of some texts, without stop words, one text after the other."""

    stems: Sequence[str]
    """Different stems, in alphabetical order; the texts need not use all of them."""
    numbers: Ints
    """Which stem stands at each place; shape (places,)."""
    starts: Ints
    """Where each text begins in `numbers`, and where the last ends; shape (texts + 1,)."""


def number_stems(texts: Iterable[str]) -> Numbered:
    """Take texts apart. They are cut at their spaces, and most pieces between these were met before."""
    known, texts = _Pieces(), iter(texts)
    cut = [known.cut(some) for some in iter(lambda: list(islice(texts, _AT_ONCE)), [])]
    pieces = number_stems_of(known.words)
    parts = [_uncut(pieces, *some) for some in cut]
    return Numbered(
        stems=pieces.stems,
        numbers=np.concatenate([numbers for numbers, _ in parts]),
        starts=np.append(0, np.concatenate([lengths for _, lengths in parts]).cumsum()).astype(np.int32),
    )


def number_stems_of(texts: Sequence[Sequence[str]]) -> Numbered:
    """The same for texts given as their words."""
    words = list({*chain.from_iterable(texts)})
    stem_of = {
        word: stem for word, stem in zip(words, stems_of_different(words), strict=True) if stem not in STOP_WORDS
    }
    stems = sorted({*stem_of.values()})
    number_of = {stem: number for number, stem in enumerate(stems)}
    numbers_of = {word: number_of[stem] for word, stem in stem_of.items()}
    numbers = np.array([numbers_of.get(word, -1) for word in chain.from_iterable(texts)], dtype=np.int32)
    ends = np.array([0, *map(len, texts)]).cumsum()
    telling = numbers >= 0
    return Numbered(stems, numbers[telling], np.append(0, telling.cumsum())[ends].astype(np.int32))


def _uncut(said: Numbered, pieces: Ints, starts: Positions) -> tuple[Ints, Positions]:
    """From the pieces of some texts to the numbers of their stems, and how many stems each text has."""
    begin = said.starts[pieces]
    after = np.append(0, (said.starts[pieces + 1] - begin).cumsum())
    places = np.repeat(begin - after[:-1], np.diff(after)) + np.arange(after[-1])
    return said.numbers[places], np.diff(after[starts])


class _Pieces:
    """Pieces of text, numbered in the order in which they are met.

    They are known by a hash of 64 bits, which no two pieces of up to eight letters share; of a million
    longer ones, two do with a chance of 1 in 30 million.
    """

    def __init__(self) -> None:
        self.words: list[Sequence[str]] = []
        """The words of each piece."""
        self._numbers: dict[int, int] = {}  # by hash
        self._with_co: list[int] = []
        self._hashes = np.zeros(1 << _BITS, dtype=np.uint64)  # of the pieces whose hash begins so, that of the last met
        self._latest = np.zeros(1 << _BITS, dtype=np.int32)  # and its number

    def cut(self, texts: Sequence[str]) -> tuple[Ints, Positions]:
        """The pieces of some texts, and where those of each text begin, and where the last end."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        begins = np.array([0, *map(len, encoded)]).cumsum() + np.arange(len(texts) + 1)
        joined = b" ".join([*encoded, bytes(_READ)])
        ends = np.flatnonzero(np.frombuffer(joined, dtype=np.uint8) == _SPACE)
        places = np.append(0, ends[:-1] + 1)
        places, ends = places[places < ends], ends[places < ends]
        pieces, starts = self._look_up(joined, places, ends), places.searchsorted(begins)
        if self._with_co:
            return self._mended(texts, pieces, starts)
        return pieces, starts

    def _look_up(self, joined: bytes, places: Positions, ends: Positions) -> Ints:
        """The numbers of the pieces from some places of a text to others."""
        hashes = _hashes(joined, places, ends - places)
        slots = (hashes >> np.uint64(64 - _BITS)).view(np.int64)
        pieces: Ints = self._latest[slots]
        missed = np.flatnonzero(self._hashes[slots] != hashes)
        slots, hashes, begin, end = slots[missed], hashes[missed], places[missed], ends[missed]
        spelt = zip(hashes.tolist(), map(slice, begin.tolist(), end.tolist()), strict=True)
        pieces[missed] = [self._number(hash, joined, where) for hash, where in spelt]
        self._hashes[slots], self._latest[slots] = hashes, pieces[missed]
        return pieces

    def _number(self, hash: int, joined: bytes, where: slice) -> int:
        if hash not in self._numbers:
            self._numbers[hash] = self._add(joined[where].decode("utf-8", "surrogatepass"))
        return self._numbers[hash]

    def _add(self, piece: str) -> int:
        bare = piece.strip(_AROUND)
        found = words(bare if bare.isalpha() else piece)
        if "co" in found:
            self._with_co.append(len(self.words))
        self.words.append(found)
        return len(self.words) - 1

    def _mended(self, texts: Sequence[str], pieces: Ints, starts: Positions) -> tuple[Ints, Positions]:
        """The same with texts that say “co” left whole: “co production” is one word."""
        keep, with_co = np.ones(len(pieces), dtype=np.bool_), np.zeros(len(self.words), dtype=np.bool_)
        with_co[self._with_co] = True
        said = np.flatnonzero(with_co[pieces])
        for text in np.unique(starts.searchsorted(said, side="right") - 1).tolist():
            pieces[starts[text]] = self._add(texts[text])
            keep[starts[text] + 1 : starts[text + 1]] = False
        return pieces[keep], np.append(0, keep.cumsum())[starts]


def _hashes(joined: bytes, places: Positions, lengths: Positions) -> Hashes:
    """Of the pieces of a text that begin at some places."""
    windows: Hashes = np.ndarray((len(joined) - 7,), dtype="<u8", buffer=joined, strides=(1,))
    hashes = _mixed(np.uint64(0), windows[places], lengths)
    longer, read = np.flatnonzero(lengths > _READ), _READ
    while len(longer):
        hashes[longer] = _mixed(hashes[longer], windows[places[longer] + read], lengths[longer] - read)
        read += _READ
        longer = longer[lengths[longer] > read]
    return hashes


def _mixed(hashes: Hashes | np.uint64, letters: Hashes, left: Positions) -> Hashes:
    """The hashes of pieces so far and their next eight letters, of which so many are left: as hashes again."""
    letters ^= _SPACES  # so that no letter is 0, as what comes after the last will be
    letters &= _FIRST[np.minimum(left, _READ)]
    letters ^= hashes
    letters *= _SPREAD
    letters ^= letters >> np.uint64(32)
    return letters
