"""What is no business of ours is declined and named; what is, is never turned away for how it is put."""

import numpy as np
import pytest
from asking import bags, steadily
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Catalogue, Matcher, Ranking, Request, RequestError, Taxonomy
from coprod_match.engine.concepts import ConceptModel
from coprod_match.engine.linear import LinearModel
from coprod_match.engine.scope import Matters, Scope, Sides, fit_scope, sides_of
from coprod_match.engine.speech import listen
from coprod_match.engine.vocabulary import number_words
from coprod_match.model.taxonomy import Situation
from coprod_match.words import words

OTHERS = [
    ("brown bin not lifted again this week", "bins-streets"),
    ("my passport ran out, how do I renew it", "births-deaths-documents"),
    ("recipe for scones", "cooking-recipes"),
    ("MOT booking for a Ford Fiesta", "cars-driving"),
    ("what time is the last bus to Larne", "buses-trains"),
]
ODD = [
    "nobody ever turns up",
    "OBA??",
    "usual suspects again",
    "yes but how",
    "minutes nobody reads",
    "they never tell us what happened after",
    "cannae get the young ones to come",
    "cost of a sandwich lunch for a focus group",
    "wheelchair users cant get in the room for our forum",
    "WHERE DO WE EVEN BEGIN with this",
]


def likeness(scope: Scope, text: str) -> float:
    """How much a text is like what people ask us."""
    return likenesses(scope, text)[0]


def likenesses(scope: Scope, *texts: str) -> list[float]:
    """The same of several texts together."""
    heard = bags(*texts)
    return scope.likeness([*map(listen, texts)], heard, scope.matters.model.hear(heard).scores)


def matters_in(scope: Scope, text: str) -> Matters:
    """The matters of others that a text speaks of."""
    return scope.matters.likely(scope.matters.model.hear(bags(text)), least=0.0)[0]


