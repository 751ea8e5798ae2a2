"""``exactdyn verify``."""

import json

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import lemma_certificate_data
from tests.command import inside, printed, python


def test_the_certificate_of_a_check_is_accepted_by_verify_and_by_the_checker_alike(tmp_path):
    certificate = tmp_path / "certificate.json"
    printed("check", "emerging-leader", "--certificate", certificate.name, folder=tmp_path)
    (tmp_path / "wrong.json").write_text(certificate.read_text().replace('"alpha": "1/2"', '"alpha": "-2"'))
    (tmp_path / "cut.json").write_text(certificate.read_text()[:100])
    files = ("certificate.json", "wrong.json", "cut.json", "missing.json")
    for few, status in ((files[:1], 0), (files[:2], 1), (files, 2)):
        ours, theirs = (
            inside("verify", *few, folder=tmp_path),
            python("-m", "proofs_checks", *few, folder=tmp_path),
        )
        assert ours.returncode == theirs.returncode == status
        assert (ours.stdout, ours.stderr) == (theirs.stdout, theirs.stderr)
    process = inside("verify", *files, "--json", folder=tmp_path)
    data = json.loads(process.stdout)
    assert (process.returncode, process.stderr.count("\n")) == (2, 3)
    assert data["accepted"] is False
    assert [entry["verdict"] for entry in data["files"]] == ["accepted", "rejected", "malformed", "malformed"]
    assert data["files"][0]["system"]["tokens"][3] == ["0", "1/4"]
    assert len(data["files"][0]["claims"]) == 13


@pytest.mark.parametrize(
    ("document", "difference"),
    [
        ('alpha = 1\ntokens = [[1, "1/3"], [2, 0]]', None),
        ('alpha = 1\ntokens = [[1, "1/3"], [2, 1]]', "tokens[1][1] is 0, there 1"),
        ('alpha = 2\ntokens = [[1, "1/3"], [2, 0]]', "alpha is 1, there 2"),
        ('alpha = 1\nA = [[1, 0], [1, 1]]\ntokens = [[1, "1/3"], [2, 0]]', "A[1][0] is 0, there 1"),
        (
            "alpha = 1\ntokens = [[1], [2]]",
            "it has 2 tokens in dimension 2, there are 2 tokens in dimension 1",
        ),
    ],
)
def test_a_certificate_must_speak_of_the_input(tmp_path, document, difference):
    (tmp_path / "own.toml").write_text('alpha = 1\ntokens = [[1, "1/3"], [2, 0]]')
    (tmp_path / "wanted.toml").write_text(document)
    printed("check", "own.toml", "--certificate", "own.json", folder=tmp_path)
    process = inside("verify", "own.json", "--input", "wanted.toml", folder=tmp_path)
    if difference is None:
        assert (process.returncode, process.stdout.splitlines()[0]) == (0, "own.json: accepted")
    else:
        line = f"own.json: rejected: its system differs from the input: {difference}\n"
        assert (process.returncode, process.stdout, process.stderr) == (1, "", line)


def test_a_certificate_about_all_tokens_is_verified_and_is_about_no_example(tmp_path):
    file = tmp_path / "lemma.json"
    file.write_text(certificate_text(lemma_certificate_data("hull-shrinkage", "symmetric")))
    shown = json.loads(inside("verify", file, "--json").stdout)["files"][0]
    assert (shown["verdict"], shown["system"]) == ("accepted", {"class": "symmetric"})
    assert "all tokens in every dimension, all alpha > 0" in inside("verify", file).stdout
    process = inside("verify", file, "--input", "cyclic")
    assert process.returncode == 1
    assert "it is about all tokens" in process.stderr


@pytest.mark.parametrize(
    ("alpha", "token", "difference"),
    [
        ("2/sqrt(2)", "cos(pi/4)", None),
        ("sqrt(2)", "sqrt(3)/2", "tokens[0][0] is ~0.70710678, there ~0.8660254"),
        ("-sqrt(2)", "sqrt(2)/2", "alpha is ~1.4142136, there ~-1.4142136"),
        ("1", "sqrt(2)/2", "alpha is ~1.4142136, there 1"),
    ],
)
def test_numbers_of_a_field_are_those_of_the_input_however_written(tmp_path, alpha, token, difference):
    (tmp_path / "own.toml").write_text('alpha = "sqrt(2)"\ntokens = [["sqrt(2)/2", "1/3"], [2, 0]]')
    (tmp_path / "wanted.toml").write_text(f'alpha = "{alpha}"\ntokens = [["{token}", "1/3"], [2, 0]]')
    printed("check", "own.toml", "--certificate", "own.json", folder=tmp_path)
    process = inside("verify", "own.json", "--input", "wanted.toml", "--json", folder=tmp_path)
    (found,) = json.loads(process.stdout)["files"]
    if difference is not None:
        assert found["reason"].startswith(f"its system differs from the input: {difference}")
        return
    assert (process.returncode, found["verdict"]) == (0, "accepted")
    assert found["system"]["field"]["polynomial"] == [-2, 0, 1]
    assert found["system"]["tokens"] == [[["0", "1/2"], "1/3"], ["2", "0"]]
    assert found["system"]["tau"] == {"listed": [["2", "-1"]]}
