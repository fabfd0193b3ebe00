"""Entries of the catalogue for people and for machines."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.render.text import clean, escape_markdown, print_fields

_LISTED = ("id", "name", "kind", "provider", "cost", "status", "url")


def print_entries(resources: Sequence[Resource], taxonomy: Taxonomy, format: str, console: Console) -> None:
    """Print a list of entries."""
    if format == "json":
        console.out(
            json.dumps([_plain(resource) for resource in resources], indent=2, ensure_ascii=False), highlight=False
        )
    elif format == "csv":
        console.out(_csv(resources), end="", highlight=False)
    elif format == "markdown":
        for resource in resources:
            console.out(
                f"- [{escape_markdown(resource.name)}]({resource.url}): {escape_markdown(resource.summary)}",
                highlight=False,
            )
    elif console.is_terminal:
        _print_table(resources, taxonomy, console)
    else:
        for resource in resources:
            console.out(f"{resource.id}\t{resource.name}\t{resource.url}", highlight=False)


def print_entry(resource: Resource, taxonomy: Taxonomy, format: str, console: Console) -> None:
    """Print all that is known about one entry."""
    if format != "table":
        print_entries([resource], taxonomy, format, console)
        return
    fields = [("what it is", resource.summary), ("address", resource.url), ("provider", resource.provider)]
    fields.append(("kind", taxonomy.term("kinds", resource.kind).prefLabel))
    schemes = {
        "gives": "support_types",
        "about": "themes",
        "for": "roles",
        "area": "places",
        "jurisdictions": "jurisdictions",
    }
    for label, scheme in schemes.items():
        fields.append((label, ", ".join(taxonomy.term(scheme, id).prefLabel for id in getattr(resource, scheme))))
    fields += [("cost", taxonomy.term("costs", resource.cost).prefLabel), ("since", str(resource.year or ""))]
    fields += [("status", resource.status), ("checked", f"{resource.last_reviewed}, confidence {resource.confidence}")]
    fields += [("asked as", question) for question in resource.questions]
    fields += [("evidence", f"{item.url} ({item.note})") for item in resource.evidence]
    print_fields(f"{resource.name} [{resource.id}]", fields, console)


def _print_table(resources: Sequence[Resource], taxonomy: Taxonomy, console: Console) -> None:
    table = Table("id", "name", "kind", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for resource in resources:
        kind = taxonomy.term("kinds", resource.kind).prefLabel
        table.add_row(Text(clean(resource.id), style="cyan"), Text(clean(resource.name)), kind)
    console.print(table)
    console.print(f"{len(resources)} sources. Details: coprod-match catalogue show ID", style="dim")


def _csv(resources: Sequence[Resource]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_LISTED)
    writer.writerows([getattr(resource, field) for field in _LISTED] for resource in resources)
    return out.getvalue()


def _plain(resource: Resource) -> dict[str, Any]:
    return asdict(resource) | {"last_reviewed": resource.last_reviewed.isoformat()}
