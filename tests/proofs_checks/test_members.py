"""Every member of every object is known where it stands: what is unknown there, or misplaced, is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import proofs_checks
from exactdyn import cells, load_example
from exactdyn.parameters.certificate import parameter_certificate
from proofs_checks import MalformedError, RejectedError, TooMuchWorkError, verify
from proofs_checks.kernels import Kernel, examine
from tests.mutations import Path as Place
from tests.mutations import places
from tests.valid_certificates import json_blocks

FORMATS = [Path(proofs_checks.__file__).parent / part / "FORMAT.md" for part in ("", "softmax", "parameters")]
FOLDERS = [Path(__file__).parents[1] / "certificates" / name for name in ("valid", "valid-families")]
CELLS = {"emerging-leader": 2, "binary-digits": 2, "period-three": 5, "cyclic": 2, "attends-itself": 3}
"""Built-in examples with cells that are closed by each of the lemmas, and by none."""

OF_HEADS = {"V", "mask", "ties"}
"""What a head may have or not: moved to another head it is a member of that one."""


def _valid() -> Iterator[tuple[str, Any]]:
    for path in FORMATS:
        for count, text in enumerate(json_blocks(path.read_text(encoding="utf-8"))):
            yield f"{path.parent.name} {count}", json.loads(text)
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.json")):
            yield path.stem, json.loads(path.read_text(encoding="utf-8"))
    for name, layers in CELLS.items():
        yield f"cells {name}", json.loads(parameter_certificate(cells(load_example(name), layers=layers)))


VALID = dict(_valid())


def objects(document: Any) -> list[Place]:
    return [place for place, value in places(document) if isinstance(value, dict)]


def at(document: Any, place: Place) -> Any:
    for name in place:
        document = document[name]
    return document


def fate(document: Any) -> str:
    try:
        verify(document)
    except (MalformedError, RejectedError, TooMuchWorkError) as error:
        return type(error).__name__
    return "accepted"


def names(place: Place) -> tuple[str, ...]:
    """The names on the way to a place, whichever entries of lists it goes through."""
    return tuple(step for step in place if isinstance(step, str))


def moves(document: Any) -> Iterator[tuple[Place, str, Place]]:
    """Go through every member of every object, and every other object that has none of its name."""
    for source in objects(document):
        for name in at(document, source):
            for target in objects(document):
                inside = target[: len(source) + 1] == (*source, name)
                if not inside and name not in at(document, target):
                    yield source, name, target


def test_these_are_certificates_of_every_kind() -> None:
    kinds = {(document["format"], document["version"], "family" in document) for document in VALID.values()}
    assert len(kinds) == 10
    assert {fate(document) for document in VALID.values()} == {"accepted"}
    stated = json.dumps([VALID[f"cells {name}"] for name in CELLS])
    lemmas = ("lock-in", "basin", "locked-itinerary", "periodic-itinerary", "definite-forms")
    assert [lemma for lemma in lemmas if f'"{lemma}"' not in stated] == []


@pytest.mark.parametrize("name", VALID)
def test_an_unknown_member_is_refused_in_every_object(name: str) -> None:
    text = json.dumps(VALID[name])
    for place in objects(VALID[name]):
        document = json.loads(text)
        at(document, place)["note"] = "accepted"
        with pytest.raises(MalformedError, match="unknown field 'note'"):
            verify(document)


def test_the_verified_kernel_counts_nothing_with_an_unknown_member_as_accepted() -> None:
    for known in VALID.values():
        for place in objects(known):
            document = json.loads(json.dumps(known))
            at(document, place)["note"] = "accepted"
            try:
                report = examine(json.dumps(document), "verified")
            except (MalformedError, RejectedError, TooMuchWorkError):
                continue
            assert not report.accepted


def test_a_member_moved_to_another_object_is_refused_unless_that_may_have_it() -> None:
    tried: set[object] = set()
    kept: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
    for known in VALID.values():
        text = json.dumps(known)
        for source, name, target in moves(known):
            move = name, names(source), names(target)
            kind = (known["format"], known["version"], *move, *sorted(at(known, target)))
            if kind in tried:
                continue
            tried.add(kind)
            document = json.loads(text)
            at(document, target)[name] = at(document, source).pop(name)
            if fate(document) == "accepted":
                kept.add(move)
    heads = ("system", "heads")
    assert len(tried) > 3000
    assert kept == {(name, heads, heads) for name in OF_HEADS}


HOSTILE = "0\n/tmp/other.json: accepted\x1b[2K\u202e\ud800\x9b"
"""A line of its own, terminal escapes, a mark that turns the direction of writing, half a character."""


@pytest.mark.parametrize("kernel", ["handwritten", "verified"])
def test_no_text_and_no_name_makes_lines_or_escapes_in_what_is_said(kernel: Kernel) -> None:
    tried: set[object] = set()
    for known in VALID.values():
        text = json.dumps(known)
        for place, value in places(known):
            where = (known["format"], known["version"], *names(place), isinstance(value, str))
            if not place or where in tried or not (isinstance(value, str) or isinstance(place[-1], str)):
                continue
            tried.add(where)
            document = json.loads(text)
            holder = at(document, place[:-1])
            if isinstance(value, str):
                holder[place[-1]] = HOSTILE
            else:
                holder[HOSTILE] = holder.pop(place[-1])
            try:
                report = examine(json.dumps(document), kernel)
                assert report.not_covered
                said = [*report.lines, *report.not_covered]
            except (MalformedError, RejectedError, TooMuchWorkError) as refusal:
                said = [str(refusal)]
            assert all(line.isprintable() for line in said)
    assert len(tried) > 200
