"""Plots of cost against the size of the catalogue."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from figures import EXPLAINED, OURS, Series
from matplotlib.axes import Axes
from matplotlib.figure import Figure

OWN = {OURS: "#0b5d57", EXPLAINED: "#4aa39b"}
OTHERS = ("#b3541e", "#d9a05b", "#6a4c93", "#7d7d7d", "#3a6ea5", "#b8405e")
"""One colour each, told apart by their markers too."""
MARKERS = "osD^vPX*"


def draw(series: Mapping[str, Series], file: Path) -> None:
    """Draw build time, requests per second and size of the index, and write them to an SVG file."""
    others = iter(OTHERS)
    looks = {
        name: {"color": OWN.get(name) or next(others), "marker": MARKERS[number], "lw": 2.4 if name in OWN else 1.2}
        for number, name in enumerate(series)
    }
    with mpl.rc_context({"svg.hashsalt": "scale", "font.size": 10, "svg.fonttype": "none"}):
        figure = Figure(figsize=(13, 4.6), layout="constrained")
        build, many, index = figure.subplots(1, 3)
        panel(build, "Build (seconds)", {name: one.build for name, one in series.items()}, looks)
        rates = {name: {size: 1 / each for size, each in one.many.items()} for name, one in series.items()}
        panel(many, "Requests per second, one thread", rates, looks)
        sizes = {name: {size: held / 1e6 for size, held in one.index.items()} for name, one in series.items()}
        panel(index, "Index: arrays or files (MB)", sizes, looks)
        handles, labels = many.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
        file.parent.mkdir(exist_ok=True)
        figure.savefig(file, metadata={"Date": None})


def panel(
    axes: Axes, title: str, lines: Mapping[str, Mapping[int, float]], looks: Mapping[str, Mapping[str, object]]
) -> None:
    """One plot with logarithmic axes. What is nought (no index) is left out."""
    for name, values in lines.items():
        shown = {size: value for size, value in values.items() if value > 0}
        if shown:
            axes.plot(list(shown), list(shown.values()), label=name, markersize=5, **looks[name])  # type: ignore[arg-type]
    axes.set(xscale="log", yscale="log", title=title, xlabel="entries in the catalogue")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
