"""The search of search.py for many requests to a large catalogue, compiled by numba.

Entries that are alike stand together, in blocks (blocks.py). The most that any entry of a block can earn is soon worked
out, and few blocks can reach the last of the best so far: only at these we look (Ding and Suel, Faster Top-k Document
Retrieval Using Block-Max Indexes, 2011). Each request looks first at the blocks that promise most; then the others come
in their order, each for all requests while it is in the processor's cache. Within a block the question is put again
after topics, and after rare words: common ones, for which memory has to be waited for longest, come last.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit

from coprod_match.arrays import Floats, Ints, Positions
from coprod_match.engine.asked import NONE, Asked, asked_of
from coprod_match.engine.blocks import WIDTH, Blocks
from coprod_match.engine.encode import RESOURCE_GRAIN, TOPIC_GRAIN
from coprod_match.engine.index import Index
from coprod_match.engine.search import Wanted, first

_FIRST = 4  # blocks at which each request looks before all others
_SLACK = 1e-9  # more than what rounding takes from the most that can be earned
# Python has no way into these, and so they are compiled a quarter sooner.
_inner = njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)  # type: ignore[call-overload]


class _Most(NamedTuple):
    """The most that an entry of each block can earn; each of shape (requests, blocks)."""

    all: Floats
    """Minus infinity where the block was looked at."""
    by_words: Floats
    by_common: Floats


class _Seldom(NamedTuple):
    """What entries earn for words that few say, or for their names: for each request and block a chain of links."""

    heads: Ints
    """The first link of each chain; shape (requests, blocks)."""
    nexts: Ints
    """The link after each; -1 after the last."""
    entries: Ints
    points: Floats
    number: Positions
    """How many links there are so far; shape (1,)."""


class _Found(NamedTuple):
    """The entries that were found so far; those that better ones have overtaken are left out in the end."""

    heaps: Floats
    """The highest points, or the least that are wanted, the lowest of these first; shape (requests, count)."""
    places: Positions
    """The number of the request, times that of all entries, and the position of the entry."""
    points: Floats


def find(index: Index, blocks: Blocks, wanted: Sequence[Wanted], count: int) -> Iterator[tuple[Positions, Floats]]:
    """As `search.find`; `blocks` are those of the index."""
    entries = len(index.topics)
    asked = asked_of(index, blocks, wanted)
    heaps = np.repeat(asked.least[:, None], min(count, entries), axis=1)
    places, points = _search(blocks, asked, *_room(blocks, asked), heaps)
    order = places.argsort()
    starts = places[order].searchsorted(np.arange(len(wanted) + 1) * entries)
    for start, end in pairwise(starts.tolist()):
        of_request = order[start:end]
        yield first(places[of_request] % entries, points[of_request], count)


def _room(blocks: Blocks, asked: Asked) -> tuple[_Most, _Seldom]:
    shape = len(asked.least), len(blocks.sizes)
    seldom = asked.words[asked.rows == NONE]
    links = int((blocks.lists[seldom + 1] - blocks.lists[seldom]).sum()) + len(asked.entries)
    most = _Most(np.empty(shape), np.zeros(shape), np.zeros(shape))
    heads, nexts = np.full(shape, NONE, dtype=np.int32), np.empty(links, dtype=np.int32)
    return most, _Seldom(heads, nexts, np.empty_like(nexts), np.empty(links), np.zeros(1, dtype=np.int64))


@njit(nogil=True)
def _search(blocks, asked, most, seldom, heaps):  # type: ignore[no-untyped-def]
    """All entries that may be among the best: for which request, which they are, and their points."""
    found, number = _Found(heaps, np.empty(0, dtype=np.int64), np.empty(0)), 0
    requests = np.arange(len(heaps))
    for request in range(len(heaps)):
        _bound(request, blocks, asked, most, seldom)
        for _ in range(_FIRST):
            block = most.all[request].argmax()
            if most.all[request, block] < heaps[request, 0] or most.all[request, block] == -np.inf:
                break
            found = _with_room(found, number + blocks.sizes[block])
            number = _look_at(block, requests[request : request + 1], blocks, asked, most, seldom, found, number)
            most.all[request, block] = -np.inf
    for block in range(len(blocks.sizes)):
        left = 0
        for request in range(len(heaps)):
            bound = most.all[request, block]
            if bound >= heaps[request, 0] and bound > -np.inf:
                requests[left] = request
                left += 1
        if left:
            found = _with_room(found, number + left * blocks.sizes[block])
            number = _look_at(block, requests[:left], blocks, asked, most, seldom, found, number)
    return found.places[:number], found.points[:number]


@_inner
def _bound(request, blocks, asked, most, seldom):  # type: ignore[no-untyped-def]
    """Work out the most that an entry of each block can earn."""
    by_words, by_common = most.by_words[request], most.by_common[request]
    for at in range(asked.words_of[request], asked.words_of[request + 1]):
        row = asked.rows[at]
        if row == NONE:
            _go_through(request, asked.words[at], asked.points[at], blocks, by_words, seldom)
        else:
            by = by_common if row < len(blocks.rows) else by_words
            _add(by, asked.points[at] * RESOURCE_GRAIN, blocks.most[row])
    for at in range(asked.extra_of[request], asked.extra_of[request + 1]):
        block = blocks.of_entries[asked.entries[at]]
        _link(request, block, asked.entries[at], asked.extra[at], seldom)
        by_words[block] += max(asked.extra[at], 0.0)
    by_words += by_common
    related, earned = asked.meaning[request] * asked.lengths[request], asked.earned[request]
    for block in range(len(by_words)):
        best = -np.inf
        for profile in range(blocks.profiles[blocks.starts[block]], blocks.profiles[blocks.starts[block + 1] - 1] + 1):
            best = max(best, earned[profile])
        most.all[request, block] = by_words[block] + related * blocks.lengths[block] + best + _SLACK


@_inner
def _add(points, factor, values):  # type: ignore[no-untyped-def]
    """Add to points some values times a factor."""
    for at in range(len(values)):
        points[at] += factor * values[at]


@_inner
def _go_through(request, word, at_stake, blocks, by_words, seldom):  # type: ignore[no-untyped-def]
    """Add up the most that the entries that say a word earn in each block, and keep what each earns."""
    last, most = NONE, 0.0
    for place in range(blocks.lists[word], blocks.lists[word + 1]):
        entry, points = blocks.entries[place], at_stake * blocks.values[place]
        block = blocks.of_entries[entry]
        if block != last:
            last, most = block, 0.0
        if points > most:
            by_words[block] += points - most
            most = points
        _link(request, block, entry, points, seldom)


@_inner
def _link(request, block, entry, points, seldom):  # type: ignore[no-untyped-def]
    link = seldom.number[0]
    seldom.entries[link], seldom.points[link], seldom.nexts[link] = entry, points, seldom.heads[request, block]
    seldom.heads[request, block] = link
    seldom.number[0] += 1


@_inner
def _look_at(block, requests, blocks, asked, most, seldom, found, number):  # type: ignore[no-untyped-def]
    """Add to what was found the entries of a block that may be among the best for some requests."""
    entries = slice(blocks.starts[block], blocks.starts[block + 1])
    topics, profiles = blocks.topics[entries], blocks.profiles[entries]
    near = np.empty(len(profiles))
    for request in requests:
        heap = found.heaps[request]
        _add_up_near(asked.meaning[request], asked.vectors[request], topics, asked.earned[request], profiles, near)
        if not _any_above(heap[0] - most.by_words[request, block], near):
            continue
        words = slice(asked.words_of[request], asked.words_of[request + 1])
        _add_rare(request, block, near, asked.points[words], asked.rows[words], blocks, seldom)
        if _any_above(heap[0] - most.by_common[request, block], near):
            _add_common(block, near, asked.points[words], asked.rows[words], blocks)
            place = request * len(blocks.profiles) + blocks.starts[block]
            number = _keep(place, near, asked.least[request], heap, found, number)
    return number


@_inner
def _add_up_near(meaning, vector, topics, earned, profiles, near):  # type: ignore[no-untyped-def]
    """Add up what entries earn but for words."""
    step = meaning * RESOURCE_GRAIN * TOPIC_GRAIN
    for entry in range(len(near)):
        related = np.int32(0)  # both lengths are about 1, so at most some 2^23; int64 would not fit vector instructions
        for topic in range(WIDTH):
            related = np.int32(related + vector[topic] * topics[entry, topic])
        near[entry] = step * related + earned[profiles[entry]]


@_inner
def _add_rare(request, block, near, points, rows, blocks, seldom):  # type: ignore[no-untyped-def]
    start, common = blocks.starts[block], len(blocks.rows)
    link = seldom.heads[request, block]
    while link != NONE:
        near[seldom.entries[link] - start] += seldom.points[link]
        link = seldom.nexts[link]
    for word in range(len(rows)):
        if rows[word] >= common:
            firsts = blocks.firsts[rows[word] - common]
            for place in range(firsts[block], firsts[block + 1]):
                near[blocks.entries[place] - start] += points[word] * blocks.values[place]


@_inner
def _add_common(block, near, points, rows, blocks):  # type: ignore[no-untyped-def]
    for word in range(len(rows)):
        if 0 <= rows[word] < len(blocks.rows):
            steps = blocks.rows[rows[word], blocks.starts[block] : blocks.starts[block + 1]]
            _add(near, points[word] * RESOURCE_GRAIN, steps)


@_inner
def _any_above(needed, near):  # type: ignore[no-untyped-def]
    reached = 0
    for entry in range(len(near)):
        reached += near[entry] >= needed
    return reached > 0


@_inner
def _keep(place, near, least, heap, found, number):  # type: ignore[no-untyped-def]
    for entry in range(len(near)):
        if near[entry] > least and near[entry] >= heap[0]:
            found.places[number], found.points[number] = place + entry, near[entry]
            number += 1
            _push(heap, near[entry])
    return number


@_inner
def _with_room(found, number):  # type: ignore[no-untyped-def]
    """The same, with room for so many."""
    if number <= len(found.points):
        return found
    places, points = np.empty(2 * number, dtype=np.int64), np.empty(2 * number)
    for at in range(len(found.points)):
        places[at], points[at] = found.places[at], found.points[at]
    return _Found(found.heaps, places, points)


@_inner
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
