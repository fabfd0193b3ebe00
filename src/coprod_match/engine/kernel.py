"""The search of search.py for many requests to a large catalogue, compiled by numba.

Entries are taken in blocks that fit into the processor's cache, for all requests at once. An entry whose points for
all but the common words, and the most that it can have for these, do not reach the last of the best so far is not
looked at again, as in MaxScore (Turtle and Flood, Query Evaluation: Strategies and Optimizations, 1995).
"""

import math
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import NamedTuple

import numpy as np
from numba import njit

from coprod_match.arrays import Floats, Positions, SmallFloats
from coprod_match.engine.encode import RESOURCE_GRAIN
from coprod_match.engine.index import Index
from coprod_match.engine.search import Wanted, first

_BLOCK = 4096  # entries whose points are worked out together


class _Asked(NamedTuple):
    """Some requests. Where each has several of a thing, all follow one another, and `_of` says where each begins."""

    least: Floats
    """Shape (requests,)."""
    meaning: Floats
    """Shape (requests,)."""
    earned: Floats
    """Shape (requests, profiles)."""
    words_of: Positions
    points: Floats
    """What is at stake for each word. The list of a common word is empty: its entries are in a row."""
    cursors: Positions
    """Where in the lists of the index the entries of each word go on; moved on from block to block."""
    ends: Positions
    """Where they end."""
    common_of: Positions
    rows: Positions
    """The row of each common word, those with the most points first."""
    steps: Floats
    """What one step in that row is worth."""
    most: Floats
    """The most that any entry can earn there."""
    extra_of: Positions
    entries: Positions
    """Entries that are called by name, or refused."""
    extra: Floats
    """What that adds to their points."""


class _Found(NamedTuple):
    """The entries that were found so far; those that better ones have overtaken are left out in the end."""

    counts: Positions
    """How many for each request; shape (requests,)."""
    entries: Positions
    """Shape (requests, entries)."""
    points: Floats
    """Shape (requests, entries)."""
    heaps: Floats
    """The highest points, or the least that are wanted, the lowest of these first; shape (requests, count)."""


def find(index: Index, wanted: Sequence[Wanted], count: int) -> Iterator[tuple[Positions, Floats]]:
    """As `search.find`."""
    entries = len(index.topics)
    count = min(count, entries)
    asked = _asked(index, wanted)
    found = _Found(
        counts=np.zeros(len(wanted), dtype=np.int64),
        entries=np.empty((len(wanted), entries), dtype=np.int64),
        points=np.empty((len(wanted), entries)),
        heaps=np.repeat([[one.least] for one in wanted], count, axis=1).astype(np.float64),
    )
    vectors = np.array([one.request.vector for one in wanted])
    words, profiles = index.words, index.profiles.of_entries
    for start in range(0, entries, _BLOCK):
        block = slice(start, start + _BLOCK)
        related = vectors @ index.topics[block].T
        _look_at(start, related, profiles[block], words.entries, words.values, words.rows, asked, found)
    for row, number in enumerate(found.counts.tolist()):
        entries_of, points_of = found.entries[row, :number], found.points[row, :number]
        yield first(entries_of.copy(), points_of.copy(), count)  # so that nobody holds the room for all entries


def _asked(index: Index, wanted: Sequence[Wanted]) -> _Asked:
    requests = [one.request for one in wanted]
    words = np.concatenate([request.columns for request in requests])
    common = [_most_first(*index.words.of_common(request), index.words.most) for request in requests]
    rows, at_stake = (np.concatenate(parts) for parts in zip(*common, strict=True))
    extras = [[*index.by_name(one.request), *((entry, -math.inf) for entry in one.refused)] for one in wanted]
    return _Asked(
        least=np.array([one.least for one in wanted]),
        meaning=np.array([request.meaning for request in requests]),
        earned=np.array([_earned(index, one) for one in wanted]),
        words_of=_starts(request.columns for request in requests),
        points=np.concatenate([request.points for request in requests]),
        cursors=index.words.starts[words].astype(np.int64),
        ends=index.words.starts[words + 1].astype(np.int64),
        common_of=_starts(rows for rows, _ in common),
        rows=rows,
        steps=at_stake * RESOURCE_GRAIN,
        most=at_stake * index.words.most[rows],
        extra_of=_starts(extras),
        entries=np.array([entry for extra in extras for entry, _ in extra], dtype=np.int64),
        extra=np.array([points for extra in extras for _, points in extra], dtype=np.float64),
    )


