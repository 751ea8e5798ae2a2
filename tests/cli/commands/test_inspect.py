"""``exactdyn inspect``."""

import json

import numpy as np
import pytest

from exactdyn import inspect
from exactdyn.softmax.decimals import decimals
from exactdyn.transformer import inspection
from tests.command import assert_refused, inside, printed
from tests.transformer.models import BERT, CONFIGS, named, random_layers, write_model

HEADS = {
    "Q": [[[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]],
    "K": [[[1.0, 0.0]], [[-1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]],
    "V": [[[2.0, 0.0], [0.0, 1.0]]] * 2 + [[[0.0, -2.0], [2.0, 0.0]], [[-0.5, 0.0], [0.0, 0.25]]],
}
"""A good triple; one whose form is negative; a rotation; a negative leading eigenvalue."""


@pytest.fixture
def archive(tmp_path):
    np.savez(tmp_path / "heads.npz", **{name: np.array(own) for name, own in HEADS.items()})
    return tmp_path / "heads.npz"


def test_hypotheses_are_counted_and_every_head_has_a_line(archive):
    text = printed("inspect", "heads.npz", folder=archive.parent)
    lines = text.splitlines()
    assert lines[0] == "heads.npz: matrices, 1 layer of 4 heads, tokens of dimension 2, heads of width 2"
    counted = {line[:50].strip(): line.split()[-3:] for line in lines[5:10]}
    assert counted["the eigenvalue of V of largest modulus is simple,"] == ["2", "2", "0"]
    assert counted["and its eigenvector phi has <Q phi, K phi> > 0"] == ["1", "3", "0"]
    assert "leading eigenvalue of V: positive (2 heads), not real (1 head), negative (1 head)" in lines
    assert "signs of the symmetric part of A: 1 positive, 0 negative, 1 zero (3 heads), 0 positive" in text
    rows = [line.split() for line in lines[-4:]]
    assert rows[0] == ["0", "0", "2.00000", "yes", "1.00000", "yes"]
    assert rows[1] == ["0", "1", "2.00000", "yes", "-1.00000", "no"]
    assert rows[2] == ["0", "2", "0", "+-", "2.00000i", "no:", "not", "real", "no"]
    assert rows[3] == ["0", "3", "-0.500000", "no:", "negative", "no"]


def test_what_is_left_out_is_said(archive):
    for text in (printed("inspect", archive), printed("inspect", archive, "--json")):
        for part in ("biases", "layer norm", "feed-forward blocks", "positions", "the sum over heads"):
            assert part in text


def test_json_has_every_eigenvalue_as_midpoint_and_radius(archive):
    data = json.loads(printed("inspect", archive, "--json"))
    found = inspect(HEADS)
    assert data == {"model": str(archive), **found.to_dict()}
    assert sorted(data) == [
        "counts",
        "dimension",
        "heads",
        "heads_per_layer",
        "kinds",
        "layers",
        "layout",
        "left_out",
        "model",
        "width",
    ]
    for head, own in zip(data["heads"], found.heads, strict=True):
        assert sorted(head) == ["A", "V", "form", "head", "hypotheses", "inertia", "layer", "leading"]
        assert sorted(head["V"]) == ["asymmetry", "eigenvalues", "rank"]
        for shown, eigenvalue in zip(head["V"]["eigenvalues"], own.value.eigenvalues, strict=True):
            assert shown["real"] == list(decimals(eigenvalue.value.real))
            assert shown["imaginary"] == list(decimals(eigenvalue.value.imag))
    assert data["counts"]["good-triple"] == {"holds": 1, "fails": 3, "undecided": 0}
    assert data["heads"][2]["hypotheses"]["good-triple"] == {
        "verdict": "fails",
        "witness": {"leading": "not real"},
        "reason": None,
    }


@pytest.mark.parametrize("layout", CONFIGS)
def test_a_model_of_every_layout_is_inspected(tmp_path, layout):
    path = write_model(tmp_path / "model", named(layout, random_layers(4)), CONFIGS[layout])
    text = printed("inspect", path)
    assert text.startswith(
        f"{path}: {layout}, 2 layers of 2 heads, tokens of dimension 8, heads of width 3\n"
    )
    assert "rank of V: 3 (4 heads)" in text


def test_spectra_are_drawn_beside_the_table(archive):
    file = archive.parent / "spectra.svg"
    assert printed("inspect", archive, "--plot", file) == printed("inspect", archive)
    assert file.read_text().startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing"], "missing: requires a name that ends in one of .safetensors, .npz, or a folder"),
        (["missing.npz"], "missing.npz: no such file"),
        ([".", "--plot", "spectra.gif"], "spectra.gif: requires a name that ends in"),
        ([".", "--plot", "no/spectra.svg"], "no/spectra.svg: cannot be written"),
        (["."], "model.safetensors: no such file"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, arguments, words):
    assert_refused(inside("inspect", *arguments, folder=tmp_path), words)


def test_a_weight_that_is_no_number_leaves_no_picture(tmp_path):
    layers = random_layers(4)
    layers[1][2][1, 2] = np.nan
    path = write_model(tmp_path / "model", named("BERT-like", layers), BERT)
    process = inside("inspect", path, "--plot", tmp_path / "spectra.svg")
    assert_refused(process, "layer.1.attention.self.value.weight[1][2]: requires a finite number, got nan")
    assert not (tmp_path / "spectra.svg").exists()


def test_ctrl_c_ends_without_a_word(archive, monkeypatch):
    whole = inspection.inspect_head

    def interrupted(layer, head, weights):
        if head == 2:
            raise KeyboardInterrupt
        return whole(layer, head, weights)

    monkeypatch.setattr(inspection, "inspect_head", interrupted)
    process = inside("inspect", archive, "--plot", archive.parent / "spectra.svg")
    assert (process.returncode, process.stdout, process.stderr) == (130, "", "")
    assert [path.name for path in archive.parent.iterdir()] == ["heads.npz"]
