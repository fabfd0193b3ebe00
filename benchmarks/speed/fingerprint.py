"""A fingerprint of what the engine answers, to see whether a change of the code changed any answer.

python benchmarks/speed/fingerprint.py [FILE]

Asks the judged requests, as spoken and as a form, and 1,000 more like them, ten entries each. Two SHA-256 sums: of all
results as JSON, to the last byte; and of the lists alone (which entries, in which order). With FILE, the results are
also written there, one a line, to be compared with those of another version (`diff`, `cmp`).
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from requests_like import requests_like

import coprod_match
from coprod_match import Matcher, Request
from coprod_match.files.load import load_judgements
from coprod_match.model.judgements import JudgedRequest
from coprod_match.render.data import result_to_dict

MORE = 1000
TOP = 10


def asked(matcher: Matcher) -> Iterator[Request]:
    """Every request that the fingerprint is of, in order."""
    judged = load_judgements(None, matcher.catalogue, matcher.taxonomy)
    yield from chain.from_iterable(_both_ways(request) for request in judged.requests)
    yield from islice(requests_like(judged.in_scope, matcher.catalogue, matcher.taxonomy), MORE)


def _both_ways(request: JudgedRequest) -> Iterator[Request]:
    yield Request(role=request.role, place=request.place, text=request.text)
    facets = request.facets
    yield Request(
        role=request.role, place=request.place, text=request.text, needs=facets.support_types, themes=facets.themes
    )


def main(file: Path | None) -> None:
    """Print both sums."""
    matcher = Matcher.load()
    requests = list(asked(matcher))
    results = [result_to_dict(result) for result in matcher.recommend_many(requests, top=TOP)]
    lines = "".join(json.dumps(result, ensure_ascii=False) + "\n" for result in results).encode()
    lists = json.dumps([[entry["id"] for entry in result["recommendations"]] for result in results]).encode()
    if file:
        file.write_bytes(lines)
    print(f"code     {Path(coprod_match.__file__).parent}")
    print(f"asked    {len(requests)} requests of {len(matcher.catalogue)} entries ({matcher.catalogue.version})")
    print(f"results  {hashlib.sha256(lines).hexdigest()}")
    print(f"lists    {hashlib.sha256(lists).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
