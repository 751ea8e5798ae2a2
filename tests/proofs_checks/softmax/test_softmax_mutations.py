"""Changed softmax certificates: the checker accepts one only if an independent oracle finds it true."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("scipy.integrate")

import proofs_checks
from exactdyn import Hardmax
from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from exactdyn.softmax.system import SoftHead
from exactdyn.softmax.temperature.bounds import certificate_data as temperature_certificate_data
from proofs_checks import RejectedError, verify
from tests.amounts import amount
from tests.judges.oracle import softmax, softmax_kinds, temperature
from tests.mutations import Edit, edits, fate, nudges, words_in

TEXT = (Path(proofs_checks.__file__).parent / "softmax" / "FORMAT.md").read_text(encoding="utf-8")
BLOCKS = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)]
TWICE = [[2, 0], [0, 2]]
THRICE = [[3, 0], [0, 3]]


def enclosed(system: Softmax, tokens: Any) -> Any:
    """A certificate with polynomials, few and short, as 24 bits do to find T, and one claim after T."""
    proof = prove(system, tokens, Fraction(4), bits=24)
    assert 2 <= len(proof.flow.pieces) <= 5
    document = json.loads(certificate_text(certificate_data(proof)))
    return document | {"claims": document["claims"][-1:]}


def where_tokens_are(system: Softmax, tokens: Any) -> Any:
    """A certificate of several heads with masks, enclosed by few polynomials."""
    proof = prove(system, tokens, Fraction(1), bits=24)
    assert 1 <= len(proof.flow.pieces) <= 5
    return json.loads(certificate_text(certificate_data(proof)))


def compared(tokens: Any, layers: int, celsius: Fraction) -> Any:
    run = Hardmax([[1, 0], [0, 2]], "1/2").run(tokens, layers)
    return json.loads(json.dumps(temperature_certificate_data(run, celsius)))


CERTIFICATES = {
    "hull": BLOCKS[0],
    "line": BLOCKS[1],
    "clusters": BLOCKS[2],
    "hyperplanes": BLOCKS[3],
    "turning clusters": BLOCKS[4],
    "leading clusters": BLOCKS[5],
    "collapse": BLOCKS[6],
    "masked clusters": BLOCKS[7],
    "position": BLOCKS[8],
    "temperature": BLOCKS[9],
    "temperature of heads": BLOCKS[10],
    "temperature of two layers": compared([[1, 0], [0, 1], ["3/4", "1/4"]], 2, Fraction(1, 10)),
    "enclosed line": enclosed(Softmax(Q=[[3]]), [["1/2"], ["-1/2"], ["1/4"]]),
    "enclosed clusters": enclosed(Softmax(Q=THRICE, K=THRICE), [[1, 0], [0, "5/4"], ["1/2", 0]]),
    "enclosed hyperplanes": enclosed(
        Softmax([[1, 0], [0, "-1/2"]], TWICE, TWICE), [[1, "1/16"], ["3/4", "-1/16"], [-1, "1/8"]]
    ),
}
CERTIFICATES["enclosed heads"] = where_tokens_are(
    Softmax(heads=[SoftHead(mask="causal"), SoftHead([["1/2"]], [[2]], mask=[[0, 1], [1, 0]])]),
    [["1/2"], ["-1/3"]],
)
WORDS = frozenset().union(*map(words_in, CERTIFICATES.values()))
LOOSE = {
    "clusters beside a loose token": Edit(
        ("system", "tokens"), [["1", "0"], ["0", "1"], ["3/4", "1/8"], ["1/2", "1/2"]]
    ).apply(BLOCKS[2]),
    "leading clusters beside a loose token": Edit(
        ("system", "tokens"), [["1", "0", "1/8"], ["0", "1", "0"], ["3/4", "1/8", "0"], ["1/2", "1/2", "1/8"]]
    ).apply(BLOCKS[5]),
}
CERTIFICATES |= {
    name: Edit(("claims", 0, "evidence", "leaders"), [0, 1, 0, None]).apply(document)
    for name, document in LOOSE.items()
}
CERTIFICATES["turning clusters beside a pair"] = Edit(
    ("claims", 0, "evidence"),
    {"groups": [[1], [2]], "pairs": [[0, 3]], "tube": "1/64", "displacement": "1/64"},
).apply(
    BLOCKS[4]
    | {
        "system": {
            "V": [["1", "-1", "0"], ["1", "1", "1/2"], ["0", "-1/2", "1"]],
            **{key: [["2", "0", "0"], ["0", "2", "0"], ["0", "0", "2"]] for key in "QK"},
            "tokens": [["6", "0", "0"], ["0", "6", "0"], ["0", "0", "6"], ["6", "0", "1/2"]],
            "radius": "0",
        }
    }
)
SHORT = ("hull", "line", "clusters", "hyperplanes", "collapse", "masked clusters", "position")
QUICK = (*SHORT, "temperature", "temperature of two layers")


def confirms(document: Any) -> bool:
    return any(oracle.confirms(document) for oracle in (temperature, softmax, softmax_kinds))


def changes(document: Any) -> Iterator[Edit]:
    yield from edits(document, WORDS)
    yield from nudges(document)


def every_change(document: Any) -> Iterator[Any]:
    return (edit.apply(document) for edit in changes(document))


def drawn_changes(document: Any, random: Random, count: int) -> Iterator[Any]:
    # The same number at every place, lest long polynomials be all that is changed.
    by_place = sorted(changes(document), key=lambda edit: str(edit.path))
    places = [list(ways) for _, ways in groupby(by_place, key=lambda edit: edit.path)]
    for _ in range(count):
        yield random.choice(random.choice(places)).apply(document)


def drawn_pairs(document: Any, random: Random, count: int) -> Iterator[Any]:
    for once in drawn_changes(document, random, count):
        if isinstance(once, dict):
            yield from drawn_changes(once, random, 1)


def judged(mutants: Iterable[Any]) -> Counter[str]:
    """Count what becomes of mutants, and fail where the checker accepts what the oracle finds false."""
    counts: Counter[str] = Counter()
    for mutant in mutants:
        text, outcome = json.dumps(mutant), fate(mutant)
        assert outcome != "accepted" or confirms(json.loads(text)), f"accepted: {text}"
        counts[outcome] += 1
    print(dict(counts))
    return counts


@pytest.mark.parametrize("name", CERTIFICATES)
def test_an_unchanged_softmax_certificate_is_accepted_and_confirmed(name):
    assert judged([CERTIFICATES[name]]) == {"accepted": 1}


@pytest.mark.parametrize("name", QUICK)
def test_no_change_of_a_short_certificate_slips_through(name):
    counts = judged(every_change(CERTIFICATES[name]))
    assert counts["RejectedError"] > 0
    assert counts["MalformedError"] > 0


@pytest.mark.parametrize("name", CERTIFICATES)
def test_no_drawn_change_of_a_softmax_certificate_slips_through(name):
    assert judged(drawn_changes(CERTIFICATES[name], Random(name), amount(40, 150)))["MalformedError"] > 0
    assert judged(drawn_pairs(CERTIFICATES[name], Random(name), amount(12, 50)))["MalformedError"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CERTIFICATES if name not in QUICK])
def test_no_change_of_an_enclosure_slips_through(name):
    mutants = list(every_change(CERTIFICATES[name]))
    chosen = Random(f"changes {name}").sample(mutants, amount(400, len(mutants)))
    assert judged(chosen)["RejectedError"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", CERTIFICATES)
def test_no_pair_of_changes_of_a_softmax_certificate_slips_through(name):
    counts = judged(drawn_pairs(CERTIFICATES[name], Random(f"pairs {name}"), amount(250, 400)))
    assert counts["RejectedError"] + counts["MalformedError"] > 0


def test_thousands_of_changes_of_softmax_certificates_are_tried():
    assert sum(1 for name in QUICK for _ in every_change(CERTIFICATES[name])) > 2000


def claimed(name: str, evidence: Any, **system: Any) -> Any:
    """A certificate without polynomials that makes one claim; V, Q and K are the identity where not given."""
    size = range(len(system["tokens"][0]))
    one = [[str(int(a == b)) for b in size] for a in size]
    return {
        "format": "exactdyn softmax certificate",
        "version": 1,
        "system": {"V": one, "Q": one, "K": one, "radius": "0", **system},
        "enclosure": {"bits": 64, "pieces": []},
        "radius": "0",
        "claims": [{"claim": name, "evidence": evidence}],
    }


def changed(name: str, *path: str | int, to: Any) -> Any:
    return Edit(path, to).apply(CERTIFICATES[name])


CLAIM = ("claims", 0, "evidence")
GROUP = (*CLAIM, "groups", 0)
SPLIT = BLOCKS[3]["claims"][0]["evidence"]
HEAVY = [["1", "0"], *[["0", "1"]] * 20]
FALSE = {
    "a row that tends to the other side": changed("line", *CLAIM, "rows", to=[[0, 1], [1, 1]]),
    "a row at its limit": changed("line", *CLAIM, "within", to="0"),
    "a limit under repulsion": changed("line", "system", "V", to=[["-1"]]),
    "rows before the end of the enclosure": changed(
        "enclosed line", *CLAIM, to={"rows": [[0, 0]], "from": "0", "within": "1"}
    ),
    "rows in the plane": claimed(
        "attention-limit",
        {"rows": [[0, 0]], "from": "9", "within": "1"},
        tokens=[["9", "0"], ["0", "9"]],
    ),
    "a leader beside the outermost token": claimed(
        "attention-limit",
        {"rows": [[0, 0]], "from": "1", "within": "10000000000"},
        Q=[["99"]],
        tokens=[["1"], ["17/16"], ["-1"]],
    ),
    "a row that is pulled over to the other side": claimed(
        "attention-limit",
        {"rows": [[0, 1]], "from": "1", "within": "2"},
        tokens=[["1/16"], ["1"], ["-1"], ["-1"], ["-1"]],
    ),
    "a token with the wrong leader": changed("clusters", *CLAIM, "leaders", to=[0, 1, 1]),
    "a leader that is none": changed("clusters", *CLAIM, "leaders", to=[2, 1, 2]),
    "leaders in a chain": changed("clusters", *CLAIM, "leaders", to=[2, 1, 1]),
    "a leader that a loose token draws away": claimed(
        "clusters",
        {"leaders": [0, None], "tube": "1/32", "displacement": "1/64"},
        Q=BLOCKS[2]["system"]["Q"],
        tokens=[["1", "0"], ["9/8", "0"]],
    ),
    "a token with the other leader": changed(
        "clusters beside a loose token", *CLAIM, "leaders", to=[0, 1, 0, 1]
    ),
    "a leader that is loose": changed("clusters beside a loose token", *CLAIM, "leaders", to=[0, 1, 3, None]),
    "a lead over a loose token that does not last": claimed(
        "leading-clusters",
        BLOCKS[5]["claims"][0]["evidence"] | {"leaders": [0, None], "tube": "1/64"},
        V=BLOCKS[5]["system"]["V"],
        Q=[["16", "0", "0"], ["0", "16", "0"], ["16", "0", "0"]],
        tokens=[["1", "0", "4"], ["2", "9", "0"]],
    ),
    "leaders that do not move": changed("clusters", *CLAIM, "displacement", to="0"),
    "an enclosure in which they hardly do": changed(
        "enclosed clusters", *CLAIM, "displacement", to="1/1000000000000"
    ),
    "a vertex at zero": claimed(
        "clusters", {"leaders": [0], "tube": "1/2", "displacement": "1"}, tokens=[["0", "0"]]
    ),
    "copies with different leaders": claimed(
        "clusters",
        {"leaders": [0, 1, 1], "tube": "1/32", "displacement": "1/64"},
        Q=[["99", "0"], ["0", "99"]],
        tokens=[["1", "0"], ["0", "1"], ["1", "0"]],
    ),
    "a leader that many copies pull away": claimed(
        "clusters", {"leaders": [0] + [1] * 20, "tube": "1/64", "displacement": "1000"}, tokens=HEAVY
    ),
    "a group that a pair is drawn to": Edit((*CLAIM, "groups"), [[2], [3]]).apply(
        changed("turning clusters beside a pair", *CLAIM, "pairs", to=[[0, 1]])
    ),
    "a pair whose tokens are alone": Edit((*CLAIM, "groups"), [[0], [1], [2], [3]]).apply(
        changed("turning clusters beside a pair", *CLAIM, "pairs", to=[])
    ),
    "a token on the wrong side": changed("hyperplanes", *GROUP, "tokens", to=[0, 1, 2]),
    "a limit that is too high": changed("hyperplanes", *GROUP, "limit", to=["11/10", "9/8"]),
    "a limit that is too low": changed("enclosed hyperplanes", *GROUP, "limit", to=["0", "1/8"]),
    "an eigenvalue that is none": changed("hyperplanes", *CLAIM, "eigenvalue", "interval", to=["3", "4"]),
    "the smaller eigenvalue as the leading one": changed(
        "hyperplanes",
        *CLAIM,
        "eigenvalue",
        to={"interval": ["1", "1"], "column": 1, "row": 1, "unit": 1},
    ),
    "clusters without attraction": changed("clusters", "system", "V", to=[["-1", "0"], ["0", "-1"]]),
    "a group that loses a token": claimed(
        "hyperplanes",
        {**SPLIT, "groups": [{"sign": 1, "low": "1/16", "tokens": [0, 1], "limit": ["-999", "999"]}]},
        V=BLOCKS[3]["system"]["V"],
        tokens=[["1/16", "0"], ["1", "0"], ["-1", "0"], ["-1", "1/64"], ["-1", "-1/64"]],
    ),
    "a collapse under attraction": changed("collapse", "system", "V", to=[["1", "0"], ["0", "2"]]),
    "a collapse where tokens attend what is opposite": changed(
        "collapse", "system", "K", to=[["-2", "0"], ["0", "-2"]]
    ),
    "a collapse of tokens that V turns outwards": changed(
        "collapse", "system", "V", to=[["1", "-9"], ["9", "1"]]
    ),
    "a hull that shrinks under repulsion": changed("hull", "system", "V", to=[["-1", "0"], ["0", "-1"]]),
    "a hull that shrinks under shear": changed("hull", "system", "V", to=[["1", "1"], ["0", "1"]]),
    "an enclosure that is too narrow": changed("enclosed line", "radius", to="1/1000000000000"),
    "softmax as near as hardmax": changed("temperature", "errors", 1, 1, to="1/100000000000000000000000"),
    "softmax that is hotter": changed("temperature", "temperature", to="10"),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_rejected_and_so_is_every_change_of_it_that_stays_false(name):
    text = json.dumps(FALSE[name])
    assert not confirms(json.loads(text))
    with pytest.raises(RejectedError):
        verify(text)
    drawn = amount(50, 100)
    assert judged(drawn_changes(FALSE[name], Random(name), drawn))["RejectedError"] > drawn // 10
