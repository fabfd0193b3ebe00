"""Results as plain data, ready for JSON, and as flat rows, ready for a spreadsheet."""

import json
from typing import Any

from coprod_match.model.result import Recommendation, Result
from coprod_match.render.text import csv_text

COLUMNS = ("rank", "id", "name", "kind", "sort", "provider", "url", "score", "chance", "reasons", "cautions")
"""The columns of the CSV form."""


def result_to_dict(result: Result) -> dict[str, Any]:
    """The JSON form of a result. The points of each entry add up to its score exactly."""
    request, filters = result.request, result.request.filters
    return {
        "request": {
            "role": request.role,
            "needs": list(request.needs),
            "themes": list(request.themes),
            "place": request.place,
            "text": request.text,
            "without": list(request.without),
            "filters": {
                "free": filters.free,
                "jurisdictions": list(filters.jurisdictions),
                "kinds": list(filters.kinds),
                "exclude_historic": filters.exclude_historic,
            },
        },
        "understood": [
            {"facet": item.facet, "term": item.term, "confidence": round(item.confidence, 2), "source": item.source}
            for item in result.understood
        ],
        "not_meant": [term.id for term in result.not_meant],
        "in_scope": result.in_scope,
        "confidence": result.confidence,
        "notice": result.notice,
        "recommendations": [_recommendation(entry) for entry in result.recommendations],
        "advice": result.advice,
        "catalogue": {"size": result.catalogue_size, "version": result.catalogue_version},
    }


def as_json(result: Result, *, ascii: bool = False) -> str:
    """A result as indented JSON; with `ascii`, every other character is escaped."""
    return json.dumps(result_to_dict(result), indent=2, ensure_ascii=ascii) + "\n"


def as_csv(result: Result) -> str:
    """A row per recommendation under a header; several reasons in a cell are joined by spaces."""
    rows = (_recommendation(entry) for entry in result.recommendations)
    joined = (row | {name: " ".join(row[name]) for name in ("reasons", "cautions")} for row in rows)
    return csv_text(COLUMNS, ([row[column] for column in COLUMNS] for row in joined))


def _recommendation(entry: Recommendation) -> dict[str, Any]:
    resource = entry.resource
    return {
        "rank": entry.rank,
        "id": resource.id,
        "name": resource.name,
        "kind": resource.kind,
        "sort": entry.sort,
        "provider": resource.provider,
        "url": resource.url,
        "score": entry.score,
        "chance": round(entry.chance, 2),
        "contributions": [
            {"facet": part.facet, "feature": part.feature, "points": part.points} for part in entry.contributions
        ],
        "reasons": list(entry.reasons),
        "cautions": list(entry.cautions),
    }
