"""A counterexample as a text of Lean 4: it states what the certificate states. Lean is not at hand."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactdyn.certificates.translations.lean import lean_text
from exactdyn.errors import InputError
from tests.judges.reference import System, run
from tests.valid_certificates import FOLDER, VALID

ROOT = Path(__file__).parents[3]
FAILING = {
    "hull-shrinkage": "hull-shrinkage-fails",
    "norm-growth": "norm-growth-fails-as-q-falls",
    "leaders-persist": "leaders-persist-fails",
    "distinctness-preserved": "distinctness-preserved-fails",
    "leaders-extreme": "leaders-extreme-fails",
    "positive-definite": "positive-definite-fails-at-a-negative-value",
    "symmetric": "symmetric-fails",
    "positive-alpha": "positive-alpha-fails-at-zero",
    "nonzero-tokens": "nonzero-tokens-fails",
    "distinct-tokens": "distinct-tokens-fails",
}


def written(text: str, name: str) -> Any:
    """A definition of the text, read back: rows of fractions, or one fraction."""
    found = re.search(rf"^def {name} : (List Point|Rat) := (.*)$", text, re.MULTILINE)
    assert found
    quoted = re.sub(r"(-?\d+(?:/\d+)?)", r'"\1"', found[2])
    data = json.loads(quoted)
    return Fraction(data) if isinstance(data, str) else [[Fraction(x) for x in row] for row in data]


def rows(data: Any) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in data]


@pytest.mark.parametrize("name", sorted(FAILING))
def test_the_system_and_its_layers_are_those_of_the_certificate(name: str) -> None:
    document = VALID[FAILING[name]]
    text = lean_text(json.dumps(document)).text
    given = document["system"]
    assert written(text, "A") == rows(given["A"])
    assert written(text, "tokens") == rows(given["tokens"])
    assert written(text, "alpha") == Fraction(given["alpha"])
    A, tokens = (tuple(map(tuple, rows(given[part]))) for part in ("A", "tokens"))
    layers = [int(k) for k in re.findall(r"^def Z(\d+) ", text, re.MULTILINE)]
    assert layers == list(range(len(layers)))
    for k, layer in enumerate(
        run(System(A, Fraction(given["alpha"]), tokens), max(layers, default=0))[: len(layers)]
    ):
        assert written(text, f"Z{k}") == [list(token) for token in layer.tokens]
    assert f"theorem {name.replace('-', '_')}_fails : " in text


@pytest.mark.parametrize("name", sorted(FAILING))
def test_a_text_is_closed_and_takes_no_short_cut(name: str) -> None:
    text = lean_text(json.dumps(VALID[FAILING[name]])).text
    code = re.sub(r"/-.*?-/", "", text, flags=re.DOTALL)
    assert not re.search(r"sorry|native_decide|axiom |unsafe|opaque|\{|\}", code)
    for left, right in ("()", "[]", "⟨⟩"):
        assert code.count(left) == code.count(right)
    defined = re.findall(r"^(?:def|theorem|abbrev) (\w+)", code, re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert "NOT compiled" in text


def test_names_are_defined_before_they_are_used() -> None:
    for name in FAILING.values():
        text = lean_text(json.dumps(VALID[name])).text
        code = re.sub(r"/-.*?-/", "", text, flags=re.DOTALL)
        places = {
            found[1]: found.start()
            for found in re.finditer(r"^(?:def|theorem|abbrev) (\w+)", code, re.MULTILINE)
        }
        for known, place in places.items():
            uses = [found.start() for found in re.finditer(rf"(?<![\w.]){known}(?!\w)", code)]
            if known not in ("n", "d", "A"):  # also names of variables
                assert min(uses) > place, known


def test_of_a_witness_the_theorem_says_where_and_by_what_the_statement_fails() -> None:
    witness = VALID["hull-shrinkage-fails"]["claims"][0]["witness"]
    text = lean_text(json.dumps(VALID["hull-shrinkage-fails"])).text
    functional = f"([{', '.join(witness['functional'])}] : Point)"
    assert f":= h {witness['layer']} {functional} {witness['token']} (by decide +kernel)" in text


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            FOLDER / "hull-shrinkage-holds-by-the-lemma-for-any-matrix.json",
            "a claim that fails on finitely many layers",
        ),
        (FOLDER / "hull-shrinkage-fails-for-a-value-matrix.json", "one matrix A and one alpha"),
        (FOLDER.parent / "valid-families" / "convergence-holds-by-growth.json", "about all matrices"),
    ],
)
def test_what_is_no_counterexample_of_one_matrix_is_refused_in_one_line(path: Path, message: str) -> None:
    with pytest.raises(InputError, match=f"^--lean: requires .*{message}"):
        lean_text(path.read_text(encoding="utf-8"))
