"""Hunts over all A of a system with a schedule, values, a mask, a rule for ties: judged by definition."""

import json
import pickle
import sqlite3
from contextlib import closing
from fractions import Fraction

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents.example import read_document
from exactdyn.families.setting import Setting
from exactdyn.hunts.answer import excluding_lemma
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.proof import certificate_data
from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import Trial, failing
from exactdyn.hunts.shrinking.shrink import shrink
from exactdyn.hunts.store import StoreError, open_store
from exactdyn.systems.hardmax import Hardmax
from exactdyn.work.executors import InCaller
from proofs_checks import verify
from tests.judges import hard_attention
from tests.judges.hard_attention import JudgedHead, JudgedSystem
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.oracle.world import World
from tests.judges.reference import Computed, Layer

SEEN = [[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0], [0, 1, 0, 1]]
PASSED_ON = [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
LINE, PLANE = ((3,), (4,), (2,)), ((1, 0), (0, 1), (-1, -1))
ASKED = {
    "causal": ("distinctness-preserved", Hardmax(mask="causal"), LINE, 1),
    "rows of a mask": ("distinctness-preserved", Hardmax(mask=SEEN), ((3,), (4,), (-1,), (2,)), 2),
    "Frank-Wolfe": ("leaders-persist", Hardmax(tau="2/(k+2)"), PLANE, 2),
    "beyond the target": ("hull-shrinkage", Hardmax(tau=["1/2", "3/2"]), LINE, 2),
    "values": ("hull-shrinkage", Hardmax(V=[["3", 0], [0, "1/3"]]), PLANE, 3),
    "first of a tie": ("norm-growth", Hardmax(ties="first", mask="strict"), LINE, 1),
}
TAUS = {
    "Frank-Wolfe": tuple(Fraction(2, k + 2) for k in range(9)),
    "beyond the target": (Fraction(1, 2), Fraction(3, 2)),
}


def exact(rows):
    return tuple(tuple(map(Fraction, row)) for row in rows)


def asked(statement, system, tokens, layers, kind="general", **settings):
    tokens = exact(tokens)
    return Request(statement, kind, tokens, len(tokens), len(tokens[0]), layers, system=system, **settings)


def judged(taus, A, tokens, layers, V=None, mask=None, ties="mean"):
    """The layers of a run by the definition, from what a document states."""
    count = len(tokens)
    named = {"causal": lambda i: range(i + 1), "strict": lambda i: range(max(i, 1))}
    seen = None
    if mask is not None:
        own = [
            named[mask](i) if mask in ("causal", "strict") else [j for j in range(count) if mask[i][j]]
            for i in range(count)
        ]
        seen = tuple(map(frozenset, own))
    head = JudgedHead((exact(A),), None if V is None else (exact(V),), seen, ties)
    return hard_attention.run(JudgedSystem((head,), taus), exact(tokens), layers)


def layers_of(document, taus):
    beside = {name: document[name] for name in ("V", "mask", "ties") if name in document}
    return judged(taus, document["A"], document["tokens"], document["layers"], **beside)


def holds(statement, A, layers):
    """Whether a statement holds on these layers, by brute force."""
    states = [reference_layer(layer) for layer in layers]
    return BY_DEFINITION[statement](Computed(exact(A), states))


def reference_layer(layer):
    return Layer(layer.tokens, layer.heads[0])


@pytest.mark.parametrize("name", ASKED)
def test_what_is_found_fails_by_the_definition_in_the_system_that_was_asked_about(name):
    statement, system, tokens, layers = ASKED[name]
    request = asked(statement, system, tokens, layers)
    answer = hunt(request, InCaller())
    document = answer.counterexample.counterexample
    assert not holds(statement, document["A"], layers_of(document, TAUS.get(name, (Fraction(1, 2),))))
    found, given = read_document(document, "found").system, Setting.of(system).system
    assert (found.schedule, found.V, found.ties) == (given.schedule, given.V, given.ties)
    assert (found.mask is None) == (given.mask is None)
    assert found.mask == given.mask or len(document["mask"]) == len(document["tokens"])
    accepted = verify(certificate_text(certificate_data(request, answer)))
    assert [claim.name for claim in accepted.claims][-1] == statement


def test_where_none_is_proved_no_small_matrix_fails_and_the_checker_accepts_it():
    tokens = ((3,), (5,), (4,), (2,))
    request = asked("distinctness-preserved", Hardmax(mask=SEEN), tokens, 1)
    answer = hunt(request, InCaller())
    assert answer.status == "none"
    verify(certificate_text(certificate_data(request, answer)))
    for a in range(-3, 4):
        A = ((a,),)
        assert holds(request.statement, A, judged((Fraction(1, 2),), A, tokens, 1, mask=SEEN))


def test_a_lemma_is_about_all_tokens_or_about_those_that_a_mask_or_values_are_for():
    causal = Request("hull-shrinkage", "general", (), 5, 2, 3, system=Hardmax(tau="2/(k+2)", mask="causal"))
    rows = asked("hull-shrinkage", Hardmax(mask=SEEN), ((3,), (5,), (4,), (2,)), 3)
    for request, about in ((causal, {"class", "tau", "mask"}), (rows, {"class", "tau", "mask", "tokens"})):
        assert excluding_lemma(request) == "convex-step"
        data = certificate_data(request, hunt(request, InCaller()))
        verify(certificate_text(data))
        assert set(data["family"]) == about


@pytest.mark.parametrize(
    ("statement", "system", "kind"),
    [
        ("hull-shrinkage", Hardmax(tau=["1/2", "3/2"]), "general"),
        ("hull-shrinkage", Hardmax(V=[[3, 0], [0, "1/3"]]), "general"),
        ("leaders-persist", Hardmax(tau="2/(k+2)"), "general"),
        ("distinctness-preserved", Hardmax(mask="causal"), "positive-definite"),
        ("convergence", Hardmax(mask="causal"), "negative-definite"),
        ("norm-growth", Hardmax(mask="strict"), "positive-definite"),
        ("hull-of-the-seen", Hardmax(mask=PASSED_ON), "general"),
        ("hull-of-the-seen", Hardmax(tau="3/2", mask="causal"), "general"),
        ("interval-shrinkage", Hardmax(V=[[1, 1], [0, 1]]), "general"),
        ("frank-wolfe-clusters", Hardmax(tau="1/(k+2)"), "positive-definite"),
        ("frank-wolfe-rate", Hardmax(tau="2/(k+2)"), "negative-definite"),
    ],
)
def test_no_lemma_is_used_where_its_facts_do_not_hold(statement, system, kind):
    assert excluding_lemma(asked(statement, system, PLANE, 3, kind)) is None


@pytest.mark.parametrize(
    ("statement", "system", "lemma"),
    [
        ("hull-of-the-seen", Hardmax(tau="2/(k+2)", mask="causal"), "convex-step-of-the-seen"),
        ("hull-of-the-seen", Hardmax(mask=[[1, 0, 0], [1, 1, 0], [0, 0, 1]]), "convex-step-of-the-seen"),
        ("interval-shrinkage", Hardmax(V=[["3/2", 0], [0, "7/3"]], ties="last"), "convex-coordinates"),
    ],
)
def test_lemmas_on_kinds_are_about_all_matrices_too(statement, system, lemma):
    request = asked(statement, system, PLANE, 3)
    assert excluding_lemma(request) == lemma
    verify(certificate_text(certificate_data(request, hunt(request, InCaller()))))


@pytest.mark.parametrize(
    ("statement", "system", "tokens"),
    [
        ("hull-of-the-seen", {"mask": PASSED_ON}, ((1,), (3,), (2,))),
        ("interval-shrinkage", {"V": [["-1/2"]]}, ((1,), (1,))),
    ],
)
def test_where_no_lemma_applies_cases_prove_statements_about_kinds(statement, system, tokens):
    request = asked(statement, Hardmax(**system), tokens, 2)
    assert excluding_lemma(request) is None
    answer = hunt(request, InCaller())
    assert answer.status == "none"
    verify(certificate_text(certificate_data(request, answer)))
    for a in range(-3, 4):
        head = {"A": [[[str(a)]]], **({"V": [system["V"]]} if "V" in system else system)}
        stated = {"tokens": [list(map(str, z)) for z in tokens], "tau": {"listed": ["1/2"]}, "heads": [head]}
        assert BY_DEFINITION[statement](World(stated, 2, 2))


def test_a_lemma_is_not_used_for_generated_tokens_that_no_certificate_could_be_about():
    system = Hardmax(V=[["1/2", 0], [0, "1/2"]])
    assert excluding_lemma(asked("hull-shrinkage", system, PLANE, 2)) == "convex-step"
    assert excluding_lemma(Request("hull-shrinkage", "general", (), 3, 2, 2, system=system)) is None


def test_the_rows_of_a_mask_lose_the_row_and_the_column_of_a_token_that_is_left_out():
    tokens, mask = exact(((3,), (9,), (4,), (2,))), [[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]]
    found = failing("distinctness-preserved", Trial(((Fraction(1),),), Hardmax(mask=mask), tokens, 1))
    assert found is not None
    small = shrink(found, 1, keep=["alpha", "numbers", "coordinates", "matrix", "hypotheses", "zero matrix"])
    assert small.trial.tokens == exact(((3,), (4,), (2,)))
    assert small.document["mask"] == [[1, 0, 0], [0, 1, 0], [1, 1, 1]]


def test_no_token_is_left_out_whom_another_one_sees_alone():
    one = Fraction(1)
    system = Hardmax(tau=1, mask=[[1, 0], [1, 0]])
    found = failing("distinctness-preserved", Trial(((one,),), system, ((one,), (-one,)), 1))
    assert len(shrink(found, 1).trial.tokens) == 2


@pytest.mark.parametrize(
    ("statement", "system", "tokens", "layers"),
    [
        ("frank-wolfe-clusters", Hardmax(tau="2/(k+2)"), PLANE, 2),
        ("frank-wolfe-exponential", Hardmax(tau="1/(k+2)"), LINE, 3),
        ("hull-of-the-seen", Hardmax(mask=[[1, 0, 0], [1, 1, 0], [0, 1, 1]]), ((0,), (1,), (2,)), 3),
        ("interval-shrinkage", Hardmax(V=[[1, 1], [0, 1]]), PLANE, 3),
    ],
)
def test_statements_about_kinds_are_hunted_in_systems_of_their_kind(statement, system, tokens, layers):
    request = asked(statement, system, tokens, layers)
    answer = hunt(request, InCaller())
    assert answer.status == "found"
    data = json.loads(certificate_text(certificate_data(request, answer)))
    world = World(data["system"], data["layers"], data["version"])
    assert not BY_DEFINITION[statement](world)
    assert verify(json.dumps(data))


def test_generated_tokens_are_searched_in_the_system_too():
    request = Request(
        "distinctness-preserved", "positive-definite", (), 3, 1, 1, system=Hardmax(mask="causal")
    )
    document = hunt(request, InCaller()).counterexample.counterexample
    assert document["mask"] == "causal"
    assert not holds(request.statement, document["A"], layers_of(document, (Fraction(1, 2),)))


def test_a_request_with_a_system_is_sent_to_workers():
    for _, system, tokens, layers in ASKED.values():
        request = asked("norm-growth", system, tokens, layers)
        assert pickle.loads(pickle.dumps(request)) == request


def test_a_store_from_before_there_were_systems_is_read_and_that_of_another_system_refused(tmp_path):
    path, request = tmp_path / "hunt", Request("norm-growth", "general", (), 2, 1, 1)
    with open_store(path, request, "1"):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        stored = json.loads(connection.execute("SELECT document FROM request").fetchone()[0])
        del stored["system"]
        connection.execute("UPDATE request SET document = ?", (json.dumps(stored),))
    with open_store(path, request, "1") as store:
        assert store.results() == {}
    causal = Request("norm-growth", "general", (), 2, 1, 1, system=Hardmax(mask="causal"))
    with (
        pytest.raises(StoreError, match="holds another hunt: system is null there"),
        open_store(path, causal, "1"),
    ):
        pass
