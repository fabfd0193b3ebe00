"""The ideas that `ablation.py` tries: each changes the product in one way, or adds to what it adds up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
from msgspec.structs import replace

from coprod_match import Matcher, words
from coprod_match.arrays import Floats
from coprod_match.engine import latent, text_index, understand
from coprod_match.engine.counting import features
from coprod_match.engine.index import whole_text
from coprod_match.engine.profiles import standing
from coprod_match.engine.resolve import Labels
from coprod_match.evaluation.tune import PARTS, Case
from coprod_match.model.catalogue import Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Term

Column = Callable[[Matcher, Case], Floats]
"""What one part earns each source for one request."""

_NEAREST = 5  # how many sources pseudo relevance feedback learns from


@dataclass(frozen=True, slots=True)
class Idea:
    """One change. What it leaves out stays as the product has it."""

    constants: Sequence[tuple[object, str, object]] = ()
    """Module or class, name, and the value that it has instead."""
    ranking: Callable[[Ranking], Ranking] = lambda ranking: ranking
    matcher: Callable[[Matcher], Matcher] = lambda matcher: matcher
    instead: Mapping[str, Column] | None = None
    """Part → what takes its place."""
    extra: Column | None = None
    """A part of its own, whose weight is learnt with the others."""

    def changed(self) -> AbstractContextManager[None]:
        """The product with other constants, while the context lasts."""
        return _patched(self.constants)


@contextmanager
def _patched(constants: Sequence[tuple[object, str, object]]) -> Iterator[None]:
    with ExitStack() as stack:
        for owner, name, value in constants:
            stack.enter_context(patch.object(owner, name, value))
        yield


def _nothing(_: Matcher, case: Case) -> Floats:
    return np.zeros(len(case.grades))


class _Cosine:
    """Cosines of TF-IDF vectors; the matrix is made once for each catalogue."""

    def __init__(self, **settings: object) -> None:
        self._settings, self._made = settings, dict[str, tuple[object, object]]()

    def __call__(self, matcher: Matcher, case: Case) -> Floats:
        vectorizer, documents = self._fitted(matcher)
        return _scale(matcher) * (documents @ vectorizer.transform([case.request.text]).T).toarray().ravel()

    def feedback(self, matcher: Matcher, case: Case) -> Floats:
        """Likeness to the mean of the sources whose words come nearest to the request."""
        _, documents = self._fitted(matcher)
        best = np.argsort(-case.parts[:, PARTS.index("words")], kind="stable")[:_NEAREST]
        return _scale(matcher) * np.asarray(documents @ documents[best].mean(axis=0).T).ravel()

    def _fitted(self, matcher: Matcher) -> tuple[object, object]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        if matcher.catalogue.version not in self._made:
            vectorizer = TfidfVectorizer(**self._settings)
            documents = vectorizer.fit_transform(whole_text(entry) for entry in _entries(matcher))
            self._made[matcher.catalogue.version] = (vectorizer, documents)
        return self._made[matcher.catalogue.version]


def _scale(matcher: Matcher) -> Floats:
    return np.array([standing(entry, matcher.ranking) for entry in _entries(matcher)])


def _entries(matcher: Matcher) -> list[Resource]:
    """The sources of the catalogue in the order of the index, as the parts of a case have them."""
    return [matcher.catalogue.resource(id) for id in matcher.models.index.sources]


def _product(_: Matcher, case: Case) -> Floats:
    return case.parts[:, PARTS.index("support_type")] * case.parts[:, PARTS.index("theme")]


def _without_questions(matcher: Matcher) -> Matcher:
    resources = tuple(replace(entry, questions=()) for entry in matcher.catalogue.resources)
    return Matcher(replace(matcher.catalogue, resources=resources), matcher.taxonomy, matcher.ranking)


def _without_situations(matcher: Matcher) -> Matcher:
    return Matcher(matcher.catalogue, replace(matcher.taxonomy, situations=()), matcher.ranking)


def _settings(section: str, **values: float) -> Callable[[Ranking], Ranking]:
    """The ranking with other numbers in one of its sections."""

    def change(ranking: Ranking) -> Ranking:
        settings = getattr(ranking, section)
        changed = {name: replace(getattr(settings, name), value=value) for name, value in values.items()}
        return replace(ranking, **{section: replace(settings, **changed)})

    return change


def _no_labels(labels: Labels, scheme: str, text: str) -> Iterator[tuple[Term, str]]:
    return iter(()) if scheme in ("support_types", "themes") else _WITHIN(labels, scheme, text)


_WITHIN = Labels.within


class _Unstemmed:
    def stemWords(self, words: Sequence[str]) -> list[str]:  # noqa: N802 (PyStemmer's name)
        return list(words)


def _text(name: str, value: float) -> Idea:
    return Idea(constants=[(text_index, name, value)])


def _guesses(most: int) -> Idea:
    return Idea(constants=[(understand, "_MOST", most)])


IDEAS: Mapping[str, Idea] = {
    "no latent part": Idea(instead={"meaning": _nothing}),
    "latent part: 25 topics": Idea(constants=[(latent, "TOPICS", 25)]),
    "latent part: 100 topics": Idea(constants=[(latent, "TOPICS", 100)]),
    "latent part with soft stop words": Idea(constants=[(latent, "soft_stop_stems", frozenset)]),
    "word pairs count nothing": _text("PAIR_WEIGHT", 0.0),
    "word pairs count 0.5": _text("PAIR_WEIGHT", 0.5),
    "soft stop words count in full": _text("SOFT_STOP_WEIGHT", 1.0),
    "soft stop words count nothing": _text("SOFT_STOP_WEIGHT", 0.0),
    "k1 0.8": _text("K1", 0.8),
    "k1 3": _text("K1", 3.0),
    "b 0.4": _text("B", 0.4),
    "b 0.9": _text("B", 0.9),
    "cosine TF-IDF instead of BM25's": Idea(instead={"words": _Cosine(analyzer=features)}),
    "the same with sublinear term frequency": Idea(instead={"words": _Cosine(analyzer=features, sublinear_tf=True)}),
    "character n-grams (3 to 5) added": Idea(extra=_Cosine(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)),
    "pseudo relevance feedback added": Idea(extra=_Cosine(analyzer=features, sublinear_tf=True).feedback),
    "no stemming": Idea(constants=[(words, "_stemmer", lambda remembered=0: _Unstemmed())]),
    "no questions in the entries": Idea(matcher=_without_questions),
    "no situations": Idea(matcher=_without_situations),
    "no grades, tags alone": Idea(ranking=_settings("grades", role=0.0, support_type=0.0, theme=0.0)),
    "no tags, grades alone": Idea(ranking=_settings("grades", role=1.0, support_type=1.0, theme=1.0)),
    "no learnt concepts, labels only": _guesses(0),
    "no labels, learnt concepts only": Idea(constants=[(Labels, "within", _no_labels)]),
    "2 guesses instead of 4": _guesses(2),
    "3 guesses instead of 4": _guesses(3),
    "6 guesses instead of 4": _guesses(6),
    "a theme that is given stands alone": Idea(constants=[(understand, "_ALSO_READ", ())]),
    "kinds of help guessed beside those given": Idea(constants=[(understand, "_ALSO_READ", ("theme", "support_type"))]),
    "no related terms": Idea(ranking=_settings("closeness", related=0.0)),
    "no narrower or broader terms": Idea(ranking=_settings("closeness", narrower=0.0, broader=0.0)),
    "order of tags ignored": Idea(ranking=_settings("closeness", support_type_later=0.0, theme_later=0.0)),
    "kind of help × theme added": Idea(extra=_product),
}
