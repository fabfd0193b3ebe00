"""The linear model of texts, against the closed form of ridge regression."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from asking import bags, steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.arrays import Floats
from coprod_match.engine.counting import features
from coprod_match.engine.learning import ridge
from coprod_match.engine.linear import LinearModel, fit_linear

PHRASES = [
    "toolkit guide method",
    "toolkit budget vote",
    "village bus budget",
    "village hall guide",
    "mental health voice",
    "health data method data",
]
TARGETS = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 1.0], [0.0, -1.0]])
WORDS = ["toolkit", "budget", "village", "health", "guide", "data"]
corpora = st.lists(
    st.lists(st.sampled_from(["toolkit", "budget", "village", "health", "guide", "data"]), min_size=1, max_size=6).map(
        " ".join
    ),
    min_size=2,
    max_size=8,
)


def vectors(phrases: Sequence[str], texts: Sequence[str], targeted: Sequence[str] | None = None) -> Floats:
    """TF-IDF of `texts`, fitted on `phrases`, written out by hand: sublinear, smooth idf, of length 1.

    The features are those of the `targeted` phrases, or of all.
    """
    words = sorted({word for phrase in (phrases if targeted is None else targeted) for word in features(phrase)})
    held = np.array([sum(word in features(phrase) for phrase in phrases) for word in words])
    idf = np.log((1 + len(phrases)) / (1 + held)) + 1
    rows = []
    for text in texts:
        counts = Counter(features(text))
        row = np.array([1 + np.log(counts[word]) if counts[word] else 0.0 for word in words]) * idf
        rows.append(row / (np.linalg.norm(row) or 1.0))
    return np.array(rows)


def closed_form(matrix: Floats, targets: Floats, alpha: float, balance: Floats) -> Floats:
    """(XᵀSX + αI)⁻¹ XᵀSy."""
    left = matrix.T @ (balance[:, None] * matrix) + alpha * np.eye(matrix.shape[1])
    return np.asarray(np.linalg.solve(left, matrix.T @ (balance[:, None] * targets)), dtype=np.float64)


def scores(model: LinearModel, text: str) -> Floats:
    return np.asarray(model.hear(bags(text)).scores[0], dtype=np.float64)


def known(model: LinearModel, text: str) -> list[str]:
    return model.hear(bags(text)).shares(0)[0]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return fit_linear(PHRASES, TARGETS, learn=ridge(1.0))


@pytest.mark.parametrize("alpha", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("balance", [None, [3.0, 1.0, 1.0, 0.5, 1.0, 2.0]])
def test_scores_are_those_of_the_closed_form(alpha: float, balance: list[float] | None) -> None:
    given = None if balance is None else np.array(balance)
    model = fit_linear(PHRASES, TARGETS, learn=ridge(alpha, given))
    weights = closed_form(vectors(PHRASES, PHRASES), TARGETS, alpha, np.ones(6) if given is None else given)
    asked = [*PHRASES, "budget for a village hall", "data data data"]
    expected = vectors(PHRASES, asked) @ weights
    assert np.array([scores(model, text) for text in asked]) == pytest.approx(expected, abs=1e-3)


@steadily
@given(phrases=corpora, data=st.data())
def test_any_small_corpus_gives_the_closed_form(phrases: list[str], data: st.DataObject) -> None:
    targets = np.array([[data.draw(st.sampled_from([-1.0, 0.0, 1.0]))] for _ in phrases])
    model = fit_linear(phrases, targets, learn=ridge(1.0))
    matrix = vectors(
        phrases, phrases, [phrase for phrase, target in zip(phrases, targets, strict=True) if target.any()]
    )
    expected = matrix @ closed_form(matrix, targets, 1.0, np.ones(len(phrases)))
    assert np.array([scores(model, phrase) for phrase in phrases]) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("text", ["", "   ", "?!", "the and of", "zebra quagga"])
def test_a_text_without_a_known_word_scores_nothing(model: LinearModel, text: str) -> None:
    assert known(model, text) == []
    assert scores(model, text).tolist() == [0.0, 0.0]


def test_unknown_words_change_no_score(model: LinearModel) -> None:
    assert scores(model, "zebra toolkit, quagga") == pytest.approx(scores(model, "toolkit"))


def test_a_stronger_ridge_trusts_words_less() -> None:
    weak, strong = (np.abs(fit_linear(PHRASES, TARGETS, learn=ridge(alpha)).weights).sum() for alpha in (0.1, 10.0))
    assert strong < weak


def test_a_phrase_counts_as_much_as_its_balance() -> None:
    phrases, targets = ["hall bus", "hall bus"], np.array([[1.0], [-1.0]])
    model = fit_linear(phrases, targets, learn=ridge(0.1, np.array([3.0, 1.0])))
    assert scores(model, "hall bus")[0] > 0


def test_words_that_are_left_out_score_nothing() -> None:
    model = fit_linear(PHRASES, TARGETS, learn=ridge(1.0), left_out=frozenset({"toolkit"}))
    assert known(model, "toolkit") == []
    assert known(model, "toolkit guide") == ["guid", "toolkit guid"]


def test_pairs_of_words_that_few_phrases_hold_are_not_used() -> None:
    model = fit_linear([*PHRASES, "toolkit guide"], np.vstack([TARGETS, [1.0, 0.0]]), learn=ridge(1.0), least_pair=2)
    words = ["toolkit", "guid", "method", "villag", "bus", "toolkit guid"]
    assert known(model, "toolkit guide method village bus") == words


def test_phrases_without_a_word_teach_nothing() -> None:
    model = fit_linear(["the of", "and the"], np.array([[1.0, 0.0], [0.0, 1.0]]), learn=ridge(1.0))
    assert scores(model, "the toolkit").tolist() == [0.0, 0.0]


def test_what_only_phrases_without_a_target_hold_is_not_used() -> None:
    model = fit_linear(["bus budget", "zebra bus"], np.array([[1.0], [0.0]]), learn=ridge(1.0))
    assert known(model, "zebra bus budget") == ["bus", "budget", "bus budget"]


@steadily
@given(texts=st.lists(st.lists(st.sampled_from([*WORDS, "zebra"]), max_size=12).map(" ".join), max_size=9))
def test_texts_that_are_heard_together_are_heard_as_each_alone_to_the_last_digit(
    texts: list[str], model: LinearModel
) -> None:
    together = model.hear(bags(*texts))
    for number, text in enumerate(texts):
        alone = model.hear(bags(text))
        assert together.scores[number].tolist() == alone.scores[0].tolist()
        assert together.spoken[number] == alone.spoken[0]
        (words, shares), (same_words, same_shares) = together.shares(number), alone.shares(0)
        assert (words, shares.tolist()) == (same_words, same_shares.tolist())


def test_what_each_word_adds_makes_the_score(model: LinearModel) -> None:
    heard = model.hear(bags("village hall guide", "health data"))
    for text in (0, 1):
        assert heard.shares(text)[1].sum(axis=0) == pytest.approx(heard.scores[text])
