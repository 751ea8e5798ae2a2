"""Documents of every kind of system: what they mean, written and read again, and what is refused."""

from fractions import Fraction

import pytest

from exactdyn import Example, HardAttention, Hardmax, Head, Relu, load_example
from exactdyn.documents import example_document, write_example
from tests.example_files import refusal, saved

TOKENS = "tokens = [[1, 0], [0, 1], [1, 1]]\n"
I2 = [[1, 0], [0, 1]]
TURN = [[0, -1], [1, 0]]
BLOCK = "[relu]\nW1 = [[1, 0]]\nb1 = [0]\nW2 = [[1], [0]]\nb2 = [0, 0.5]\n"
RELU = Relu([[1, 0]], [0], [[1], [0]], [0, "1/2"])
KINDS = {
    "formula": ('tau = "2/(k+2)"', Hardmax(tau="2/(k+2)")),
    "formula of alpha": ('alpha = "2/(k+2)"', Hardmax(alpha="2/(k+2)")),
    "list": ("alpha = [1, 0.5, 3]\nperiod = 2", Hardmax(alpha=[1, "1/2", 3], period=2)),
    "tau": ('tau = ["1", "1/2"]', Hardmax(tau=[1, "1/2"])),
    "layers": ("alpha = 1\nA = [[[1, 0], [0, 1]], [[0, -1], [1, 0]]]", Hardmax([I2, TURN], 1)),
    "queries and keys": ("alpha = 1\nQ = [[1, 2]]\nK = [[0, 3]]", Hardmax([[0, 0], [3, 6]], 1)),
    "values": ('alpha = 1\nV = [["3/2", 0], [0, "7/3"]]', Hardmax(alpha=1, V=[["3/2", 0], [0, "7/3"]])),
    "causal": ('alpha = 1\nmask = "causal"', Hardmax(alpha=1, mask="causal")),
    "rows": (
        "alpha = 1\nmask = [[1, 0, 0], [0, 1, 1], [1, 1, 1]]",
        Hardmax(alpha=1, mask=[[1, 0, 0], [0, 1, 1], [1, 1, 1]]),
    ),
    "ties": ('alpha = 1\nties = "last"', Hardmax(alpha=1, ties="last")),
    "unnormalised": (
        'alpha = [1, 2]\nform = "unnormalised"\nV = [[2, 0], [0, 2]]',
        Hardmax(alpha=[1, 2], form="unnormalised", V=[[2, 0], [0, 2]]),
    ),
    "heads": (
        'alpha = 1\nmask = "causal"\nties = "first"\n[[heads]]\n[[heads]]\nA = [[0, -1], [1, 0]]\n'
        'mask = "strict"\nties = "mean"',
        HardAttention([Head(mask="causal", ties="first"), Head(TURN, mask="strict")], 1),
    ),
    "one of heads": ("alpha = 1\n[[heads]]\nV = [[2, 0], [0, 2]]", Hardmax(alpha=1, V=[[2, 0], [0, 2]])),
    "block": (f'alpha = 1\nmask = "causal"\n{BLOCK}', HardAttention([Head(mask="causal")], 1, relu=RELU)),
    "blocks": (
        "alpha = 1\nperiod = 2\n" + 2 * BLOCK.replace("[relu]", "[[relu]]"),
        HardAttention([Head()], 1, relu=[RELU, RELU], period=2),
    ),
}


def stated(folder, text):
    # Tokens come first: what follows the head of a table belongs to it.
    return load_example(saved(folder, "kind.toml", TOKENS + text))


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_states_the_system_that_python_does(tmp_path, kind):
    text, system = KINDS[kind]
    example = stated(tmp_path, text)
    assert example.system == system
    assert type(example.system) is type(system)
    assert example.run(3).tokens(3) == system.run(example.tokens, 3).tokens(3)


