"""Which ties can be avoided, where definiteness forces coordinates of a class to 0."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.statement import StatementQuestion, explore
from exactdyn.families.spanning import tie_evidence
from exactdyn.numbers.points import Points
from proofs_checks import MalformedError, RejectedError, verify
from tests.command import inside
from tests.judges.oracle.families import contradiction
from tests.strategies import ALPHAS, token_sets

FORCED, FREE = "a, 0, 0; 0, b, 0; 0, 0, -b", "a, 0, 0; 0, 0, 0; 0, 0, 0"
PAIR = [["1", "1", "0"], ["1", "-1", "0"]]
DEFINITE = [
    "positive-semidefinite",
    "positive-definite",
    "positive-semidefinite-part",
    "positive-definite-part",
    "negative-semidefinite",
    "negative-definite",
    "negative-semidefinite-part",
    "negative-definite-part",
]
# By dimension; in the first ones definiteness forces a letter, or leaves one matrix or none.
PATTERNS = {
    1: ["-1", "2", "a"],
    2: ["a, 0; 0, -a", "0, b; b, 0", "a, b; -b, 0", "1, b; b, 1", "a, 0; 0, 0", "1, 0; 0, 1", "a, b; b, c"],
    3: [FORCED, FREE, "a, b, 0; b, 0, 0; 0, 0, c", "a, 0, 0; 0, a, 0; 0, 0, b"],
}


def certificate(kind, pattern, tokens, layers=1, ties=False, alpha=Fraction(1)):
    start = Points.from_rows(tokens)
    matrices = matrix_class(kind, start.dimension, pattern)
    search = itinerary_search(alpha, start, matrices, layers, ties)
    search.run()
    claim = gathered(search).claim
    if claim is None:
        return None
    return json.loads(certificate_text(family_certificate_data(matrices, alpha, start, layers - 1, claim)))


@pytest.fixture
def pair(tmp_path):
    file = tmp_path / "pair.json"
    file.write_text(json.dumps({"alpha": "1", "tokens": PAIR}))
    return str(file)


@pytest.mark.parametrize(
    "arguments",
    [
        ["itineraries", "--layers", "1"],
        ["hunt", "norm-growth", "--layers", "1", "--workers", "1", "--no-ties", "--example"],
    ],
)
def test_ties_are_not_left_out_where_definiteness_forces_some(pair, arguments):
    asked = [*arguments, pair, "--class", "positive-semidefinite", "--pattern", FORCED]
    answer = inside(*asked)
    assert answer.returncode == 2
    assert "definiteness ties entries; narrow the pattern, or count ties" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_with_ties_the_matrices_left_by_definiteness_have_their_itinerary(pair):
    options = ["--class", "positive-semidefinite", "--pattern", FORCED, "--json"]
    answer = inside("itineraries", pair, "--layers", "1", "--ties", *options)
    assert [each["attention"] for each in json.loads(answer.stdout.splitlines()[-1])["itineraries"]] == [
        [[[0, 1], [0, 1]]]
    ]
    answer = inside("hunt", "norm-growth", "--layers", "1", "--workers", "1", "--example", pair, *options)
    assert json.loads(answer.stdout.splitlines()[-1])["status"] == "found"


def test_the_same_matrices_as_a_class_of_their_own_have_no_avoidable_tie():
    document = certificate("positive-semidefinite", FREE, PAIR)
    assert [node["at"] for node in document["claims"][0]["evidence"]["members"]] == [["1"], ["2"]]
    verify(json.dumps(document))
    assert contradiction(document) is None
    assert "at" in json.dumps(document["claims"][0]["evidence"]["cases"])


def test_members_that_span_a_negative_class_belong_to_no_positive_one():
    document = certificate("negative-semidefinite", FREE, PAIR)
    members = document["claims"][0]["evidence"]["members"]
    assert [node["at"] for node in members] == [["-1"], ["0"]]
    verify(json.dumps(document))
    assert contradiction(document) is None
    with pytest.raises(RejectedError):
        verify(forged(document, lambda e, d: d["family"].update({"class": "positive-semidefinite"})))


def test_a_class_without_any_matrix_needs_no_members():
    document = certificate("positive-definite", FORCED, PAIR)
    assert document["claims"][0]["evidence"]["ties"] is True
    verify(json.dumps(document))


def forged(document, change):
    copied = json.loads(json.dumps(document))
    change(copied["claims"][0]["evidence"], copied)
    return json.dumps(copied)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda e, d: e.pop("members"), RejectedError),
        (lambda e, d: e.update(members=[]), MalformedError),
        (lambda e, d: e["members"].pop(), MalformedError),
        (lambda e, d: e["members"].append(e["members"][0]), MalformedError),
        (lambda e, d: e["members"].__setitem__(1, e["members"][0]), RejectedError),
        (lambda e, d: e["members"][1].update(at=["-1"]), RejectedError),
        (lambda e, d: e["members"][1].pop("factorisation"), MalformedError),
        (lambda e, d: e["members"][1].update(note=""), MalformedError),
        (lambda e, d: e.update(ties=True), MalformedError),
        (lambda e, d: d["family"].update({"class": "symmetric"}), MalformedError),
        (lambda e, d: d["family"].update({"class": "positive-definite"}), RejectedError),
    ],
)
def test_members_must_span_the_family_and_stand_nowhere_else(change, error):
    document = certificate("positive-semidefinite", FREE, PAIR)
    verify(json.dumps(document))
    with pytest.raises(error):
        verify(forged(document, change))


@pytest.mark.parametrize("kind", DEFINITE)
def test_all_of_a_class_is_spanned_without_members(kind):
    document = certificate(kind, None, [["1", "0"], ["0", "1"]])
    assert "members" not in document["claims"][0]["evidence"]
    verify(json.dumps(document))


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_no_sampled_matrix_contradicts_what_is_said_without_avoidable_ties(data):
    dimension = data.draw(st.sampled_from([1, 2, 2, 3]))
    kind = data.draw(st.sampled_from(["symmetric", *DEFINITE]))
    pattern = data.draw(st.sampled_from(PATTERNS[dimension]))
    tokens = data.draw(token_sets(dimension, largest=3))
    alpha, layers = data.draw(ALPHAS), data.draw(st.integers(1, 2))
    try:
        ties = data.draw(st.booleans())
        document = certificate(kind, pattern, tokens, layers, ties, alpha)
    except InputError as error:
        assert "pattern" in str(error)
        return
    if document is not None:
        verify(json.dumps(document))
        assert contradiction(document) is None


def test_a_question_about_a_statement_is_refused_alike():
    matrices = matrix_class("positive-semidefinite", 3, FORCED)
    question = StatementQuestion("norm-growth", Fraction(1), Points.from_rows(PAIR), matrices, 1, ties=False)
    with pytest.raises(InputError, match="narrow the pattern, or count ties"):
        explore(question)
    with pytest.raises(InputError, match="stays open"):
        tie_evidence(matrix_class("positive-semidefinite", 2, "1, b; b, 0"), False)
