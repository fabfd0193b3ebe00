"""Reading changed data files again while the server runs: on SIGHUP, and where it is wanted as soon as they change."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from coprod_match.web.state import Live

_LOOK_EVERY = 1.0  # seconds
_Stamp = tuple[int, int, int] | None


@asynccontextmanager
async def kept_fresh(live: Live, watched: Sequence[Path]) -> AsyncIterator[None]:
    """While this is open, SIGHUP or a change of a watched file has the data read again."""
    wanted = asyncio.Event()
    tasks = [asyncio.create_task(_reload_when(wanted, live))]
    if watched:
        tasks.append(asyncio.create_task(_watch(watched, wanted)))
    loop = asyncio.get_running_loop()
    listens = threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP")
    if listens:  # only the main thread may
        loop.add_signal_handler(signal.SIGHUP, wanted.set)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})  # one that came too early comes now
    try:
        yield
    finally:
        if listens:
            loop.remove_signal_handler(signal.SIGHUP)
        for task in tasks:
            task.cancel()


async def _reload_when(wanted: asyncio.Event, live: Live) -> None:
    while await wanted.wait():
        wanted.clear()
        await asyncio.to_thread(live.reload)


async def _watch(files: Sequence[Path], wanted: asyncio.Event) -> None:
    """Looking again and again sees what notifications miss: files that are replaced, links, network drives."""
    seen = [_stamp(file) for file in files]
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        now = [_stamp(file) for file in files]
        if now != seen:
            seen = now
            wanted.set()


def _stamp(file: Path) -> _Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
