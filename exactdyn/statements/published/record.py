"""What the registry holds of a published statement: where, under which hypotheses, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["holds", "false", "false as worded", "open"]
"""What became of a published statement.

"holds": it is proved, by its source or here; the entry says by whom. "false": there is a counterexample.
"false as worded": there is one, and the entry says with which change the statement is true. "open": it is
neither proved nor refuted as far as this registry knows.
"""

OWN_WORDS = "restated in the words of this project"
TRANSCRIBED = "as transcribed in a public Lean text of that version; original wording not seen"


@dataclass(frozen=True)
class Publication:
    """Where a statement was published, and how its wording is known here.

    ``work``: an arXiv label, or author, title and journal. ``version``: of the text that is meant; None where
    it was not noted. ``place``: theorem, lemma, section. ``wording``: where the words of the entry are from.

    >>> Publication("arXiv 2407.01602", None, "Theorem 2.2", OWN_WORDS).text
    'arXiv 2407.01602, Theorem 2.2'
    """

    work: str
    version: str | None
    place: str
    wording: str

    @property
    def text(self) -> str:
        """The place in one line.

        >>> Publication("arXiv 2508.09628", "v1", "abstract", OWN_WORDS).text
        'arXiv 2508.09628 v1, abstract'
        """
        version = "" if self.version is None else f" {self.version}"
        return f"{self.work}{version}, {self.place}"


@dataclass(frozen=True)
class Showing:
    """A command that shows what an entry says, its exit status, and the verdict that it prints.

    ``prints``: parts of its output in their order, any spaces there as one. A test runs every command.

    >>> Showing("exactdyn check cyclic", 1, ("symmetric fails",)).text
    'exactdyn check cyclic  (exit status 1: "symmetric fails")'
    """

    command: str
    status: int
    prints: tuple[str, ...]

    @property
    def text(self) -> str:
        """The command and what it says, in one line.

        >>> Showing("exactdyn limit square-plain", 0, ("proved", "a vertex")).text
        'exactdyn limit square-plain  (exit status 0: "proved", "a vertex")'
        """
        said = ", ".join(f'"{part}"' for part in self.prints)
        return f"{self.command}  (exit status {self.status}: {said})"

    @property
    def arguments(self) -> tuple[str, ...]:
        """The words of the command behind its name.

        >>> Showing("exactdyn limit square-plain", 0, ("proved",)).arguments
        ('limit', 'square-plain')
        """
        return tuple(self.command.split()[1:])


@dataclass(frozen=True)
class PublishedStatement:
    """A published statement and what became of it.

    ``name``: its name here; where it is that of a statement of the catalogue, both say the same of a run.
    ``published``: where. ``hypotheses``, ``says``: what it assumes and what it concludes, as published.
    ``outcome``: what became of it. ``corrected``: for "false as worded", with which change it is true; else
    None. ``found``: on what grounds, with the example if it is false. ``shown_by``: the commands that show
    it; none only where nothing is computed about it.
    """

    name: str
    published: Publication
    hypotheses: tuple[str, ...]
    says: str
    outcome: Outcome
    found: str
    shown_by: tuple[Showing, ...]
    corrected: str | None = None

    @property
    def became(self) -> str:
        """The outcome in words.

        >>> from exactdyn.statements.published import PUBLISHED
        >>> PUBLISHED["single-cluster"].became.partition("in place of")[0]
        'false as worded, true with negative definite '
        """
        return self.outcome if self.corrected is None else f"{self.outcome}, true with {self.corrected}"

    def to_dict(self) -> dict[str, object]:
        """Return the entry as `exactdyn statements --json` prints it.

        >>> from exactdyn.statements.published import PUBLISHED
        >>> data = PUBLISHED["norm-growth"].to_dict()
        >>> data["published"]["place"], data["outcome"]
        ('Lemma 3.2', 'holds')
        """
        return {
            "name": self.name,
            "says": self.says,
            "published": {**vars(self.published)},
            "hypotheses": list(self.hypotheses),
            "outcome": self.outcome,
            "corrected": self.corrected,
            "found": self.found,
            "shown_by": [{**vars(showing), "prints": list(showing.prints)} for showing in self.shown_by],
        }
