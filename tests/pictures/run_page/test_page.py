"""The page of a run: its data, and what a real browser shows of it."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from exactdyn import Hardmax, limit, load_example
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.pictures.run_page.page import EXACT_LENGTH, run_page
from tests.command import assert_refused, inside, printed
from tests.pictures.run_page.browser import BROWSER, data_of, seen

DRIVER = """
const look = () => ({
  layer: document.getElementById("shown").textContent,
  stars: [...document.querySelectorAll("#picture .leader")].map(own => own.dataset.token),
  edges: document.querySelectorAll("#picture .edge").length,
  limits: document.querySelectorAll("#picture .limit").length,
  ticks: document.querySelectorAll("#picture .tick").length,
  tip: document.querySelector('#picture [data-token="1"] title').textContent,
  places: [...document.querySelectorAll("#picture [data-token]")].map(own => own.outerHTML),
  rows: [...document.querySelectorAll("#tokens tr")].map(row => [...row.cells].map(cell => cell.textContent)),
  heads: !document.getElementById("heads").hidden,
});
const choose = (id, value) => {
  const input = document.getElementById(id);
  if (input.type === "checkbox") input.checked = value; else input.value = value;
  input.dispatchEvent(new Event("input"));
};
const states = [look()];
choose("layer", 1); states.push(look());
choose("edges", false); choose("limits", false); states.push(look());
document.querySelector("#tokens tr:nth-child(2)").dispatchEvent(new Event("mouseenter"));
const chosen = document.getElementById("chosen").textContent;
choose("up", "layer"); states.push(look());
report({states, chosen, failures, future: document.getElementById("future").textContent});
"""


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_a_browser_shows_layers_leaders_edges_limits_and_exact_places(tmp_path):
    example = load_example("emerging-leader")
    run = example.run()
    found = seen(run_page(run, limit(run), example.labels, "emerging-leader"), DRIVER, tmp_path)
    first, second, bare, turned = found["states"]
    assert found["failures"] == []
    assert [state["layer"] for state in found["states"]] == ["0", "1", "1", "1"]
    assert (sorted(first["stars"]), sorted(second["stars"])) == (["0", "2"], ["0", "1", "2"])
    assert (first["edges"], second["edges"], bare["edges"]) == (6, 5, 0)
    assert (first["limits"], bare["limits"]) == (8, 0)
    assert first["ticks"] > 6
    assert first["tip"] == "1: (−1/12, 1/12)"
    assert second["tip"] == "1: (−1/18, 5/36)"
    assert first["rows"][1] == ["1", "−1/12, 1/12", "3", "−1/18, 5/36"]
    assert second["rows"][1] == ["1", "−1/18, 5/36", "itself: it leads", "−1/18, 5/36"]
    assert len({str(state["places"]) for state in (first, second, turned)}) == 3
    assert found["chosen"].startswith("1 at layer 1: (−1/18, 5/36), attends 1. It leads first at layer 1.")
    assert found["future"] == "Proved at layer 1: every token has a limit."
    assert not first["heads"]


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
def test_a_browser_shows_each_head_and_four_dimensions(tmp_path):
    script = """
    const edges = () => document.querySelectorAll("#picture .edge").length;
    const counts = ["all", "0", "1"].map(head => {
      const input = document.getElementById("head");
      input.value = head;
      input.dispatchEvent(new Event("input"));
      return edges();
    });
    report({counts, axes: document.getElementById("up").options.length, failures});
    """
    run = load_example("two-heads").run(3)
    found = seen(run_page(run), script, tmp_path)
    sets = run.head_attention(0)
    led = [token for token in range(6) if all(head[token] == {token} for head in sets)]
    others = [token for token in range(6) if token not in led]
    single = [sum(len(head[token]) for token in others) for head in sets]
    joined = sum(len(set().union(*(head[token] for head in sets))) for token in others)
    assert found["counts"] == [joined, *single]
    assert found["failures"] == []
    four = Hardmax(alpha=1).run([[1, 0, 0, 0], [0, 1, "1/2", 0]], layers=2)
    assert seen(run_page(four), script, tmp_path)["axes"] == 7


def test_the_page_has_every_place_exactly_and_needs_nothing_from_elsewhere():
    run = load_example("three-dimensions").run(4)
    page = run_page(run, limit(run))
    data = data_of(page)
    assert not re.search(r"<link|@import|url\(|src=|href=|fetch\(", page)
    assert [[list(map(Fraction, row)) for row in layer] for layer in data["exact"]] == [
        run.tokens(layer) for layer in range(5)
    ]
    assert data["leaders"] == [run.leaders.get(token) for token in range(run.start.count)]


def test_what_has_no_two_coordinates_is_seen_at_first_as_pictures_show_it():
    for dimension, views in ((1, []), (2, []), (3, ["view, across", "view, up"])):
        axes = data_of(run_page(Hardmax().run([[1] * dimension], layers=1)))["axes"]
        assert (len(axes), axes[dimension:]) == (dimension + len(views), views)
    run = Hardmax(alpha=1).run([[1, 0, 0, 0], [0, 2, "1/2", 0], [0, 0, 0, 3]], layers=2)
    data = data_of(run_page(run, limit(run)))
    view = projection_of(run.start)
    assert data["axes"][3:] == ["coordinate 3", *view.names]
    assert data["view"] == view.words
    for layer in range(3):
        state = run.state(layer)
        seen_at = [place[4:] for place in data["places"][layer]]
        assert seen_at == pytest.approx(np.array(view.exact(state).rows(), dtype=float))
    assert [own["place"][4:] for own in data["limits"]] == pytest.approx(np.array(seen_at))


def test_a_very_long_number_is_cut_and_says_so():
    page = run_page(Hardmax(alpha="1/7").run([[1], ["1/3"]], layers=300))
    text = data_of(page)["exact"][300][1][0]
    assert len(text) < EXACT_LENGTH
    assert re.fullmatch(r"\d{8}\.\.\.\d{5}/\d{8}\.\.\.\d{5} \(\d+/\d+ digits\)", text)


def test_a_label_cannot_break_out_of_the_page():
    evil = "</script><b>"
    page = run_page(Hardmax().run([[1], [2]], layers=1), labels=[evil, "b"], title=evil)
    assert page.count("</script>") == 1
    assert evil not in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("alternating-invertible", "Proved at layer 0: the tokens tend to a cycle of 2 states."),
        ("softmax-line", None),
    ],
)
def test_what_is_known_of_later_layers_is_said(tmp_path, name, sentence):
    if sentence is None:
        assert_refused(inside("page", name, "-o", tmp_path / "a.html"), name)
        return
    assert printed("page", name, "-o", tmp_path / "a.html") == ""
    data = data_of((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert data["future"] == sentence


def test_the_command_writes_html_only_and_can_leave_the_limit_out(tmp_path):
    assert_refused(
        inside("page", "cyclic", "-o", tmp_path / "a.png"), "a.png: requires a name that ends in .html"
    )
    assert printed("page", "cyclic", "--layers", 2, "--no-limit", "-o", tmp_path / "a.html") == ""
    data = data_of((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert (data["limits"], data["future"]) == (None, "Limits were not looked for.")
    assert len(data["places"]) == 3
