"""The shapes of the API's answers, for its OpenAPI description. Answers are made elsewhere, and tested against this."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coprod_match.model.result import Confidence, Facet
from coprod_match.model.taxonomy import Sort

Share = Annotated[float, Field(ge=0, le=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CatalogueOfNow(_Shape):
    """Which catalogue answered."""

    size: int = Field(description="How many sources it holds.", examples=[365])
    version: str = Field(description="Changes when any entry changes.", examples=["5e3c5b0d9f52"])


class AskedFilters(_Shape):
    """The hard conditions as they were given."""

    free: bool
    jurisdictions: list[str]
    kinds: list[str]
    exclude_historic: bool


class Asked(_Shape):
    """The request as it was given."""

    role: str | None
    needs: list[str]
    themes: list[str]
    place: str | None
    text: str | None
    without: list[str]
    filters: AskedFilters


class UnderstoodPart(_Shape):
    """One concept that was given, read in the text, or assumed."""

    facet: Facet
    term: str = Field(description="The id of a term of the taxonomy.", examples=["toolkit"])
    confidence: Share
    source: str = Field(description="Where it was read.", examples=["need: toolkit"])


class Part(_Shape):
    """The points that one feature of the request earned."""

    facet: Facet
    feature: str = Field(examples=["toolkit"])
    points: float


class Recommended(_Shape):
    """One entry of the answer."""

    rank: int = Field(ge=1)
    id: str = Field(examples=["community-places"])
    name: str
    kind: str
    sort: Sort = Field(description="What it is to the asker.")
    provider: str
    url: str
    score: float = Field(description="The exact sum of the points of `contributions`.")
    chance: Share = Field(description="How likely a skilled adviser would call it useful.")
    contributions: list[Part]
    reasons: list[str] = Field(examples=[["It gives you a toolkit to work from."]])
    cautions: list[str]


class Answer(_Shape):
    """The answer to one request: the same as `coprod-match recommend --format json`."""

    request: Asked
    understood: list[UnderstoodPart]
    not_meant: list[str] = Field(description="Ids of terms that the text was not to be read as.")
    in_scope: bool = Field(description="Whether this is a request for such a service at all.")
    confidence: Confidence
    notice: str | None = Field(
        description="What to read first: whom to ring in danger, and whose business the words are."
    )
    recommendations: list[Recommended] = Field(description="Best first; empty when nothing is good enough.")
    advice: str | None = Field(description="Whom to ask when the list does not do.")
    catalogue: CatalogueOfNow


class Proof(_Shape):
    """Where a fact can be checked."""

    url: str
    note: str


class Grades(_Shape):
    """How useful assessors find a source to those who ask for a term: 3 one of the first, 2 clearly, 1 loosely."""

    support_types: dict[str, Literal[1, 2, 3]]
    roles: dict[str, Literal[1, 2, 3]]
    themes: dict[str, Literal[1, 2, 3]]


class Source(_Shape):
    """One source of help. Tags are ids of terms, the main one first."""

    id: str = Field(examples=["community-places"])
    name: str
    kind: str
    provider: str
    url: str
    year: int | None
    status: Literal["active", "historic", "unknown"]
    jurisdictions: list[str]
    places: list[str]
    support_types: list[str]
    roles: list[str]
    themes: list[str]
    grades: Grades
    cost: str
    summary: str
    terms: list[str]
    questions: list[str]
    evidence: list[Proof]
    confidence: Literal["high", "medium", "low"]
    last_reviewed: datetime.date


class Sources(_Shape):
    """A part of the catalogue, by id. Follow `next` until it is null to have all."""

    total: int = Field(description="How many sources carry all the tags that were named.")
    resources: list[Source]
    next: str | None = Field(description="The address of the next part.", examples=["/api/resources?after=scdc"])
    catalogue: CatalogueOfNow


class Link(_Shape):
    """A term that can often serve instead."""

    id: str
    closeness: Share


class TaxonomyTerm(BaseModel):
    """One term. Some schemes have more fields than these."""

    scheme: str = Field(examples=["support_types"])
    id: str = Field(examples=["toolkit"])
    prefLabel: str = Field(examples=["Toolkit"])  # noqa: N815  SKOS spells it so
    altLabel: list[str]  # noqa: N815
    scopeNote: str  # noqa: N815
    broader: str | None
    related: list[Link]
    example: list[str]


class Health(_Shape):
    """Whether the service answers, and over what."""

    status: Literal["ok", "outdated"] = Field(
        description="`outdated`: it answers, but a newer edit of the data cannot be used; see `problems`."
    )
    version: str = Field(description="Of the program.", examples=["0.1.0"])
    catalogue: CatalogueOfNow
    problems: list[str] = Field(description="What is wrong with the newer edit.")


class WrongValue(_Shape):
    """One value that cannot be used."""

    field: str | None = Field(description="Which one; null for the request as a whole.", examples=["need"])
    value: str | None = Field(description="What was given.", examples=["tolkitt"])
    message: str
    nearest: list[str] = Field(description="What may have been meant, best guess first.", examples=[["toolkit"]])


class ProblemDetails(_Shape):
    """What went wrong, in the form of RFC 9457."""

    type: Literal["about:blank"]
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(description="What is wrong and what to do, in plain English.")
    errors: list[WrongValue]
