"""Many texts as one row of numbers: each spelling is looked at once, however often it comes."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from coprod_match.arrays import Ints
from coprod_match.words import STOP_WORDS, stems


class Numbered(NamedTuple):
    """The stems of some texts, without stop words, one text after the other."""

    stems: Sequence[str]
    """Different stems, in alphabetical order; the texts need not use all of them."""
    numbers: Ints
    """Which stem stands at each place; shape (places,)."""
    texts: Ints
    """Which text each place is of; shape (places,)."""


def number_stems(texts: Iterable[str]) -> Numbered:
    """Take texts apart. They are cut at their spaces, and most pieces between these were met before."""
    known = _Pieces()
    found, lengths = array("i"), array("i")
    for text in texts:
        numbers: Sequence[int] = [*chain.from_iterable(map(known.__getitem__, text.split()))]
        if known.co in numbers:  # “co production” is one word
            numbers = known[text]
        found.extend(numbers)
        lengths.append(len(numbers))
    by_age = list(known.numbers)
    order = sorted(range(len(by_age)), key=by_age.__getitem__)
    numbers_of = np.empty(len(order), dtype=np.int32)
    numbers_of[order] = np.arange(len(order), dtype=np.int32)
    return Numbered(
        stems=[by_age[number] for number in order],
        numbers=numbers_of[np.frombuffer(found, dtype=np.int32)],
        texts=np.repeat(np.arange(len(lengths), dtype=np.int32), np.frombuffer(lengths, dtype=np.int32)),
    )


class _Pieces(dict[str, Sequence[int]]):
    """The numbers of the stems of each piece of text, without stop words. A stem's number is its rank in age."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self.co = self.numbers["co"]

    def __missing__(self, piece: str) -> Sequence[int]:
        numbers = self[piece] = tuple([self.numbers[stem] for stem in stems(piece) if stem not in STOP_WORDS])
        return numbers
