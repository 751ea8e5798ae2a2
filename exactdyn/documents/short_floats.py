"""Floats that numpy does not know, exactly, as float32."""

from __future__ import annotations

import numpy as np

SHORT_FLOATS = {"BF16": "<u2", "F8_E4M3": "<u1", "F8_E5M2": "<u1"}
"""The formats, with the unsigned integers that hold their bits."""


def from_bits(bits: np.ndarray, dtype: str) -> np.ndarray:
    """Return the float32 that has the value of each of these floats; all other formats are left as they are.

    Source: F8, arXiv 2209.05433.

    >>> from_bits(np.array([0x3FC0], dtype="<u2"), "BF16")
    array([1.5], dtype=float32)
    """
    decode = {"BF16": _bfloat16, "F8_E4M3": _float8_e4m3, "F8_E5M2": _float8_e5m2}.get(dtype)
    return bits if decode is None else decode(bits)


def _bfloat16(bits: np.ndarray) -> np.ndarray:
    # The upper half of a float32.
    decoded: np.ndarray = (bits.astype(np.uint32) << 16).view(np.float32)
    return decoded


def _float8_e5m2(bits: np.ndarray) -> np.ndarray:
    # The upper half of a float16.
    decoded: np.ndarray = (bits.astype(np.uint16) << 8).view(np.float16).astype(np.float32)
    return decoded


def _float8_e4m3(bits: np.ndarray) -> np.ndarray:
    # 1 sign, 4 exponent (bias 7), 3 mantissa bits; no infinities, and all ones is the one NaN.
    sign = np.where(bits & 0x80, -1.0, 1.0)
    exponent, mantissa = (bits >> 3 & 0xF).astype(np.int64), (bits & 7).astype(np.float64)
    size = np.where(exponent == 0, np.ldexp(mantissa, -9), np.ldexp(8 + mantissa, exponent - 10))
    decoded: np.ndarray = np.where(bits & 0x7F == 0x7F, np.nan, sign * size).astype(np.float32)
    return decoded
