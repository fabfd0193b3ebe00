"""How often each document uses each word and pair of words: taken apart once, for all that is learnt from it."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from coprod_match.arrays import Ints
from coprod_match.engine.numbering import number_stems
from coprod_match.engine.speech import features_of
from coprod_match.words import STOP_WORDS, stems


class Counts(NamedTuple):
    """Where documents of several fields use each word: a stem, or a pair of neighbouring stems."""

    stems: Sequence[str]
    """In alphabetical order. They are the first words."""
    pairs: Ints
    """The two stems of each pair, by their numbers. Pairs are the other words, in the order of their stems."""
    starts: Ints
    """Where the uses of each word begin in `uses`, and where the last ends; shape (words + 1,)."""
    uses: Ints
    """Of each word, the fields that use it, ascending, each as often as it does: document · fields + field."""
    shape: tuple[int, int]
    """How many documents there are, of how many fields."""

    def matrix(self, weights: Sequence[float], words: int | None = None) -> Any:
        """How often each document uses each word, or each of the first few; a word of a field counts as it weighs.

        A scipy CSC matrix of shape (documents, words).
        """
        from scipy.sparse import csc_matrix

        starts = self.starts if words is None else self.starts[: words + 1]
        documents, fields = np.divmod(self.uses[: starts[-1]], np.int32(self.shape[1]))
        fresh = _changes(documents)
        fresh[starts[:-1]] = True
        first = np.flatnonzero(fresh)
        counts = np.add.reduceat(np.array(weights, dtype=np.float64)[fields], first)
        ends = first.searchsorted(starts)
        matrix = csc_matrix((counts, documents[first], ends), shape=(self.shape[0], len(starts) - 1))
        matrix.eliminate_zeros()
        return matrix


def features(text: str) -> list[str]:
    """The stems of a text and its pairs of neighbouring stems, without stop words: what is counted."""
    return features_of(stems(text))


def soft_stop_stems() -> frozenset[str]:
    """Stems of scikit-learn's English stop words beyond Lucene's: they shape a question but are not its subject."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # slow to import

    return frozenset(stem for word in ENGLISH_STOP_WORDS for stem in stems(word)) - STOP_WORDS


def telling_features(stems: Sequence[str], soft: frozenset[str]) -> list[str]:
    """The features of a text, given as its stems, that hold at least one word of a subject."""
    return [feature for feature in features_of(stems) if not soft.issuperset(feature.split(" "))]


def count_features(fields: Sequence[Sequence[str]]) -> Counts:
    """Count documents given field by field: the text of each document in each field."""
    said = number_stems(chain.from_iterable(zip(*fields, strict=True)))
    first = np.flatnonzero(said.texts[1:] == said.texts[:-1])
    singles = _gathered([said.numbers], said.texts, len(said.stems))
    pairs = _gathered([said.numbers[first], said.numbers[first + 1]], said.texts[first], len(said.stems))
    used = singles.words[:, 0]
    return Counts(
        stems=[said.stems[number] for number in used.tolist()],
        pairs=used.searchsorted(pairs.words).astype(np.int32),
        starts=np.concatenate([singles.starts[:-1], pairs.starts + singles.starts[-1]]),
        uses=np.concatenate([singles.uses, pairs.uses]),
        shape=(len(fields[0]), len(fields)),
    )


class _Gathered(NamedTuple):
    """Places in texts, those of equal words brought together."""

    words: Ints
    """The parts of each word; shape (words, parts)."""
    starts: Ints
    uses: Ints


def _gathered(parts: Sequence[Ints], texts: Ints, stems: int) -> _Gathered:
    """Bring equal words together; `parts` are the first stem at each place, the second and so on."""
    order = np.arange(len(texts), dtype=np.int32)
    for part in reversed(parts):
        order = order[_sorting(part[order], stems)]
    parts = [part[order] for part in parts]
    fresh = np.logical_or.reduce([_changes(part) for part in parts])
    starts = np.append(np.flatnonzero(fresh), len(order)).astype(np.int32)
    return _Gathered(np.column_stack([part[fresh] for part in parts]), starts, texts[order])


def _changes(row: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each number is another than the one before it; the first is."""
    changes = np.ones(len(row), dtype=np.bool_)
    np.not_equal(row[1:], row[:-1], out=changes[1:])
    return changes


def _sorting(keys: Ints, below: int) -> Ints:
    """What sorts keys of 0 and more, equal ones in their order: for so many keys far quicker than numpy's `argsort`."""
    from scipy.sparse import csr_matrix

    places = np.arange(len(keys), dtype=np.int32)
    order: Ints = csr_matrix((np.ones(len(keys), dtype=np.bool_), (keys, places)), shape=(below, len(keys))).indices
    return order
