"""Certificates about all matrices: what is altered is refused."""

import json
from fractions import Fraction

import pytest

from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.lead import largest, lead
from exactdyn.numbers.points import Points
from proofs_checks import MalformedError, RejectedError, describe, verify
from tests.planted import question

TOKENS = [[1, 0], [0, 1], [-1, -1], ["1/2", "1/3"]]


def itineraries_certificate(ties=False, kind="general", tokens=TOKENS[:3], layers=1):
    start, matrices = Points.from_rows(tokens), matrix_class(kind, 2)
    search = itinerary_search(Fraction(1), start, matrices, layers, ties)
    search.run()
    return family_certificate_data(matrices, Fraction(1), start, layers - 1, gathered(search).claim)


def lead_certificate(asked, answer):
    return family_certificate_data(asked.matrices, asked.around, asked.start, asked.layer, answer.claim)


def none_certificate(kind="positive-definite"):
    asked = question([[2, 0], [1, 0], [0, 1]], kind)
    return lead_certificate(asked, lead(asked, [1]))


def leaves(cases):
    """Where the nodes stand that have none below them."""
    return [place for place, node in enumerate(cases) if not {"token", "growth"} & node.keys()]


def assert_refused(data):
    with pytest.raises((RejectedError, MalformedError)):
        verify(json.dumps(data))


def altered(data, change):
    copied = json.loads(json.dumps(data))
    change(copied)
    return copied


def evidence(data):
    return data["claims"][0]["evidence"]


@pytest.mark.parametrize("ties", [False, True])
def test_every_leaf_is_needed_and_none_may_stand_for_another(ties):
    data = itineraries_certificate(ties)
    verify(json.dumps(data))
    count = len(leaves(evidence(data)["cases"]))
    assert count > 10
    for number in range(0, count, max(1, count // 3)):
        for replacement in ({}, {"weights": []}, {"at": ["1", "2", "3", "4"]}, None):
            changed = json.loads(json.dumps(data))
            cases = evidence(changed)["cases"]
            cases[leaves(cases)[number]] = replacement
            assert_refused(changed)


def test_a_case_left_out_or_added_is_refused():
    data = itineraries_certificate()
    assert_refused(altered(data, lambda d: evidence(d)["cases"].pop()))
    assert_refused(altered(data, lambda d: evidence(d)["cases"].append({"weights": []})))
    assert_refused(altered(data, lambda d: evidence(d)["cases"][0].update(token=3)))


def test_a_list_without_ties_is_no_list_with_ties():
    assert_refused(altered(itineraries_certificate(False), lambda d: evidence(d).update(ties=True)))


def test_a_proof_for_one_class_is_none_for_a_larger_one():
    data = none_certificate()
    verify(json.dumps(data))
    for kind in ("general", "symmetric"):
        assert_refused(altered(data, lambda d, kind=kind: d["family"].update({"class": kind})))


def test_cuts_do_not_prove_strictly_more_for_semidefinite_matrices_than_they_say():
    asked = question([[1, 0], [-1, 0]], "positive-semidefinite")
    data = lead_certificate(asked, lead(asked, [0, 1]))
    assert data["claims"][0]["verdict"] == "fails"
    only_cut = {"attention": [[None, None]], "cases": {"weights": [], "cuts": [["1", ["1", "0"]]]}}
    claim = {"claim": "unrealised", "verdict": "holds", "evidence": only_cut}
    zero = {"class": "positive-semidefinite", "alpha": "1", "tokens": [["1", "0"], ["-1", "0"]]}
    zero["span"] = [[["0", "0"], ["0", "1"]]]
    head = {"format": "exactdyn certificate", "version": 1, "layers": 0, "claims": [claim]}
    # <Av, v> = 0 for all matrices of the span: no contradiction if they are semidefinite, but if definite.
    assert_refused({**head, "family": zero})
    verify(json.dumps({**head, "family": {**zero, "class": "positive-definite"}}))


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w.pop(),
        lambda w: w.clear(),
        lambda w: w.append([[0, 0, 0, 1], "1"]),
        lambda w: w.append([[5, 0, 0, 1], "1"]),
        lambda w: w[0].__setitem__(1, "-1"),
        lambda w: w[0].__setitem__(1, "1000"),
        lambda w: w[0][0].__setitem__(3, 2),
    ],
)
def test_altered_weights_are_refused(change):
    asked = question([[1, 0], [2, 0], [3, 0]])
    data = lead_certificate(asked, lead(asked, [1]))
    verify(json.dumps(data))
    assert_refused(altered(data, lambda d: change(evidence(d)["cases"][0]["weights"])))


