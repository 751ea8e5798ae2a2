"""A class of options is one parameter of a command."""

from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from exactdyn.cli.terminal.groups import grouped
from tests.command import inside


@dataclass(frozen=True)
class Size:
    """Two options of which one is required."""

    width: Annotated[int, typer.Option("--wide", help="Required.")]
    height: Annotated[int, typer.Option("--high")] = 2


def made():
    app = typer.Typer()

    @app.command()
    @grouped
    def area(
        name: Annotated[str, typer.Argument()], *, size: Size, twice: Annotated[bool, typer.Option()] = False
    ) -> int:
        """Say how large."""
        typer.echo(f"{name} {size.width * size.height * (1 + twice)}")
        return 0

    return app


def test_every_field_is_an_option_and_a_default_is_its_default():
    run = CliRunner().invoke
    assert run(made(), ["field", "--wide", "3"]).stdout == "field 6\n"
    assert run(made(), ["field", "--wide", "3", "--high", "4", "--twice"]).stdout == "field 24\n"
    assert run(made(), ["field"]).exit_code == 2


def test_commands_that_run_an_example_take_it_in_the_same_way():
    texts = {
        name: inside(name, "--help").stdout for name in ("check", "run", "compare", "limit", "plot", "graph")
    }
    for text in texts.values():
        assert [
            option for option in ("--alpha NUMBER", "--matrix FILE", "--header yes|no") if option not in text
        ] == []
