"""What a run has done so far, kept beside its output until that is whole, so that it can go on where it stopped."""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from coprod_match.batch.lock import HeldError, held
from coprod_match.batch.match import Entry, Outcome
from coprod_match.errors import DataError, Problem, RequestError
from coprod_match.files.write import write_whole

_LOCK, _SETTINGS, _PARTS, _OUTPUTS = "lock", "settings.json", "part-*", "output-*"


class Checkpoint:
    """A folder `OUT.unfinished` with the outcomes of each whole chunk and the output as far as it is written."""

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._folder = self._out.with_name(f"{self._out.name}.unfinished")
        self.output = self._folder / self._out.name
        """Where to write the output until it is whole."""

    @contextmanager
    def alone(self) -> Iterator[Self]:
        """Keep other runs from the folder. Raises RequestError when one is at work there."""
        try:
            with held(self._folder / _LOCK):
                yield self
        except HeldError:
            message = f"Another run is writing {self._out.name} just now"
            raise RequestError(f"{message}. Wait until it has ended, or name another file with --out.") from None

    def begin(self, settings: str, *, resume: bool) -> None:
        """Start anew, or go on with a run that had the same `settings`. Raises RequestError when they were others."""
        kept = self._folder / _SETTINGS
        if not (resume and kept.exists()):
            self._forget(_SETTINGS, _PARTS)
        elif (why := _why_not(kept, settings)) is not None:
            raise RequestError(f"The unfinished run cannot be continued: {why}. Leave out --resume to start anew.")
        self._forget(_OUTPUTS)
        write_whole(kept, settings.encode())
        # a folder of our own, so that what is moved to its place at the end can be no output but ours
        self.output = Path(tempfile.mkdtemp(dir=self._folder, prefix=_OUTPUTS[:-1])) / self._out.name

    def load(self, chunk: int) -> list[Outcome] | None:
        """The outcomes of a chunk; None when they are not there, or not whole."""
        try:
            plain = json.loads(zlib.decompress(self._part(chunk).read_bytes()))
            return [_outcome(*values) for values in plain]
        except (OSError, ValueError, TypeError, AttributeError, zlib.error):
            return None

    def save(self, chunk: int, outcomes: Sequence[Outcome]) -> None:
        """Keep the outcomes of a chunk."""
        write_whole(self._part(chunk), zlib.compress(json.dumps(outcomes).encode(), 1))

    def finish(self) -> None:
        """Move the output, which is whole now, to its place, and clear up."""
        with self.output.open("rb+") as file:  # Windows writes out only what is open for writing
            os.fsync(file.fileno())
        self.output.replace(self._out)
        with suppress(OSError):  # the output is there, and what is left over does no harm
            self._forget(_OUTPUTS, _SETTINGS, _PARTS)

    def _forget(self, *names: str) -> None:
        """Remove what is kept under those names, and what a run that was killed left half-written of it."""
        for pattern in names:
            for path in [*self._folder.glob(pattern), *self._folder.glob(f".{pattern}.*")]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

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


def _why_not(kept: Path, settings: str) -> str | None:
    """Why a run of those settings cannot go on with one whose settings are kept in a file, if so."""
    try:
        found = kept.read_bytes()
        json.loads(found)
    except (OSError, ValueError, RecursionError):
        return f"{kept.parent.name}/{kept.name} is damaged"
    return None if found == settings.encode() else "it was of other requests, data or options"


def _outcome(*values: object) -> Outcome:
    """An outcome from its JSON form."""
    found = Outcome(*values)  # type: ignore[arg-type]
    return found._replace(
        asked=tuple((facet, label) for facet, label in found.asked), entries=tuple(Entry(*e) for e in found.entries)
    )
