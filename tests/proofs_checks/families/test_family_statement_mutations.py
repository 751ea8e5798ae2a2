"""Changed certificates about all matrices: what the checker accepts, brute force does not contradict."""

import json
from collections import Counter
from fractions import Fraction
from random import Random

import pytest

from exactdyn.families.certificate import lemma_certificate_data
from exactdyn.families.questions.guarantees import Narrowing
from exactdyn.families.questions.statement import explore
from exactdyn.statements.catalogue import ON_LAYERS
from proofs_checks import MalformedError, RejectedError, verify
from proofs_checks.__main__ import main
from tests.families.questions.test_statement import asked, certificate
from tests.judges.every_matrix import CLASSES, belongs, counterexamples
from tests.judges.oracle import families, limits_of_families
from tests.judges.reference import rational_rows
from tests.mutations import edits, fate, words_in
from tests.proofs_checks.families.test_rules import TURNED, WANDERING

TREES = {
    "apart": asked("distinctness-preserved", [[1], [2]], alpha="1/2"),
    "apart in the second step": asked("distinctness-preserved", [[1], [2]], layers=2, alpha="1/2"),
    "split where tokens may meet": asked("distinctness-preserved", [[1], [3], [4]]),
    "growth": asked("norm-growth", [[1], [2]], "positive-semidefinite", ties=False),
    "growth in two steps": asked("norm-growth", [[1], [2]], "positive-definite", 2),
    "growth by a part": asked("norm-growth", [[1], [-2]], "positive-definite-part", 2),
    "growth of a negative form": asked("norm-growth", [[1], [-1]], "negative-definite", alpha="1/2"),
    "apart by a negative part": asked("distinctness-preserved", [[1], [3], [4]], "negative-definite-part"),
    "hull": asked("hull-shrinkage", [[1], [-2]], alpha="1/3"),
    "persistence": asked("leaders-persist", [[1], [-2]]),
    "extreme leaders": asked("leaders-extreme", [[1], [-2]], alpha="-1/3", ties=False),
}
LEMMAS = [
    *((statement, "positive-definite") for statement in ON_LAYERS),
    ("convergence", "negative-definite"),
]
NARROW = Narrowing(2, frozenset({"nonzero-tokens", "distinct-tokens"}))
NARROWED = [
    ("convergence", "positive-semidefinite"),
    ("attention-settles", "positive-semidefinite"),
    ("leader-vertex", "positive-definite"),
    ("limit-set", "positive-definite"),
]
SAMPLES = [rational_rows(rows) for rows in ([[1], [-1], [0]], [[1, 0], [0, 1], [-1, -1]])]
COEFFICIENTS = [Fraction(1, 2), Fraction(1)]


def tree_document(name):
    question = TREES[name]
    answer = explore(question)
    assert (answer.found, answer.reasons) == (None, ())
    return json.loads(certificate(question, answer.piece))


def contradicted(document):
    """Whether a small matrix contradicts the only claim of an accepted certificate."""
    family, (claim,) = document["family"], document["claims"]
    name, kind, evidence = claim["claim"], family["class"], claim.get("evidence", {})
    if name in limits_of_families.STATEMENTS:
        return families.contradiction(document) is not None
    if name == "convergence":  # no brute force reaches infinity: two matrices under which a token wanders
        return belongs(WANDERING.A, kind) or belongs(TURNED.A, kind)
    if "tokens" not in family:
        questions = [(alpha, tokens, 1) for alpha in COEFFICIENTS for tokens in SAMPLES]
    else:
        layers = min(document["layers"], 4) if claim["scope"].startswith("layers") else 3
        questions = [(Fraction(family["alpha"]), rational_rows(family["tokens"]), layers)]
    return any(
        next(counterexamples(name, kind, *asked, evidence.get("ties", True)), None) for asked in questions
    )


def judged(document, known, most=None):
    counts = Counter()
    words = (
        words_in(document)
        | set(CLASSES)
        | set(ON_LAYERS)
        | {"convergence", *limits_of_families.STATEMENTS, "nonzero-tokens", "distinct-tokens"}
        | {"every layer", "layers 0..1", "layers 0..2"}
    )
    changes = list(edits(document, frozenset(words)))
    for edit in changes if most is None else Random(len(changes)).sample(changes, min(most, len(changes))):
        mutant = edit.apply(document)
        outcome = fate(mutant)
        counts[outcome] += 1
        if outcome != "accepted":
            continue
        claim = {name: value for name, value in mutant["claims"][0].items() if name != "evidence"}
        ties = mutant["claims"][0].get("evidence", {}).get("ties")
        key = json.dumps([mutant["family"], mutant["layers"], claim, ties], sort_keys=True)
        if key not in known:
            known[key] = contradicted(mutant)
        assert not known[key], json.dumps(mutant)
    return counts


