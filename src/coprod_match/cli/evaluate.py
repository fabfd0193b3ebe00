"""`coprod-match evaluate`: how good the answers are, against judged requests."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_match.cli import options
from coprod_match.cli.extras import need_extra
from coprod_match.errors import DataError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from coprod_match.evaluation.compare import Comparison
    from coprod_match.evaluation.measures import Interval
    from coprod_match.evaluation.report import Report, Setting

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_MEASURES = ("nDCG@5", "nDCG@10", "Recall@10", "MRR", "Success@1", "Success@3", "unjudged@5", "unjudged@10")

_WIDE = 160  # from this many columns on, every figure has room for its interval


class Format(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"


@app.command("evaluate")
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="Judged requests; those that come with coprod-match if left out.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the figures.")] = Format.TABLE,
    compare: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Figures of an earlier run (--format json) to compare with.")
    ] = None,
    worst: Annotated[int, typer.Option(help="How many of the worst requests to show.", min=0)] = 10,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
    ranking: options.RankingFile = None,
) -> None:
    """Measure the answers against requests that advisers have judged, beside plain text rankers.

    Figures are means with bootstrap 95 % intervals. What was not judged counts as not useful.

    \b
    Examples:
      coprod-match evaluate
      coprod-match evaluate --format json > before.json
      coprod-match evaluate --compare before.json
    """
    need_extra("evaluate")
    from coprod_match.cli.console import output
    from coprod_match.cli.streams import emit, knows_unicode
    from coprod_match.evaluation.report import evaluate as measure_all
    from coprod_match.files.load import load_judgements
    from coprod_match.matcher import Matcher

    before = _earlier(compare) if compare is not None else {}
    matcher = Matcher.load(catalogue, taxonomy, ranking)
    report = measure_all(matcher, load_judgements(file, matcher.catalogue, matcher.taxonomy), worst=worst)
    if format is Format.JSON:
        figures = asdict(report)
        if compare is not None:
            figures["comparison"] = {name: asdict(one) for name, one in _comparisons(report, before).items()}
        emit(json.dumps(_without_nan(figures), indent=2, ensure_ascii=not knows_unicode()) + "\n")
        return
    _print(report, output())
    if compare is not None:
        _print_comparison(report, before, compare.name, output())


def _print(report: "Report", console: "Console") -> None:
    console.print(f"{report.requests} requests in scope, {report.out_of_scope} out of scope.\n")
    rows: dict[str, Mapping[str, Interval]] = dict(report.baselines)
    rows |= {f"full engine, {name}": setting.measures for name, setting in report.settings.items()}
    _print_rows(console, "ranking", {name: {m: row[m] for m in _MEASURES} for name, row in rows.items()})
    for name, setting in report.settings.items():
        _print_setting(console, name, setting)
    console.print(f"Out of scope, correctly refused: {_show(report.correctly_refused)}", soft_wrap=True)


def _print_setting(console: "Console", name: str, setting: "Setting") -> None:
    from rich.table import Table

    judged_only = setting.measures["nDCG@5, judged only"]
    console.print(name, style="bold")
    console.print(f"nDCG@5 with unjudged sources left out: {_show(judged_only)}", soft_wrap=True)
    console.print(f"Wrongly refused: {_show(setting.wrongly_refused)}", soft_wrap=True)
    _print_rows(console, "role", {role: {"nDCG@5": value} for role, value in setting.by_role.items()})
    _print_rows(console, "kind of help", {kind: {"nDCG@5": value} for kind, value in setting.by_support_type.items()})
    table = Table(
        "chance from", "stated", "useful", "recommendations", box=None, padding=(0, 2, 0, 0), header_style="dim"
    )
    for low, stated, useful, count in setting.calibration.table:
        table.add_row(f"{low:.1f}", f"{stated:.2f}", f"{useful:.2f}", str(count))
    console.print(table)
    console.print(f"Expected calibration error: {setting.calibration.error:.3f}\n", soft_wrap=True)
    for worst in setting.worst:
        console.print(
            f"{worst.ndcg:.2f}  {worst.id}  {worst.text[:100]}\n      {worst.trouble}", soft_wrap=True, markup=False
        )
    console.print()


def _print_rows(console: "Console", title: str, rows: Mapping[str, Mapping[str, "Interval"]]) -> None:
    from rich.table import Table

    names = list(next(iter(rows.values()), {}))
    roomy = console.width >= _WIDE or len(names) == 1
    table = Table(title, *names, box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name, row in rows.items():
        table.add_row(name, *(_show(row[measure], interval=roomy) for measure in names))
    console.print(table)
    console.print()


def _show(value: "Interval", *, interval: bool = True) -> str:
    if math.isnan(value.mean):
        return "no request"
    return f"{value.mean:.2f} ({value.low:.2f}-{value.high:.2f})" if interval else f"{value.mean:.2f}"


def _without_nan(value: object) -> object:
    """Plain data in which a mean of nothing is null: JSON knows no NaN."""
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _earlier(file: Path) -> Mapping[str, Mapping[str, float]]:
    """Setting → request id → nDCG@5, from the figures of an earlier run."""
    from coprod_match.evaluation.rankings import SETTINGS

    try:
        settings = json.loads(file.read_text(encoding="utf-8"))["settings"]
        return {name: {id: float(value) for id, value in settings[name]["per_request"].items()} for name in SETTINGS}
    except OSError as error:
        raise DataError([Problem(str(file), f"The file cannot be read: {error.strerror}.")]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # the last for thousands of brackets
        hint = "Make them with coprod-match evaluate --format json."
        raise DataError([Problem(file.name, "These are not figures of an earlier run.", hint)]) from None


def _comparisons(report: "Report", before: Mapping[str, Mapping[str, float]]) -> dict[str, "Comparison"]:
    """How each setting that has requests in common with the earlier run does against it."""
    from coprod_match.evaluation.compare import compare

    return {
        name: compare(setting.per_request, before[name])
        for name, setting in report.settings.items()
        if setting.per_request.keys() & before[name].keys()
    }


def _print_comparison(
    report: "Report", before: Mapping[str, Mapping[str, float]], name: str, console: "Console"
) -> None:
    found = _comparisons(report, before)
    for setting in report.settings:
        if setting not in found:
            console.print(f"{setting}: {name} holds none of these requests.", soft_wrap=True)
            continue
        result = found[setting]
        console.print(f"{setting}: nDCG@5 {_show(result.difference)} against {name}", style="bold", soft_wrap=True)
        for label, items in (("better", result.wins), ("worse", result.losses)):
            some = ", ".join(f"{id} {by:+.2f}" for id, by in items[:10])
            console.print(f"  {label}: {len(items)}  {some}", soft_wrap=True)
