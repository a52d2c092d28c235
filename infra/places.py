"""Where things lie: of a checkout in its own folder, of an installed package in the user's."""

from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent
IS_CHECKOUT = (PROJECT / "pyproject.toml").is_file()


def source(part: str) -> Path:
    """Return where a part of the project lies, such as `app.py` or `infra/resources.yaml`.

    A wheel has what lies outside its packages in a folder of its own (pyproject.toml, force-include).
    """
    packaged = not IS_CHECKOUT and part.partition("/")[0] not in {"chalicelib", "infra"}
    return (HERE / "source" if packaged else PROJECT) / part


def run_folder(variables: Mapping[str, str]) -> Path:
    """Return the folder of one instance: RUN_DIR, else `.run` of the checkout or the user's own for state."""
    if given := variables.get("RUN_DIR"):
        return ((PROJECT if IS_CHECKOUT else Path.cwd()) / given).resolve()
    return PROJECT / ".run" if IS_CHECKOUT else _of_user(variables, "XDG_STATE_HOME", ".local/state")


def cache_folder(variables: Mapping[str, str]) -> Path:
    """Return the folder of what can be fetched anew, which all instances share."""
    return PROJECT / ".cache" if IS_CHECKOUT else _of_user(variables, "XDG_CACHE_HOME", ".cache")


def _of_user(variables: Mapping[str, str], name: str, otherwise: str) -> Path:
    """Return our folder in one of the XDG base directories."""
    return Path(variables.get(name) or Path.home() / otherwise) / "jellyfin-images"
