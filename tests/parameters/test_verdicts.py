"""Statements for all values of a parameter: by lemmas for all, failing exactly where a value shows it."""

from fractions import Fraction

from exactdyn import Hardmax, cells, check, load_example
from exactdyn.parameters.verdicts import line_verdicts
from tests.command import assert_refused, inside, printed


def test_what_a_lemma_proves_holds_for_every_alpha():
    verdicts = line_verdicts(cells(load_example("emerging-leader"), low="1/10"))
    lemmas = {name: verdict.lemma for name, verdict in verdicts.items() if verdict.outcome == "holds"}
    assert lemmas == {
        "hull-shrinkage": "convex-step",
        "norm-growth": "norm-growth",
        "leaders-persist": "leaders-persist",
        "distinctness-preserved": "no-collision",
        "leaders-extreme": "leader-exposed",
        "convergence": "growth-converges",
    }


def test_convergence_holds_where_every_cell_is_closed():
    verdict = line_verdicts(cells(load_example("cyclic")))["convergence"]
    assert (verdict.outcome, verdict.lemma) == ("holds", None)


def test_convergence_is_open_where_a_cell_is():
    verdicts = line_verdicts(cells(load_example("period-three"), layers=1))
    assert verdicts["convergence"].outcome != "holds"


def test_a_statement_fails_at_values_where_a_check_of_one_system_says_so():
    system = Hardmax([[-1]])
    failing = line_verdicts(cells(system, tokens=[[1], [-1]]))["distinctness-preserved"].fails_at
    assert failing == (Fraction(1),)
    assert (
        check(Hardmax([[-1]], alpha=failing[0]), tokens=[[1], [-1]])
        .statements["distinctness-preserved"]
        .outcome
        == "fails"
    )


def test_lemmas_about_the_matrix_say_nothing_where_the_matrix_moves():
    t = {"name": "t", "from": -1, "to": 1}
    verdicts = line_verdicts(cells(Hardmax(), A=[["t"]], tokens=[[1], [-1], ["1/2"]], parameter=t, layers=2))
    assert verdicts["norm-growth"].outcome == "fails"
    assert verdicts["hull-shrinkage"].lemma == "convex-step"


def test_verdicts_are_printed_beside_the_cells():
    assert "norm-growth: fails at alpha = 1\n" in printed("cells", "cyclic", "--statements")
    text = printed("cells", "square", "--statements")
    assert "norm-growth: holds for every alpha in (0, infinity), by lemma norm-growth\n" in text
    assert '"hull-shrinkage": {"verdict": "holds"' in printed("cells", "square", "--statements", "--json")
    assert_refused(inside("cells", "square", "--statements", "--latex"), "--latex: requires")
