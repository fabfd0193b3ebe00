"""Measure everything and write the figures down.

python benchmarks/speed/run.py [FILE]

Writes FILE (`benchmarks/speed/results.json` where none is named), from which `report.py` makes the tables and plots.
Each ranker is measured on each catalogue in a process of its own, and all of them take turns, three times over; what
takes long is not measured again, nor is anything once ten minutes are over, so that all is done within fifteen.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from likeness import measured
from peers import LARGEST, PEERS
from prepare import REQUESTS, SIZES
from processes import measure_processes

HERE = Path(__file__).parent
ROUNDS = 3
LONG = 25.0
"""Seconds after which a ranker is not measured again on a catalogue of that size."""
ENOUGH = 600.0
"""Seconds after which nothing is measured again."""
DECLARED = ("bm25s", "numba", "numpy", "rapidfuzz", "scikit-learn", "scipy", "tantivy")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "2"}
"""numba may use two, but uses one unless it is asked for more."""


def say(what: str) -> None:
    """Show progress."""
    print(f"{time.strftime('%H:%M:%S')}  {what}", file=sys.stderr, flush=True)


def measurements(folder: Path) -> Iterator[dict[str, Any]]:
    """Every measurement of every ranker, round after round."""
    begun = time.monotonic()
    spent: Counter[tuple[str, int]] = Counter()
    for number in range(1, ROUNDS + 1):
        for size in SIZES:
            for ranker in ("ours", *PEERS):
                again = spent[ranker, size] <= LONG and time.monotonic() - begun < ENOUGH
                if size > LARGEST.get(ranker, size) or (number > 1 and not again):
                    continue
                say(f"round {number} of {ROUNDS}: {size:,} entries, {ranker}")
                started = time.perf_counter()
                yield measure(folder, ranker, size)
                spent[ranker, size] += time.perf_counter() - started  # type: ignore[assignment]


def measure(folder: Path, ranker: str, size: int) -> dict[str, Any]:
    """One measurement, in a process of its own. Raises CalledProcessError when it fails."""
    command = [sys.executable, str(HERE / "measure.py"), str(folder), ranker, str(size)]
    process = subprocess.run(command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return found


def machine() -> dict[str, Any]:
    """What the figures were measured on and with."""
    return {
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "load before": round(os.getloadavg()[0], 1),
        "versions": {name: version(name) for name in DECLARED},
    }


def main(file: Path) -> None:
    """Measure all and write it at once at the end."""
    before = machine()
    with tempfile.TemporaryDirectory() as name:
        say(f"making catalogues of {', '.join(f'{size:,}' for size in SIZES)} entries and {REQUESTS:,} requests")
        # in a process of its own: those that this one starts would count its memory as theirs
        subprocess.run([sys.executable, str(HERE / "prepare.py"), name], check=True)
        processes = measure_processes(Path(name), say)
        rankers = list(measurements(Path(name)))
    found = {"machine": before, "processes": processes, "rankers": rankers, "likeness": measured()}
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    say(f"written to {file}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "results.json")
