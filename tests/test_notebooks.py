import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

nbformat: Any = import_module("nbformat")  # only partly typed
nbclient: Any = import_module("nbclient")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def read(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_a_tour_and_pictures_of_relevance() -> None:
    assert [path.name for path in NOTEBOOKS] == ["01-tour.ipynb", "02-relevance.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_cell_of_a_notebook_has_an_id_of_its_own(path: Path) -> None:
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_saved_without_outputs(path: Path) -> None:
    cells = code(read(path))
    assert cells
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_no_cell_of_a_notebook_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")  # the kernel of this environment, before one of the user's
    monkeypatch.setenv("COPROD_MATCH_SMALL", "1")  # fewer requests, so that it is quick
    notebook = read(path)
    notebook.cells.append(nbformat.v4.new_code_cell("import sys; print(sys.prefix)"))
    with monkeypatch.context() as here:
        here.chdir(path.parent)
        nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    assert [output for output in outputs if output.output_type == "error"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert outputs[-1].text.strip() == sys.prefix
