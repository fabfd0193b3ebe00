"""Reasons and cautions in sentences that a person would say. Reads contributions; computes no points."""

from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from coprod_match.engine.area import Reach
from coprod_match.engine.speech import Speech
from coprod_match.engine.understand import Reading
from coprod_match.model.catalogue import Resource
from coprod_match.model.result import Confidence, Contribution, Facet
from coprod_match.model.taxonomy import Taxonomy

_NO_CONCEPTS = ("words", "name", "meaning")
_MOST = 3  # things named in one sentence
_LIKELY = 0.15  # how sure we must be that it was asked for to say of a source what it is about
_SURE = 0.5  # how sure we must be of a concept to say that it was asked for


class Asker(Struct, frozen=True, eq=False, gc=False):
    """One request, as far as sentences about its answer depend on it."""

    taxonomy: Taxonomy
    confidences: Mapping[tuple[Facet, str], float]
    """How sure we are of each concept that the asker may have meant."""
    labels: Mapping[tuple[Facet, str], str]
    """Those that it is fair to speak of, as they stand within a sentence."""
    place: str
    """Where the asker is."""
    speech: Speech
    empty_stems: Set[str]
    """Stems that say nothing of a subject."""


class Case(Struct, frozen=True, eq=False, gc=False):
    """One entry recommended to one asker."""

    resource: Resource
    asker: Asker
    reach: Reach
    """How the entry's area stands to the place of the asker."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The terms in which request and entry met."""
        return self.asker.taxonomy

    def label(self, scheme: str, id: str) -> str:
        """The preferred label of a term."""
        return self.taxonomy.term(scheme, id).prefLabel


def asker_of(reading: Reading, taxonomy: Taxonomy, empty_stems: Set[str]) -> Asker:
    """What sentences need of a request, worked out once for all its entries."""
    confidences = {(item.facet, item.term): item.confidence for item in reading.understood}
    labels = {
        (item.facet, item.term): item.label if item.label[1:2].isupper() else item.label[:1].lower() + item.label[1:]
        for item in reading.understood
        if item.confidence >= _LIKELY
    }
    return Asker(taxonomy, confidences, labels, reading.place, reading.speech, empty_stems)


def reasons(case: Case, contributions: Sequence[Contribution]) -> tuple[str, ...]:
    """A sentence for each part of the request that earned points, the part with the most points first."""
    likely = case.asker.labels
    found: dict[Facet, list[str]] = {}
    for part in contributions:
        if part.facet in _NO_CONCEPTS or (part.facet, part.feature) in likely:
            found.setdefault(part.facet, []).append(part.feature)
    sentences = [_SENTENCES[facet](case, features) for facet, features in found.items()]
    return tuple([sentence for sentence in sentences if sentence])


def cautions(case: Case) -> tuple[str, ...]:
    """What the asker should know before following the entry."""
    resource = case.resource
    found: list[str] = []
    if case.reach == "away":
        here = _nation(case.taxonomy, case.asker.place)
        there = _listed([case.label("jurisdictions", id) for id in resource.jurisdictions])
        found.append(_AWAY.get(resource.kind, _AWAY_OTHER).format(here=here, there=there))
    if case.reach == "other_area":
        area = _listed([case.label("places", id) for id in resource.places])
        found.append(f"It serves {area}: an example for you, not help in your own area.")
    standing = (_STATUS.get(resource.status), _CONFIDENCE.get(resource.confidence), _COST.get(resource.cost))
    return (*found, *(sentence for sentence in standing if sentence))


def notice(reading: Reading) -> str | None:
    """What comes before the list: whom to ring where somebody may be in danger, and whose business the words are."""
    steps = [reading.danger.ask] if reading.danger is not None and reading.danger is not reading.matter else []
    if reading.matter is not None:
        what = "Your own words sound" if reading.in_scope else "This sounds"
        steps.append(f"{what} like a matter of “{reading.matter.prefLabel}”. {reading.matter.ask}")
    return " ".join(steps) or None


def advice(reading: Reading, confidence: Confidence, contact: Resource | None) -> str | None:
    """A useful next step: whom to ask when the list does not do."""
    if contact is None or not (reading.in_scope or reading.matter is None):
        return None
    opening = "Nothing quite right? Ask"
    if confidence == "none":
        opening = "You could ask" if reading.in_scope else "If we misread you, say it in other words, or ask"
    return f"{opening} {contact.name}: {contact.url}"


