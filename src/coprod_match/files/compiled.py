"""The compiled form of the data files: checked, learnt, and kept in a cache folder so that the next answer is quick.

It is found by the content of the data files and the version of the program, so it cannot be stale. Whatever is wrong
with it (missing, cut short, changed, unreadable) it is made anew or done without: it never causes an error.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coprod_match.files.edit import write_whole

_KEPT = 4  # compiled files that are kept; older ones are removed
_LEARNERS = ("numpy", "scipy", "scikit-learn", "PyStemmer")  # another version of one may learn something else

Arrays = Mapping[str, npt.NDArray[np.generic]]


def cache_folder() -> Path:
    """Where this user's programs keep what they can make anew."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("coprod-match", appauthor=False))


def compiled_name(paths: Sequence[Path]) -> str | None:
    """The name of the compiled form of some data files; None when one of them cannot be read."""
    digest = hashlib.sha256(version("coprod-match").encode())
    digest.update(_code_version())
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            return None  # the loader will say so in full
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"{digest.hexdigest()[:32]}.npz"


def read_compiled(folder: Path, name: str) -> dict[str, npt.NDArray[np.generic]] | None:
    """The arrays of a compiled form; None when it is not there or not whole."""
    try:
        with np.load(folder / name, allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except _BROKEN:
        return None


def write_compiled(folder: Path, name: str, arrays: Arrays) -> None:
    """Keep a compiled form, if the folder can be written."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, buffer.getvalue())
        for old in sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _code_version() -> bytes:
    """Changes when the code that makes the compiled form changes, as it does while it is developed."""
    engine = Path(__file__).parent.parent
    files = sorted(engine.rglob("*.py"))
    return "".join(f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}" for path in files).encode()
