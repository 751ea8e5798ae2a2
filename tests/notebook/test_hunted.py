"""Hunts in Python have all that the command line has, and refuse by the names of parameters."""

import json

import pytest

from exactdyn import Hardmax, InputError, hunt, itineraries, lead, load_example, verify
from tests.command import inside

EXAMPLE = load_example("cyclic")


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({"tau": "1/(k+2)"}, ["--tau", "1/(k+2)"]),
        ({"alpha": "1/2", "mask": "causal"}, ["--alpha", "1/2", "--mask", "causal"]),
        ({"alpha": 1, "ties": "first"}, ["--alpha", 1, "--ties", "first"]),
        ({"no_ties": True, "seed": 3}, ["--no-ties", "--seed", 3]),
        ({"kind": "symmetric", "configurations": 2}, ["--class", "symmetric", "--configurations", 2]),
    ],
)
def test_a_hunt_finds_what_the_command_line_finds_with_the_same_options(given, options):
    found = hunt("norm-growth", count=2, dimension=1, layers=1, **given)
    generated = ("--tokens", 2, "--dim", 1, "--layers", 1)
    shown = inside("hunt", "norm-growth", *generated, *options, "--json").stdout
    assert found.to_dict() == json.loads(shown)
    assert verify(found).verdict == "accepted"


def test_the_bound_of_matrices_is_that_of_the_command_line():
    found = hunt("convergence", Hardmax(alpha=1), tokens=[[1], [-1]], layers=1, bound=1, budget=1)
    assert found.request.bound == 1


def test_alpha_may_be_a_list_and_a_mask_rows():
    found = hunt("distinctness-preserved", count=2, dimension=1, alpha=[1, 2], mask=[[1, 1], [1, 1]])
    assert found.status == "found"
    assert found.example["alpha"] == ["1", "2"]


def test_a_store_keeps_what_was_found(tmp_path):
    store = tmp_path / "hunt.sqlite"
    asked = {"count": 3, "dimension": 2, "configurations": 3, "store": store}
    found = hunt("norm-growth", **asked)
    assert store.exists()
    assert hunt("norm-growth", **asked).to_dict() == found.to_dict()
    assert hunt("norm-growth", summary=True, **asked).to_dict() == found.to_dict()
    with pytest.raises(InputError, match=r"holds another hunt: seed is 0 there, 1 here"):
        hunt("norm-growth", seed=1, **asked)


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"kind": "nice"}, "kind: requires one of general, symmetric"),
        ({"summary": True}, "summary: requires a store, got none"),
        ({"pattern": "a, b"}, "pattern: requires 1 x 1 entries"),
        ({"alpha": 1, "tau": 1}, "tau: requires no alpha beside it"),
        ({"alpha": 0.5}, "alpha: 0.5 is a binary float"),
        ({"mask": "causal"}, "mask: requires alpha or tau beside it, got neither"),
        ({"ties": "first"}, "ties: requires alpha or tau beside it, got neither"),
        ({"alpha": 1, "mask": [[1]]}, "mask: requires 2 x 2 for these tokens"),
        ({"bound": 5}, "bound: requires a statement about the limit"),
        ({"dropped": ["symmetric"]}, "dropped: requires one of positive-alpha"),
        ({"dask": "nowhere"}, "dask: requires the address of a scheduler"),
        ({"dask": "nowhere", "workers": 2}, "workers: requires no address of a cluster"),
    ],
)
def test_a_hunt_is_refused_by_the_name_of_the_parameter(asked, line):
    with pytest.raises(InputError) as refused:
        hunt("distinctness-preserved", count=2, dimension=1, **asked)
    assert str(refused.value).startswith(line)


def test_a_field_of_a_system_keeps_its_name():
    layers = Hardmax([[[1]], [[2]]], alpha=1)
    with pytest.raises(InputError, match=r"^A: requires one matrix"):
        hunt("norm-growth", layers, tokens=[[1], [2]])
    with pytest.raises(InputError, match=r"^statement: hull-of-the-seen requires masks"):
        hunt("hull-of-the-seen", count=2, dimension=1)


def test_beside_a_system_nothing_states_it_again():
    for name, value in {"alpha": 1, "tau": "1/2", "mask": "causal", "ties": "first"}.items():
        with pytest.raises(InputError, match=rf"^{name}: requires that there is no system beside it"):
            hunt("norm-growth", EXAMPLE, **{name: value})
    with pytest.raises(InputError, match=r"^configurations: requires tokens or an alpha to be generated"):
        hunt("norm-growth", EXAMPLE, configurations=2)


def test_other_questions_about_classes_name_the_parameter_too():
    for question, amount in ((lead, [0]), (itineraries, 1)):
        with pytest.raises(InputError, match=r"^kind: requires one of general"):
            question(EXAMPLE, amount, kind="nice")
        with pytest.raises(InputError, match=r"^pattern: requires 2 x 2 entries"):
            question(EXAMPLE, amount, pattern="a")
