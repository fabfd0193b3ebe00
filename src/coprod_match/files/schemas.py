"""JSON Schemas of the data files, so that editors complete and check them while they are written.

`python -m coprod_match.files.schemas FOLDER` writes them.
"""

import json
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

from coprod_match.files.bundled import CATALOGUE_FILE, JUDGEMENTS_FILE, RANKING_FILE, TAXONOMY_FILE
from coprod_match.files.check_catalogue import GRADED, TAGS
from coprod_match.files.load import load_taxonomy
from coprod_match.files.shape import shape_of
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.judgements import Judgements
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

_FILES: dict[str, type[Struct]] = {
    TAXONOMY_FILE: Taxonomy,
    CATALOGUE_FILE: Catalogue,
    RANKING_FILE: Ranking,
    JUDGEMENTS_FILE: Judgements,
}


def schemas(taxonomy: Taxonomy) -> dict[str, dict[str, Any]]:
    """File name → JSON Schema of each data file; a resource's tags and grades are limited to terms of `taxonomy`."""
    from pydantic import TypeAdapter

    found = {}
    for file, kind in _FILES.items():
        schema = TypeAdapter(shape_of(kind)).json_schema()
        found[file.replace(".yaml", ".schema.json")] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **schema,
        }
    kinds = found[CATALOGUE_FILE.replace(".yaml", ".schema.json")]["$defs"]
    fields = kinds["Resource"]["properties"]
    for field, scheme in TAGS.items():
        target = fields[field].get("items", fields[field])
        target["enum"] = [term.id for term in taxonomy.scheme(scheme)]
    for scheme in GRADED:
        kinds["Grades"]["properties"][scheme]["propertyNames"] = {"enum": [term.id for term in taxonomy.scheme(scheme)]}
    return found


def write_schemas(folder: Path) -> None:
    """Write the schemas of the bundled taxonomy into a folder."""
    folder.mkdir(exist_ok=True)
    for name, schema in schemas(load_taxonomy()).items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
