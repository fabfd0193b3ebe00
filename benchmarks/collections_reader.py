"""Readers of six public test collections for text ranking, one function for each format."""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

Texts = Mapping[str, str]
Relevant = Mapping[str, Mapping[str, int]]
"""Request id → document id → 1."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, requests, and which documents answer which request."""

    documents: Texts
    requests: Texts
    relevant: Relevant


def read_smart(folder: Path, documents: str, requests: str, judgements: str) -> Collection:
    """CISI and CACM: files of the SMART system, requests numbered by `.I`. Every line of the judgements is relevant."""
    relevant = _pairs(line.split()[:2] for line in _lines(folder / judgements))
    return Collection(
        {id: f"{fields.get('T', '')} {fields.get('W', '')}" for id, fields in _smart(folder / documents)},
        {id: fields.get("W", "") for id, fields in _smart(folder / requests) if id in relevant},
        relevant,
    )


def read_cranfield(folder: Path) -> Collection:
    """Cranfield: the same format, but requests are numbered by position; judgements with code -1 are not relevant.

    A document's text repeats its title, so the text alone is taken.
    """
    rows = [line.split() for line in _lines(folder / "cranqrel")]
    requests = enumerate(_smart(folder / "cran.qry"), start=1)
    return Collection(
        {id: fields.get("W", "") for id, fields in _smart(folder / "cran.all.1400")},
        {str(position): fields.get("W", "") for position, (_, fields) in requests},
        _pairs((row[0], row[1]) for row in rows if row[2] != "-1"),
    )


def read_scifact(folder: Path) -> Collection:
    """SciFact: abstracts, and the claims of the validation split with the abstracts that they cite."""
    with zipfile.ZipFile(folder / "scifact.zip") as archive:
        abstracts = _csv(archive.read("corpus_train.csv").decode("utf-8"))
        claims = _csv(archive.read("claims_validation.csv").decode("utf-8"))
    cited = ((row["id"], document) for row in claims for document in re.findall(r"\d+", row["cited_doc_ids"]))
    return Collection(
        {row["doc_id"]: f"{row['title']} {row['abstract']}" for row in abstracts},
        {row["id"]: row["claim"] for row in claims},
        _pairs(cited),
    )


def read_stackfaq(folder: Path) -> Collection:
    """StackFAQ: each answer with its question is a document, each rewording a request for every answer to it."""
    documents: dict[str, str] = {}
    requests: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    root = ElementTree.fromstring((folder / "stackExchange-FAQ.xml").read_bytes())  # noqa: S314 (a file of one's own)
    for thread, element in enumerate(root):
        question = element.findtext("question", "").strip()
        answers = {f"{thread}.{number}": answer.text or "" for number, answer in enumerate(element.findall("answer"))}
        documents |= {id: f"{question} {answer}" for id, answer in answers.items()}
        wordings = [text for item in element.findall("rephr") if (text := (item.text or "").strip()) not in ("", "*")]
        for number, wording in enumerate(wordings):
            requests[f"{thread}/{number}"] = wording
            pairs += [(f"{thread}/{number}", id) for id in answers]
    return Collection(documents, requests, _pairs(pairs))


def read_toole(folder: Path) -> Collection:
    """ToolE: one-line descriptions of tools, and requests for one tool each."""
    descriptions = json.loads((folder / "plugin_des.json").read_text(encoding="utf-8"))
    rows = _csv((folder / "all_clean_data.csv").read_text(encoding="utf-8"))
    return Collection(
        {name: f"{name} {text}" for name, text in descriptions.items()},
        {str(number): row["Query"] for number, row in enumerate(rows)},
        _pairs((str(number), row["Tool"]) for number, row in enumerate(rows)),
    )


READERS: Mapping[str, Callable[[Path], Collection]] = {
    "cranfield": read_cranfield,
    "cisi": lambda folder: read_smart(folder, "CISI.ALL", "CISI.QRY", "CISI.REL"),
    "cacm": lambda folder: read_smart(folder, "cacm.all", "query.text", "qrels.text"),
    "scifact": read_scifact,
    "stackfaq": read_stackfaq,
    "toole": read_toole,
}
"""Sub-folder → its reader."""


def _smart(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The records of a file in SMART format: number, and field letter → text."""
    for record in re.split(r"^\.I\s+", file.read_text(encoding="latin-1"), flags=re.MULTILINE)[1:]:
        number, _, rest = record.partition("\n")
        parts = re.split(r"^\.([A-Z])\s*\n", rest, flags=re.MULTILINE)
        fields: dict[str, str] = {}
        for letter, text in zip(parts[1::2], parts[2::2], strict=True):
            fields[letter] = f"{fields.get(letter, '')} {text}".strip()
        yield str(int(number)), fields


def _pairs(pairs: Iterable[Sequence[str]]) -> Relevant:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for request, document in pairs:
        found[_plain(request)][_plain(document)] = 1
    return dict(found)


def _plain(id: str) -> str:
    """An id without leading zeros."""
    return str(int(id)) if id.isdigit() else id


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="latin-1").splitlines() if line.strip()]


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
