"""Texts meant to hurt: whatever stands there, the checker accepts, rejects, or calls it malformed at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs_checks import MalformedError, RejectedError, describe, verify
from proofs_checks.__main__ import read_text
from proofs_checks.format import reading
from tests.judges.oracle import confirms
from tests.mutations import Edit, places, words_in

CERTIFICATES = Path(__file__).parents[1] / "certificates"
VALID = [path.read_text() for path in sorted((CERTIFICATES / "valid").glob("*.json"))]
DOCUMENTS = [json.loads(text) for text in VALID]
BASE = (CERTIFICATES / "valid" / "hull-shrinkage-fails.json").read_text()
MANY = 3_000_000

HUGE = {
    "nested-lists": "[" * MANY,
    "nested-lists-that-end": "[" * 100_000 + "]" * 100_000,
    "nested-objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "nested-in-a-functional": BASE.replace('["2"]', "[" * 100_000 + '"2"' + "]" * 100_000),
    "nested-in-the-tokens": BASE.replace('["-1"]', "[" * 500 + '"-1"' + "]" * 500),
    "integer-of-millions-of-digits": BASE.replace('"layers": 3', f'"layers": {"3" * MANY}'),
    "index-of-millions-of-digits": BASE.replace('"token": 1', f'"token": {"1" * MANY}'),
    "negative-index-of-millions-of-digits": BASE.replace('"token": 1', f'"token": -{"1" * MANY}'),
    "version-of-thousands-of-digits": BASE.replace('"version": 1', f'"version": {"1" * 4000}'),
    "fraction-of-millions-of-digits": BASE.replace('"layers": 3', f'"layers": 0.{"3" * MANY}'),
    "exponent-of-millions-of-digits": BASE.replace('"layers": 3', f'"layers": 1e{"3" * MANY}'),
    "decimal-text-of-millions-of-digits": BASE.replace('"4"', f'"{"4" * MANY}"'),
    "denominator-of-millions-of-digits": BASE.replace('"4"', f'"4/{"4" * MANY}"'),
    "hexadecimal-text-of-millions-of-digits": BASE.replace('"4"', f'"0x{"4" * MANY}"'),
    "decimal-text-of-too-many-digits": BASE.replace('"4"', f'"{"4" * 4001}"'),
    "millions-of-signs": BASE.replace('"4"', f'"{"-" * MANY}4"'),
    "member-with-a-long-name": BASE.replace('"layers"', f'"{"l" * MANY}"'),
    "claim-with-a-long-name": BASE.replace('"hull-shrinkage"', f'"{"h" * MANY}"'),
    "format-of-many-words": BASE.replace("exactdyn certificate", "exactdyn certificate\\n" * 100_000),
    "many-claims": json.dumps(json.loads(BASE) | {"claims": json.loads(BASE)["claims"] * 20_000}),
    "many-rows": BASE.replace('[["1"]]', json.dumps([["1"]] * 200_000)),
    "many-members": BASE.replace('"token"', "".join(f'"m{i}": 0, ' for i in range(100_000)) + '"token"'),
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_things_are_refused_with_a_short_message(kind: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        verify(HUGE[kind])
    assert len(str(refusal.value)) < 250
    assert str(refusal.value).isprintable()


def test_a_text_beyond_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TEXT_LIMIT", len(BASE))
    verify(BASE)
    with pytest.raises(MalformedError, match="a document of"):
        verify(BASE + " ")


def test_a_number_of_a_million_characters_is_read_and_described() -> None:
    long = "0x" + "f" * 999_998
    document = json.loads(BASE)
    document["system"]["tokens"] = [[long], ["1"]]
    document["claims"] = [{"claim": "distinct-tokens", "verdict": "holds"}]
    assert f"  tokens = ({long}), (1)" in describe(verify(json.dumps(document)))


def expect_no_surprise(text: str) -> None:
    """Verify a text; an accepted one must be true, and no other error than the two may come out."""
    try:
        verify(text)
    except (MalformedError, RejectedError) as error:
        assert "\n" not in str(error)
    else:
        assert confirms(json.loads(text))


MEMBERS = sorted(set(re.findall(r'"(\w+)":', "".join(VALID))))
TEXTS = st.sampled_from(sorted({*words_in(DOCUMENTS), "1", "-1/2", "1/0", "0xff"}))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | TEXTS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(MEMBERS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=15,
)


@given(st.recursive(VALUES | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_document_surprises_the_checker(document: Any) -> None:
    expect_no_surprise(json.dumps(document))


@given(st.sampled_from(DOCUMENTS), st.data())
def test_no_values_in_a_certificate_surprise_the_checker(document: Any, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([path for path, _ in places(document)]))
        document = Edit(path, data.draw(VALUES)).apply(document)
    expect_no_surprise(json.dumps(document))


@given(
    st.sampled_from(VALID),
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 3),
            st.text(st.sampled_from('"{}[]:,-/0123 x\\u'), max_size=3),
        )
    ),
)
def test_no_edited_text_surprises_the_checker(text: str, changes: list[tuple[int, int, str]]) -> None:
    for place, length, new in changes:
        start = place % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
    assume(not re.search(r'"layers": *\d{4}', text))  # whoever asks for thousands of layers may wait
    expect_no_surprise(text)


@given(st.binary(max_size=30), st.integers(0, 400), st.sampled_from(VALID))
def test_no_bytes_surprise_the_checker(tmp_path_factory: Any, junk: bytes, place: int, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.json"
    path.write_bytes(text.encode()[:place] + junk + text.encode()[place:])
    try:
        expect_no_surprise(read_text(path))
    except MalformedError as error:
        assert str(error) == "not UTF-8 text"