_AWAY = {
    "law": "This is the law of {there}: a model to learn from, not law in {here}.",
    "policy": "This is policy of {there}: a model to learn from, not policy in {here}.",
    "fund": "This is money for {there}: it is unlikely to fund work in {here}.",
    "publication": "Written for {there}: laws and names of bodies will differ in {here}.",
    "toolkit": "Written for {there}: laws and names of bodies will differ in {here}.",
    "case-study": "An example from {there}: conditions will differ in {here}.",
}
_AWAY_OTHER = "Works in {there}: ask first whether it can help in {here}."

_STATUS = {
    "historic": "It has ended: use it as an archive or an example.",
    "unknown": "We could not confirm that it is still running: check first.",
}
_UNSURE = "We could not confirm every detail: check before you rely on it."
_CONFIDENCE = {"medium": _UNSURE, "low": _UNSURE}
_COST = {"paid": "You have to pay for it.", "membership": "It is for members: joining may cost money."}


def _name(case: Case, features: Sequence[str]) -> str:
    return "You named it."


def _meaning(case: Case, features: Sequence[str]) -> str:
    return ""  # likeness in meaning cannot be put in words; themes and kinds of help say the same more clearly


def _help(case: Case, features: Sequence[str]) -> str:
    exact = [id for id in features if id in case.resource.support_types]
    if exact:
        return f"It gives you {_listed([case.taxonomy.support_type(id).gives for id in exact[:_MOST]])}."
    if case.asker.confidences["support_type", features[0]] < _SURE:
        return ""
    asked = case.taxonomy.support_type(features[0])
    near = {link.id: link.closeness for link in asked.related}
    given = case.taxonomy.support_type(max(case.resource.support_types, key=lambda kind: near.get(kind, 0.0)))
    return f"It gives you {given.gives}, which may serve where you asked for {asked.gives}."


def _theme(case: Case, features: Sequence[str]) -> str:
    themes = [id for id in features if id in case.resource.themes]
    verb = "It is about" if themes else "It touches on"
    return f"{verb} {_labels(case, 'theme', themes or features)}."


def _role(case: Case, features: Sequence[str]) -> str:
    roles = [id for id in features if id in case.resource.roles]
    return f"It is meant for people like you ({_labels(case, 'role', roles)})." if roles else ""


def _words(case: Case, features: Sequence[str]) -> str:
    """Quotes the words that earned points as the asker spelt them; pairs are left to their single words."""
    asker = case.asker
    telling = [stem for stem in features if " " not in stem and stem not in asker.empty_stems]
    spoken = [f"“{asker.speech.quote(stem)}”" for stem in telling[:_MOST]]
    return f"It speaks of {_listed(spoken)}, as you do." if spoken else ""


def _place(case: Case, features: Sequence[str]) -> str:
    place = case.asker.place
    around = (place, *case.taxonomy.ancestors("places", place))
    if case.reach == "local":
        areas = sorted(case.resource.places, key=lambda area: area not in around)  # the asker's own first
        return f"It is local to {_listed([case.label('places', id) for id in areas[:_MOST]])}."
    if case.reach == "home":
        areas = sorted(case.resource.jurisdictions, key=lambda area: area not in around)
        return f"It covers {_listed([case.label('jurisdictions', id) for id in areas[:_MOST]])}."
    return ""


_SENTENCES = {
    "name": _name,
    "meaning": _meaning,
    "words": _words,
    "role": _role,
    "support_type": _help,
    "theme": _theme,
    "place": _place,
}


def _nation(taxonomy: Taxonomy, place: str) -> str:
    """The nation that a place lies in: laws and bodies differ between nations, not between councils."""
    around = (place, *taxonomy.ancestors("places", place))
    nation = next((id for id in around if taxonomy.has("jurisdictions", id)), place)
    return taxonomy.term("places", nation).prefLabel


def _labels(case: Case, facet: Facet, ids: Sequence[str]) -> str:
    return _listed([case.asker.labels[facet, id] for id in ids[:_MOST]])


def _listed(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else items[0]
