"""Reasons and cautions in sentences that a person would say. Reads contributions; computes no points."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import islice

from msgspec import Struct

from coprod_match.engine.area import Here, Reach
from coprod_match.engine.judge import Verdict
from coprod_match.engine.speech import Speech, telling
from coprod_match.engine.understand import Reading
from coprod_match.model.catalogue import Resource
from coprod_match.model.result import SCHEME_OF, Confidence, Contribution, Facet, Understood
from coprod_match.model.taxonomy import Taxonomy

_NO_CONCEPTS = ("words", "name")  # nor can likeness in meaning be put in words: themes say it more clearly
_MOST = 3  # things named in one sentence
_LIKELY = 0.15  # how sure we must be that it was asked for to say of a source what it is about
_WORD = 4  # letters of a word that is worth quoting; those of an acronym may be fewer
_SURE = 0.5  # how sure we must be of a concept to say that it was asked for


class Asker(Struct, frozen=True, eq=False, gc=False):
    """One request, as far as sentences about its answer depend on it."""

    taxonomy: Taxonomy
    labels: Mapping[Facet, Mapping[str, str]]
    """The concepts of each facet that it is fair to speak of, as they stand within a sentence."""
    sure: Set[str]
    """The kinds of help that we are sure of."""
    asked_for: Mapping[str, Set[str]]
    """The kinds of help that were asked for outright, each with those that may serve instead."""
    here: Here
    """Where the asker is."""
    quotes: Mapping[str, str]
    """Stems that tell something of a subject, and the words as the asker spelt them, in quotation marks."""


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


def asker_of(reading: Reading, here: Here, taxonomy: Taxonomy, empty_stems: Set[str]) -> Asker:
    """What sentences need of a request, worked out once for all its entries; `empty_stems` are never quoted."""
    labels: dict[Facet, dict[str, str]] = {"meaning": {}, **{facet: {} for facet in SCHEME_OF}}
    for item in reading.understood:
        if item.confidence >= _LIKELY:
            labels[item.facet][item.term] = _within_sentence(item, taxonomy)
    kinds = [item for item in reading.understood if item.facet == "support_type"]
    return Asker(
        taxonomy=taxonomy,
        labels=labels,
        sure={item.term for item in kinds if item.confidence >= _SURE},
        asked_for={
            item.term: {item.term, *(link.id for link in taxonomy.support_type(item.term).related)}
            for item in kinds
            if item.asked_as != "text"
        },
        here=here,
        quotes=_quotes(reading.speech, empty_stems),
    )


def _within_sentence(item: Understood, taxonomy: Taxonomy) -> str:
    """What a concept is called after “It gives you”, “It is about” and the like."""
    if item.facet == "support_type":
        return taxonomy.support_type(item.term).gives
    return item.label if item.label[1:2].isupper() else item.label[:1].lower() + item.label[1:]


def reasons(case: Case, contributions: Sequence[Contribution]) -> tuple[str, ...]:
    """A sentence for each part of the request that earned points, the part with the most points first."""
    labels = case.asker.labels
    found: dict[Facet, list[str]] = defaultdict(list)
    for part in contributions:
        facet, feature = part.facet, part.feature
        if facet in _NO_CONCEPTS or feature in labels[facet]:
            found[facet].append(feature)
    sentences = [_SENTENCES[facet](case, features) for facet, features in found.items()]
    return tuple(filter(None, sentences)) or ("It is close in meaning to what you say.",)


def cautions(case: Case) -> tuple[str, ...]:
    """What the asker should know before following the entry."""
    resource = case.resource
    found: list[str] = []
    if case.asker.asked_for and not _gives_any(resource, case.asker.asked_for):
        gives = [case.taxonomy.support_type(id).gives for id in islice(case.asker.asked_for, _MOST)]
        found.append(f"It does not give you {_listed(gives, ' or ')}: it is here for its subject.")
    if case.reach == "away":
        here = case.label("places", case.asker.here.nation or case.asker.here.around[0])
        there = _listed([_with_article(case.label("jurisdictions", id)) for id in resource.jurisdictions])
        found.append(_AWAY.get(resource.kind, _AWAY_OTHER).format(here=here, there=there))
    if case.reach in ("other_area", "within") and resource.places:
        area = _listed([case.label("places", id) for id in resource.places])
        other = case.reach == "other_area"
        found.append(f"It serves {area}" + (": an example for you, not help in your own area." if other else " alone."))
    status = _UNSEEN if resource.status == "unknown" and resource.kind in _DOCUMENTS else _STATUS.get(resource.status)
    cost = _LENT if resource.cost == "paid" and resource.kind == "fund" else _COST.get(resource.cost)
    standing = (status, _CONFIDENCE.get(resource.confidence), cost)
    return (*found, *filter(None, standing))


def notice(verdict: Verdict) -> str | None:
    """What comes before the list: whom to ring where somebody may be in danger, and whose business the words are."""
    matter, danger = verdict.matter, verdict.danger
    steps = [danger.ask] if danger is not None and danger is not matter else []
    if matter is not None:
        what = "Your own words sound" if verdict.in_scope else "This sounds"
        at = len(steps) if verdict.in_scope else 0  # of what is clearly others' business danger is a second thought
        steps.insert(at, f"{what} like a matter of “{matter.prefLabel}”. {matter.ask}")
    return " ".join(steps) or None


def advice(verdict: Verdict, confidence: Confidence, contact: Resource | None) -> str | None:
    """A useful next step: whom to ask when the list does not do."""
    if contact is None or (verdict.matter is not None and not verdict.in_scope):
        return None
    opening = "Nothing quite right? Ask"
    if confidence == "none":
        opening = "You could ask" if verdict.in_scope else "If we misread you, say it in other words, or ask"
    return f"{opening} {contact.name}: {contact.url}"


_AWAY = {
    "law": "This is the law of {there}: a model to learn from, not law in {here}.",
    "policy": "This is policy of {there}: a model to learn from, not policy in {here}.",
    "fund": "This is money for {there}: it is unlikely to fund work in {here}.",
    "publication": "Written for {there}: laws and names of bodies will differ in {here}.",
    "toolkit": "Written for {there}: laws and names of bodies will differ in {here}.",
    "case-study": "An example from {there}: conditions will differ in {here}.",
    "collection": "Gathered in {there}: laws and names of bodies will differ in {here}.",
}
_AWAY_OTHER = "Works in {there}: ask first whether it can help in {here}."

_STATUS = {
    "historic": "It has ended: use it as an archive or an example.",
    "unknown": "We could not confirm that it is still running: check first.",
}
_DOCUMENTS = ("publication", "toolkit", "case-study", "collection")
_UNSEEN = "We could not confirm that it can still be had: check first."
_UNSURE = "We could not confirm every detail: check before you rely on it."
_CONFIDENCE = {"medium": _UNSURE, "low": _UNSURE}
_LENT = "It lends money: you pay it back, as a rule with interest."
_COST = {"paid": "You have to pay for it.", "membership": "It is for members: joining may cost money."}


def _name(case: Case, features: Sequence[str]) -> str:
    return "You named it."


def _help(case: Case, features: Sequence[str]) -> str:
    exact = [id for id in features if id in case.resource.support_types]
    if exact:
        return f"It gives you {_labels(case, 'support_type', exact)}."
    if features[0] not in case.asker.sure:
        return ""
    asked = case.taxonomy.support_type(features[0])
    near = {link.id: link.closeness for link in asked.related if link.id in case.resource.support_types}
    if not near:  # those who graded it knew that it does
        return f"It may also give you {asked.gives}."
    given = case.taxonomy.support_type(max(near, key=lambda kind: near[kind]))
    if asked.id in case.asker.asked_for:
        return f"It gives you {given.gives}, which may serve where you asked for {asked.gives}."
    return f"It gives you {given.gives}; you may have wanted {asked.gives}."


def _theme(case: Case, features: Sequence[str]) -> str:
    themes = [id for id in features if id in case.resource.themes]
    verb = "It is about" if themes else "It touches on"
    return f"{verb} {_labels(case, 'theme', themes or features)}."


def _role(case: Case, features: Sequence[str]) -> str:
    roles = [id for id in features if id in case.resource.roles]
    return f"It is meant for people like you ({_labels(case, 'role', roles)})." if roles else ""


def _quotes(speech: Speech, empty_stems: Set[str]) -> dict[str, str]:
    """The words of a text that are worth quoting, or all of them if none is; pairs are left to their single words."""
    spoken = {stem: speech.quote(stem) for stem in telling(speech.stems) if stem not in empty_stems}
    worth = {stem: said for stem, said in spoken.items() if said.isupper() or len(said) >= _WORD}
    return {stem: f"“{said}”" for stem, said in (worth or spoken).items()}


def _words(case: Case, features: Sequence[str]) -> str:
    quotes = case.asker.quotes
    spoken = [quotes[stem] for stem in features if stem in quotes]
    return f"It speaks of {_listed(spoken[:_MOST])}, as you do." if spoken else ""


def _place(case: Case, features: Sequence[str]) -> str:
    resource, around = case.resource, case.asker.here.around
    if case.reach == "local":
        areas = sorted(resource.places, key=lambda area: area not in around)  # the asker's own first
        return f"It is local to {_listed([case.label('places', id) for id in areas[:_MOST]])}."
    if case.reach == "home":
        covered = resource.places + resource.jurisdictions
        nearest = case.taxonomy.place(next(area for area in around if area in covered))
        return f"It covers {_with_article(nearest.prefLabel)}." if nearest.broader else ""
    return ""


_SENTENCES = {
    "name": _name,
    "words": _words,
    "role": _role,
    "support_type": _help,
    "theme": _theme,
    "place": _place,
}


def _labels(case: Case, facet: Facet, ids: Sequence[str]) -> str:
    labels = case.asker.labels[facet]
    return _listed([labels[id] for id in ids[:_MOST]])


def _with_article(area: str) -> str:
    return f"the {area}" if area.startswith("United") else area


def _gives_any(resource: Resource, asked_for: Mapping[str, Set[str]]) -> bool:
    """Whether an entry gives what was asked for, or may serve instead, by its tags or by those who graded it."""
    graded = resource.grades.support_types
    return any(kind in graded or not near.isdisjoint(resource.support_types) for kind, near in asked_for.items())


def _listed(items: Sequence[str], joined_by: str = " and ") -> str:
    """Things in a row; parted by semicolons where one of them is several already."""
    if len(items) == 1:
        return items[0]
    *others, last = items
    if " and " in "|".join(items):
        return f"{'; '.join(others)};{joined_by}{last}"
    return f"{', '.join(others)}{joined_by}{last}"
