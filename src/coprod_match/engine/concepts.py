"""Which concepts a text speaks of: a linear model of people's words, learnt from the taxonomy alone.

Each term of a scheme brings its labels, its scope note and the things that people say when they mean it. Ridge
regression (Hoerl and Kennard 1970) on their TF-IDF vectors gives each word a weight for each term.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coprod_match.engine.text_index import features
from coprod_match.model.taxonomy import Term

REGULARISATION = 1.0
"""Ridge's alpha: larger values trust single words less."""

Floats = npt.NDArray[np.float64]


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
    vocabulary: Mapping[str, int]
    idf: Floats
    """Shape (words,)."""
    weights: Floats
    """Shape (words, terms)."""

    def guesses(self, text: str) -> list[Guess]:
        """Every term with a confidence above 0, surest first."""
        counts = Counter(word for word in features(text) if word in self.vocabulary)
        if not counts:
            return []
        columns = np.array([self.vocabulary[word] for word in counts])
        values = (1.0 + np.log(np.array(list(counts.values()), dtype=np.float64))) * self.idf[columns]
        shares = (values / np.linalg.norm(values))[:, None] * self.weights[columns]
        confidence = np.clip(shares.sum(axis=0), 0.0, 1.0)
        order = sorted(
            np.flatnonzero(confidence > 0).tolist(), key=lambda term: (-confidence[term], self.terms[term].id)
        )
        names = list(counts)
        return [Guess(self.terms[term], float(confidence[term]), _strongest(names, shares[:, term])) for term in order]


def fit_concepts(terms: Sequence[Term]) -> ConceptModel:
    """Learn the model of one scheme from its terms' own words."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import
    from sklearn.linear_model import Ridge

    phrases = [
        (phrase, position)
        for position, term in enumerate(terms)
        for phrase in (*term.labels, term.scopeNote, *term.example)
    ]
    vectorizer = TfidfVectorizer(analyzer=features, sublinear_tf=True)
    matrix = vectorizer.fit_transform(phrase for phrase, _ in phrases)
    target = np.eye(len(terms))[[position for _, position in phrases]]
    model = Ridge(alpha=REGULARISATION, fit_intercept=False, solver="cholesky").fit(matrix, target)
    vocabulary = {str(word): column for column, word in enumerate(vectorizer.get_feature_names_out())}
    return ConceptModel(terms, vocabulary, vectorizer.idf_, model.coef_.T.copy())


def _strongest(names: Sequence[str], shares: Floats) -> tuple[str, ...]:
    best = sorted(range(len(names)), key=lambda position: (-shares[position], names[position]))
    return tuple(names[position] for position in best[:2] if shares[position] > 0.25 * shares[best[0]] > 0)
