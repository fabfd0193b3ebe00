"""Some requests as arrays, for kernel.py."""

import math
from collections.abc import Iterable, Sequence, Sized
from typing import NamedTuple

import numpy as np

from coprod_match.arrays import Floats, Ints, Positions, ShortInts, among
from coprod_match.engine.blocks import WIDTH, Blocks
from coprod_match.engine.encode import TOPIC_GRAIN
from coprod_match.engine.index import Index
from coprod_match.engine.search import Wanted

NONE = -1
"""For no row, and no link."""


class Asked(NamedTuple):
    """Some requests. Where each has several of a thing, all follow one another, and `_of` says where each begins."""

    least: Floats
    """Shape (requests,)."""
    meaning: Floats
    """Shape (requests,)."""
    vectors: ShortInts
    """In steps of 2^-11; shape (requests, WIDTH)."""
    lengths: Floats
    """How long these are, not in steps; shape (requests,)."""
    earned: Floats
    """What each profile earns; minus infinity where none of its entries is wanted. Shape (requests, profiles)."""
    words_of: Positions
    words: Positions
    """The number of each word."""
    points: Floats
    """What is at stake for each word."""
    rows: Positions
    """The row of each common or frequent word in `Blocks.most`; -1 for others."""
    extra_of: Positions
    entries: Positions
    """Entries that are called by name, or refused."""
    extra: Floats
    """What that adds to their points."""


def asked_of(index: Index, blocks: Blocks, wanted: Sequence[Wanted]) -> Asked:
    """What the compiled search needs of some requests."""
    requests = [one.request for one in wanted]
    words = np.concatenate([request.columns for request in requests])
    extras = [[*index.by_name(one.request), *((entry, -math.inf) for entry in one.refused)] for one in wanted]
    vectors = np.zeros((len(wanted), WIDTH), dtype=np.int16)
    vectors[:, : index.topics.shape[1]] = np.stack([request.vector for request in requests]) / TOPIC_GRAIN
    return Asked(
        least=np.array([one.least for one in wanted], dtype=np.float64),
        meaning=np.array([request.meaning for request in requests]),
        vectors=vectors,
        lengths=np.linalg.norm(vectors.astype(np.float64), axis=1) * TOPIC_GRAIN,
        earned=np.array([_earned(index, one) for one in wanted]),
        words_of=_starts(request.columns for request in requests),
        words=words,
        points=np.concatenate([request.points for request in requests]),
        rows=_rows(words, (index.words.common, blocks.frequent)),
        extra_of=_starts(extras),
        entries=np.array([entry for extra in extras for entry, _ in extra], dtype=np.int64),
        extra=np.array([points for extra in extras for _, points in extra], dtype=np.float64),
    )


def _earned(index: Index, one: Wanted) -> Floats:
    """What each profile earns; minus infinity where none of its entries is wanted. Shape (profiles,)."""
    earned = index.profiles.earned(one.request.concepts)
    return earned if one.allowed is None else np.where(one.allowed, earned, -math.inf)


def _rows(words: Positions, known: Iterable[Ints]) -> Positions:
    """The places of some words among several lists of words, one after the other; -1 where they are in none."""
    rows, start = np.full(len(words), NONE), 0
    for numbers in known:
        where, places = among(numbers, words)
        rows[where] = start + places
        start += len(numbers)
    return rows


def _starts(parts: Iterable[Sized]) -> Positions:
    """Where each of some parts begins when they follow one another, and where the last ends."""
    return np.cumsum([0, *map(len, parts)])
