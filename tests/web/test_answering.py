"""Which answers are kept to be given again, and which never are."""

import asyncio

import pytest

from coprod_match import Filters, Matcher, Request
from coprod_match.engine.resolve import Labels
from coprod_match.web import answering
from coprod_match.web.answering import Answers


@pytest.fixture
def asked(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """The requests that reach the matcher, as they come."""
    reached: list[Request] = []
    answer = matcher.recommend_many

    def note(requests: list[Request], *, top: int) -> object:
        reached.extend(requests)
        return answer(requests, top=top)

    monkeypatch.setattr(matcher, "recommend_many", note)
    return reached


@pytest.fixture
def answers(matcher: Matcher) -> Answers:
    return Answers(matcher, Labels(matcher.taxonomy))


def twice(answers: Answers, request: Request) -> None:
    first, second = (asyncio.run(answers.json(request, 3)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "request_",
    [
        Request(role="council", needs=("toolkit", "Training"), themes=("PB",), place="Derry"),
        Request(needs=("funding",), filters=Filters(free=True, jurisdictions=("NI",), kinds=("fund",))),
        Request(role="council", place=""),
    ],
    ids=repr,
)
def test_an_answer_in_the_words_of_the_taxonomy_is_given_again(
    answers: Answers, asked: list[Request], request_: Request
) -> None:
    twice(answers, request_)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "request_",
    [
        Request(role="council", text="my neighbour Mary was evicted"),
        Request(role="council", place="12 Hill Street"),
        Request(needs=("my neighbour Mary needs somebody to talk to",)),
        Request(role="council", themes=("rural", "what happened to Mary and her children")),
    ],
    ids=repr,
)
def test_what_somebody_wrote_is_not_kept(answers: Answers, asked: list[Request], request_: Request) -> None:
    twice(answers, request_)
    assert len(asked) == 2


def test_another_number_of_sources_is_another_answer(answers: Answers) -> None:
    request = Request(role="council")
    assert asyncio.run(answers.json(request, 1)) != asyncio.run(answers.json(request, 2))


def test_what_was_asked_longest_ago_makes_room(
    answers: Answers, asked: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_KEPT", 2)
    old, new, newest = (Request(role=role) for role in ("council", "funder", "researcher"))
    for request in (old, new, old, newest, old, new):
        asyncio.run(answers.json(request, 1))
    assert asked == [old, new, newest, new]
