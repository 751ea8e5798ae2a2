"""``exactdyn inspect``: the attention matrices of a real transformer, and which hypotheses they satisfy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exactdyn.cli.terminal.options import BriefAnswerOption, JsonOption, refuse_brief
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting


def command(
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL",
            help="Folder with model.safetensors and config.json, or a .safetensors or .npz file.",
        ),
    ],
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw the spectra of V: a name in .png, .svg or .pdf."),
    ] = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Judge the attention matrices V = O V_h and A = K^T Q of every head of a transformer, rigorously.

    Ranks, symmetry and signs are exact facts about the floats that are stored; eigenvalues are enclosed.
    MODEL has the names of BERT, ALBERT or GPT-2 with config.json beside it, or is an .npz file of matrices
    Q, K, V and O themselves. What is left out of the transformer is said in the answer.

    Example: exactdyn inspect two-heads.npz --plot spectra.svg
    """
    from exactdyn.cli.words.inspect import inspection_text
    from exactdyn.transformer import inspect

    refuse_brief(brief or None, (as_json, "--json"))
    format = None
    if plot is not None:
        from exactdyn.pictures import format_of

        format = format_of(plot)
        require_writable(plot, read=[model])
    with waiting("reading") as tell:
        found = inspect(model, lambda done, all: tell(f"inspecting {model}: {done} of {all} heads"))
    if plot is not None and format is not None:
        from exactdyn.pictures import draw_spectra, render

        with waiting("drawing"):
            picture = render(draw_spectra(found), format)
        write_file(plot, picture)
    if as_json:
        print_json({"model": model, **found.to_dict()})
    else:
        print_text(inspection_text(model, found, brief))
    return 0
