"""Random expressions against mpmath at 120 digits: the right number, or one line that says why not."""

import ast
import re
from random import Random

import pytest
from flint import fmpz_poly
from mpmath import mp, mpf

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.joining import number
from tests.amounts import amount

DIGITS = 120
TINY = mpf(10) ** -80
"""What is smaller is 0: no expression of this length is so small otherwise."""

ROOT = re.compile(r"root\((.*?), (-?\d+)\.\.(-?\d+)\)")
LIMITS = ("degree", "limit", "bits", "operations", "levels", "exponent beyond", 'such as "3"')
"""Words of the refusals of what has a value: it is beyond a limit, or a sum of plain numbers."""


class NoValueError(Exception):
    """There is no real number."""


def leaf(random: Random) -> str:
    p, q = random.randint(-9, 9), random.randint(1, 15)
    terms = "+".join(f"({random.randint(-5, 5)})*x^{k}" for k in range(random.randint(1, 5), -1, -1))
    ends = f"{random.randint(-3, 2)}..{random.randint(0, 4)}"
    choices = [f"{abs(p)}", f"{abs(p)}/{q - 1}", f"{abs(p) / 10}", f"sqrt({abs(p)})", f"{q}^(1/{1 + q % 5})"]
    choices += [f"{name}({p}*pi/{q})" for name in ("cos", "sin", "tan")]
    return random.choice([*choices, f"cbrt({p})", f"root({terms}, {ends})"])


