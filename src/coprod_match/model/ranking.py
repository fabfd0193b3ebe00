"""The settings of the ranking: numbers in a data file, each with the sentence that justifies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from coprod_match.model import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One number and why it is so."""

    __pydantic_config__: ClassVar = STRICT

    value: float
    reason: str
    """One sentence: what the number does, and what bears it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points that each part of a request can earn an entry."""

    __pydantic_config__: ClassVar = STRICT

    words: Setting
    meaning: Setting
    name: Setting
    role: Setting
    support_type: Setting
    theme: Setting
    place: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """How often a word of each field of an entry is counted."""

    __pydantic_config__: ClassVar = STRICT

    name: Setting
    provider: Setting
    summary: Setting
    terms: Setting
    questions: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """How near a tag of an entry comes to a concept that was asked for, 0 to 1."""

    __pydantic_config__: ClassVar = STRICT

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaches:
    """How well a source serves the place of the person who asks, 0 to 1."""

    __pydantic_config__: ClassVar = STRICT

    local: Setting
    home: Setting
    wide: Setting
    within: Setting
    away: Setting
    """Multiplied by how well the kind of source travels."""
    other_area: Setting
    """Multiplied by how well the kind of source travels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an entry's points are multiplied by, for what is known of its state."""

    __pydantic_config__: ClassVar = STRICT

    historic: Setting
    unknown: Setting
    unverified: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How points become the chance that a skilled adviser would call an entry useful."""

    __pydantic_config__: ClassVar = STRICT

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How much a list may give up to hold different providers and sorts of help."""

    __pydantic_config__: ClassVar = STRICT

    same_provider: Setting
    same_sort: Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All settings."""

    __pydantic_config__: ClassVar = STRICT

    home: str
    """The place of people who do not say where they are."""
    unknown_place: str
    """The place of people who name one that the taxonomy does not know, nor anything like it."""
    subject: tuple[str, ...]
    """The themes of people who do not say what it is about."""
    weights: Weights
    fields: Fields
    closeness: Closeness
    reaches: Reaches
    travel: Mapping[str, Setting]
    """How much use a source of each kind is in another nation, 0 to 1."""
    standing: Standing
    chance: Chance
    rounding: Rounding
