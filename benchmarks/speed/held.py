"""What an object holds in memory: the bytes of its arrays, and of everything."""

import gc
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

import numpy as np

_SHARED = (ModuleType, type, FunctionType, BuiltinFunctionType, MethodType)
"""What belongs to the program rather than to an object."""


def held(root: object, without: tuple[object, ...] = ()) -> tuple[int, int]:
    """The bytes of the arrays that can be reached from an object, and of all that can be, less what `without` holds."""
    seen = set(_reach(without, set()))
    reached = _reach((root,), seen)
    arrays = {id(base): base.nbytes for base in map(_owner, reached.values()) if isinstance(base, np.ndarray)}
    others = sum(sys.getsizeof(item) for item in reached.values() if not isinstance(item, np.ndarray))
    return sum(arrays.values()), sum(arrays.values()) + others


def _reach(roots: tuple[object, ...], seen: set[int]) -> dict[int, object]:
    found: dict[int, object] = {}
    waiting = list(roots)
    while waiting:
        item = waiting.pop()
        if id(item) in seen or id(item) in found or isinstance(item, _SHARED):
            continue
        found[id(item)] = item
        waiting.extend(gc.get_referents(item))
    return found


def _owner(item: object) -> object:
    """The array that owns the memory of a view."""
    while isinstance(item, np.ndarray) and isinstance(item.base, np.ndarray):
        item = item.base
    return item
