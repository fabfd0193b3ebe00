"""How much each entry says each word, so that the words of a request can be added up for all entries, or for some.

A word that few entries say is kept as a list of them, a word that many say as a row with a place for every entry. Lists
of rare words are short to add up; rows of common words are quick to look a few entries up in, and mostly no entry can
earn much for them: so `kernel.py` adds them up last, where the rest leaves a chance.
"""

from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Ints, Positions, SmallFloats, Steps, among
from coprod_match.engine.encode import RESOURCE_GRAIN, Encoded, rounded

_DENSE = 0.1  # a word that a larger share of the entries says is kept as a row
_FEW = 1000  # nor does it pay to keep a word as a row that no more entries say
_KEYED = 1_000_000  # stored values, from which on one search through all of them is slower than one in each list


class Postings(Struct, frozen=True, eq=False, dict=True):
    """The words of every entry. All values are multiples of 2^-12 below 1, so single precision holds them exactly."""

    starts: Ints
    """Where the entries of each rare word begin in `entries` and `values`; shape (words + 1,)."""
    entries: Ints
    """Positions of the entries that say a rare word, ascending within each; shape (stored values,)."""
    values: SmallFloats
    """How much each of them says it; shape (stored values,)."""
    common: Ints
    """The numbers of the common words, ascending; shape (common words,)."""
    rows: Steps
    """How much each entry says each common word, in steps of 2^-12; shape (common words, entries)."""

    def earned(self, request: Encoded) -> Floats:
        """What every entry earns for the words of a request; shape (entries,)."""
        entries, values, lengths = self._lists(request)
        points = request.points.repeat(lengths) * values
        total = np.asarray(np.bincount(entries, points, minlength=self.rows.shape[1]), dtype=np.float64)
        for place, row in zip(*among(self.common, request.columns), strict=True):
            total += self.rows[row] * (request.points[place] * RESOURCE_GRAIN)
        return total

    def said_by(self, entries: Positions, words: Positions) -> SmallFloats:
        """How much some entries say each of some words; shape (words, entries)."""
        if not len(self.entries) or not len(words):
            found = np.zeros((len(words), len(entries)), dtype=np.float32)
        else:
            found = (self._by_keys if len(self.entries) < _KEYED else self._by_lists)(words, entries)
        places, rows = among(self.common, words)
        if len(places):
            found[places] = self.rows[rows[:, None], entries] * RESOURCE_GRAIN
        return found

    def _by_keys(self, words: Positions, entries: Positions) -> SmallFloats:
        """How much some entries say each of some rare words, all looked up at once; shape (words, entries)."""
        keys = words[:, None] * self.rows.shape[1] + entries
        places = self._keys.searchsorted(keys)
        said = self._keys.take(places, mode="clip") == keys
        return np.asarray(self.values.take(places, mode="clip") * said, dtype=np.float32)

    def _by_lists(self, words: Positions, entries: Positions) -> SmallFloats:
        """The same, looked up in the list of each word: of a long index, less is read from memory."""
        starts, ends = self.starts[words], self.starts[words + 1]
        wanted = entries.astype(self.entries.dtype)  # or each list would be copied as another type
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        places = np.array([self.entries[start:end].searchsorted(wanted) for start, end in spans]) + starts[:, None]
        said = (self.entries.take(places, mode="clip") == wanted) & (places < ends[:, None])
        return np.asarray(self.values.take(places, mode="clip") * said, dtype=np.float32)

    @cached_property
    def _keys(self) -> Positions:
        """The word and the entry of each stored value as one number, ascending; shape (stored values,).

        Made when first asked for, eight bytes each; neither kept in the compiled form nor taken to other processes.
        """
        words = np.arange(len(self.starts) - 1).repeat(self.starts[1:] - self.starts[:-1])
        return np.asarray(words * self.rows.shape[1] + self.entries, dtype=np.int64)

    def _lists(self, request: Encoded) -> tuple[Ints, SmallFloats, Ints]:
        """The lists of the rare words of a request, one after the other: entries, values, and how long each list is."""
        starts, ends = self.starts[request.columns], self.starts[request.columns + 1]
        lengths = ends - starts
        places = (ends - lengths.cumsum()).repeat(lengths)
        places += np.arange(len(places))
        return self.entries[places], self.values[places], lengths


def post_words(matrix: Any) -> Postings:
    """From a scipy CSC matrix of shape (entries, words) with values from 0 to 1."""
    values = rounded(matrix.data, RESOURCE_GRAIN).astype(np.float32)
    frequency = np.diff(matrix.indptr)
    often = frequency > max(_DENSE * matrix.shape[0], _FEW)
    rare = ~np.repeat(often, frequency)
    common = np.flatnonzero(often)
    rows = np.zeros((len(common), matrix.shape[0]), dtype=np.uint16)
    for row, word in enumerate(common.tolist()):
        span = slice(*matrix.indptr[word : word + 2])
        rows[row, matrix.indices[span]] = values[span] / RESOURCE_GRAIN
    return Postings(
        starts=np.concatenate([[0], np.cumsum(np.where(often, 0, frequency))]).astype(np.int32),
        entries=matrix.indices[rare].astype(np.int32, copy=False),
        values=values[rare],
        common=common.astype(np.int32),
        rows=rows,
    )
