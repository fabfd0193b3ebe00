"""Reasons and cautions in sentences that a person would say. Reads contributions; computes no points."""

from collections.abc import Iterable, Sequence

from coprod_match.engine.area import Reach
from coprod_match.model.catalogue import Resource
from coprod_match.model.result import Confidence, Contribution, Facet
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.words import stems, words

_MOST = 3  # things named in one sentence


def reasons(
    contributions: Sequence[Contribution], resource: Resource, taxonomy: Taxonomy, text: str, reach: Reach
) -> tuple[str, ...]:
    """A sentence for each part of the request that earned points, the part with the most points first."""
    found: dict[Facet, list[str]] = {}
    for part in contributions:
        found.setdefault(part.facet, []).append(part.feature)
    sentences = (_sentence(facet, features, resource, taxonomy, text, reach) for facet, features in found.items())
    return tuple(sentence for sentence in sentences if sentence)


def cautions(resource: Resource, taxonomy: Taxonomy, place: str, reach: Reach) -> tuple[str, ...]:
    """What the asker should know before following the entry."""
    here = taxonomy.term("places", place).prefLabel
    there = _listed(taxonomy.term("jurisdictions", id).prefLabel for id in resource.jurisdictions)
    found = [_AWAY.get(resource.kind, _AWAY_OTHER).format(here=here, there=there)] if reach == "away" else []
    if reach == "other_area":
        area = _listed(taxonomy.term("places", id).prefLabel for id in resource.places)
        found.append(f"It serves {area}: an example for you, not help in your own area.")
    found += [sentence for test, sentence in _STANDING if getattr(resource, test[0]) in test[1:]]
    return tuple(found)


def advice(confidence: Confidence, contact: Resource | None) -> str | None:
    """A useful next step: whom to ask when the list does not do."""
    if contact is None:
        return None
    opening = "You could ask" if confidence == "none" else "Nothing quite right? Ask"
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

_STANDING = (
    (("status", "historic"), "It has ended: use it as an archive or an example."),
    (("status", "unknown"), "We could not confirm that it is still running: check first."),
    (("confidence", "medium", "low"), "We could not confirm every detail: check before you rely on it."),
    (("cost", "paid"), "You have to pay for it."),
    (("cost", "membership"), "It is for members: joining may cost money."),
)


def _sentence(
    facet: Facet, features: list[str], resource: Resource, taxonomy: Taxonomy, text: str, reach: Reach
) -> str:
    if facet == "support_type":
        return _help(features, resource, taxonomy)
    if facet == "theme":
        themes = [id for id in features if id in resource.themes]
        verb = "It is about" if themes else "It touches on"
        return f"{verb} {_labels(taxonomy, 'themes', themes or features)}."
    if facet == "role":
        roles = [id for id in features if id in resource.roles]
        return f"It is meant for people like you ({_labels(taxonomy, 'roles', roles)})." if roles else ""
    if facet == "words":
        spoken = _spoken(features, text)
        return f"It speaks of {_listed(f'“{word}”' for word in spoken[:_MOST])}, as you do." if spoken else ""
    return _place(resource, taxonomy, reach)


def _help(features: list[str], resource: Resource, taxonomy: Taxonomy) -> str:
    kinds = {term.id: term for term in taxonomy.support_types}
    exact = [kinds[id].gives for id in features if id in resource.support_types]
    if exact:
        return f"It gives you {_listed(exact[:_MOST])}."
    asked, given = kinds[features[0]], kinds[resource.support_types[0]]
    return f"It gives you {given.gives}, which may serve where you asked for {asked.gives}."


def _place(resource: Resource, taxonomy: Taxonomy, reach: Reach) -> str:
    if reach == "local":
        return f"It is local to {_labels(taxonomy, 'places', resource.places)}."
    if reach == "home":
        return f"It covers {_labels(taxonomy, 'jurisdictions', resource.jurisdictions, lower=False)}."
    return ""


def _spoken(features: Iterable[str], text: str) -> list[str]:
    """The asker's own spelling of the stems that earned points; pairs of words are left to their single words."""
    spelling = dict(zip(reversed(stems(text)), reversed(words(text)), strict=True))
    return [spelling[stem] for stem in features if stem in spelling]


def _labels(taxonomy: Taxonomy, scheme: str, ids: Iterable[str], *, lower: bool = True) -> str:
    labels = [taxonomy.term(scheme, id).prefLabel for id in list(ids)[:_MOST]]
    keep = scheme == "places" or not lower
    return _listed(label if keep or label[1:2].isupper() else label[:1].lower() + label[1:] for label in labels)


def _listed(items: Iterable[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
