"""TF-IDF over words and word pairs, with the saturation and length normalisation of BM25.

An entry's value for a word is BM25's term part, scaled to lie between 0 and 1:
`tf / (tf + k1 · (1 - b + b · length / mean length))`. A request's value for a word is its share of
the request by rarity: `idf / Σ idf`, with BM25's `idf = ln(1 + (n - df + ½) / (df + ½))`. Their
product, summed, reads as "the share of the request's words, by rarity, that this entry covers".
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.counting import Counts, soft_stop_stems
from coprod_match.engine.vocabulary import Vocabulary, number_words

K1 = 1.5
B = 0.75
PAIR_WEIGHT = 0.2
"""What a pair of neighbouring words counts beside a single word."""
SOFT_STOP_WEIGHT = 0.5
"""What words such as “should” and “where” count: they shape a question but are not its subject."""

COMMON = 0.1
"""A word that a larger part of the documents holds says little of any of them."""


class TextIndex(Struct, frozen=True, eq=False):
    """The words of a set of documents and their weights."""

    vocabulary: Vocabulary
    weights: Floats
    """The idf of each word, lowered for word pairs and soft stop words; shape (words,)."""
    unseen: float
    """The weight of a word that no document holds."""
    soft: frozenset[str]
    """Stems of words that shape a question but are not its subject."""
    common: frozenset[str]
    """Stems of words that so many documents hold that they say little of any."""

    def shares(self, features: Sequence[str]) -> dict[str, float]:
        """Word → share of a text's features by rarity.

        Sums to 1, less what the words that no document holds would take.
        """
        counts = Counter(features)
        numbers = self.vocabulary.numbers(list(counts)).tolist()
        known: dict[str, float] = {}
        missing = 0.0
        for (word, count), number in zip(counts.items(), numbers, strict=True):
            if number >= 0:
                known[word] = count * float(self.weights[number])
            elif " " not in word:
                missing += count * _scale(word, self.soft)
        total = sum(known.values()) + missing * self.unseen
        return {word: weight / total for word, weight in known.items()} if total else {}


def fit_text(counts: Counts, weights: Sequence[float]) -> tuple[TextIndex, Any]:
    """Fit on counted documents; `weights` say how often a word of each field is counted.

    Also returns the documents as a scipy CSR matrix of shape (documents, words) with values in [0, 1).
    """
    from scipy.sparse import csr_matrix

    words = counts.words
    matrix = csr_matrix(sum(weight * field for weight, field in zip(weights, counts.fields, strict=True)))
    n_documents, n_words = matrix.shape
    length = np.asarray(matrix.sum(axis=1)).ravel()
    norm = K1 * (1 - B + B * length / length.mean())
    matrix.data /= matrix.data + np.repeat(norm, np.diff(matrix.indptr))
    frequency = np.bincount(matrix.indices, minlength=n_words)
    idf = np.log1p((n_documents - frequency + 0.5) / (frequency + 0.5))
    soft = soft_stop_stems()
    idf *= [_scale(word, soft) for word in words]
    common = {words[column] for column in np.flatnonzero(frequency > COMMON * n_documents).tolist()}
    vocabulary, order = number_words(words)
    unseen = float(np.log1p((n_documents + 0.5) / 0.5))
    return TextIndex(
        vocabulary, idf[order], unseen, soft, frozenset(word for word in common if " " not in word)
    ), matrix[:, order]


def _scale(word: str, soft: frozenset[str]) -> float:
    """What a word or a pair of words counts beside a plain word."""
    parts = word.split(" ")
    return (PAIR_WEIGHT if len(parts) > 1 else 1.0) * (SOFT_STOP_WEIGHT if all(part in soft for part in parts) else 1.0)
