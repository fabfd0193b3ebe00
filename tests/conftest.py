"""Values that many tests share; none of them can be changed by a test."""

import pytest

from coprod_match import Catalogue, Matcher, Ranking, Taxonomy


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.load()


@pytest.fixture(scope="session")
def taxonomy(matcher: Matcher) -> Taxonomy:
    return matcher.taxonomy


@pytest.fixture(scope="session")
def catalogue(matcher: Matcher) -> Catalogue:
    return matcher.catalogue


@pytest.fixture(scope="session")
def ranking(matcher: Matcher) -> Ranking:
    return matcher.ranking
