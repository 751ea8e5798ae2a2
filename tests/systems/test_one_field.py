"""A system and its tokens have one field: the one of all their numbers, found or given."""

import pytest

from exactdyn import Hardmax
from exactdyn.documents.example import read_document
from exactdyn.errors import InputError


def test_system_and_tokens_of_two_fields_run_in_the_field_of_both():
    run = Hardmax([["sqrt(2)"]], alpha="sqrt(5)").run([["sqrt(3)"], ["sqrt(6)/sqrt(2)"], [1]], layers=2)
    assert run.start.domain.degree == 8
    assert run.system.domain == run.start.domain
    assert run.attention(0) == (frozenset({0, 1}),) * 3
    tau, (x,) = run.system.tau, run.tokens(1)[2]
    assert x == 1 + tau * (run.tokens(0)[0][0] - 1) and tau * (1 + run.system.alpha) == run.system.alpha


def test_rational_numbers_written_as_roots_are_rational():
    plain = Hardmax([[2, 1], [0, 1]], alpha="1/2").run([[1, 2], ["3/2", 0], [0, 1]], layers=6)
    roots = Hardmax([["sqrt(4)", "2*cos(pi/3)"], [0, 1]], alpha="sqrt(1/4)").run(
        [[1, "8^(1/3)"], ["sqrt(9)/2", 0], [0, "tan(pi/4)"]], layers=6
    )
    assert roots == plain and type(roots.recording) is type(plain.recording)
    assert roots.tokens(6) == plain.tokens(6)


def test_a_field_beyond_the_largest_degree_is_refused_in_one_line():
    with pytest.raises(InputError, match="degree"):
        Hardmax().run([[f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17, 19)]])


def test_the_given_field_has_to_hold_all_numbers():
    document = {"tokens": [["sqrt(2)"], ["sqrt(3)"]], "alpha": 1, "field": ["sqrt(2)", "sqrt(3)"]}
    assert read_document(document, "one").run().start.domain.degree == 4
    with pytest.raises(InputError, match=r"^tokens\[1\]\[0\]: requires a number of the given field"):
        read_document({**document, "field": ["sqrt(2)"]}, "one")
    for wrong in ("sqrt(2)", []):
        with pytest.raises(InputError, match=r"^field: requires a list of numbers"):
            read_document({**document, "field": wrong}, "one")
