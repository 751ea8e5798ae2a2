"""Numbers of a field in documents: read again they are the same."""

from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.joining import joined, number
from exactdyn.numbers.fields.written import number_text


def test_numbers_are_written_so_that_they_read_as_the_same():
    for text in (
        "(1+sqrt(5))/2",
        "2^(1/3)-1",
        "-3*sqrt(8)/7",
        "1-2^(1/3)/5",
        "sqrt(2)+sqrt(3)",
        "cos(2*pi/7)",
        "5",
    ):
        one = number(text, "x")
        back = number(number_text(one), "x")
        _, into = joined([x.domain for x in (one, back) if isinstance(x, FieldNumber)])
        assert into(one) == into(back)
