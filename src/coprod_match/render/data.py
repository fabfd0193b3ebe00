"""Results as plain data, ready for JSON, and as flat rows, ready for a spreadsheet."""

import csv
import io
import json
from typing import Any

from coprod_match.model.result import Recommendation, Result

COLUMNS = ("rank", "id", "name", "kind", "sort", "provider", "url", "score", "chance", "reasons", "cautions")
"""The columns of the CSV form."""


def result_to_dict(result: Result) -> dict[str, Any]:
    """The JSON form of a result. The points of each entry add up to its score exactly."""
    request = result.request
    return {
        "request": {
            "role": request.role,
            "needs": list(request.needs),
            "themes": list(request.themes),
            "place": request.place,
            "text": request.text,
        },
        "understood": [
            {"facet": item.facet, "term": item.term, "confidence": round(item.confidence, 2), "source": item.source}
            for item in result.understood
        ],
        "in_scope": result.in_scope,
        "confidence": result.confidence,
        "recommendations": [_recommendation(entry) for entry in result.recommendations],
        "advice": result.advice,
        "catalogue": {"size": result.catalogue_size, "version": result.catalogue_version},
    }


def as_json(result: Result) -> str:
    """A result as indented JSON."""
    return json.dumps(result_to_dict(result), indent=2, ensure_ascii=False)


def as_csv(result: Result) -> str:
    """A row per recommendation under a header; several reasons in a cell are joined by spaces."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for entry in result.recommendations:
        row = _recommendation(entry)
        writer.writerow(row | {"reasons": " ".join(entry.reasons), "cautions": " ".join(entry.cautions)})
    return out.getvalue()


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
