"""Signposting for co-production and community planning: say who you are and what you need, get the right sources.

from coprod_match import Matcher

matcher = Matcher.load()
result = matcher.recommend(role="council", need="toolkit", place="Fermanagh")
for entry in result.recommendations:
    print(entry.rank, entry.resource.name, *entry.reasons)
"""

from coprod_match.errors import CoprodMatchError, DataError, Problem, RequestError, UnknownTermError
from coprod_match.matcher import Matcher
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import Contribution, Recommendation, Result, Understood
from coprod_match.model.taxonomy import Taxonomy

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
