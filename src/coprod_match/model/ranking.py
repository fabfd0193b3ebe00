"""The settings of the ranking: numbers in a data file, each with the sentence that justifies it."""

from collections.abc import Mapping

from msgspec import Struct


class Setting(Struct, frozen=True, kw_only=True):
    """One number and why it is so."""

    value: float
    reason: str
    """One sentence: what the number does, and what bears it out."""


class Weights(Struct, frozen=True, kw_only=True):
    """The most points that each part of a request can earn an entry."""

    words: Setting
    meaning: Setting
    name: Setting
    role: Setting
    support_type: Setting
    theme: Setting
    place: Setting


class Fields(Struct, frozen=True, kw_only=True):
    """How often a word of each field of an entry is counted."""

    name: Setting
    provider: Setting
    summary: Setting
    terms: Setting
    questions: Setting


class Closeness(Struct, frozen=True, kw_only=True):
    """How near a tag of an entry comes to a concept that was asked for, 0 to 1."""

    narrower: Setting
    """The tag is a narrower term of the concept."""
    broader: Setting
    """The tag is a broader term of the concept."""
    related: Setting
    """What the closeness of related terms is multiplied by."""
    support_type_later: Setting
    """How much each place further down an entry's list of kinds of help takes off."""
    theme_later: Setting
    """How much each place further down an entry's list of themes takes off."""
    last_tag: Setting
    """What the last tag of a long list still counts."""


class GradeShares(Struct, frozen=True, kw_only=True):
    """How much of the nearness of an entry to a concept its grades decide, and not its tags, 0 to 1."""

    role: Setting
    support_type: Setting
    theme: Setting


class Reaches(Struct, frozen=True, kw_only=True):
    """How well a source serves the place of the person who asks, 0 to 1."""

    local: Setting
    home: Setting
    wide: Setting
    within: Setting
    away: Setting
    """Multiplied by how well the kind of source travels."""
    other_area: Setting
    """Multiplied by how well the kind of source travels."""


class Standing(Struct, frozen=True, kw_only=True):
    """What an entry's points are multiplied by, for what is known of its state."""

    historic: Setting
    unknown: Setting
    unverified: Setting


class Chance(Struct, frozen=True, kw_only=True):
    """How points become the chance that a skilled adviser would call an entry useful."""

    words_at_best: Setting
    """The share of a request's words that the best entry can be hoped to cover."""
    meaning_at_best: Setting
    """How alike in meaning the best entry can be hoped to be."""
    slope: Setting
    intercept: Setting
    strong: Setting
    """The least chance of a strong match."""
    fair: Setting
    """The least chance of a fair match."""
    in_scope: Setting
    """The least likeness, from -1 to 1, to what people ask of such a service."""
    weak: Setting
    """The floor: an entry below it is not recommended."""


class Rounding(Struct, frozen=True, kw_only=True):
    """How much a list may give up to hold different providers and sorts of help."""

    same_provider: Setting
    same_sort: Setting


class Ranking(Struct, frozen=True, kw_only=True):
    """All settings."""

    home: str
    """The place of people who do not say where they are."""
    unknown_place: str
    """The place of people who name one that the taxonomy does not know, nor anything like it."""
    subject: tuple[str, ...]
    """The themes of people who do not say what it is about."""
    weights: Weights
    fields: Fields
    closeness: Closeness
    grades: GradeShares
    reaches: Reaches
    travel: Mapping[str, Setting]
    """How much use a source of each kind is in another nation, 0 to 1."""
    standing: Standing
    chance: Chance
    rounding: Rounding
