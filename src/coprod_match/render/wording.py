"""The fixed words of every answer, so that each door says the same."""

from coprod_match.model.result import Confidence, Result
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


_ASKED_AS = {"role": "role", "support_type": "need", "theme": "theme", "place": "place"}
_WORTH_SAYING = 0.15  # a guess that is less sure moves the list a little: said where the points are explained


def heading(result: Result) -> str:
    """How good the answer is, in words."""
    return LEVELS[result.confidence] if result.in_scope else "This is not something that this service can help with"


def understood_line(result: Result, *, faint: bool = False) -> str:
    """What was understood, in one line: `you are Council officers · you need Toolkit`. With `faint`, every guess."""
    parts: dict[str, list[str]] = {}
    for item in result.understood:
        if item.confidence < _WORTH_SAYING and not faint:
            continue
        plain = item.confidence >= 1.0 and item.said and item.asked_as == _ASKED_AS[item.facet]
        label = item.label if plain else f"{item.label} ({item.said or 'assumed'})"
        parts.setdefault(item.facet, []).append(label)
    return (
        " · ".join(f"{FACETS[facet]} {', '.join(labels)}" for facet, labels in parts.items()) or "only your own words"
    )
