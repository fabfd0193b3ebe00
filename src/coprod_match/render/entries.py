"""Entries of the catalogue for people and for machines."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.printable import clean
from coprod_match.render.text import csv_text, escape_markdown, print_fields

_LISTED = ("id", "name", "kind", "provider", "cost", "status", "url")


def entries_text(resources: Sequence[Resource], format: str, *, ascii: bool = False) -> str:
    """A list of entries for machines: as JSON, CSV, Markdown, or lines of id, name and address between tabs."""
    if format == "json":
        return json.dumps([resource_to_dict(resource) for resource in resources], indent=2, ensure_ascii=ascii) + "\n"
    if format == "csv":
        return csv_text(_LISTED, ([getattr(resource, field) for field in _LISTED] for resource in resources))
    if format == "markdown":
        return "".join(
            f"- [{escape_markdown(resource.name)}]({resource.url}): {escape_markdown(resource.summary)}\n"
            for resource in resources
        )
    return "".join(f"{resource.id}\t{clean(resource.name)}\t{clean(resource.url)}\n" for resource in resources)


def print_entries(resources: Sequence[Resource], taxonomy: Taxonomy, console: Console) -> None:
    """Print a list of entries for people."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("id", no_wrap=True, overflow="ignore")
    table.add_column("name", ratio=1)
    table.add_column("kind")
    for resource in resources:
        kind = taxonomy.term("kinds", resource.kind).prefLabel
        table.add_row(Text(clean(resource.id), style="cyan"), Text(clean(resource.name)), kind)
    console.print(table)
    console.print(f"{len(resources)} sources. Details: coprod-match catalogue show ID", style="dim")


def print_entry(resource: Resource, taxonomy: Taxonomy, console: Console) -> None:
    """Print all that is known about one entry."""
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


def resource_to_dict(resource: Resource) -> dict[str, Any]:
    """The JSON form of an entry."""
    found: dict[str, Any] = msgspec.to_builtins(resource)
    return found
