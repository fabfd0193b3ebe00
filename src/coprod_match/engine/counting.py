"""How often each document uses each word and pair of words: taken apart once, for all that is learnt from it."""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Fields, Ints, Positions
from coprod_match.engine.numbering import Numbered, number_stems, number_stems_of
from coprod_match.engine.speech import telling
from coprod_match.words import STOP_WORDS, stems

_AT_ONCE = 1 << 16  # numbers: for all of them at once, indices of eight bytes each would take more memory than the rest


class Counts(Struct, frozen=True, eq=False, gc=False):
    """Which documents, of several fields, use each word: a stem, or a pair of neighbouring stems."""

    stems: Sequence[str]
    """In alphabetical order. They are the first words."""
    pairs: Ints
    """The two stems of each pair, by their numbers. Pairs are the other words, in the order of their stems."""
    starts: Ints
    """Where the documents of each word begin in `documents`, and where the last end; shape (words + 1,)."""
    documents: Ints
    """The documents that use each word, ascending."""
    uses: Ints
    """Where the uses of each word by each of them begin in `fields`, and where the last end."""
    fields: Fields
    """The field of each use, ascending within a document."""
    shape: tuple[int, int]
    """How many documents there are, of how many fields."""

    def matrix(self, weights: Sequence[float], words: int | None = None) -> Any:
        """How often each document uses each word, or each of the first few; a word of a field counts as it weighs.

        A scipy CSC matrix of shape (documents, words).
        """
        from scipy.sparse import csc_matrix

        starts = self.starts if words is None else self.starts[: words + 1]
        uses = self.uses[: starts[-1] + 1]
        counts = np.empty(len(uses) - 1)
        for first in range(0, len(counts), _AT_ONCE):
            some = uses[first : first + _AT_ONCE + 1]
            weighed = np.array(weights, dtype=np.float64)[self.fields[some[0] : some[-1]]]
            counts[first : first + _AT_ONCE] = np.add.reduceat(weighed, some[:-1] - some[0])
        shape = (self.shape[0], len(starts) - 1)
        matrix = csc_matrix((counts, self.documents[: starts[-1]], starts), shape=shape, copy=not all(weights))
        matrix.eliminate_zeros()
        return matrix

    def pairs_said(self, fields: Sequence[int]) -> Ints:
        """How many documents use each pair in some of the fields."""
        starts = self.starts[len(self.stems) :]
        if len(starts) < 2:
            return starts[1:]
        first, last = starts[[0, -1]]
        uses = self.uses[first : last + 1]
        said = np.isin(self.fields[uses[0] : uses[-1]], fields)
        documents = np.logical_or.reduceat(said, uses[:-1] - uses[0])
        return np.add.reduceat(documents, starts[:-1] - first, dtype=np.int32)


def features(text: str) -> list[str]:
    """The stems of a text and its pairs of neighbouring stems, without stop words: what is counted."""
    singles = telling(stems(text))
    return singles + [" ".join(pair) for pair in pairwise(singles)]


def soft_stop_stems() -> frozenset[str]:
    """Stems of scikit-learn's English stop words beyond Lucene's: they shape a question but are not its subject."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # slow to import

    return frozenset(stem for word in ENGLISH_STOP_WORDS for stem in stems(word)) - STOP_WORDS


def count_features(fields: Sequence[Sequence[str]]) -> Counts:
    """Count documents given field by field: the text of each document in each field."""
    return _counted(number_stems(chain.from_iterable(zip(*fields, strict=True))), len(fields))


def count_words(texts: Sequence[Sequence[str]]) -> Counts:
    """Count documents of one field, given as their words."""
    return _counted(number_stems_of(texts), 1)


def _counted(said: Numbered, fields: int) -> Counts:
    singles, pairs = _singles(said), _pairs(said)
    used = singles.words[:, 0]
    number_of = np.zeros(len(said.stems), dtype=np.int32)
    number_of[used] = np.arange(len(used))
    parts = [_by_document(words, fields) for words in (singles, pairs)]
    return Counts(
        stems=[said.stems[number] for number in used.tolist()],
        pairs=number_of[pairs.words],
        starts=_strung(*(part.starts for part in parts)),
        documents=np.concatenate([part.documents for part in parts]),
        uses=_strung(*(part.uses for part in parts)),
        fields=np.concatenate([part.fields for part in parts]),
        shape=((len(said.starts) - 1) // fields, fields),
    )


class _Gathered(Struct, frozen=True, eq=False, gc=False):
    """The uses of equal words brought together."""

    words: Positions
    """The stems of each word; shape (words, stems)."""
    starts: Ints
    """Where the uses of each word begin in `texts`, and where the last end; shape (words + 1,)."""
    texts: Ints
    """Which text each use is in, ascending within each word; shape (uses,)."""


def _singles(said: Numbered) -> _Gathered:
    found = _by_column(np.ones(len(said.numbers), dtype=np.bool_), said.numbers, said.starts, len(said.stems))
    words = np.flatnonzero(np.diff(found.indptr))
    return _Gathered(words[:, None], np.append(found.indptr[words], found.indptr[-1]), found.indices)


def _pairs(said: Numbered) -> _Gathered:
    """Of two neighbours in a text: in order of the second first, and that order stays where the first is the same."""
    inside = np.ones(len(said.numbers) + 1, dtype=np.bool_)  # whether one text holds a place and the one before
    inside[said.starts] = False
    firsts, seconds = said.numbers[:-1][inside[1:-1]], said.numbers[inside[:-1]]
    starts = np.append(0, np.maximum(np.diff(said.starts) - 1, 0).cumsum())
    by_second = _by_column(firsts, seconds, starts, len(said.stems))
    found = _by_column(by_second.indices, by_second.data, by_second.indptr, len(said.stems))
    starts = _starts(found.indices, found.indptr)
    firsts = found.indptr.searchsorted(starts[:-1], side="right") - 1
    return _Gathered(np.column_stack([firsts, found.indices[starts[:-1]]]), starts, found.data)


def _by_column(values: Any, columns: Ints, starts: Ints, below: int) -> Any:
    """Bring equal columns of a table together, each row's before the next's: for so many far quicker than a sort."""
    from scipy.sparse import csr_matrix

    return csr_matrix((values, columns, starts), shape=(len(starts) - 1, below)).tocsc()


class _Part(Struct, frozen=True, eq=False, gc=False):
    """Some of `Counts`."""

    starts: Ints
    documents: Ints
    uses: Ints
    fields: Fields


def _by_document(words: _Gathered, fields: int) -> _Part:
    documents = words.texts // np.int32(fields)
    uses = _starts(documents, words.starts)
    within = (words.texts - documents * np.int32(fields)).astype(np.int8)
    return _Part(uses.searchsorted(words.starts).astype(np.int32), documents[uses[:-1]], uses, within)


def _starts(row: Ints, also: Ints) -> Ints:
    """Where another number stands in a row than before, where it is said to begin anew, and where it ends."""
    begins = np.ones(len(row) + 1, dtype=np.bool_)
    np.not_equal(row[1:], row[:-1], out=begins[1:-1])
    begins[also] = True
    return np.flatnonzero(begins).astype(np.int32)


def _strung(first: Ints, second: Ints) -> Ints:
    """Where the parts of two rows begin when they stand one after the other."""
    return np.concatenate([first[:-1], second + first[-1]])
