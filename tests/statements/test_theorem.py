import pytest
from hypothesis import given

import proofs_checks
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES, OF_KINDS, QUESTIONS, STATEMENTS
from exactdyn.statements.theorem import Check, check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict
from tests.judges import truth
from tests.judges.oracle.statements import STATEMENTS as JUDGED
from tests.strategies import systems

IDENTITY_RUN = Hardmax(alpha="1/2").run([[1, 0], [0, 1], ["1/2", "1/3"]], layers=3)
CYCLIC_RUN = Hardmax([[1, -4], [4, 1]], alpha=1).run([[1, 0], [0, 1], [-1, -1]], layers=3)


def test_names_are_those_of_the_checkers_catalogue_in_its_order():
    assert list(HYPOTHESES) == list(proofs_checks.HYPOTHESES) == list(truth.HYPOTHESES)
    assert [*STATEMENTS, *QUESTIONS, *OF_KINDS] == list(proofs_checks.STATEMENTS)
    assert list(JUDGED) == list(proofs_checks.STATEMENTS)


def test_what_layers_decide_is_judged_by_brute_force_too():
    on_layers = {name for name, record in CATALOGUE.items() if record.on_layers}
    assert on_layers <= {name for name, judges in JUDGED.items() if judges.definition}


def test_a_name_says_here_what_it_says_in_the_checkers_catalogue():
    said = {name: record.says for name, record in (HYPOTHESES | CATALOGUE).items()}
    theirs = proofs_checks.HYPOTHESES | proofs_checks.STATEMENTS
    assert said == {name: entry.says for name, entry in theirs.items()}


@given(systems(dimensions=2, largest=4))
def test_the_theorem_applies_exactly_if_all_hypotheses_are_true(system):
    result = check(Hardmax(system.A, system.alpha).run(system.tokens, 1))
    assert result.applies is all(holds(system) for holds in truth.HYPOTHESES.values())
    if result.applies:
        assert {verdict.outcome for verdict in result.statements.values()} == {"holds"}


def test_where_the_theorem_applies_everything_holds_on_every_layer():
    result = check(IDENTITY_RUN)
    assert result.applies
    assert result.leaders == IDENTITY_RUN.leaders == {0: 0, 1: 0}
    assert {verdict.scope for verdict in result.statements.values()} == {"every layer"}


def test_the_cyclic_example_fails_norm_growth_at_layer_0_with_q_from_1_to_one_half():
    result = check(CYCLIC_RUN)
    assert not result.applies
    assert result.leaders == {}
    witness = result.statements["norm-growth"].witness
    assert (witness["layer"], witness["token"]) == (0, 0)
    assert f"{witness['q_before']} -> {witness['q_after']}" == "1 -> 1/2"


@pytest.mark.parametrize("run, applies", [(IDENTITY_RUN, "applies"), (CYCLIC_RUN, "does not apply")])
def test_a_check_shows_one_line_a_verdict(run, applies):
    result = check(run)
    assert repr(result).startswith(f"Check(the theorem {applies}; statements: ")
    first, *lines = str(result).splitlines()
    assert first == f"the theorem {applies}; leaders {run.leaders}"
    assert [line.split() for line in lines] == [
        [name, verdict.outcome] for name, verdict in (result.hypotheses | result.statements).items()
    ]


def test_in_a_notebook_a_check_is_a_table_with_a_row_a_verdict():
    result = check(CYCLIC_RUN)
    table = result._repr_html_()
    assert table.count("<tr>") == 1 + len(HYPOTHESES) + len(STATEMENTS)
    assert "<td>norm-growth</td><td>fails</td><td></td>" in table
    assert "<td>hull-shrinkage</td><td>holds</td><td>every layer</td>" in table


def test_in_a_notebook_text_is_escaped():
    result = Check(CYCLIC_RUN, {}, {"a<b": Verdict("holds", "x & y")})
    assert "<td>a&lt;b</td><td>holds</td><td>x &amp; y</td>" in result._repr_html_()


def test_the_theorem_is_not_about_values_that_undo_a_positive_alpha():
    cases = {"2": True, "0": False, "-3": False}
    found = {value: check(Hardmax(alpha=1, V=[[value]]), tokens=[[1], ["1/2"]], layers=3) for value in cases}
    assert {value: result.of_the_theorem for value, result in found.items()} == cases
    assert all(result.hypotheses["positive-alpha"].outcome == "holds" for result in found.values())
