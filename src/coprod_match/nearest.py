"""The nearest guess for a slip of the pen."""

from collections.abc import Iterable


def nearest(given: str, allowed: Iterable[str], *, limit: int = 3, least: float = 60) -> list[str]:
    """Up to `limit` of `allowed` that look most like `given`, best first; `least` is rapidfuzz's ratio, 0 to 100."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        given, sorted(allowed), scorer=fuzz.ratio, processor=utils.default_process, limit=limit, score_cutoff=least
    )
    return [choice for choice, _, _ in found]


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """A hint that names the nearest allowed value, or all of them when none is near."""
    allowed = list(allowed)
    guesses = nearest(given, allowed, limit=1)
    if guesses:
        return f"Did you mean “{guesses[0]}”?"
    return f"You can use: {', '.join(allowed)}." if allowed else ""
