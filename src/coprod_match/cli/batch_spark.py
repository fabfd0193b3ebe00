"""`coprod-match batch --engine spark`: the same answers, by as many machines as Spark has."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import typer

from coprod_match.cli.exits import EXIT_INTERRUPTED
from coprod_match.cli.extras import need_extra
from coprod_match.errors import RequestError

if TYPE_CHECKING:
    from coprod_match.batch.run import Counts
    from coprod_match.matcher import Matcher
    from coprod_match.model.request import Filters


def match_on_spark(
    file: str,
    out: str | None,
    given: Mapping[str, Sequence[str]],
    matcher: "Matcher",
    filters: "Filters",
    *,
    top: int,
    master: str | None,
) -> "Counts":
    """Match a file into a folder. Raises RequestError when either is not named, and whatever a run raises."""
    need_extra("spark")
    from coprod_match.cli.console import say
    from coprod_match.spark.files import FileRun
    from coprod_match.spark.formats import format_of
    from coprod_match.spark.session import interruptible, session

    if out is None or file == "-":
        raise RequestError("With --engine spark, name a file to read, and with --out a folder to write.")
    for name in (file, out):
        format_of(name)  # told before Spark is started, which takes a while
    try:
        with session(master) as running:
            work = FileRun(running, file, out, given)
            say("\n".join([file, str(work.columns), *work.passed_over]))
            return interruptible(running, partial(work.match, matcher, top=top, filters=filters))
    except KeyboardInterrupt:
        say("Stopped. Nothing was written.")
        raise typer.Exit(EXIT_INTERRUPTED) from None
