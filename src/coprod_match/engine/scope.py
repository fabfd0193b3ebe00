"""Whether a text is the business of this service at all, and if not, whose business it is."""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.engine.concepts import ConceptModel, fit_concepts
from coprod_match.engine.counting import soft_stop_stems
from coprod_match.engine.linear import LinearModel, fit_linear
from coprod_match.engine.vocabulary import Bag
from coprod_match.model.taxonomy import Taxonomy, Term

_ALPHA = 0.5  # ridge: see docs/relevance.md
_ENOUGH = 20_000  # questions that are learnt from; of more, every so many in alphabetical order
_STRANGE = 0.2  # what a word that nobody uses here takes off: people say what they want of others in words of its own
_MOST_STRANGE = 2  # such words that count: more are a foreign tongue, or names
_SURE = 0.25  # how sure we must be of whose business it is to name it


class Scope(Struct, frozen=True, eq=False):
    """Tells our requests from others, learnt from what people say when they mean either."""

    model: LinearModel
    matters: ConceptModel

    def score(self, bag: Bag, strange: int = 0) -> float:
        """Above 0 a text is more like what people ask us, below 0 like what they ask others; about -1 to 1.

        `strange` says how many of its words are used nowhere in the data files: “soldering”. A text without a single
        word that either side uses says nothing against us: 1.
        """
        known, shares = self.model.shares(bag)
        return float(shares.sum()) - _STRANGE * min(strange, _MOST_STRANGE) if known else 1.0

    def matter(self, bag: Bag) -> str | None:
        """The id of the matter of others that a text speaks of; None when that is unclear."""
        guesses = self.matters.guesses(bag, most=1, least=_SURE)
        return guesses[0].term if guesses else None


def fit_scope(taxonomy: Taxonomy, questions: Iterable[str]) -> Scope | None:
    """Learn from the taxonomy and the catalogue's questions; None where the taxonomy names no matters of others."""
    if not taxonomy.elsewhere:
        return None
    some = sorted(set(questions))
    some = some[:: 1 + len(some) // _ENOUGH]
    ours = [*some, *_phrases(taxonomy.support_types), *_phrases(taxonomy.themes)]
    others = _phrases(taxonomy.elsewhere)
    sides = np.array([1.0] * len(ours) + [-1.0] * len(others))
    balance = np.array([0.5 / len(ours)] * len(ours) + [0.5 / len(others)] * len(others)) * len(sides)
    model = fit_linear([*ours, *others], sides[:, None], alpha=_ALPHA, balance=balance, left_out=soft_stop_stems())
    return Scope(model, fit_concepts(taxonomy.elsewhere))


def _phrases(terms: Sequence[Term]) -> list[str]:
    return [phrase for term in terms for phrase in (*term.labels, *term.example, *term.oblique)]
