"""Irrational numbers on the command line: what is refused at once, in one line, and what is left alone."""

import json
import resource
import subprocess
from fractions import Fraction
from math import cos, pi
from pathlib import Path

import pytest

from exactdyn.documents import write_example
from tests.command import assert_refused, inside, printed, python
from tests.example_files import saved

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 8
"""Of processor time: a process that takes more is killed. Starting takes half a second, refusing no more."""

ACCEPTED = "requires a real algebraic number"
HUGE = "cos(2*pi/20011)"  # its degree is 10,005

REFUSED = {
    "sqrt(-1)": (ACCEPTED, "got a root of the negative number '-1'"),
    "1/0*sqrt(2)": (ACCEPTED, "got a division by 0"),
    "__import__('os')": ("requires numbers, names and + - * / ^ ( )",),
    "9**9**9": (ACCEPTED, "got an exponent beyond 131072"),
    "root(x^2+1, 0..1)": (ACCEPTED, "got 0 roots from 0 to 1"),
    "root(x^10000-2, 1..2)": (ACCEPTED, "degree beyond 64"),
    "2^(1/10000)": (ACCEPTED, "got a root of degree 10000, the limit is 64"),
    HUGE: ("of degree 10005", "degree at most 64"),
    "sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)": ("degree at most 24 where several roots make it",),
    "2^(1/64)+3^(1/64)": ("degree at most 24 where several roots make it",),
    "pi": (ACCEPTED, "got a multiple of pi"),
    "e": (ACCEPTED, "got the name 'e'"),
}


STATED = {HUGE: "degree at most 64", "pi": "got a multiple of pi"}

