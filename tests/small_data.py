"""The smallest good data files, for tests that break one thing in them."""

from pathlib import Path

TAXONOMY = """\
sectors:
  - {id: local-government, prefLabel: Local government, scopeNote: Councils.}
roles:
  - id: council
    prefLabel: Council officer
    altLabel: [town hall]
    scopeNote: Someone who works for a council.
    sector: local-government
support_types:
  - {id: toolkit, prefLabel: Toolkits, scopeNote: Methods to use., gives: methods to use}
  - id: training
    prefLabel: Training
    scopeNote: Courses and workshops.
    gives: a course or a workshop
    related:
      - {id: toolkit, closeness: 0.5}
themes:
  - {id: co-production, prefLabel: Co-production, scopeNote: Doing it together.}
  - {id: planning, prefLabel: Planning, scopeNote: Plans., broader: co-production}
places:
  - {id: northern-ireland, prefLabel: Northern Ireland, scopeNote: The nation.}
  - {id: belfast, prefLabel: Belfast, scopeNote: The city., broader: northern-ireland}
kinds:
  - {id: publication, prefLabel: Publication, scopeNote: A text., sort: learn}
costs:
  - {id: free, prefLabel: Free, scopeNote: Costs nothing.}
jurisdictions:
  - {id: northern-ireland, prefLabel: Northern Ireland, scopeNote: The nation.}
"""

CATALOGUE = """\
resources:
  - id: first-guide
    name: A first guide to working together
    kind: publication
    provider: Some Body
    url: https://example.org/first
    year: 2019
    status: active
    jurisdictions: [northern-ireland]
    places: []
    support_types: [toolkit]
    roles: [council]
    themes: [co-production]
    cost: free
    summary: It tells a newcomer how to begin.
    terms: [beginners]
    questions: [where do I begin]
    evidence:
      - {url: https://example.org/first, note: the guide itself}
    confidence: high
    last_reviewed: 2026-11-24
  - id: second-course
    name: Evening classes for planners
    kind: publication
    provider: Another Body
    url: https://example.org/second
    status: historic
    jurisdictions: [northern-ireland]
    places: [belfast]
    support_types: [training]
    roles: [council]
    themes: [planning]
    cost: free
    summary: It teaches how a plan is made.
    terms: [classes]
    questions: [who teaches planning]
    evidence:
      - {url: https://example.org/second, note: the course itself}
    confidence: low
    last_reviewed: 2025-01-31
"""

RANKING = """\
home: northern-ireland
unknown_place: northern-ireland
subject: [co-production]
weights:
  words: {value: 1.0, reason: The scale of all others.}
  meaning: {value: 0.5, reason: Other words for the same.}
  name: {value: 0.5, reason: It was named.}
  role: {value: 0.1, reason: It tips the balance.}
  support_type: {value: 0.2, reason: It matters.}
  theme: {value: 0.4, reason: It matters more.}
  place: {value: 0.1, reason: It tips the balance.}
fields:
  name: {value: 1, reason: Short.}
  provider: {value: 1, reason: Short.}
  summary: {value: 1, reason: Plain.}
  terms: {value: 1, reason: Apt.}
  questions: {value: 1, reason: Near.}
closeness:
  narrower: {value: 0.8, reason: Mostly good.}
  broader: {value: 0.5, reason: Sometimes good.}
  related: {value: 0.5, reason: Half as likely.}
  support_type_later: {value: 0.1, reason: Main one first.}
  theme_later: {value: 0.2, reason: Main one first.}
  last_tag: {value: 0.4, reason: There for a reason.}
grades:
  role: {value: 0.5, reason: Half and half.}
  support_type: {value: 0.5, reason: Half and half.}
  theme: {value: 0.25, reason: Tags tell more.}
reaches:
  local: {value: 1.0, reason: Best.}
  home: {value: 0.9, reason: Nearly as good.}
  wide: {value: 0.75, reason: It applies.}
  within: {value: 0.6, reason: For some.}
  away: {value: 1.0, reason: See travel.}
  other_area: {value: 0.5, reason: An example.}
travel:
  publication: {value: 0.6, reason: It can be read anywhere.}
standing:
  historic: {value: 0.85, reason: It has ended.}
  unknown: {value: 0.95, reason: It may have ended.}
  unverified: {value: 0.97, reason: Not all is confirmed.}
chance:
  words_at_best: {value: 0.45, reason: People use their own words.}
  meaning_at_best: {value: 0.7, reason: Never quite alike.}
  in_scope: {value: 0.0, reason: Half-way.}
  slope: {value: 7.0, reason: How fast it grows.}
  intercept: {value: -4.5, reason: Where it begins.}
  strong: {value: 0.6, reason: More likely than not.}
  fair: {value: 0.35, reason: Worth a look.}
  weak: {value: 0.1, reason: The floor.}
rounding:
  same_provider: {value: 0.08, reason: Another body is worth more.}
  same_sort: {value: 0.01, reason: Another sort is worth more.}
"""


def write(folder: Path, name: str, text: str) -> Path:
    """A file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with the first of each `old` replaced by its `new`; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def where(name: str, text: str, part: str) -> str:
    """`name:line:column` of the first place where `part` stands in `text`, as an editor counts."""
    before = text[: text.index(part)]
    return f"{name}:{before.count(chr(10)) + 1}:{len(before) - (before.rfind(chr(10)) + 1) + 1}"
