"""Enclosures and what they prove, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from exactdyn.numbers.shown import at_most, counted, short, sized

if TYPE_CHECKING:
    from flint import arb

    from exactdyn.documents import Example
    from exactdyn.softmax import Proof, Softmax
    from exactdyn.softmax.flow.state import Enclosed
    from exactdyn.softmax.for_ever.statement import Conclusion


def proof_data(proof: Proof) -> dict[str, object]:
    """Return what ``softmax --json`` prints: every ball as [midpoint, radius], decimals that enclose.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, prove
    >>> sorted(proof_data(prove(Softmax(), [[1]], Fraction(1))))
    ['attention', 'reason', 'rescaled', 'statements', 'time', 'tokens']
    """
    from exactdyn.certificates.envelope import encode
    from exactdyn.softmax import state

    now = state(proof.flow, proof.flow.time)
    heads = {"heads": list(map(_balls, now.heads))} if len(now.heads) > 1 else {}
    return {
        "time": encode(now.time),
        "tokens": _balls(now.tokens),
        "rescaled": None if now.rescaled is None else _balls(now.rescaled),
        "attention": _balls(now.attention),
        **heads,
        "reason": proof.flow.reason,
        "statements": {name: _statement_data(own) for name, own in proof.statements.items()},
    }


def _balls(rows: list[list[arb]]) -> list[list[list[str]]]:
    from exactdyn.softmax.decimals import decimals

    return [[list(decimals(x)) for x in row] for row in rows]


def _statement_data(conclusion: Conclusion) -> dict[str, object]:
    # The evidence is what a certificate holds, the details are only shown.
    from exactdyn.certificates.envelope import encode

    verdict = conclusion.verdict
    return {
        "verdict": verdict.outcome,
        "scope": verdict.scope,
        "lemma": verdict.lemma,
        "reason": verdict.reason,
        "settled": sorted(conclusion.settled),
        "undecided": {str(token): reason for token, reason in conclusion.undecided.items()},
        "evidence": encode(conclusion.evidence),
        "details": encode(conclusion.details),
    }


def proof_text(example: Example, proof: Proof, brief: bool = False) -> str:
    """Return what ``softmax`` prints for people; ``brief``: without tokens, and verdicts without evidence.

    >>> from fractions import Fraction
    >>> from exactdyn.documents import load_example
    >>> from exactdyn.softmax import Proof, Softmax, flow
    >>> example = load_example("collision-on-a-line")
    >>> proof = Proof(flow(Softmax(), example.tokens, Fraction(1, 4)), {})
    >>> print(proof_text(example, proof).splitlines()[0])
    collision-on-a-line: 2 tokens in dimension 1, enclosed to time 1/4 in ... steps of 80 bits
    """
    return "\n".join([*_lines(example, proof, brief), ""])


def _lines(example: Example, proof: Proof, brief: bool) -> Iterator[str]:
    # How far the run is enclosed, how closely, where the tokens are then, and what that proves.
    from exactdyn.softmax import state

    flow = proof.flow
    count, dimension = example.shape
    yield (
        f"{example.name}: {counted(count, 'token')} in dimension {dimension}, {_kind(flow.system)}"
        f"enclosed to time {short(flow.time)} in {counted(flow.steps, 'step')} of {flow.bits} bits"
    )
    if flow.reason is not None:
        yield f"stopped there: {flow.reason}"
    known = f"x is known within {at_most(flow.enclosure(flow.time).radius)}"
    yield known if brief else f"{known}, up to how it is shown:"
    if brief:
        for name, conclusion in proof.statements.items():
            yield next(_statement_lines(name, conclusion, proof.flow))
        return
    now = state(flow, flow.time)
    labels = [f" ({label})" for label in example.labels] if example.labels else [""] * count
    for token, x in enumerate(now.tokens):
        z = "" if now.rescaled is None else f"  z = {_vector(now.rescaled[token])}"
        yield f"  token {token}{labels[token]}  x = {_vector(x)}{z}"
    for name, conclusion in proof.statements.items():
        yield from _statement_lines(name, conclusion, proof.flow)


def _kind(system: Softmax) -> str:
    # What it is beside one head that sees everybody in continuous time.
    count = len(system.parts)
    said = [f"{count} heads, "] if count > 1 else []
    for h, head in enumerate(system.parts):
        if head.mask is not None:
            said.append(f"mask {head.mask.text}{f' in head {h}' if count > 1 else ''}, ")
    if system.step is not None:
        said.append(f"Euler's method of step {short(system.step)}, ")
    return "".join(said)


def _statement_lines(name: str, conclusion: Conclusion, flow: Enclosed) -> Iterator[str]:
    # Every statement has evidence of its own kind; of what is undecided nothing follows the first line.
    verdict = conclusion.verdict
    why = f"{verdict.scope}, by lemma {verdict.lemma}" if verdict.scope else verdict.reason
    yield f"{name} {verdict.outcome}: {why}"
    evidence = conclusion.evidence or {}
    if evidence and conclusion.undecided:
        yield f"  proved of {_tokens(sorted(conclusion.settled))}, for every t >= {flow.time}:"
    if name == "collapse" and evidence:
        yield "  every x tends to 0, attention to equal shares; z of different tokens part without bound"
    if name == "attention-limit" and evidence:
        place = flow.start.place
        shared = any(place.count(place[leader]) > 1 for _, leader in evidence["rows"])
        told = "row: token, with its copies in equal shares" if shared else "row: token"
        yield f"  limits of the rows of P ({told}): {_pairs(evidence['rows'])}"
        whose = "every entry" if verdict.outcome == "holds" else "every entry of these rows"
        within, since = short(evidence["within"]), evidence["from"]
        yield f"  {whose} within {within} of its limit for all t >= {sized(since)}"
    if name == "clusters" and evidence:
        yield f"  token: leader  {_pairs(_led(evidence['leaders']))}"
        yield f"  every leader's z moves by at most {conclusion.details['displacement']} from then on"
        what = "limit of z at leader" if conclusion.undecided else "vertex of the limit at leader"
        for leader, vertex in conclusion.details["vertices"].items():
            yield f"  {what} {leader}: {_decimals(vertex)}"
    if name == "masked-clusters" and evidence:
        yield f"  token: leader  {_pairs(_led(evidence['leaders']))}"
        yield f"  every leader's z moves by at most {conclusion.details['displacement']} from then on"
        for leader, limit in conclusion.details["vertices"].items():
            yield f"  limit of z at leader {leader}: {_decimals(limit)}"
    if name == "leading-clusters" and evidence:
        yield f"  token: leader  {_pairs(_led(evidence['leaders']))}"
        for row in conclusion.details["projection"]:
            yield f"  a row of R = {_decimals(row)}"
        for leader, vertex in conclusion.details["vertices"].items():
            yield f"  at leader {leader} R z tends to {_decimals(vertex)}"
    if name == "turning-clusters" and evidence:
        for group in conclusion.details["limits"]:
            whose = "" if group["settles"] else "; the attention that they pay to each other never settles"
            yield f"  {_tokens(group['tokens'])}: z tends to {_decimals(group['limit'])}{whose}"
    if name == "hyperplanes" and evidence:
        yield f"  phi* = {_decimals(conclusion.details['functional'])}"
        for group in conclusion.details["groups"]:
            yield f"  {_tokens(group['tokens'])}: phi* z tends to {_decimals([group['limit']])}"


def verdicts_by_token(proof: Proof) -> Iterator[tuple[str, str, str]]:
    """Yield what each statement says of each token, or why nothing: token, statement, words.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, prove
    >>> for row in verdicts_by_token(prove(Softmax(), [[2], [0], [-2]], Fraction(1))):
    ...     print(*row)
    every hull-shrinkage holds: every t >= 0
    0 attention-limit holds: attends the point of token 0 in the limit
    1 attention-limit undecided: at time 1 its sign is undecided
    2 attention-limit holds: attends the point of token 2 in the limit
    """
    for name, conclusion in proof.statements.items():
        verdict, of_each = conclusion.verdict, _of_each(name, conclusion)
        if verdict.outcome == "holds" and not of_each:
            yield "every", name, f"holds: {verdict.scope}"
            continue
        for token in range(len(proof.flow.start.place)):
            why = conclusion.undecided.get(token, verdict.reason)
            yield str(token), name, f"holds: {of_each[token]}" if token in of_each else f"undecided: {why}"


def _of_each(name: str, conclusion: Conclusion) -> dict[int, str]:
    # What is proved of tokens one by one.
    evidence = conclusion.evidence or {}
    if name == "attention-limit" and evidence:
        return {row: f"attends the point of token {leader} in the limit" for row, leader in evidence["rows"]}
    if name in {"clusters", "masked-clusters", "leading-clusters"} and evidence:
        return {token: f"follows token {leader}" for token, leader in _led(evidence["leaders"])}
    said = [
        *(
            (group, f"z tends to {_decimals(group['limit'])}")
            for group in conclusion.details.get("limits", [])
        ),
        *(
            (group, f"phi* z tends to {_decimals([group['limit']])}")
            for group in conclusion.details.get("groups", [])
        ),
    ]
    return {token: words for group, words in said for token in group["tokens"]}


def _led(leaders: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    return ((token, leader) for token, leader in enumerate(leaders) if leader is not None)


def _tokens(tokens: Sequence[int]) -> str:
    return f"token{'' if len(tokens) == 1 else 's'} {', '.join(map(str, tokens))}"


def _pairs(pairs: Iterable[Sequence[int]]) -> str:
    return ", ".join(f"{first}: {second}" for first, second in pairs)


def _vector(balls: list[arb]) -> str:
    from exactdyn.softmax.decimals import decimals

    return _decimals([decimals(ball, 10) for ball in balls])


def _decimals(vector: list[tuple[str, str]]) -> str:
    return f"({', '.join(f'{middle} +- {radius}' for middle, radius in vector)})"
