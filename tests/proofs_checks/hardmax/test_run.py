"""The checker's run of any hard-attention layer against the definition, state by state and set by set."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from exactdyn.certificates.envelope import encode
from exactdyn.systems.schedule import Schedule
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import read_general_system
from tests.judges import hard_attention as judge
from tests.strategies import HardCase, hard_attention_systems

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
