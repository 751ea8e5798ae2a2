"""Every command that the registry of published statements names is run, and says what the registry says."""

import pytest

from exactdyn.statements.published import PUBLISHED
from tests.command import inside

SOFTMAX = ("softmax-polytope", "softmax-hyperplanes", "softmax-multiplicity")  # 8, 13 and 3 seconds
SHOWINGS = {
    f"{name}: {showing.command}": showing for name, entry in PUBLISHED.items() for showing in entry.shown_by
}


def marks(showing):
    return [pytest.mark.slow] if showing.arguments[1] in SOFTMAX else []


@pytest.mark.parametrize(
    "showing", [pytest.param(showing, id=name, marks=marks(showing)) for name, showing in SHOWINGS.items()]
)
def test_a_command_of_the_registry_ends_and_prints_as_the_registry_says(showing):
    assert showing.command.startswith("exactdyn ")
    done = inside(*showing.arguments)
    assert (done.returncode, done.stderr) == (showing.status, "")
    assert showing.prints
    rest = " ".join(done.stdout.split())
    for part in showing.prints:
        before, found, rest = rest.partition(part)
        assert found == part, before
