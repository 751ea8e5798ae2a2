"""Safetensors files, read from their bytes; the reference is the package safetensors and plain Fractions."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from exactdyn.documents.tensors import read_tensors
from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model
from tests.command import assert_refused, inside

STATED = {"depth": "2", "seq_length": "4"}
LAYOUT = {"BF16": (8, 127, 7), "F8_E4M3": (4, 7, 3), "F8_E5M2": (5, 15, 2)}
"""Exponent bits, bias, mantissa bits."""


def tensor_bytes(tensors, metadata=None, header=None):
    """A file of tensors given as dtype, shape, bytes; ``header`` replaces entries of the header."""
    entries, data = ({} if metadata is None else {"__metadata__": metadata}), b""
    for name, (dtype, shape, content) in tensors.items():
        entries[name] = {
            "dtype": dtype,
            "shape": shape,
            "data_offsets": [len(data), len(data) + len(content)],
        }
        data += content
    text = json.dumps(entries | (header or {})).encode()
    return len(text).to_bytes(8, "little") + text + data


def single(value):
    return ("F32", [1], np.float32(value).tobytes())


def model_bytes(dtype, content, **changes):
    tensors = {
        "E": (dtype, [3, 2], content),
        "alpha": single(1.5),
        "v": ("F32", [2], np.float32([1, -1]).tobytes()),
        "b": single(0.25),
    }
    return tensor_bytes(tensors | changes, STATED)


def plain_value(bits, exponent_bits, bias, mantissa_bits):
    """The value by the definition of a binary float, None if it is no number."""
    mantissa = bits & (1 << mantissa_bits) - 1
    exponent = bits >> mantissa_bits & (1 << exponent_bits) - 1
    sign = -1 if bits >> exponent_bits + mantissa_bits else 1
    all_ones = exponent == (1 << exponent_bits) - 1
    if all_ones and (exponent_bits != 4 or mantissa == 7):
        return None
    if exponent == 0:
        return sign * Fraction(mantissa) * Fraction(2) ** (1 - bias - mantissa_bits)
    return sign * Fraction((1 << mantissa_bits) + mantissa) * Fraction(2) ** (exponent - bias - mantissa_bits)


@pytest.mark.parametrize("dtype", LAYOUT)
def test_every_short_float_is_read_exactly(tmp_path, dtype):
    size = 2 if dtype == "BF16" else 1
    every = range(256**size)
    content = b"".join(bits.to_bytes(size, "little") for bits in every)
    (tmp_path / "all.safetensors").write_bytes(tensor_bytes({"all": (dtype, [len(every)], content)}))
    read = read_tensors(tmp_path / "all.safetensors")[0]["all"]
    for bits, got in zip(every, read.tolist(), strict=True):
        wanted = plain_value(bits, *LAYOUT[dtype])
        assert np.isfinite(got) == (wanted is not None)
        assert wanted is None or Fraction(got) == wanted


@pytest.mark.parametrize(
    ("dtype", "content"),
    [
        ("BF16", np.array([0, 0.5, 1, 0, -1, 2], np.float32).view(np.uint32) >> 16),
        ("F8_E4M3", np.array([0x00, 0x30, 0x38, 0x00, 0xB8, 0x40])),
        ("F8_E5M2", np.array([0x00, 0x38, 0x3C, 0x00, 0xBC, 0x40])),
    ],
)
def test_a_model_of_short_floats_is_the_model_of_their_values(tmp_path, dtype, content):
    width = "<u2" if dtype == "BF16" else "<u1"
    (tmp_path / "m.safetensors").write_bytes(model_bytes(dtype, content.astype(width).tobytes()))
    model = load_model(str(tmp_path / "m.safetensors"))
    assert model.vectors.tolist() == [[0.0, 0.5], [1.0, 0.0], [-1.0, 2.0]]
    (tmp_path / "m.vocabulary.tsv").write_text("0\t<PAD>\n1\tgood\n2\tbad\n")
    process = inside("explain", "--model", "m.safetensors", "--text", "good bad", folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")


@pytest.mark.parametrize(
    ("dtype", "bits", "got"),
    [
        ("BF16", 0x7FC0, "nan"),
        ("BF16", 0xFF80, "-inf"),
        ("F8_E4M3", 0x7F, "nan"),
        ("F8_E5M2", 0x7C, "inf"),
        ("F8_E5M2", 0xFE, "nan"),
    ],
)
def test_what_is_no_number_is_refused_by_its_tensor_and_place(tmp_path, dtype, bits, got):
    width = 2 if dtype == "BF16" else 1
    content = bytes(3 * width) + bits.to_bytes(width, "little") + bytes(2 * width)
    (tmp_path / "m.safetensors").write_bytes(model_bytes(dtype, content))
    process = inside("explain", "--model", "m.safetensors", "--text", "good", folder=tmp_path)
    assert_refused(process, f"m.safetensors: E[1][1]: requires a finite number, got {got}")


def test_other_names_are_named_beside_those_that_were_expected(tmp_path):
    names = ("encoder.weight", "alpha", "decoder.weight", "decoder.bias")
    save_file({name: np.ones(1, np.float32) for name in names}, tmp_path / "m.safetensors")
    process = inside("audit", "--model", "m.safetensors", folder=tmp_path)
    has = "alpha, decoder.bias, decoder.weight, encoder.weight"
    assert_refused(process, f"E: requires an array, got none (has {has}; a model has E, alpha, v, b)")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"A": single(1)}, "A: not used, so refused; requires none but E, alpha, v, b"),
        ({"alpha": ("F8_E8M0", [1], b"\x7f")}, "alpha: requires entries of dtype F16, F32, F64, I8"),
        ({"alpha": ("BOOL", [1], b"\x01")}, "alpha: requires entries of dtype"),
        ({"v": ("F32", [3], bytes(8))}, "v: shape [3] of F32 requires 12 bytes, got 8"),
        ({"v": ("F32", [10**30], bytes(8))}, "v: shape [1000000000000000000000000000000] of F32 requires"),
        ({"v": ("F32", [0, 10**30], b"")}, "v: requires 0 to 2 axes, none empty, got shape [0, 10000"),
        ({"v": ("F32", [1, 1, 2], bytes(8))}, "v: requires 0 to 2 axes, none empty, got shape [1, 1, 2]"),
        ({"v": ("F32", [-1, -2], bytes(8))}, "v: requires 0 to 2 axes"),
        ({"v": ("F32", "2", bytes(8))}, "v: requires 0 to 2 axes"),
        ({"v": (["F32"], [2], bytes(8))}, "v: requires entries of dtype"),
        ({"\x1b[1m": single(1)}, "'\\x1b[1m': not used, so refused"),
    ],
)
def test_a_wrong_tensor_is_refused(tmp_path, changes, message):
    (tmp_path / "m.safetensors").write_bytes(model_bytes("F32", bytes(24), **changes))
    with pytest.raises(InputError) as caught:
        load_model(str(tmp_path / "m.safetensors"))
    assert str(caught.value).startswith(f"{tmp_path / 'm.safetensors'}: {message}")


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"seq_len": "4"}, "__metadata__.seq_len: not used, so refused; requires none but depth, seq_length"),
        ({"depth": "two"}, "__metadata__.depth: requires a number, got 'two'"),
        ({"depth": 2}, "__metadata__: requires texts by name, got {'depth': 2}"),
        (["depth"], "__metadata__: requires texts by name, got ['depth']"),
    ],
)
def test_metadata_is_used_or_refused(tmp_path, metadata, message):
    tensors = {"E": ("F32", [1, 1], bytes(4)), "alpha": single(1), "v": single(1), "b": single(1)}
    (tmp_path / "m.safetensors").write_bytes(tensor_bytes(tensors, metadata))
    with pytest.raises(InputError) as caught:
        load_model(str(tmp_path / "m.safetensors"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            {"b": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}},
            "requires to begin where the one before",
        ),
        (
            {"b": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}},
            "requires to begin where the one before",
        ),
        (
            {"b": {"dtype": "F32", "shape": [1], "data_offsets": [8, 4]}},
            "b: shape [1] of F32 requires 4 bytes, got -4",
        ),
        (
            {"b": {"dtype": "F32", "shape": [1], "data_offsets": [0]}},
            "b: requires 2 offsets into the data, got [0]",
        ),
        ({"b": {"dtype": "F32", "shape": [1]}}, "b: requires an object of dtype, shape and data_offsets"),
        ({"b": 7}, "b: requires an object of dtype, shape and data_offsets, got 7"),
    ],
)
def test_a_header_that_contradicts_the_data_is_refused(tmp_path, header, message):
    (tmp_path / "m.safetensors").write_bytes(tensor_bytes({"a": single(1), "b": single(2)}, header=header))
    with pytest.raises(InputError) as caught:
        read_tensors(tmp_path / "m.safetensors")
    assert message in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\x00" * 8, b"\xff" * 20, (3).to_bytes(8, "little") + b"\xff[]"])
def test_what_is_no_safetensors_file_is_refused(tmp_path, content):
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(InputError, match="requires a safetensors file"):
        load_model(str(tmp_path / "m.safetensors"))


@given(st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, data):
    content = bytearray(model_bytes("F8_E4M3", bytes(range(6))))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "m.safetensors"
    path.write_bytes(
        bytes(content[: data.draw(st.integers(0, len(content)))]) if data.draw(st.booleans()) else content
    )
    try:
        load_model(str(path))
    except InputError as error:
        assert "\n" not in str(error)


def test_the_files_of_the_reference_package_are_read_alike(tmp_path):
    kinds = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
    wanted = {kind: np.arange(6).reshape(2, 3).astype(kind) for kind in kinds} | {"scalar": np.array(2.5)}
    save_file(wanted, tmp_path / "m.safetensors", {"format": "np"})
    read, stated = read_tensors(tmp_path / "m.safetensors")
    assert stated == {"format": "np"}
    assert set(read) == set(wanted)
    for name, array in wanted.items():
        assert (read[name].dtype, read[name].tolist()) == (array.dtype, array.tolist())
