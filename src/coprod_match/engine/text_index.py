"""TF-IDF over words and word pairs, with the saturation and length normalisation of BM25.

An entry's value for a word is BM25's term part, scaled to lie between 0 and 1:
`tf / (tf + k1 · (1 - b + b · length / mean length))`. A request's value for a word is its share of
the request by rarity: `idf / Σ idf`, with BM25's `idf = ln(1 + (n - df + ½) / (df + ½))`. Their
product, summed, reads as "the share of the request's words, by rarity, that this entry covers".
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
"""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Positions
from coprod_match.engine.counting import Counts, soft_stop_stems
from coprod_match.engine.vocabulary import Bags, Vocabulary, number_pairs

K1 = 1.5
B = 0.75
PAIR_WEIGHT = 0.2
"""What a pair of neighbouring words counts beside a single word."""
SOFT_STOP_WEIGHT = 0.5
"""What words such as “should” and “where” count: they shape a question but are not its subject."""

COMMON = 0.1
"""A word that a larger part of the documents holds says little of any of them."""


class Shares(Struct, frozen=True, eq=False, gc=False):
    """The features of a text that some document holds."""

    words: Sequence[str]
    numbers: Positions
    """Shape (words,)."""
    values: Floats
    """The share of the text, by rarity; shape (words,)."""


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

    def shares(self, bags: Bags) -> Iterator[Shares]:
        """The share of each text, by rarity, of each of its words that a document holds.

        They sum to 1, less what the stems that no document holds would take.
        """
        known = self.vocabulary.find(bags)
        weights = bags.counts[known.where] * self.weights[known.numbers]
        totals = known.sums(weights).tolist()
        held, counts = known.flags(len(bags.counts)), bags.counts.tolist()
        for words, span, of_known, total in zip(bags.words, bags.spans, known.spans, totals, strict=True):
            there = held[span]
            absent = [(word, count) for word, count, at in zip(words, counts[span], there, strict=True) if not at]
            missing = sum(count * _scale(word, self.soft) for word, count in absent if " " not in word)
            values = weights[of_known] / (total + missing * self.unseen)
            yield Shares(list(compress(words, there)), known.numbers[of_known], values)


def fit_text(counts: Counts, weights: Sequence[float]) -> tuple[TextIndex, Any]:
    """Fit on counted documents; `weights` say how often a word of each field is counted.

    Also returns the documents as a scipy CSC matrix of shape (documents, words) with values in [0, 1).
    """
    matrix = counts.matrix(weights)
    n_documents = matrix.shape[0]
    length = np.bincount(matrix.indices, matrix.data, minlength=n_documents)
    norm = K1 * (1 - B + B * length / (length.mean() or 1.0))
    matrix.data /= matrix.data + norm[matrix.indices]
    frequency = np.diff(matrix.indptr)
    idf = np.log1p((n_documents - frequency + 0.5) / (frequency + 0.5))
    soft = soft_stop_stems()
    idf *= _scales(counts, soft)
    often = np.flatnonzero(frequency[: len(counts.stems)] > COMMON * n_documents)
    common = frozenset(counts.stems[column] for column in often.tolist())
    vocabulary, order = number_pairs(counts.stems, counts.pairs)
    unseen = float(np.log1p((n_documents + 0.5) / 0.5))
    return TextIndex(vocabulary, idf[order], unseen, soft, common), matrix[:, order]


def _scales(counts: Counts, soft: frozenset[str]) -> Floats:
    """What each word counts beside a plain one; shape (words,). A pair shapes a question where both its words do."""
    stems = np.array([_scale(stem, soft) for stem in counts.stems])
    return np.concatenate([stems, PAIR_WEIGHT * np.maximum(*stems[counts.pairs.T])])


def _scale(stem: str, soft: frozenset[str]) -> float:
    return SOFT_STOP_WEIGHT if stem in soft else 1.0
