"""FORMAT.md and the code say the same: every limit by its name, and what stands at the edges."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import proofs_checks
from proofs_checks import MalformedError, RejectedError, verify, work

FOLDER = Path(proofs_checks.__file__).parent
HARDMAX = (FOLDER / "FORMAT.md").read_text(encoding="utf-8")
SOFTMAX = (FOLDER / "softmax" / "FORMAT.md").read_text(encoding="utf-8")
PARAMETERS = (FOLDER / "parameters" / "FORMAT.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| .+ \| ([0-9,]+) \| (?:`([\w.]+)\.(\w+)`|twice that) \|$", re.MULTILINE)


def rows(text: str) -> list[tuple[int, str, str]]:
    section = text.split("\n## Limits\n")[1].split("\n## ")[0]
    return [(int(shown.replace(",", "")), module, name) for shown, module, name in ROW.findall(section)]


@pytest.mark.parametrize("text", [HARDMAX, SOFTMAX, PARAMETERS], ids=["hardmax", "softmax", "parameters"])
def test_every_limit_in_the_tables_is_the_one_in_the_code(text: str) -> None:
    found = rows(text)
    assert len(found) >= 4
    previous = 0
    for shown, module, name in found:
        if name:
            previous = getattr(import_module(f"proofs_checks.{module}"), name)
            assert shown == previous
        else:
            assert shown == 2 * previous


def test_every_limit_in_the_code_is_in_the_tables() -> None:
    texts = (HARDMAX, SOFTMAX, PARAMETERS)
    named = {name for text in texts for _, _, name in rows(text) if name} | {"WORK_LIMIT"}
    limits = {
        name
        for path in FOLDER.rglob("*.py")
        if path.parent.name != "verified"  # which reads with limits of its own: docs/verified.md
        for name in re.findall(r"^(\w+_LIMIT|LARGEST) = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert limits == named


def test_the_work_that_the_document_allows_is_that_of_the_code() -> None:
    assert f"{work.WORK_LIMIT:,} + {work.WORK_PER_CHARACTER} c steps" in HARDMAX


def softmax(radius: str, reached: str) -> str:
    one = {"V": [["1"]], "Q": [["1"]], "K": [["1"]], "tokens": [["1"], ["-1"]], "radius": radius}
    head = {"format": "exactdyn softmax certificate", "version": 1, "system": one, "radius": reached}
    return json.dumps(
        head | {"enclosure": {"bits": 64, "pieces": []}, "claims": [{"claim": "hull-shrinkage"}]}
    )


@pytest.mark.parametrize("radius", ["0", "1/3", "1/2", "1/7000", f"1/{10**300}"])
def test_a_radius_need_not_be_dyadic(radius: str) -> None:
    verify(softmax(radius, radius))
    if radius != "0":
        with pytest.raises(RejectedError, match="the radius is larger"):
            verify(softmax(radius, f"{radius}0"))


def unrealised(**description: Any) -> str:
    """Return that no positive definite matrix does with the tokens 1, 2, 3 what is described."""
    evidence = {"attention": [[None, None, None]]} | description
    family = {"class": "positive-definite", "alpha": "1", "tokens": [["1"], ["2"], ["3"]]}
    claim = {"claim": "unrealised", "verdict": "holds", "evidence": evidence}
    return json.dumps(
        {"format": "exactdyn certificate", "version": 1, "family": family, "layers": 0, "claims": [claim]}
    )


@pytest.mark.parametrize("only", [{}, {"only": False}, {"only": True}], ids=str)
def test_with_leaders_a_split_has_two_cases_whatever_only_says(only: dict[str, bool]) -> None:
    tree = [{"token": 0}, {"weights": [[[0, 0, 0, 1], "1"]], "cuts": [["1", ["1"]]]}]
    tree += [{"token": 1}, {"weights": [[[0, 1, 1, 0], "1/2"], [[0, 1, 1, 2], "1/2"]]}, {}]
    verify(unrealised(leaders=2, cases=tree, **only))
    with pytest.raises(MalformedError):
        verify(unrealised(leaders=1, cases=tree, **only))


def test_no_leaders_asked_for_is_the_same_as_leaders_not_mentioned() -> None:
    cases = {"weights": [[[0, 1, 1, 0], "1/2"], [[0, 1, 1, 2], "1/2"]]}
    described = {"attention": [[None, [1], None]], "cases": cases}
    verify(unrealised(**described))
    verify(unrealised(**described, leaders=0))


def closed(closing: dict[str, Any], name: str = "t") -> str:
    """Return that of two tokens at one place nothing ever moves, closed like that."""
    line = {"parameter": name, "alpha": "1", "A": [["1"]], "tokens": [["1"], ["1"]]}
    points = [{"polynomial": [-n, 1], "interval": [f"{2 * n - 1}/2", f"{2 * n + 1}/2"]} for n in (0, 2)]
    piece = {"attention": [[[0, [0, 1]], [1, [0, 1]]]], "closed": closing}
    head = {"format": "exactdyn parameter certificate", "version": 1, "line": line, "points": points}
    return json.dumps(head | {"cells": {"at": [], "pieces": [piece]}})


def test_a_rate_is_there_at_most_a_hundred_times() -> None:
    for times, error in ((100, RejectedError), (101, MalformedError)):
        for lemma, rate in (("locked-itinerary", "0"), ("periodic-itinerary", ["0"])):
            closing = {"lemma": lemma, "rates": [[rate, times]], "nodes": [[0, 0]]}
            more = {"period": 1, "limits": [[["1"]], [["1"]]]} if lemma == "periodic-itinerary" else {}
            with pytest.raises(error):
                verify(closed(closing | more))


def test_weights_of_a_closing_have_the_sum_1() -> None:
    forms = {"lemma": "definite-forms", "polynomial": ["-1", "1"]}
    verify(closed(forms | {"weights": ["1"]}))
    verify(closed(forms | {"weights": ["2", *["0"] * 98, "-1"]}))
    for weights in ([], ["2"], ["1", *["0"] * 100]):
        with pytest.raises(RejectedError, match="weights have the sum 1"):
            verify(closed(forms | {"weights": weights}))


def test_the_name_of_a_parameter_does_not_begin_with_a_digit() -> None:
    for name in ("t", "t_2", "_" * 20):
        verify(closed({"lemma": "lock-in"}, name))
    for name in ("2t", "", "t" * 21, "t t", "\xe9"):
        with pytest.raises(MalformedError, match="a name of at most 20 letters"):
            verify(closed({"lemma": "lock-in"}, name))


def test_the_numbers_of_a_comparison_are_at_most_ten_million() -> None:
    for number, error in ((10_000_000, RejectedError), (10_000_001, MalformedError)):
        with pytest.raises(error):
            verify(unrealised(cases={"weights": [[[0, 1, 1, number], "1"]]}))
