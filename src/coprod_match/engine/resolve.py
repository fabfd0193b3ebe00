"""From a value that somebody gave for a role, need, theme or place to a term of the taxonomy."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from coprod_match.engine.speech import Beginnings, Speech, beginnings_of, spans
from coprod_match.errors import UnknownTermError
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.request import Filters
from coprod_match.model.taxonomy import SCHEMES, Taxonomy, Term
from coprod_match.nearest import nearest
from coprod_match.words import fold, singulars_of, words

CLOSE_SPELLING = 84
"""How alike (rapidfuzz's ratio, 0 to 100) a misspelt value must be to a label to be read as it."""
_ALIKE = 67  # how alike a label must be to be named as a guess
_MARGIN = 6  # how much nearer the best label must be than that of any other term
_SHORTEST = 4  # below this many letters every other acronym is a close spelling
_LONGEST = 200  # letters of a value that are compared


class Match(Struct, frozen=True, eq=False, gc=False):
    """How a given value was read."""

    scheme: str
    term: Term
    confidence: float
    """1 for a label as it stands; less for a close spelling."""


class Mention(Struct, frozen=True, eq=False, gc=False):
    """A label that stands in a text."""

    term: Term
    said: str
    """The words of the text."""
    start: int
    """The position of the first of them."""
    end: int
    """The position after the last of them."""


class Folded(Struct, frozen=True, eq=False):
    """The labels of one scheme, ready to be looked up."""

    ids: Mapping[str, str]
    """Folded label → id of its term."""
    said: Mapping[str, str]
    """Label in plain lower-case words, each without the ending of a plural → id of its term."""
    beginnings: Beginnings
    """How such labels begin."""
    spelt: Sequence[tuple[str, str]]
    """Each label in plain lower-case words, with the id of its term."""


def fold_labels(taxonomy: Taxonomy) -> dict[str, Folded]:
    """The labels of each scheme."""
    return {scheme: _folded(taxonomy.scheme(scheme)) for scheme in SCHEMES}


def _folded(terms: Sequence[Term]) -> Folded:
    ids = {fold(label): term.id for term in terms for label in term.labels}
    spelt = [(words(label), term.id) for term in terms for label in term.labels]
    said = {" ".join(singulars_of(label)): id for label, id in spelt}
    return Folded(ids, said, beginnings_of(said), [(" ".join(label), id) for label, id in spelt])


class Labels:
    """Every label of a taxonomy. `folded` is what `fold_labels` makes of it, where that is at hand."""

    def __init__(self, taxonomy: Taxonomy, folded: Mapping[str, Folded] | None = None) -> None:
        self._taxonomy, self._folded = taxonomy, folded or fold_labels(taxonomy)
        self._written = {
            scheme: {label: term for term in taxonomy.scheme(scheme) for label in term.labels} for scheme in SCHEMES
        }

    def exact(self, scheme: str, value: str) -> Term | None:
        """The term that has `value` as a label, with or without “the”, whatever its case, accents or endings."""
        term = self._written[scheme].get(value)
        if term is not None:  # as a form or a sheet mostly gives it
            return term
        ids, folded = self._folded[scheme].ids, fold(value)
        id = ids.get(folded) or ids.get(f"the {folded}")
        return None if id is None else self._taxonomy.term(scheme, id)

    def is_said(self, scheme: str, singulars: Sequence[str]) -> bool:
        """Whether some lower-case words, each without the ending of a plural, are a label so cut."""
        return " ".join(singulars) in self._folded[scheme].said

    def read(self, scheme: str, value: str) -> Match | None:
        """The term that `value` names or nearly names; None when it names none, or it is unclear which."""
        term = self.exact(scheme, value)
        if term is not None:
            return Match(scheme, term, 1.0)
        ranked = self._ranked(scheme, value)
        if not ranked or len(value.strip()) < _SHORTEST:
            return None
        best, ratio = ranked[0]
        runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
        return Match(scheme, best, ratio / 100) if ratio >= CLOSE_SPELLING and ratio - runner_up >= _MARGIN else None

    def within(self, scheme: str, speech: Speech) -> Iterator[Mention]:
        """Terms whose labels stand in a text, but for plurals; the longest label at each word."""
        labels, said = self._folded[scheme], speech.singulars
        after = 0
        for start, end in spans(said, labels.beginnings):
            id = labels.said.get(" ".join(said[start:end])) if start >= after else None
            if id is not None:
                after = end
                yield Mention(self._taxonomy.term(scheme, id), " ".join(speech.spelt[start:end]), start, end)

    def require(self, field: str, scheme: str, value: str) -> Match:
        """As `read`, but raises UnknownTermError, which names `field` and the nearest terms, when there is none."""
        reading = self.read(scheme, value)
        if reading is None:
            raise self.unknown(field, scheme, value)
        return reading

    def anywhere(self, value: str) -> list[Match]:
        """The terms of any scheme that `value` names, or nearly names. Raises UnknownTermError when there is none."""
        found = [Match(scheme, term, 1.0) for scheme in SCHEMES if (term := self.exact(scheme, value))]
        found = found or [reading for scheme in SCHEMES if (reading := self.read(scheme, value))]
        if not found:
            ranked = sorted(
                ((ratio, term.id) for scheme in SCHEMES for term, ratio in self._ranked(scheme, value)), reverse=True
            )
            raise UnknownTermError("term", value[:60], list(dict.fromkeys(id for _, id in ranked))[:3], ())
        return found

    def unknown(self, field: str, scheme: str, value: str) -> UnknownTermError:
        """The error that says `value` is no term of the scheme, and which come nearest."""
        return UnknownTermError(
            field, value[:60], self.nearest(scheme, value), [term.id for term in self._taxonomy.scheme(scheme)]
        )

    def nearest(self, scheme: str, value: str, least: float = _ALIKE) -> list[str]:
        """Ids of up to three terms whose labels look like `value`, nearest first; `least` is a ratio from 50 to 100."""
        return [term.id for term, ratio in self._ranked(scheme, value)[:3] if ratio >= least]

    def _ranked(self, scheme: str, value: str) -> list[tuple[Term, float]]:
        """Terms with how alike their nearest label is to `value` (50 to 100), nearest first."""
        from rapidfuzz import fuzz, process

        owners = self._folded[scheme].spelt
        spelt = " ".join(words(value[:_LONGEST]))
        best: dict[str, float] = {}
        for _, ratio, position in process.extract(
            spelt, [label for label, _ in owners], scorer=fuzz.ratio, limit=None, score_cutoff=50
        ):
            best.setdefault(owners[position][1], ratio)  # extract gives the best first
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(self._taxonomy.term(scheme, id), ratio) for id, ratio in ranked]


