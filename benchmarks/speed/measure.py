"""Measure one ranker on one catalogue, in a process of its own: prints one line of JSON.

python benchmarks/speed/measure.py FOLDER RANKER SIZE

FOLDER holds what `prepare.py` made. `run.py` starts this.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import ours
from held import held
from peers import LARGEST, PEERS
from prepare import read_catalogue, read_requests, read_texts

from coprod_match import Matcher, Request
from coprod_match.files.load import load_ranking, load_taxonomy

BUDGET = 2.0
"""Seconds that one measurement of requests may take; where all would take longer, the first ones are asked."""
PROBE = 20
"""The fewest requests that are asked in one call."""
WARM = 365
"""Entries, and requests, of what is not yet measured."""
SINGLE = 1000
"""At most how many requests are asked one by one."""

Answer = Callable[[Sequence[Any]], object]


def timed(work: Callable[[], object]) -> dict[str, float]:
    """The seconds that a piece of work takes: by the clock, and of processor time in all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def many(answer: Answer, requests: Sequence[Any]) -> dict[str, float]:
    """How long many requests take in one call: all, or as many as a probe says will take up the budget."""
    count, took = 0, 0.0
    while took < BUDGET / 10 and count < len(requests):
        count = min(len(requests), 4 * count or PROBE)
        took = timed(lambda: answer(requests[:count]))["wall"]  # noqa: B023  called at once
    count = min(len(requests), max(PROBE, int(count * BUDGET / took)))
    return {"requests": count} | timed(lambda: answer(requests[:count]))


def singly(answer: Answer, requests: Sequence[Any]) -> dict[str, float]:
    """How long a request takes when asked alone: the median and the 99th percentile, as many as the budget lets."""
    started, found = time.perf_counter(), []
    for request in requests[:SINGLE]:
        found.append(timed(lambda request=request: answer([request])))  # type: ignore[misc]
        if time.perf_counter() - started > BUDGET:
            break
    figures: dict[str, float] = {"requests": len(found)}
    for clock in ("wall", "cpu"):
        p50, p99 = np.percentile([one[clock] for one in found], [50, 99])
        figures |= {f"{clock} p50": float(p50), f"{clock} p99": float(p99)}
    return figures


def measure_peer(name: str, folder: Path, size: int) -> dict[str, Any]:
    """Build time, memory and speed of a peer."""
    texts, requests = read_texts(folder, size), [request.text or "" for request in read_requests(folder)]
    warm, peer = PEERS[name](), PEERS[name]()
    warm.build(texts[:WARM])  # what it imports and compiles is not counted
    for threads in warm.threads:
        warm.rank(requests[:PROBE], threads)
    del warm
    build = timed(lambda: peer.build(texts))
    in_files = peer.index_bytes()
    memory = {"files": in_files} if in_files is not None else dict(zip(("arrays", "all"), held(peer), strict=True))
    ways = {str(threads): many(lambda asked, n=threads: peer.rank(asked, n), requests) for threads in peer.threads}  # type: ignore[misc]
    return {
        "build": build,
        "memory": memory,
        "ways": {"rank": ways},
        "single": {"rank": singly(lambda asked: peer.rank(asked, 1), requests)},
    }


def in_processes(matcher: Matcher, requests: Sequence[Request]) -> dict[str, dict[str, float]]:
    """How long requests take, shared out among one process and two: the median of three rounds after a first."""
    found = {}
    for number in (1, 2):
        with ours.processes(ours.rank, matcher, number) as share_out:
            rounds = [timed(lambda: share_out(requests)) for _ in range(4)]
            # As in a service that has run for a while: by the second round each has met most of the entries.
            found[f"{number} processes"] = {"requests": len(requests)} | sorted(rounds[1:], key=itemgetter("wall"))[1]
    return found


def measure_ours(folder: Path, size: int) -> dict[str, Any]:
    """Build time, memory and speed of the engine, with and without explanations."""
    taxonomy = load_taxonomy()
    ranking = load_ranking(None, taxonomy)
    requests = read_requests(folder)
    warm = ours.build(read_catalogue(folder, WARM), taxonomy, ranking)
    ours.explain(warm, requests[:PROBE])
    ours.rank(warm, requests[:PROBE])
    del warm
    catalogue, built = read_catalogue(folder, size), []
    build = timed(lambda: built.append(ours.build(catalogue, taxonomy, ranking)))
    matcher = built[0]
    memory = dict(zip(("arrays", "all"), held(matcher, (catalogue, taxonomy, ranking)), strict=True))
    answers = {"rank": ours.rank, "explain": ours.explain}
    for answer in answers.values():  # the search is compiled at its first use, and the catalogue's version worked out
        answer(matcher, requests[:WARM])
    ways = {
        way: {
            str(n): many(lambda asked, way=answer, n=n: ours.in_threads(way, matcher, asked, n), requests)  # type: ignore[misc]
            for n in (1, 2)
        }
        for way, answer in answers.items()
    }
    ways["rank"] |= in_processes(matcher, requests[: 2 * int(ways["rank"]["1"]["requests"])])
    alone = answers | {"recommend": ours.recommend}
    single = {way: singly(lambda asked, way=answer: way(matcher, asked), requests) for way, answer in alone.items()}  # type: ignore[misc]
    return {"build": build, "memory": memory, "ways": ways, "single": single}


def main(folder: Path, name: str, size: int) -> None:
    """Measure and print."""
    if size > LARGEST.get(name, size):
        sys.exit(f"{name} is not asked about more than {LARGEST[name]} entries")
    found = measure_ours(folder, size) if name == "ours" else measure_peer(name, folder, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"ranker": name, "size": size, "peak": peak} | found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
