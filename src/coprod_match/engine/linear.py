"""A linear model of texts: what each word speaks for, learnt from TF-IDF vectors.

A text's score for a target is the sum, over its words, of the word's share of the text (its TF-IDF value, scaled to
length 1) times the word's weight for the target.
"""

from collections.abc import Sequence, Set

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Bools, Floats, HalfFloats, Ints, Positions
from coprod_match.engine.counting import Counts, count_words
from coprod_match.engine.learning import Learn
from coprod_match.engine.vocabulary import Bags, Known, Vocabulary, number_pairs, number_words
from coprod_match.words import Hear, hear


class LinearModel(Struct, frozen=True, eq=False):
    """Weights of words for some targets."""

    vocabulary: Vocabulary
    idf: Floats
    """Shape (words,)."""
    weights: HalfFloats
    """Shape (words, targets). Three digits are more than a model of so few texts knows."""

    def hear(self, bags: Bags) -> "Said":
        """What some texts speak for."""
        known = self.vocabulary.find(bags)
        values = bags.damped[known.where] * self.idf[known.numbers]
        values /= known.each(np.sqrt(known.sums(values * values)))
        shares = values[:, None] * self.weights.take(known.numbers, axis=0)
        return Said(known.sums(shares), shares, known, bags)


class Said(Struct, frozen=True, eq=False, gc=False):
    """What some texts speak for."""

    scores: Floats
    """Shape (texts, targets)."""
    _shares: Floats
    """What each known word adds to each score of its text; shape (known, targets)."""
    _known: Known
    _bags: Bags

    @property
    def spoken(self) -> Bools:
        """Which texts have a known word; shape (texts,)."""
        return self._known.spoken

    def shares(self, text: int) -> tuple[list[str], Floats]:
        """The known words of a text, by its position, and what each adds to its scores; shape (known, targets)."""
        of_text = slice(*self._known.starts[text : text + 2])
        places = (self._known.where[of_text] - self._bags.starts[text]).tolist()
        words = self._bags.words[text]
        return [words[place] for place in places], self._shares[of_text]


def fit_linear(
    phrases: Sequence[str],
    targets: Floats,
    *,
    learn: Learn,
    left_out: frozenset[str] = frozenset(),
    least_pair: int = 1,
    take_apart: Hear = hear,
) -> LinearModel:
    """Learn from phrases and their targets, shape (phrases, targets) or (phrases,).

    Features are used that a phrase with a target holds, pairs of words where at least `least_pair` of these do; but not
    those that consist of stems in `left_out` alone. `take_apart` is how phrases are read.
    """
    from sklearn.feature_extraction.text import TfidfTransformer  # slow to import

    counts = count_words([take_apart(phrase).words for phrase in phrases])
    matrix = counts.matrix([1.0])
    targeted = np.flatnonzero(targets.reshape(len(phrases), -1).any(axis=1))
    used = _used(counts, matrix[targeted].getnnz(axis=0), left_out, least_pair)
    if not len(used):
        return LinearModel(number_words(())[0], np.zeros(0), np.zeros((0, targets[0].size), dtype=np.float16))
    transformer = TfidfTransformer(sublinear_tf=True)
    learnt = learn(transformer.fit_transform(matrix[:, used].tocsr()), targets)
    vocabulary, order = number_pairs(counts.stems, counts.pairs, used)
    weights = learnt.reshape(len(used), -1)[order]
    return LinearModel(vocabulary, transformer.idf_[order], weights.astype(np.float16))


def _used(counts: Counts, often: Ints, left_out: Set[str], least_pair: int) -> Positions:
    """The features that are learnt from, in alphabetical order: a stem, then its pairs. `often` has shape (words,)."""
    small = np.array([stem in left_out for stem in counts.stems], dtype=np.bool_)
    telling = ~np.concatenate([small, small[counts.pairs].all(axis=1)])
    least = np.repeat([1, least_pair], [len(small), len(counts.pairs)])
    used = np.flatnonzero(telling & (often >= least))
    firsts = np.concatenate([np.arange(len(small)), counts.pairs[:, 0]])
    return used[firsts[used].argsort(kind="stable")]
