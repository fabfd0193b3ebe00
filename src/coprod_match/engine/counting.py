"""How often each document uses each word and pair of words: taken apart once, for all that is learnt from it."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from coprod_match.engine.speech import features_of
from coprod_match.words import STOP_WORDS, stems


class Counts(NamedTuple):
    """Documents of several fields, counted."""

    words: Sequence[str]
    """Stems and pairs of neighbouring stems, in alphabetical order."""
    fields: Sequence[Any]
    """For each field a scipy CSR matrix of shape (documents, words)."""


def features(text: str) -> list[str]:
    """The stems of a text and its pairs of neighbouring stems, without stop words."""
    return features_of(stems(text))


def soft_stop_stems() -> frozenset[str]:
    """Stems of scikit-learn's English stop words beyond Lucene's: they shape a question but are not its subject."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # slow to import

    return frozenset(stem for word in ENGLISH_STOP_WORDS for stem in stems(word)) - STOP_WORDS


def telling_features(text: str, soft: frozenset[str]) -> list[str]:
    """The features of a text that hold at least one word of a subject."""
    return [feature for feature in features(text) if not soft.issuperset(feature.split(" "))]


def count_features(fields: Sequence[Sequence[str]]) -> Counts:
    """Count documents given field by field: the text of each document in each field."""
    from sklearn.feature_extraction.text import CountVectorizer  # slow to import

    vectorizer = CountVectorizer(analyzer=features, dtype=np.float64)
    matrix = vectorizer.fit_transform(chain.from_iterable(fields))
    size = len(fields[0])
    parts = [matrix[number * size : (number + 1) * size] for number in range(len(fields))]
    return Counts(vectorizer.get_feature_names_out().tolist(), parts)
