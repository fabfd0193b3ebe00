"""How long whole processes take, from start to end: the first answer, `--help`, and what they are measured against."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from coprod_match.files.load import CATALOGUE_FILE, bundled

RUNS = 15

_PROGRAM = str(Path(sys.executable).with_name("coprod-match"))
_PLAIN = str(Path(__file__).with_name("plain_script.py"))

COMMANDS: Mapping[str, Sequence[str]] = {
    "nothing": (sys.executable, "-c", ""),
    "import typer": (sys.executable, "-c", "import typer"),
    "import typer, numpy": (sys.executable, "-c", "import typer, numpy"),
    "help": (_PROGRAM, "--help"),
    "recommend": (_PROGRAM, "recommend", "--role", "council", "--need", "toolkit"),
    "plain script": (sys.executable, _PLAIN, str(bundled(CATALOGUE_FILE)), "toolkit for a council officer"),
}
"""Name → the command."""


def measure_processes(cache: Path, say: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Name → median seconds, by the clock and of processor time. The commands take turns, so that all meet the same.

    The compiled index is kept in the folder `cache`, where no other program can push it out, and Python's bytecode.
    """
    for command in COMMANDS.values():
        run(command, cache)  # the first run fills caches: the disk's, Python's and the compiled index
    found: dict[str, list[dict[str, float]]] = {name: [] for name in COMMANDS}
    for number in range(RUNS):
        say(f"whole processes, run {number + 1} of {RUNS}")
        for name, command in COMMANDS.items():
            found[name].append(run(command, cache))
    return {
        name: {clock: median(one[clock] for one in runs) for clock in ("wall", "cpu")} for name, runs in found.items()
    }


def run(command: Sequence[str], cache: Path) -> dict[str, float]:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    settings = {
        "XDG_CACHE_HOME": str(cache),
        "PYTHONDONTWRITEBYTECODE": "",  # or all of ours, but nothing of theirs, would be compiled at every start
        "PYTHONPYCACHEPREFIX": str(cache / "bytecode"),
    }
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | settings)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime}
