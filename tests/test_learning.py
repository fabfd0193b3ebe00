"""What features speak for: against scikit-learn's naive Bayes, and the side that each of two sorts of text is on."""

import numpy as np
import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import MultinomialNB

from coprod_match.arrays import Floats
from coprod_match.engine import learning
from coprod_match.engine.learning import ridge, ridge_and_bayes

VECTORS = np.array([[0.8, 0.6, 0.0], [1.0, 0.0, 0.0], [0.0, 0.6, 0.8], [0.0, 0.0, 1.0]])
SIDES = np.array([1.0, 1.0, -1.0, -1.0])
EQUAL = np.ones(4)


def odds(vectors: Floats, sides: Floats, balance: Floats) -> Floats:
    """What two sides add to ridge regression, for each feature."""
    both, alone = (learn(csr_matrix(vectors), sides) for learn in (ridge_and_bayes(1.0, balance), ridge(1.0, balance)))
    return (both - alone) / learning._ODDS


@pytest.mark.parametrize("balance", [[1.0, 1.0, 1.0, 1.0], [3.0, 1.0, 0.5, 2.0]])
def test_log_odds_are_those_of_naive_bayes_but_for_the_length_of_all_texts(balance: list[float]) -> None:
    oracle = MultinomialNB(alpha=learning._UNSEEN).fit(VECTORS, SIDES > 0, sample_weight=balance)
    expected = oracle.feature_log_prob_[1] - oracle.feature_log_prob_[0]
    found = odds(VECTORS, SIDES, np.array(balance))
    assert found - found[0] == pytest.approx(expected - expected[0], abs=1e-6)


def test_what_both_sides_use_alike_speaks_for_neither() -> None:
    assert ridge_and_bayes(1.0, EQUAL)(csr_matrix(VECTORS), SIDES)[1] == pytest.approx(0.0, abs=1e-6)


def test_a_feature_that_nobody_uses_says_nothing_even_where_one_side_says_more() -> None:
    wider = np.column_stack([VECTORS * [[3.0], [3.0], [1.0], [1.0]], np.zeros(4)])
    assert ridge_and_bayes(1.0, EQUAL)(csr_matrix(wider), SIDES)[3] == pytest.approx(0.0, abs=1e-9)


@steadily
@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=2, max_size=6), st.data())
def test_sides_are_treated_alike(rows: list[list[float]], data: st.DataObject) -> None:
    sides = np.array([data.draw(st.sampled_from([-1.0, 1.0])) for _ in rows])
    learn = ridge_and_bayes(1.0, np.ones(len(rows)))
    found = learn(csr_matrix(np.array(rows)), sides)
    assert found == pytest.approx(-learn(csr_matrix(np.array(rows)), -sides), abs=1e-3)