@pytest.mark.parametrize("name", TREES)
def test_no_change_of_a_tree_makes_the_checker_accept_what_is_false(name):
    document = tree_document(name)
    verify(json.dumps(document))
    counts = judged(document, {}, 150)
    assert counts["RejectedError"] + counts["MalformedError"] > counts["accepted"]
    assert min(counts["RejectedError"], counts["MalformedError"]) > 3


@pytest.mark.slow
@pytest.mark.parametrize("name", TREES)
def test_none_of_all_changes_of_a_tree_makes_the_checker_accept_what_is_false(name):
    counts = judged(tree_document(name), {})
    print(counts)
    assert min(counts["RejectedError"], counts["MalformedError"]) > 10


@pytest.mark.parametrize(("statement", "kind"), LEMMAS)
def test_no_change_of_a_lemma_makes_the_checker_accept_what_is_false(statement, kind):
    counts = judged(lemma_certificate_data(statement, kind), {})
    assert counts["RejectedError"] > 5
    assert counts["MalformedError"] > 20


@pytest.mark.parametrize(("statement", "kind"), NARROWED)
def test_no_change_of_a_lemma_about_some_makes_the_checker_accept_what_is_false(statement, kind, monkeypatch):
    monkeypatch.setattr(families, "SAMPLES", 20)
    monkeypatch.setattr(limits_of_families, "TRIED", 8)
    counts = judged(lemma_certificate_data(statement, kind, narrowing=NARROW), {})
    assert counts["RejectedError"] > 5
    assert counts["MalformedError"] > 20


@pytest.mark.parametrize(
    ("name", "path", "value", "error"),
    [
        # a tree for fewer layers, another statement, all ties
        ("apart in the second step", ("layers",), 1, RejectedError),
        ("apart in the second step", ("claims", 0, "claim"), "norm-growth", MalformedError),
        ("apart in the second step", ("claims", 0, "claim"), "leaders-persist", RejectedError),
        ("growth", ("claims", 0, "evidence", "ties"), True, RejectedError),
        ("growth", ("claims", 0, "evidence", "cases"), {"holds": {}}, RejectedError),
        ("growth", ("claims", 0, "evidence", "cases"), {"at": ["1"]}, RejectedError),
        ("growth", ("claims", 0, "verdict"), "fails", MalformedError),
        ("hull", ("claims", 0, "evidence", "cases"), None, MalformedError),
        ("apart", ("family",), {"class": "general"}, RejectedError),
        ("apart", ("family",), {"class": "general", "alpha": "1"}, MalformedError),
        ("apart", ("family",), {"class": "general", "tokens": [["1"]]}, MalformedError),
        ("apart", ("family",), {"class": "general", "span": []}, MalformedError),
        ("apart", ("claims", 0, "lemma"), "no-collision", RejectedError),
    ],
)
def test_what_a_tree_does_not_prove_is_refused(name, path, value, error):
    document = tree_document(name)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(error):
        verify(json.dumps(document))


def test_a_family_without_tokens_says_nothing_about_itineraries(tmp_path, capsys):
    document = lemma_certificate_data("hull-shrinkage", "general")
    evidence = {"ties": False, "cases": {"at": []}}
    document["claims"] = [{"claim": "itineraries", "verdict": "holds", "evidence": evidence}]
    file = tmp_path / "all.json"
    file.write_text(json.dumps(document))
    assert main([str(file)]) == 2
    assert "a name of the catalogue" in capsys.readouterr().err


def test_a_statement_claimed_to_fail_for_a_family_is_rejected():
    document = tree_document("apart")
    claim = {"claim": "distinctness-preserved", "verdict": "fails", "witness": {}}
    with pytest.raises(RejectedError, match="that is a system"):
        verify(json.dumps(document | {"claims": [claim]}))


def test_growth_must_be_shown_at_every_layer():
    document = tree_document("growth in two steps")
    evidence = document["claims"][0]["evidence"]
    evidence["cases"] = [node for node in evidence["cases"] if "growth" not in node]
    with pytest.raises((RejectedError, MalformedError)):
        verify(json.dumps(document))