def _earned(index: Index, one: Wanted) -> Floats:
    """What each profile earns; minus infinity where none of its entries is wanted. Shape (profiles,)."""
    earned = index.profiles.earned(one.request.concepts)
    return earned if one.allowed is None else np.where(one.allowed, earned, -math.inf)


def _most_first(rows: Positions, at_stake: Floats, most: SmallFloats) -> tuple[Positions, Floats]:
    order = np.argsort(-at_stake * most[rows], kind="stable")
    return rows[order], at_stake[order]


def _starts(parts: Iterable[Sized]) -> Positions:
    """Where each of some parts begins when they follow one another, and where the last ends."""
    return np.cumsum([0, *map(len, parts)])


@njit(nogil=True)
def _look_at(start, related, profiles, entries, values, rows, asked, found):  # type: ignore[no-untyped-def]
    """Add to what was found the entries of one block that may be among the best."""
    near = np.empty(len(profiles))
    for request in range(len(asked.meaning)):
        meaning, earned, least = asked.meaning[request], asked.earned[request], asked.least[request]
        for entry in range(len(near)):
            near[entry] = meaning * related[request, entry] + earned[profiles[entry]]
        for word in range(asked.words_of[request], asked.words_of[request + 1]):
            cursor = asked.cursors[word]
            asked.cursors[word] = _add(near, start, asked.points[word], entries, values, cursor, asked.ends[word])
        for place in range(asked.extra_of[request], asked.extra_of[request + 1]):
            entry = asked.entries[place] - start
            if 0 <= entry < len(near):
                near[entry] += asked.extra[place]
        common = slice(asked.common_of[request], asked.common_of[request + 1])
        _keep(start, near, rows, asked.rows[common], asked.steps[common], asked.most[common], least, request, found)


@njit(nogil=True)
def _add(near, start, points, entries, values, at, end):  # type: ignore[no-untyped-def]
    """Add what the entries of a block earn for a rare word; returns where in its list the next block begins."""
    while at < end and entries[at] < start + len(near):
        near[entries[at] - start] += points * values[at]
        at += 1
    return at


@njit(nogil=True)
def _keep(start, near, rows, common, steps, most, least, request, found):  # type: ignore[no-untyped-def]
    """Add what the entries of a block that may be among the best earn for common words, and keep those that are."""
    heap, number = found.heaps[request], found.counts[request]
    at_most = most.sum()
    for entry in range(len(near)):
        if near[entry] + at_most < heap[0]:
            continue
        points, left = near[entry], at_most
        for word in range(len(common)):
            points += steps[word] * rows[common[word], start + entry]
            left -= most[word]
            if points + left < heap[0]:
                break
        if points > least and points >= heap[0]:
            found.entries[request, number] = start + entry
            found.points[request, number] = points
            number += 1
            _push(heap, points)
    found.counts[request] = number


@njit(nogil=True)
def _push(heap, points):  # type: ignore[no-untyped-def]
    """Put points in the place of the lowest, if they are higher, and bring the lowest to the front."""
    if points <= heap[0]:
        return
    place = 0
    while 2 * place + 1 < len(heap):
        lower = 2 * place + 1
        if lower + 1 < len(heap) and heap[lower + 1] < heap[lower]:
            lower += 1
        if heap[lower] >= points:
            break
        heap[place] = heap[lower]
        place = lower
    heap[place] = points
