"""The text part of a score is BM25's, checked against its formula in plain Python."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from asking import bags, steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.engine.counting import count_features
from coprod_match.engine.text_index import K1, PAIR_WEIGHT, B, TextIndex, fit_text

PLAIN = ["map", "sun", "pen", "hen", "dog"]  # each is its own stem, and no word that shapes questions
UNSEEN = "zebra"

texts = st.lists(st.sampled_from(PLAIN), max_size=7)
corpora = st.lists(texts, min_size=1, max_size=6).filter(any)
queries = st.lists(st.sampled_from([*PLAIN, UNSEEN]), min_size=1, max_size=5)


def grams(text: Sequence[str]) -> list[str]:
    return [*text, *(f"{first} {second}" for first, second in pairwise(text))]


class Oracle:
    """BM25 over the words and word pairs of documents whose fields have weights."""

    def __init__(self, fields: Sequence[tuple[float, Sequence[Sequence[str]]]]) -> None:
        self.counts: list[Counter[str]] = [Counter() for _ in fields[0][1]]
        for weight, documents in fields:
            for counts, document in zip(self.counts, documents, strict=True):
                for gram in grams(document):
                    counts[gram] += weight  # type: ignore[assignment]
        self.mean = sum(counts.total() for counts in self.counts) / len(self.counts)

    def idf(self, gram: str) -> float:
        holding = sum(gram in counts for counts in self.counts)
        return math.log(1 + (len(self.counts) - holding + 0.5) / (holding + 0.5))

    def part(self, gram: str, document: int) -> float:
        counts = self.counts[document]
        return counts[gram] / (counts[gram] + K1 * (1 - B + B * counts.total() / self.mean))

    def covered(self, query: Sequence[str], document: int) -> float:
        """The share of the query's words, by rarity, that the document covers."""
        weights = {
            gram: count * self.idf(gram) * (PAIR_WEIGHT if " " in gram else 1)
            for gram, count in Counter(grams(query)).items()
            if " " not in gram or any(gram in counts for counts in self.counts)
        }
        return sum(weight * self.part(gram, document) for gram, weight in weights.items()) / sum(weights.values())


def fitted(*fields: tuple[float, Sequence[Sequence[str]]]) -> tuple[TextIndex, Any]:
    counts = count_features([[" ".join(document) for document in documents] for _, documents in fields])
    return fit_text(counts, [weight for weight, _ in fields])


def covered(fit: tuple[TextIndex, Any], query: str) -> list[float]:
    index, matrix = fit
    (shares,) = index.shares(bags(query))
    return [float(shares.values @ row[shares.numbers]) for row in matrix.toarray()]


def shares_of(index: TextIndex, text: str) -> dict[str, float]:
    (shares,) = index.shares(bags(text))
    return dict(zip(shares.words, shares.values.tolist(), strict=True))


@steadily
@given(corpora, queries)
def test_a_document_covers_a_query_as_bm25_says(documents: list[list[str]], query: list[str]) -> None:
    oracle = Oracle([(1, documents)])
    expected = [oracle.covered(query, number) for number in range(len(documents))]
    assert covered(fitted((1, documents)), " ".join(query)) == pytest.approx(expected)


@steadily
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5).filter(lambda pairs: any(map(any, pairs))), queries)
def test_a_word_of_a_heavier_field_counts_as_often_as_the_field_weighs(
    documents: list[tuple[list[str], list[str]]], query: list[str]
) -> None:
    names, summaries = [name for name, _ in documents], [summary for _, summary in documents]
    oracle = Oracle([(3, names), (1, summaries)])
    expected = [oracle.covered(query, number) for number in range(len(documents))]
    assert covered(fitted((3, names), (1, summaries)), " ".join(query)) == pytest.approx(expected)


@steadily
@given(corpora, st.sampled_from(PLAIN))
def test_one_word_ranks_documents_as_textbook_bm25_does(documents: list[list[str]], word: str) -> None:
    oracle = Oracle([(1, documents)])
    textbook = [oracle.idf(word) * oracle.part(word, number) * (K1 + 1) for number in range(len(documents))]
    scores = covered(fitted((1, documents)), word)
    for first, second in pairwise(sorted(range(len(documents)), key=lambda number: textbook[number])):
        assert scores[first] <= scores[second] + 1e-12
    assert [score > 0 for score in scores] == [word in document for document in documents]


@steadily
@given(corpora, st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5))
def test_shares_of_words_that_the_documents_hold_sum_to_one(documents: list[list[str]], query: list[str]) -> None:
    index, _ = fitted((1, [*documents, PLAIN]))
    assert sum(shares_of(index, " ".join(query)).values()) == pytest.approx(1)


@steadily
@given(corpora, queries)
def test_a_word_that_no_document_holds_takes_its_share_from_the_others(
    documents: list[list[str]], query: list[str]
) -> None:
    index, _ = fitted((1, documents))
    without, with_unseen = shares_of(index, " ".join(query)), shares_of(index, " ".join([*query, UNSEEN]))
    assert all(with_unseen[gram] < share for gram, share in without.items())


@steadily
@given(corpora)
def test_a_document_never_covers_more_than_the_whole_query(documents: list[list[str]]) -> None:
    fit = fitted((1, documents))
    for document in documents:
        assert all(0 <= share < 1 for share in covered(fit, " ".join(document)))


def test_a_rare_word_takes_a_larger_share_than_a_common_one() -> None:
    shares = shares_of(fitted((1, [["map", "sun"], ["map", "hen"], ["map", "dog"]]))[0], "sun map")
    assert shares["sun"] > shares["map"]


def test_words_that_shape_a_question_count_less_than_its_subject() -> None:
    shares = shares_of(fitted((1, [["should", "map"], ["sun"]]))[0], "should map")
    assert shares["should"] < shares["map"]


@pytest.mark.parametrize("text", ["", "the and of", "😀", "\x00"])
def test_a_text_without_words_has_no_shares(text: str) -> None:
    assert shares_of(fitted((1, [PLAIN]))[0], text) == {}
