"""`coprod-match recommend`: one request, one answer."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_match.cli import options
from coprod_match.cli.options import Format
from coprod_match.errors import RequestError

if TYPE_CHECKING:
    from coprod_match.model.result import Result

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("recommend")
def recommend(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="The need in your own words, as with --text.")
    ] = None,
    role: options.Role = None,
    need: options.Needs = None,
    theme: options.Themes = None,
    place: options.Place = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", help="The need in your own words; - reads it from standard input.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="What your words do not mean: a kind of help or a theme. May be repeated."),
    ] = None,
    free: options.Free = False,
    jurisdiction: options.Jurisdictions = None,
    kind: options.Kinds = None,
    exclude_historic: options.ExcludeHistoric = False,
    top: Annotated[int, typer.Option("--top", help="How many sources to name.", min=1, max=100)] = 5,
    format: options.OutputFormat = Format.TABLE,
    explain: Annotated[bool, typer.Option("--explain", help="Show the points behind each place in the list.")] = False,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
    ranking: options.RankingFile = None,
) -> None:
    """Get a ranked list of sources for a need, each with reasons.

    Say any of: who you are, what help you need, what it is about, where you are, and the need in your own words.

    \b
    Examples:
      coprod-match recommend --role council --need toolkit
      coprod-match recommend --place Fermanagh "only the usual people turn up"
      coprod-match recommend -r community-group -n funding --free --top 10 --format markdown
    """
    if explain and format in (Format.CSV, Format.MARKDOWN):
        raise RequestError("--explain goes with the table; --format json always holds the points.")
    from coprod_match.matcher import Matcher  # not needed for --help

    parts = [_standard_input() if part == "-" else part for part in (" ".join(words or ()), text or "")]
    result = Matcher.load(catalogue, taxonomy, ranking).recommend(
        role=role,
        need=need or (),
        theme=theme or (),
        place=place,
        text=" ".join(filter(None, parts)) or None,
        without=without or (),
        filters=options.filters(free, jurisdiction, kind, exclude_historic),
        top=top,
    )
    _print(result, format, explain=explain)


def _print(result: "Result", format: Format, *, explain: bool) -> None:
    from coprod_match.cli.streams import emit, emit_for_people, knows_unicode

    if format is Format.TABLE and sys.stdout.isatty():
        from coprod_match.cli.console import output
        from coprod_match.render.terminal import print_result

        print_result(result, output(), explain=explain)
        return
    if format is Format.TABLE:
        from coprod_match.render.cards import as_text

        emit_for_people(as_text(result, explain=explain))
        return
    from coprod_match.render.data import as_csv, as_json
    from coprod_match.render.markdown import as_markdown

    ascii = not knows_unicode()
    if format is Format.CSV and result.notice:  # the table has no place for it, and it must not go unheard
        from coprod_match.cli.console import say

        say(result.notice, style="bold")
    if format is Format.JSON:
        emit(as_json(result, ascii=ascii))
    else:
        emit(as_csv(result) if format is Format.CSV else as_markdown(result))


def _standard_input() -> str:
    if sys.stdin is None:  # it was closed before we began
        return ""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(f"text: standard input is not UTF-8 text (byte {error.start}).") from None
