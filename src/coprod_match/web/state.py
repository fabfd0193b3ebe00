"""What the server holds while it runs: the data of now, which a change of the files replaces."""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from msgspec import structs

from coprod_match.engine.resolve import Labels
from coprod_match.errors import CoprodMatchError, DataError, Problem, UnknownTermError
from coprod_match.matcher import Matcher
from coprod_match.model.taxonomy import SCHEMES
from coprod_match.render.entries import resource_to_dict
from coprod_match.render.terms import term_to_dict
from coprod_match.version import __version__
from coprod_match.web.answering import Answers
from coprod_match.web.settings import Settings

_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that comes from the data files as they were at one time."""

    matcher: Matcher
    labels: Labels
    answers: Answers
    entries: Mapping[str, dict[str, Any]]
    """The JSON forms of the sources by id."""
    terms: tuple[dict[str, Any], ...]
    """The JSON forms of the terms of the taxonomy."""
    version: str
    """Changes when any answer may change: with the data files, the home, or the program."""


class Live:
    """The data of now. A change that cannot be used leaves them as they are, and `problems` says why."""

    def __init__(self, settings: Settings) -> None:
        """Load the data files. Raises DataError with every problem in them."""
        self._settings = settings
        self.now = self._load()
        self.problems: tuple[str, ...] = ()

    def reload(self) -> None:
        """Read the data files again, and say on standard error how it went."""
        try:
            self.now = self._load()
        except Exception as error:  # whatever it is, those who ask are answered as before
            said = str(error) if isinstance(error, CoprodMatchError) else f"{type(error).__name__} in the program"
            self.problems = tuple(said.splitlines()[:_MOST_PROBLEMS])
            _say("The changed data cannot be used; the earlier ones still answer.", *self.problems)
        else:
            self.problems = ()
            catalogue = self.now.matcher.catalogue
            _say(f"The data were read again: {len(catalogue)} sources, version {catalogue.version}.")

    def _load(self) -> Loaded:
        matcher = Matcher.load(*self._settings.data_files)
        labels = Labels(matcher.taxonomy, matcher.models.labels)
        if self._settings.home:
            matcher = _at_home(matcher, labels, self._settings.home)
        return Loaded(
            matcher=matcher,
            labels=labels,
            answers=Answers(matcher, labels),
            entries={resource.id: resource_to_dict(resource) for resource in matcher.catalogue.resources},
            terms=tuple(term_to_dict(name, term) for name in SCHEMES for term in matcher.taxonomy.scheme(name)),
            version=hashlib.sha256(f"{__version__} {matcher.data_version()}".encode()).hexdigest()[:16],
        )


def _at_home(matcher: Matcher, labels: Labels, home: str) -> Matcher:
    """The same matcher for people who are somewhere else unless they say so."""
    try:
        place = labels.require("home", "places", home).term.id
    except UnknownTermError as error:
        raise DataError([Problem("settings", str(error))]) from None
    ranking = structs.replace(matcher.ranking, home=place, unknown_place=place)
    return Matcher(matcher.catalogue, matcher.taxonomy, ranking, matcher.models)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


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
