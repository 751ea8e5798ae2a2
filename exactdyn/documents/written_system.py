"""A system as the fields of a document, every number exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from exactdyn.documents.syntax import Document
from exactdyn.layer.relu import Relu
from exactdyn.numbers.fields.written import number_text
from exactdyn.numbers.reading import Rows
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.soft_attention import SoftHead, Softmax

Texts: TypeAlias = list[list[str]]
"""Rows of numbers as text."""


def system_document(system: HardAttention, count: int) -> Document:
    """Return the fields that state a system for so many tokens; what is left to its default is left out.

    The fields of a single head stand in the document itself, those of several in ``heads``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> system_document(Hardmax([[2]], tau="2/(k+2)", mask="causal"), 3)
    {'tau': '2/(k+2)', 'form': 'normalised', 'A': [['2']], 'mask': 'causal'}
    """
    schedule = system.schedule
    numbers = [number_text(number) for number in schedule.stated]
    step = schedule.formula or (numbers[0] if len(numbers) == 1 else numbers)
    document: Document = {schedule.parameter: step, "form": system.form}
    if system.period != 1 and system.listed:
        document["period"] = system.period
    heads = [_head_table(head, count) for head in system.parts]
    if len(heads) == 1:
        document |= heads[0]
    else:
        document["heads"] = heads
    if system.relu is not None:
        blocks = [_relu_table(block) for block in system.relu]
        document["relu"] = blocks[0] if len(blocks) == 1 else blocks
    return document


def softmax_document(system: Softmax, count: int) -> Document:
    """Return the fields that state softmax attention for so many tokens, as :func:`system_document` does.

    >>> softmax_document(Softmax(V=[[2]], mask="causal", step="1/10"), 3)
    {'V': [['2']], 'mask': 'causal', 'step': '1/10'}
    """
    heads = [_soft_head_table(head, count) for head in system.parts]
    document: Document = heads[0] if len(heads) == 1 else {"heads": heads}
    return document if system.step is None else document | {"step": number_text(system.step)}


def texts(rows: Rows) -> Texts:
    """Return rows of numbers as text.

    >>> from exactdyn.numbers.vectors import identity
    >>> texts(identity(1))
    [['1']]
    """
    return [[number_text(x) for x in row] for row in rows]


def _head_table(head: Head, count: int) -> Document:
    table: Document = {}
    for name, given in (("A", head.A), ("V", head.V)):
        if given is not None:
            table[name] = _matrices(given)
    if head.mask is not None:
        table["mask"] = head.mask.data(count)
    if head.ties != "mean":
        table["ties"] = head.ties
    return table


def _soft_head_table(head: SoftHead, count: int) -> Document:
    named = (("V", head.V), ("Q", head.Q), ("K", head.K))
    table: Document = {name: texts(rows) for name, rows in named if rows is not None}
    return table if head.mask is None else table | {"mask": head.mask.data(count)}


def _matrices(given: Sequence[Rows]) -> Texts | list[Texts]:
    return texts(given[0]) if len(given) == 1 else [texts(matrix) for matrix in given]


def _relu_table(block: Relu) -> Document:
    table: Document = {
        "W1": texts(block.W1),
        "b1": [number_text(x) for x in block.b1],
        "W2": texts(block.W2),
        "b2": [number_text(x) for x in block.b2],
    }
    return table if block.eta == 1 else table | {"eta": number_text(block.eta)}
