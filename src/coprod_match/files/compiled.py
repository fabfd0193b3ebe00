"""The compiled form of the data files: checked, learnt, and kept in a cache folder so that the next answer is quick.

One file: a checksum, then MessagePack of plain values and arrays, never code. It is found by the content
of the data files and the version of the program, so it cannot be stale. Whatever is wrong with it (missing, cut short,
changed, unreadable) it is made anew or done without: it never causes an error.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import Stemmer

from coprod_match.files.write import write_whole
from coprod_match.version import __version__

_KEPT = 4  # compiled files that are kept; older ones are removed
_SUFFIX = ".compiled"
_DIGEST = hashlib.sha256().digest_size

Kept = TypeVar("Kept")


def cache_folder() -> Path:
    """Where this user's programs keep what they can make anew."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("coprod-match", appauthor=False))


def compiled_name(paths: Sequence[Path]) -> str | None:
    """The name of the compiled form of some data files; None when one of them cannot be read."""
    made_by = (__version__, np.__version__, msgspec.__version__, Stemmer.version(), *_code())
    digest = hashlib.sha256("\n".join(made_by).encode())
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            return None  # the loader will say so in full
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:32] + _SUFFIX


def read_compiled(folder: Path, name: str, kind: type[Kept]) -> Kept | None:
    """The value that was kept; None when it is not there or not whole."""
    try:
        content = memoryview((folder / name).read_bytes())
        if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
            return None
        return msgspec.msgpack.decode(content[_DIGEST:], type=kind, dec_hook=_to_array)
    except (OSError, msgspec.MsgspecError, ValueError, TypeError):
        return None


def write_compiled(folder: Path, name: str, value: object) -> None:
    """Keep a value, if the folder can be written."""
    content = msgspec.msgpack.encode(value, enc_hook=_from_array)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, hashlib.sha256(content).digest() + content)
        for old in sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _from_array(value: Any) -> tuple[str, Sequence[int], bytes]:
    return value.dtype.str, value.shape, value.tobytes()


def _to_array(_: type, value: Any) -> Any:
    kind, shape, content = value
    return np.frombuffer(content, dtype=kind).reshape(shape)


def _code() -> list[str]:
    """Changes when the code that makes the compiled form changes, as it does while it is developed."""
    package = Path(__file__).parent.parent
    folders = (package, *(package / name for name in ("engine", "files", "model")))
    found = [(path.name, path.stat()) for folder in folders for path in sorted(folder.glob("*.py"))]
    return [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in found]
