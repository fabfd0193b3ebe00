"""`coprod-match catalogue`: look at the sources, and check a file of them."""

from typing import Annotated

import typer

from coprod_match.cli import options
from coprod_match.cli.options import Format
from coprod_match.errors import RequestError, UnknownTermError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look at the catalogue of sources, or check your own.",
    epilog="Try: coprod-match catalogue list --kind fund",
)


@app.command()
def check(
    file: options.CatalogueArgument = None,
    taxonomy: options.TaxonomyFile = None,
    warnings: Annotated[bool, typer.Option(help="Also show what only deserves a look.")] = True,
) -> None:
    """Check a catalogue file: every problem at once, with its line, the nearest guess and what to do.

    \b
    Examples:
      coprod-match catalogue check
      coprod-match catalogue check my-resources.yaml --no-warnings
    """
    from coprod_match.cli.console import errors_console, output
    from coprod_match.files.bundled import CATALOGUE_FILE, bundled
    from coprod_match.files.load import check_catalogue, load_taxonomy

    catalogue, problems = check_catalogue(file, load_taxonomy(taxonomy))
    errors = [problem for problem in problems if problem.level == "error"]
    console = errors_console()
    for problem in problems if warnings else errors:
        console.print(
            f"{problem.level}: {problem}", style="red" if problem.level == "error" else "yellow", soft_wrap=True
        )
    name = (file or bundled(CATALOGUE_FILE)).name
    size = "" if catalogue is None else f" {len(catalogue)} sources, version {catalogue.version}."
    output().print(
        f"{name}:{size} {_count(len(errors), 'error')}, {_count(len(problems) - len(errors), 'warning')}.",
        soft_wrap=True,
    )
    if errors:
        raise typer.Exit(1)


@app.command("list")
def list_(
    role: options.Role = None,
    need: options.Needs = None,
    theme: options.Themes = None,
    place: options.Place = None,
    free: options.Free = False,
    jurisdiction: options.Jurisdictions = None,
    kind: options.Kinds = None,
    exclude_historic: options.ExcludeHistoric = False,
    format: options.OutputFormat = Format.TABLE,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
) -> None:
    """List the sources that carry all the tags that you name, in alphabetical order.

    \b
    Examples:
      coprod-match catalogue list --kind fund --jurisdiction northern-ireland
      coprod-match catalogue list --need training --format csv
    """
    from coprod_match.cli.console import errors_console, output
    from coprod_match.cli.streams import emit, knows_unicode
    from coprod_match.engine.resolve import Labels
    from coprod_match.engine.select import select
    from coprod_match.files.load import load_catalogue, load_taxonomy
    from coprod_match.render.entries import entries_text, print_entries

    terms = load_taxonomy(taxonomy)
    found = select(
        load_catalogue(catalogue, terms),
        Labels(terms),
        role=role,
        need=need or (),
        theme=theme or (),
        place=place,
        filters=options.filters(free, jurisdiction, kind, exclude_historic),
    )
    if not found:
        errors_console().print("No source carries all of these. Try with fewer.", soft_wrap=True)
    found.sort(key=lambda resource: (resource.name.casefold(), resource.id))
    if format is Format.TABLE and output().is_terminal:
        print_entries(found, terms, output())
    else:
        emit(entries_text(found, format, ascii=not knows_unicode()))


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="The id of a source, as `catalogue list` shows it.")],
    format: options.OutputFormat = Format.TABLE,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
) -> None:
    """Show all that is known about one source. A close spelling of its id will do.

    \b
    Examples:
      coprod-match catalogue show community-places
      coprod-match catalogue show scdc --format json
    """
    from coprod_match.cli.console import errors_console, output
    from coprod_match.cli.streams import emit, knows_unicode
    from coprod_match.engine.resolve import find_resource
    from coprod_match.files.load import load_catalogue, load_taxonomy
    from coprod_match.render.entries import entries_text, print_entry

    terms = load_taxonomy(taxonomy)
    try:
        resource = find_resource(load_catalogue(catalogue, terms), id)
    except UnknownTermError as error:
        hint = "" if error.nearest else " See all sources with: coprod-match catalogue list"
        raise RequestError(f"{error}{hint}") from None
    if resource.id != id:
        errors_console().print(f"Read “{id}” as “{resource.id}”.", soft_wrap=True)
    if format is Format.TABLE:
        print_entry(resource, terms, output())
    else:
        emit(entries_text([resource], format, ascii=not knows_unicode()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
