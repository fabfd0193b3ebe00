"""A linear model of the pieces of words, so that words of one family speak alike, also those that were never met.

A piece is four letters (bytes of UTF-8) that stand together in a word and the spaces around it: “_bus”, “bus_”.
Pieces share buckets by a hash (Weinberger and others, Feature Hashing for Large Scale Multitask Learning, 2009). What
each bucket speaks for is learnt from vectors of tf · idf, each divided by √Σ tf · idf², which is its length where no
piece comes twice: so a score is one sum over the pieces.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Buckets, Floats, Positions, SmallFloats
from coprod_match.engine.learning import Learn

_BITS = 16  # of the number of a bucket
_SPREAD = np.uint32(2_654_435_769)  # 2^32 over the golden ratio: Knuth's multiplicative hash
_SPACE = np.uint8(ord(" "))


class PieceModel(Struct, frozen=True, eq=False):
    """Weights of the pieces of words for one target."""

    idf: SmallFloats
    """How rare the pieces of each bucket are; shape (buckets,)."""
    weights: SmallFloats
    """What each bucket speaks for, times its idf; shape (buckets,)."""

    def scores(self, said: Sequence[Sequence[str]]) -> Floats:
        """How much the words of some texts speak for the target: mostly -2 to 2, and 0 where no word has two letters.

        Of shape (texts,).
        """
        buckets, texts = _pieces_of(said)
        idf = self.idf[buckets].astype(np.float64)
        length = np.sqrt(np.bincount(texts, idf * idf, minlength=len(said)))
        total = np.bincount(texts, self.weights[buckets], minlength=len(said))
        return np.asarray(total / np.where(length > 0, length, 1.0), dtype=np.float64)


def fit_pieces(said: Sequence[Sequence[str]], target: Floats, learn: Learn) -> PieceModel:
    """Learn which pieces speak for a target from the words of some texts; `target` has shape (texts,)."""
    from scipy.sparse import csr_matrix  # slow to import

    buckets, texts = _pieces_of(said)
    matrix = csr_matrix((np.ones(len(texts)), (texts, buckets)), shape=(len(said), 1 << _BITS))
    often = np.bincount(matrix.indices, minlength=1 << _BITS)
    idf = np.log((1 + len(said)) / (1 + often)) + 1
    length = np.sqrt(np.bincount(texts, idf[buckets] ** 2, minlength=len(said)))
    matrix.data *= idf[matrix.indices] / np.repeat(length, np.diff(matrix.indptr))
    return PieceModel(idf.astype(np.float32), (idf * learn(matrix, target)).astype(np.float32))


def _pieces_of(said: Sequence[Sequence[str]]) -> tuple[Buckets, Positions]:
    """The bucket of each piece of the words of some texts, and which text it is of; both of shape (pieces,)."""
    spaced = [_spaced(words) for words in said]
    buckets, places = _pieces(b"".join(spaced))
    return buckets, np.arange(len(said)).repeat([len(text) for text in spaced])[places]


def _spaced(words: Sequence[str]) -> bytes:
    return f" {' '.join(words)} ".encode()


def _pieces(text: bytes) -> tuple[Buckets, Positions]:
    """The bucket of each piece of a text, and where it begins; both of shape (pieces,)."""
    windows: Buckets = np.ndarray((max(0, len(text) - 3),), dtype="<u4", buffer=text, strides=(1,))
    in_word = np.frombuffer(text, dtype=np.uint8) != _SPACE
    places = (in_word[1:-2] & in_word[2:-1]).nonzero()[0]
    return windows[places] * _SPREAD >> np.uint32(32 - _BITS), places
