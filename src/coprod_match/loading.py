"""From data files to what a matcher is made of, by way of the compiled form in a cache folder."""

import zlib
from functools import cached_property
from pathlib import Path

from msgspec import Struct, msgpack, structs

from coprod_match.engine.models import Models, fit_models
from coprod_match.errors import DataError, Problem
from coprod_match.files.bundled import CATALOGUE_FILE, RANKING_FILE, TAXONOMY_FILE, bundled
from coprod_match.files.compiled import compiled_name, read_compiled, write_compiled
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Situation, Taxonomy
from coprod_match.uncollected import uncollected


class PackedTaxonomy(Struct, frozen=True, eq=False, dict=True):
    """A taxonomy whose situations are packed away: they are thousands, and no answer needs them."""

    terms: Taxonomy
    """All but the situations: enough to answer, not to learn from."""
    situations: bytes
    """Compressed MessagePack."""

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> "PackedTaxonomy":
        """Pack a taxonomy."""
        return cls(structs.replace(taxonomy, situations=()), zlib.compress(msgpack.encode(taxonomy.situations)))

    @cached_property
    def whole(self) -> Taxonomy:
        """The taxonomy as its file has it; unpacked when somebody first asks, and not taken to other processes."""
        situations = msgpack.decode(zlib.decompress(self.situations), type=tuple[Situation, ...])
        return structs.replace(self.terms, situations=situations)


class Data(Struct, frozen=True, eq=False):
    """What a matcher is made of."""

    catalogue: Catalogue
    taxonomy: PackedTaxonomy
    ranking: Ranking
    models: Models


def load_data(
    catalogue: Path | None, taxonomy: Path | None, ranking: Path | None, cache: Path, *, keep: bool = False
) -> Data:
    """Read the data files, or their compiled form from the folder `cache`. Raises DataError.

    That the compiled form cannot be kept is passed over unless it is what was asked for: `keep`.
    """
    paths = (
        catalogue or bundled(CATALOGUE_FILE),
        taxonomy or bundled(TAXONOMY_FILE),
        ranking or bundled(RANKING_FILE),
    )
    name = compiled_name(paths)
    known = read_compiled(cache, name, Data) if name else None
    if known is not None:
        return known
    data = _read_and_learn(*paths)
    try:
        if name:
            write_compiled(cache, name, data)
        elif keep:
            raise DataError([Problem(str(cache), "What was learnt from a pipe is not kept.", "Name a file.")])
    except OSError as error:
        if keep:
            message = f"The folder cannot be written: {error.strerror}."
            raise DataError([Problem(str(cache), message, "Check your permissions.")]) from None
    return data


def _read_and_learn(catalogue: Path, taxonomy: Path, ranking: Path) -> Data:
    from coprod_match.files.load import load_catalogue, load_ranking, load_taxonomy  # checks: slow to import

    with uncollected():
        terms = load_taxonomy(taxonomy)
        sources, settings = load_catalogue(catalogue, terms), load_ranking(ranking, terms)
        return Data(sources, PackedTaxonomy.of(terms), settings, fit_models(sources, terms, settings))
