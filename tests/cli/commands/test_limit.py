"""``exactdyn limit`` through real processes."""

import json
import re
from fractions import Fraction

import numpy as np
import pytest

from tests.command import assert_refused, inside


def answer(*arguments, status=0):
    process = inside("limit", *arguments, "--json")
    assert (process.returncode, process.stderr) == (status, "")
    return json.loads(process.stdout)


def text(*arguments, status=0):
    process = inside("limit", *arguments)
    assert (process.returncode, process.stderr) == (status, "")
    return process.stdout.splitlines()


def test_a_proved_limit_is_given_in_full():
    data = answer("segment-interior")
    assert data == {
        "status": "proved",
        "layer": 0,
        "itinerary": "constant",
        "period": 1,
        "limits": [["1", "1"], ["1", "-1"], ["1", "0"]],
        "cycle": None,
        "clusters": [[0], [1], [2]],
        "vertices": [0, 1],
        "limit_set": [
            {"point": ["1", "1"], "face": [0], "vertex": True},
            {"point": ["1", "-1"], "face": [1], "vertex": True},
            {"point": ["1", "0"], "face": [0, 1], "vertex": False},
        ],
        "bounds": None,
        "reason": None,
        "rates": [{"rate": "1/2", "multiplicity": 1}],
    }


def test_over_a_field_limits_are_written_as_states_are_and_the_field_is_given():
    data = answer("heptagon")
    assert (data["status"], data["layer"], data["itinerary"]) == ("proved", 0, "constant")
    assert data["limits"] == [["0", "0"]] * 7 and data["clusters"] == [[0, 1, 2, 3, 4, 5, 6]]
    assert data["field"] == {"polynomial": [-7, 0, 14, 0, -7, 0, 1], "interval": ["15/8", "2"]}
    rates = "from layer 0 on each layer multiplies the parts of the scores by ~0.85880868"
    assert rates in text("heptagon")


def test_points_of_a_field_are_lists_of_coefficients(tmp_path):
    lines = ['alpha = "sqrt(2)"', 'tokens = [["sqrt(3)", 1], ["sqrt(3)", -1], ["1/2", 0]]']
    (tmp_path / "a.toml").write_text("\n".join(lines))
    data = answer(str(tmp_path / "a.toml"))
    three = data["limits"][0][0]
    assert data["limits"] == [[three, "1"], [three, "-1"], [three, "0"]] and isinstance(three, list)
    assert [point["face"] for point in data["limit_set"]] == [[0], [1], [0, 1]]
    assert data["vertices"] == [0, 1]
    shown = text(str(tmp_path / "a.toml"))
    assert "  token 2  tends to (~1.7320508, 0)" in shown
    assert shown[-1] == "in S: (~1.7320508, 0), the projection of 0 onto the face of tokens 0, 1"


def claims(folder, example, *arguments, status=0):
    process = inside("limit", example, *arguments, "--certificate", "c.json", folder=folder)
    assert (process.returncode, process.stderr) == (status, "")
    assert inside("verify", "c.json", folder=folder).returncode == 0
    certificate = json.loads((folder / "c.json").read_text())
    return {claim["claim"]: claim["verdict"] for claim in certificate["claims"]}


def test_a_certificate_claims_what_is_decided_about_the_limit(tmp_path):
    holds = dict.fromkeys(["convergence", "attention-settles", "leader-vertex", "limit-set"], "holds")
    assert claims(tmp_path, "segment-interior") == holds
    assert claims(tmp_path, "negative-alpha-grows") == dict.fromkeys(
        ["convergence", "attention-settles", "limit-set"], "fails"
    )


