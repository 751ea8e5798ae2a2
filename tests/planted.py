"""Questions about all matrices with a known kind of answer: attention graphs that occur, or nearly do."""

from __future__ import annotations

import random
from fractions import Fraction

import z3

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.lead import Lead, Question
from exactdyn.numbers.points import Points
from proofs_checks import Certificate, verify

GENERAL = {d: matrix_class("general", d) for d in range(1, 5)}


def question(rows, kind="general", alpha=1, layer=0, pattern=None):
    start = Points.from_rows(rows)
    return Question(Fraction(alpha), start, matrix_class(kind, start.dimension, pattern), layer)


def accepted(asked: Question, answer: Lead) -> Certificate:
    """What proofs_checks reads in the certificate of an answer."""
    data = family_certificate_data(asked.matrices, asked.around, asked.start, asked.layer, answer.claim)
    return verify(certificate_text(data))


def attention_question(count, dimension, kind, gap, seed):
    """Tokens, and for each the one token that it is to attend.

    ``kind``: "feasible" graphs belong to some matrix, "random" ones to none as a rule, "swapped" ones are
    feasible but for one token. With a gap of b bits some tokens are moved to 2^-b next to others.
    """
    draw = random.Random(f"{count} {dimension} {kind} {gap} {seed}")
    tokens = [[Fraction(draw.randint(-128, 127), 256) for _ in range(dimension)] for _ in range(count)]
    A = [[draw.randint(-99, 99) for _ in range(dimension)] for _ in range(dimension)]
    if gap:
        for moved in range(0, count, 3):
            j = draw.choice([j for j in range(count) if j != moved])
            tokens[moved] = [x + Fraction(draw.randint(-3, 3), 2**gap) for x in tokens[j]]
    orders = []
    for z in tokens:
        image = [sum(a * x for a, x in zip(row, z, strict=True)) for row in A]
        scores = [sum(a * b for a, b in zip(image, other, strict=True)) for other in tokens]
        orders.append(sorted(range(count), key=scores.__getitem__, reverse=True))
    targets = [draw.randrange(count) if kind == "random" else order[0] for order in orders]
    if kind == "swapped":
        i = draw.randrange(count)
        targets[i] = orders[i][1]
    return Question(Fraction(1), Points.from_rows(tokens), GENERAL[dimension]), {
        i: frozenset({j}) for i, j in enumerate(targets)
    }


def z3_finds_a_matrix(asked: Question, sets) -> bool:
    """Whether z3 finds a matrix for which every token attends its set, a single token, alone."""
    d, rows = asked.start.dimension, asked.start.rows()
    A = [[z3.Real(f"a{r}{c}") for c in range(d)] for r in range(d)]
    solver = z3.Solver()
    for i, own in sets.items():
        (j,) = own
        for other in range(len(rows)):
            if other != j:
                w = [x - y for x, y in zip(rows[j], rows[other], strict=True)]
                terms = [A[r][c] * z3.RealVal(str(w[r] * rows[i][c])) for r in range(d) for c in range(d)]
                solver.add(z3.Sum(terms) > 0)
    return solver.check() == z3.sat
