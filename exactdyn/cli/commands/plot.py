"""``exactdyn plot``: the picture of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import ExampleOptions, JsonOption, LayersOption, require_alone
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.cli.weights import WeightsOption, plot_weights
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from exactdyn.documents import Example
    from exactdyn.pictures.paper.projection import Projection


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and how."""

    limit: Annotated[
        bool, typer.Option("--limit", help="Draw the limit: K, S, clusters, and the way to it.")
    ] = False
    panels: Annotated[
        str | None,
        typer.Option("--panels", metavar="K,K,...", help="The layers drawn; else 0,1,2,5 and the last."),
    ] = None
    coordinates: Annotated[
        str | None,
        typer.Option("--coordinates", metavar="I,J", help="Draw these two coordinates, counted from 0."),
    ] = None
    width: Annotated[
        float | None, typer.Option("--width", metavar="INCHES", help="How wide the picture is.")
    ] = None
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What stands above.")] = None

    def require(self, output: Path | None, animate: Path | None, layers: int | None) -> None:
        """Refuse what makes no sense together, before any work.

        >>> Drawing().require(None, None, None)
        Traceback (most recent call last):
        exactdyn.errors.InputError: --output: requires a FILE, or --animate FILE (see exactdyn plot --help)
        """
        if output is None and animate is None:
            raise InputError("--output: requires a FILE, or --animate FILE (see exactdyn plot --help)")
        if self.limit:
            given = {"--layers": layers, "--panels": self.panels, "--animate": animate}
            require_alone("--limit", *((own is not None, name) for name, own in given.items()))
        if self.panels is not None and output is None:
            raise InputError("--panels: requires -o FILE, as a film shows every layer, got --animate alone")

    @property
    def options(self) -> dict[str, object]:
        """What the functions that draw take.

        >>> Drawing(coordinates="0,2").options
        {'title': None, 'coordinates': [0, 2], 'width': None}
        """
        coordinates = None if self.coordinates is None else _numbers(self.coordinates, "--coordinates")
        return {"title": self.title, "coordinates": coordinates, "width": self.width}


@grouped
def command(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to: a name in .png, .svg or .pdf."),
    ] = None,
    animate: Annotated[
        Path | None,
        typer.Option("--animate", metavar="FILE", help="Write a film, a frame a layer: .gif, .mp4 or .html."),
    ] = None,
    *,
    given: ExampleOptions,
    layers: LayersOption = None,
    drawing: Drawing,
    weights: WeightsOption = False,
    as_json: JsonOption = False,
) -> int:
    """Draw a run: tokens, trails, leaders as stars, hulls.

    From dimension 2 on at layers 0, 1, 2, 5 and the last, dimension 1 over all layers. From dimension 4 on in
    the principal plane of layer 0, whose directions are printed, or in two coordinates. A film as .mp4 takes
    ffmpeg; as .html it is one page with a slider. With --weights EXAMPLE is a table or an array of attention
    weights, which are drawn as maps, one for every layer and head.

    Example: exactdyn plot emerging-leader -o run.svg
    """
    from exactdyn.documents.files import naming
    from exactdyn.pictures import animated_format, format_of
    from exactdyn.pictures.paper.projection import projection_of

    drawing.require(output, animate, layers)
    formats = {
        path: find(path)
        for path, find in ((output, format_of), (animate, animated_format))
        if path is not None
    }
    require_writable(*formats, read=given.files)
    if weights:
        if output is None:
            raise InputError("--weights: requires -o FILE, got --animate alone")
        with waiting("drawing the weights"):
            plot_weights(given, output, formats[output], layers=layers, animate=animate, **vars(drawing))
        if as_json:
            print_json({"file": str(output), "format": formats[output]})
        return 0
    options = drawing.options
    loaded = read_example("plot", **vars(given))
    panels = None if drawing.panels is None else _layers(drawing.panels, loaded, layers)
    with waiting(f"drawing {loaded.name}") as tell, naming(loaded.source):
        projection = projection_of(loaded.run(0).start, options["coordinates"])  # type: ignore[arg-type]
        written = _written(loaded, layers, panels, drawing.limit, formats, options, tell)
    for path, data in written.items():
        write_file(path, data)
    if as_json:
        first = next(iter(formats.items()))
        files = {"file": str(first[0]), "format": first[1]}
        film = {} if len(formats) == 1 else {"animation": str(animate)}
        stated = {"projection": projection.to_dict()} if projection.words else {}
        print_json(files | film | stated)
    elif loaded.shape[1] > 3:
        print_text(_stated(projection))
    return 0


def _written(
    loaded: Example,
    layers: int | None,
    panels: list[int] | None,
    limit: bool,
    formats: dict[Path, str],
    options: dict[str, object],
    tell: Callable[[str], None],
) -> dict[Path, bytes]:
    from exactdyn.pictures import FORMATS, animate_run, draw_limit, draw_run, render

    run, written = loaded.run(layers), {}
    count = run.layers + 1

    def say(frame: int) -> None:
        tell(f"drawing {loaded.name}: frame {frame + 1} of {count}")

    for path, format in formats.items():
        if format not in FORMATS:
            written[path] = animate_run(
                run,
                format,
                loaded.labels,
                tell=say,
                **options,  # type: ignore[arg-type]
            )
        elif limit:
            written[path] = render(draw_limit(run, loaded.labels, **options), format)  # type: ignore[arg-type]
        else:
            written[path] = render(draw_run(run, panels, loaded.labels, **options), format)  # type: ignore[arg-type]
    return written


def _numbers(text: str, option: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise InputError(f"{option}: requires integers with commas between them, got {text!r}") from None


def _layers(text: str, loaded: Example, layers: int | None) -> list[int]:
    from exactdyn.numbers.reading import integer

    last = loaded.layers if layers is None else layers
    return [integer(layer, "--panels", 0, last) for layer in _numbers(text, "--panels")]


def _stated(projection: Projection) -> str:
    right, up = (", ".join(map(str, own)) for own in (projection.right, projection.up))
    return f"{projection.words}\nto the right: ({right})\nup: ({up})\n"
