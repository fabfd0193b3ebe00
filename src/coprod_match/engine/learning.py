"""From texts as vectors, and what each of them speaks for, to what each feature speaks for."""

from collections.abc import Callable
from typing import Any

import numpy as np

from coprod_match.arrays import Floats

Learn = Callable[[Any, Floats], Floats]
"""From a scipy CSR matrix of shape (texts, features), and targets of shape (texts, targets) or (texts,), to weights of
shape (features, targets) or (features,)."""

_UNSEEN = 0.05  # what a side that never uses a feature is taken to use of it
_ODDS = 0.2  # what naive Bayes's weights count beside ridge's: 0.1 and 0.4 do as well


def ridge(alpha: float, balance: Floats | None = None) -> Learn:
    """Ridge regression: Hoerl and Kennard (1970).

    `alpha` is the strength of the regularisation: larger values trust single features less. `balance` says how much
    each text counts; shape (texts,).
    """

    def learn(vectors: Any, targets: Floats) -> Floats:
        from sklearn.linear_model import Ridge  # slow to import

        model = Ridge(alpha=alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
        return np.asarray(model.fit(vectors, targets, sample_weight=balance).coef_.T, dtype=np.float64)

    return learn


def ridge_and_bayes(alpha: float, balance: Floats) -> Learn:
    """Ridge regression and naive Bayes together, for one target that is above 0 on one side and below on the other.

    Naive Bayes over TF-IDF: Rennie and others, Tackling the Poor Assumptions of Naive Bayes Text Classifiers (2003).
    A feature's weight is the logarithm of how many times as much the one side uses it as the other. It is not divided
    by how much each side says, so that a feature that nobody uses weighs 0; `balance` should make both count the same.
    """

    def learn(vectors: Any, sides: Floats) -> Floats:
        ours, others = (vectors.T @ np.where(sides * side > 0, balance, 0.0) + _UNSEEN for side in (1, -1))
        return np.asarray(ridge(alpha, balance)(vectors, sides) + _ODDS * np.log(ours / others), dtype=np.float64)

    return learn
