"""The five hypotheses of the clustering theorem; FORMAT.md, section "Hypotheses"."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Number, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import firsts
from proofs_checks.work import longest


def check_symmetric(claim: Claim, run: Run) -> None:
    """Check that A equals its transpose; witness: a row and a column where it does not, both entries.

    Source: FORMAT.md, section "Hypotheses".
    """
    A, size = run.system.A, run.system.dimension
    if claim.verdict == "holds":
        claim.data.fields([])
        claim.require(all(A[i][j] == A[j][i] for i in range(size) for j in range(i)), "A is not symmetric")
        return
    witness = claim.data.fields(["row", "column", "entries"])
    i, j = (witness[name].integer(0, size - 1) for name in ("row", "column"))
    claim.require(witness["entries"].vector(2) == (A[i][j], A[j][i]), "the entries are others")
    claim.require(A[i][j] != A[j][i], "these entries are equal")


def check_positive_definite(claim: Claim, run: Run) -> None:
    """Check <Ax, x> > 0 for x != 0; evidence: a factorisation; witness: a vector and its value.

    Source: FORMAT.md, lemma ``factorisation``.
    """
    if claim.verdict == "holds":
        claim.require(
            is_definite(claim.data, run.system.A, strictly=True), "the factorisation does not prove it"
        )
        return
    witness = claim.data.fields(["vector", "value"])
    x, value = witness["vector"].vector(run.system.dimension), witness["value"].number()
    claim.require(any(x), "the vector is zero")
    claim.require(value == run.system.form(x, x), "the value is another")
    claim.require(value <= 0, "the value is positive")


def check_positive_alpha(claim: Claim, run: Run) -> None:
    """Check alpha > 0, that is 0 < tau < 1, at every layer; witness: alpha, or a layer and its tau.

    Source: FORMAT.md, section "Hypotheses".
    """
    if claim.verdict == "holds":
        claim.data.fields([])
        claim.require(run.facts.positive_alpha, "a coefficient alpha is not positive")
        return
    if "alpha" in claim.data.names():
        witness = claim.data.fields(["alpha"])
        claim.require(run.system.alpha <= 0, "alpha says the opposite")
        claim.require(witness["alpha"].number() == run.system.alpha, "alpha is another")
        return
    witness = claim.data.fields(["layer", "tau"])
    tau = run.system.schedule.at(witness["layer"].integer(0, LAYERS_LIMIT))
    claim.require(witness["tau"].number() == tau, "tau is another")
    claim.require(tau <= 0 or tau >= 1, "alpha is positive at this layer")


def check_nonzero_tokens(claim: Claim, run: Run) -> None:
    """Check that no token is 0; witness: one that is.

    Source: FORMAT.md, section "Hypotheses".
    """
    tokens = run.system.tokens
    if claim.verdict == "holds":
        claim.data.fields([])
        claim.require(all(any(token) for token in tokens), "a token is zero")
        return
    token = claim.data.fields(["token"])["token"].integer(0, len(tokens) - 1)
    claim.require(not any(tokens[token]), "this token is not zero")


def check_distinct_tokens(claim: Claim, run: Run) -> None:
    """Check that no two tokens are equal; witness: two that are.

    Source: FORMAT.md, section "Hypotheses".
    """
    tokens = run.system.tokens
    if claim.verdict == "holds":
        claim.data.fields([])
        claim.require(firsts(tokens) == list(range(len(tokens))), "two tokens are equal")
        return
    pair = claim.data.fields(["tokens"])["tokens"].items(2)
    i, j = (token.integer(0, len(tokens) - 1) for token in pair)
    claim.require(i != j and tokens[i] == tokens[j], "these are not two equal tokens")


def is_definite(field: Field, A: Matrix, strictly: bool) -> bool:
    """Check a factorisation L D L^T of the symmetric part of a matrix; FORMAT.md, lemma ``factorisation``.

    With ``strictly`` it proves <Ax, x> > 0 for x != 0, without it <Ax, x> >= 0.

    Source: FORMAT.md, lemma ``factorisation``.
    """
    size = len(A)
    members = field.fields(["lower", "diagonal"])
    lower, diagonal = members["lower"].matrix(size, size), members["diagonal"].vector(size)
    triangular = all(lower[i][j] == (i == j) for i in range(size) for j in range(i, size))
    entries = [{k: x for k, x in enumerate(row) if x} for row in lower]
    # Both sides are symmetric in i and j; of L, which is often the identity, only entries but 0 count.
    product = all(
        _is_sum(A[i][j], A[j][i], entries[i], diagonal, entries[j]) for i in range(size) for j in range(i + 1)
    )
    return triangular and product and all(d > 0 if strictly else d >= 0 for d in diagonal)


def _is_sum(a: Number, b: Number, x: Mapping[int, Number], diagonal: Vector, y: Mapping[int, Number]) -> bool:
    # Whether a + b is twice the sum of x_k d_k y_k over what is not 0 in both.
    both = [k for k in y if k in x]
    work.count_products(1 + len(y), 1)
    if not both and not a and not b:
        return True
    values = [x[k] * diagonal[k] * y[k] for k in both]
    total = sum(values, Fraction(0))
    work.count_fractions(1 + 2 * len(both), longest((total, *values)))
    return 2 * total == a + b
