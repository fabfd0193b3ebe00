"""Latent semantic analysis: entries and requests as points in a space of topics, so that different words can meet.

Deerwester and others, Indexing by Latent Semantic Analysis (1990): the TF-IDF matrix of the catalogue is cut down to
its largest singular values; a text lies where its words put it, and the cosine of two points says how alike they are.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.counting import Counts, soft_stop_stems
from coprod_match.engine.vocabulary import Bags, Vocabulary, number_words

TOPICS = 50
"""The number of topics; fewer where the catalogue is small."""
_NOISE = 1e-6  # of the largest singular value: where topics of smaller ones lie is decided by rounding alone
_FEW = 200  # documents whose singular values are all worked out


class LatentModel(Struct, frozen=True, eq=False):
    """A map from words to topics."""

    vocabulary: Vocabulary
    topics: Floats
    """The idf of each word times its place in the space of topics; shape (words, topics)."""

    def embed(self, bags: Bags) -> Floats:
        """Where each text lies: of length 1, or zeros when no word of it is known; shape (texts, topics)."""
        known = self.vocabulary.find(bags)
        vectors = known.sums(bags.damped[known.where][:, None] * self.topics.take(known.numbers, axis=0))
        length = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
        np.divide(vectors, length, out=vectors, where=length > 0)
        return vectors


_NOTHING = LatentModel(number_words(())[0], np.zeros((0, 1)))


def fit_latent(counts: Counts, learnt_from: Sequence[int]) -> tuple[LatentModel, Floats]:
    """Fit on some of the counted documents; pairs, words that are no subject and words of only one are not used.

    Also returns where each document, learnt from or not, lies; shape (documents, topics).
    """
    from sklearn.feature_extraction.text import TfidfTransformer  # slow to import
    from sklearn.preprocessing import normalize

    matrix = counts.matrix([1.0] * counts.shape[1], words=len(counts.stems)).tocsr()
    some = matrix[learnt_from]
    size = some.shape[0]
    used = _used(counts.stems, np.bincount(some.indices))
    topics = min(TOPICS, min(size, len(used)) - 1)
    if topics < 1:  # no two documents share two words, so there is nothing to learn
        return _NOTHING, np.zeros((matrix.shape[0], 1))
    transformer = TfidfTransformer(sublinear_tf=True)
    some = transformer.fit_transform(some[:, used])
    axes = _axes(some, topics)
    vocabulary, order = number_words([counts.stems[column] for column in used])
    model = LatentModel(vocabulary, (transformer.idf_[:, None] * axes)[order])
    return model, normalize(transformer.transform(matrix[:, used], copy=False) @ axes)


def _axes(documents: Any, topics: int) -> Floats:
    """The directions of the largest singular values of a scipy sparse matrix; shape (words, topics).

    ARPACK starts anew at random where a few documents leave it nothing to find, and so tells another story each time.
    """
    from scipy.sparse.linalg import svds

    if documents.shape[0] <= _FEW:
        _, values, rows = np.linalg.svd(documents.toarray(), full_matrices=False)
    else:
        _, values, rows = svds(documents, topics, random_state=0)
        values, rows = values[::-1], rows[::-1]
    return np.asarray(rows[:topics][values[:topics] > _NOISE * values[0]].T, dtype=np.float64)


def _used(stems: Sequence[str], frequency: Any) -> list[int]:
    soft = soft_stop_stems()
    return [column for column in np.flatnonzero(frequency > 1).tolist() if stems[column] not in soft]
