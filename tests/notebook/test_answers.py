"""What every answer does for its user: one line, a table, data, LaTeX, a certificate, a picture, a file."""

import json
from fractions import Fraction

import numpy as np
import pytest

from exactdyn import (
    Hardmax,
    InputError,
    Softmax,
    attention_spectrum,
    audit,
    cells,
    check,
    compare,
    draw_graph,
    explain,
    hunt,
    inspect,
    itineraries,
    lead,
    limit,
    load,
    load_example,
    run,
    softmax,
    statements,
    verify,
)
from tests.command import printed

TRIANGLE = [[1, 0], [0, 1], [-1, -1]]
CYCLIC = load_example("cyclic")
SYSTEM = Hardmax(alpha=1)


@pytest.fixture(scope="module")
def answers():
    """One answer of every kind, all of small systems."""
    return {
        "run": run(CYCLIC, 2),
        "check": check(run(CYCLIC, 2), 2),
        "limit": limit(load_example("square-plain")),
        "compare": compare(SYSTEM, tokens=[[1], ["1/2"]]),
        "compare softmax": compare(SYSTEM, tokens=[[1], ["1/2"]], softmax="1/10"),
        "lead": lead(SYSTEM, [0, 1], tokens=TRIANGLE),
        "largest": lead(SYSTEM, tokens=[[1], [2]]),
        "itineraries": itineraries(SYSTEM, 1, tokens=TRIANGLE, pattern="a, 0; 0, b"),
        "hunt": hunt("distinctness-preserved", count=2, dimension=1, layers=1),
        "lemma": hunt("hull-shrinkage", SYSTEM, tokens=TRIANGLE),
        "cells": cells(Hardmax([[-1]]), tokens=[[1], [-1]]),
        "softmax": softmax(Softmax(), 4, tokens=[[1], ["1/2"], [-1]]),
        "spectrum": attention_spectrum(Softmax(), [0, "1/8"], tokens=[[1], ["1/2"], [-1]]),
        "explain": explain("handmade", "tied"),
        "audit": audit("handmade"),
        "inspect": inspect({"Q": [[1, 0]], "K": [[1, 0]], "V": [[2, 0], [0, 1]]}),
        "statements": statements("convergence"),
        "verify": verify(check(run(CYCLIC, 2)).certificate),
    }


KINDS = (
    "run",
    "check",
    "limit",
    "compare",
    "compare softmax",
    "lead",
    "largest",
    "itineraries",
    "hunt",
    "lemma",
    "cells",
    "softmax",
    "spectrum",
    "explain",
    "audit",
    "inspect",
    "statements",
    "verify",
)
CERTIFIED = (
    "check",
    "limit",
    "compare softmax",
    "lead",
    "largest",
    "itineraries",
    "hunt",
    "lemma",
    "cells",
    "softmax",
)
DRAWN = ("run", "limit", "cells", "softmax", "spectrum", "explain", "inspect")


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_one_line_data_a_table_and_latex(answers, kind):
    answer = answers[kind]
    assert "\n" not in repr(answer)
    assert len(repr(answer)) < 160
    assert json.loads(json.dumps(answer.to_dict())) == answer.to_dict()
    assert "<table>" in answer._repr_html_()
    assert answer.to_latex().startswith("% needs ")


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_has_a_certificate_that_is_accepted_as_it_is_or_says_that_it_claims_nothing(answers, kind):
    if kind not in CERTIFIED:
        with pytest.raises(InputError, match="claims something"):
            answers[kind].certificate  # noqa: B018 - the access is the test
        return
    found = verify(answers[kind].certificate)
    assert (found.verdict, found.reason) == ("accepted", None)
    assert found.lines


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_is_loaded_again(answers, kind, tmp_path):
    file = tmp_path / "answer.json"
    answers[kind].save(file)
    again = load(file)
    assert repr(again).startswith("Run(" if kind == "run" else "Kept(")
    assert again.to_dict() == answers[kind].to_dict()
    if kind in CERTIFIED:
        assert again.certificate == json.loads(json.dumps(answers[kind].certificate))
        assert verify(again).verdict == "accepted"


def test_what_was_changed_in_a_file_is_not_loaded(answers, tmp_path):
    file = tmp_path / "check.json"
    answers["check"].save(file)
    document = json.loads(file.read_text())
    document["certificate"]["system"]["alpha"] = "-1/2"
    file.write_text(json.dumps(document))
    with pytest.raises(InputError, match=r"check\.json: certificate: rejected: positive-alpha"):
        load(file)
    file.write_text('{"kind": "Check"}')
    with pytest.raises(InputError, match=r"check\.json: exactdyn: requires what save wrote"):
        load(file)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "itineraries"])
