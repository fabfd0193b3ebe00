"""Tests that cannot run on every machine: which are left out here, and how to get the rest."""

import os
import shutil
from importlib.util import find_spec

import pytest

_SPARK_NEEDS = {
    "Java": shutil.which("java") or os.environ.get("JAVA_HOME"),
    "pyspark": find_spec("pyspark"),
    "pyarrow": find_spec("pyarrow"),
}
_MISSING = " and ".join(name for name, found in _SPARK_NEEDS.items() if not found)
_HOW = "To run them: install Java (on Debian: apt-get install default-jre-headless), then `make spark` and `make test`."


def left_out() -> list[str]:
    """Patterns of test files. Raises UsageError when COPROD_MATCH_TEST_ALL=1 says that none may be left out."""
    if _MISSING and os.environ.get("COPROD_MATCH_TEST_ALL") == "1":
        raise pytest.UsageError(f"The tests on Spark cannot run: there is no {_MISSING}. {_HOW}")
    return ["spark/test_*.py"] if _MISSING else []


def modules() -> list[str]:
    """Modules of ours that cannot be imported here."""
    return [] if _SPARK_NEEDS["pyspark"] and _SPARK_NEEDS["pyarrow"] else ["coprod_match.spark"]


def note() -> str:
    """What to say when all is done; empty when nothing was left out."""
    return f"The tests on Spark were left out: there is no {_MISSING}. {_HOW}" if _MISSING else ""