def test_where_nothing_is_decided_no_certificate_is_written(tmp_path):
    proved = {"convergence": "holds", "attention-settles": "holds"}  # the rank is 1, the limit is not known
    assert claims(tmp_path, "attends-itself", "--layers", "1", status=3) == proved
    (tmp_path / "c.json").unlink()
    rows = "[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]"
    tokens = "[1, 0, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]"
    (tmp_path / "a.toml").write_text(f"alpha = 1\nA = [{rows}]\ntokens = [{tokens}]\n")
    process = inside("limit", "a.toml", "--layers", "1", "--certificate", "c.json", folder=tmp_path)
    assert process.returncode == 3
    assert process.stderr == "exactdyn: c.json: not written, as nothing is decided about the limit\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_a_cycle_is_given_with_its_states():
    data = answer("period-three")
    assert (data["status"], data["itinerary"], data["period"]) == ("periodic", "periodic", 3)
    assert [state[6][:2] for state in data["cycle"]] == [["4/7", "-1/7"], ["1/7", "5/7"], ["-5/7", "-4/7"]]
    assert data["limits"][6] is None


def test_growth_is_a_proof_that_there_is_no_limit():
    data = answer("negative-alpha-grows")
    assert (data["status"], data["limits"], data["clusters"]) == ("diverges", None, [])
    assert data["reason"] == "token 1 has no limit, its states grow for ever"
    line = text("negative-alpha-grows")[1]
    assert line == f"proved: {data['reason']}; the attention graphs of layers 0..1 repeat for ever"


def test_what_is_undecided_ends_with_status_3_and_the_reason():
    assert text("attends-itself", "--layers", "1", status=3)[1].startswith("undecided: the attention graph")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (
            "segment-interior",
            [
                "proved: every token has a limit; the attention graph of layer 0 stays for ever",
                "  token 0  tends to (1, 1)  a vertex",
                "  token 1  tends to (1, -1)  a vertex",
                "  token 2  tends to (1, 0)",
                "from layer 0 on each layer multiplies the parts of the way that is left by 1/2",
                "vertices of the limit polytope: tokens 0, 1",
                "in S: (1, 0), the projection of 0 onto the face of tokens 0, 1",
            ],
        ),
        (
            "alternating-digits",
            [
                "proved: every token has a limit; the attention graphs of layers 0..1 repeat for ever",
                *[f"  token {token}  tends to (0)  a vertex" for token in range(3)],
                "from layer 0 on 2 layers multiply the parts of the way that is left by 1/9",
                "vertices of the limit polytope: token 0",
            ],
        ),
    ],
)
def test_the_text_names_every_limit(example, expected):
    assert text(example)[1:] == expected


@pytest.fixture
def nameless(tmp_path):
    """Tokens on a line in the plane that tend to one point, which no lemma names."""
    file = tmp_path / "nameless.toml"
    file.write_text('alpha = "1/3"\nA = [[-1, 0], [0, -1]]\ntokens = [["1/2", 0], ["-1/2", 0], ["1/5", 0]]\n')
    return str(file)


def test_the_text_shows_a_cycle_and_a_common_limit_without_a_name(nameless):
    cycle = "(0, 0, 1/3) -> (0, 0, -1/3) -> ..."
    assert f"  token 4  has no limit: it tends to the cycle {cycle}" in text("alternating-invertible")
    lines = text(nameless)
    assert lines[1] == "proved: all tokens tend to one point, whatever the itinerary"
    assert lines[2].startswith("the common limit is between (-")


def test_the_text_names_the_middle_of_two_places_that_attend_each_other():
    lines = text("never-periodic")
    what = "all tokens tend to the middle of two places that attend each other for ever"
    assert lines[1:3] == [f"proved: {what}, whatever the itinerary", "  token 0  tends to (0)  a vertex"]
    assert answer("never-periodic")["mirror"] == {"layer": 0, "factor": "1", "functional": ["1"]}


def test_a_rate_with_a_polynomial_says_so():
    line = next(line for line in text("moving-tie-without-leaders") if line.startswith("from layer 0"))
    assert line.endswith("left by 1/2 (times a polynomial of degree 1)")


