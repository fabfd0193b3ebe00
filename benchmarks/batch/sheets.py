"""Sheets of requests as forms export them, made from what people say: `python sheets.py ROWS OUT.xlsx|OUT.csv [SEED]`.

The same rows for the same seed. Two in a hundred rows cannot be read, and three ask the same as an earlier one.
"""

import csv
import datetime
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml
from xlsxwriter import Workbook

from coprod_match import Matcher
from coprod_match.files.load import bundled

HEADER = (
    *("ID", "Completion time", "Name", "Who are you?", "Which council area are you in?"),
    *("What kind of help do you need?", "What do you need help with?", "How many people are involved?"),
)
_START = datetime.datetime(2026, 1, 5, 9)
_FIRST, _LAST = ("Aoife", "Ben", "Chinwe", "Dara", "Eve", "Farah"), ("Bell", "Kerr", "Lavery", "Mbeki", "Ní Dhomhnaill")
_LEFT_EMPTY = ("", "n/a", "Not sure", "Other")


def rows(seed: int) -> Iterator[list[object]]:
    """Rows without end."""
    dice, matcher = random.Random(seed), Matcher.load()
    sayings = _sayings(matcher)
    roles, needs, places = (_labels(matcher, scheme) for scheme in ("roles", "support_types", "places"))
    earlier: list[list[object]] = []
    for number in range(1, sys.maxsize):
        who = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
        asked = dice.choice(earlier) if earlier and dice.random() < 0.03 else None
        asked = asked or [
            dice.choice(roles) if dice.random() < 0.9 else dice.choice(_LEFT_EMPTY),
            dice.choice(places) if dice.random() < 0.8 else dice.choice(_LEFT_EMPTY),
            ";".join(dice.sample(needs, dice.choice((0, 1, 1, 2, 3)))),
            " ".join(dice.sample(sayings, dice.choice((1, 1, 2)))),
        ]
        if dice.random() < 0.02:
            asked = ["somebody else", "", "", "n/a"]
        elif len(earlier) < 1000:
            earlier.append(asked)
        yield [number, _START + datetime.timedelta(minutes=number), who, *asked, dice.randint(1, 400)]


def _sayings(matcher: Matcher) -> list[str]:
    judged = yaml.safe_load(bundled("judgements.yaml").read_text(encoding="utf-8"))["requests"]
    asked = [question for resource in matcher.catalogue.resources for question in resource.questions]
    return [request["text"] for request in judged if request.get("text")] + asked


def _labels(matcher: Matcher, scheme: str) -> list[str]:
    return [label for term in matcher.taxonomy.scheme(scheme) for label in term.labels[1:3]]


def write(count: int, path: Path, seed: int) -> None:
    """Write a sheet of so many rows."""
    made = islice(rows(seed), count)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(HEADER)
            csv.writer(file).writerows(made)
        return
    with Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet("Form1")
        for number, row in enumerate([list(HEADER), *made]):
            sheet.write_row(number, 0, row)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int((sys.argv[3:] or ["1"])[0]))
