"""Models as they are published, and matrices alone: what is read is what the model computes with."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import inspect
from exactdyn.errors import InputError
from exactdyn.transformer import load_transformer
from tests.transformer.models import (
    BERT,
    CONFIGS,
    DIMENSION,
    HEADS,
    LAYERS,
    WIDTH,
    attention,
    named,
    random_layers,
    write_model,
)

X = np.random.default_rng(5).integers(-3, 4, (4, DIMENSION)).astype(float)


@pytest.mark.parametrize("ending", [".safetensors", ".npz"])
@pytest.mark.parametrize("layout", CONFIGS)
def test_a_model_of_every_layout_is_read_as_it_computes(tmp_path, layout, ending):
    layers = random_layers(1)
    path = write_model(tmp_path / "model", named(layout, layers), CONFIGS[layout], ending)
    model = load_transformer(path)
    assert (model.layout, model.dimension, model.width) == (layout, DIMENSION, WIDTH)
    assert (model.layers, model.heads) == (LAYERS, HEADS)
    for layer, head, own in model.all_heads():
        scores, added = attention(layers, layer, X)
        assert np.array_equal((X @ own.query.T) @ (X @ own.key.T).T, scores[head])
        assert np.array_equal(X @ own.value.T @ own.output.T, added[head])


def test_layers_are_in_the_order_of_their_numbers(tmp_path):
    layers = [random_layers(seed)[0] for seed in range(11)]
    path = write_model(tmp_path / "model", named("BERT-like", layers), {"num_attention_heads": HEADS})
    model = load_transformer(path)
    assert all(np.array_equal(model.read(k)[0].query, layers[k][0][:WIDTH]) for k in range(11))


@pytest.mark.parametrize("axes", [(), (3,), (2, 3)])
def test_matrices_alone_have_axes_for_heads_and_layers_before_their_own(tmp_path, axes):
    draw = np.random.default_rng(2)
    shapes = {"Q": (2, 5), "K": (2, 5), "V": (4, 5), "O": (5, 4)}
    arrays = {name: draw.standard_normal((*axes, *shape)) for name, shape in shapes.items()}
    np.savez(tmp_path / "m.npz", **arrays)
    model = load_transformer(str(tmp_path / "m.npz"))
    assert (model.layout, model.layers, model.heads) == ("matrices", *(1, 1, *axes)[-2:])
    for layer, head, own in model.all_heads():
        place = (layer, head)[2 - len(axes) :]
        assert np.array_equal(own.output, arrays["O"][place])
        assert np.array_equal(own.query, arrays["Q"][place])


def test_without_an_output_a_square_value_matrix_is_the_whole():
    own = load_transformer({"Q": np.eye(2), "K": np.eye(2), "V": np.array([[1.0, 2.0], [3.0, 4.0]])}).read(0)[
        0
    ]
    assert (own.output @ own.value).tolist() == [[1.0, 2.0], [3.0, 4.0]]


def changed(**changes):
    """A model of BERT's names with some arrays changed (None: left out), by the ends of their names."""
    arrays = named("BERT-like", random_layers(1))
    for end, array in changes.items():
        name = f"bert.encoder.layer.1.attention.{end.replace('_', '.')}.weight"
        arrays.pop(name)
        arrays |= {} if array is None else {name: array}
    return arrays


FITTING = np.ones((HEADS * WIDTH, DIMENSION), np.float32)


