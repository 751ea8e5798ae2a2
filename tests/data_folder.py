"""The data beside the repository: tests that need it skip, saying so, where it is absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def data_file(name: str) -> Path:
    """Return the path of a data file, or skip the test that asks."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"needs {name} in ../shared/data beside the repository")
    return path
