"""Latent semantic analysis: entries and requests as points in a space of topics, so that different words can meet.

Deerwester and others, Indexing by Latent Semantic Analysis (1990): the TF-IDF matrix of the catalogue is cut down to
its largest singular values; a text lies where its words put it, and the cosine of two points says how alike they are.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.text_index import soft_stop_stems, telling_features
from coprod_match.engine.vocabulary import Vocabulary, number_words

TOPICS = 50
"""The number of topics; fewer where the catalogue is small."""


class LatentModel(Struct, frozen=True, eq=False):
    """A map from words to topics."""

    vocabulary: Vocabulary
    topics: Floats
    """The idf of each word times its place in the space of topics; shape (words, topics)."""

    def place(self, features: Sequence[str]) -> Floats:
        """Where a text of these features lies: of length 1, or zeros when none is known; shape (topics,)."""
        _, numbers, counts = self.vocabulary.counts(features)
        if not len(numbers):
            return np.zeros(self.topics.shape[1])
        vector = (1.0 + np.log(counts)) @ self.topics[numbers]
        length = math.sqrt(vector @ vector)
        return vector / length if length else vector


_NOTHING = LatentModel(number_words(())[0], np.zeros((0, 1)))


def fit_latent(texts: Sequence[str]) -> LatentModel:
    """Fit on the texts of a catalogue. Pairs, words that are no subject and words of one text only are not used."""
    from sklearn.decomposition import TruncatedSVD  # slow to import
    from sklearn.feature_extraction.text import TfidfVectorizer

    soft = soft_stop_stems()

    def single_words(text: str) -> list[str]:
        return [word for word in telling_features(text, soft) if " " not in word]

    vectorizer = TfidfVectorizer(analyzer=single_words, sublinear_tf=True, min_df=min(2, len(texts)))
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:  # no two texts share a word, so there is nothing to learn
        return _NOTHING
    topics = min(TOPICS, min(matrix.shape) - 1)
    if topics < 1:
        return _NOTHING
    with np.errstate(divide="ignore", invalid="ignore"):  # of a share that is not used, where all texts are alike
        svd = TruncatedSVD(topics, algorithm="arpack", random_state=0).fit(matrix)
    vocabulary, order = number_words(vectorizer.get_feature_names_out().tolist())
    return LatentModel(vocabulary, (vectorizer.idf_[:, None] * svd.components_.T)[order])
