"""The rows of the atlas of kinds: what is changed of the theorem's systems, and which lemmas are left."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.hunts import small_kinds
from exactdyn.hunts.atlas import COLUMNS
from exactdyn.hunts.small_systems import Makes
from exactdyn.statements.catalogue import CATALOGUE, OF_KINDS, asked_of
from exactdyn.statements.convergence import SUMMABLE

KINDS_COLUMNS = (*COLUMNS, "hull-of-the-seen", "interval-shrinkage")
"""The statements."""


@dataclass(frozen=True)
class KindRow:
    """What is changed from one head with A symmetric positive definite and alpha > 0 that all tokens see.

    ``name``: the row's name in files. ``changed``, ``kept``: in words. ``makes``: its small systems.
    ``always``: the facts that every system of the row has, by their names in
    :class:`~exactdyn.systems.facts.Facts`: lemmas that ask for no others hold for the whole row.
    ``ordered``: whether the order of the tokens matters to its systems. ``examples``: built-in examples of
    the row, larger than what a search goes through.
    """

    name: str
    changed: str
    kept: str
    makes: Makes
    always: frozenset[str]
    ordered: bool = False
    examples: tuple[str, ...] = ()


_CONVEX = frozenset({"convex_step", "coordinates_convex"})
_GROWS = frozenset(
    {"q_grows", "semidefinite", "definite"}
)  # all that see themselves, by one A, and go forward
_LIMITS = frozenset({"transitive_masks", "all_visible", "endless"})

KIND_ROWS = (
    KindRow(
        "a-causal-mask",
        "causal mask",
        "a token sees itself and those before it",
        small_kinds.causal,
        _CONVEX | _GROWS | {"leaders_stay", "transitive_masks"},
        ordered=True,
    ),
    KindRow(
        "a-mask-not-transitive",
        "mask not transitive",
        "every token sees itself",
        small_kinds.not_transitive,
        _CONVEX | _GROWS,
    ),
    KindRow(
        "two-heads",
        "two heads",
        "A of each symmetric positive definite, no multiple of each other",
        small_kinds.two_heads,
        _CONVEX | {"leaders_stay", "transitive_masks", "tells_apart", "leaders_exposed"},
        examples=("two-heads-meet",),
    ),
    KindRow(
        "mixing-values",
        "V no multiple of I",
        "<Vx, x> > 0 for x != 0",
        small_kinds.mixing_values,
        frozenset(),
    ),
    KindRow("negative-values", "V negative", "V = -I", small_kinds.negative_values, frozenset()),
    KindRow(
        "summable-steps",
        "summable schedule",
        "0 < tau_k < 1",
        small_kinds.summable,
        _CONVEX | _GROWS | {"leaders_stay", "transitive_masks", "tells_apart", "leaders_exposed", "summable"},
    ),
    KindRow(
        "first-step-whole",
        "tau_0 = 1",
        "tau_k = 2/(k+2)",
        small_kinds.frank_wolfe,
        _CONVEX | _GROWS | _LIMITS | {"leaders_exposed"},
    ),
    KindRow(
        "first-of-ties",
        "ties to the first",
        "of those with the largest score the first is attended",
        small_kinds.first_of_ties,
        _CONVEX | _GROWS | _LIMITS | {"leaders_stay", "tells_apart"},
        ordered=True,
    ),
    KindRow("a-relu-block", "ReLU block", "one unit, after attention", small_kinds.bent, frozenset()),
)
"""The rows: one change after the other, everything else kept."""


def kind_lemma(row: KindRow, column: str) -> str | None:
    """Return the lemma by which a statement holds for every system of a row; None: there is none.

    No two tokens are equal and none is 0, so lemmas may ask for that.
    Source: the lemmas of ``proofs_checks/FORMAT.md``.

    >>> kind_lemma(KIND_ROWS[0], "norm-growth"), kind_lemma(KIND_ROWS[1], "leaders-persist")
    ('norm-growth', None)
    """
    if column == "convergence" and "summable" in row.always:
        return SUMMABLE
    lemmas = CATALOGUE[column].decided.guarantees
    return next((lemma.name for lemma in lemmas if row.always.issuperset(lemma.facts)), None)


def row_columns(row: KindRow) -> tuple[str, ...]:
    """Return the statements that are about the systems of a row.

    >>> "hull-of-the-seen" in row_columns(KIND_ROWS[0]), "hull-of-the-seen" in row_columns(KIND_ROWS[2])
    (True, False)
    """
    asked = asked_of(row.makes(3, 2)[0].facts(2))
    return tuple(name for name in KINDS_COLUMNS if name not in OF_KINDS or name in asked)