@pytest.fixture(scope="module")
def open_handed(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Matcher:
    """A matcher whose taxonomy names nothing that is the business of others."""
    return Matcher(Catalogue(resources=catalogue.resources[:60]), replace(taxonomy, elsewhere=()), ranking)


@pytest.fixture(scope="module")
def scope(matcher: Matcher) -> Scope:
    assert matcher.models.scope is not None
    return matcher.models.scope


@pytest.mark.parametrize("text", [text for text, _ in OTHERS])
def test_what_is_the_business_of_others_is_declined(matcher: Matcher, text: str) -> None:
    result = matcher.recommend(text=text)
    assert (result.in_scope, result.confidence, result.recommendations) == (False, "none", ())


@pytest.mark.parametrize("text", ["consultation with a dentist", "first aid training for the under-12s coach"])
def test_words_of_the_subject_without_the_need_are_declined(matcher: Matcher, text: str) -> None:
    assert not matcher.recommend(text=text).recommendations


@pytest.mark.parametrize(("text", "id"), OTHERS)
def test_what_is_declined_is_named_with_whom_to_ask(matcher: Matcher, text: str, id: str) -> None:
    matter = next(term for term in matcher.taxonomy.elsewhere if term.id == id)
    notice = matcher.recommend(text=text).notice or ""
    assert matter.prefLabel in notice
    assert matter.ask in notice


def test_every_matter_of_others_is_named_when_it_is_called_by_its_label(matcher: Matcher, scope: Scope) -> None:
    matters = matcher.taxonomy.elsewhere
    named = [matters_in(scope, matter.prefLabel)[0][0] for matter in matters]
    assert named == [matter.id for matter in matters]


def test_who_and_where_someone_is_does_not_make_it_our_business(matcher: Matcher) -> None:
    result = matcher.recommend(role="council", place="Belfast", text="brown bin not lifted again this week")
    assert not result.in_scope


@pytest.mark.parametrize("text", ODD)
def test_an_odd_but_genuine_request_is_answered(matcher: Matcher, text: str) -> None:
    result = matcher.recommend(text=text)
    assert result.in_scope
    assert result.recommendations


@pytest.mark.parametrize("text", [text for text, _ in OTHERS])
def test_what_is_asked_in_our_terms_is_never_declined(matcher: Matcher, text: str) -> None:
    assert matcher.recommend(need="toolkit", text=text).recommendations
    assert matcher.recommend(theme="co-production", text=text).recommendations


def test_whose_business_the_words_are_is_said_beside_what_was_asked_in_our_terms(matcher: Matcher) -> None:
    result = matcher.recommend(theme="environment", text="my boiler is broken")
    landlord = next(matter for matter in matcher.taxonomy.elsewhere if matter.id == "housing-tenancy")
    assert result.recommendations
    assert result.notice == f"Your own words sound like a matter of “{landlord.prefLabel}”. {landlord.ask}"


@steadily
@given(text=st.text(max_size=200))
def test_no_text_at_all_makes_a_request_in_our_terms_declined(matcher: Matcher, text: str) -> None:
    result = matcher.recommend(need="training", text=text)
    assert result.in_scope
    assert result.recommendations


@pytest.mark.parametrize("text", [text for text, _ in OTHERS])
def test_without_matters_of_others_nothing_is_declined(open_handed: Matcher, text: str) -> None:
    assert open_handed.recommend(text=text).in_scope


def test_without_matters_of_others_there_is_nothing_to_learn(taxonomy: Taxonomy) -> None:
    assert fit_scope(replace(taxonomy, elsewhere=()), Sides(["how do we begin"], [])) is None


def test_words_that_nobody_uses_say_nothing_against_us(scope: Scope) -> None:
    assert likeness(scope, "qwzxv jjkkpp") > 0
    assert matters_in(scope, "qwzxv jjkkpp") == []


def test_how_like_ours_a_text_is_does_not_depend_on_the_texts_beside_it(scope: Scope) -> None:
    texts = ["", *(text for text, _ in OTHERS), *ODD]
    assert likenesses(scope, *texts) == [likeness(scope, text) for text in texts]


def test_the_bare_name_of_a_kind_of_help_or_a_theme_is_never_declined(matcher: Matcher) -> None:
    terms = (*matcher.taxonomy.support_types, *matcher.taxonomy.themes)
    requests = [Request(text=label) for term in terms for label in (term.prefLabel, *term.altLabel)]
    results = matcher.recommend_many(requests, top=1)
    assert [request.text for request, result in zip(requests, results, strict=True) if not result.in_scope] == []


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("I don't want to be here any more", "relationships-crisis"),
        ("I don't want to live", "relationships-crisis"),
        ("I don't want my bins collected late", "bins-streets"),
        ("sick of the bins", "bins-streets"),
        ("not another MOT", "cars-driving"),
    ],
)
def test_who_does_not_want_what_others_deal_with_is_told_so(text: str, matter: str, matcher: Matcher) -> None:
    advice = next(other.ask for other in matcher.taxonomy.elsewhere if other.id == matter)
    assert advice in (matcher.recommend(text=text).notice or "")


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "my da is threatening to kill my mum",
        "participant collapsed at our meeting",
        "a woman is being beaten up next door",
        "someone in our focus group is suicidal",
        "Citizen Space. I want to kill myself",
        "one of our residents group members says she wants to end it all, who do we tell",
        "the council and our partnership met about participatory budgeting, and a man said he is going to kill himself",
        "i cant do this any more",
    ],
)
@pytest.mark.parametrize("asked", [{}, {"need": "toolkit"}, {"theme": "rural", "role": "council"}])
def test_where_somebody_may_be_in_danger_it_is_said_whom_to_ring(
    text: str, asked: dict[str, str], matcher: Matcher
) -> None:
    notice = matcher.recommend(text=text, **asked).notice or ""  # type: ignore[arg-type]
    assert any(matter.ask in notice for matter in matcher.taxonomy.elsewhere if matter.urgent)


@pytest.mark.parametrize("cry", ["I took an overdose last night.", "Someone is hurting my child.", "we were burglled"])
def test_a_long_letter_does_not_hide_that_somebody_is_in_danger(cry: str, matcher: Matcher) -> None:
    letter = "We are a residents group of nine. We meet on Mondays in the hall. We want a toolkit to plan a garden. "
    assert "999" in (matcher.recommend(text=letter + cry).notice or "")
    assert matcher.recommend(text=letter).notice is None


