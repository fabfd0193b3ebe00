"""How many requests a second the service answers beside a bare FastAPI endpoint on the same machine, and how fast.

Needs `wrk` (Debian: apt-get install wrk). Servers, wrk and whatever else runs share the machine, so each round measures
the bare endpoint and the service one after the other; the figures are medians over the rounds.

    python benchmarks/web/load.py --rounds 5 --seconds 5
"""

import argparse
import re
import statistics
import subprocess
import tempfile
from pathlib import Path

from addresses import chosen, own_words
from servers import bare, service

CONNECTIONS = 16

LUA = """
local paths = {}
for path in io.lines("%s") do paths[#paths + 1] = path end
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next])
end
"""


def wrk(base: str, paths: list[str], seconds: int) -> tuple[float, float, int]:
    """Requests a second, the 99th percentile in milliseconds, and the number of errors."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "ask.lua"
        listed.write_text("\n".join(paths))
        script.write_text(LUA % listed)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(script), base]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    errors = sum(
        int(number)
        for line in re.findall(r"(?:Socket errors|Non-2xx).*", said)
        for number in re.findall(r"\b\d+\b", line.split(":", 1)[1])
    )
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], errors


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    given = parser.parse_args()
    loads = {"hello": ["/"], "chosen from lists": chosen(), "own words": own_words()}
    print("| Processes | Asked for | Requests/s | p99, ms | Of bare | Errors |\n|---|---|---|---|---|---|")
    for workers in (1, 2):
        with bare(workers) as hello, service(workers) as ours:
            measured: dict[str, list[tuple[float, float, int]]] = {name: [] for name in loads}
            for name, paths in loads.items():  # each answer once, so that rounds are alike
                wrk((hello if name == "hello" else ours).address, paths, 2)
            for _ in range(given.rounds):
                for name, paths in loads.items():
                    measured[name].append(wrk((hello if name == "hello" else ours).address, paths, given.seconds))
        for name, runs in measured.items():
            shares = [run[0] / hello_run[0] for run, hello_run in zip(runs, measured["hello"], strict=True)]
            rate, slowest = (statistics.median(run[part] for run in runs) for part in (0, 1))
            errors = sum(run[2] for run in runs)
            print(
                f"| {workers} | {name} | {rate:.0f} | {slowest:.1f} | {statistics.median(shares):.2f} | {errors} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
