"""Terms and commands of SMT-LIB 2.6, and how what is asked is written down.

Source: Barrett, Fontaine, Tinelli, The SMT-LIB Standard, version 2.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from flint import fmpz


def number(value: Fraction | int) -> str:
    """Return a rational number as a term.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> number(Fraction(-1, 18)), number(2)
    ('(- (/ 1.0 18.0))', '2.0')
    """
    value = Fraction(value)
    above, below = (f"{fmpz(part)}.0" for part in (abs(value.numerator), value.denominator))
    size = above if value.denominator == 1 else f"(/ {above} {below})"
    return f"(- {size})" if value < 0 else size


def applied(function: str, terms: Iterable[str], empty: str) -> str:
    """Return a function of any number of terms; of one it is that, of none ``empty``.

    >>> applied("or", ["a", "b"], "false"), applied("or", ["a"], "false"), applied("or", [], "false")
    ('(or a b)', 'a', 'false')
    """
    found = list(terms)
    if len(found) < 2:
        return found[0] if found else empty
    return f"({function} {' '.join(found)})"


def both(terms: Iterable[str]) -> str:
    """Return that all of some formulas hold.

    >>> both(["a", "b"])
    '(and a b)'
    """
    return applied("and", terms, "true")


def either(terms: Iterable[str]) -> str:
    """Return that one of some formulas holds.

    >>> either([])
    'false'
    """
    return applied("or", terms, "false")


def denied(formula: str) -> str:
    """Return that a formula does not hold.

    >>> denied("a")
    '(not a)'
    """
    return f"(not {formula})"


def total(terms: Iterable[str]) -> str:
    """Return a sum.

    >>> total(["x", "y"])
    '(+ x y)'
    """
    return applied("+", terms, "0.0")


def times(factor: Fraction | int, term: str) -> str:
    """Return a multiple of a term.

    >>> times(1, "x"), times(Fraction(1, 2), "x")
    ('x', '(* (/ 1.0 2.0) x)')
    """
    return term if factor == 1 else f"(* {number(factor)} {term})"


def weighted(factors: Iterable[Fraction], terms: Iterable[str]) -> str:
    """Return a sum of multiples, without those by 0.

    >>> weighted([Fraction(2), Fraction(0)], ["x", "y"])
    '(* 2.0 x)'
    """
    return total(times(factor, term) for factor, term in zip(factors, terms, strict=True) if factor)


def define(name: str, term: str, sort: str = "Real") -> str:
    """Return the command that gives a term a name.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> define("alpha", "2.0")
    '(define-fun alpha () Real 2.0)'
    """
    return f"(define-fun {name} () {sort} {term})"


def declare(name: str, sort: str = "Real") -> str:
    """Return the command that makes a name stand for any number.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> declare("x")
    '(declare-const x Real)'
    """
    return f"(declare-const {name} {sort})"


def require(formula: str) -> str:
    """Return the command that assumes a formula.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> require("a")
    '(assert a)'
    """
    return f"(assert {formula})"


def within(lines: Iterable[str]) -> Iterator[str]:
    """Go through commands whose names and assumptions are forgotten afterwards.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> list(within(["(assert a)"]))
    ['(push 1)', '(assert a)', '(pop 1)']
    """
    yield "(push 1)"
    yield from lines
    yield "(pop 1)"


def ask(title: str, lines: Iterable[str], expected: str = "unsat") -> Iterator[str]:
    """Go through the commands that ask whether assumptions can be met; ``expected``: sat or unsat.

    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> list(ask("of nothing", ["(assert false)"]))[1]
    '(echo "of nothing: unsat")'
    """
    asked = [*lines, f"(set-info :status {expected})", "(check-sat)"]
    return within([f'(echo "{title}: {expected}")', *asked])
