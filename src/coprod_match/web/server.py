"""Running the application on an address of this machine, in one process or several."""

import logging
import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess

from coprod_match.errors import CoprodMatchError
from coprod_match.web.app import app_of_environment, create_app
from coprod_match.web.refresh import RELOADS
from coprod_match.web.settings import FILE_VARIABLE, PREFIX, settings_of_environment

_FACTORY = f"{app_of_environment.__module__}:{app_of_environment.__name__}"
_MOST_CONNECTIONS = 1000  # below what a process may usually have open


def serve(host: str, port: int, workers: int, settings_file: Path | None, reload_data: bool) -> None:
    """Serve until SIGTERM or SIGINT. Raises CoprodMatchError when the address or the data cannot be used."""
    if RELOADS:  # until there is something to read again, it would end the process
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if settings_file is not None:  # the environment is how settings reach other processes
        os.environ[FILE_VARIABLE] = str(settings_file.absolute())
    if reload_data:
        os.environ[f"{PREFIX}RELOAD_DATA"] = "true"
    app = create_app(settings_of_environment())
    listening = _listen(host, port)
    where = f"[{host}]" if ":" in host else host
    print(
        f"{app.title} is at http://{where}:{listening.getsockname()[1]} (Ctrl+C ends it).", file=sys.stderr, flush=True
    )
    config = uvicorn.Config(
        app if workers == 1 else _FACTORY,
        factory=workers > 1,
        workers=workers,
        log_level=logging.WARNING,
        access_log=False,  # addresses hold what people wrote
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=10,
    )
    if workers == 1:
        _serve_here(config, listening)
    else:
        _serve_in_several(config, listening)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()  # from here on visitors wait instead of being turned away
    except (OSError, UnicodeError) as error:  # the latter for a name that no machine can have, such as a..b
        reason = "that is no address" if isinstance(error, UnicodeError) else error.strerror or str(error)
        raise CoprodMatchError(
            f"Cannot serve at {host}, port {port}: {reason}. Try another --port or --host."
        ) from None
    return listening


def _serve_here(config: uvicorn.Config, listening: socket.socket) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: None)  # uvicorn raises them again when it has ended well
    uvicorn.Server(config).run(sockets=[listening])


def _serve_in_several(config: uvicorn.Config, listening: socket.socket) -> None:
    if RELOADS:  # the processes inherit this: a SIGHUP that comes before they can heed it waits
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    supervisor = _Supervisor(config, sockets=[listening])
    supervisor.run()
    if not supervisor.asked_to_end:
        raise CoprodMatchError("The service cannot start; the messages above say why.")


class _Supervisor(Multiprocess):
    """Passes SIGHUP on to the processes: each reads the data again, and none is lost over a broken edit."""

    asked_to_end = False

    def handle_signals(self) -> None:
        if RELOADS and signal.SIGHUP in signal.sigpending():
            signal.sigwait({signal.SIGHUP})
            self.handle_hup()
        super().handle_signals()

    def handle_hup(self) -> None:
        for worker in self.processes:
            if worker.pid is not None:
                os.kill(worker.pid, signal.SIGHUP)

    def handle_int(self) -> None:
        self.asked_to_end = True
        super().handle_int()

    def handle_term(self) -> None:
        self.asked_to_end = True
        super().handle_term()
