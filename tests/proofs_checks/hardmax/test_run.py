"""The checker's run of any hard-attention layer against the definition, state by state and set by set."""

from __future__ import annotations

from contextlib import nullcontext
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from exactdyn.certificates.envelope import encode
from exactdyn.systems.schedule import Schedule
from proofs_checks import RejectedError, verify
from proofs_checks.__main__ import read_text
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import read_general_system
from tests.judges import hard_attention as judge
from tests.strategies import HardCase, hard_attention_systems

CERTIFICATES = Path(__file__).parents[2] / "certificates"

LAYERS = 4


def texts(number_or_rows: Any) -> Any:
    """Numbers as a certificate writes them, in nested lists."""
    if isinstance(number_or_rows, tuple):
        return [texts(entry) for entry in number_or_rows]
    return str(number_or_rows)


def stated(case: HardCase) -> dict[str, Any]:
    """The system of a certificate of version 2."""
    judged, everybody = case.judged, range(len(case.tokens))
    heads = []
    for head in judged.heads:
        one: dict[str, Any] = {"A": texts(head.A), "ties": head.ties}
        if head.V is not None:
            one["V"] = texts(head.V)
        if head.seen is not None:
            one["mask"] = [[int(j in own) for j in everybody] for own in head.seen]
        heads.append(one)
    listed = {"listed": texts(judged.taus)}
    tau = listed if case.formula is None else encode(Schedule.of_tau(case.formula).to_dict())
    system = {"tokens": texts(case.tokens), "tau": tau, "heads": heads, "period": judged.period}
    if judged.relu is not None:
        names = ("W1", "b1", "W2", "b2", "eta")
        system["relu"] = [{name: texts(getattr(block, name)) for name in names} for block in judged.relu]
    return system


@given(hard_attention_systems())
@settings(max_examples=60)
def test_a_run_of_any_kind_is_that_of_the_definition(case: HardCase) -> None:
    runs = (judge.run(case.judged, case.tokens, layers) for layers in range(LAYERS, -1, -1))
    expected = next(run for run in runs if run is not None)  # up to a layer that has no step
    run = Run(read_general_system(Field(stated(case), "system")), len(expected) - 1)
    for k, layer in enumerate(expected):
        assert run[k].points() == layer.tokens
        assert set(map(tuple, run[k].by_head)) == set(layer.heads)  # heads that are alike are one


@given(hard_attention_systems())
@settings(max_examples=60)
def test_images_that_are_followed_are_those_that_a_layer_has(case: HardCase) -> None:
    runs = (judge.run(case.judged, case.tokens, layers) for layers in range(LAYERS, -1, -1))
    expected = next(run for run in runs if run is not None)
    system = read_general_system(Field(stated(case), "system"))
    with patch("proofs_checks.hardmax.run.FOLLOWED_FROM", 1):
        run = Run(system, len(expected) - 1)
        for k, layer in enumerate(expected):
            assert run[k].points() == layer.tokens
            assert set(map(tuple, run[k].by_head)) == set(layer.heads)
    if run[0].images is None:
        return
    factors = set()
    for k, layer in enumerate(expected):
        rows, below = run[k].images
        images = [judge.times(system.A, token) for token in layer.tokens]
        values = [judge.dot(image, token) for image, token in zip(images, layer.tokens, strict=True)]
        pairs = [*zip(chain(*rows), chain(*images), strict=True)]
        assert all((x == 0) == (y == 0) for x, y in pairs)
        factors |= {Fraction(x, below) / y for x, y in pairs if y}
        factors |= {x / y for x, y in zip(run.squares(run[k]), values, strict=True) if y}
    assert len(factors) <= 1
    assert all(factor > 0 for factor in factors)


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_every_certificate_fares_alike_where_images_are_followed(kind: str) -> None:
    paths = sorted((CERTIFICATES / kind).glob("*.json"))
    assert paths
    with patch("proofs_checks.hardmax.run.FOLLOWED_FROM", 1):
        for path in paths:
            with nullcontext() if kind == "valid" else pytest.raises(RejectedError):
                verify(read_text(path))
