"""A linear model of texts: what each word speaks for, learnt by ridge regression on TF-IDF vectors.

Hoerl and Kennard, Ridge Regression (1970). A text's score for a target is the sum, over its words, of the word's
share of the text (its TF-IDF value, scaled to length 1) times the word's weight for the target.
"""

import math
from collections.abc import Sequence
from functools import partial
from itertools import compress

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, SmallFloats
from coprod_match.engine.counting import telling_features
from coprod_match.engine.vocabulary import Bag, Vocabulary, number_words


class LinearModel(Struct, frozen=True, eq=False):
    """Weights of words for some targets."""

    vocabulary: Vocabulary
    idf: Floats
    """Shape (words,)."""
    weights: SmallFloats
    """Shape (words, targets)."""

    def shares(self, bag: Bag) -> tuple[list[str], Floats]:
        """The known features of a text, and what each adds to each target's score; shape (known, targets)."""
        known, numbers = self.vocabulary.find(bag)
        values = bag.damped[known] * self.idf[numbers]
        length = math.sqrt(values @ values) or 1.0
        words = list(compress(bag.words, known.tolist()))
        return words, (values / length)[:, None] * self.weights[numbers]


def fit_linear(
    phrases: Sequence[str],
    targets: Floats,
    *,
    alpha: float,
    balance: Floats | None = None,
    left_out: frozenset[str] = frozenset(),
    least_phrases: int = 1,
) -> LinearModel:
    """Learn from phrases and their targets, shape (phrases, targets).

    `alpha` is the strength of the regularisation: larger values trust single words less. `balance` says how much
    each phrase counts. Features that consist of stems in `left_out` alone are not used, nor are
    those of fewer than `least_phrases` phrases.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import
    from sklearn.linear_model import Ridge

    analyzer = partial(telling_features, soft=left_out)
    vectorizer = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, min_df=least_phrases)
    matrix = vectorizer.fit_transform(phrases)
    model = Ridge(alpha=alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
    model.fit(matrix, targets, sample_weight=balance)
    vocabulary, order = number_words(vectorizer.get_feature_names_out().tolist())
    weights = np.atleast_2d(model.coef_).T[order].astype(np.float32)
    return LinearModel(vocabulary, vectorizer.idf_[order], weights)
