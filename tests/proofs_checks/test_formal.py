"""The proofs in Coq, as text: what is proved is what FORMAT.md says is proved, and nothing is assumed."""

import re
from pathlib import Path

import pytest

import proofs_checks

FOLDER = Path(proofs_checks.__file__).parent
FORMAL = FOLDER / "formal"
FILES = re.findall(r"^(\w+)\.v$", (FORMAL / "_CoqProject").read_text(encoding="utf-8"), re.MULTILINE)
TEXTS = {name: (FORMAL / f"{name}.v").read_text(encoding="utf-8") for name in FILES}
LEMMAS = (FOLDER / "FORMAT.md").read_text(encoding="utf-8").split("\n## Lemmas\n")[1]
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
LABELLED = re.compile(r"^\(\* FORMAT\.md, lemma ([\w-]+) \*\)\n(?:Theorem|Lemma) (\w+)", re.MULTILINE)
NAMED = re.compile(r"`(\w+)` in \[formal/(\w+)\.v\]\(formal/\2\.v\)")


def lines_about_coq() -> dict[str, str]:
    sections = re.split(r"^### ", LEMMAS, flags=re.MULTILINE)[1:]
    lines = {re.match(r"[\w-]+", section)[0]: section.split("\n")[2] for section in sections}
    assert len(lines) == len(sections) > 30
    return lines


def test_every_lemma_says_whether_it_is_proved_in_coq() -> None:
    wrong = [
        lemma
        for lemma, line in lines_about_coq().items()
        if line != "Coq: not covered"
        and not all(map(NAMED.fullmatch, line.removeprefix("Coq: ").split(", ")))
    ]
    assert wrong == []


def test_format_and_the_proofs_name_each_other() -> None:
    of_the_format = {
        (lemma, *found) for lemma, line in lines_about_coq().items() for found in NAMED.findall(line)
    }
    of_the_proofs = {
        (lemma, theorem, file) for file, text in TEXTS.items() for lemma, theorem in LABELLED.findall(text)
    }
    assert of_the_format == of_the_proofs
    labels = sum(text.count("FORMAT.md, lemma") for text in TEXTS.values())
    assert labels == len(of_the_proofs) > 10


def test_the_files_are_listed_in_an_order_in_which_each_needs_earlier_ones_only() -> None:
    assert sorted(FILES) == sorted(path.stem for path in FORMAL.glob("*.v"))
    assert FILES[:2] == ["Dynamics", "Certificates"]
    for place, name in enumerate(FILES):
        needed = re.findall(r"^From Exactdyn Require (?:Export|Import) (.+)\.$", TEXTS[name], re.MULTILINE)
        assert {word for line in needed for word in line.split()} <= set(FILES[:place])


def test_the_readme_names_every_file() -> None:
    readme = (FORMAL / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}.v`" not in readme] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_assumed(name: str) -> None:
    words = set(re.findall(r"\w+", COMMENT.sub("", TEXTS[name])))
    assert not words & {
        "Admitted",
        "admit",
        "Axiom",
        "Axioms",
        "Parameter",
        "Parameters",
        "Conjecture",
        "Declare",
    }
    assert not words & {"bypass_check", "Unset", "Obligations", "give_up"}
