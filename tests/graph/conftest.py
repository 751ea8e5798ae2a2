"""The run that graphs are made of."""

import pytest

from exactdyn.documents import load_example


@pytest.fixture(scope="module")
def emerging_leader():
    return load_example("emerging-leader").run(3)
