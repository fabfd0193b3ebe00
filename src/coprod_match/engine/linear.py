"""A linear model of texts: what each word speaks for, learnt by ridge regression on TF-IDF vectors.

Hoerl and Kennard, Ridge Regression (1970). A text's score for a target is the sum, over its words, of the word's
share of the text (its TF-IDF value, scaled to length 1) times the word's weight for the target.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coprod_match.arrays import Floats
from coprod_match.engine.text_index import telling_features


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of words for some targets."""

    vocabulary: Mapping[str, int]
    idf: Floats
    """Shape (words,)."""
    weights: Floats
    """Shape (words, targets)."""

    def shares(self, features: Sequence[str]) -> tuple[list[str], Floats]:
        """The known features of a text, and what each adds to each target's score; shape (known, targets)."""
        counts = Counter(word for word in features if word in self.vocabulary)
        columns = [self.vocabulary[word] for word in counts]
        values = (1.0 + np.log(np.array([*counts.values()], dtype=np.float64))) * self.idf[columns]
        length = float(np.linalg.norm(values)) or 1.0
        return list(counts), (values / length)[:, None] * self.weights[columns]


def fit_linear(
    phrases: Sequence[str],
    targets: Floats,
    *,
    alpha: float,
    balance: Floats | None = None,
    left_out: frozenset[str] = frozenset(),
) -> LinearModel:
    """Learn from phrases and their targets, shape (phrases, targets).

    `alpha` is the strength of the regularisation: larger values trust single words less. `balance` says how much
    each phrase counts. Features that consist of stems in `left_out` alone are not used.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import
    from sklearn.linear_model import Ridge

    vectorizer = TfidfVectorizer(analyzer=lambda text: telling_features(text, left_out), sublinear_tf=True)
    matrix = vectorizer.fit_transform(phrases)
    model = Ridge(alpha=alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
    model.fit(matrix, targets, sample_weight=balance)
    vocabulary = {str(word): column for column, word in enumerate(vectorizer.get_feature_names_out())}
    return LinearModel(vocabulary, vectorizer.idf_, np.atleast_2d(model.coef_).T.copy())
