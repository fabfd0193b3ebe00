"""The engine as the benchmarks call it, through its public door: the one place to change when the door does."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

from coprod_match import Catalogue, Matcher, Ranking, Request, Taxonomy

TOP = 10


def build(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Matcher:
    """A matcher, with everything learnt anew."""
    return Matcher(catalogue, taxonomy, ranking)


def explain(matcher: Matcher, requests: Sequence[Request]) -> object:
    """Full answers: entries, reasons, cautions."""
    return list(matcher.recommend_many(requests, top=TOP))


def rank(matcher: Matcher, requests: Sequence[Request]) -> object:
    """Which entries and with how many points, without explanations."""
    return list(matcher.rank(requests, top=TOP))


def in_threads(
    answer: Callable[[Matcher, Sequence[Request]], object], matcher: Matcher, requests: Sequence[Request], threads: int
) -> object:
    """The requests shared out among threads of one process."""
    if threads == 1:
        return answer(matcher, requests)
    shares = [requests[first::threads] for first in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda share: answer(matcher, share), shares))


def in_processes(
    answer: Callable[[Matcher, Sequence[Request]], object], matcher: Matcher, requests: Sequence[Request], number: int
) -> object:
    """The requests shared out among processes, which see the memory of this one; their answers come back to it."""
    context = get_context("fork")
    answers = []
    for first in range(number):
        reader, writer = context.Pipe(duplex=False)
        share = requests[first::number]
        context.Process(target=lambda out, asked: out.send(answer(matcher, asked)), args=(writer, share)).start()
        writer.close()  # the process has its own, so that the reader ends if that dies
        answers.append(reader)
    return [reader.recv() for reader in answers]