@pytest.mark.parametrize(
    "text",
    [
        "We want a toolkit to plan meetings about a garden, at Smith and Co. Suicidal thoughts fill my head.",
        "We want a toolkit to plan meetings about a garden, with Smith & Co.\nSuicdal thoughts fill my head.",
        "My mate said suicde. There were two suicdes here. We want a community plan",
    ],
)
def test_each_sentence_is_read_by_itself_when_danger_is_looked_for(text: str, matcher: Matcher) -> None:
    assert "999" in (matcher.recommend(text=text).notice or "")


def test_of_somebody_in_danger_nothing_else_is_said_first(matcher: Matcher) -> None:
    notice = matcher.recommend(text="My brown bin was not lifted again. I want to kill myself.").notice or ""
    crisis = next(matter for matter in matcher.taxonomy.elsewhere if matter.id == "relationships-crisis")
    assert notice == f"This sounds like a matter of “{crisis.prefLabel}”. {crisis.ask}"


@pytest.mark.parametrize(
    "text",
    [
        "a suicide prevention plan written with families, who has done that?",
        "people at risk from flooding want a say in the plan",
        "toolkit for older people's forums",
    ],
)
def test_who_asks_for_help_of_ours_is_not_alarmed(text: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text)
    assert result.in_scope
    assert [
        matter.id for matter in matcher.taxonomy.elsewhere if matter.urgent and matter.ask in (result.notice or "")
    ] == []


@pytest.mark.parametrize("wanted", ["training in {}", "grants for {}", "a toolkit for {}", "I need advice in {}"])
def test_where_help_is_wanted_does_not_make_it_the_business_of_others(wanted: str, matcher: Matcher) -> None:
    names = [place.prefLabel for place in matcher.taxonomy.places]
    places = [*names, "Belfast, Derry and Fermanagh"]
    results = matcher.recommend_many((Request(text=wanted.format(place)) for place in places), top=1)
    assert [place for place, result in zip(places, results, strict=True) if not result.in_scope] == []


def test_what_people_say_loosely_is_learnt_as_ours(taxonomy: Taxonomy) -> None:
    loose = Situation(text="qwzxv at the jjkkpp")
    told = replace(taxonomy, situations=(*taxonomy.situations, loose))
    taught, untaught = (fit_scope(one, sides_of(one, ())) for one in (told, taxonomy))
    assert taught is not None
    assert untaught is not None
    said = "qwzxv jjkkpp recipe"
    assert likeness(untaught, said) < 0
    assert likeness(taught, said) > likeness(untaught, said) + 0.5


def test_a_matter_of_others_that_is_heard_counts_against_us_for_as_much_as_it_is_sure(scope: Scope) -> None:
    nothing = LinearModel(number_words(())[0], np.zeros(0), np.zeros((0, 0), np.float16))
    deaf = replace(scope, matters=ConceptModel((), nothing))
    said = "a word on the bins"
    surest = matters_in(scope, said)[0]
    assert surest[0] == "bins-streets"
    assert likeness(scope, said) == pytest.approx(likeness(deaf, said) - surest[1])


def test_our_own_words_are_more_ours_than_those_of_others(scope: Scope, taxonomy: Taxonomy) -> None:
    ours = [likeness(scope, theme.prefLabel) for theme in taxonomy.themes]
    others = [likeness(scope, matter.prefLabel) for matter in taxonomy.elsewhere]
    assert sum(ours) / len(ours) > 0 > sum(others) / len(others)


@steadily
@given(text=st.text(max_size=300))
def test_any_text_gets_an_answer_or_a_plea_to_say_something(matcher: Matcher, text: str) -> None:
    if not words(text):
        with pytest.raises(RequestError):
            matcher.recommend(text=text)
        return
    result = matcher.recommend(text=text)
    assert result.in_scope or result.notice or result.advice
    assert result.in_scope or not result.recommendations
