"""The site, built once from the pages as they are."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1200


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of a site that was built without a warning, its notebooks executed."""
    for needed in ("sphinx", "myst_nb", "furo", "latex2mathml"):
        pytest.importorskip(needed, reason="the site needs .venv/bin/pip install '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-c",
        "docs",
        "-d",
        folder / "read",
    ]
    built = subprocess.run(
        [*command, ".", folder / "pages"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / "pages"
