"""The rankings that are compared: the full engine, parts of it, and plain text rankers as baselines."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import structs

from coprod_match.engine.index import whole_text
from coprod_match.matcher import Matcher
from coprod_match.model.catalogue import Resource
from coprod_match.model.judgements import JudgedRequest
from coprod_match.model.ranking import Ranking, Weights
from coprod_match.model.request import Request
from coprod_match.model.result import Result
from coprod_match.words import STOP_WORDS, stems

DEPTH = 20
"""How many sources of each ranking are looked at."""

Ranked = Mapping[str, float]
"""Source id → score; higher is better."""
Ranker = Callable[[Sequence[JudgedRequest]], list[Ranked]]

SETTINGS: dict[str, Callable[[JudgedRequest], Request]] = {
    "as spoken": lambda judged: Request(role=judged.role, place=judged.place, text=judged.text),
    "as a form": lambda judged: Request(
        role=judged.role,
        place=judged.place,
        text=judged.text,
        needs=judged.facets.support_types,
        themes=judged.facets.themes,
    ),
}
"""What a ranking is told of a request: what the asker said, or also what a skilled adviser would understand."""


def ranked(result: Result) -> Ranked:
    """A result as a ranking: the order of the list, whatever the scores."""
    return {entry.resource.id: 1.0 / entry.rank for entry in result.recommendations}


def answers(matcher: Matcher, setting: str, judged: Sequence[JudgedRequest]) -> list[Result]:
    """The engine's answers in one setting."""
    return list(matcher.recommend_many((SETTINGS[setting](request) for request in judged), top=DEPTH))


def baselines(matcher: Matcher) -> dict[str, Ranker]:
    """Rankers to compare with, by name. All but `rules only` see the text alone."""
    resources = matcher.catalogue.resources
    texts = [whole_text(resource) for resource in resources]
    return {
        "scikit-learn TF-IDF": lambda judged: _tfidf(resources, texts, judged),
        "BM25 (bm25s)": lambda judged: _bm25(resources, texts, judged),
        "text only": lambda judged: _parts(matcher, ("words", "meaning", "name"), "as spoken", judged),
        "rules only": lambda judged: _parts(matcher, ("role", "support_type", "theme", "place"), "as a form", judged),
    }


def _tfidf(resources: Sequence[Resource], texts: Sequence[str], judged: Sequence[JudgedRequest]) -> list[Ranked]:
    """Plain TF-IDF and cosine, as a first script would have it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    documents = vectorizer.fit_transform(texts)
    scores = (vectorizer.transform([request.text for request in judged]) @ documents.T).toarray()
    return [dict(zip((resource.id for resource in resources), row.tolist(), strict=True)) for row in scores]


def _bm25(resources: Sequence[Resource], texts: Sequence[str], judged: Sequence[JudgedRequest]) -> list[Ranked]:
    """BM25 over the same text, stemmed."""
    import bm25s

    index = bm25s.BM25()
    index.index([_terms(text) for text in texts], show_progress=False)
    found: list[Ranked] = []
    for request in judged:
        terms = _terms(request.text)
        scores = index.get_scores(terms) if terms else np.zeros(len(resources))  # the library takes no empty list
        found.append({resource.id: float(score) for resource, score in zip(resources, scores, strict=True)})
    return found


def _terms(text: str) -> list[str]:
    return [stem for stem in stems(text) if stem not in STOP_WORDS]


def _parts(matcher: Matcher, kept: Sequence[str], setting: str, judged: Sequence[JudgedRequest]) -> list[Ranked]:
    """The engine with the weights of all other parts set to 0."""
    part = Matcher(matcher.catalogue, matcher.taxonomy, _only(matcher.ranking, kept))
    return [ranked(result) for result in answers(part, setting, judged)]


def _only(ranking: Ranking, kept: Sequence[str]) -> Ranking:
    dropped = set(Weights.__struct_fields__) - set(kept)
    weights = {name: structs.replace(getattr(ranking.weights, name), value=0.0) for name in dropped}
    floor = structs.replace(ranking.chance, weak=structs.replace(ranking.chance.weak, value=0.0))
    return structs.replace(ranking, weights=structs.replace(ranking.weights, **weights), chance=floor)