def resolve_filters(filters: Filters, labels: Labels) -> Filters:
    """The same conditions with ids of terms in place of what was given. Raises UnknownTermError."""
    if not filters.jurisdictions and not filters.kinds:
        return filters
    return structs.replace(
        filters,
        jurisdictions=tuple(
            labels.require("jurisdiction", "jurisdictions", value).term.id for value in filters.jurisdictions
        ),
        kinds=tuple(labels.require("kind", "kinds", value).term.id for value in filters.kinds),
    )


def find_resource(catalogue: Catalogue, id: str) -> Resource:
    """The resource of that id or name, or the one that it clearly nearly names. Raises UnknownTermError."""
    names = {resource.id: resource.id for resource in catalogue.resources} | {
        fold(r.name): r.id for r in catalogue.resources
    }
    for spelling in (id, fold(id)):
        if spelling in names:
            return catalogue.resource(names[spelling])
    close = {names[guess] for guess in nearest(id, names, limit=3, least=CLOSE_SPELLING)}
    if len(close) == 1:
        return catalogue.resource(close.pop())
    guesses = dict.fromkeys(names[guess] for guess in nearest(id, names, limit=5))
    raise UnknownTermError("source", id[:60], list(guesses)[:3], ())


def find_scheme(name: str) -> str:
    """The scheme of that name, or the one that it nearly names. Raises UnknownTermError."""
    guesses = nearest(name, SCHEMES, limit=1, least=CLOSE_SPELLING)
    if not guesses:
        raise UnknownTermError("scheme", name[:60], (), SCHEMES)
    return guesses[0]
