"""Whose business a request is, and whether somebody may be in danger."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, islice

from msgspec import Struct

from coprod_match.engine.resolve import Labels
from coprod_match.engine.scope import Matters, Scope
from coprod_match.engine.speech import Speech
from coprod_match.engine.vocabulary import Bag, together
from coprod_match.model.taxonomy import Elsewhere, Taxonomy
from coprod_match.words import STOP_WORDS

_NAMED = 0.2  # how sure we must be of whose business it is to name it
_DANGER = 0.15  # how sure we must be that somebody is in danger to say whom to ring: a number too many does little harm
_DANGER_TO_OURS = 0.3  # the same where a text is clearly our business
_DANGER_SLOPE = 0.15  # from the one to the other, for each point by which a text is more like ours than need be
_CRISIS = 0.5  # how sure we must be of danger to decline even what is asked in our own terms, and to speak of it alone


class Verdict(Struct, frozen=True, eq=False, gc=False):
    """Whose business a request is."""

    in_scope: bool = True
    """Whether it is a request for such a service at all."""
    matter: Elsewhere | None = None
    """Whose business the text is, if not ours and if that is clear."""
    danger: Elsewhere | None = None
    """In what somebody may be in danger."""


class Case(Struct, frozen=True, eq=False, gc=False):
    """What a request is judged by."""

    subject: Speech
    """All that was said, less the places."""
    bag: Bag
    """The words of that."""
    parts: Sequence[Bag]
    """Danger is looked for in each of these too: a long letter must not hide it."""
    in_our_terms: bool
    """What is asked in our own terms is our business whatever the text says, unless somebody may be in danger."""
    named: bool
    """Who calls a source by name wants it."""


class Judge:
    """Judges requests by what was learnt of what people ask us, and others. Built once; never changes after."""

    def __init__(self, taxonomy: Taxonomy, labels: Labels, scope: Scope | None, least: float) -> None:
        self._scope, self._least, self._labels = scope, least, labels
        self._elsewhere = {matter.id: matter for matter in taxonomy.elsewhere}

    def verdicts(self, cases: Sequence[Case]) -> list[Verdict]:
        """Judge each by all that was said, less the places: who does not want what others deal with speaks of it."""
        scope = self._scope
        if scope is None:
            return [Verdict() for _ in cases]
        bags = [case.bag for case in cases]
        heard = scope.matters.model.hear(together([*bags, *chain.from_iterable(case.parts for case in cases)]))
        matters = iter(scope.matters.likely(heard, least=_DANGER))
        spoken_of = [*islice(matters, len(cases))]
        in_parts = [[*chain.from_iterable(islice(matters, len(case.parts)))] for case in cases]
        of_others = heard.scores[: len(cases)]
        likeness = cache(lambda: scope.likeness([case.subject for case in cases], together(bags), of_others))
        return [self._verdict(case, spoken_of[at], in_parts[at], likeness, at) for at, case in enumerate(cases)]

    def _verdict(
        self, case: Case, spoken_of: Matters, in_parts: Matters, likeness: Callable[[], Sequence[float]], at: int
    ) -> Verdict:
        """Judge the case at a position.

        How like ours each of the cases is, `likeness` works out when it is first asked, and only where a verdict
        depends on it: that takes as long as all else here.
        """
        if not (case.bag.words or case.parts):
            return Verdict()
        urgent = ((matter, sure) for id, sure in (*spoken_of, *in_parts) if (matter := self._elsewhere[id]).urgent)
        danger, alarm = max(urgent, key=lambda found: found[1], default=(None, 0.0))
        spoken_most = next((self._elsewhere[id] for id, sure in spoken_of if sure >= _NAMED), None)
        if danger is None and (case.named or (case.in_our_terms and spoken_most is None)):
            return Verdict()  # ours, whatever it is like: nobody is in danger, and nothing says whose else it might be
        beyond = likeness()[at] - self._least
        ours = case.named or beyond >= 0 or self._is_our_term(case.subject)
        return Verdict(
            in_scope=ours or (case.in_our_terms and alarm < _CRISIS),
            matter=None if ours else danger if alarm >= _CRISIS else spoken_most,
            danger=danger if alarm >= min(_DANGER + _DANGER_SLOPE * max(0.0, beyond), _DANGER_TO_OURS) else None,
        )

    def _is_our_term(self, subject: Speech) -> bool:
        """Whether a text is nothing but the name of a kind of help or a theme, but for small words."""
        telling = [word for word in subject.singulars if word not in STOP_WORDS]
        return any(
            self._labels.is_said(scheme, said)
            for scheme in ("support_types", "themes")
            for said in (subject.singulars, telling)
        )
