"""Requests like the judged ones, as many as wanted: the same phrases, lengths, roles, places and kinds of help, mixed.

The same seed gives the same requests, and the first ones do not change when more are asked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from coprod_match import Catalogue, Request, Taxonomy
from coprod_match.model.judgements import JudgedRequest

ANYWHERE = 0.3
"""The share of requests whose place is drawn from all places, so that each of them is asked about."""
AS_A_FORM = 0.5
"""The share of requests that also tick kinds of help and themes, as the judged ones do in their second setting."""
JUDGED_WORDS = 0.25
"""The share of phrases that come from the judged requests rather than from the entries' questions."""

_PHRASE = re.compile(r"[^.?!;]+[.?!;]*")


Phrases = Mapping[str, Sequence[str]]
"""Theme → things said about it."""


def requests_like(
    judged: Sequence[JudgedRequest], catalogue: Catalogue, taxonomy: Taxonomy, seed: int = 20261124
) -> Iterator[Request]:
    """Requests without end. Each takes its role, tags and length from one judged request, its words from many."""
    random = Random(seed)
    asked = _phrases((tags(request), request.text) for request in judged)
    questions = _phrases((entry.themes, text) for entry in catalogue.resources for text in entry.questions)
    places = [place.id for place in taxonomy.places]
    while True:
        model = random.choice(judged)
        form = random.random() < AS_A_FORM
        yield Request(
            role=model.role,
            needs=model.facets.support_types if form else (),
            themes=model.facets.themes if form else (),
            place=random.choice(places) if random.random() < ANYWHERE else model.place,
            text=_text(random, model, asked, questions),
        )


def tags(request: JudgedRequest) -> Sequence[str]:
    """The themes of a judged request."""
    return request.facets.themes


def _phrases(said: Iterator[tuple[Sequence[str], str]]) -> Phrases:
    found: dict[str, list[str]] = defaultdict(list)
    for themes, text in said:
        for theme in themes:
            found[theme].extend(phrase.strip() for phrase in _PHRASE.findall(text) if phrase.strip())
    return found


def _text(random: Random, model: JudgedRequest, asked: Phrases, questions: Phrases) -> str:
    """Phrases on the themes of one judged request until there are about as many words as it has."""
    themes = tags(model) or tuple(asked)
    wanted, words = len(model.text.split()), 0
    phrases: list[str] = []
    while not phrases or words + len(phrases[-1].split()) / 2 < wanted:
        theme = random.choice(themes)
        source = asked if random.random() < JUDGED_WORDS or theme not in questions else questions
        phrases.append(random.choice(source[theme]))
        words = sum(len(phrase.split()) for phrase in phrases)
    return " ".join(phrases)
