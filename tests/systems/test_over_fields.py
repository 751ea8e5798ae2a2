"""Runs over real number fields: regular polygons, the definition, and interval arithmetic."""

import pickle
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import HardAttention, Hardmax, Head, Relu, check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents.example import read_document
from exactdyn.documents.write import example_document
from exactdyn.errors import InputError
from exactdyn.floats.comparison import compare
from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.joining import number
from proofs_checks import verify
from tests.judges.hard_attention import JudgedHead, JudgedRelu, JudgedSystem
from tests.judges.hard_attention import run as judged_run
from tests.polygons import polygon, rotation

GENERATORS = ("sqrt(2)", "2^(1/3)", "cos(2*pi/7)")


@pytest.mark.parametrize("n", range(3, 13))
def test_every_vertex_of_a_polygon_is_tied_between_two_at_every_layer(n):
    run = Hardmax(rotation(n), alpha=1).run(polygon(n), layers=4)
    for k in range(5):
        assert run.attention(k) == tuple(frozenset({i, (i + 1) % n}) for i in range(n))


def test_numbers_of_the_result_are_exact_and_floats_of_it_are_rounded_once():
    run = Hardmax(alpha=1).run([["sqrt(2)", 0], ["1/2", "sqrt(2)"]], layers=2)
    root = run.tokens(0)[0][0]
    assert run.tokens(0) == [[root, 0], [Fraction(1, 2), root]] and root * root == 2
    assert [type(x) for x in run.tokens(0)[1]] == [Fraction, FieldNumber]
    assert run.floats(0).tolist() == [[2**0.5, 0.0], [0.5, 2**0.5]]
    assert run.sympy(0) == sympy.Matrix([[sympy.sqrt(2), 0], [sympy.Rational(1, 2), sympy.sqrt(2)]])
    cosine = Hardmax(alpha=1).run(polygon(7), layers=0).sympy(0)
    assert cosine[1, 0] == sympy.cos(2 * sympy.pi / 7)


def test_a_matrix_of_sympy_and_numbers_of_a_field_are_numbers():
    c, s = sympy.cos(sympy.pi / 7), sympy.sin(sympy.pi / 7)
    turn = Hardmax(sympy.Matrix([[c, -s], [s, c]]).tolist(), alpha=1)
    once = turn.run(polygon(7), layers=1)
    again = turn.run(once.tokens(1), layers=1)
    assert again.attention(0) == once.attention(1)
    assert Hardmax(rotation(7), alpha=1).run(polygon(7), layers=1).tokens(1) == once.tokens(1)


small = st.integers(-2, 2)


@st.composite
def field_systems(draw, text):
    """A system of two heads over a field, with its judged twin, and tokens; small numbers, so ties occur."""
    generator = number(text, "generator")
    rationals = st.fractions(-2, 2, max_denominator=2)
    numbers = st.builds(lambda a, b: a + b * generator, rationals, small)
    d, n = draw(st.integers(1, 2)), draw(st.integers(1, 4))
    matrix = st.lists(st.lists(numbers, min_size=d, max_size=d), min_size=d, max_size=d)
    A, B, V = draw(matrix), draw(matrix), draw(st.one_of(st.none(), matrix))
    tokens = draw(st.lists(st.lists(numbers, min_size=d, max_size=d), min_size=n, max_size=n))
    tau, ties = draw(numbers), draw(st.sampled_from(["mean", "first", "last"]))
    relu = draw(st.none() | st.tuples(matrix, st.lists(numbers, min_size=d, max_size=d), numbers))
    return A, B, V, tau, ties, relu, tokens


def tuples(rows):
    return None if rows is None else tuple(map(tuple, rows))


@pytest.mark.parametrize("text", GENERATORS)
def test_a_run_over_a_field_is_that_of_the_definition(text):
    @settings(max_examples=8)
    @given(field_systems(text))
    def check(drawn):
        A, B, V, tau, ties, relu, tokens = drawn
        causal = tuple(frozenset(range(i + 1)) for i in range(len(tokens)))
        heads = (
            JudgedHead((tuples(A),), None if V is None else (tuples(V),), causal, ties),
            JudgedHead((tuples(B),)),
        )
        block = (
            None
            if relu is None
            else (JudgedRelu(tuples(relu[0]), tuple(relu[1]), tuples(A), tuple(relu[1]), relu[2]),)
        )
        expected = judged_run(JudgedSystem(heads, (tau,), block), tuples(tokens), 2)
        given_relu = None if relu is None else Relu(relu[0], relu[1], A, relu[1], relu[2])
        try:
            system = HardAttention([Head(A, V, "causal", ties), Head(B)], tau=tau, relu=given_relu)
        except InputError:
            assert expected is None or len(expected) < 3
            return
        run = system.run(tokens, layers=2)
        for k, layer in enumerate(expected):
            assert run.head_attention(k) == layer.heads
            assert tuples(run.tokens(k)) == layer.tokens

    check()


