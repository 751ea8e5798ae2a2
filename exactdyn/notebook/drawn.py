"""Answers as pictures."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial, singledispatch
from inspect import signature
from pathlib import Path
from typing import Any

from exactdyn.cli.terminal.output import write_file
from exactdyn.documents.files import ending_of, naming
from exactdyn.errors import InputError
from exactdyn.graph import attention_graph
from exactdyn.limits import Limit
from exactdyn.notebook.answers import AskedItineraries
from exactdyn.parameters.cells import ParameterCells
from exactdyn.pictures import (
    FORMATS,
    draw_directions,
    draw_limit,
    draw_phases,
    draw_run,
    draw_spectra,
    render,
    require_drawable,
)
from exactdyn.pictures.attention_spectrum import draw_attention_spectrum
from exactdyn.pictures.flow import draw_flow
from exactdyn.pictures.graph import graph_text
from exactdyn.pictures.review.picture import draw_explanation
from exactdyn.presentation import Picture
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.softmax import Proof
from exactdyn.softmax.spectrum import AttentionSpectrum
from exactdyn.systems.run import Run, Subject, run_of
from exactdyn.transformer.inspection import Inspection


@singledispatch
def picture_of(answer: object, /, **options: Any) -> Picture:
    """Draw an answer; ``options``: those of the function that draws.

    Raises :class:`~exactdyn.errors.InputError` where there is no picture of such an answer, and for an option
    that its picture does not have.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> picture_of(Hardmax(alpha=1).run([[1], ["1/2"]], layers=3)).figure.axes[0].get_ylabel()
    'value'
    """
    raise InputError(f"plot: requires an answer that is drawn, got {type(answer).__name__}")


def _of_figure(draw: Callable[..., Any], answer: object, /, **options: Any) -> Picture:
    known = list(signature(draw).parameters)[1:]
    for name in options:
        if name not in known:
            raise InputError(f"{name}: requires one of {', '.join(known) or 'no options'}, got {name!r}")
    figure = draw(answer, **options)
    return Picture(partial(render, figure), FORMATS, _keep, figure)


def _keep(picture: Picture, file: str | os.PathLike[str]) -> None:
    path = Path(file)
    with naming(path):
        format = ending_of(path, [f".{own}" for own in picture.formats]).removeprefix(".")
    write_file(path, picture.written(format))


def _directions(answer: AskedItineraries) -> Any:
    require_drawable(answer.matrices, answer.each_layer)
    return draw_directions(answer, answer.matrices, answer.around, answer.start, answer.layers)


picture_of.register(Run, partial(_of_figure, draw_run))
picture_of.register(Limit, partial(_of_figure, draw_limit))
picture_of.register(Inspection, partial(_of_figure, draw_spectra))
picture_of.register(AttentionSpectrum, partial(_of_figure, draw_attention_spectrum))
picture_of.register(Explanation, partial(_of_figure, draw_explanation))
picture_of.register(AskedItineraries, partial(_of_figure, _directions))


@picture_of.register
def _(answer: ParameterCells, /, **options: Any) -> Picture:
    return _of_figure(draw_phases, answer, **{"title": "", **options})


@picture_of.register
def _(answer: Proof, /, **options: Any) -> Picture:
    return _of_figure(draw_flow, answer.flow, **options)


def draw_graph(
    subject: Subject, layer: int, labels: Sequence[str] | None = None, *, tokens: object = None
) -> Picture:
    """Draw the attention graph of a layer: a picture that a notebook shows, in SVG.

    ``subject``: a run, an example, or a system with ``tokens`` beside it. ``labels``: a text for every token.
    Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> draw_graph(Hardmax(alpha=1), 0, tokens=[[1, 0], ["1/2", 0]])
    Picture(svg)
    """
    run = run_of(subject, tokens)
    text = graph_text(attention_graph(run, layer, labels), "svg", run)
    return Picture(lambda format: text.encode(), ("svg",), _keep)
