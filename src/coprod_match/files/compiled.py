"""The compiled form of the data files: checked, learnt, and kept in a cache folder so that the next answer is quick.

One file: a checksum, plain values in MessagePack, and the arrays that they speak of, read where they lie; never code.
It is found by the content of the data files and the version of the program, so it cannot be stale. Whatever is wrong
with it (missing, cut short, changed, unreadable) it is made anew or done without: it never causes an error.
"""

import hashlib
import os
import stat
import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import Stemmer

from coprod_match.files.limits import MAX_BYTES
from coprod_match.files.write import write_whole
from coprod_match.uncollected import uncollected
from coprod_match.version import __version__

_KEPT = 4  # compiled files that are kept; older ones are removed
_SUFFIX = ".compiled"
_HEAD = struct.Struct("<QQ")  # the checksum of all that comes after it, and the length of the plain values
_CHECKSUM = struct.calcsize("<Q")
_ALIGNED = 8  # arrays lie at multiples of it

Kept = TypeVar("Kept")


def cache_folder() -> Path:
    """Where this user's programs keep what they can make anew."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("coprod-match", appauthor=False))


def compiled_name(paths: Sequence[Path]) -> str | None:
    """The name of the compiled form of some data files; None when one of them cannot be read, or not a second time."""
    made_by = (__version__, np.__version__, msgspec.__version__, Stemmer.version(), *_code())
    digest = hashlib.sha256("\n".join(made_by).encode())
    for path in paths:
        of_file = _digest(path)
        if of_file is None:
            return None
        digest.update(of_file)
    return digest.hexdigest()[:32] + _SUFFIX


def read_compiled(folder: Path, name: str, kind: type[Kept]) -> Kept | None:
    """The value that was kept; None when it is not there or not whole."""
    try:
        content = _content(folder / name)
        checksum, length = _HEAD.unpack_from(content)
        if zlib.crc32(content[_CHECKSUM:]) != checksum:
            return None
        plain = content[_HEAD.size : _HEAD.size + length]
        arrays = content[_HEAD.size + length + -length % _ALIGNED :]
        with uncollected():
            return msgspec.msgpack.decode(plain, type=kind, dec_hook=lambda _, value: _array(arrays, *value))
    except (OSError, struct.error, msgspec.MsgspecError, ValueError, TypeError, OverflowError, MemoryError):
        return None


def write_compiled(folder: Path, name: str, value: object) -> None:
    """Keep a value. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / name, _packed(value))
    with suppress(OSError):  # another process may remove them as well
        for old in sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)


def _content(path: Path) -> memoryview:
    """What a compiled file holds.

    On Linux numpy asks for large pages of memory, which are had in half the time; elsewhere it is as good as any other.
    """
    content = np.fromfile(path, dtype=np.uint8)
    content.flags.writeable = False  # and so are the arrays in it: values are frozen
    return content.data


def _digest(path: Path) -> bytes | None:
    """The SHA-256 of a data file; None when only the loader may read it: pipes are read once, some things never end."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _packed(value: object) -> bytes:
    arrays = bytearray()

    def put(array: Any) -> tuple[str, Sequence[int], int]:
        place = len(arrays)
        arrays.extend(_padded(array.tobytes()))
        return array.dtype.str, array.shape, place

    plain = msgspec.msgpack.encode(value, enc_hook=put)
    checked = _HEAD.pack(0, len(plain))[_CHECKSUM:] + _padded(plain) + arrays
    return struct.pack("<Q", zlib.crc32(checked)) + checked


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _ALIGNED)


def _array(arrays: memoryview, kind: str, shape: Sequence[int], place: int) -> Any:
    return np.frombuffer(arrays, dtype=kind, count=int(np.prod(shape)), offset=place).reshape(shape)


def _code() -> list[str]:
    """Changes when the code that makes the compiled form changes, as it does while it is developed."""
    package = Path(__file__).parent.parent
    folders = (package, *(package / name for name in ("engine", "files", "model")))
    files: list[os.DirEntry[str]] = []
    for folder in folders:
        with suppress(OSError):  # a package that was packed into one file does not change
            files.extend(os.scandir(folder))
    made_of = [(file.name, file.stat()) for file in files if file.name.endswith(".py")]
    return sorted(f"{name} {about.st_size} {about.st_mtime_ns}" for name, about in made_of)
