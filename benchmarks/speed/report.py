"""Write the tables of docs/performance.md from the figures that `run.py` wrote down; `--plots` draws them as well.

python benchmarks/speed/report.py [--plots]

A table stands between `<!-- bench: NAME -->` and `<!-- end -->`; everything else on the page stays as it is.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures import EXPLAINED, OURS, Series, all_series, exponent

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "performance.md"
RESULTS = HERE / "results.json"
RIVAL = "bm25s, numba"
BUSY = 1.0
"""More processes than this that waited for a processor before the start make a machine a busy one."""

_BLOCK = re.compile(r"(?P<mark><!-- bench: (?P<name>[a-z ]+) -->)\n.*?<!-- end -->", re.DOTALL)

Figures = Mapping[str, Any]
All = Mapping[str, Series]


def updated(page: str, figures: Figures) -> str:
    """The text of a page with every table as the figures have it. Raises KeyError for a table that there is not."""
    return _BLOCK.sub(lambda match: f"{match['mark']}\n\n{TABLES[match['name']](figures)}\n\n<!-- end -->", page)


def by_size(
    of: Callable[[Series], Mapping[int, float]], show: Callable[[float], str], *, by_way: bool = True
) -> Callable[[Figures], str]:
    """A table with a row for each ranker, or for each way of asking it, and a column for each size."""

    def made(figures: Figures) -> str:
        series = all_series(figures["rankers"])
        series = series if by_way else rankers(series)
        sizes = sorted({size for one in series.values() for size in one.build})
        rows = [
            [name, *(show(of(one)[size]) if size in of(one) else "–" for size in sizes)]
            for name, one in series.items()
            if of(one)
        ]
        return table(["", *(f"{size:,} entries" for size in sizes)], rows)

    return made


def rankers(series: All) -> dict[str, Series]:
    """The same with one row for ours: its index is the same whether or not it explains."""
    ours = series.get(OURS, series[EXPLAINED])
    return {OURS: ours} | {name: one for name, one in series.items() if name not in (OURS, EXPLAINED)}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with figures to the right."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def processes(figures: Figures) -> str:
    """Whole processes, and what each takes beside another one."""
    found = figures["processes"]
    rows = []
    for name, what, beside in (
        ("nothing", '`python -c ""`', ""),
        ("import typer", '`python -c "import typer"`', ""),
        ("help", "`coprod-match --help`", "import typer"),
        ("import typer, numpy", '`python -c "import typer, numpy"`', ""),
        ("recommend", "`coprod-match recommend --role council --need toolkit`", "import typer, numpy"),
        ("plain script", "a plain script: YAML, scikit-learn's TF-IDF, cosine", "recommend"),
    ):
        times = [f"{found[name][clock] * 1000:,.0f}" for clock in ("wall", "cpu")]
        ratios = [f"{found[name][clock] / found[beside][clock]:.1f}" for clock in ("wall", "cpu")] if beside else []
        rows.append([what, *times, f"{' or '.join(ratios)} × `{beside}`" if beside else ""])
    return table(["", "ms by the clock", "ms of processor time", "ratio, by either"], rows)


def growth(figures: Figures) -> str:
    """The exponents of cost against size."""
    series = all_series(figures["rankers"])
    rows = [
        [name, f"{exponent(one.build):.2f}", f"{exponent(one.many):.2f}"]
        for name, one in series.items()
        if max(one.build) > 1000
    ]
    return table(["", "build", "a request"], rows)


def goals(figures: Figures) -> str:
    """What we set out to reach, and where we are."""
    series, took = all_series(figures["rankers"]), figures["processes"]
    explained, rival = series[EXPLAINED], series[RIVAL]
    ours = series.get(OURS, explained)
    large = max(set(ours.build) & set(rival.build))
    rows = [
        _most("first answer, of `import typer, numpy`", _ratio(took, "recommend", "import typer, numpy"), 1.6),
        _most("first answer, of the plain script", _ratio(took, "recommend", "plain script"), 0.2),
        _most("`--help`, of `import typer`", _ratio(took, "help", "import typer"), 1.5),
        _most("one request, ten entries explained, of 365: median ms", explained.single_p50[365] * 1000, 1.0),
        _most("the same with five entries, as by default", explained.five_p50[365] * 1000, 1.0),
        _least("requests per second, of bm25s", rival.many[large] / ours.many[large], 1.0),
        _least("the same, ten entries explained", rival.many[large] / explained.many[large], 0.5),
        _least("two threads, of one", ours.speed_up[large], 1.7),
        _least("two processes, of one", ours.processes[large], 1.7),
        _most("build, of bm25s", ours.build[large] / rival.build[large], 1.0),
        _most("memory of the loaded index, of its arrays", ours.held[large] / ours.index[large], 1.5),
        _most("exponent of build", exponent(ours.build), 1.0),
        _most("exponent of a request", exponent(ours.many), 1.0),
    ]
    return table([f"goal (at {large:,} entries where none is named)", "wanted", "measured", ""], rows)


def likeness(figures: Figures) -> str:
    """Real and made-up entries side by side."""
    found = figures["likeness"]
    names = next(iter(found.values()))
    rows = [[name, *(f"{of[name]:,.2f}".removesuffix(".00") for of in found.values())] for name in names]
    return table(["", *found], rows)


def machine(figures: Figures) -> str:
    """What was measured on, and with what."""
    on = figures["machine"]
    with_ = ", ".join(f"{name} {version}" for name, version in on["versions"].items())
    counts = {count for one in all_series(figures["rankers"]).values() for count in one.rounds.values()}
    rounds = " to ".join(str(count) for count in sorted({min(counts), max(counts)}))
    busy = " The machine was busy with other work: times by the clock are rough." if on["load before"] > BUSY else ""
    return (
        f"Measured on {on['processors']} processors ({on['system']}, Python {on['python']}; load before the start "
        f"{on['load before']}) with {with_}. Rounds: {rounds}.{busy}"
    )


def asked(figures: Figures) -> str:
    """How many requests the figures for many rest on, at the largest size."""
    series = all_series(figures["rankers"])
    named = ", ".join(f"{name} {one.asked[max(one.asked)]:,}" for name, one in series.items())
    return f"Asked in one call of the largest catalogue: {named}."


def _ratio(found: Figures, one: str, other: str) -> float:
    """The larger of the two ratios: by the clock of an idle machine, or of processor time."""
    return max(float(found[one][clock] / found[other][clock]) for clock in ("wall", "cpu"))


def _most(goal: str, value: float, limit: float) -> list[str]:
    return [goal, f"at most {limit}", f"{value:.2f}", "met" if value <= limit else "not met"]


def _least(goal: str, value: float, limit: float) -> list[str]:
    return [goal, f"at least {limit}", f"{value:.3f}", "met" if value >= limit else "not met"]


def _figures(value: float) -> str:
    """Three significant figures."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _megabytes(value: float) -> str:
    return _figures(value / 1e6) if value else "none"


