"""Optional parts of the program, and what to say when one is not installed."""

from importlib.util import find_spec

from coprod_match.errors import CoprodMatchError

EXTRAS: dict[str, tuple[str, ...]] = {
    "batch": ("pandas", "pyarrow", "python_calamine", "xlsxwriter"),
    "evaluate": ("bm25s", "ir_measures"),
    "spark": ("pandas", "pyarrow", "pyspark"),
    "web": ("fastapi", "jinja2", "pydantic_settings", "uvicorn"),
}
"""The modules that each extra brings."""


def need_extra(name: str) -> None:
    """Raise CoprodMatchError, which says what to install, unless an extra is installed."""
    if any(find_spec(module) is None for module in EXTRAS[name]):
        raise CoprodMatchError(f"This command needs a part that is not installed: pip install 'coprod-match[{name}]'")
