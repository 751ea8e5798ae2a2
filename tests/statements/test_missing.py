"""What a lemma asks for that is not there, said in one line."""

import pytest

from exactdyn import HardAttention, Hardmax, Head, Relu, check
from exactdyn.limits import limit
from exactdyn.statements.catalogue import ON_LAYERS
from exactdyn.statements.missing import PARTS
from exactdyn.statements.statement import FACTS

TOKENS = [[1, 0], [0, 1], [-1, -1]]
OWN = HardAttention([Head([[1, 2], [2, 5]]), Head([[1, -2], [-2, 5]])], alpha=1)
PASSING = HardAttention([Head(), Head([[1, 2], [2, 5]], ties="first")], tau=1)
BLOCK = Relu([[1, 0]], [0], [[0], [-1]], [0, 0])


@pytest.mark.parametrize(
    ("system", "statement", "words"),
    [
        (OWN, "distinctness-preserved", "no-collision asks that there is one matrix of scores for all heads"),
        (Hardmax([[3, 0], [0, -1]]), "distinctness-preserved", "asks that <Ax, x> >= 0 for every x"),
        (Hardmax(mask="causal"), "distinctness-preserved", "no-collision asks that all tokens see the same"),
        (Hardmax(tau="2/(k+2)"), "distinctness-preserved", "asks that every step keeps a part of the token"),
        (PASSING, "leaders-extreme", "keeps a part of the token, or of a tie all are attended in all heads"),
        (Hardmax(mask="causal"), "leaders-extreme", "in some head everybody sees everybody"),
        (Hardmax(ties="last"), "leaders-extreme", "in some head everybody sees everybody"),
        (Hardmax([[1, 1], [0, 2]]), "norm-growth", "norm-growth asks that A is symmetric"),
        (
            Hardmax(A=[[[1, 0], [0, 1]], [[1, 0], [0, 2]]]),
            "leaders-persist",
            "leaders-persist asks that the order of the scores is the same at all layers",
        ),
    ],
)
def test_what_is_computed_says_why_no_lemma_speaks_of_every_layer(system, statement, words):
    verdict = check(system, tokens=TOKENS).statements[statement]
    assert (verdict.outcome, verdict.lemma) == ("holds", None)
    assert words in verdict.reason


def test_the_parts_of_a_fact_are_those_that_its_words_do_not_say():
    asked = {fact for decided in ON_LAYERS.values() if decided.lemma for fact in decided.lemma.facts}
    assert PARTS.keys() <= asked <= FACTS.keys()
    facts = Hardmax(alpha=1).facts(2)
    for fact, parts in PARTS.items():
        assert getattr(facts, fact) and all(known(facts) for _, known in parts)


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (HardAttention([Head()], relu=BLOCK), "steps are not known to be linear (a ReLU block is not)"),
        (
            Hardmax(tau="1/(k+2)", A=[[[1, 0], [0, 1]], [[-1, 0], [0, -1]]]),
            "the layers do not repeat, and the order of the scores changes",
        ),
        (Hardmax(tau="k/(k+1)+1"), "the layers do not repeat, and it is not known that late steps keep"),
        (
            Hardmax(tau="1/(k+2)", mask=[[1, 1, 0], [0, 1, 1], [0, 0, 1]]),
            "the layers do not repeat, and a token may see another that sees what it does not see itself",
        ),
    ],
)
def test_a_limit_that_no_lemma_speaks_of_says_why_in_one_line(system, words):
    found = limit(system, tokens=TOKENS, layers=3)
    assert found.status == "undecided"
    assert found.reason.startswith(words) and "\n" not in found.reason