TABLES: Mapping[str, Callable[[Figures], str]] = {
    "machine": machine,
    "goals": goals,
    "processes": processes,
    "asked": asked,
    "throughput": by_size(lambda one: {size: 1 / value for size, value in one.many.items()}, _figures),
    "threads": by_size(lambda one: one.speed_up, lambda value: f"{value:.2f}"),
    "workers": by_size(lambda one: one.processes, lambda value: f"{value:.2f}"),
    "median": by_size(lambda one: one.single_p50, lambda value: _figures(value * 1000)),
    "slowest": by_size(lambda one: one.single_p99, lambda value: _figures(value * 1000)),
    "build": by_size(lambda one: one.build, _figures, by_way=False),
    "index": by_size(lambda one: one.index, _megabytes, by_way=False),
    "held": by_size(lambda one: one.held, _megabytes, by_way=False),
    "peak": by_size(lambda one: one.peak, _megabytes, by_way=False),
    "growth": growth,
    "likeness": likeness,
}
"""The name of a table → what makes it."""


def main(*, plots: bool) -> None:
    """Rewrite the page, print the goals and the growth, and draw."""
    figures = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")
    print(goals(figures), growth(figures), sep="\n\n")
    if plots:
        from plots import draw

        draw(all_series(figures["rankers"]), PAGE.parent / "images" / "scale.svg")


if __name__ == "__main__":
    main(plots="--plots" in sys.argv)
