"""Certificates of every kind of system: accepted, and about that system alone."""

import json

import pytest

from exactdyn import check, load_example
from exactdyn.certificates.checked import checked_system
from exactdyn.certificates.envelope import certificate_text
from proofs_checks import verify
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
