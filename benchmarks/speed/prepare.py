"""The catalogues and requests that every ranker is given, as files, so that they are made once.

python benchmarks/speed/prepare.py FOLDER
"""

import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec
from grow import grown
from requests_like import requests_like

from coprod_match import Catalogue, Request
from coprod_match.engine.index import whole_text
from coprod_match.files.load import load_catalogue, load_judgements, load_taxonomy

SIZES = (365, 1000, 10_000, 100_000)
REQUESTS = 10_000


def prepare(folder: Path) -> None:
    """Write catalogues of all sizes, their texts, and the requests."""
    taxonomy = load_taxonomy()
    real = load_catalogue(None, taxonomy)
    judged = load_judgements(None, real, taxonomy)
    requests = tuple(islice(requests_like(judged.in_scope, real, taxonomy), REQUESTS))
    (folder / "requests.json").write_bytes(msgspec.json.encode(requests))
    for size in SIZES:
        catalogue = grown(real, size)
        (folder / f"catalogue-{size}.json").write_bytes(msgspec.json.encode(catalogue))
        texts = [whole_text(entry) for entry in catalogue.resources]
        (folder / f"texts-{size}.json").write_text(json.dumps(texts), encoding="utf-8")


def read_catalogue(folder: Path, size: int) -> Catalogue:
    """A prepared catalogue."""
    return msgspec.json.decode((folder / f"catalogue-{size}.json").read_bytes(), type=Catalogue)


def read_texts(folder: Path, size: int) -> list[str]:
    """The texts of the entries of a prepared catalogue."""
    texts: list[str] = json.loads((folder / f"texts-{size}.json").read_text(encoding="utf-8"))
    return texts


def read_requests(folder: Path) -> Sequence[Request]:
    """The prepared requests."""
    return msgspec.json.decode((folder / "requests.json").read_bytes(), type=tuple[Request, ...])


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
