"""Whether the memory of the service stays as it is over a hundred thousand requests of all kinds.

    python benchmarks/web/memory.py --requests 100000

Nine in ten are chosen from lists, of which some are asked again and some are new; the others are in people's own words,
or wrong. Prints the memory of the process as it goes, and the number of answers that were not as they should be.
"""

import argparse
import http.client
from collections.abc import Iterator
from itertools import chain, count, cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from addresses import chosen, own_words
from servers import service

REPORTS = 10


def requests() -> Iterator[tuple[str, int]]:
    """Addresses without end, each with the status that it should have."""
    lists, words = cycle(chosen()), cycle(own_words())
    for number in count():
        for top in range(1, 10):
            yield f"{next(lists)}&top={1 + (number + top) % 20}", 200
        yield (next(words), 200) if number % 2 else (f"/api/recommend?role=nobody{number}", 422)


def memory(process: int) -> float:
    """Megabytes of memory that a process has to itself and shares."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100_000)
    total = parser.parse_args().requests
    asked = iter(requests())
    errors = 0
    with service(1) as running:
        connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=60)
        for part in chain([total // 100], [total // REPORTS] * REPORTS):
            for address, expected in islice(asked, part):
                connection.request("GET", address)
                answer = connection.getresponse()
                answer.read()
                errors += answer.status != expected
            print(f"{part:>7} requests more: {memory(running.process):6.1f} MB, {errors} errors", flush=True)


if __name__ == "__main__":
    main()
