"""Signposting for co-production and community planning: say who you are and what you need, get the right sources.

from coprod_match import Matcher

matcher = Matcher.load()
result = matcher.recommend(role="council", need="toolkit", place="Fermanagh")
for entry in result.recommendations:
    print(entry.rank, entry.resource.name, *entry.reasons)
"""

import typing

if typing.TYPE_CHECKING:
    from coprod_match.errors import CoprodMatchError, DataError, Problem, RequestError, UnknownTermError
    from coprod_match.matcher import Matcher
    from coprod_match.model.catalogue import Catalogue, Resource
    from coprod_match.model.ranking import Ranking
    from coprod_match.model.request import Filters, Request
    from coprod_match.model.result import Contribution, Recommendation, Result, Understood
    from coprod_match.model.taxonomy import Taxonomy

_HOMES = {
    "errors": ("CoprodMatchError", "DataError", "Problem", "RequestError", "UnknownTermError"),
    "matcher": ("Matcher",),
    "model.catalogue": ("Catalogue", "Resource"),
    "model.ranking": ("Ranking",),
    "model.request": ("Filters", "Request"),
    "model.result": ("Contribution", "Recommendation", "Result", "Understood"),
    "model.taxonomy": ("Taxonomy",),
}

__all__ = [
    "Catalogue",
    "Contribution",
    "CoprodMatchError",
    "DataError",
    "Filters",
    "Matcher",
    "Problem",
    "Ranking",
    "Recommendation",
    "Request",
    "RequestError",
    "Resource",
    "Result",
    "Taxonomy",
    "Understood",
    "UnknownTermError",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for: `coprod-match --help` needs none of them."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"coprod_match.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
