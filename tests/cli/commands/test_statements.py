"""``exactdyn statements``, as users run it, and the page that it prints."""

import json
from pathlib import Path

from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
from exactdyn.statements.published import PUBLISHED
from exactdyn.statements.registry import lemma_text
from tests.command import assert_refused, inside, printed

PAGE = Path(__file__).resolve().parents[3] / "docs" / "statements.md"


def test_statements_lists_those_decided_and_those_published():
    text = inside("statements").stdout
    assert all(f"  {name} " in text and record.says in text for name, record in CATALOGUE.items())
    one_line = " ".join(text.split())
    for name, entry in PUBLISHED.items():
        assert f" {name} published {entry.published.text} ({entry.published.wording}) assuming" in one_line
    assert max(map(len, text.splitlines())) <= 110


def test_a_statement_is_said_at_length():
    text = inside("statements", "distinctness-preserved").stdout
    for part in ["distinct tokens never meet", "by lemma no-collision", "needs", "fails", "As published:"]:
        assert part in text


def test_a_hypothesis_is_said_at_length_and_lemmas_in_the_words_of_their_proofs():
    text = inside("statements", "symmetric").stdout
    assert text.startswith("symmetric: A is symmetric\n  role         a hypothesis of the clustering theorem")
    text = " ".join(inside("statements", "hull-shrinkage").stdout.split())
    assert "lemma convex-step: If the step is convex at layer k, then conv Z^{k+1} lies within" in text
    assert "role a step of the proof of the clustering theorem (arXiv 2407.01602)" in text


def test_every_lemma_of_a_statement_says_what_it_is():
    names = {lemma for record in CATALOGUE.values() for lemma in record.lemmas}
    assert [name for name in names if lemma_text(name) is None] == []


def test_a_published_statement_is_said_with_what_became_of_it_and_what_shows_it():
    text = " ".join(inside("statements", "single-cluster").stdout.split())
    for part in [
        "arXiv 2508.09628 v1, abstract",
        "assuming A is negative semidefinite",
        "became false as worded, true with negative definite in place of negative semidefinite",
        'exactdyn limit alternating-singular (exit status 0: "token 4 has no limit")',
    ]:
        assert part in text


def test_the_json_document_has_every_statement_and_every_publication():
    document = json.loads(inside("statements", "--json").stdout)
    assert list(document) == ["statements", "published", "hypotheses"]
    assert [own["name"] for own in document["hypotheses"]] == list(HYPOTHESES)
    assert [record["name"] for record in document["statements"]] == list(CATALOGUE)
    assert {tuple(record) for record in document["statements"]} == {
        ("name", "says", "role", "kind", "about", "lemmas", "needs", "fails")
    }
    assert [entry["name"] for entry in document["published"]] == list(PUBLISHED)
    assert document["published"][0]["shown_by"][0] == {
        "command": "exactdyn check emerging-leader",
        "status": 0,
        "prints": ["the clustering theorem applies"],
    }


def test_the_json_document_of_one_name_has_the_same_shape():
    document = json.loads(printed("statements", "clusters", "--json"))
    assert document["statements"] == []
    assert [entry["name"] for entry in document["published"]] == ["clusters"]


def test_an_unknown_name_is_refused():
    assert_refused(inside("statements", "no-such"), "NAME", "convergence", "'no-such'")
    assert_refused(inside("statements", "convergense"), "did you mean 'convergence'?")


def test_the_page_stands_alone():
    assert_refused(inside("statements", "convergence", "--markdown"), "--markdown", "'convergence'")
    assert_refused(inside("statements", "--json", "--markdown"), "--markdown", "--json")


def test_the_page_in_the_documentation_is_what_the_command_prints():
    assert PAGE.read_text(encoding="utf-8") == printed("statements", "--markdown")
