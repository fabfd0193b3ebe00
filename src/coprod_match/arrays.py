"""The kinds of arrays that the engine and its evaluation use."""

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
