"""Sheets of requests: read, match row by row, write. `match_frame` does it for pandas."""

import typing

if typing.TYPE_CHECKING:
    from coprod_match.batch.frame import match_frame

__all__ = ["match_frame"]


def __getattr__(name: str) -> object:
    """Load `match_frame` when it is asked for: the rest needs no pandas."""
    if name in __all__:
        from coprod_match.batch import frame

        return getattr(frame, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
