"""Terms of the taxonomy for people and for machines."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.model.taxonomy import Term
from coprod_match.printable import clean
from coprod_match.render.text import csv_text, escape_markdown, print_fields

Terms = Sequence[tuple[str, Term]]
"""Terms, each with the name of its scheme."""

_LISTED = ("scheme", "id", "prefLabel", "altLabel", "scopeNote")


def terms_text(terms: Terms, format: str, *, ascii: bool = False) -> str:
    """Terms for machines: as JSON, CSV, Markdown, or lines of scheme, id and name between tabs."""
    if format == "json":
        plain = [term_to_dict(scheme, term) for scheme, term in terms]
        return json.dumps(plain, indent=2, ensure_ascii=ascii) + "\n"
    if format == "csv":
        rows = ((scheme, term.id, term.prefLabel, "; ".join(term.altLabel), term.scopeNote) for scheme, term in terms)
        return csv_text(_LISTED, rows)
    if format == "markdown":
        return "".join(
            f"- **{escape_markdown(term.prefLabel)}** (`{term.id}`): {escape_markdown(term.scopeNote)}\n"
            for _, term in terms
        )
    return "".join(f"{scheme}\t{term.id}\t{clean(term.prefLabel)}\n" for scheme, term in terms)


def term_to_dict(scheme: str, term: Term) -> dict[str, Any]:
    """The JSON form of a term."""
    found: dict[str, Any] = {"scheme": scheme} | msgspec.to_builtins(term)
    return found


def print_terms(terms: Terms, console: Console) -> None:
    """Print a list of terms for people."""
    table = Table("scheme", "id", "name", "covers", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for scheme, term in terms:
        row = Text(term.id, style="cyan"), Text(clean(term.prefLabel)), Text(clean(term.scopeNote))
        table.add_row(scheme.replace("_", " "), *row)
    console.print(table)


def print_term(scheme: str, term: Term, console: Console) -> None:
    """Print all that is known about one term."""
    fields = [
        ("scheme", scheme.replace("_", " ")),
        ("covers", term.scopeNote),
        ("also called", ", ".join(term.altLabel)),
    ]
    fields.append(("wider term", term.broader or ""))
    fields.append(("related", ", ".join(f"{link.id} ({link.closeness})" for link in term.related)))
    fields += [("people say", example) for example in term.example]
    print_fields(f"{term.prefLabel} [{term.id}]", fields, console)
