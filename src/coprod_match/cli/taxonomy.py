"""`coprod-match taxonomy`: the words in which needs and sources meet."""

from typing import Annotated

import typer

from coprod_match.cli import options
from coprod_match.cli.options import Format

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look at the words that describe needs and sources.",
    epilog="Try: coprod-match taxonomy show PB",
)


@app.command("list")
def list_(
    scheme: Annotated[
        str | None, typer.Argument(help="A part of it, such as roles, themes or places. All of them if left out.")
    ] = None,
    format: options.OutputFormat = Format.TABLE,
    taxonomy: options.TaxonomyFile = None,
) -> None:
    """List the terms of the taxonomy, with what each covers.

    \b
    Examples:
      coprod-match taxonomy list support_types
      coprod-match taxonomy list --format csv
    """
    from coprod_match.cli.console import output
    from coprod_match.cli.streams import emit, knows_unicode
    from coprod_match.engine.resolve import find_scheme
    from coprod_match.files.load import load_taxonomy
    from coprod_match.model.taxonomy import SCHEMES
    from coprod_match.render.terms import print_terms, terms_text

    known = load_taxonomy(taxonomy)
    chosen = SCHEMES if scheme is None else (find_scheme(scheme),)
    terms = [(name, term) for name in chosen for term in known.scheme(name)]
    if format is Format.TABLE and output().is_terminal:
        print_terms(terms, output())
    else:
        emit(terms_text(terms, format, ascii=not knows_unicode()))


@app.command()
def show(
    term: Annotated[str, typer.Argument(help="An id, a label, an acronym or an everyday word.")],
    format: options.OutputFormat = Format.TABLE,
    taxonomy: options.TaxonomyFile = None,
) -> None:
    """Show one term: its labels, its neighbours and what people say when they mean it. A close spelling will do.

    \b
    Examples:
      coprod-match taxonomy show toolkit
      coprod-match taxonomy show "usual suspects"
    """
    from coprod_match.cli.console import errors_console, output
    from coprod_match.cli.streams import emit, knows_unicode
    from coprod_match.engine.resolve import Labels
    from coprod_match.files.load import load_taxonomy
    from coprod_match.render.terms import print_term, terms_text

    terms = load_taxonomy(taxonomy)
    found = Labels(terms).anywhere(term)
    if found[0].confidence < 1:
        errors_console().print(f"Read “{term}” as “{found[0].term.prefLabel}”.", soft_wrap=True)
    if format is not Format.TABLE:
        emit(terms_text([(reading.scheme, reading.term) for reading in found], format, ascii=not knows_unicode()))
        return
    for reading in found:
        print_term(reading.scheme, reading.term, output())
