"""The commands together: their help, their examples, the version."""

import re

from tests.command import assert_refused, exactdyn, inside, printed, python

COMMANDS = (
    "check",
    "run",
    "limit",
    "compare",
    "graph",
    "plot",
    "page",
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
    heavy = ["numpy", "flint", "networkx", "matplotlib", "sympy", "highspy", "pydot", "rich"]
    code = "import sys; from exactdyn.cli.app import app; app()"
    assert python("-c", f"{code}; print([name for name in {heavy} if name in sys.modules])").stdout == "[]\n"


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
        assert process.stdout or arguments[0].startswith(("plot", "page"))
    assert all(command in help_texts[0] for command in COMMANDS)
    assert {path.name for path in tmp_path.iterdir()} == {"atlas", "certificate.json", "run.html", "run.svg"}


def test_the_version_is_printed():
    assert re.fullmatch(r"exactdyn \d+\.\d+\.\d+\n", printed("--version"))


def test_without_a_command_and_with_h_the_help_is_printed():
    assert printed() == printed("-h") == printed("--help")
    assert printed("limit", "-h") == printed("limit", "--help")


def test_a_misspelt_example_is_told_what_it_is_like():
    assert_refused(inside("check", "cyclicc"), "cyclicc", "did you mean 'cyclic'?")
    assert "did you mean" not in inside("check", "zzz").stderr


def test_a_dash_is_a_document_or_a_certificate_on_standard_input(tmp_path):
    toml, data = "alpha = 1\ntokens = [[1], [0]]\n", '{"tau": "1/2", "tokens": [["1"], ["0"]]}'
    shown = [exactdyn("check", "-", "--json", input=text).stdout for text in (toml, data)]
    assert shown[0] == shown[1]
    assert '"applies": false' in shown[0]
    exactdyn("check", "cyclic", "--certificate", "c.json", folder=tmp_path)
    process = exactdyn("verify", "-", "--json", input=(tmp_path / "c.json").read_text())
    assert (process.returncode, '"accepted": true' in process.stdout) == (0, True)
    assert_refused(exactdyn("check", "-", input="what is this?\n"), "standard input: tokens")
    assert_refused(exactdyn("check", "-", "--header", "yes", input=toml), "--header")
