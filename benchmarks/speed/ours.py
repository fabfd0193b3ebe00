"""The engine as the benchmarks call it, through its public door: the one place to change when the door does."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from coprod_match import Catalogue, Matcher, Ranking, Request, Taxonomy

TOP = 10

Answer = Callable[[Matcher, Sequence[Request]], object]

_how: Callable[[Sequence[Request]], object]
"""What a process that was started to answer does with requests."""


def build(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Matcher:
    """A matcher, with everything learnt anew."""
    return Matcher(catalogue, taxonomy, ranking)


def explain(matcher: Matcher, requests: Sequence[Request]) -> object:
    """Full answers: entries, reasons, cautions."""
    return list(matcher.recommend_many(requests, top=TOP))


def recommend(matcher: Matcher, requests: Sequence[Request]) -> object:
    """The same with as many entries as people get who do not say how many: five."""
    return list(matcher.recommend_many(requests))


def rank(matcher: Matcher, requests: Sequence[Request]) -> object:
    """Which entries and with how many points, without explanations."""
    return list(matcher.rank(requests, top=TOP))


def in_threads(answer: Answer, matcher: Matcher, requests: Sequence[Request], threads: int) -> object:
    """The requests shared out among threads of one process."""
    if threads == 1:
        return answer(matcher, requests)
    shares = [requests[first::threads] for first in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda share: answer(matcher, share), shares))


@contextmanager
def processes(answer: Answer, matcher: Matcher, number: int) -> Iterator[Callable[[Sequence[Request]], object]]:
    """A way to share requests out among processes that are there already, and see the memory of this one.

    Requests are sent to them and answers come back, which both count. A process makes a copy of what it writes to, as
    Python does to whatever it looks at (it counts references): entries cost more where it has not met them before.
    """
    with ProcessPoolExecutor(number, get_context("fork"), _ready, (answer, matcher)) as pool:
        yield lambda requests: list(pool.map(_answered, [requests[first::number] for first in range(number)]))


def _ready(answer: Answer, matcher: Matcher) -> None:
    global _how
    _how = partial(answer, matcher)


def _answered(requests: Sequence[Request]) -> object:
    return _how(requests)
