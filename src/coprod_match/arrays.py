"""The kinds of arrays that the engine and its evaluation use, and how numbers are found in them."""

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Fields = np.ndarray[Any, np.dtype[np.int8]]
Ints = np.ndarray[Any, np.dtype[np.int32]]
Positions = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Buckets = np.ndarray[Any, np.dtype[np.uint32]]
Hashes = np.ndarray[Any, np.dtype[np.uint64]]
ShortInts = np.ndarray[Any, np.dtype[np.int16]]
Steps = np.ndarray[Any, np.dtype[np.uint16]]
HalfFloats = np.ndarray[Any, np.dtype[np.float16]]
SmallFloats = np.ndarray[Any, np.dtype[np.float32]]


def among(
    known: np.ndarray[Any, np.dtype[np.integer[Any]]], wanted: np.ndarray[Any, Any]
) -> tuple[Positions, Positions]:
    """Which of some numbers are among known ones, which ascend: where they are in `wanted`, and where in `known`."""
    places = known.searchsorted(wanted)
    if not len(known):
        return places[:0], places[:0]
    where = (known.take(places, mode="clip") == wanted).nonzero()[0]
    return where, places.take(where)
