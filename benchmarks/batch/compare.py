"""Seconds and peak memory of `coprod-match batch` beside a plain script, each as whole processes.

`python compare.py [ROWS]` matches a workbook (10,000 rows unless told otherwise) with both, in one run.
`python compare.py growth ROWS [ROWS ...]` matches CSV files of so many rows, and shows how memory grows.
Memory is the proportional set size of the process and all its children together, looked at every 20 ms.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from sheets import write

HERE = Path(__file__).parent
BATCH = (sys.executable, "-m", "coprod_match", "batch")


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    processor: float
    """Seconds of all processors together: on a machine that others use too, the fairer figure."""
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:7.1f} s  {self.processor:7.1f} s of processor  {self.megabytes:6.0f} MB at most"


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end."""
    began, used, most = time.perf_counter(), _processor(), 0
    process = psutil.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, _memory(process))
        time.sleep(0.02)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return Cost(time.perf_counter() - began, _processor() - used, most / 1e6)


def _processor() -> float:
    """Seconds that ended children, and theirs, have used."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _memory(process: psutil.Process) -> int:
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_full_info().pss
    except psutil.Error:  # it has just ended
        pass
    return total


def compare(rows: int, folder: Path) -> None:
    """The two beside each other."""
    requests = folder / "requests.xlsx"
    write(rows, requests, seed=1)
    print(f"{rows:,} rows, {requests.stat().st_size / 1e6:.1f} MB")
    plain = cost((sys.executable, str(HERE / "plain.py"), str(requests), str(folder / "plain.xlsx")))
    print("pandas and scikit-learn, text only", plain)
    ours = cost((*BATCH, str(requests), "--out", str(folder / "matched.xlsx")))
    print("coprod-match batch               ", ours)
    print(
        f"seconds: {ours.seconds / plain.seconds:.2f} times, of processor: {ours.processor / plain.processor:.2f}, "
        f"memory: {ours.megabytes / plain.megabytes:.2f}"
    )


def growth(sizes: Sequence[int], folder: Path) -> None:
    """How memory grows with rows."""
    first = None
    for rows in sizes:
        requests = folder / f"{rows}.csv"
        write(rows, requests, seed=1)
        spent = cost((*BATCH, str(requests), "--out", str(folder / "matched.csv")))
        first = first or spent
        print(f"{rows:9,} rows of CSV {spent}, {spent.megabytes / first.megabytes:.2f} times the first", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        if sys.argv[1:2] == ["growth"]:
            growth([int(rows) for rows in sys.argv[2:]], Path(name))
        else:
            compare(int((sys.argv[1:] or ["10000"])[0]), Path(name))
