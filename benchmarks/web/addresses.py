"""The addresses that the benchmarks ask for: one from each request of the judgements."""

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

from coprod_match import Matcher
from coprod_match.files.load import load_judgements


def chosen() -> list[str]:
    """Requests made by choosing from lists, as the form and links make them."""
    taxonomy = Matcher.load().taxonomy
    needs, themes, places = (taxonomy.scheme(name) for name in ("support_types", "themes", "places"))
    pairs = list(product(taxonomy.roles, needs))
    return [
        _address(role=role.id, need=need.id, theme=themes[n % len(themes)].id, place=places[n % len(places)].id)
        for n, (role, need) in enumerate(pairs)
    ]


def own_words() -> list[str]:
    """Requests in people's own words: all that advisers have judged."""
    matcher = Matcher.load()
    return list(_of_judgements(matcher))


def _of_judgements(matcher: Matcher) -> Iterator[str]:
    for request in load_judgements(None, matcher.catalogue, matcher.taxonomy).requests:
        yield _address(role=request.role, place=request.place, text=request.text)


def _address(**values: str | None) -> str:
    return "/api/recommend?" + urlencode({name: value for name, value in values.items() if value})