def test_a_proof_about_leaders_proves_nothing_about_others():
    asked = question([[1, 0], [2, 0], [3, 0]])
    data = lead_certificate(asked, lead(asked, [1]))
    for attention in ([[None, None, None]], [[[0], None, None]], [[None, [0], None]], [[None, [], None]], []):
        assert_refused(altered(data, lambda d, a=attention: evidence(d).update(attention=a)))
    assert_refused(altered(data, lambda d: d["family"].update(tokens=[["1", "0"], ["0", "2"], ["3", "0"]])))


def test_a_proof_that_so_many_cannot_lead_does_not_prove_it_of_fewer():
    asked = question([[1, 0], [2, 0], [3, 0], [0, 1]])
    most, more = largest(asked)
    data = lead_certificate(asked, more)
    assert evidence(data)["leaders"] == len(most.leaders) + 1
    verify(json.dumps(data))
    assert_refused(altered(data, lambda d: evidence(d).update(leaders=len(most.leaders))))


def test_a_witness_must_be_a_member_and_do_what_is_said():
    asked = question(TOKENS[:3], "positive-definite")
    data = lead_certificate(asked, lead(asked, [0, 1, 2]))
    verify(json.dumps(data))

    def witness(d):
        return d["claims"][0]["witness"]

    assert_refused(altered(data, lambda d: witness(d).update(at=["-1", "0", "-1"])))
    assert_refused(altered(data, lambda d: witness(d).pop("factorisation")))
    assert_refused(altered(data, lambda d: witness(d).update(attention=[[[1], None, None]])))
    assert_refused(altered(data, lambda d: witness(d).update(at=["1", "0"])))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["family"].update({"class": "orthogonal"}),
        lambda d: d["family"].update(alpha="-1"),
        lambda d: d["family"].update(tokens=[]),
        lambda d: d["family"].update(tokens=[[]]),
        lambda d: d["family"].update(A=[["1"]]),
        lambda d: d["family"].update(span=[[["0", "1"], ["2", "0"]]]),
        lambda d: d.update(system={"A": [["1"]], "alpha": "1", "tokens": [["1"]]}),
        lambda d: d.pop("family"),
        lambda d: d["claims"][0].update(scope="layers 0..0"),
        lambda d: d["claims"][0].update(claim="symmetric"),
    ],
)
def test_what_is_no_certificate_about_a_family_is_malformed(change):
    with pytest.raises(MalformedError):
        verify(json.dumps(altered(none_certificate(), change)))


def test_a_tree_nested_without_end_is_malformed():
    data = altered(itineraries_certificate(), lambda d: evidence(d).update(cases={}))
    text = json.dumps(data).replace('"cases": {}', '"cases": @')
    nested = '{"token": 0, "cases": [' * 20000 + "{}" + "]}" * 20000
    with pytest.raises(MalformedError, match="nested"):
        verify(text.replace("@", nested))
    # As a list it is read, whatever its depth; here the first token is split twice.
    with pytest.raises(RejectedError, match="splits what is decided"):
        verify(text.replace("@", "[" + '{"token": 0}, ' * 20000 + "{}]"))


def test_an_accepted_certificate_is_described_with_its_class():
    lines = describe(verify(json.dumps(none_certificate())))
    assert "  A is any positive-definite matrix" in lines
    assert lines[-1] == "holds unrealised: no matrix of the family does this: attention ((any, (1), any))"
