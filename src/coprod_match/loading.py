"""All data files and what is learnt from them, from the compiled form where there is one."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coprod_match.engine.models import Arrays, Models, fit_models, pack, unpack
from coprod_match.files.compiled import compiled_name, read_compiled, write_compiled
from coprod_match.files.load import (
    CATALOGUE_FILE,
    RANKING_FILE,
    TAXONOMY_FILE,
    bundled,
    load_catalogue,
    load_ranking,
    load_taxonomy,
)
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Data:
    """What a matcher is made of."""

    catalogue: Catalogue
    taxonomy: Taxonomy
    ranking: Ranking
    models: Models


def load_data(catalogue: Path | None, taxonomy: Path | None, ranking: Path | None, cache: Path) -> Data:
    """Read the data files, or their compiled form from the folder `cache`. Raises DataError."""
    paths = (
        catalogue or bundled(CATALOGUE_FILE),
        taxonomy or bundled(TAXONOMY_FILE),
        ranking or bundled(RANKING_FILE),
    )
    name = compiled_name(paths)
    arrays = read_compiled(cache, name) if name else None
    known = _from_arrays(arrays) if arrays is not None else None
    if known is not None:
        return known
    terms = load_taxonomy(paths[1])
    sources, settings = load_catalogue(paths[0], terms), load_ranking(paths[2], terms)
    data = Data(sources, terms, settings, fit_models(sources, terms, settings))
    if name:
        write_compiled(cache, name, _to_arrays(data))
    return data


def _to_arrays(data: Data) -> Arrays:
    from pydantic import TypeAdapter

    values = {"catalogue": data.catalogue, "taxonomy": data.taxonomy, "ranking": data.ranking}
    plain = {name: TypeAdapter(type(value)).dump_json(value) for name, value in values.items()}
    return pack(data.models) | {name: np.frombuffer(text, dtype=np.uint8) for name, text in plain.items()}


def _from_arrays(arrays: Arrays) -> Data | None:
    """The data from a compiled form; None when it is not such."""
    from pydantic import TypeAdapter

    try:
        catalogue = TypeAdapter(Catalogue).validate_json(arrays["catalogue"].tobytes())
        taxonomy = TypeAdapter(Taxonomy).validate_json(arrays["taxonomy"].tobytes())
        ranking = TypeAdapter(Ranking).validate_json(arrays["ranking"].tobytes())
        return Data(catalogue, taxonomy, ranking, unpack(arrays, catalogue, taxonomy))
    except (KeyError, ValueError):
        return None