@pytest.mark.parametrize(
    ("matrix", "onto"),
    [
        ("[[3, 0], [0, 3]]", "(1, 0), the projection of 0 onto"),
        ("[[2, 1], [1, 2]]", "(1, -1/2), the projection of 0 in the norm <Ax, x>^(1/2) onto"),
        ("[[1, 0], [0, 3]]", "(1, 0), the projection of 0 in the norm <Ax, x>^(1/2) onto"),
    ],
)
def test_a_projection_in_another_norm_than_the_euclidean_one_says_so(tmp_path, matrix, onto):
    # (1, -1/2) has <Ax, x> = 3/2, (1, 0), the projection of 0 in the common sense, has 2.
    (tmp_path / "norm.toml").write_text(f"alpha = 1\nA = {matrix}\ntokens = [[1, 1], [1, -1]]\n")
    process = inside("limit", "norm.toml", folder=tmp_path)
    assert process.stdout.splitlines()[-1] == f"in S: {onto} the face of tokens 0, 1"


def test_without_a_definite_matrix_nothing_is_called_a_projection(tmp_path):
    document = 'alpha = 1\nA = [[1, "1/2"], ["-1/2", 1]]\ntokens = [[1, 1], [1, -1]]\n'
    (tmp_path / "turned.toml").write_text(document)
    process = inside("limit", "turned.toml", folder=tmp_path)
    assert process.returncode == 0
    assert (
        process.stdout.splitlines()[-1]
        == "in S: (1, 1/2), where A s is orthogonal to the face of tokens 0, 1"
    )


def test_decimals_of_bounds_and_enclosures_are_rounded_outward(nameless):
    low, high = (Fraction(end) for end, _ in answer(nameless)["bounds"])
    rounded = next(line for line in text(nameless, "--decimal", 3) if line.startswith("the common"))
    outside = [Fraction(end) for end in re.findall(r"\((\S+), ", rounded)]
    assert outside[0] < low < high < outside[1]
    assert outside[1] - outside[0] < Fraction(102, 100) * (high - low)
    stopping = text("summable-steps", "--decimal", 30)[3]
    assert stopping.startswith("  token 1  stops on its way, between (0.8556059524566987893")


def test_a_bad_number_of_layers_is_refused():
    assert_refused(
        inside("limit", "cyclic", "--layers", "0"), "layers: requires an integer of at least 1, got 0"
    )


def test_a_limit_of_many_numbers_is_told_in_brief_and_whole_if_asked(tmp_path):
    angles = np.arange(600) * np.pi / 300
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    np.save(tmp_path / "tokens.npy", np.concatenate([circle, circle / 2]))
    given = (str(tmp_path / "tokens.npy"), "--alpha", "1/2")
    brief = text(*given)
    assert len(brief) < 25 and all(len(line) < 200 for line in brief)
    assert brief[-1] == (
        "in brief, as there are more than 2,000 numbers (1,200 x 2); --whole shows all of it, --json has all"
    )
    assert "  and 588 more places (600)" in brief and "the limit polytope has 600 vertices" in brief
    assert len(text(*given, "--whole")) > 1200
    assert len(answer(*given)["limits"]) == 1200


def test_a_limit_can_be_told_in_brief_but_not_beside_json():
    assert text("square-plain", "--brief")[-2:] == [
        "S has 4 vertices and 4 other points",
        "from layer 0 on each layer multiplies the parts of the way that is left by 2/3",
    ]
    for choice in ("--brief", "--whole"):
        assert_refused(inside("limit", "cyclic", choice, "--json"), choice, "--json")


def test_the_layers_of_a_document_do_not_keep_a_later_change_from_being_foreseen(tmp_path):
    lines = [
        'alpha = "7/4"',
        'A = [[1, "-3.1546"], ["3.1546", 1]]',
        "tokens = [[1, 0], [0, 1], [-1, -1]]",
        "layers = {}",
    ]
    found = []
    for layers in (30, 130):
        (tmp_path / "turning.toml").write_text("\n".join(lines).format(layers))
        found.append(answer(str(tmp_path / "turning.toml")))
    assert found[0] == found[1]
