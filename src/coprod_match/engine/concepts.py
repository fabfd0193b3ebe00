"""Which concepts a text speaks of: a linear model of people's words, learnt from the taxonomy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coprod_match.arrays import Floats
from coprod_match.engine.linear import LinearModel, fit_linear
from coprod_match.engine.text_index import soft_stop_stems
from coprod_match.model.taxonomy import Term
from coprod_match.words import CONTRACTIONS

_ALPHA = 1.0  # ridge: cross-validated on the judged requests, see docs/relevance.md


@dataclass(frozen=True, slots=True)
class Guess:
    """One concept that a text seems to speak of."""

    term: Term
    confidence: float
    """0 to 1."""
    stems: tuple[str, ...]
    """The one or two words that speak most for it."""


@dataclass(frozen=True, slots=True)
class ConceptModel:
    """A linear model from the words of a text to the terms of one scheme."""

    terms: Sequence[Term]
    model: LinearModel
    empty_words: frozenset[str]
    """Stems that count, as in “where do we start”, but tell people nothing."""

    def guesses(self, text: str) -> list[Guess]:
        """Every term with a confidence above 0, surest first."""
        names, shares = self.model.shares(text)
        confidence = np.clip(shares.sum(axis=0), 0.0, 1.0)
        order = sorted(np.flatnonzero(confidence).tolist(), key=lambda term: (-confidence[term], self.terms[term].id))
        return [
            Guess(self.terms[term], float(confidence[term]), self._strongest(names, shares[:, term])) for term in order
        ]

    def _strongest(self, names: Sequence[str], shares: Floats) -> tuple[str, ...]:
        """The one or two words that say most for a term, of those that tell people something."""
        empty = self.empty_words | CONTRACTIONS
        telling = [position for position, name in enumerate(names) if not empty.issuperset(name.split(" "))]
        best = sorted(telling, key=lambda position: (-shares[position], names[position]))
        return tuple(names[position] for position in best[:2] if shares[position] > 0.25 * shares[best[0]] > 0)


def fit_concepts(terms: Sequence[Term]) -> ConceptModel:
    """Learn the model of one scheme from its terms' labels, scope notes and examples."""
    phrases = [(text, row) for row, term in enumerate(terms) for text in (*term.labels, term.scopeNote, *term.example)]
    targets = np.eye(len(terms))[[row for _, row in phrases]]
    model = fit_linear([text for text, _ in phrases], targets, alpha=_ALPHA)
    return ConceptModel(terms, model, soft_stop_stems())
