"""Which terms a text speaks of, learnt from the taxonomy's own words."""

from itertools import pairwise

import pytest
from asking import bags, steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Taxonomy
from coprod_match.engine.concepts import ConceptModel, Guess, fit_concepts


@pytest.fixture(scope="module")
def themes(taxonomy: Taxonomy) -> ConceptModel:
    return fit_concepts(taxonomy.themes)


@pytest.fixture(scope="module")
def support_types(taxonomy: Taxonomy) -> ConceptModel:
    return fit_concepts(taxonomy.support_types)


def said(model: ConceptModel, text: str) -> list[Guess]:
    """All that a text speaks of."""
    return model.guesses(model.model.hear(bags(text)), 0, most=len(model.terms), least=0.0)


def test_each_label_speaks_most_of_its_own_term(
    themes: ConceptModel, support_types: ConceptModel, taxonomy: Taxonomy
) -> None:
    for model, terms in ((themes, taxonomy.themes), (support_types, taxonomy.support_types)):
        for term in terms:
            assert said(model, term.prefLabel)[0].term == term.id


def test_what_people_say_for_a_term_speaks_of_it(
    themes: ConceptModel, support_types: ConceptModel, taxonomy: Taxonomy
) -> None:
    for model, terms in ((themes, taxonomy.themes), (support_types, taxonomy.support_types)):
        for term in terms:
            for phrase in term.example:
                assert term.id in [guess.term for guess in said(model, phrase)[:3]], phrase


@pytest.mark.parametrize("text", ["", "the", "qwertyuiop zxcvbnm", "😀", "\x00"])
def test_a_text_of_unknown_words_speaks_of_nothing(text: str, themes: ConceptModel) -> None:
    assert said(themes, text) == []


def test_the_words_that_speak_for_a_term_come_from_the_text(themes: ConceptModel) -> None:
    best = said(themes, "farmers in the countryside")[0]
    assert best.term == "rural"
    assert set(" ".join(best.stems).split()) <= {"farmer", "countrysid"}


def test_guesses_are_the_same_where_no_words_are_looked_for(themes: ConceptModel) -> None:
    heard = themes.model.hear(bags("farmers in the countryside", "leadership and outcomes"))
    surest = [(guess.term, guess.confidence) for guess in themes.guesses(heard, 1, most=3, least=0.0)]
    bare = themes.guesses(heard, 1, most=3, least=0.0, quoting=False)
    assert [(guess.term, guess.confidence, guess.stems) for guess in bare] == [(*one, ()) for one in surest]
    assert themes.likely(heard, least=0.0)[1][:3] == surest


def test_words_in_another_order_and_case_speak_of_the_same_term(themes: ConceptModel) -> None:
    assert said(themes, "farmers, countryside")[0].term == said(themes, "COUNTRYSIDE FARMERS")[0].term


def test_more_words_off_the_subject_make_it_less_sure(themes: ConceptModel) -> None:
    def rural(text: str) -> float:
        return next(guess.confidence for guess in said(themes, text) if guess.term == "rural")

    assert rural("farmers") > rural("farmers and teachers and a workshop on leadership and outcomes")


@steadily
@given(data=st.data())
def test_guesses_are_sure_from_0_to_1_and_the_surest_comes_first(
    data: st.DataObject, themes: ConceptModel, taxonomy: Taxonomy
) -> None:
    labels = [label for term in taxonomy.themes for label in term.labels]
    words = data.draw(st.lists(st.sampled_from(labels), max_size=6))
    guesses = said(themes, " ".join(words) + data.draw(st.text(max_size=30)))
    assert all(0 < guess.confidence <= 1 for guess in guesses)
    assert all(first.confidence >= second.confidence for first, second in pairwise(guesses))
    assert len({guess.term for guess in guesses}) == len(guesses)


def test_learning_twice_from_the_same_terms_gives_the_same_model(themes: ConceptModel, taxonomy: Taxonomy) -> None:
    text = "older people in villages who are lonely"
    assert said(fit_concepts(taxonomy.themes), text) == said(themes, text)


def test_texts_that_speak_of_no_term_make_what_they_share_with_one_less_sure(taxonomy: Taxonomy) -> None:
    cows = ["the farmers sold me a cow", "who are the farmers on television"]
    themes, wary = (fit_concepts(taxonomy.themes, of_none=others) for others in ((), cows))
    before, after = (said(model, "farmers")[0] for model in (themes, wary))
    assert before.term == "rural"
    assert after.confidence < before.confidence
    assert not themes.model.hear(bags("television")).spoken.any()
    assert not wary.model.hear(bags("television")).spoken.any()
