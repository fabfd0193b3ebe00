"""Terms of the taxonomy for people and for machines."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.render.text import escape_markdown, print_fields


def print_terms(taxonomy: Taxonomy, schemes: Sequence[str], format: str, console: Console) -> None:
    """Print the terms of some schemes."""
    terms = [(scheme, term) for scheme in schemes for term in taxonomy.scheme(scheme)]
    if format == "json":
        data = {scheme: [asdict(term) for term in taxonomy.scheme(scheme)] for scheme in schemes}
        console.out(json.dumps(data, indent=2, ensure_ascii=False), highlight=False)
    elif format == "csv":
        console.out(_csv(terms), end="", highlight=False)
    elif format == "markdown":
        for _, term in terms:
            console.out(
                f"- **{escape_markdown(term.prefLabel)}** (`{term.id}`): {escape_markdown(term.scopeNote)}",
                highlight=False,
            )
    elif console.is_terminal:
        _print_table(terms, console)
    else:
        for scheme, term in terms:
            console.out(f"{scheme}\t{term.id}\t{term.prefLabel}", highlight=False)


def print_term(scheme: str, term: Term, format: str, console: Console) -> None:
    """Print all that is known about one term."""
    if format == "json":
        console.out(json.dumps({"scheme": scheme} | asdict(term), indent=2, ensure_ascii=False), highlight=False)
    elif format == "csv":
        console.out(_csv([(scheme, term)]), end="", highlight=False)
    else:
        fields = [
            ("scheme", scheme.replace("_", " ")),
            ("covers", term.scopeNote),
            ("also called", ", ".join(term.altLabel)),
        ]
        fields += [
            ("wider term", term.broader or ""),
            ("related", ", ".join(f"{link.id} ({link.closeness})" for link in term.related)),
        ]
        fields += [("people say", example) for example in term.example]
        print_fields(f"{term.prefLabel} [{term.id}]", fields, console)


def _print_table(terms: Sequence[tuple[str, Term]], console: Console) -> None:
    table = Table("scheme", "id", "name", "covers", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for scheme, term in terms:
        table.add_row(scheme.replace("_", " "), Text(term.id, style="cyan"), Text(term.prefLabel), Text(term.scopeNote))
    console.print(table)


def _csv(terms: Sequence[tuple[str, Term]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("scheme", "id", "prefLabel", "altLabel", "scopeNote"))
    writer.writerows(
        (scheme, term.id, term.prefLabel, "; ".join(term.altLabel), term.scopeNote) for scheme, term in terms
    )
    return out.getvalue()
