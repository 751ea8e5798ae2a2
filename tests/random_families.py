"""Random certificates about families: forced zeros, merging tokens, copies, tau > 1, n = 1, d > n."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random
from typing import Any

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import MatrixClass, matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.lead import Question, lead, realise
from exactdyn.families.questions.statement import (
    StatementQuestion,
    assembled,
    explore,
    statement_claim,
)
from exactdyn.families.setting import Around
from exactdyn.numbers.points import Points
from exactdyn.statements.catalogue import BY_CASES
from exactdyn.systems.hardmax import Hardmax
from tests.judges.every_matrix import CLASSES

# By dimension; in many of them definiteness forces letters, or leaves one matrix or none.
PATTERNS: dict[int, list[str | None]] = {
    1: [None, "a", "2", "-1"],
    2: [None, "a,0;0,-a", "0,b;b,0", "a,b;-b,0", "1,b;b,1", "a,0;0,0", "1,0;0,1", "a,b;b,c", "a,1;-1,0"],
    3: ["a,0,0;0,b,0;0,0,-b", "a,0,0;0,0,0;0,0,0", "a,b,0;b,0,0;0,0,c", "a,0,0;0,a,0;0,0,b"],
}
# tau between 0 and 1 (with 1 and 1/2 tokens of a lattice meet), below 0, 0, and beyond 1.
ALPHAS = ("1", "1/2", "2", "3", "-1/2", "0", "-2", "-3", "-3/2")
PROGRAMS = 300


def random_certificate(
    seed: object, kinds: bool = False, statement: str | None = None, each_layer: bool = False
) -> dict[str, Any] | None:
    """Return the certificate of what a search proves; None where it proves nothing, or nothing soon.

    ``kinds``: with a schedule, value matrices, a mask or a rule for ties, rather than one alpha alone.
    ``statement``: that this holds; else whatever comes to mind. ``each_layer``: of matrices for every layer.
    """
    rng = Random(f"family {seed}")
    dimension = rng.choice([1, 2, 2, 3])
    kind, pattern = rng.choice(CLASSES), rng.choice(PATTERNS[dimension])
    alpha, start = Fraction(rng.choice(ALPHAS)), Points.from_rows(_tokens(rng, dimension))
    around: Around = alpha
    try:
        if kinds:
            around = random_kind(rng, start.count, dimension)
        elif each_layer:
            around = _changing(rng, start.count, dimension)
        matrices = matrix_class(kind, dimension, pattern)
        if each_layer:
            made = _of_each_layer(rng, matrices, around, start)
        else:
            made = _proved(rng, matrices, around, start, statement)
    except InputError:  # the class has no matrix but 0, its ties are not told apart, a layer has no step
        return None
    if made is None:
        return None
    matrices, layers, claim = made
    data = family_certificate_data(matrices, around, start, layers, claim, each_layer)
    document: dict[str, Any] = json.loads(certificate_text(data))
    return document


def random_kind(rng: Random, count: int, dimension: int) -> Hardmax:
    """Return a system of one head with at least two things that the system of the paper has not."""
    rows = [[int(i == j or rng.random() < 0.5) for j in range(count)] for i in range(count)]
    V = [[rng.choice([0, 1, 1, 2, -1]) if i == j else rng.choice([0, 0, 1]) for j in range(dimension)]
         for i in range(dimension)]  # fmt: skip
    choices: dict[str, list[object]] = {
        "tau": ["2/(k+2)", "2^-(k+1)", ["1", "1/3"], "1/2", "3/2"],
        "V": [V, [[2 * int(i == j) for j in range(dimension)] for i in range(dimension)]],
        "mask": ["causal", "strict", rows],
        "ties": ["first", "last"],
    }
    given: dict[str, Any] = {name: rng.choice(choices[name]) for name in rng.sample(sorted(choices), 2)}
    return Hardmax(**given)


def _changing(rng: Random, count: int, dimension: int) -> Hardmax:
    # Steps of every kind, also lists that repeat with a period beyond the layers asked about.
    V = [[rng.choice([0, 1, 1, 2, -1]) if i == j else rng.choice([0, 0, 1]) for j in range(dimension)]
         for i in range(dimension)]  # fmt: skip
    twice = [[2 * int(i == j) for j in range(dimension)] for i in range(dimension)]
    given: dict[str, Any] = {"tau": rng.choice(["0", "1", "3/2", "1/2", "-1/2", "2/(k+2)", ["1", "1/3"]])}
    if rng.random() < 0.3:
        given |= {"period": 4, "tau": rng.choice([["0", "1", "3/2", "1/2"], ["1", "1/2", "1/3", "2", "0"]])}
    if rng.random() < 0.3:
        given["V"] = rng.choice([V, twice]) if "period" not in given else [V, twice, V, twice]
    if rng.random() < 0.3:
        rows = [[int(i == j or rng.random() < 0.5) for j in range(count)] for i in range(count)]
        given["mask"] = rng.choice(["causal", "strict", rows])
    if rng.random() < 0.3:
        given["ties"] = rng.choice(["first", "last"])
    return Hardmax(**given)


def _of_each_layer(
    rng: Random, matrices: MatrixClass, around: Around, start: Points
) -> tuple[MatrixClass, int, Any] | None:
    layers, ties = rng.choice([1, 2, 2, 3]), rng.random() < 0.5
    about = rng.choice(["itineraries", "leaders", "leaders", "count"])
    if about == "itineraries":
        search = itinerary_search(around, start, matrices, layers, ties, each_layer=True)
        search.run(limit=PROGRAMS)
        return _if(matrices, layers - 1, gathered(search).claim)
    asked = Question(around, start, matrices, layers - 1, each_layer=True)
    if about == "count":
        return _if(matrices, asked.layer, realise(asked, {}, least=rng.randint(1, start.count)).claim)
    seen = asked.setting.seen(start.count)
    chosen = [i for i in range(start.count) if rng.random() < 0.5 and (seen is None or i in seen[i])]
    return _if(matrices, asked.layer, lead(asked, chosen, rng.random() < 0.5).claim)


def _tokens(rng: Random, dimension: int) -> list[list[Fraction]]:
    count = rng.choice([1, 2, 2, 3, 3]) if dimension < 3 else rng.choice([1, 2, 2])
    rows = [[Fraction(rng.randint(-2, 2)) for _ in range(dimension)] for _ in range(count)]
    other = rng.choice(["copy", "opposite", "zero", "none"])
    if other == "copy":
        rows[-1] = rows[0]
    elif other == "opposite":
        rows[-1] = [-x for x in rows[0]]
    elif other == "zero":
        rows[-1] = [Fraction(0)] * dimension
    return rows


def _proved(
    rng: Random, matrices: MatrixClass, alpha: Around, start: Points, statement: str | None
) -> tuple[MatrixClass, int, Any] | None:
    layers, ties = rng.choice([1, 1, 2]), rng.random() < 0.5
    about = "statement" if statement else rng.choice(["itineraries", "statement", "leaders", "count"])
    if about == "itineraries":
        search = itinerary_search(alpha, start, matrices, layers, ties)
        search.run(limit=PROGRAMS)
        return _if(matrices, layers - 1, gathered(search).claim)
    if about == "statement":
        name = statement or rng.choice(list(BY_CASES))
        question = StatementQuestion(name, alpha, start, matrices, layers, ties)
        answer = explore(question, limit=PROGRAMS)
        tree = None if answer.found or answer.reasons else assembled({(): answer.piece})
        return None if tree is None else (matrices, layers, statement_claim(question, tree))
    asked = Question(alpha, start, matrices, rng.choice([0, 0, 1]))
    if about == "count":
        return _if(matrices, asked.layer, realise(asked, {}, least=rng.randint(1, start.count)).claim)
    seen = asked.setting.seen(start.count)
    chosen = [i for i in range(start.count) if rng.random() < 0.5 and (seen is None or i in seen[i])]
    return _if(matrices, asked.layer, lead(asked, chosen, rng.random() < 0.5).claim)


def _if(matrices: MatrixClass, layers: int, claim: Any) -> tuple[MatrixClass, int, Any] | None:
    return None if claim is None else (matrices, layers, claim)
