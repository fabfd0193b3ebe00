"""Stop a run at random points, again and again, and look at what is left: `python interrupt.py [TIMES] [ROWS]`.

Each time, a run is killed or interrupted after a random part of the time that a whole one takes, and gone on with until
it is done. It fails if anything but the whole output ever stands under its name, or if the bytes differ in the end.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sheets import write

SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)


def command(requests: Path, out: Path, *more: str) -> list[str]:
    """The command of a run."""
    return [sys.executable, "-m", "coprod_match", "batch", str(requests), "--out", str(out), "--workers", "2", *more]


def main(times: int, rows: int) -> None:
    """Go on until runs were stopped so many times."""
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(rows, folder / "requests.csv", seed=1)
        began = time.perf_counter()
        for kind in ("csv", "xlsx"):
            subprocess.run(command(folder / "requests.csv", folder / f"whole.{kind}"), stderr=subprocess.DEVNULL)
        whole = (time.perf_counter() - began) / 2
        stopped = turn = 0
        while stopped < times:
            turn += 1
            out = folder / f"out{turn}.{('csv', 'xlsx')[turn % 2]}"
            expected = (folder / f"whole{out.suffix}").read_bytes()
            stopped += interrupt(folder, out, dice, whole, expected)
            assert out.read_bytes() == expected, f"turn {turn}: other bytes"
            out.unlink()
        left = sorted(path.name for path in folder.iterdir())
        assert left == ["requests.csv", "whole.csv", "whole.xlsx"], left
    print(f"{turn} runs, stopped {stopped} times: never a half output, always the same bytes in the end")


def interrupt(folder: Path, out: Path, dice: random.Random, whole: float, expected: bytes) -> int:
    """Run until done, stopped once or twice on the way; how often it was stopped."""
    stopped = 0
    for _ in range(dice.choice((1, 2))):
        process = subprocess.Popen(command(folder / "requests.csv", out, "--resume"), stderr=subprocess.DEVNULL)
        try:
            process.wait(dice.uniform(0.05, 0.8) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(dice.choice(SIGNALS))
            ended = process.wait()
            if ended in (0, 1):  # it was done before the signal came
                break
            stopped += 1
            assert not out.exists() or out.read_bytes() == expected, "half an output"
        else:
            break
    if not out.exists() or out.with_name(f"{out.name}.unfinished").exists():
        subprocess.run(command(folder / "requests.csv", out, "--resume"), stderr=subprocess.DEVNULL)
    return stopped


if __name__ == "__main__":
    main(*(int(number) for number in (sys.argv[1:] + ["50", "2000"][len(sys.argv) - 1 :])))
