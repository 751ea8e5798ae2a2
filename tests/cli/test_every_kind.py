"""Every command on systems of every kind: a right answer, or one line why not."""

import json
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exactdyn.layer.attention import joined
from exactdyn.statements.catalogue import STATEMENTS
from tests.amounts import amount
from tests.command import assert_refused, exactdyn, inside
from tests.judges import hard_attention as judge
from tests.judges.oracle import temperature
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.reference import Computed
from tests.pictures.run_page.browser import data_of
from tests.strategies import hard_attention_systems

LAYERS = 3
FILE, DRAWN, PAGE, PROOF, BOUNDS = "system.json", "run.svg", "run.html", "proof.json", "bounds.json"

ANSWERED = {
    "run": (),
    "check": ("--certificate", PROOF),
    "compare": (),
    "limit": (),
    "graph": ("--layer", LAYERS),
    "plot": ("-o", DRAWN),
    "page": ("-o", PAGE),
}
"""Commands that answer for every kind."""

REFUSED = {"cells": (), "softmax": ("--until", 1)}
"""Commands that are about other systems: steps given as tau, or heads, are none of theirs."""

ABOUT_ALL_MATRICES = {"lead": ("--leaders", 0), "itineraries": ("--layers", 1)}
"""Commands that ask which one matrix of all heads does something."""


def document(case) -> dict[str, object]:
    """The document that states a system and its tokens."""
    judged, count = case.judged, len(case.tokens)

    def text(value):
        return str(value) if isinstance(value, Fraction) else [text(entry) for entry in value]

    heads = [
        {"A": text(head.A), "ties": head.ties}
        | ({} if head.V is None else {"V": text(head.V)})
        | (
            {}
            if head.seen is None
            else {"mask": [[int(j in own) for j in range(count)] for own in head.seen]}
        )
        for head in judged.heads
    ]
    stated = {"tokens": text(case.tokens), "heads": heads}
    stated["tau"] = case.formula or text(judged.taus)
    if judged.relu is not None:
        names = ("W1", "b1", "W2", "b2", "eta")
        stated["relu"] = [{name: text(getattr(block, name)) for name in names} for block in judged.relu]
    lists = [own for head in judged.heads for own in (head.A, head.V or ())] + [judged.relu or ()]
    if any(len(own) > 1 for own in lists) or (len(judged.taus) > 1 and not case.formula):
        stated["period"] = judged.period
    return stated


def answers(case, command, folder: Path) -> None:
    """Put every question about a system; ``command`` starts a process, or does as if."""
    (folder / FILE).write_text(json.dumps(document(case)), encoding="utf-8")
    layers, later = judge.run(case.judged, case.tokens, LAYERS), judge.run(case.judged, case.tokens, 8)
    for name, options in REFUSED.items():
        assert_refused(command(name, FILE, *options, folder=folder))
    beside_softmax(command, folder, judge.run(case.judged, case.tokens, 1) is None)
    for name, options in ABOUT_ALL_MATRICES.items():
        done = command(name, FILE, *options, "--json", folder=folder)
        if done.returncode == 2:
            assert_refused(done)
        else:
            right_matrices(case, json.loads(done.stdout))
    for name, options in ANSWERED.items():
        done = command(name, FILE, "--layers", LAYERS, "--json", *options, folder=folder)
        if name == "limit" and layers is None and done.returncode == 3:
            continue  # undecided without a look at the layer that has no step
        if layers is None or (later is None and done.returncode == 2):
            assert_refused(done, "requires a normalised step at layer ")
            continue
        assert done.stderr == "" and done.returncode in (0, 1, 3), (name, done)
        JUDGES[name](case, layers, json.loads(done.stdout), folder)
    if layers is not None and (folder / PROOF).exists():
        accepted = command("verify", PROOF, "--input", FILE, folder=folder)
        assert (accepted.returncode, accepted.stderr) == (0, "")


def beside_softmax(command, folder: Path, stepless: bool) -> None:
    """Softmax of a temperature is compared in one layer, and the certificate is true; or there is no step."""
    options = ("--softmax", "1/10", "--layers", 1, "--certificate", BOUNDS)
    done = command("compare", FILE, *options, folder=folder)
    if stepless or done.returncode == 2:
        assert_refused(done, "requires a normalised step at layer ")
        return
    assert (done.returncode, done.stderr) == (0, "")
    assert temperature.confirms(json.loads((folder / BOUNDS).read_text(encoding="utf-8")))
    verified = command("verify", BOUNDS, "--input", FILE, folder=folder)
    assert (verified.returncode, verified.stderr) == (0, "")


