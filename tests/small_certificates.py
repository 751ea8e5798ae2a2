"""Certificates of at most 2,000 characters that ask for as much work as they can, of every kind.

As a program, ``python -m tests.small_certificates FIRST LAST``, it verifies those of some seeds in an address
space of 500 MB beyond what Python itself takes, and prints a JSON list [seed, fate, seconds] for each.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofs_checks import MalformedError, RejectedError, TooMuchWorkError, verify
from proofs_checks.families.family import CLASSES
from tests.disguised import disguised
from tests.mutations import Edit, places

LONGEST = 2_000
OVER_FIELDS = 1_000_000
"""From this seed on the certificates are over number fields."""

MEMORY = 500 * 2**20
DOCUMENTS = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "certificates" / "valid").glob("*.json"))
    if not path.stem.startswith("number-field")
]
COUNTS = [0, 1, 2, 3, 7, 30, 500, 8_000, 100_000, 9_999_999, 10_000_000]
COMPUTED = ["norm-growth", "leaders-persist", "distinctness-preserved", "leaders-extreme", "hull-shrinkage"]
LEMMAS = {"convergence": "locked-limit", "limit-set": "locked-limit", "attention-settles": "locked-itinerary"}


def certificate(seed: int) -> str:
    """Return the certificate of a seed."""
    choose = random.Random(seed)
    makers = [mutated, mutated, hardmax, hardmax, locked, rigid, family, tree, softmax, temperature]
    makers = [over_a_field] if seed >= OVER_FIELDS else makers
    while True:
        text = json.dumps(choose.choice(makers)(choose), separators=(",", ":"))
        if len(text) <= LONGEST:
            return text


def number(choose: random.Random) -> str:
    """Return a number, often a plain one, sometimes one of hundreds of digits."""
    digits = choose.choice([1, 1, 1, 1, 2, 3, 10, 60, 300])
    top, bottom = (str(choose.randrange(1, 10**digits)) for _ in range(2))
    sign = choose.choice(["", "-"])
    return choose.choice(
        ["0", "1", "-1", f"{sign}{top}", f"{sign}{top}/{bottom}", f"{sign}0x{top}/0x{bottom}"]
    )


def rows(choose: random.Random, count: int, size: int) -> list[list[str]]:
    """Return vectors whose entries come from a small pool, so that they are short, tie and repeat."""
    pool = [number(choose) for _ in range(choose.choice([1, 2, 4]))] + ["0", "1", "-1"]
    return [[choose.choice(pool) for _ in range(size)] for _ in range(count)]


def shape(choose: random.Random) -> tuple[int, int]:
    """Return how many tokens of which dimension: n d + d^2 entries take some 1,200 characters."""
    size = choose.choice([1, 1, 2, 2, 3, 5, 9, 14])
    return choose.randint(1, max(1, (300 - size * size) // size)) if choose.random() < 0.5 else 3, size


def system(choose: random.Random) -> dict[str, Any]:
    """Return a system."""
    count, size = shape(choose)
    alpha = choose.choice(["1", "1/2", "-2", "-3", "0", number(choose)])
    return {"A": rows(choose, size, size), "alpha": alpha, "tokens": rows(choose, count, size)}


def head(layers: int, **members: Any) -> dict[str, Any]:
    """Return the envelope of a hardmax certificate."""
    return {"format": "exactdyn certificate", "version": 1, "layers": layers, **members}


def itinerary(choose: random.Random) -> dict[str, Any]:
    """Return an itinerary of many layers, of a long period or with many nodes."""
    nodes = [
        choose.choice(["1", "1/2", "1/4", number(choose).lstrip("-")])
        for _ in range(choose.choice([0, 1, 3, 40]))
    ]
    return {"layer": choose.choice(COUNTS), "period": choose.choice(COUNTS[1:]), "nodes": nodes}


def hardmax(choose: random.Random) -> dict[str, Any]:
    """Return claims of statements on as many layers as there may be, or on the limit."""
    layers = choose.choice(COUNTS)
    claims: list[dict[str, Any]] = []
    for name in choose.sample([*COMPUTED, *LEMMAS], choose.randint(1, 4)):
        claim = {"claim": name, "verdict": "holds"}
        if name in LEMMAS:
            evidence: dict[str, Any] = {"itinerary": itinerary(choose)}
            evidence |= {} if name == "attention-settles" else {"coefficients": ["1"]}
            claims.append(claim | {"scope": "every layer", "lemma": LEMMAS[name], "evidence": evidence})
        else:
            evidence = {"leaders-extreme": {"leaders": []}, "hull-shrinkage": {"weights": []}}.get(name, {})
            claims.append(claim | {"scope": f"layers 0..{layers}", "evidence": evidence})
    if choose.random() < 0.3:
        witness = {"layer": max(0, layers - 1), "token": 0, "q_before": "1", "q_after": "1"}
        claims = [{"claim": "norm-growth", "verdict": "fails", "witness": witness}]
    return head(layers, system=system(choose), claims=claims)


def locked(choose: random.Random) -> dict[str, Any]:
    """Return a claim whose itinerary is a right one, of some copies of tokens that follow a leader."""
    period, copies = choose.choice([1, 2, 5, 50, 500, 1_500]), choose.choice([1, 2, 10])
    half = 2**period
    nodes = [f"0x1/{half**2:#x}", f"0x1/{half:#x}", "1"]
    coefficients = [f"-0x1/{half - 1:#x}", f"{half:#x}/{half - 1:#x}"]
    evidence = {"itinerary": {"layer": choose.choice([0, 3, 1_000]), "period": period, "nodes": nodes}}
    evidence |= {"coefficients": coefficients, "limits": [["1"], ["1"]] * copies}
    claim = {"claim": "convergence", "verdict": "holds", "scope": "every layer", "lemma": "locked-limit"}
    tokens = [["1"], ["1/2"]] + [[choose.choice(["1/2", "1/3", "3/4"])] for _ in range(copies)]
    own = {"A": [["1"]], "alpha": "1", "tokens": tokens}
    evidence["limits"] = [["1"]] * len(tokens)
    return head(0, system=own, claims=[claim | {"evidence": evidence}])


def rigid(choose: random.Random) -> dict[str, Any]:
    """Return that limits at rest are rigid, of as many as have room."""
    size = choose.choice([1, 2, 3, 5, 7, 9, 11, 13])
    unit = [[str(int(r == c)) for c in range(size)] for r in range(size)]
    tokens = unit + [[("-" if x == "1" else "") + x for x in row] for row in unit[: choose.randint(0, size)]]
    evidence = {
        "itinerary": {"layer": 0, "period": choose.choice(COUNTS[1:]), "nodes": ["1"]},
        "coefficients": ["1"],
    }
    claim = {"claim": "limit-set", "verdict": "holds", "scope": "every layer", "lemma": "locked-limit"}
    own = {"A": unit, "alpha": "1", "tokens": tokens}
    return head(0, system=own, claims=[claim | {"evidence": evidence}])


def family(choose: random.Random) -> dict[str, Any]:
    """Return a claim of a leaf about tokens at many places or in many dimensions."""
    count, size = shape(choose)
    size = choose.choice([size, size, 40, 150, 380])
    tokens = rows(choose, min(count, max(1, 400 // size)), size)
    if choose.random() < 0.5:
        tokens = [
            [str(choose.choice([7, 1000]) ** k)] for k in range(12) for _ in range(choose.randint(1, 9))
        ]
    own = {
        "class": choose.choice(CLASSES),
        "alpha": choose.choice(["1", "1/2", number(choose)]),
        "tokens": tokens,
    }
    layers = choose.choice([0, 1, 1, 1, *COUNTS])
    name, scope = choose.choice(COMPUTED), f"layers 0..{layers}"
    evidence = {"ties": choose.random() < 0.5, "cases": [{"holds": choose.choice([{}, {"leaders": []}])}]}
    if evidence["ties"] is False and choose.random() < 0.3:
        evidence["members"] = [{"at": [], "factorisation": {"lower": [], "diagonal": []}}]
    claim = {"claim": name, "verdict": "holds", "scope": scope, "evidence": evidence}
    return head(layers, family=own, claims=[claim])


def tree(choose: random.Random) -> dict[str, Any]:
    """Return an unrealised claim or a list of itineraries with a tree of splits, deep or wide."""
    count, size = choose.randint(1, 12), choose.choice([1, 2, 3, 8, 12])
    own = {"class": choose.choice(CLASSES), "alpha": number(choose), "tokens": rows(choose, count, size)}
    nodes: list[Any] = [{"token": choose.randrange(count)} for _ in range(choose.randint(0, 60))]
    nodes += [{"weights": [[[0, 0, 0, count - 1], number(choose)]] * choose.randint(1, 5)}]
    nodes += [{"at": [number(choose)]}] * choose.randint(0, 3)
    layers = choose.choice([0, 1, 5])
    described = {"attention": [[None] * count] * (layers + 1), "leaders": choose.randint(0, count)}
    name, evidence = choose.choice([("unrealised", described), ("itineraries", {"ties": True})])
    claim = {"claim": name, "verdict": "holds", "evidence": {**evidence, "cases": nodes}}
    return head(layers, family=own, claims=[claim])


def softmax(choose: random.Random) -> dict[str, Any]:
    """Return a softmax certificate of high order, many bits, many points or steep exponentials."""
    count, size = choose.choice([(1, 1), (2, 1), (2, 1), (2, 2), (3, 3), (4, 5), (40, 1), (100, 1)])
    steep = choose.choice(["1", "1", "100", "1000000", number(choose)])
    unit = [[steep if r == c else "0" for c in range(size)] for r in range(size)]
    tokens = [[str(choose.choice([1, -1]) * (i + 1)) for _ in range(size)] for i in range(count)]
    V = [["1" if r == c else "0" for c in range(size)] for r in range(size)]
    own = {
        "V": V,
        "Q": unit,
        "K": unit,
        "tokens": tokens,
        "radius": choose.choice(["0", "1/3", number(choose)]),
    }
    bits = choose.choice([8, 64, 1_000, 10_000])
    order = choose.choice([1, 5, 40, 300])
    first = 1 << min(bits, 200)
    powers = [[[first * int(x)] + [choose.choice([0, 1, first])] * order for x in token] for token in tokens]
    piece = {"length": choose.choice(["1", "1/1000", number(choose)]), "tube": 1, "polynomials": powers}
    pieces = [piece] * choose.choice([0, 0, 1, 1, 3])
    evidence: dict[str, Any] = {
        "attention-limit": {
            "rows": [[0, 0], [count - 1, 0]] * choose.choice([1, 50]),
            "from": number(choose),
            "within": "1",
        },
        "clusters": {"leaders": [0] * count, "tube": number(choose), "displacement": "1"},
        "hyperplanes": hyperplanes(choose, size),
        "hull-shrinkage": {},
    }
    claims = [{"claim": name, "evidence": evidence[name]} for name in choose.sample(list(evidence), 2)]
    document = {"format": "exactdyn softmax certificate", "version": 1, "system": own, "claims": claims}
    return document | {
        "enclosure": {"bits": bits, "pieces": pieces},
        "radius": choose.choice(["1/3", "1000"]),
    }


def hyperplanes(choose: random.Random, size: int) -> dict[str, Any]:
    """Return evidence of hyperplanes in some dimension."""
    eigenvalue = {"interval": ["1", choose.choice(["1", number(choose)])], "column": 0, "row": 0, "unit": 0}
    group = {"sign": 1, "low": "1/2", "tokens": [0], "limit": ["0", "10"]}
    parts = {"basis": rows(choose, size, size - 1), "dual": rows(choose, size - 1, size)}
    return {"eigenvalue": eigenvalue, **parts, "groups": [group] * choose.choice([1, 10])}


def temperature(choose: random.Random) -> dict[str, Any]:
    """Return a temperature certificate of many layers or many tokens."""
    own = system(choose) | {"alpha": choose.choice(["1", "1/3", number(choose).lstrip("-")])}
    largest = choose.choice(["1", "1000", "1/10000000"])
    layers = choose.randint(1, max(1, 900 // (len(own["tokens"]) * (len(largest) + 3))))
    errors = [["0"] * len(own["tokens"])] + [[largest] * len(own["tokens"])] * layers
    document = {"format": "exactdyn temperature certificate", "version": 1, "system": own}
    return document | {"temperature": number(choose).lstrip("-"), "errors": errors}


def mutated(choose: random.Random) -> dict[str, Any]:
    """Return a valid certificate with some numbers and counts replaced by hostile ones."""
    document = choose.choice(DOCUMENTS)
    layers = document["layers"]
    for _ in range(choose.randint(1, 4)):
        spots = [(path, value) for path, value in places(document) if isinstance(value, str | int | list)]
        path, value = choose.choice(spots)
        document = Edit(path, _hostile(choose, value)).apply(document)
    if choose.random() < 0.5:
        layers = choose.choice(COUNTS)
        text = json.dumps(document | {"layers": layers})
        return json.loads(text.replace(f"layers 0..{document['layers']}", f"layers 0..{layers}"))
    return document


def over_a_field(choose: random.Random) -> dict[str, Any]:
    """Return a certificate over a field of some degree, whose polynomial can be factored now and then."""
    degree, constant = (
        choose.choice([1, 2, 2, 3, 5, 8, 20, 62]),
        choose.choice([2, 3, 10**9 + 7, 10**200 + 1]),
    )
    bits = choose.choice([1, 8, 64, 300])
    below = _root(constant << degree * bits, degree)
    polynomial = [-constant, *[0] * (degree - 1), 1]
    if choose.random() < 0.4:
        polynomial = [a + b for a, b in zip([*polynomial, 0, 0], [0, 0, *polynomial], strict=True)]
    field = {"polynomial": polynomial, "interval": [f"{below - 1}/{2**bits}", f"{below + 1}/{2**bits}"]}
    while True:
        try:
            document = disguised(choose.choice([hardmax, locked, rigid])(choose), field)
        except (ValueError, ZeroDivisionError):  # a hexadecimal alpha, or -1
            continue
        pool = [[number(choose) for _ in range(choose.randint(1, len(polynomial) - 1))] for _ in range(3)]
        for path, value in list(places(document)):
            if isinstance(value, list) and len(value) == 2 and value[1] == "0":
                small = value[: len(polynomial) - 1]
                document = Edit(path, choose.choice([*pool, small, small])).apply(document)
        return document


def _root(number: int, degree: int) -> int:
    # The largest integer whose power is at most the number.
    low, high = 0, 1 << number.bit_length() // degree + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle)
    return low


def _hostile(choose: random.Random, value: Any) -> Any:
    if isinstance(value, int):
        return choose.choice(COUNTS)
    if isinstance(value, list):
        return value * choose.choice([1, 2, 10, 40])
    return number(choose) if value[:1] in "-0123456789" else value


def fates(seeds: range) -> Iterator[tuple[int, str, float]]:
    """Verify the certificates of these seeds, with the fate and the seconds of processor time of each."""
    for seed in seeds:
        text = certificate(seed)
        begun, fate = time.process_time(), "accepted"
        try:
            verify(text)
        except (MalformedError, RejectedError, TooMuchWorkError) as error:
            fate = type(error).__name__
        except Exception as error:  # the test names the seed
            fate = repr(error)[:200]
        yield seed, fate, time.process_time() - begun


def main(first: int, last: int) -> None:
    """Print the fates of a range of seeds."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    for fate in fates(range(first, last)):
        print(json.dumps(fate), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
