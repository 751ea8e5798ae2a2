"""The cells of a parameter as a certificate, accepted by the checker before it is handed out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import fmpz_poly

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError, UncertifiedError
from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.numbers.reading import Row
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.critical import cut, of_facts, of_meeting, of_zeros
from exactdyn.parameters.exploration import LayerPiece
from exactdyn.parameters.line import Line, Linear
from exactdyn.parameters.minors import SIZE_LIMIT
from exactdyn.parameters.roots import Root
from exactdyn.parameters.rows import polynomial_rows
from exactdyn.parameters.value import ParameterValue
from proofs_checks import MalformedError, RejectedError, verify
from proofs_checks.parameters.certificate import FORMAT

GAP_PARTS = (2**6, 2**20, 2**60, 2**200)
"""How often the intervals of the points fit into the gaps between them; the next if one is too coarse."""


def parameter_certificate(found: ParameterCells) -> str:
    """Return the text of a certificate of cells that the checker has accepted.

    Raises :class:`~exactdyn.errors.InputError` for cells that do not reach to the end, and
    :class:`~exactdyn.errors.UncertifiedError` if the checker does not accept it: then nothing is said.
    Source: ``proofs_checks/parameters/FORMAT.md``.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> text = parameter_certificate(cells(Hardmax(), tokens=[[1], ["1/2"]]))
    >>> json.loads(text)["cells"]["pieces"][0]["closed"]
    {'lemma': 'lock-in'}
    """
    if not found.finished:
        raise InputError("certificate: requires cells up to the end, got some of them")
    places = _places(found)
    reason = ""
    for parts in GAP_PARTS:
        points = _points(places, parts)
        text = _text(found, places, points)
        try:
            verify(text, patient=True)
        except RejectedError as error:
            reason = str(error)  # the intervals may be too wide to show a sign beside a point
            continue
        except MalformedError as error:  # a tree of cells is nested, and may be so more deeply than is read
            raise UncertifiedError(f"the checker does not read these cells: {error}") from None
        return text
    raise UncertifiedError(f"the checker does not accept these cells: {reason}")


def _places(found: ParameterCells) -> list[Root]:
    """Return all ends of regions of the tree, from low to high."""
    ends: list[Root] = []
    for cell in found.cells:
        for root in (cell.low.place, cell.high.place):
            if not ends or ends[-1] is not root:
                ends.append(root)
    return ends


def _points(places: Sequence[Root], parts: int) -> list[dict[str, object]]:
    """Return the points as data: intervals in order, apart, so many of each fitting into the gaps beside."""
    for low, high in pairwise(places):
        while not low.high < high.low:
            low.halve()
            high.halve()
    gaps = [high.low - low.high for low, high in pairwise(places)]
    rooms = [min(beside) for beside in zip([gaps[0], *gaps], [*gaps, gaps[-1]], strict=True)]
    return [_point(root, room / parts) for root, room in zip(places, rooms, strict=True)]


def _point(root: Root, width: Fraction) -> dict[str, object]:
    # The checker wants a root between two numbers that are none: of a rational one the next multiples of a
    # power of 1/2 on both sides.
    root.within(width)
    low, high = root.low, root.high
    if root.number is not None:
        power = 1
        while power * width < 4:
            power *= 2
        place = root.number * power
        below = -(-place.numerator // place.denominator) - 1
        above = place.numerator // place.denominator + 1
        low, high = Fraction(below, power), Fraction(above, power)
    return {"polynomial": [int(c) for c in root.polynomial.coeffs()], "interval": [encode(low), encode(high)]}


def _text(found: ParameterCells, places: Sequence[Root], points: Sequence[dict[str, object]]) -> str:
    index = {id(root): place for place, root in enumerate(places)}
    data: dict[str, object] = {"format": FORMAT, "version": 1, "line": _line(found.line), "points": points}
    if not _moves(found.line):
        form = factorise(found.line.matrix[0])
        if isinstance(form, Factorisation):
            data["semidefinite"] = encode({"lower": form.lower, "diagonal": form.diagonal})
    data["cells"] = _next(found.exploration.top, index)
    data["statements"] = list(carried(found))
    return json.dumps(data) + "\n"


ALWAYS = ("hull-shrinkage", "leaders-persist", "leaders-extreme")
"""Statements that hold for every value, whatever A and the tokens are."""


def carried(found: ParameterCells) -> tuple[str, ...]:
    """Return the statements that a certificate of cells claims for every value of the parameter.

    They are those that lemmas prove of A and the first tokens, or that follow from closed cells.
    Source: ``proofs_checks/parameters/FORMAT.md``, section "Statements".

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> carried(cells(Hardmax([[-1]]), tokens=[[1], [-1]]))[3:]
    ('convergence', 'attention-settles')
    """
    line, names = found.line, dict.fromkeys(ALWAYS)
    if _form_is_known(found):
        facts = ParameterValue.inside(line, found.exploration.whole).start.facts
        low_rank = facts.low_rank is not None and (not _moves(line) or line.dimension <= 2)
        tokens = polynomial_rows(line.tokens)
        grows = facts.symmetric and facts.definite is not None
        asked = {
            "distinctness-preserved": facts.semidefinite is not None,
            "norm-growth": grows,
            "convergence": grows or low_rank,
            "leader-vertex": grows and not _somewhere(found, of_meeting([tokens])),
            "limit-set": grows and not _somewhere(found, of_zeros([tokens])),
            "attention-settles": low_rank,
        }
        names |= {name: None for name, proved in asked.items() if proved}
    if found.complete and all(cell.limit_state is not None for cell in found.cells):
        names["convergence"] = None
    if found.complete and not {"basin", "periodic-itinerary"} & {cell.lemma for cell in found.cells}:
        names["attention-settles"] = None
    return tuple(names)


def _moves(line: Line) -> bool:
    """Tell whether an entry of A depends on the parameter."""
    return any(any(row) for slope in line.matrix[1:] for row in slope)


def _form_is_known(found: ParameterCells) -> bool:
    """Tell whether symmetry and definiteness of A are the same for all values, and the checker sees it."""
    if not _moves(found.line):
        return True
    parts = cut(found.exploration.whole, of_facts(found.line), found.exploration.roots)
    return len(parts) == 1 and found.line.dimension <= SIZE_LIMIT


def _somewhere(found: ParameterCells, polynomials: Iterable[fmpz_poly]) -> bool:
    """Tell whether one of some polynomials is 0 for a value of the parameter."""
    return any(p.is_zero() or found.exploration.roots.of(p) for p in polynomials)


def _line(line: Line) -> dict[str, object]:
    own: dict[str, object] = {"parameter": line.name}
    if line.tau is not None:
        own["alpha"] = encode(line.tau / (1 - line.tau))
    return own | {"A": _rows(line.matrix), "tokens": _rows(line.tokens)}


def _rows(rows: Linear) -> object:
    return [[_entry(entries) for entries in zip(*row, strict=True)] for row in zip(*rows, strict=True)]


def _entry(entries: Row) -> object:
    return encode(entries[0] if not any(entries[1:]) else list(entries))


def _next(pieces: Sequence[LayerPiece], index: dict[int, int]) -> dict[str, object]:
    ends = [index[id(piece.region.low)] for piece in pieces if piece.region.point]
    inside = ends if len(pieces) > 1 else []
    return {"at": inside, "pieces": [_node(piece, index) for piece in pieces]}


def _node(piece: LayerPiece, index: dict[int, int]) -> dict[str, object]:
    layers = [list(_changes(piece))]
    while piece.closing is None and len(piece.below) == 1:
        (piece,) = piece.below
        layers.append(list(_changes(piece)))
    node: dict[str, object] = {"attention": layers}
    if piece.closing is not None:
        node["closed"] = {"lemma": piece.closing.lemma, **_encoded(piece)}
    elif piece.below:
        node["next"] = _next(piece.below, index)
    return node


def _encoded(piece: LayerPiece) -> dict[str, object]:
    evidence = {} if piece.closing is None else piece.closing.evidence
    return {name: encode(value) for name, value in evidence.items()}


def _changes(piece: LayerPiece) -> Iterator[list[object]]:
    """Yield the tokens whose sets are not those of the layer before, each with its set."""
    before = piece.above.sets if piece.above is not None else (frozenset[int](),) * len(piece.sets)
    for token, (own, earlier) in enumerate(zip(piece.sets, before, strict=True)):
        if own != earlier:
            yield [token, sorted(own)]
