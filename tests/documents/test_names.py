"""Names of fields in messages: never longer than a line, none that does something to a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.documents.names import SHOWN, refuse_unknown, show_name, show_names
from exactdyn.errors import InputError

NAMES = st.text(max_size=200)


@given(NAMES)
def test_what_is_shown_of_a_name_is_short_and_printable(name):
    shown = show_name(name)
    assert shown.isprintable()
    assert 0 < len(shown) < 100
    assert not name.isprintable() or len(name) > 60 or not name or shown == name


@given(st.sets(st.text("abc", min_size=1, max_size=9), max_size=20))
def test_of_many_names_the_first_are_shown_and_the_rest_counted(names):
    shown = show_names(names)
    assert shown.startswith(", ".join(sorted(names)[:SHOWN]) or "none")
    assert (f"and {len(names) - SHOWN} more" in shown) == (len(names) > SHOWN)


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef"), min_size=1))
def test_exactly_unknown_names_are_refused(names, known):
    if names <= known:
        refuse_unknown(sorted(names), known, "")
        return
    with pytest.raises(InputError, match=r"^model\.[a-f]: not used, so refused"):
        refuse_unknown(sorted(names), known, "model.")
