"""Classes of matrices: what belongs to one, and what is no class."""

import pytest

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import matrix_class


@pytest.mark.parametrize(
    ("kind", "pattern", "words"),
    [
        ("orthogonal", None, "class: requires one of general, symmetric"),
        ("symmetric", "0, 1; 2, 0", "no symmetric matrix has the pattern"),
        ("general", "0, 0; 0, 0", "requires a general matrix other than 0"),
        ("symmetric", "0, a; -a, 0", "requires a symmetric matrix other than 0"),
        ("general", "a", "requires 2 x 2 entries"),
        ("general", "a, b; c", "requires 2 x 2 entries"),
        ("general", "a, b; , d", "requires an entry such as"),
        ("general", "a, b; __import__('os'), d", "requires"),
        ("general", "a b, 0; 0, 1", "requires an entry such as"),
        ("general", "1/0, a; b, c", "zero denominator"),
        ("general", "9" * 10**5 + ", a; b, c", "digits"),
    ],
)
def test_a_class_that_is_none_or_empty_is_refused(kind, pattern, words):
    with pytest.raises(InputError, match="(?i)" + words) as refusal:
        matrix_class(kind, 2, pattern)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300
