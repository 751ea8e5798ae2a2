"""The commands together: their help, their examples, the version."""

import re

from tests.command import exactdyn, printed, python

COMMANDS = (
    "check",
    "run",
    "limit",
    "compare",
    "graph",
    "plot",
    "softmax",
    "verify",
    "examples",
    "statements",
    "new",
    "explain",
    "audit",
    "hunt",
    "atlas",
)


def test_importing_the_command_line_imports_no_heavy_library():
    heavy = ["numpy", "flint", "networkx", "matplotlib", "sympy", "highspy", "pydot"]
    code = f"import sys, exactdyn.cli.app; print([name for name in {heavy} if name in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_a_graph_as_text_does_not_wait_for_the_library_that_draws():
    code = "import sys; from exactdyn.cli import main; main(['graph', 'cyclic'])"
    process = python("-c", f"{code}; print('matplotlib' in sys.modules)")
    assert process.stdout.splitlines()[-1] == "False"


def test_the_example_in_the_help_of_every_command_runs(tmp_path):
    help_texts = [printed("--help"), *(printed(command, "--help") for command in COMMANDS)]
    for text in help_texts:
        arguments = re.findall(r"^  Example: exactdyn (.+)$", text, re.MULTILINE)
        assert len(arguments) == 1
        process = exactdyn(*arguments[0].split(), folder=tmp_path)  # each command once as users run it
        assert (process.returncode, process.stderr) == (0, "")
        assert process.stdout or arguments[0].startswith("plot")
    assert all(command in help_texts[0] for command in COMMANDS)
    assert {path.name for path in tmp_path.iterdir()} == {"atlas", "certificate.json", "run.svg"}


def test_the_version_is_printed():
    assert re.fullmatch(r"exactdyn \d+\.\d+\.\d+\n", printed("--version"))
