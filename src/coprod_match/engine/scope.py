"""Whether a text is the business of this service at all, and if not, whose business it is."""

from collections.abc import Iterable, Sequence, Set

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.concepts import ConceptModel, fit_concepts
from coprod_match.engine.counting import soft_stop_stems
from coprod_match.engine.learning import ridge_and_bayes
from coprod_match.engine.linear import LinearModel, fit_linear
from coprod_match.engine.pieces import PieceModel, fit_pieces
from coprod_match.engine.speech import Speech
from coprod_match.engine.vocabulary import Bags
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import STOP_WORDS, Hear, hear

_ALPHA = 0.5  # ridge: see docs/relevance.md
_LEAST_PAIR = 2  # without pairs of words that one text alone holds, no worse, and a third of the size
_OF_OURS = 3  # to tell the matters of others, every so many of our own texts are enough beside theirs


Matters = list[tuple[str, float]]
"""Ids of matters of others, with a confidence up to 1, surest first."""


class Scope(Struct, frozen=True, eq=False):
    """Tells our requests from others, learnt from what people say when they mean either."""

    words: LinearModel
    pieces: PieceModel
    small: frozenset[str]
    """Stems that are no subject: how somebody puts a thing does not tell whose business it is."""
    matters: ConceptModel
    """They are found even in a text without a telling word: “I can't do this any more”."""

    def likeness(self, texts: Sequence[Speech], bags: Bags, of_others: Floats) -> list[float]:
        """How much each of some texts is like what people ask us.

        Above 0 for what is more like ours and below for what is more like theirs, mostly from -3 to 2: the surest of
        the matters of others counts against us for as much as it is sure. A text without a single telling word that
        either side uses says nothing against us: 1. `bags` hold the words of the texts, `of_others` the scores of
        `matters` for them; shape (texts, matters).
        """
        heard = self.words.hear(bags)
        surest = of_others.max(axis=1, initial=0.0).clip(max=1.0)
        pieces = self.pieces.scores([_telling(text.words, text.stems, self.small) for text in texts])
        likeness: list[float] = np.where(heard.spoken, (heard.scores[:, 0] + pieces) / 2 - surest, 1.0).tolist()
        return likeness


class Sides(Struct, frozen=True, eq=False, gc=False):
    """What people ask."""

    ours: Sequence[str]
    others: Sequence[str]


def sides_of(taxonomy: Taxonomy, questions: Iterable[str]) -> Sides:
    """What people say when they ask us, of the taxonomy and the catalogue's `questions`, and when they ask others."""
    ours = [*sorted(set(questions)), *_phrases(taxonomy.support_types), *_phrases(taxonomy.themes)]
    return Sides([*ours, *(situation.text for situation in taxonomy.situations)], _phrases(taxonomy.elsewhere))


def fit_scope(taxonomy: Taxonomy, said: Sides, take_apart: Hear = hear) -> Scope | None:
    """Learn from what people ask; None where the taxonomy names no matters of others."""
    if not taxonomy.elsewhere:
        return None
    ours, others = said.ours, said.others
    texts, sides = [*ours, *others], np.array([1.0] * len(ours) + [-1.0] * len(others))
    balance = np.array([0.5 / len(ours)] * len(ours) + [0.5 / len(others)] * len(others)) * len(sides)
    small = soft_stop_stems() | STOP_WORDS
    learn = ridge_and_bayes(_ALPHA, balance)
    return Scope(
        words=fit_linear(texts, sides, learn=learn, left_out=small, least_pair=_LEAST_PAIR, take_apart=take_apart),
        pieces=fit_pieces([_telling(one.words, one.stems, small) for one in map(take_apart, texts)], sides, learn),
        small=small,
        matters=fit_concepts(taxonomy.elsewhere, of_none=ours[::_OF_OURS], take_apart=take_apart),
    )


def _telling(words: Sequence[str], stems: Sequence[str], small: Set[str]) -> list[str]:
    return [word for word, stem in zip(words, stems, strict=True) if stem not in small]


def _phrases(terms: Sequence[Term]) -> list[str]:
    return [phrase for term in terms for phrase in term.phrases]