def expression(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.1:
        return leaf(random)
    x, y = (expression(random, depth - 1) for _ in range(2))
    power = random.choice(["2", "3", "-1", "(1/2)", "(1/3)", "(-2/3)", "0", "-3", "2^2", "(2/5)", "7"])
    two = random.randint(2, 5)
    choices = [
        f"{x}+{y}",
        f"{x}-{y}",
        f"{x}*{y}",
        f"({x})/({y})",
        f"-{x}",
        f"({x})^{power}",
        f"({x})**{power}",
    ]
    choices += [f"sqrt({x})", f"cbrt({x})", f"1/(({x})-({y}))", f"1/(({x})-({x}))", f"sqrt(({x})^2)-({x})"]
    return random.choice([*choices, f"(({x}))", f"1/(sqrt({two})^2-{two})"])


def value(text: str) -> mpf:
    """The value of a text by the grammar of Python; raises NoValueError where there is none."""
    plain = ROOT.sub(lambda found: f"root({found[1]!r}, {found[2]}, {found[3]})", text).replace("^", "**")
    return evaluated(ast.parse(plain, mode="eval").body)


def evaluated(node: ast.expr) -> mpf:
    found = _evaluated(node)
    return mpf(0) if abs(found) < TINY else found


def _evaluated(node: ast.expr) -> mpf:
    if isinstance(node, ast.Constant):
        return mpf(repr(node.value))
    if isinstance(node, ast.Name):
        return +mp.pi
    if isinstance(node, ast.UnaryOp):
        return -evaluated(node.operand)
    if isinstance(node, ast.BinOp):
        return combined(type(node.op), evaluated(node.left), evaluated(node.right))
    name = node.func.id
    if name == "root":
        return root_of(*(ast.literal_eval(own) for own in node.args))
    x = evaluated(node.args[0])
    if (name == "sqrt" and x < 0) or (name == "tan" and abs(mp.cos(x)) < TINY):
        raise NoValueError
    return mp.sign(x) * mp.cbrt(abs(x)) if name == "cbrt" else getattr(mp, name)(x)


def combined(operator: type, x: mpf, y: mpf) -> mpf:
    if operator is ast.Div and y == 0:
        raise NoValueError
    if operator is ast.Pow:
        whole = mp.nint(y)
        if (x == 0 and y <= 0) or (x < 0 and abs(y - whole) > TINY):
            raise NoValueError
        return x ** (int(whole) if abs(y - whole) < TINY else y)
    return {ast.Add: x + y, ast.Sub: x - y, ast.Mult: x * y, ast.Div: x / (y or 1)}[operator]


def root_of(terms: str, low: int, high: int) -> mpf:
    """The only root in an interval; polynomials are drawn with exponents in falling order."""
    whole = fmpz_poly([int(own) for own in re.findall(r"\((-?\d+)\)\*", terms)][::-1])
    if whole.degree() < 1:
        raise NoValueError
    simple = whole // whole.gcd(whole.derivative())  # the same roots, each once
    entries = [int(own) for own in simple.coeffs()][::-1]
    found: list[mpf] = []
    for root in mp.polyroots(entries, maxsteps=500, extraprec=1000, error=False):
        inside = (
            abs(mp.im(root)) < mpf(10) ** -25 and low - mpf(10) ** -25 < mp.re(root) < high + mpf(10) ** -25
        )
        if inside and all(abs(mp.re(root) - own) > mpf(10) ** -20 for own in found):
            found.append(mp.re(root))
    if len(found) != 1 or low > high:
        raise NoValueError
    return found[0]


def read(text: str) -> mpf:
    found = number(text, "alpha")
    if not isinstance(found, FieldNumber):
        return mpf(found.numerator) / found.denominator
    ball = found.root.value(found.polynomial.numer(), 4 * DIGITS + 200)
    return mpf(ball.mid().str(DIGITS + 40, radius=False)) / int(found.polynomial.denom())


def agree(seed: int) -> str:
    """Compare one text; return what became of it."""
    random = Random(f"expression {seed}")
    text = expression(random, random.choice([1, 2, 2, 3, 3, 4]))
    try:
        wanted = value(text)
    except NoValueError:
        with pytest.raises(NumberError) as caught:
            print(text, number(text, "alpha"))
        assert "\n" not in str(caught.value) and len(str(caught.value)) < 500
        return "no value"
    try:
        found = read(text)
    except NumberError as error:
        assert str(error).startswith("alpha: ") and "\n" not in str(error)
        assert any(word in str(error) for word in LIMITS), f"{text}: {error}"
        return "beyond a limit"
    assert abs(found - wanted) <= mpf(10) ** -60 * max(1, abs(wanted)), text
    return "right"


def tried(seeds: range) -> dict[str, int]:
    with mp.workdps(DIGITS):
        fates = [agree(seed) for seed in seeds]
    return {fate: fates.count(fate) for fate in sorted(set(fates))}


def test_an_expression_is_the_number_that_mpmath_says_or_is_refused() -> None:
    counts = tried(range(300))
    assert counts["right"] > 100 and counts["no value"] > 30


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_many_expressions_are_the_numbers_that_mpmath_says_or_are_refused(part: int) -> None:
    size = amount(100, 1000)
    print(tried(range(1000 * (part + 1), 1000 * (part + 1) + size)))


PIECES = [
    *"0123456789.,()+-*/^ xe_",
    "..",
    "**",
    "sqrt(",
    "cbrt(",
    "cos(",
    "tan(",
    "pi",
    "root(",
    "1e9",
    "^9^9",
]
PIECES += [
    "\u0663",
    "\uff12",
    "\u00b2",
    "\u221a",
    "\u03c0",
    "\u2212",
    "\u00a0",
    "\n",
    "\x00",
    "'",
    '"',
    "\\",
    "lambda",
    "__",
]


@pytest.mark.parametrize("length", [3, 8, 30])
def test_pieces_in_any_order_are_a_number_or_one_line(length: int) -> None:
    """Digits of other scripts, signs that look like others, powers of powers, brackets that never close."""
    random, read_at_all = Random(f"pieces {length}"), 0
    for _ in range(amount(400, 3500)):
        text = "".join(random.choice(PIECES) for _ in range(random.randint(1, length)))
        try:
            number(text, "alpha")
        except NumberError as error:
            assert str(error).startswith("alpha: ") and "\n" not in str(error), repr(text)
            continue
        read_at_all += 1
    assert read_at_all > 0 or length == 30
