"""Ways to make requests and small catalogues, for the tests of the engine."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Catalogue, Matcher, Request, Resource, Result, Taxonomy
from coprod_match.engine.speech import listen, telling
from coprod_match.engine.vocabulary import Bags, Lexicon, together
from coprod_match.model.catalogue import Grades

steadily = settings(deadline=None, max_examples=60)
"""Properties are judged by what they say, not by how long a busy machine takes."""

EVERYDAY = st.sampled_from(
    [
        "how do we reach beyond the usual suspects",
        "not another one day course",
        "money for a village hall in Omagh",
        "PB in NI",
        "older people and the bus timetable",
        "I am a councillor, where do I start?",
    ]
)


def requests(taxonomy: Taxonomy) -> st.SearchStrategy[Request]:
    """Any request that says something: terms of the taxonomy, everyday sentences and arbitrary text."""

    def ids(scheme: str) -> st.SearchStrategy[str]:
        return st.sampled_from([term.id for term in taxonomy.scheme(scheme)])

    several = {"max_size": 3, "unique": True}
    return st.builds(
        Request,
        role=st.none() | ids("roles"),
        needs=st.lists(ids("support_types"), **several).map(tuple),  # type: ignore[arg-type]
        themes=st.lists(ids("themes"), **several).map(tuple),  # type: ignore[arg-type]
        place=st.none() | ids("places"),
        text=st.none() | EVERYDAY | st.text(max_size=80),
        without=st.lists(ids("themes") | ids("support_types"), **several).map(tuple),  # type: ignore[arg-type]
    ).filter(lambda request: bool(request.role or request.needs or request.themes or request.place))


def answer(matcher: Matcher, request: Request, top: int = 5) -> Result:
    """The answer to one request."""
    return next(matcher.recommend_many([request], top=top))


def found(result: Result) -> list[str]:
    """The ids of what is recommended, best first."""
    return [entry.resource.id for entry in result.recommendations]


def over(matcher: Matcher, *resources: Resource) -> Matcher:
    """A matcher with the same terms and settings over just these entries."""
    return Matcher(Catalogue(resources=resources), matcher.taxonomy, matcher.ranking)


def variant(resource: Resource, id: str, **changes: Any) -> Resource:
    """A plain entry for all of Northern Ireland, in good standing, with the text of `resource` and these changes."""
    plain = replace(
        resource,
        jurisdictions=("northern-ireland",),
        places=(),
        status="active",
        confidence="high",
        cost="free",
        grades=Grades(),
    )
    return replace(plain, id=id, **changes)


def bags(*texts: str) -> Bags:
    """The words of some texts, as the models take them."""
    lexicon = Lexicon({})
    return together([lexicon.bag(telling(listen(text).stems)) for text in texts])
