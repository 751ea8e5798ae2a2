"""What every answer does for its user: one line, a table, data, LaTeX, a certificate, a picture, a file."""

import json
from fractions import Fraction

import numpy as np
import pytest

from exactdyn import (
    Hardmax,
    InputError,
    load_example,
    run,
    verify,
)
from tests.command import printed
from tests.notebook.every_kind import CERTIFIED, KINDS

TRIANGLE = [[1, 0], [0, 1], [-1, -1]]
CYCLIC = load_example("cyclic")
SYSTEM = Hardmax(alpha=1)


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
