"""A result for people to read, as lines of text: what was understood, a card for each entry, and a next step."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from coprod_match.engine.speech import Speech, listen
from coprod_match.model.result import Contribution, Facet, Recommendation, Result
from coprod_match.printable import clean
from coprod_match.render.wording import SORTS, heading, understood_line

INDENT = 4
"""Columns before the lines of a card."""
_FACETS: dict[Facet, str] = {
    "words": "word",
    "meaning": "meaning",
    "name": "named",
    "role": "who you are",
    "support_type": "kind of help",
    "theme": "theme",
    "place": "place",
}
_LEVEL_STYLES = {"strong": "bold green", "fair": "bold", "weak": "bold yellow", "none": "bold yellow"}


class Line(Struct, frozen=True, eq=False, gc=False):
    """One line: its parts, each with a style by rich's names, and how far it goes in where it has to be wrapped."""

    parts: tuple[tuple[str, str], ...] = ()
    indent: int = 0
    whole: bool = False
    """Never wrapped: an address, or a row of figures."""


def as_text(result: Result, *, explain: bool = False) -> str:
    """The answer as plain text, each line whole."""
    lines = ("".join(clean(text) for text, _ in line.parts) for line in answer_lines(result, explain=explain))
    return "".join(f"{line}\n" for line in lines)


def answer_lines(result: Result, *, explain: bool = False) -> Iterator[Line]:
    """The answer; with `explain`, the points of each entry too."""
    yield from opening(result, faint=explain)
    asked = listen(" . ".join((*result.request.needs, *result.request.themes, result.request.text or "")))
    for entry in result.recommendations:
        yield from _card(entry)
        if explain:
            yield from _points(entry, asked)
        yield Line()
    yield from closing(result)


def opening(result: Result, *, faint: bool = False) -> Iterator[Line]:
    """What was understood, how good the answer is, and what to heed before it."""
    yield Line(((f"We understood: {understood_line(result, faint=faint)}", "dim"),))
    yield Line(((heading(result), _LEVEL_STYLES[result.confidence]),))
    yield Line()
    if result.notice:
        yield Line(((result.notice, "bold"),))
        yield Line()


def closing(result: Result) -> Iterator[Line]:
    """What to do next."""
    if result.advice:
        yield Line(((result.advice, ""),))


def shown(contributions: Sequence[Contribution]) -> Iterator[tuple[Contribution, str]]:
    """Each contribution with its points to four digits, rounded so that the column adds up to the rounded total."""
    total = before = 0.0
    for part in contributions:
        total += part.points
        after = round(total, 4)
        yield part, f"{after - before:.4f}"
        before = after


def _card(entry: Recommendation) -> Iterator[Line]:
    resource, margin = entry.resource, " " * INDENT
    title = ((f"{entry.rank:>2}. ", ""), (resource.name, "bold"), (f" ({SORTS[entry.sort]})", "cyan"))
    yield Line(title, INDENT)
    yield Line(((margin + " ".join(entry.reasons), ""),), INDENT)
    for caution in entry.cautions:
        yield Line(((f"{margin}Please note: {caution}", "yellow"),), INDENT)
    yield Line(((margin + resource.url, "blue"),), whole=True)


def _points(entry: Recommendation, asked: Speech) -> Iterator[Line]:
    for part, points in shown(entry.contributions):
        feature = asked.quote(part.feature) if part.facet == "words" else part.feature
        yield Line(((f"{'':{INDENT}}{points:>9}  {_FACETS[part.facet]}: {feature}", ""),), whole=True)
    yield Line(((f"{'':{INDENT}}{entry.score:>9.4f}  in all", "bold"),), whole=True)