ASKING = """
import json, sys
from tests.command import inside
done = [inside(*words) for words in json.loads(sys.argv[1])]
print(json.dumps([(each.returncode, each.stdout, each.stderr) for each in done]))
"""


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What one process of little time answers to all of them: to tokens and to stated fields, by number."""
    folder = tmp_path_factory.mktemp("refused")
    documents = {("run", number): {"tokens": [["1", number]], "alpha": "1"} for number in REFUSED}
    documents |= {("check", field): {"tokens": [["1"]], "alpha": "1", "field": [field]} for field in STATED}
    asked = []
    for k, ((command, _), document) in enumerate(documents.items()):
        asked.append([command, str(saved(folder, f"{k}.toml", write_example(document)))])
    process = python("-c", ASKING, json.dumps(asked), folder=ROOT, preexec_fn=limited)
    assert (process.returncode, process.stderr) == (0, "")
    found = [
        subprocess.CompletedProcess(words, *done)
        for words, done in zip(asked, json.loads(process.stdout), strict=True)
    ]
    return dict(zip(documents, found, strict=True))


@pytest.mark.parametrize("number", REFUSED)
def test_what_is_no_real_algebraic_number_within_the_limits_is_refused_at_once(answers, number):
    assert_refused(answers["run", number], ".toml: tokens[0][1]: ", *REFUSED[number])


@pytest.mark.parametrize("field", STATED)
def test_a_stated_field_is_held_to_the_same_limits(answers, field):
    assert_refused(answers["check", field], ".toml: field[0]: ", STATED[field])


OVER_RATIONALS = {
    "lead": ("lead", "FILE", "--leaders", "0"),
    "itineraries": ("itineraries", "FILE", "--layers", "1"),
    "hunt": ("hunt", "norm-growth", "--example", "FILE", "--layers", "1"),
    "compare --softmax": ("compare", "FILE", "--softmax", "1/8"),
}
IRRATIONAL = {
    "tokens": {"tokens": [["sqrt(2)"], ["1"]], "alpha": "1"},
    "alpha": {"tokens": [["2"], ["1"]], "alpha": "sqrt(2)"},
    "V": {"tokens": [["2", "0"], ["1", "0"]], "alpha": "1", "V": [["sqrt(2)", "0"], ["0", "1"]]},
}


@pytest.mark.parametrize("stated", IRRATIONAL)
@pytest.mark.parametrize("command", OVER_RATIONALS)
def test_what_asks_linear_programs_or_softmax_names_the_file_and_says_that_it_takes_rationals(
    tmp_path, command, stated
):
    saved(tmp_path, "a.toml", write_example(IRRATIONAL[stated]))
    words = ["a.toml" if word == "FILE" else word for word in OVER_RATIONALS[command]]
    assert_refused(inside(*words, folder=tmp_path), "exactdyn: a.toml: ", "over the rationals only")


@pytest.mark.parametrize("command", ["lead", "itineraries", "hunt"])
def test_an_irrational_matrix_plays_no_part_where_all_matrices_are_looked_at(tmp_path, command):
    document = {"tokens": [["2"], ["1"]], "alpha": "1"}
    words = ["a.toml" if word == "FILE" else word for word in OVER_RATIONALS[command]]
    answers = []
    for A in ([["1"]], [["sqrt(2)"]]):
        saved(tmp_path, "a.toml", write_example(document | {"A": A}))
        answers.append(inside(*words, folder=tmp_path).stdout)
    assert answers[0] == answers[1] != ""


@pytest.mark.parametrize("document", [{"tokens": [["sqrt(2)"]]}, {"tokens": [["1"]], "V": [["sqrt(2)"]]}])
def test_softmax_in_continuous_time_takes_rationals(tmp_path, document):
    saved(tmp_path, "a.toml", write_example(document))
    process = inside("softmax", "a.toml", "--until", "1/8", folder=tmp_path)
    assert_refused(process, "exactdyn: a.toml: ", "over the rationals only")


def test_an_irrational_alpha_of_a_hunt_is_refused_by_the_name_of_the_option():
    for option in ("--alpha", "--tau"):
        process = inside("hunt", "norm-growth", "--tokens", 2, "--dim", 1, "--layers", 1, option, "sqrt(2)/2")
        assert_refused(process, f"exactdyn: {option}: ", "over the rationals only")


@pytest.mark.parametrize("command", ["lead", "itineraries", "hunt"])
def test_a_field_is_refused_where_all_is_rational(tmp_path, command):
    saved(tmp_path, "a.toml", write_example({"tokens": [["1"]], "alpha": "1", "field": ["sqrt(2)"]}))
    words = ["a.toml" if word == "FILE" else word for word in OVER_RATIONALS[command]]
    process = inside(*words, folder=tmp_path)
    words = (f"a.toml: field: not used by {command} (it uses ", f"): {command} is over the rationals only")
    assert_refused(process, *words)


@pytest.mark.parametrize("command", ["run", "check", "limit", "compare", "graph --all"])
def test_a_field_that_rational_numbers_do_not_need_changes_nothing(tmp_path, command):
    document = {"tokens": [["1", "1/2"], ["0", "1"]], "alpha": "1", "layers": 3}
    answers = []
    for name, beside in [("a.toml", {}), ("b.toml", {"field": ["sqrt(2)"]})]:
        saved(tmp_path, name, write_example(document | beside))
        process = inside(*command.split(), name, folder=tmp_path)
        answers.append((process.returncode, process.stdout.replace("b: 2", "a: 2"), process.stderr))
    assert answers[0] == answers[1]


def test_rational_numbers_start_neither_sympy_nor_the_search_for_a_field():
    modules = ("sympy", "exactdyn.numbers.fields.inference")
    program = (
        "import sys; from exactdyn.cli.app import run_command; run_command(['check', 'cyclic']); "
        f"sys.exit(any(name in sys.modules for name in {modules}))"
    )
    assert python("-c", program).returncode == 0


@pytest.mark.parametrize("command", ["run", "check", "limit", "compare"])
def test_results_over_a_field_state_it_and_those_over_the_rationals_do_not(command):
    data = json.loads(inside(command, "heptagon", "--layers", 1, "--json").stdout)
    assert data["field"] == {"polynomial": [-7, 0, 14, 0, -7, 0, 1], "interval": ["15/8", "2"]}
    assert "field" not in json.loads(inside(command, "cyclic", "--layers", 1, "--json").stdout)


def test_a_lead_over_a_field_is_given_by_its_coefficients():
    lead = json.loads(printed("compare", "heptagon", "--layers", 0, "--json"))["margins"][0]["lead"]
    theta = 2 * cos(pi / 14)  # the root of the field above
    assert abs(sum(Fraction(c) * theta**k for k, c in enumerate(lead)) - 0.67844793) < 1e-8


def test_an_irrational_number_is_in_a_document_what_it_is_beside_a_table(tmp_path):
    saved(tmp_path, "t.csv", "sqrt(2),1\n0,1/2\n")
    saved(tmp_path, "A.csv", "sqrt(3),0\n0,1\n")
    document = {"tokens": [["sqrt(2)", "1"], ["0", "1/2"]], "A": [["sqrt(3)", "0"], ["0", "1"]]}
    saved(tmp_path, "t.toml", write_example(document | {"alpha": "sqrt(5)"}))
    beside = ("--alpha", "sqrt(5)", "--matrix", "A.csv")
    table = printed("run", "t.csv", *beside, "--layers", 2, "--json", folder=tmp_path)
    assert table == printed("run", "t.toml", "--layers", 2, "--json", folder=tmp_path)


def test_a_certificate_is_compared_with_input_over_a_field(tmp_path):
    for name, token in (("a", "sqrt(2)"), ("b", "-sqrt(2)"), ("c", "3/2")):
        document = {"tokens": [[token], ["1"]], "alpha": "1", "field": ["sqrt(2)"]}
        saved(tmp_path, f"{name}.toml", write_example(document))
    assert inside("limit", "a.toml", "--certificate", "c.json", folder=tmp_path).returncode == 0
    assert inside("verify", "c.json", "--input", "a.toml", folder=tmp_path).returncode == 0
    for other in ("b.toml", "c.toml"):
        process = inside("verify", "c.json", "--input", other, folder=tmp_path)
        assert process.returncode == 1 and "its system differs from the input" in process.stderr
