"""`coprod-match batch`: a sheet of requests in, a sheet of answers out."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from coprod_match.cli import options
from coprod_match.cli.exits import EXIT_DATA, EXIT_INTERRUPTED
from coprod_match.cli.extras import need_extra
from coprod_match.errors import RequestError
from coprod_match.printable import clean

if TYPE_CHECKING:
    from coprod_match.batch.run import Counts, Job
    from coprod_match.batch.table import Table
    from coprod_match.matcher import Matcher
    from coprod_match.model.request import Filters

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_BEYOND = "Beyond one machine"
_FEW = 1_000  # rows below which other processes are not worth starting


class Engine(StrEnum):
    """What does the matching."""

    LOCAL = "local"
    SPARK = "spark"


class RowFormat(StrEnum):
    """How rows are printed."""

    CSV = "csv"
    JSONL = "jsonl"


@app.command("batch")
def batch(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sheet of requests; - reads standard input.")],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", help="Where to write: .xlsx, .csv, .jsonl or .parquet; else to standard output."),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook: its name or number.")] = None,
    map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="PART=COLUMN",
            help="The column that holds role, need, theme, place or text. May be repeated; PART= alone: none does.",
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", help="How many sources to name for each row.", min=1, max=100)] = 5,
    free: options.Free = False,
    jurisdiction: options.Jurisdictions = None,
    kind: options.Kinds = None,
    exclude_historic: options.ExcludeHistoric = False,
    format: Annotated[
        RowFormat, typer.Option("--format", "-f", case_sensitive=False, help="How to print to standard output.")
    ] = RowFormat.CSV,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run to --out that was stopped.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that match; as many as there are cores.", min=1, max=64)
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What matches: this machine, or Spark.", rich_help_panel=_BEYOND)
    ] = Engine.LOCAL,
    master: Annotated[
        str | None,
        typer.Option("--master", metavar="URL", help="Where Spark is: spark://HOST:7077 ...", rich_help_panel=_BEYOND),
    ] = None,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
    ranking: options.RankingFile = None,
) -> None:
    """Match every row of a spreadsheet: CSV, XLSX, XLS, ODS, Parquet or JSON Lines.

    Columns are recognised by what they are called; rows that cannot be read are listed with what to do about them.

    \b
    Examples:
      coprod-match batch requests.xlsx --out matched.xlsx
      coprod-match batch answers.csv --out matched.xlsx --map text="Please describe" --map role=
      coprod-match batch requests.csv --format jsonl > matched.jsonl
      coprod-match batch requests.parquet --out matched.parquet --engine spark --master spark://host:7077
    """
    need_extra("batch")
    from coprod_match.batch.columns import passed_over, recognise
    from coprod_match.batch.outputs import check_kind
    from coprod_match.batch.read import read_table
    from coprod_match.batch.run import Job
    from coprod_match.cli.console import say

    given, conditions = _mapping(map or []), options.filters(free, jurisdiction, kind, exclude_historic)
    if engine is Engine.SPARK:
        from coprod_match.cli.batch_spark import match_on_spark

        _refuse("--engine spark", {"--sheet": sheet, "--resume": resume, "--workers": workers})
        matcher = _matcher(catalogue, taxonomy, ranking, conditions)
        _end(match_on_spark(file, out, given, matcher, conditions, top=top, master=master), out)
    _refuse("--engine local", {"--master": master})
    target = Path(out) if out else None
    with _source(Path(file)) as path:
        table = read_table(path, sheet=sheet, mapped=[name for names in given.values() for name in names])
        columns = recognise(table.names, given)
        read = [f"{table.where}: {_rows(table.total)}{_header(table)}", str(columns)]
        say("\n".join([*read, *passed_over(table.names, columns)]))
        if target:
            check_kind(target, table, top)
        job = Job(_matcher(catalogue, taxonomy, ranking, conditions), columns, top, conditions)
        crew = workers or (os.cpu_count() or 1 if table.total >= _FEW else 1)
        counts = _run(table, job, path, target, format, resume=resume, workers=crew)
    _end(counts, out)


def _run(
    table: "Table", job: "Job", source: Path, out: Path | None, format: RowFormat, *, resume: bool, workers: int
) -> "Counts":
    """Match a table into the file `out`, or to standard output where there is none."""
    from coprod_match.batch.outputs import write_file, write_stream
    from coprod_match.cli.console import say

    try:
        with _progress(table.total) as advance:
            if out:
                return write_file(table, job, source, out, resume=resume, workers=workers, progress=advance)
            with _output() as stream:
                return write_stream(table, job, stream, format.value, workers=workers, progress=advance)
    except KeyboardInterrupt:
        say("Stopped." + (" Run it again with --resume to go on from here." if out else ""))
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _end(counts: "Counts", out: str | None) -> NoReturn:
    """Say what came of it, and leave with the code for it."""
    from coprod_match.cli.console import say

    say(_summary(counts, out))
    raise typer.Exit(EXIT_DATA if counts.needs_attention else 0)


def _matcher(catalogue: Path | None, taxonomy: Path | None, ranking: Path | None, conditions: "Filters") -> "Matcher":
    from coprod_match.matcher import Matcher

    matcher = Matcher.load(catalogue, taxonomy, ranking)
    matcher.recommend(text="help", filters=conditions, top=1)  # conditions that cannot be met are told at once
    return matcher


def _refuse(engine: str, options: Mapping[str, object]) -> None:
    """Raise RequestError for the first option that was given and means nothing to an engine."""
    for name, value in options.items():
        if value:
            raise RequestError(f"{name} does not go with {engine}.")


def _mapping(given: list[str]) -> dict[str, list[str]]:
    """The columns that were named, by part."""
    found: dict[str, list[str]] = {}
    for item in given:
        part, equals, column = item.partition("=")
        if not equals:
            raise RequestError(f'--map: say the part and the column, as in --map text="Please describe"; not “{item}”.')
        found.setdefault(part.strip(), []).extend([column] if column else [])
    return found


@contextmanager
def _source(file: Path) -> Iterator[Path]:
    """The file of requests; standard input is kept in a file of its own for as long as we read it."""
    if str(file) != "-":
        yield file
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard input"
        with path.open("wb") as kept:
            if sys.stdin is not None:
                shutil.copyfileobj(sys.stdin.buffer, kept)
        yield path


@contextmanager
def _output() -> Iterator[TextIO]:
    """Standard output as UTF-8 text with line ends as they are written, whatever the terminal knows."""
    sys.stdout.flush()
    stream = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield stream
    finally:
        stream.detach()


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far we are; say nothing elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from coprod_match.cli.console import errors_console

    console = errors_console()
    rate = TextColumn("{task.fields[rate]}")
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("rows"), rate, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task("", total=rows, rate="")

        def advance(done: int) -> None:
            speed = shown.tasks[task].speed
            shown.update(task, advance=done, rate=f"{speed:,.0f} a second" if speed else "")

        yield advance


def _header(table: "Table") -> str:
    """Which row is the header, where others stand above it: they are not matched, and might be no titles."""
    return f" under the header, which is row {table.header:,}" if table.header > 1 else ""


def _summary(counts: "Counts", out: str | None) -> str:
    where = f" Written to {clean(out)}." if out else ""
    lines = [
        f"{_rows(counts.rows)}: {counts.matched:,} matched, {counts.nothing_fits:,} for which nothing fits, "
        f"{counts.needs_attention:,} that need attention.{where}"
    ]
    if counts.duplicates:
        lines.append(f"Asked before in the same words: {_rows(counts.duplicates)}, with the same answer.")
    if counts.blank:
        lines.append(f"Passed over as blank: {_rows(counts.blank)}.")
    if counts.needs_attention:
        place = "the sheet “Needs attention”" if out and out.lower().endswith(".xlsx") else "the column “what_to_do”"
        lines.append(f"What to do about those that need attention stands in {place}.")
    return "\n".join(lines)


def _rows(number: int) -> str:
    return f"{number:,} row" + ("s" if number != 1 else "")
