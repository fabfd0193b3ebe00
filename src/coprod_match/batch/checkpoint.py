"""What a run has done so far, kept beside its output until that is whole, so that it can go on where it stopped."""

import json
import os
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path

from coprod_match.batch.match import Entry, Outcome
from coprod_match.errors import DataError, Problem, RequestError
from coprod_match.files.write import write_whole

_SETTINGS = "settings.json"


class Checkpoint:
    """A folder `OUT.unfinished` with the outcomes of each whole chunk and the output as far as it is written."""

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._folder = self._out.with_name(f"{self._out.name}.unfinished")

    @property
    def output(self) -> Path:
        """Where to write the output until it is whole."""
        return self._folder / self._out.name

    def begin(self, settings: str, *, resume: bool) -> None:
        """Start anew, or go on with a run that had the same `settings`. Raises RequestError when they were others."""
        kept = self._folder / _SETTINGS
        if not resume:
            shutil.rmtree(self._folder, ignore_errors=True)
        elif kept.exists() and kept.read_text(encoding="utf-8") != settings:
            message = "The unfinished run was of other requests, data or options"
            raise RequestError(f"{message}. Leave out --resume to start anew.")
        self._folder.mkdir(mode=0o700, exist_ok=True)  # the outcomes are nobody else's business
        write_whole(kept, settings.encode())

    def load(self, chunk: int) -> list[Outcome] | None:
        """The outcomes of a chunk; None when they are not there, or not whole."""
        try:
            plain = json.loads(zlib.decompress(self._part(chunk).read_bytes()))
        except (OSError, ValueError, zlib.error):
            return None
        return [_outcome(*values) for values in plain]

    def save(self, chunk: int, outcomes: Sequence[Outcome]) -> None:
        """Keep the outcomes of a chunk."""
        write_whole(self._part(chunk), zlib.compress(json.dumps(outcomes).encode(), 1))

    def finish(self) -> None:
        """Move the output, which is whole now, to its place, and clear up."""
        with self.output.open("rb") as file:
            os.fsync(file.fileno())
        self.output.replace(self._out)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _part(self, chunk: int) -> Path:
        return self._folder / f"part-{chunk:06}"


def check_place(out: Path, source: Path) -> None:
    """Raise RequestError or DataError unless an output can be written there."""
    if out.exists() and not out.is_file():
        raise RequestError(f"{out} is not a file that could be replaced. Name another one with --out.")
    if out.resolve() == source.resolve():
        raise RequestError("The output would replace the requests. Name another file with --out.")
    if not out.resolve().parent.is_dir():
        raise DataError([Problem(str(out), "There is no such folder to write it to.", "Make it, or name another.")])


def _outcome(*values: object) -> Outcome:
    """An outcome from its JSON form."""
    found = Outcome(*values)  # type: ignore[arg-type]
    return found._replace(
        asked=tuple((facet, label) for facet, label in found.asked), entries=tuple(Entry(*e) for e in found.entries)
    )
