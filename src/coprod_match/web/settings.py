"""What the operator of the service can set."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from coprod_match.errors import DataError, Problem
from coprod_match.nearest import did_you_mean

PREFIX = "COPROD_MATCH_"
"""What the names of the environment variables begin with."""
FILE_VARIABLE = f"{PREFIX}SETTINGS"
"""The environment variable that names the settings file."""


_PLACE = re.compile(r"at line \d+, column \d+")  # as tomllib says it
_WANTED = {
    "string_type": "should be text in quotation marks",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "path_type": "should be the path of a file, in quotation marks",
    "tuple_type": 'should be a list, as in ["https://example.org"]',
}


class Settings(BaseSettings):
    """The operator's settings. Each can be set by an environment variable: COPROD_MATCH_NAME and so on."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    name: str = "Co-production signpost"
    """What the service is called."""
    contact: str | None = None
    """The e-mail address of those who run it."""
    report_address: str | None = None
    """The e-mail address for problems with an entry."""
    home: str | None = None
    """The place of people who do not say where they are; what the ranking's file says if left out."""
    catalogue: Path | None = None
    """Your own resources.yaml."""
    taxonomy: Path | None = None
    """Your own needs_taxonomy.yaml."""
    ranking: Path | None = None
    """Your own ranking.yaml."""
    cors_origins: tuple[str, ...] = ()
    """Other sites whose scripts may read the API, as in `https://example.org`; none unless set."""
    reload_data: bool = False
    """Whether to look for changes of the data files all the time."""

    @property
    def data_files(self) -> tuple[Path | None, Path | None, Path | None]:
        """The catalogue, the taxonomy and the ranking; None for one that comes with coprod-match."""
        return self.catalogue, self.taxonomy, self.ranking

    @model_validator(mode="after")
    def _origins_are_origins(self) -> Self:
        for origin in self.cors_origins:
            if origin != "*" and not origin.startswith(("http://", "https://")):
                raise ValueError(f"cors_origins: “{origin}” is no origin such as https://example.org.")
        return self


def load_settings(file: Path | None = None) -> Settings:
    """The settings of a TOML file, over which those of the environment win.

    Paths in the file are relative to its folder. Raises DataError with every problem in them.
    """
    given = _read(file) if file else {}
    unset = {name: value for name, value in given.items() if f"{PREFIX}{name.upper()}" not in os.environ}
    try:
        return Settings(**unset)
    except SettingsError as error:
        raise DataError([_unread(error)]) from None
    except ValidationError as error:
        where = file.name if file else "settings"
        raise DataError([_problem(where, dict(detail)) for detail in error.errors(include_url=False)]) from None


def settings_of_environment() -> Settings:
    """The settings of the file that the environment names, and of the environment itself. Raises DataError."""
    named = os.environ.get(FILE_VARIABLE)
    return load_settings(Path(named) if named else None)


def _read(file: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError([Problem(str(file), f"It cannot be read: {error.strerror}.")]) from None
    except UnicodeDecodeError:
        raise DataError([Problem(file.name, "This is not TOML, as it is not UTF-8.", "Save it as UTF-8.")]) from None
    except tomllib.TOMLDecodeError as error:
        where = _PLACE.search(str(error))
        message = f"This is not TOML: see what stands {where[0] if where else 'at its end'}."
        raise DataError([Problem(file.name, message, 'Write each setting as in: name = "Our signpost"')]) from None
    for name in {"catalogue", "taxonomy", "ranking"} & given.keys():
        given[name] = file.parent / str(given[name])
    return given


def _problem(where: str, detail: dict[str, Any]) -> Problem:
    name = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return Problem(where, f"“{name}” is not a setting.", did_you_mean(name, Settings.model_fields))
    if detail["type"] in _WANTED:
        return Problem(where, f"“{name}” {_WANTED[detail['type']]}; it is “{str(detail['input'])[:60]}”.")
    message = str(detail["msg"]).removeprefix("Value error, ")
    return Problem(where, f"{name}: {message}; it is “{str(detail['input'])[:60]}”." if name else message)


def _unread(error: SettingsError) -> Problem:
    """A variable that should be a list and is no JSON."""
    name = next(name for name in Settings.model_fields if f'"{name}"' in str(error))
    return Problem("settings", f"{PREFIX}{name.upper()} {_WANTED['tuple_type']}.")
