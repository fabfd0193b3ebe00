"""A matcher that leaves a trace in a folder, so that a test can see what happens on the executors, and hold them up."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from coprod_match import Matcher, Request, Result

FOLDER = "WATCHED_FOLDER"
"""The environment variable that names the folder."""


class Watched(Matcher):
    """Notes when it comes out of a pickle and when it answers; is held up while the folder says “wait”.

    An answer is more than one recommendation: a single one is asked for while the cells of a row are read.
    """

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        _note("made")

    def recommend_many(self, requests: Iterable[Request], *, top: int = 5) -> Iterator[Result]:
        if top > 1:
            _note("answering")
            while (_folder() / "wait").exists():
                time.sleep(0.02)
        return super().recommend_many(requests, top=top)


def _note(what: str) -> None:
    """A file whose content says who was there: the process, and the folder that it works in."""
    (_folder() / f"{what}-{uuid4().hex}").write_text(f"{os.getpid()} {Path.cwd()}", encoding="utf-8")


def _folder() -> Path:
    return Path(os.environ[FOLDER])
