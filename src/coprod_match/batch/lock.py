"""A lock that only one living process can hold: the system takes it back from a process that ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from coprod_match.errors import CoprodMatchError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_ATTEMPTS = 100  # more than enough, as each fails only if somebody puts the lock back at that moment


class HeldError(CoprodMatchError):
    """Another process holds the lock."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock that is kept in the file `path`, whose folder is made where there is none, for its owner alone.

    Both are removed at the end, the folder only if nothing else is in it. Raises HeldError when another process, or
    another part of this one, holds the lock.
    """
    file = _taken(path)
    try:
        yield
    finally:
        _put_back(file, path)


def _put_back(file: IO[bytes], path: Path) -> None:
    with suppress(OSError):
        if _is_still(file, path):
            path.unlink()  # while it is ours: afterwards it may be somebody else's
    file.close()
    if sys.platform == "win32":  # which removes no file that is open, neither ours nor somebody else's
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        path.parent.rmdir()


def _taken(path: Path) -> IO[bytes]:
    for _ in range(_ATTEMPTS):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            file = path.open("ab")
        except FileNotFoundError:  # whoever held it has just removed the folder
            continue
        try:
            _take(file)
        except OSError as error:
            file.close()
            if isinstance(error, BlockingIOError | PermissionError):
                raise HeldError from None
            raise
        if _is_still(file, path):
            return file
        file.close()
    raise HeldError


def _is_still(file: IO[bytes], path: Path) -> bool:
    """Whether an open file is the one of that name: its last holder may have removed it before we got the lock."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
