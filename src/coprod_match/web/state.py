"""What the server holds while it runs: the matcher of now, which a change of the data replaces."""

import hashlib
import sys
from dataclasses import dataclass, replace
from importlib.metadata import version

from fastapi import Request

from coprod_match.engine.resolve import Labels
from coprod_match.errors import CoprodMatchError, DataError, Problem, UnknownTermError
from coprod_match.matcher import Matcher
from coprod_match.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that comes from the data files as they were at one time."""

    matcher: Matcher
    labels: Labels
    version: str
    """Changes when any answer may change: with the data files, the home, or the program."""


class Live:
    """The data of now. A change that cannot be used leaves them as they are, and `problems` says why."""

    def __init__(self, settings: Settings) -> None:
        """Load the data files. Raises DataError with every problem in them."""
        self._settings = settings
        self.now = _load(settings)
        self.problems: tuple[str, ...] = ()

    def reload(self) -> None:
        """Read the data files again."""
        try:
            self.now = _load(self._settings)
        except CoprodMatchError as error:
            self.problems = tuple(str(error).splitlines())
            print(
                "The changed data cannot be used; the earlier ones still answer.",
                *self.problems,
                sep="\n",
                file=sys.stderr,
                flush=True,
            )
        else:
            self.problems = ()
            catalogue = self.now.matcher.catalogue
            print(
                f"Data read again: {len(catalogue)} sources, version {catalogue.version}.", file=sys.stderr, flush=True
            )


def _load(settings: Settings) -> Loaded:
    matcher = Matcher.load(*settings.data_files)
    labels = Labels(matcher.taxonomy)
    if settings.home:
        matcher = _at_home(matcher, labels, settings.home)
    parts = (version("coprod-match"), matcher.catalogue.version, repr(matcher.taxonomy), repr(matcher.ranking))
    return Loaded(matcher, labels, hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16])


def _at_home(matcher: Matcher, labels: Labels, home: str) -> Matcher:
    try:
        place = labels.require("home", "places", home).term.id
    except UnknownTermError as error:
        raise DataError([Problem("settings", str(error))]) from None
    ranking = replace(matcher.ranking, home=place, unknown_place=place)
    return Matcher(matcher.catalogue, matcher.taxonomy, ranking, matcher.models)


def get_live(request: Request) -> Live:
    """What the server holds."""
    live: Live = request.app.state.live
    return live


def get_matcher(request: Request) -> Matcher:
    """The matcher of now."""
    return get_live(request).now.matcher


def get_settings(request: Request) -> Settings:
    """The operator's settings."""
    settings: Settings = request.app.state.settings
    return settings
