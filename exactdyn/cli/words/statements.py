"""The registry of statements as text, and as the page ``docs/statements.md``."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.statements import Registry
    from exactdyn.statements.published import PublishedStatement
    from exactdyn.statements.statement import Statement

from exactdyn.statements.registry import lemma_text

WIDTH = 110
THEOREM = "arXiv 2407.01602, Theorem 2.2"
ROLES = {
    "theorem": f"a conclusion of the clustering theorem ({THEOREM})",
    "proof": "a step of the proof of the clustering theorem (arXiv 2407.01602)",
    "question": "a question that the clustering theorem does not answer",
    "kind": "about systems of which the clustering theorem does not speak",
}
HEAD = 13
OUTCOMES = {
    "holds": "proved, by its source or here; the entry says by whom",
    "false": "there is a counterexample",
    "false as worded": "there is a counterexample, and the entry says with which change it is true",
    "open": "neither proved nor refuted, as far as this registry knows",
}
"""What the outcomes of published statements mean."""


def listing(registry: Registry) -> Iterator[str]:
    r"""Give the lines that ``statements`` prints: everything, without the reasons.

    >>> from exactdyn.statements import look_up
    >>> print(*list(listing(look_up("norm-growth")))[4:7], sep="\n")
    Published statements, and what became of them:
    <BLANKLINE>
    norm-growth
    """
    if registry.hypotheses:
        yield "Hypotheses of the clustering theorem:"
        yield ""
        width = max(len(own.name) for own in registry.hypotheses)
        yield from (f"  {own.name:<{width}}  {own.says}" for own in registry.hypotheses)
        yield ""
    yield "Statements that check, hunt and certificates decide:"
    yield ""
    width = max((len(record.name) for record in registry.statements), default=0)
    yield from (f"  {record.name:<{width}}  {record.says}" for record in registry.statements)
    yield ""
    yield "Published statements, and what became of them:"
    for entry in registry.published:
        yield ""
        yield from _claim(entry)
        if entry.shown_by:
            yield from _part("shown by", entry.shown_by[0].command)
    yield ""
    yield "exactdyn statements NAME says how one is proved, or why it fails."


def at_length(registry: Registry) -> Iterator[str]:
    """Give the lines that ``statements NAME`` prints: all that is known of what has this name.

    >>> from exactdyn.statements import look_up
    >>> print(next(at_length(look_up("convergence"))))
    convergence: every token has a limit
    """
    for own in registry.hypotheses:
        yield f"{own.name}: {own.says}"
        yield from _part("role", f"a hypothesis of the clustering theorem ({THEOREM})")
        for way in own.failures:
            yield from _part("fails", way.text)
    for record in registry.statements:
        yield from _statement(record)
    if registry.statements and registry.published:
        yield ""
        yield "As published:"
    for entry in registry.published:
        yield from _claim(entry)
        yield from _part("because", entry.found)
        for showing in entry.shown_by:
            yield from _part("shown by", showing.text)


def page(registry: Registry) -> Iterator[str]:
    """Give the lines of the page ``docs/statements.md``.

    >>> from exactdyn.statements import look_up
    >>> next(page(look_up()))
    '# Statements'
    """
    yield from ("# Statements", "")
    yield "This page is what `exactdyn statements --markdown` prints; `exactdyn statements NAME` says more."
    yield from ("", "## Statements that are decided", "")
    yield "`check`, `hunt` and certificates decide these for a run; the lemmas are those of"
    yield "[proofs_checks/FORMAT.md](../proofs_checks/FORMAT.md#lemmas)."
    yield from ("", "| statement | says | lemmas |", "| --- | --- | --- |")
    for record in registry.statements:
        lemmas = ", ".join(f"`{lemma}`" for lemma in record.lemmas)
        yield f"| `{record.name}` | {_cell(record.says)} | {lemmas} |"
    yield from ("", "## Published statements, and what became of them", "")
    yield from (f"- **{outcome}**: {means}." for outcome, means in OUTCOMES.items())
    yield from ("", "Where no version stands beside an arXiv label, it was not noted which one was read.")
    yield from ("", "A test runs every command below and compares its exit status and what it prints.")
    yield from ("", "| name | published in | became |", "| --- | --- | --- |")
    for entry in registry.published:
        yield f"| [{entry.name}](#{entry.name}) | {_cell(entry.published.text)} | {_cell(entry.became)} |"
    for entry in registry.published:
        yield from _section(entry)


def _statement(record: Statement) -> Iterator[str]:
    # What it says, how it is decided, what its lemma needs, how it fails.
    on = "for the layers of a run; for every layer" if record.on_layers else "for a run and its limit:"
    by = f"{on} by lemma {' or '.join(record.lemmas)}" if record.lemmas else "for the layers of a run"
    yield f"{record.name}: {record.says}"
    yield from _part("role", ROLES[record.role])
    if record.about is not None:
        yield from _part("about", record.about.kind)
    yield from _part("decided", f"{by} (proofs_checks/FORMAT.md)")
    for lemma in record.lemmas:
        said = lemma_text(lemma)
        if said is not None:
            yield from _part("lemma", f"{lemma}: {said}")
    for fact in record.needs:
        yield from _part("needs", fact)
    for way in record.failures:
        yield from _part("fails", way.text)


def _claim(entry: PublishedStatement) -> Iterator[str]:
    yield entry.name
    yield from _part("published", f"{entry.published.text} ({entry.published.wording})")
    yield from _part("assuming", "; ".join(entry.hypotheses))
    yield from _part("says", entry.says)
    yield from _part("became", entry.became)


def _part(head: str, text: str) -> Iterator[str]:
    # A word at the left, the text beside it, its lines under each other.
    for line in wrap(text, WIDTH - HEAD - 2, break_on_hyphens=False, break_long_words=False):
        yield f"  {head:<{HEAD}}{line}"
        head = ""


def _section(entry: PublishedStatement) -> Iterator[str]:
    yield from ("", f"### {entry.name}", "")
    yield f"{_plain(entry.published.text)} ({entry.published.wording})."
    end = "" if entry.says.endswith("?") else "."
    yield from ("", f"*Assuming* {_plain('; '.join(entry.hypotheses))}: {_plain(entry.says)}{end}")
    yield from ("", f"**{_plain(entry.became)}.** {_plain(entry.found)}")
    if entry.shown_by:
        yield ""
    for showing in entry.shown_by:
        said = ", ".join(f"`{part}`" for part in showing.prints)
        yield f"- `{showing.command}`: exit status {showing.status}, {said}"


def _plain(text: str) -> str:
    # Text that Markdown is not to take for marks of its own.
    return text.replace("<", "&lt;").replace("*", "\\*")


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")
