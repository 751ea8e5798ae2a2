"""What may be checked: a run, an example, a system with tokens; and a certificate as text or as data."""

import json
from fractions import Fraction

import pytest

from exactdyn import Hardmax, InputError, attention_graph, check, limit, load_example, run_graph
from exactdyn.certificates.envelope import certificate_text
from exactdyn.floats.comparison import compare
from proofs_checks import MalformedError, RejectedError, verify

TOKENS = [[1, 1], [1, -1], ["1/2", 0]]


@pytest.mark.parametrize("name", ["cyclic", "emerging-leader", "square-plain"])
def test_an_example_is_checked_like_its_run(name):
    example = load_example(name)
    assert check(example).certificate == check(example.run()).certificate
    assert limit(example) == limit(example.run())
    assert compare(example) == compare(example.run())
    assert attention_graph(example, 1).edges == attention_graph(example.run(), 1).edges
    assert run_graph(example).nodes == run_graph(example.run()).nodes


def test_a_system_with_tokens_is_checked_like_its_run():
    system = Hardmax(alpha=1)
    assert check(system, tokens=TOKENS).certificate == check(system.run(TOKENS)).certificate
    assert limit(system, tokens=TOKENS) == limit(system.run(TOKENS))


@pytest.mark.parametrize("ask", [check, limit])
@pytest.mark.parametrize("subject", ["cyclic", None, 3, {"tokens": TOKENS}, TOKENS, Hardmax, [].append])
def test_anything_else_is_refused_and_what_would_do_is_said(ask, subject):
    with pytest.raises(InputError, match="requires an example, a run, or a system with tokens, got"):
        ask(subject)


def test_the_name_of_an_example_is_told_how_it_is_read():
    with pytest.raises(InputError, match=r"got 'cyclic' \(load_example\('cyclic'\) reads an example\)$"):
        check("cyclic")


@pytest.mark.parametrize("ask", [check, limit])
def test_a_system_needs_tokens_and_nothing_else_takes_any(ask):
    with pytest.raises(InputError, match="tokens: requires tokens beside a system"):
        ask(Hardmax())
    for subject in (load_example("cyclic"), Hardmax().run(TOKENS, 1)):
        with pytest.raises(InputError, match="tokens: requires a system to start from them"):
            ask(subject, tokens=TOKENS)


@pytest.mark.parametrize("name", ["cyclic", "emerging-leader"])
def test_the_checker_takes_a_certificate_as_check_returns_it(name):
    data = check(load_example(name)).certificate
    assert verify(data) == verify(certificate_text(data)) == verify(json.dumps(data))


def test_a_changed_certificate_is_rejected_as_data_as_it_is_as_text():
    data = check(load_example("emerging-leader")).certificate
    wrong = {**data, "system": {**data["system"], "alpha": "-2"}}
    for given in (wrong, json.dumps(wrong)):
        with pytest.raises(RejectedError):
            verify(given)


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        b"{}",
        [],
        {},
        {"format": Fraction(1)},
        {1: 2},
        {"layers": float("nan")},
        {"layers": 1.0},
        check,
    ],
)
def test_data_that_is_no_certificate_is_malformed(data):
    with pytest.raises(MalformedError):
        verify(data)


def test_data_that_holds_itself_is_malformed():
    data = {}
    data["claims"] = [data]
    with pytest.raises(MalformedError):
        verify(data)
