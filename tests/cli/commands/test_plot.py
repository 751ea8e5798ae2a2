"""``exactdyn plot``."""

import json
from xml.etree import ElementTree

import pytest

from tests.command import printed


@pytest.mark.parametrize(
    ("name", "begins"), [("run.png", b"\x89PNG"), ("run.SVG", b"<?xml"), ("run.pdf", b"%PDF")]
)
def test_plot_draws_in_the_format_that_the_name_says(tmp_path, name, begins):
    data = json.loads(printed("plot", "cyclic", "-o", name, "--json", folder=tmp_path))
    assert data == {"file": name, "format": name[-3:].lower()}
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "name", ["two-heads", "causal", "frank-wolfe-rate", "value-matrix", "summable-steps"]
)
def test_every_kind_of_layer_is_drawn(tmp_path, name):
    assert printed("plot", name, "--layers", 3, "-o", "run.svg", folder=tmp_path) == ""
    assert ElementTree.parse(tmp_path / "run.svg").getroot().tag.endswith("svg")
