"""Between which numbers each setting of the ranking lies."""

from msgspec import Struct


class Range(Struct, frozen=True):
    """Numbers from `least` to `most`, both of them among these unless it is `but_not`."""

    least: float
    most: float
    but_not: float | None = None

    def __contains__(self, number: float) -> bool:
        return self.least <= number <= self.most and number != self.but_not  # what is no number is in no range

    def __str__(self) -> str:
        ends = f"from {self.least:g} to {self.most:g}"
        return ends if self.but_not is None else f"{ends}, but not {self.but_not:g} itself"


_SHARE = Range(0, 1)  # above 1, what an entry comes near to would not fit the steps in which it is kept
_SECTIONS = {
    "weights": Range(0, 10),  # sums of points of this size are exact
    "fields": Range(0, 10),
}
_SETTINGS = {
    ("chance", "slope"): Range(0.01, 100),  # no points would be enough for a floor on a flat curve
    ("chance", "intercept"): Range(-100, 100),
    ("chance", "in_scope"): Range(-1, 1),
    ("chance", "weak"): Range(0, 1, but_not=1),  # no points make a chance of 1
}


def allowed(section: str, setting: str) -> Range:
    """Where the number of a setting lies, as `allowed("chance", "slope")`."""
    return _SETTINGS.get((section, setting)) or _SECTIONS.get(section, _SHARE)