def test_facts_over_a_field_are_those_of_the_definition():
    definite = Hardmax([["2", "sqrt(2)"], ["sqrt(2)", "2"]], alpha=1).facts(2)
    assert definite.symmetric and definite.definite is not None
    edge = Hardmax([["1", "sqrt(2)"], ["sqrt(2)", "2"]], alpha=1).facts(2)
    assert edge.semidefinite is not None and edge.definite is None
    beyond = Hardmax([["1", "sqrt(2)"], ["sqrt(2)", "19/10"]], alpha=1).facts(2)
    assert beyond.semidefinite is None and beyond.factorisation.value < 0
    assert not Hardmax([["1", "sqrt(2)"], ["sqrt(3)", "2"]], alpha=1).facts(2).symmetric
    assert Hardmax(tau="sqrt(2)").facts(1).convex_step is False
    assert Hardmax(tau="sqrt(2)/2").facts(1).convex_step is True


def test_matrices_that_differ_by_an_irrational_positive_factor_are_one_matrix():
    one, other = [["1", "sqrt(2)"], ["0", "1"]], [["sqrt(2)", "2"], ["0", "sqrt(2)"]]
    assert HardAttention([Head(one), Head(other)]).facts(2).matrix is not None
    assert HardAttention([Head(one), Head([["sqrt(2)", "2"], ["0", "-sqrt(2)"]])]).facts(2).matrix is None


BAD = {
    "sqrt(-1)": "real",
    "1/0*sqrt(2)": "0",
    "__import__('os')": "requires numbers",
    "9**9**9": "exponent|limit|bits|most",
    "root(x^2+1, 0..1)": "root",
    "pi": "real algebraic",
    "2^(1/10000)": "degree|index|most",
    "cos(2*pi/30011)": "degree|most",
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_real_algebraic_number_is_refused_in_one_line(text):
    for ask in (lambda: Hardmax().run([[text]]), lambda: Hardmax([[text]])):
        with pytest.raises(InputError, match=BAD[text]) as refusal:
            ask()
        assert "\n" not in str(refusal.value) and "[0][0]" in str(refusal.value)


def test_systems_over_a_field_are_what_their_documents_say():
    system = {"alpha": "sqrt(2)", "A": [["1-sqrt(3)", 0], [0, "1/2"]], "layers": 2}
    example = read_document({**system, "tokens": [["sqrt(6)/7", 1], ["1/2", "sqrt(3)"]]}, "one")
    again = read_document(example_document(example), "one")
    assert [own.tolist() for own in map(again.run().floats, range(3))] == [
        own.tolist() for own in map(example.run().floats, range(3))
    ]


def test_check_decides_hulls_and_limits_over_a_field_and_has_certificates():
    run = Hardmax([[-1, "sqrt(2)"], [0, 1]], alpha="-sqrt(2)").run([[1, "sqrt(2)"], [0, 1], [2, 0]], layers=2)
    found = check(run)
    outside = found.statements["hull-shrinkage"].witness
    values = [sum(a * x for a, x in zip(outside["functional"], row, strict=True)) for row in run.tokens(0)]
    assert max(values) == outside["largest_before"] < outside["after"]
    growing = found.statements["convergence"].witness
    assert growing["factor"] == number("17+12*sqrt(2)", "factor") and limit(run).status == "diverges"
    verdicts = [*found.hypotheses.values(), *found.statements.values()]
    decided = [own for own in verdicts if own.outcome != "undecided"]
    assert len(verify(certificate_text(found.certificate)).claims) == len(decided) > 10


def test_floats_leave_the_heptagon_at_its_first_layer():
    found = compare(Hardmax(rotation(7), alpha=1).run(polygon(7), layers=2))
    assert found.layer == 0 and all(row.margin == 0 for row in found.rows)
    assert all(
        own.lead > 0 for layer in found.margins for own in (layer if isinstance(layer, tuple) else (layer,))
    )


def test_a_run_over_a_field_is_the_same_after_a_journey_to_another_process():
    run = Hardmax(rotation(5), alpha="sqrt(5)").run(polygon(5), 4)
    expected = run.tokens(4), run.attention(4), run.floats(4).tolist()
    there = pickle.loads(pickle.dumps(run))
    assert (there.tokens(4), there.attention(4), there.floats(4).tolist()) == expected


def test_a_polygon_with_irrational_vertices_is_its_own_hull():
    start = Hardmax().run([*polygon(5), ["sqrt(2)/3", 0]], layers=0).start
    assert hull_polygon(start) == (3, 4, 0, 1, 2)