@pytest.mark.parametrize("format", ["toml", "json"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_reads_the_same(tmp_path, kind, format):
    system = KINDS[kind][1]
    tokens = tuple(tuple(map(Fraction, row)) for row in [(1, 0), (0, 1), ("1/3", 1)])
    example = Example("again", "", system, tokens, layers=7)
    text = write_example(example_document(example), format)
    again = load_example(saved(tmp_path, f"again.{format}", text))
    assert again == example
    assert write_example(example_document(again), format) == text


def test_fields_that_a_document_states_are_those_that_count():
    example = Example("made", "", KINDS["heads"][1], ((Fraction(1),) * 2,) * 3)
    assert example.stated == {"tokens", "alpha", "heads"}
    assert Example("made", "", Hardmax(tau="1/(k+2)", V=I2), ((Fraction(1),) * 2,)).stated == {
        "tokens",
        "tau",
        "V",
    }


def test_alpha_beside_a_table_may_be_a_formula(tmp_path):
    table = saved(tmp_path, "tokens.csv", "1,2\n3,4\n")
    assert load_example(table, alpha="2/(k+2)").system == Hardmax(alpha="2/(k+2)")


HEADS = "[[heads]]\nA = [[1, 0], [0, 1]]\n[[heads]]\n"


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("alpha = 1\ntau = 0.5", "tau: requires no alpha beside it, tau = alpha/(1+alpha), got both"),
        ('alpha = "1/(k-3)"', "alpha: requires a value at every layer, got a pole of 1/(k-3) at layer 3"),
        ('tau = "2k"', "tau: '2k': requires an operator or the end at 'k'"),
        ("alpha = [1, 2]\nperiod = 3", "alpha: requires 1 entry or at least 3, the period, got 2"),
        ("alpha = 1\nperiod = 0", "period: requires an integer of at least 1, got 0"),
        ("alpha = 1\nperiod = 2", "period: requires a list of alpha, tau, A, V or relu"),
        ('tau = "2/(k+2)"\nperiod = 2\nA = [[[2, 0], [0, 2]]]', "period: requires a list of alpha, tau, A"),
        (
            "alpha = 1\nperiod = 3\nA = [[[1, 0], [0, 1]], [[1, 0], [0, 1]]]",
            "A: requires 1 entry or at least",
        ),
        ("alpha = 1\nA = [[1, 0], [0, 1]]\nQ = [[1, 0]]\nK = [[1, 0]]", "A: requires no Q beside it"),
        ("alpha = 1\nQ = [[1, 0]]", "Q: requires K beside it, A = K^T Q, got none"),
        ("alpha = 1\nK = [[1, 0]]", "K: requires Q beside it, A = K^T Q, got none"),
        ("alpha = 1\nQ = [[1]]\nK = [[1]]", "Q: requires 2 columns for these tokens, got 1"),
        ("alpha = 1\nV = [[1, 0]]", "V: requires a square matrix, got 1 x 2"),
        ("alpha = 1\nV = [[1]]", "V: requires 2 x 2 for these tokens, got 1 x 1"),
        ("alpha = 1\nV = [[-1, 0], [0, 1]]", "V: requires a normalised step at layer 0, got none"),
        ('alpha = 1\nmask = "window"', 'mask: requires "causal", "strict" or rows of 0/1, got \'window\''),
        ("alpha = 1\nmask = [[1, 0], [0, 1]]", "mask: requires 3 x 3 for these tokens, got 2 x 2"),
        (
            "alpha = 1\nmask = [[1, 0, 0], [0, 0, 0], [1, 1, 1]]",
            "mask[1]: requires a 1, got none: token 1 sees",
        ),
        ("alpha = 1\nmask = [[1, 2, 0], [0, 1, 0], [1, 1, 1]]", "mask[0][1]: requires 0 or 1, got "),
        ('alpha = 1\nties = "all"', 'ties: requires "mean", "first" or "last", got \'all\''),
        ("alpha = 1\nheads = []", "heads: requires at least one table, got none"),
        ("alpha = 1\nheads = 3", "heads: requires a list of tables, got 3"),
        ("alpha = 1\nheads = [3]", "heads[0]: requires a table, got 3"),
        (f"alpha = 1\nA = [[1, 0], [0, 1]]\n{HEADS}", "A: requires no heads beside it"),
        (f"alpha = 1\nV = [[1, 0], [0, 1]]\n{HEADS}", "V: requires no heads beside it"),
        (f"alpha = 1\n{HEADS}B = 1", "heads[1].B: unknown field, requires one of A, V, mask, ties, Q, K"),
        (f"alpha = 1\n{HEADS}A = [[1, true]]", "heads[1].A[0][1]: requires a number, got the truth value"),
        (f"alpha = 1\n{HEADS}A = [[1]]", "heads[1].A: requires 2 x 2 for these tokens, got 1 x 1"),
        (f"alpha = 1\n{HEADS}V = [[1]]", "heads[1].V: requires "),
        (f"alpha = 1\n{HEADS}Q = [[1, 0]]", "heads[1].Q: requires K beside it"),
        (f"alpha = 1\n{HEADS}Q = [[1]]\nK = [[1]]", "heads[1].Q: requires 2 columns for these tokens, got 1"),
        (f"alpha = 1\n{HEADS}mask = [[1, 0], [0, 1]]", "heads[1].mask: requires 3 x 3 for these tokens"),
        (f'alpha = 1\n{HEADS}ties = "all"', 'heads[1].ties: requires "mean", "first" or "last"'),
        ("alpha = 1\nrelu = 3", "relu: requires a list of tables, got 3"),
        ("alpha = 1\n[relu]\nW1 = [[1, 0]]", "relu.b1: requires a value, got none"),
        (f"alpha = 1\n{BLOCK}c = 1", "relu.c: unknown field, requires one of W1, b1, W2, b2, eta"),
        (f"alpha = 1\n{BLOCK}eta = true", "relu.eta: requires a number, got the truth value True"),
        (f"alpha = 1\n{BLOCK.replace('[0]', '[0, 1]', 1)}", "relu.b1: requires 1 numbers, got 2"),
        (
            f"alpha = 1\n{BLOCK.replace('[relu]', '[[relu]]')}[[relu]]\nW1 = [[1]]\nb1 = [0]\nb2 = [0]",
            "relu[1].W2: requires a value, got none",
        ),
        ("alpha = 1\nA = [[1]]\n" + BLOCK, "A: requires 2 x 2 for these tokens, got 1 x 1"),
        ('alpha = 1\nform = "unnormalised"\n' + BLOCK, 'form: requires "normalised" where there is a ReLU'),
        ('mask = "window"', 'mask: requires "causal"'),
    ],
)
def test_a_bad_field_is_named_with_its_place(tmp_path, rest, line):
    assert refusal(saved(tmp_path, "bad.toml", TOKENS + rest)).startswith(f"bad.toml: {line}")
