"""The registry: everything in the catalogues is in it, and every lemma that it names is in FORMAT.md."""

import re
from pathlib import Path
from typing import get_args

import pytest

import exactdyn
from exactdyn import InputError, statements
from exactdyn.statements import Registry, look_up
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.published import PUBLISHED
from exactdyn.statements.published.record import Outcome
from exactdyn.statements.statement import FACTS, Fact

ROOT = Path(__file__).resolve().parents[2]
FORMATS = [ROOT / "proofs_checks" / "FORMAT.md", ROOT / "proofs_checks" / "softmax" / "FORMAT.md"]
LEMMAS = {
    name
    for file in FORMATS
    for name in re.findall(r"^### ([a-z-]+)", file.read_text().partition("\n## Lemmas")[2], re.MULTILINE)
}


def test_users_import_a_function_and_the_room_goes_on_by_its_path():
    assert exactdyn.statements is statements
    assert isinstance(statements("convergence"), Registry)
    assert look_up.__module__ == "exactdyn.statements.registry"


def test_without_a_name_everything_is_found():
    found = look_up()
    assert [record.name for record in found.statements] == list(CATALOGUE)
    assert [entry.name for entry in found.published] == list(PUBLISHED)


@pytest.mark.parametrize("name", dict.fromkeys([*CATALOGUE, *PUBLISHED]))
def test_a_name_finds_the_statement_and_what_was_published_under_it(name):
    found = look_up(name)
    assert {record.name for record in found.statements} == {name} & set(CATALOGUE)
    assert {entry.name for entry in found.published} == {name} & set(PUBLISHED)
    assert str(found).startswith(name)


def test_an_unknown_name_is_refused_with_those_known():
    with pytest.raises(InputError, match=r"convergence.*single-cluster.*got 'no-such'"):
        look_up("no-such")


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_lemma_of_a_statement_is_proved_in_the_specification(name):
    assert CATALOGUE[name].lemmas or name == "frank-wolfe-rate"  # of which only the opposite is proved
    assert [lemma for lemma in CATALOGUE[name].lemmas if lemma not in LEMMAS] == []


def test_every_fact_that_a_lemma_may_ask_for_has_words():
    assert set(FACTS) == set(get_args(Fact))
    proved = [record for record in CATALOGUE.values() if record.on_layers and record.lemmas]
    assert all(record.needs for record in proved)


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_lemma_that_an_entry_names_is_proved_in_the_specification(name):
    assert [
        lemma for lemma in re.findall(r"lemma `([a-z-]+)`", PUBLISHED[name].found) if lemma not in LEMMAS
    ] == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_entry_says_where_it_was_published_and_what_became_of_it(name):
    entry = PUBLISHED[name]
    assert entry.outcome in get_args(Outcome)
    assert (entry.corrected is not None) == (entry.outcome == "false as worded")
    assert entry.shown_by or entry.outcome == "open"
    assert all([entry.says, entry.found, entry.hypotheses, entry.published.place, entry.published.wording])
    assert entry.to_dict()["name"] == name