def test_a_picture_shows_itself_in_a_notebook_and_is_saved(answers, kind, tmp_path):
    if kind not in DRAWN:
        with pytest.raises(InputError, match="requires an answer that is drawn"):
            answers[kind].plot()
        return
    picture = answers[kind].plot()
    picture.save(tmp_path / "picture.svg")
    assert b"<svg" in (tmp_path / "picture.svg").read_bytes()
    assert picture.figure is not None
    if kind == "run":
        assert picture._repr_png_().startswith(b"\x89PNG")
        assert picture._repr_svg_() is None


@pytest.mark.slow
def test_itineraries_are_drawn_by_the_directions_of_the_matrices(answers):
    assert answers["itineraries"].plot().figure is not None


def test_an_option_that_a_picture_does_not_have_is_refused(answers):
    known = "layers, labels, title, coordinates, width"
    with pytest.raises(InputError, match=f"colour: requires one of {known}, got 'colour'"):
        answers["run"].plot(colour="red")
    with pytest.raises(InputError, match="colour: requires one of no options, got 'colour'"):
        answers["itineraries"].plot(colour="red")


def test_a_graph_is_drawn_as_the_command_line_draws_it(tmp_path):
    picture = draw_graph(CYCLIC, 1)
    assert picture._repr_svg_() == printed("graph", "cyclic", "--layer", 1, "--format", "svg")
    with pytest.raises(InputError, match=r"\.svg"):
        picture.save(tmp_path / "graph.png")


def test_the_data_are_those_of_the_command_line(answers):
    assert answers["run"].to_dict() == json.loads(printed("run", "cyclic", "--layers", 2, "--json"))
    data = printed("check", "cyclic", "--layers", 2, "--json", status=1)
    assert answers["check"].to_dict() == json.loads(data)
    assert answers["limit"].to_dict() == json.loads(printed("limit", "square-plain", "--json"))
    data = printed("explain", "--model", "handmade", "--review", "tied", "--json")
    assert answers["explain"].to_dict().items() <= json.loads(data).items()


def test_a_run_is_an_array_of_all_layers_each_coordinate_rounded_once():
    found = run(SYSTEM, 2, tokens=[[1, 0], ["1/3", 0]])
    assert found.numpy().shape == (3, 2, 2)
    exact = [[[float(x) for x in row] for row in found.tokens(k)] for k in range(3)]
    assert found.numpy().tolist() == exact
    with pytest.raises(InputError, match="100000000 numbers"):
        run(SYSTEM, 10**7, tokens=[[1] * 20]).numpy()


def test_a_run_is_a_table_of_pandas_or_says_what_it_takes():
    found = run(SYSTEM, 1, tokens=[[1], ["1/2"]])
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(InputError, match="requires pandas"):
            found.dataframe()
        return
    frame = found.dataframe()
    assert list(frame.columns) == ["layer", "token", "z0", "attends", "leader"]
    assert frame.values.tolist()[2:] == [[1, 0, 1.0, (0,), True], [1, 1, 0.75, (0,), False]]


class Frame:
    """As much of a frame of pandas as is looked at: Python goes through the names of its columns."""

    def __iter__(self):
        return iter(["x", "y"])

    def itertuples(self, index):
        return iter([(1, Fraction(1, 2)), (0, np.int64(3))])


def test_frames_of_pandas_and_matrices_of_sympy_are_tokens():
    import sympy

    rows = [[1, "1/2"], [0, 3]]
    wanted = Hardmax(alpha=1).run(rows, 1)
    matrix = sympy.Matrix([[1, sympy.Rational(1, 2)], [0, 3]])
    assert run(SYSTEM, 1, tokens=Frame()) == wanted
    assert run(SYSTEM, 1, tokens=matrix) == wanted
    assert Hardmax(sympy.eye(2), 1) == Hardmax([[1, 0], [0, 1]], 1)
    irrational = run(SYSTEM, 1, tokens=sympy.Matrix([[sympy.sqrt(2)], [1]]))
    assert irrational.sympy(0).tolist()[0] == [sympy.sqrt(2)]


def test_the_table_of_a_long_run_has_rounded_numbers_at_its_last_layer():
    table = run(load_example("emerging-leader"), 20000)._repr_html_()
    assert "at layer 20000, rounded" in table
    assert len(table) < 2000


def test_a_run_over_a_field_and_any_layer_is_kept_as_it_is(tmp_path):
    irrational = run(Hardmax([["sqrt(2)", 0], [0, 1]], "1/2"), 2, tokens=[["sqrt(2)", 1], [0, "1/3"]])
    varying = run(Hardmax(alpha=[1, 2], form="unnormalised"), 3, tokens=[[1], ["1/2"]])
    for found in (irrational, varying):
        found.save(tmp_path / "run.json")
        assert load(tmp_path / "run.json") == found
        assert load(tmp_path / "run.json").tokens(2) == found.tokens(2)


def test_data_nested_without_end_are_refused():
    endless = ["1"]
    for _ in range(100_000):
        endless = [endless]
    with pytest.raises(InputError, match="requires its data as JSON has them"):
        verify({"format": endless})
    with pytest.raises(InputError, match=r"mask\[0\]\[0\]: requires an exact number"):
        Hardmax(mask=endless)
