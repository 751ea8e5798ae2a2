"""What checking costs beside producing: ``python -m tests.benchmarks.checking [--claims]``, from the root.

A row for each kind of certificate, small and larger: seconds of processor time to make its text, everything
that this takes included, to check it in this process, and in ``python -I proofs_checks FILE`` without what an
empty call of that takes; and the ratio of the second to the first, which is to be at most 3. Behind the table
stand those above that. ``--claims``: certificates about runs claim by claim, each made from the system on.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import numpy as np

import proofs_checks
from exactdyn import cells, check, compare, itineraries, limit, load_example, softmax
from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.documents import Example, example_names
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import MatrixClass, matrix_class
from exactdyn.families.questions.lead import Question, lead
from exactdyn.families.setting import Setting
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import from_floats
from exactdyn.parameters.certificate import parameter_certificate
from exactdyn.statements.catalogue import HYPOTHESES, asked_of
from exactdyn.statements.statement import OnLayers
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run, run_of

GOAL = 3.0
PROGRAM = Path(proofs_checks.__file__).parent
SIZES = ((8, 2, 30), (30, 3, 30), (30, 8, 30), (128, 2, 8), (200, 2, 30), (60, 16, 20))
"""Tokens, dimension, layers of the random systems."""

Make = Callable[[], str]


def random_run(count: int, dimension: int, layers: int, name: str, alpha: str) -> Run:
    """Run normally distributed tokens, rounded to 1/1024."""
    rng = np.random.default_rng(1)
    tokens, square = rng.standard_normal((count, dimension)), rng.standard_normal((dimension, dimension))
    identity = np.eye(dimension)
    matrix = {"I": identity, "-I": -identity, "random": square}.get(name, square @ square.T + identity)
    A, z = (from_floats(np.round(own * 1024) / 1024) for own in (matrix, tokens))
    return Hardmax(A, alpha).run(z, layers)


def runs() -> Iterator[tuple[str, Callable[[], Run]]]:
    """Everything that `check` is asked about."""
    for name in example_names():
        example = load_example(name)
        if example.softmax is None and example.parameter is None:
            yield name, partial(lambda name: run_of(load_example(name), None), name)
    for count, dimension, layers in SIZES:
        for matrix in ("I", "-I", "random", "definite"):
            for alpha in ("1/2", "-3", "-1/2") if count < 60 else ("1/2",):
                name = f"{count} x {dimension}, {layers} layers, A {matrix}, alpha {alpha}"
                yield name, partial(random_run, count, dimension, layers, matrix, alpha)


def tasks() -> Iterator[tuple[str, Make]]:
    """All kinds of certificates."""
    for name, run in runs():
        yield f"check: {name}", partial(lambda run: certificate_text(check(run()).certificate), run)
    for name in (
        "emerging-leader",
        "moving-tie",
        "collision-indefinite",
        "three-dimensions",
        "fibonacci-word",
    ):
        yield f"cells: {name}", partial(lambda name: parameter_certificate(cells(load_example(name))), name)
    for kind in ("general", "symmetric", "positive-definite"):
        yield f"itineraries: triangle, {kind}", partial(all_itineraries, load_example("triangle"), kind)
        yield f"lead: segment-interior, {kind}", partial(nobody_else, load_example("segment-interior"), kind)
    for name in ("softmax-polytope", "softmax-line", "softmax-repelling", "softmax-euler"):
        yield (
            f"softmax: {name}",
            partial(lambda name: certificate_text(softmax(load_example(name), 3).certificate), name),
        )
    yield (
        "compare --softmax: triangle",
        lambda: certificate_text(compare(load_example("triangle"), softmax="1/100").certificate),
    )


def all_itineraries(example: Example, kind: str) -> str:
    """Return the certificate that these are all itineraries of layer 0."""
    setting, start = Setting.of(example.system), Points.from_rows(example.tokens)
    matrices = matrix_class(kind, start.dimension, None)
    found = itineraries(example, 1, kind=kind, ties=True)
    return family_text(found.claim, matrices, setting.system, start, 0)


def nobody_else(example: Example, kind: str) -> str:
    """Return the certificate that no matrix makes all tokens lead."""
    start = Points.from_rows(example.tokens)
    matrices = matrix_class(kind, start.dimension, None)
    around = Setting.of(example.system).system
    question = Question(around, start, matrices, 0)
    answer = lead(question, list(range(start.count)), False)
    return family_text(answer.claim, matrices, around, start, 0)


def family_text(
    claim: Mapping[str, object] | None,
    matrices: MatrixClass,
    around: HardAttention,
    start: Points,
    layer: int,
) -> str:
    """Return the certificate of a claim about a class; nothing where there is none."""
    data = None if claim is None else family_certificate_data(matrices, around, start, layer, claim)
    return "" if data is None else certificate_text(data)


def claims() -> Iterator[tuple[str, Make]]:
    """The same certificates about runs, claim by claim."""
    for name, run in runs():
        first = run()
        for claim in (*HYPOTHESES, *asked_of(first.facts)):
            yield f"{claim}: {name}", partial(single, claim, run)


def single(claim: str, make: Callable[[], Run]) -> str:
    """Return a certificate of one claim, or nothing where it is undecided."""
    run = make()
    if claim in HYPOTHESES:
        verdict = HYPOTHESES[claim].decide(run)
    else:
        statement = asked_of(run.facts)[claim]
        found = None if isinstance(statement.decided, OnLayers) else limit(run)
        verdict = statement.decide(run, found)
    return "" if verdict.outcome == "undecided" else certificate_text(certificate_data(run, {claim: verdict}))


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the processor time that it takes, and what it returns."""
    start = process_time()
    found = work()
    return process_time() - start, found


def program(*arguments: str) -> float:
    """Return the processor time of the bare checker."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-I", str(PROGRAM), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", action="store_true", help="claim by claim")
    asked = claims() if parser.parse_args().claims else tasks()
    above = []
    print("| certificate | characters | made | checked | by the program | ratio |\n|" + " --- |" * 6)
    with TemporaryDirectory() as folder:
        file, start = Path(folder) / "certificate.json", min(program("--proofs") for _ in range(3))
        for name, make in asked:
            made, text = timed(make)
            if not isinstance(text, str) or not text:
                continue
            checked, _ = timed(partial(proofs_checks.verify, text, patient=True))
            file.write_text(text, encoding="utf-8")
            alone = max(0.0, program(str(file), "--patient") - start)
            ratio = checked / made
            above += [f"{name}: {ratio:.1f}"] if ratio > GOAL else []
            print(
                f"| {name} | {len(text):,} | {made:.3f} | {checked:.3f} | {alone:.2f} | {ratio:.1f} |",
                flush=True,
            )
    print(f"\nabove {GOAL:g}: " + ("; ".join(above) or "none"))


if __name__ == "__main__":
    main()
