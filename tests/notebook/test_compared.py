"""A run is compared with softmax in Python as on the command line."""

import json

import pytest

from exactdyn import (
    InputError,
    compare,
    load_example,
    run,
)
from tests.command import printed

EXAMPLE = load_example("collision-on-a-line")


def test_compare_bounds_the_distance_to_softmax_as_the_command_line_does():
    found = compare(run(EXAMPLE, 2), softmax="1/10", accuracy="1/100")
    asked = ("compare", "collision-on-a-line", "--layers", 2, "--softmax", "1/10", "--accuracy", "1/100")
    assert found.to_dict() == json.loads(printed(*asked, "--json"))
    assert found._repr_html_().count("<tr>") == 4
    for arguments, word in [
        ({"accuracy": "1/2"}, "accuracy: requires softmax"),
        ({"softmax": 1, "dtype": "float64"}, "dtype: requires that softmax is absent"),
        ({"softmax": 0.1}, "softmax: "),
        ({"softmax": 0}, "temperature: requires a number greater than 0"),
        ({"softmax": 1, "accuracy": 0}, "accuracy: requires a number greater than 0"),
        ({"softmax": True}, "softmax: "),
    ]:
        with pytest.raises(InputError, match=f"^{word}"):
            compare(EXAMPLE, **arguments)
    with pytest.raises(InputError, match="over the rationals only"):
        compare(load_example("heptagon"), softmax=1)