@pytest.mark.parametrize(
    ("arrays", "config", "message"),
    [
        ({"x": FITTING}, BERT, "requires the names of a BERT-like, ALBERT-like, GPT-2-like model, got x"),
        (changed(self_key=None), BERT, "bert.encoder.layer.1.attention.self.key.weight: requires an array"),
        (
            changed(self_key=FITTING[1:]),
            BERT,
            "self.key.weight: requires a shape that fits the output's, got (5",
        ),
        (changed(output_dense=FITTING[0]), BERT, "requires a shape that fits the output's"),
        (changed(), {}, "config.json: num_attention_heads: requires a divisor of 6, got none"),
        (changed(), BERT | {"num_attention_heads": 4}, "num_attention_heads: requires a divisor of 6, got 4"),
        (
            changed(),
            BERT | {"num_attention_heads": "2"},
            "config.json: num_attention_heads: requires an integer",
        ),
        (
            changed(),
            BERT | {"num_hidden_layers": 3},
            "num_hidden_layers: requires 2, as the arrays have, got 3",
        ),
        (
            changed(),
            BERT | {"hidden_size": 6},
            "config.json: hidden_size: requires 8, as the arrays have, got 6",
        ),
        (
            {name.replace("layer.1.", "layer.2."): array for name, array in changed().items()},
            {"num_attention_heads": HEADS},
            "requires all layers up to bert.encoder.layer.2.attention.*, got 2 of them",
        ),
        (
            changed() | {f"decoder.{name}": array for name, array in changed().items()},
            BERT,
            "requires the layers of one model, got those of bert.* (BERT-like), decoder.bert.* (BERT-like)",
        ),
    ],
)
def test_a_model_that_does_not_fit_together_is_refused(tmp_path, arrays, config, message):
    path = write_model(tmp_path / "model", arrays, config)
    with pytest.raises(InputError) as caught:
        load_transformer(path)
    assert str(caught.value).startswith(f"{path / 'model.safetensors'}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("bad", [np.float32("nan"), np.float32("inf")])
def test_a_weight_that_is_no_number_is_refused_by_its_place(tmp_path, bad):
    weight = FITTING.copy()
    weight[2, 3] = bad
    model = load_transformer(write_model(tmp_path / "model", changed(self_value=weight), BERT))
    with pytest.raises(
        InputError, match=r"layer\.1\.attention\.self\.value\.weight\[2\]\[3\]: requires a finite"
    ):
        list(model.all_heads())


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"Q": [[1]], "K": [[1]]}, "V: requires an array, got none"),
        ({"Q": [[1]], "K": [[1]], "V": [[1]], "W": [[1]]}, "W: not used, so refused"),
        ({"Q": [[1, 2]], "K": [[1]], "V": [[1]]}, "Q: requires 1 rows of 1 numbers, got shape (1, 2)"),
        ({"Q": [[1, 2]], "K": [[1, 2]], "V": [[1, 2]]}, "O: requires 2 rows of 1 numbers, got none"),
        ({"Q": [[1]], "K": [1], "V": [[1]]}, "K: requires rows and columns"),
        (
            {"Q": [[[1]]], "K": [[1]], "V": [[1]]},
            "Q: requires rows and columns, and before them the axes of V",
        ),
        ({"Q": [[1]], "K": [[1], [2, 3]], "V": [[1]]}, "K: requires rows of equal length"),
    ],
)
def test_matrices_that_do_not_fit_are_refused(arrays, message):
    with pytest.raises(InputError) as caught:
        load_transformer(arrays)
    assert str(caught.value).startswith(message)


def test_heads_that_are_too_wide_are_refused_before_the_work():
    wide = np.broadcast_to(np.float32(1), (257, 300))
    with pytest.raises(InputError, match="requires heads of width at most 256, got 257"):
        load_transformer({"Q": wide, "K": wide, "V": wide, "O": wide.T})


def test_a_file_that_is_no_model_is_refused_by_its_name(tmp_path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    for name, message in [
        ("pytorch_model.bin", "pickles are never read"),
        ("missing.safetensors", "missing.safetensors: no such file"),
        ("", "model.safetensors: no such file"),
    ]:
        with pytest.raises(InputError, match=message):
            load_transformer(tmp_path / name)
    np.savez(tmp_path / "alone.npz", x=np.eye(2))
    with pytest.raises(
        InputError, match=r"requires config\.json beside it, which states the number of heads"
    ):
        load_transformer(tmp_path / "alone.npz")


def test_a_config_that_is_no_document_is_refused(tmp_path):
    path = write_model(tmp_path / "model", changed(), BERT)
    (path / "config.json").write_text(json.dumps([BERT]))
    with pytest.raises(InputError, match=r"model\.safetensors: config\.json: requires an object"):
        load_transformer(path)


@given(st.data())
def test_a_damaged_model_is_inspected_or_refused_in_one_line(tmp_path_factory, data):
    path = write_model(tmp_path_factory.mktemp("damaged") / "model", changed(), BERT)
    file = path / data.draw(st.sampled_from(["model.safetensors", "config.json"]))
    content = bytearray(file.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    file.write_bytes(content)
    try:
        inspect(path)
    except InputError as error:
        assert "\n" not in str(error)
