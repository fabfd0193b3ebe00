"""Changing numbers in a data file while every comment and every other line stays as it is."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from coprod_match.files.yaml_reader import Location, read_yaml

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def with_numbers(path: Path, numbers: Mapping[Location, float]) -> str:
    """The text of a YAML file with other numbers at some places. Raises KeyError for a place that is not there."""
    document = read_yaml(path)
    lines = path.read_bytes().decode("utf-8").split("\n")  # line ends stay as they are
    for location, number in numbers.items():
        line, column = document.places[location]
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = before + _NUMBER.sub(np.format_float_positional(number, trim="-"), after, count=1)
    return "\n".join(lines)
