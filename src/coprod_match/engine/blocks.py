"""A large catalogue in blocks of entries that are alike, for kernel.py: what a search can rule out without a look."""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit

from coprod_match.arrays import Floats, Ints, Positions, ShortInts, SmallFloats, Steps
from coprod_match.engine.encode import RESOURCE_GRAIN
from coprod_match.engine.index import Index
from coprod_match.engine.latent import TOPICS

_SIZE = 96  # entries of a block, at most
WIDTH = -(-TOPICS // 32) * 32
"""Topics, and zeros after them: a multiple of the products that one vector instruction adds up."""


class Blocks(NamedTuple):
    """What a search needs of an index, and what it needs to know of each block."""

    starts: Positions
    """Where each block begins, and where the last ends; shape (blocks + 1,)."""
    sizes: Positions
    """Shape (blocks,)."""
    of_entries: Ints
    """The block of each entry; shape (entries,)."""
    profiles: Positions
    """The profile of each entry, ascending; shape (entries,)."""
    topics: ShortInts
    """In steps of 2^-12; shape (entries, WIDTH)."""
    lengths: Floats
    """The length of the longest vector of topics in each block; shape (blocks,)."""
    lists: Ints
    """Where the entries of each rare word begin in `entries` and `values`; shape (words + 1,)."""
    entries: Ints
    values: SmallFloats
    rows: Steps
    """How much each entry says each common word; shape (common words, entries)."""
    frequent: Ints
    """The rare words whose lists are longer than the blocks are many, ascending."""
    firsts: Ints
    """Where each block begins in the list of each frequent word; shape (frequent words, blocks + 1)."""
    most: Steps
    """The most that an entry of each block says each common word, then each frequent one; shape (words, blocks)."""


def cut(index: Index, size: int = _SIZE) -> Blocks:
    """Cut a catalogue into blocks of at most so many entries."""
    words, profiles = index.words, index.profiles.of_entries
    starts = _cut(profiles, size)
    sizes = np.diff(starts)
    of_entries = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    common, frequent = len(words.rows), np.flatnonzero(np.diff(words.starts) > len(sizes))
    most = np.zeros((common + len(frequent), len(sizes)), dtype=np.uint16)
    np.maximum.reduceat(words.rows, starts[:-1], axis=1, out=most[:common])
    topics = np.zeros((len(profiles), WIDTH), dtype=np.int16)
    topics[:, : index.topics.shape[1]] = index.topics / RESOURCE_GRAIN
    squares = np.einsum("et,et->e", index.topics, index.topics, dtype=np.float64)
    return Blocks(
        starts=starts,
        sizes=sizes,
        of_entries=of_entries,
        profiles=profiles,
        topics=topics,
        lengths=np.sqrt(np.maximum.reduceat(squares, starts[:-1])),
        lists=words.starts,
        entries=words.entries,
        values=words.values,
        rows=words.rows,
        frequent=frequent.astype(np.int32),
        firsts=_go_through(words.starts, words.entries, words.values, starts, frequent, most[common:]),
        most=most,
    )


def _cut(profiles: Positions, size: int) -> Positions:
    """Where blocks begin, and the last ends.

    A large profile is cut in parts of about one size, of which the first and the last may hold small neighbours too.
    """
    starts = [0]
    for start, end in pairwise([0, *(np.flatnonzero(np.diff(profiles)) + 1).tolist(), len(profiles)]):
        if end - starts[-1] > size and start - starts[-1] >= max(1, size // 2):
            starts.append(start)
        for parts in range(math.ceil((end - starts[-1]) / size), 1, -1):
            starts.append(starts[-1] + (end - starts[-1]) // parts)
    return np.array([*starts, len(profiles)])


@njit(nogil=True)
def _go_through(lists, entries, values, starts, frequent, most):  # type: ignore[no-untyped-def]
    """Find where each block begins in the list of each frequent word, and the most that is said there."""
    firsts = np.empty((len(frequent), len(starts)), dtype=np.int32)
    for row, word in enumerate(frequent):
        place, end = lists[word], lists[word + 1]
        for block in range(len(starts) - 1):
            firsts[row, block] = place
            while place < end and entries[place] < starts[block + 1]:
                most[row, block] = max(most[row, block], int(values[place] / RESOURCE_GRAIN))
                place += 1
        firsts[row, -1] = end
    return firsts
