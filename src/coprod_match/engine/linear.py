"""A linear model of texts: what each word speaks for, learnt from TF-IDF vectors.

A text's score for a target is the sum, over its words, of the word's share of the text (its TF-IDF value, scaled to
length 1) times the word's weight for the target.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import compress

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, HalfFloats
from coprod_match.engine.counting import telling_features
from coprod_match.engine.learning import Learn
from coprod_match.engine.vocabulary import Bag, Vocabulary, number_words
from coprod_match.words import Hear, hear


class LinearModel(Struct, frozen=True, eq=False):
    """Weights of words for some targets."""

    vocabulary: Vocabulary
    idf: Floats
    """Shape (words,)."""
    weights: HalfFloats
    """Shape (words, targets). Three digits are more than a model of so few texts knows."""

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
    learn: Learn,
    left_out: frozenset[str] = frozenset(),
    least_pair: int = 1,
    take_apart: Hear = hear,
) -> LinearModel:
    """Learn from phrases and their targets, shape (phrases, targets) or (phrases,).

    Features are used that a phrase with a target holds, pairs of words where at least `least_pair` of these do; but not
    those that consist of stems in `left_out` alone. `take_apart` is how phrases are read.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import

    said = [telling_features(take_apart(phrase).stems, left_out) for phrase in phrases]
    targeted = np.flatnonzero(np.abs(targets).reshape(len(said), -1).sum(axis=1)).tolist()
    often = Counter(feature for place in targeted for feature in set(said[place]))
    used = sorted(feature for feature, times in often.items() if " " not in feature or times >= least_pair)
    if not used:
        return LinearModel(number_words(())[0], np.zeros(0), np.zeros((0, targets[0].size), dtype=np.float16))
    vectorizer = TfidfVectorizer(analyzer=list, vocabulary=used, sublinear_tf=True)
    learnt = learn(vectorizer.fit_transform(said), targets)
    vocabulary, order = number_words(vectorizer.get_feature_names_out().tolist())
    weights = learnt.reshape(len(used), -1)[order]
    return LinearModel(vocabulary, vectorizer.idf_[order], weights.astype(np.float16))