def right_matrices(case, found) -> None:
    """All heads had one matrix; with those found in its place they attend as is said."""
    heads, count = case.judged.heads, len(case.tokens)
    assert case.judged.relu is None and len({(head.seen, head.ties) for head in heads}) == 1
    for other in (M for head in heads for M in head.A):
        assert positive_multiple(other, heads[0].A[0])
    listed = found.get("itineraries", [found | {"attention": [[[0]] + [None] * (count - 1)]}])
    for own in (own for own in listed if own["A"] is not None):
        A = tuple(tuple(map(Fraction, row)) for row in own["A"])
        with_A = replace(case.judged, heads=tuple(replace(head, A=(A,)) for head in heads))
        attention = joined(judge.run(with_A, case.tokens, 0)[0].heads)
        assert all(sets in (None, sorted(attention[i])) for i, sets in enumerate(own["attention"][0]))


def positive_multiple(rows, others) -> bool:
    sizes = [sum(abs(x) for row in matrix for x in row) for matrix in (rows, others)]
    pairs = [(x, y) for both in zip(rows, others, strict=True) for x, y in zip(*both, strict=True)]
    return (sizes[0] == 0) == (sizes[1] == 0) and all(x * sizes[1] == y * sizes[0] for x, y in pairs)


def right_run(case, layers, found, folder) -> None:
    read = [tuple(tuple(map(Fraction, token)) for token in tokens) for tokens in found["tokens"]]
    assert read == [layer.tokens for layer in layers]
    assert found["attention"] == [[sorted(own) for own in joined(layer.heads)] for layer in layers[:LAYERS]]


def right_check(case, layers, found, folder) -> None:
    seen = [SimpleNamespace(tokens=layer.tokens, attention=joined(layer.heads)) for layer in layers]
    leaders = {}
    for k, layer in enumerate(seen):
        for token, own in enumerate(layer.attention):
            if own == {token}:
                leaders.setdefault(str(token), k)
    assert found["leaders"] == leaders
    first = case.judged.heads[0].A[0]  # norm-growth is decided where it is the only one
    for name, record in STATEMENTS.items():
        outcome = found["statements"][name]["verdict"]
        if record.on_layers and outcome != "undecided":
            assert (outcome == "holds") == BY_DEFINITION[name](Computed(first, seen)), name


def right_compare(case, layers, found, folder) -> None:
    for k, (margin, layer) in enumerate(zip(found["margins"], layers, strict=True)):
        leads = []
        for head in case.judged.heads:
            A = judge.entry(head.A, k, case.judged.period)
            for i, token in enumerate(layer.tokens):
                visible = range(len(layer.tokens)) if head.seen is None else head.seen[i]
                scores = sorted({judge.dot(judge.times(A, token), layer.tokens[j]) for j in visible})
                leads += [scores[-1] - scores[-2]] if len(scores) > 1 else []
        assert (None if margin is None else Fraction(margin["lead"])) == min(leads, default=None)


def right_graph(case, layers, found, folder) -> None:
    edges = {(edge["source"], edge["target"], edge.get("head", 0)) for edge in found["edges"]}
    heads = enumerate(layers[LAYERS].heads)
    assert edges == {(i, j, h) for h, sets in heads for i, own in enumerate(sets) for j in own}


def right_limit(case, layers, found, folder) -> None:
    """The attention sets that are said to stay or to repeat do, as far as layers are judged."""
    first, period = found["layer"], found["period"]
    if found["itinerary"] in ("constant", "periodic"):
        following = judge.run(case.judged, case.tokens, first + 2 * period)[first:]
        assert [own.heads for own in following[:period]] == [own.heads for own in following[period:-1]]


def right_plot(case, layers, found, folder) -> None:
    assert (folder / DRAWN).read_bytes().startswith(b"<?xml")


def right_page(case, layers, found, folder) -> None:
    shown = data_of((folder / PAGE).read_text(encoding="utf-8"))
    read = [tuple(tuple(map(Fraction, token)) for token in tokens) for tokens in shown["exact"]]
    assert read == [layer.tokens for layer in layers]
    heads = [[[sorted(own) for own in head] for head in layer.heads] for layer in layers[:LAYERS]]
    assert shown["attention"][:LAYERS] == heads


JUDGES = {
    "run": right_run,
    "check": right_check,
    "compare": right_compare,
    "limit": right_limit,
    "graph": right_graph,
    "plot": right_plot,
    "page": right_page,
}


@given(hard_attention_systems())
@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_command_answers_rightly_or_says_why_not(case):
    with TemporaryDirectory() as folder:
        answers(case, inside, Path(folder))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_command_does_so_in_a_process_of_its_own(data):
    for _ in range(amount(1, 60)):
        with TemporaryDirectory() as folder:
            answers(data.draw(hard_attention_systems()), process, Path(folder))


def process(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return exactdyn(*arguments, folder=folder)
