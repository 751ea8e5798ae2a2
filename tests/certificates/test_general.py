"""Certificates of every kind of system: accepted, and about that system alone."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exactdyn import check, load_example
from exactdyn.certificates.checked import checked_rows, checked_system
from exactdyn.certificates.envelope import certificate_text
from exactdyn.numbers.fields.joining import number
from proofs_checks import verify
from proofs_checks.format.reading import Field, read_number_field
from tests.command import inside
from tests.documents.test_stated_system import KINDS, TOKENS
from tests.example_files import saved


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_of_every_kind_is_accepted_and_holds_that_system(tmp_path, kind):
    file = saved(tmp_path, "kind.toml", f"layers = 4\n{TOKENS}{KINDS[kind][0]}")
    text = certificate_text(check(load_example(file)).certificate)
    data = json.loads(text)
    assert data["version"] == (1 if set(data["system"]) == {"A", "alpha", "tokens"} else 2)
    read = verify(text)
    assert read.claims
    if data["version"] == 2:
        again = verify(certificate_text({**data, "system": checked_system(read.system)}))
        assert again.system == read.system
    (tmp_path / "c.json").write_text(text)
    assert inside("verify", "c.json", "--input", "kind.toml", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("other", KINDS)
@pytest.mark.parametrize("own", ["formula", "heads", "blocks"])
def test_a_certificate_is_about_its_own_system_alone(tmp_path, own, other):
    for name in (own, other):
        saved(tmp_path, f"{name}.toml", f"layers = 1\n{TOKENS}{KINDS[name][0]}")
    certificate = certificate_text(check(load_example(tmp_path / f"{own}.toml")).certificate)
    (tmp_path / "c.json").write_text(certificate)
    verified = inside("verify", "c.json", "--input", f"{other}.toml", folder=tmp_path)
    assert verified.returncode == (own != other)
    assert ("its system differs from the input: " in verified.stderr) == (own != other)


def test_numbers_of_a_field_whose_polynomial_can_be_factored_are_those_of_the_library():
    field = {"polynomial": [6, 0, -5, 0, 1], "interval": ["4/3", "3/2"]}  # (x^2 - 2)(x^2 - 3)
    over = read_number_field(Field(field, "field"))
    rows = Field([[["0", "1"], ["0", "0", "1"], "1/2"]], "tokens", over).matrix()
    assert checked_rows(rows) == ((number("sqrt(2)", "x"), Fraction(2), Fraction(1, 2)),)


def test_a_certificate_over_a_field_holds_its_system(tmp_path):
    for name in ("heptagon", "number-field-two-heads", "number-field-block", "number-field-formula"):
        file = Path(__file__).parent / "valid" / f"{name}.json"
        text = file.read_text() if file.exists() else certificate_text(check(load_example(name)).certificate)
        read = verify(text)
        assert checked_system(verify(text).system)["field"] == json.loads(text)["system"]["field"]
        again = {**json.loads(text), "system": checked_system(read.system)}
        assert verify(certificate_text(again)).system == read.system
