"""The same requests by one machine and by Spark: seconds of each, and whether they give the same rows.

`python engines.py [ROWS] [MASTER]`: 50,000 rows and `local[2]` unless told otherwise, as CSV, each as a whole process.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

from sheets import write

BATCH = (sys.executable, "-m", "coprod_match", "batch")


def seconds(*options: str) -> float:
    """How long a run takes. Some rows need attention, so that it ends with 1."""
    began = time.perf_counter()
    done = subprocess.run([*BATCH, *options], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    print("   ", done.stderr.strip().replace("\n", "\n    "))
    return time.perf_counter() - began


def records(path: Path) -> Iterator[list[str]]:
    """The header and the rows of a file, or of the parts of a folder in their order."""
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    files = (csv.reader(part.open(encoding="utf-8-sig", newline="")) for part in parts)
    first = next(files)
    yield from first
    yield from chain.from_iterable(rest for rest in files if next(rest, None))


def compare(rows: int, master: str, folder: Path) -> None:
    """Run both and compare all that they wrote."""
    requests, local, spark = (str(folder / name) for name in ("requests.csv", "local.csv", "spark.csv"))
    write(rows, Path(requests), seed=1)
    took = seconds(requests, "--out", local)
    print(f"one machine: {took:.0f} s, {rows / took:,.0f} rows a second", flush=True)
    took = seconds(requests, "--out", spark, "--engine", "spark", "--master", master)
    print(f"Spark at {master}: {took:.0f} s, {rows / took:,.0f} rows a second")
    pairs = zip_longest(records(Path(local)), records(Path(spark)))
    found = Counter("same" if one == other else "different" for one, other in pairs)
    print(f"records, headers included: {found['same']:,} the same, {found['different']:,} different")
    if found["different"]:
        raise SystemExit(1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        compare(int((sys.argv[1:] or ["50000"])[0]), (sys.argv[2:] or ["local[2]"])[0], Path(name))
