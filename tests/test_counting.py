"""Words of many texts are counted as they would be one text at a time."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.engine.counting import Counts, count_features, features

TRICKY = [
    "co",
    "Co-",
    "production",
    "producing",
    "c.o.",
    "㏇",
    "c'o",
    "&",
    "the",
    "and",
    "usage",
    "U.K.",
    "é",
    "–",
    "\n",
]
glued = st.lists(st.sampled_from([*TRICKY, " ", "\u00a0"]), max_size=12).map("".join)
spaced = st.lists(st.sampled_from(TRICKY), max_size=8).map(" ".join)
texts = st.just("") | st.text(max_size=20) | glued | spaced
documents = st.lists(st.tuples(texts, texts), min_size=1, max_size=5)


def words(counts: Counts) -> list[str]:
    return [*counts.stems, *(f"{counts.stems[first]} {counts.stems[second]}" for first, second in counts.pairs)]


def counted(counts: Counts, weights: Sequence[float]) -> list[dict[str, float]]:
    rows = counts.matrix(weights).toarray()
    return [{words(counts)[column]: row[column] for column in np.flatnonzero(row).tolist()} for row in rows]


@steadily
@given(documents)
def test_counts_of_many_texts_are_those_of_each_text(documents: list[tuple[str, str]]) -> None:
    counts = count_features([*zip(*documents, strict=True)])
    assert counted(counts, [1, 0]) == [Counter(features(first)) for first, _ in documents]
    assert counted(counts, [0, 1]) == [Counter(features(second)) for _, second in documents]


@steadily
@given(documents)
def test_a_use_in_a_field_counts_as_the_field_weighs(documents: list[tuple[str, str]]) -> None:
    expected = [Counter(3 * features(first) + 2 * features(second)) for first, second in documents]
    assert counted(count_features([*zip(*documents, strict=True)]), [3, 2]) == expected


@steadily
@given(documents)
def test_stems_come_first_in_alphabetical_order_and_nothing_comes_twice(documents: list[tuple[str, str]]) -> None:
    counts = count_features([*zip(*documents, strict=True)])
    assert list(counts.stems) == sorted(set(counts.stems))
    assert len(words(counts)) == len(set(words(counts)))
    few = counts.matrix([1, 1], words=len(counts.stems))
    assert (few != counts.matrix([1, 1])[:, : len(counts.stems)]).nnz == 0


@pytest.mark.parametrize("text", ["", "the and of", "…"])
def test_texts_without_words_are_counted_too(text: str) -> None:
    counts = count_features([[text, text]])
    assert words(counts) == []
    assert counts.matrix([1]).shape == (2, 0)
