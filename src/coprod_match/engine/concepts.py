"""Which concepts a text speaks of: a linear model of people's words.

It learns from the words of each term, and from what people say in situations that have to do with several.
"""

from collections.abc import Sequence, Set
from operator import itemgetter

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.learning import ridge
from coprod_match.engine.linear import LinearModel, Said, fit_linear
from coprod_match.model.taxonomy import Term
from coprod_match.words import Hear, hear

_ALPHA = 1.0  # ridge: cross-validated on the judged requests, see docs/relevance.md
_LEAST_PAIR = 2  # pairs of words that one phrase alone holds are most of all, and tell nothing
_QUOTED = 2  # words that are given for a guess
_LEAST_QUOTED = 0.25  # of what the first of them says for it, the second says at least so much


class Guess(Struct, frozen=True, gc=False):
    """One concept that a text seems to speak of."""

    term: str
    """The id of its term."""
    confidence: float
    """0 to 1."""
    stems: tuple[str, ...]
    """The words, or pairs of words, that speak most for it: two, one, or none that tell people anything."""


class ConceptModel(Struct, frozen=True, eq=False):
    """A linear model from the words of a text to the terms of one scheme."""

    terms: Sequence[str]
    """The ids of the terms, as the targets of the model, in alphabetical order."""
    model: LinearModel

    def guesses(
        self, heard: Said, text: int, *, most: int, least: float, empty: Set[str] = frozenset(), quoting: bool = True
    ) -> list[Guess]:
        """Of what the model heard in some texts, what one says: at most `most` terms, surest first.

        Each has a confidence of at least `least`. Stems in `empty` count, as in “where do we start”, but are not given
        as words that speak for a term. Without `quoting`, no such words are looked for.
        """
        likely = _likely(heard.scores[text], least)[:most]
        if not quoting:
            return [Guess(self.terms[at], sure, ()) for at, sure in likely]
        words, shares = heard.shares(text)
        strongest = _strongest(words, shares[:, [at for at, _ in likely]], empty)
        return [Guess(self.terms[at], sure, stems) for (at, sure), stems in zip(likely, strongest, strict=True)]

    def likely(self, heard: Said, *, least: float) -> list[list[tuple[str, float]]]:
        """For each text the terms and confidences of `guesses`, however many, without the words that speak for them."""
        return [[(self.terms[at], sure) for at, sure in _likely(scores, least)] for scores in heard.scores]


def fit_concepts(
    terms: Sequence[Term],
    said: Sequence[tuple[str, Sequence[str]]] = (),
    of_none: Sequence[str] = (),
    take_apart: Hear = hear,
) -> ConceptModel:
    """Learn the model of one scheme from its terms' labels, scope notes and examples.

    `said` are more texts, each with the ids of all terms that it speaks of; `of_none` are texts that speak of none.
    """
    rows = {id: row for row, id in enumerate(sorted(term.id for term in terms))}
    phrases: list[tuple[str, Sequence[str]]] = [
        (text, (term.id,)) for term in terms for text in (*term.labels, term.scopeNote, *term.example)
    ]
    phrases += [(text, ids) for text, ids in said if ids]
    phrases += [(text, ()) for text in of_none]
    targets = np.zeros((len(phrases), len(terms)))
    for number, (_, ids) in enumerate(phrases):
        targets[number, [rows[id] for id in ids]] = 1.0
    texts = [text for text, _ in phrases]
    model = fit_linear(texts, targets, learn=ridge(_ALPHA), least_pair=_LEAST_PAIR, take_apart=take_apart)
    return ConceptModel(list(rows), model)


def _likely(scores: Floats, least: float) -> list[tuple[int, float]]:
    """The terms with a confidence of at least `least`, surest first: their positions and confidences."""
    likely = [(at, min(score, 1.0)) for at, score in enumerate(scores.tolist()) if score >= least and score > 0]
    return sorted(likely, key=itemgetter(1), reverse=True)  # of equals, the first by id stays first


def _strongest(words: Sequence[str], shares: Floats, empty: Set[str]) -> list[tuple[str, ...]]:
    """For each of some terms at most two words, or pairs of words, that say most for it and tell people something.

    `shares` has shape (words, terms).
    """
    orders = np.argsort(-shares, axis=0, kind="stable").T.tolist()
    return [_two(words, by_word, order, empty) for by_word, order in zip(shares.T.tolist(), orders, strict=True)]


def _two(words: Sequence[str], shares: Sequence[float], order: Sequence[int], empty: Set[str]) -> tuple[str, ...]:
    """The first two words that tell people something, in the order of what they say for a term, most first."""
    found: list[str] = []
    said: set[str] = set()
    least = 0.0
    for place in order:
        if len(found) == _QUOTED or shares[place] <= least:
            break
        stems = [stem for stem in words[place].split(" ") if stem not in empty]
        if stems and said.isdisjoint(stems):
            found.append(" ".join(stems))
            said.update(stems)
            least = max(least, _LEAST_QUOTED * shares[place])
    return tuple(found)
