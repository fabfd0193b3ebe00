"""The wheel: it installs, carries its data, and answers from any folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from coprod_match import Catalogue

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must succeed, and sees nothing of this process's Python settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel, and sees this one's other packages.

    A folder named in a .pth file is searched after the environment's own packages, and .pth files inside
    it are not read: an editable installation of this project stays out of sight.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / "python"
    run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python),
        *("install", "--no-deps", "--no-index", wheel),
        cwd=folder,
    )
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    others = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "others.pth").write_text("\n".join(sorted(others)) + "\n", encoding="utf-8")
    return bin_


def test_the_wheel_holds_the_data_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = {name for name in names if name.startswith("coprod_match/data/")}
    assert {f"coprod_match/data/{path.name}" for path in (ROOT / "data").glob("*.yaml")} == data
    assert {"needs_taxonomy.yaml", "resources.yaml", "ranking.yaml"} <= {name.split("/")[-1] for name in data}
    assert "coprod_match/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"coprod_match"}


def test_the_wheel_holds_both_licences(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    licences = {name.split("/")[-1]: archive.read(name).decode() for name in archive.namelist() if "LICENSE" in name}
    assert "MIT License" in licences["LICENSE"]
    assert "CC BY 4.0" in licences["LICENSE-DATA"]


def test_an_installed_wheel_answers_from_any_folder(programs: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    command = (programs / "coprod-match", "recommend", "--role", "council", "--need", "toolkit", "--format", "json")
    answer = json.loads(run(*command, cwd=tmp_path))
    assert len(answer["recommendations"]) >= 3
    assert answer["catalogue"] == {"size": len(catalogue), "version": catalogue.version}


def test_its_data_comes_from_the_installed_package(programs: Path, tmp_path: Path) -> None:
    code = "from coprod_match.files.bundled import bundled; print(bundled('resources.yaml'))"
    found = Path(run(programs / "python", "-c", code, cwd=tmp_path).strip())
    assert found.is_file()
    assert programs.parent.resolve() in found.resolve().parents
