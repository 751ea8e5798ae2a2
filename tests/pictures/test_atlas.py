"""The picture of the atlas."""

import pytest
from matplotlib.colors import to_hex

from exactdyn import load_example
from exactdyn.pictures import Sketch, draw_atlas
from exactdyn.pictures.atlas import COLOURS
from exactdyn.pictures.paper.colours import PALETTE


@pytest.mark.parametrize("name", ["binary-digits", "emerging-leader", "three-dimensions"])
def test_a_sketch_emphasises_one_token_and_stays_within_its_cell(name):
    run = load_example(name).run(12)
    cells = {(0, 0): Sketch("fails", "words", run, 1), (0, 1): Sketch("lemma", "why")}
    figure = draw_atlas([("nothing", "all")], ["one", "two"], cells, {"fails": "fails"})
    _, sketch, other = figure.axes
    paths = [line for line in sketch.lines if line.get_linestyle() == "-"]
    assert len(paths) == run.start.count
    assert [to_hex(line.get_color()).upper() for line in paths].count(PALETTE[1]) == 1
    for line in paths:
        assert (line.get_xydata() >= 0).all()
        assert (line.get_xydata() <= 1).all()
    assert to_hex(other.get_facecolor()) == COLOURS["lemma"]
    assert [text.get_text() for text in other.texts] == ["why"]


def test_the_legend_explains_outcomes_and_signs_that_occur_and_no_others():
    legend = {"fails": "a counterexample", "lemma": "a lemma", "open": "none found"}
    lemma = {(0, 0): Sketch("lemma", "why")}
    (page, _) = draw_atlas([("nothing", "all")], ["one"], lemma, legend).axes
    said = {text.get_text() for text in page.texts}
    assert "a lemma" in said
    assert not {"a counterexample", "none found", "a token at layer 0"} & said
    run = load_example("period-three").run(12)
    (page, _) = draw_atlas([("nothing", "all")], ["one"], {(0, 0): Sketch("fails", "", run, 6)}, legend).axes
    said = {text.get_text() for text in page.texts}
    assert {"a token at layer 0", "the token it fails for", "d > 3: principal plane of layer 0"} <= said
