"""Rows of nodes by which a difference of scores stays positive though its rates are irrational."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import product
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_mat

from exactdyn.limits.cones import near, roots_of
from exactdyn.limits.recurrence import minimal_polynomial
from exactdyn.numbers.rationals import RATIONALS

Rows = tuple[tuple[fmpq, ...], ...]

_CLOSE = (1.0, 0.99, 1.01, 0.9, 1.1)
_PARTS = (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
_APART = 1e-9


def node_rows(form: fmpq_mat, companion: fmpq_mat) -> Rows | None:
    """Return rows of nodes that leave nothing of a difference of scores, or None where none are found.

    The factors of its minimal polynomial are joined to blocks, each with one largest root, a positive one,
    slow blocks first. The nodes of a block are rational numbers near its roots: x - node multiplied over all
    of them is the block and a combination, with weights that are not negative, of fewer such factors.
    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> node_rows(fmpq_mat([[1, 0], [0, 0]]), fmpq_mat([["1/2", 0], [0, "1/3"]]))
    ((1/4,),)
    """
    sequence = _sequence(form, companion)
    common = reduce(fmpz.lcm, (x.q for x in sequence))
    window = len(sequence) // 2
    whole = [x.p * (common // x.q) for x in sequence]
    terms = [([fmpz_mat([whole[start : start + window]])], common) for start in range(window + 1)]
    polynomial: Any = minimal_polynomial(terms, RATIONALS)
    blocks = None if polynomial is None or polynomial(0) == 0 else _blocks(polynomial)
    if blocks is None:
        return None
    rows: list[tuple[fmpq, ...]] = []
    for block in blocks:
        own = _block_rows(block)
        if own is None:
            return None
        before = (fmpq(0),) * len(rows)
        rows += [before + row for row in own]
    return tuple(rows)


def _sequence(form: fmpq_mat, companion: fmpq_mat) -> list[fmpq]:
    size = companion.nrows()
    w = fmpq_mat([[fmpq(int(r == 0))] for r in range(size)])
    found = []
    for _ in range(size * (size + 1) + 1):
        found.append((w.transpose() * form * w)[0, 0])
        w = companion * w
    return found


def _blocks(polynomial: Any) -> list[Any] | None:
    """Return products of factors, each with one largest root, a positive one; None if one is left over."""
    good: list[tuple[float, Any]] = []
    left: list[tuple[float, Any]] = []
    for factor, multiplicity in polynomial.factor()[1]:
        *others, largest = sorted(roots_of(factor), key=abs)
        size = abs(largest)
        alone = all(abs(root) < size * (1 - _APART) for root in others)
        positive = largest.real > 0 and abs(largest.imag) < size * 1e-12
        (good if alone and positive else left).extend([(size, factor)] * multiplicity)
    blocks = [*sorted(good, key=lambda block: block[0])]
    for size, factor in left:
        place = next((k for k, (top, _) in enumerate(blocks) if top > size * (1 + _APART)), None)
        if place is None:
            return None
        blocks[place] = (blocks[place][0], blocks[place][1] * factor)
    return [block for _, block in blocks]


def _block_rows(block: Any) -> Rows | None:
    size = int(block.degree())
    monic = block / block.coeffs()[-1]
    if size == 1:
        return ((-monic.coeffs()[0],),)
    for nodes in _candidates(block):
        weights = _weights(monic, nodes)
        if weights is not None:
            first = [(fmpq(0),) * place + (node,) for place, node in enumerate(nodes[:-1])]
            return (*first, (*weights[:-1], nodes[-1] + weights[-1]))
    return None


def _candidates(block: Any) -> Iterator[list[fmpq]]:
    """Yield as many positive numbers as a block has roots: near its positive roots, and some between."""
    size = int(block.degree())
    *others, largest = sorted(roots_of(block), key=abs)
    top = abs(largest)
    slow = [root.real for root in others if root.real > 0 and abs(root.imag) < 1e-12 * top]
    for part in _PARTS:
        yield [near(top * part, 10**6)] * size
    for shifts, part in product(product(_CLOSE, repeat=min(len(slow), 4)), _PARTS):
        own = [root * shift for root, shift in zip(slow, shifts, strict=False)]
        for last in ([top * 0.9], [top * part]):
            filled = [*sorted([*own, *[top * part] * (size - 1 - len(own))]), *last][:size]
            yield [near(value, 10**6) for value in filled]


def _weights(block: Any, nodes: list[fmpq]) -> list[fmpq] | None:
    """Return b_l >= 0 with prod (x - node) = block + sum_l b_l prod_{first l} (x - node), or None."""
    basis = [fmpq_poly([1])]
    for node in nodes:
        basis.append(basis[-1] * fmpq_poly([-node, 1]))
    rest, found = basis.pop() - block, []
    for element in reversed(basis):
        degree = int(element.degree())
        weight = rest[degree]
        if weight < 0:
            return None
        found.append(weight)
        rest -= element * weight
    return found[::-1]
