"""``exactdyn plot``."""

import json
from xml.etree import ElementTree

import pytest

from tests.command import assert_refused, inside, printed


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


def test_beyond_space_the_projection_is_printed_exactly(tmp_path):
    text = printed("plot", "period-three", "--layers", 1, "-o", "run.svg", folder=tmp_path)
    assert text.splitlines()[1:] == ["to the right: (0, 0, 3/5, 4/5)", "up: (0, 0, 4/5, -3/5)"]
    data = json.loads(printed("plot", "period-three", "--limit", "-o", "l.svg", "--json", folder=tmp_path))
    assert data["projection"]["right"] == ["0", "0", "3/5", "4/5"]


def test_panels_coordinates_width_and_title_are_options(tmp_path):
    options = ["--panels", "0,4", "--coordinates", "2,0", "--width", 8, "--title", "four layers"]
    printed("plot", "three-dimensions", *options, "-o", "run.svg", folder=tmp_path)
    root = ElementTree.parse(tmp_path / "run.svg").getroot()
    assert root.get("width").endswith("pt")
    drawn = (tmp_path / "run.svg").read_text()
    assert all(f"<!-- {text} -->" in drawn for text in ("layer 0", "layer 4", "four layers", "coordinate 2"))
    assert "<!-- layer 1 -->" not in drawn


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "--output: requires a FILE, or --animate FILE (see exactdyn plot --help)"),
        (
            ["-o", "a.svg", "--panels", "0,x"],
            "--panels: requires integers with commas between them, got '0,x'",
        ),
        (["-o", "a.svg", "--panels", "99"], "--panels: requires an integer from 0 to 30"),
        (["-o", "a.svg", "--coordinates", "0"], "--coordinates: requires two different ones of 0..1, got 0"),
        (["-o", "a.svg", "--width", "900"], "--width: requires 4.6 to 40 inches, got 900"),
        (["-o", "a.svg", "--limit", "--panels", "0"], "--limit: requires that --panels is absent, got both"),
        (["--limit", "--animate", "a.gif"], "--limit: requires that --animate is absent, got both"),
        (["--animate", "a.gif", "--panels", "1"], "--panels: requires -o FILE, as a film shows every layer"),
        (["--animate", "a.avi"], "a.avi: requires"),
        (["-o", "a.gif"], "a.gif: requires"),
        (
            ["--animate", "a.gif", "--layers", "500"],
            "layers: requires fewer than 500 to be animated, got 500",
        ),
    ],
)
def test_what_a_picture_has_no_use_for_is_refused_and_nothing_is_written(tmp_path, options, reason):
    process = inside("plot", "cyclic", *options, folder=tmp_path)
    assert_refused(process, reason)
    assert not list(tmp_path.iterdir())


def test_a_film_is_written_beside_the_picture(tmp_path):
    options = ["--layers", 2, "-o", "run.svg", "--animate", "run.gif"]
    data = json.loads(printed("plot", "cyclic", *options, "--json", folder=tmp_path))
    assert data == {"file": "run.svg", "format": "svg", "animation": "run.gif"}
    assert (tmp_path / "run.gif").read_bytes().startswith(b"GIF89a")
