"""Certificates of all values of a parameter: accepted where they are right, and true whatever is changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

import proofs_checks
from exactdyn import Hardmax, cells, load_example
from exactdyn.parameters.certificate import parameter_certificate
from proofs_checks import MalformedError, RejectedError, describe, verify
from proofs_checks.parameters.statements import RULES
from proofs_checks.parameters.tree import CLOSING
from tests.amounts import amount
from tests.judges.parameter import confirms
from tests.mutations import edits, fate, nudges
from tests.strategies import systems
from tests.valid_certificates import json_blocks

HERE = Path(__file__).parents[2]
FORMAT = (Path(proofs_checks.__file__).parent / "parameters" / "FORMAT.md").read_text(encoding="utf-8")
INVALID = sorted((HERE / "certificates" / "parameters").glob("*.json"))
(SHOWN,) = map(json.loads, json_blocks(FORMAT))
WORDS = frozenset({*CLOSING, *RULES, "alpha", "t"})
LAYERS = {
    "emerging-leader": 4,
    "lock-needs-leader": 4,
    "moving-tie-without-leaders": 4,
    "binary-digits": 3,
    "period-three": 5,
    "alternating-invertible": 4,
    "segment-interior": 3,
    "attends-itself": 3,
    "cyclic": 3,
    "rotating-square": 3,
}
"""Built-in examples whose cells are closed by each of the lemmas, and by none."""


def certified(name: str) -> Any:
    return json.loads(parameter_certificate(cells(load_example(name), layers=LAYERS[name])))


def test_the_certificate_that_the_format_shows_is_accepted_and_true():
    accepted = verify(SHOWN)
    assert [cell.lemma for cell in accepted.cells] == ["locked-itinerary", "lock-in", "locked-itinerary"]
    assert "holds: alpha = 1: attention 1 0 | 0,1 0,1; for ever by lock-in, limits (0), (0)" in describe(
        accepted
    )
    assert confirms(SHOWN)


@pytest.mark.parametrize("name", LAYERS)
def test_certificates_of_built_in_examples_are_true(name):
    assert confirms(certified(name))


def test_every_lemma_closes_a_cell_of_these_examples():
    lemmas = {cell.lemma for name in LAYERS for cell in cells(load_example(name), layers=LAYERS[name]).cells}
    assert lemmas == {*CLOSING, None}


@settings(max_examples=10)
@given(systems(dimensions=2, largest=4))
def test_certificates_of_random_systems_are_accepted_and_true(system):
    text = parameter_certificate(cells(Hardmax(system.A), tokens=system.tokens, layers=3))
    assert confirms(json.loads(text))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_certificate_of_a_false_theorem_is_rejected(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    with pytest.raises(RejectedError):
        verify(document)
    assert not confirms(document)


def test_the_table_names_the_false_theorem_of_every_invalid_certificate():
    table = (HERE / "certificates" / "parameters" / "README.md").read_text(encoding="utf-8")
    assert [f"| `{path.stem}` |" in table for path in INVALID] == [True] * len(INVALID)


@pytest.mark.parametrize("name", LAYERS)
def test_a_statement_that_is_not_carried_is_not_accepted(name):
    document = certified(name)
    for other in RULES.keys() - set(document["statements"]):
        with pytest.raises(RejectedError, match=f"does not prove {other}"):
            verify(document | {"statements": [other]})


def test_all_that_lemmas_prove_of_a_definite_form_is_carried_and_told():
    document = certified("emerging-leader")
    assert set(document["statements"]) == set(RULES)
    assert (
        "holds: leader-vertex for every alpha in (0, infinity), every layer, by leading-points"
        in describe(verify(document))
    )


def test_statements_are_different_and_have_names():
    for names in (["hull-shrinkage"] * 2, ["nothing"], "hull-shrinkage"):
        with pytest.raises(MalformedError):
            verify(SHOWN | {"statements": names})


def nodes(pieces: Any) -> Iterator[Any]:
    """Go through all pieces of a tree."""
    for piece in pieces["pieces"]:
        yield piece
        yield from nodes(piece["next"]) if "next" in piece else ()


def forged(document: Any, random: Random) -> Any:
    """Change what a tree says in a way that a forger would: sets, places, closings, pieces left out."""
    mutant = deepcopy(document)
    count, last = len(mutant["line"]["tokens"]), len(mutant["points"]) - 1
    piece = random.choice(list(nodes(mutant["cells"])))
    kind = random.choice(["set", "closed", "cut", "drop", "points", "line", "swap", "basin", "node", "says"])
    if kind == "set":
        layer = random.choice(piece["attention"])
        own = sorted(random.sample(range(count), random.choice([1, 1, min(2, count)])))
        token = random.randrange(count)
        layer[:] = [*(entry for entry in layer if entry[0] != token), [token, own]]
    elif kind == "closed":
        piece.pop("next", None)
        piece["closed"] = {"lemma": "lock-in"}
    elif kind == "basin":
        piece.pop("next", None)
        piece["closed"] = {"lemma": "basin", "targets": [random.randrange(count) for _ in range(count)]}
    elif kind == "cut" and "next" in piece:
        piece["next"]["at"] = sorted(random.randint(0, last) for _ in piece["next"]["at"])
    elif kind == "drop" and "next" in piece:
        del piece["next"]["pieces"][random.randrange(len(piece["next"]["pieces"]))]
    elif kind == "swap":
        other = random.choice(list(nodes(mutant["cells"])))
        piece["attention"], other["attention"] = other["attention"], piece["attention"]
    elif kind == "node" and "nodes" in piece.get("closed", {}):
        forge_recurrence(piece["closed"], random)
    elif kind == "says":
        mutant["statements"] = random.sample(sorted(RULES), random.randint(1, 4))
    elif kind == "points":
        point = random.choice(mutant["points"])
        point["polynomial"][random.randrange(len(point["polynomial"]))] += random.choice([-1, 1])
    elif kind == "line":
        row = random.choice(random.choice([mutant["line"]["A"], mutant["line"]["tokens"]]))
        row[random.randrange(len(row))] = str(random.randint(-3, 3))
    return mutant


def forge_recurrence(closed: Any, random: Random) -> None:
    """Change rates and nodes: another number, one more, one less, another order."""
    rates, nodes = closed["rates"], closed["nodes"]
    kind = random.choice(["rate", "times", "more", "less", "node", "drop", "order", "end"])
    polynomial = "period" in closed
    if kind == "rate":
        number = random.choice(["-1", "-1/2", "0", "1/2", "1", "2"])
        random.choice(rates)[0] = [number, *random.choices(["-2", "-1", "1"], k=2)] if polynomial else number
    elif kind == "end" and polynomial:
        closed["period"] = random.randint(1, 3)
        closed.pop(random.choice(["limits", "moving"]), None)
        closed["moving"] = random.choices(range(3), k=3)
    elif kind == "times":
        random.choice(rates)[1] += random.choice([-1, 1])
    elif kind == "more":
        number = random.choice(["-1/3", "1/3", "1"])
        rates.append([[number] if polynomial else number, 1])
        nodes += [[place, len(rates) - 1] for place in range(len(rates))]
    elif kind == "less":
        rates.pop()
        nodes[:] = [pair for pair in nodes if max(pair) < len(rates)]
    elif kind == "node":
        random.choice(nodes)[0] = random.randrange(len(rates))
    elif kind == "drop":
        nodes.pop(random.randrange(len(nodes)))
    else:
        random.shuffle(nodes)


def judged(mutants: Any) -> Counter[str]:
    """Count what becomes of mutants; what the checker accepts has to be true."""
    counts: Counter[str] = Counter()
    for mutant in mutants:
        outcome = fate(mutant)
        assert outcome != "accepted" or confirms(mutant), json.dumps(mutant)
        counts[outcome] += 1
    return counts


def mutants(name: str, number: int) -> Iterator[Any]:
    document, random = certified(name), Random(name)
    changes = [*edits(document, WORDS), *nudges(document)]
    for _ in range(number):
        yield forged(document, random)
        yield random.choice(changes).apply(document)


@pytest.mark.parametrize("name", LAYERS)
def test_no_change_slips_through(name):
    counts = judged(mutants(name, 12))
    assert counts["RejectedError"] + counts["MalformedError"] > counts["accepted"] / 2


@pytest.mark.slow
@pytest.mark.parametrize("name", LAYERS)
def test_none_of_many_changes_slips_through(name):
    assert judged(mutants(name, amount(150, 4000)))["RejectedError"] > 0


def with_point_inside_a_point(document: Any) -> Any:
    """The hole of an earlier format: a piece inside the chain of a point that reaches beyond the point."""
    mutant = deepcopy(document)
    point = mutant["cells"]["pieces"][0]["next"]["pieces"][1]
    del point["closed"]
    point["next"] = {"at": [2], "pieces": [{"attention": [[]]}] * 3}
    return mutant


def test_pieces_inside_a_point_have_its_region_alone():
    with pytest.raises((MalformedError, RejectedError)):
        verify(with_point_inside_a_point(SHOWN))


def test_the_judge_shares_no_code_with_what_it_judges():
    command = "import sys, tests.judges.parameter; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=HERE.parent, text=True, capture_output=True, check=True
    )
    assert not {name.split(".")[0] for name in done.stdout.split()} & {"proofs_checks", "exactdyn"}


@pytest.mark.parametrize(
    ("tokens", "ends", "carried"),
    [
        ([[1, 0], [0, 1], ["t", "1/3 + t"]], (-2, 2), {"leader-vertex", "limit-set"}),
        ([[1], ["t"]], (0, 2), {"limit-set"}),
        ([[1], ["t"]], (1, 2), {"leader-vertex", "limit-set"}),
        ([[1], ["t"]], (-1, 1), {"leader-vertex"}),
        ([[1], ["t"]], (-1, 2), set()),
        ([[1, 1], ["t", "2*t"]], (-1, 2), {"leader-vertex"}),
        ([[1, 1], ["t", "2*t - 1"]], (-1, 2), {"limit-set"}),
    ],
)
def test_of_tokens_that_move_it_counts_whether_they_meet_or_are_zero_between_the_ends(tokens, ends, carried):
    table = {"name": "t", "from": ends[0], "to": ends[1]}
    found = cells(Hardmax(alpha=1), tokens=tokens, parameter=table, layers=2)
    document = json.loads(parameter_certificate(found))
    assert set(document["statements"]) & {"leader-vertex", "limit-set"} == carried
    for name in {"leader-vertex", "limit-set"} - carried:
        with pytest.raises(RejectedError, match=f"does not prove {name}"):
            verify(document | {"statements": [name]})


@pytest.mark.parametrize(
    ("A", "ends", "carried"),
    [
        ([[1, 0], [0, "t"]], (0, 1), set(RULES)),
        ([[1, "t"], ["t", 1]], (-1, 1), set(RULES)),
        ([[1, "t"], [0, 1]], (0, 1), {"distinctness-preserved"}),
        ([[1, 0], [0, "t"]], (-1, 1), set()),
        ([["t", 0, 0], [0, 1, 0], [0, 0, 0]], (0, 1), {"distinctness-preserved"}),
    ],
)
def test_of_a_matrix_that_moves_it_counts_whether_it_is_definite_between_the_ends(A, ends, carried):
    table = {"name": "t", "from": ends[0], "to": ends[1]}
    size = range(len(A))
    tokens = [[int(i == j) for j in size] for i in size]
    found = cells(Hardmax(alpha=1), A=A, tokens=tokens, parameter=table, layers=0)
    document = json.loads(parameter_certificate(found))
    asked = {"distinctness-preserved", "norm-growth", "leader-vertex", "limit-set"}
    assert set(document["statements"]) & asked == carried & asked
    for name in asked - carried:
        with pytest.raises(RejectedError, match=f"does not prove {name}"):
            verify(document | {"statements": [name]})
