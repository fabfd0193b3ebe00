"""`coprod-match tune`: learn the weights of the ranking from judged requests."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coprod_match.cli import options
from coprod_match.cli.extras import need_extra
from coprod_match.errors import DataError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from coprod_match.evaluation.tune import Proposal
    from coprod_match.model.ranking import Ranking

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("tune")
def tune(
    file: Annotated[
        Path | None, typer.Argument(help="Judged requests; those that come with coprod-match if left out.")
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the proposed ranking.yaml here. Nothing is written without it."),
    ] = None,
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
    ranking: options.RankingFile = None,
) -> None:
    """Learn weights from requests that advisers have judged, and see what that would gain.

    Gains are measured on requests that were left out of the learning. Your data does not change unless you say so.

    \b
    Examples:
      coprod-match tune
      coprod-match tune --write proposed-ranking.yaml
    """
    need_extra("evaluate")
    from rich.progress import Progress

    from coprod_match.cli.console import errors_console, output
    from coprod_match.evaluation.tune import FOLDS, REPEATS
    from coprod_match.evaluation.tune import tune as learn
    from coprod_match.files.bundled import JUDGEMENTS_FILE, RANKING_FILE, bundled
    from coprod_match.files.edit import with_numbers
    from coprod_match.files.load import load_judgements
    from coprod_match.files.write import write_whole
    from coprod_match.files.yaml_reader import Location
    from coprod_match.matcher import Matcher

    matcher = Matcher.load(catalogue, taxonomy, ranking)
    judgements = load_judgements(file, matcher.catalogue, matcher.taxonomy)
    graded = sum(bool(request.grades) for request in judgements.in_scope)
    if graded < FOLDS:
        message = f"Learning needs at least {FOLDS} requests in scope with grades; this file has {graded}."
        raise DataError([Problem((file or bundled(JUDGEMENTS_FILE)).name, message)])
    with Progress(console=errors_console(), transient=True) as progress:
        task = progress.add_task("learning", total=FOLDS * REPEATS)
        proposal = learn(matcher, judgements, lambda done: progress.update(task, completed=done))
    _print(proposal, matcher.ranking, output())
    if write is not None:
        numbers: dict[Location, float] = {
            ("weights", part, "value"): round(weight, 2) for part, weight in proposal.weights.items()
        }
        numbers |= {
            ("chance", name, "value"): round(getattr(proposal.chance, name), 1) for name in ("slope", "intercept")
        }
        try:
            write_whole(write, with_numbers(ranking or bundled(RANKING_FILE), numbers).encode())
        except OSError as error:
            raise DataError([Problem(str(write), f"The file cannot be written: {error.strerror}.")]) from None
        output().print(f"Proposed settings written to {write}.", soft_wrap=True)


def _print(proposal: "Proposal", ranking: "Ranking", console: "Console") -> None:
    from rich.table import Table

    weights = Table("part", "weight now", "learnt", "top 5 places that change at ±20 %", box=None, padding=(0, 2, 0, 0))
    for part, weight in proposal.weights.items():
        now = getattr(ranking.weights, part).value
        weights.add_row(part.replace("_", " "), f"{now:.2f}", f"{weight:.2f}", f"{proposal.sensitivity[part]:.1%}")
    console.print(weights)
    console.print()
    figures = Table(
        "setting", "nDCG@5 now", "learnt, cross-validated", "gain (95 % interval)", box=None, padding=(0, 2, 0, 0)
    )
    for name, gain in proposal.gain.items():
        interval = f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
        figures.add_row(name, f"{proposal.now[name].mean:.3f}", f"{proposal.learnt[name].mean:.3f}", interval)
    console.print(figures)
    chance = proposal.chance
    curve = f"slope {chance.slope:.1f}, intercept {chance.intercept:.1f}"
    console.print(
        f"\nChance: {curve}; expected calibration error {chance.error:.3f} on requests left out of it.",
        soft_wrap=True,
    )
