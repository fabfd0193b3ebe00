"""The fixed words of every answer, so that each door says the same."""

from collections.abc import Iterator

from coprod_match.model.result import ASKED_AS, Confidence, Result, Understood
from coprod_match.model.taxonomy import Sort

SORTS: dict[Sort, str] = {
    "contact": "someone to talk to",
    "use": "something to use",
    "learn": "something to learn from",
    "fund": "money",
    "rule": "rules and policy",
}
"""What an entry is to the asker, in words."""

LEVELS: dict[Confidence, str] = {
    "strong": "Good matches",
    "fair": "Fair matches: worth a look",
    "weak": "Weak matches only: nothing here is just what you asked for",
    "none": "Nothing good in the catalogue",
}
"""The heading of an answer."""

FACETS: dict[str, str] = {
    "role": "you are",
    "support_type": "you need",
    "theme": "about",
    "place": "in",
}
"""How each part of a request is introduced."""


_WORTH_SAYING = 0.4  # of guesses that are less sure most are wrong; they move the list, and are said with its points
_LIKELY = 0.15  # the surest of a facet is said from here on


def heading(result: Result) -> str:
    """How good the answer is, in words."""
    return LEVELS[result.confidence] if result.in_scope else "This is not something that this service can help with"


def worth_saying(result: Result) -> Iterator[Understood]:
    """What was understood, without the guesses that would only puzzle people: the surest of a facet, and sure ones.

    Of a text that is no business of ours nothing was understood.
    """
    if not result.in_scope:
        return (item for item in result.understood if item.asked_as != "text" or not item.said)
    surest = {item.facet: item for item in reversed(result.understood) if item.confidence >= _LIKELY}
    return (
        item
        for item in result.understood
        if item.confidence >= _WORTH_SAYING or not item.said or item is surest.get(item.facet)
    )


def how_read(item: Understood) -> str:
    """The words that a part was read in, or `assumed`; empty for what was given outright."""
    plain = item.confidence >= 1.0 and item.said and item.asked_as == ASKED_AS[item.facet]
    return "" if plain else item.said or "assumed"


def understood_line(result: Result, *, faint: bool = False) -> str:
    """What was understood, in one line: `you are Council officers · you need Toolkit`. With `faint`, every guess."""
    parts: dict[str, list[str]] = {}
    for item in result.understood if faint else worth_saying(result):
        said = how_read(item)
        parts.setdefault(item.facet, []).append(f"{item.label} ({said})" if said else item.label)
    lines = [f"{FACETS[facet]} {', '.join(labels)}" for facet, labels in parts.items()] or ["only your own words"]
    return " · ".join([*lines, *(f"not {term.prefLabel}" for term in result.not_meant)])
