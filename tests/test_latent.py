"""Different words meet: likeness in meaning is that of latent semantic analysis, checked against numpy's own SVD."""

import math
from collections import Counter

import numpy as np
import pytest
from asking import answer, bags, found, over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher
from coprod_match.engine.counting import count_features
from coprod_match.engine.latent import TOPICS, LatentModel, fit_latent

HEALTH = ["nurse doctor", "nurse clinic", "doctor clinic", "clinic nurse doctor doctor"]
FARMS = ["cow barn", "cow tractor tractor", "barn tractor", "cow barn mud"]
CORPUS = [*HEALTH, *FARMS, "nurse cow zebra"]  # only one text holds the zebra, and only one the mud
WORDS = ["nurse", "doctor", "clinic", "cow", "barn", "tractor"]


def fitted(texts: list[str]) -> LatentModel:
    return fit_latent(count_features([texts]), range(len(texts)))[0]


@pytest.fixture(scope="module")
def model() -> LatentModel:
    return fitted(CORPUS)


def alike(model: LatentModel, one: str, other: str) -> float:
    return float(np.prod(model.embed(bags(one, other)), axis=0).sum())


def textbook(one: str, other: str) -> float:
    """The cosine of two texts in the space of the largest singular values of the corpus."""
    holding = {word: sum(word in text.split() for text in CORPUS) for word in WORDS}
    idf = {word: math.log((1 + len(CORPUS)) / (1 + holding[word])) + 1 for word in WORDS}

    def vector(text: str) -> list[float]:
        counts = Counter(text.split())
        return [(1 + math.log(counts[word])) * idf[word] if counts[word] else 0.0 for word in WORDS]

    matrix = np.array([vector(text) for text in CORPUS])
    _, _, rows = np.linalg.svd(matrix / np.linalg.norm(matrix, axis=1, keepdims=True))
    first, second = (rows[: len(WORDS) - 1] @ vector(text) for text in (one, other))
    return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))


@steadily
@given(*[st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)] * 2)
def test_two_texts_are_as_alike_as_the_textbook_says(model: LatentModel, one: str, other: str) -> None:
    assert alike(model, one, other) == pytest.approx(textbook(one, other), abs=1e-9)


@pytest.mark.parametrize("texts", [["barn cow mud"] * 6, ["nurse doctor", "cow barn"] * 4])
def test_where_texts_say_the_same_there_are_no_more_topics_than_they_have_subjects(texts: list[str]) -> None:
    first, again = fitted(texts), fitted(texts)
    assert first.topics.shape[1] == len(set(texts))
    assert first.topics.tolist() == again.topics.tolist()


def test_words_that_keep_the_same_company_are_alike_though_no_text_holds_both() -> None:
    others = [f"left{number} right{number}" for number in range(TOPICS + 10)] * 2  # more subjects than there are topics
    texts = ["nurse ward pill", "medic ward pill", "cow barn hay", "goat barn hay"] * 3
    model = fitted([*texts, *others])
    assert alike(model, "nurse", "medic") > 0.9
    assert alike(model, "nurse", "goat") == pytest.approx(0, abs=1e-6)


@steadily
@given(st.lists(st.sampled_from([*WORDS, "zebra", "xylophone"]), max_size=6))
def test_a_text_lies_at_length_1_or_nowhere(model: LatentModel, given: list[str]) -> None:
    length = float(np.linalg.norm(model.embed(bags(" ".join(given)))))
    assert length == pytest.approx(1 if set(given) & set(WORDS) else 0)


@pytest.mark.parametrize("text", ["", "the and of", "should where", "xylophone", "zebra", "mud", "😀", "\x00"])
def test_small_words_unknown_words_and_words_of_one_text_alone_lie_nowhere(text: str, model: LatentModel) -> None:
    assert not model.embed(bags(text)).any()


def test_pairs_of_words_say_no_more_than_the_words(model: LatentModel) -> None:
    assert model.embed(bags("nurse doctor cow")) == pytest.approx(model.embed(bags("cow doctor nurse")))


def test_the_order_of_the_texts_does_not_matter(model: LatentModel) -> None:
    other = fitted(CORPUS[::-1])
    for text in CORPUS:
        assert alike(other, "doctor cow", text) == pytest.approx(alike(model, "doctor cow", text))


def test_texts_that_were_not_learnt_from_lie_where_their_words_put_them() -> None:
    learnt_from = [number for number, text in enumerate(CORPUS) if "barn" not in text]
    model, places = fit_latent(count_features([CORPUS]), learnt_from)
    assert not model.embed(bags("barn")).any()
    assert places == pytest.approx(model.embed(bags(*CORPUS)))


def test_what_is_learnt_from_some_entries_of_a_large_catalogue_does_not_depend_on_its_order(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coprod_match.engine.index._ENOUGH", 50)
    monkeypatch.setattr("coprod_match.engine.models._ENOUGH", 50)
    resources = matcher.catalogue.resources
    one, other = over(matcher, *resources).models, over(matcher, *resources[::-1]).models
    assert len(one.index.latent.vocabulary) < len(matcher.models.index.latent.vocabulary)
    assert (one.index.topics == other.index.topics[::-1]).all()
    assert one.scope is not None
    assert other.scope is not None
    assert (one.scope.words.weights == other.scope.words.weights).all()
    assert (one.scope.pieces.weights == other.scope.pieces.weights).all()
    assert one.empty_stems == other.empty_stems


@pytest.mark.parametrize("texts", [["nurse"], ["nurse", "nurse"], ["nurse doctor"], ["nurse", "cow"]])
def test_too_few_texts_for_topics_can_still_be_asked(texts: list[str]) -> None:
    assert np.isfinite(fitted(texts).embed(bags("nurse doctor"))).all()


@pytest.mark.parametrize("names", [("nurse doctor", "cow tractor"), ("nurse", "nurse")])
def test_a_catalogue_of_two_sources_answers_though_they_share_no_word_or_every_word(
    names: tuple[str, str], matcher: Matcher
) -> None:
    bare = matcher.catalogue.resources[0]
    sources = [
        variant(bare, f"source-{number}", name=name, provider=name, summary=name, terms=(), questions=())
        for number, name in enumerate(names)
    ]
    assert found(over(matcher, *sources).recommend(need=bare.support_types[0], text=names[0]))[0] == "source-0"


@steadily
@given(data=st.data())
def test_meaning_is_one_contribution_at_most_and_weighs_no_more_than_its_setting(
    data: st.DataObject, matcher: Matcher
) -> None:
    request = data.draw(requests(matcher.taxonomy))
    for entry in answer(matcher, request).recommendations:
        points = [part.points for part in entry.contributions if part.facet == "meaning"]
        assert len(points) <= 1
        assert all(abs(value) <= matcher.ranking.weights.meaning.value * 1.01 for value in points)  # 1.01: rounding


def test_a_request_without_words_of_its_own_earns_nothing_for_meaning(matcher: Matcher) -> None:
    for entry in matcher.recommend(role="council", need="toolkit", theme="rural", top=20).recommendations:
        assert "meaning" not in {part.facet for part in entry.contributions}


def test_a_source_that_uses_other_words_than_the_asker_can_earn_points_for_meaning(matcher: Matcher) -> None:
    entries = matcher.recommend(text="elderly pensioners feel isolated", top=100).recommendations
    in_other_words = [entry for entry in entries if "words" not in {part.facet for part in entry.contributions}]
    assert any(part.facet == "meaning" and part.points > 0 for entry in in_other_words for part in entry.contributions)
