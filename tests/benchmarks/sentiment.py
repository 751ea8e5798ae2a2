"""What really happens inside trained sentiment models.

    python -m tests.benchmarks.sentiment [--softmax | MODEL ...]

Measured on the data beside the repository (../shared/data), parts whose files are absent are left out:

- the stored scores and leaders of the published model on its published reviews;
- 10,000 training reviews: accuracy, leaders, limits, time;
- the layers at which float runs first differ on the 130 test reviews, with the loop of ``exactdyn compare``
  (over all tokens, copies included) as a second opinion, and the classes of float runs of 100 layers;
- which hypotheses of the clustering theorem hold on real reviews, and which conclusions;
- on how many of the 130 test reviews, and at which layers, softmax of temperature 1/1000 in place of the
  argmax provably makes the hardmax choices (its largest score at an attended token, for every token, the run
  enclosed in balls); with --softmax only this;
- each MODEL that ``exactdyn train`` wrote (a .safetensors file), on the reviews it held out; with models
  named, only these.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes of an audit are the threads

import numpy as np

from exactdyn.floats.comparison import compare
from exactdyn.floats.runs import run_freely
from exactdyn.sentiment.audit.audit import COMPARED_LAYERS, Audit, run_audit
from exactdyn.sentiment.audit.survey import DTYPES
from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.runs.exact import run_review
from exactdyn.sentiment.runs.float_runs import float_model
from exactdyn.statements.theorem import check
from exactdyn.work.processes import available_cores
from tests.data_folder import FOLDER
from tests.judges.softmax_choices import choices

PUBLISHED = ("imdb_hardmax_d2_24.json", "imdb_hardmax_d2_test130.json.gz")
BULK = ("model_d2_full.npz", "vocab_exact.tsv.gz", "train10k_bags.npz")
DEEP = 100
TEMPERATURE = Fraction(1, 1000)


def main(arguments: list[str]) -> None:
    """Measure what can be measured."""
    if arguments == ["--softmax"]:
        softmax_choices(FOLDER / PUBLISHED[1])
        return
    if not arguments:
        measure_published()
        softmax_choices(FOLDER / PUBLISHED[1])
    for name in arguments:
        model = load_model(name)
        reviews = load_reviews(str(Path(name).with_suffix(".test.npz")), model)
        print(
            f"\n{name}: dimension {model.dimension}, alpha {float(model.alpha):.4g}, {len(reviews)} reviews"
        )
        show_audit(timed_audit(model, reviews))


def measure_published() -> None:
    """Measure the published model."""
    for name in PUBLISHED:
        if (FOLDER / name).is_file():
            reproduce(FOLDER / name)
    if all((FOLDER / name).is_file() for name in BULK):
        model = load_model(str(FOLDER / BULK[0]), FOLDER / BULK[1])
        started = time.perf_counter()
        reviews = load_reviews(str(FOLDER / BULK[2]), model)
        print(f"\n{BULK[2]}: {len(reviews)} reviews read in {time.perf_counter() - started:.2f} s")
        show_audit(timed_audit(model, reviews))
    if (FOLDER / PUBLISHED[1]).is_file():
        departures(FOLDER / PUBLISHED[1])
        theorem(FOLDER / PUBLISHED[1])


def reproduce(path: Path) -> None:
    """Compare every stored number with the exact one."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    stored = json.loads(text)["reviews"]
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    counts: Counter[str] = Counter()
    for review, entry in zip(reviews, stored, strict=True):
        run = run_review(model, review)
        score = run.score(model.depth)
        counts["hardmax_logit"] += float(score) == entry["hardmax_logit"]
        for name, layer in (("leaders_first", 0), ("leaders_last", model.depth)):
            rows = sorted(row for point in run.leading(layer) for row in run.rows[point])
            counts[name] += rows == entry[name]
        counts["right"] += (score > 0) == bool(review.label)
    print(f"{path.name}: of {len(reviews)} reviews", ", ".join(f"{name} {n}" for name, n in counts.items()))


def departures(path: Path) -> None:
    """Count the layers at which float runs first differ from the exact one, in two float implementations."""
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    audit = run_audit(model, reviews, 60)
    form = float_model(model)
    for dtype in DTYPES:
        print(f"{dtype} first differs, points with weights: {_shown(audit.departures(dtype))}")
        second: Counter[int] = Counter()
        changed = 0
        for review in reviews:
            run = run_review(model, review, 60)
            parted = compare(run.run, dtype).layer
            if parted is not None:
                second[parted] += 1
            start = model.encode([rows[0] for rows in run.rows]).astype(dtype)
            weights = np.array(run.weights, dtype=float)
            deep = form.score(run_freely(start, weights, form.tau, DEEP).astype(float), weights)
            exact = run_review(model, review, DEEP)
            changed += (deep > 0) != (exact.score(DEEP) > 0)
        print(f"{dtype} first differs, all tokens:          {_shown(dict(sorted(second.items())))}")
        print(f"{dtype}: after {DEEP} layers the class of {changed} of {len(reviews)} reviews is another")


def softmax_choices(path: Path) -> None:
    """Count on which reviews, and at which layers, the softmax run provably makes the hardmax choices."""
    if not path.is_file():
        print(f"softmax choices: skipped, needs {path.name} in ../shared/data beside the repository")
        return
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    started = time.process_time()
    counts: Counter[tuple[int, str]] = Counter()
    everywhere = 0
    for review in reviews:
        found = choices(run_review(model, review, model.depth - 1).run, TEMPERATURE)
        agreeing = [set(own.choices) == {"same"} for own in found]
        everywhere += all(agreeing)
        for own, same in zip(found, agreeing, strict=True):
            worst = "same" if same else "other" if "other" in own.choices else "undecided"
            counts[own.layer, worst] += 1
    seconds = time.process_time() - started
    print(f"softmax of temperature {TEMPERATURE}, {len(reviews)} reviews, {seconds:.0f} s of processor time:")
    print(f"  provably the hardmax choices of every token at every layer: {everywhere} reviews")
    for layer in range(model.depth):
        same, other, left = (counts[layer, word] for word in ("same", "other", "undecided"))
        print(
            f"  layer {layer}: {same} reviews; a token provably chooses otherwise {other}; undecided {left}"
        )


def theorem(path: Path) -> None:
    """Count on real reviews which hypotheses and statements hold, with and without copies of a token."""
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    verdicts: Counter[tuple[str, str]] = Counter()
    for review in reviews:
        found = check(run_review(model, review).run)
        for name, verdict in (found.hypotheses | found.statements).items():
            verdicts[name, verdict.outcome] += 1
    print(f"check on {len(reviews)} reviews:")
    for (name, outcome), count in verdicts.items():
        print(f"  {name:<24}{outcome:<10}{count}")


def timed_audit(model, reviews) -> Audit:
    """Audit on all cores and say how long it took."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    audit = run_audit(model, reviews, max(COMPARED_LAYERS, model.depth))
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"audit of {len(reviews)} reviews: {seconds:.1f} s on {available_cores()} cores, "
        f"{1000 * seconds / len(reviews):.2f} ms a review "
        f"({1000 * used / len(reviews):.2f} ms of processor time)"
    )
    return audit


def show_audit(audit: Audit) -> None:
    """Print what an audit found."""
    count = len(audit.reviews)
    print(f"accuracy {audit.correct / audit.labelled:.4f}; leaders per review {audit.leaders_per_review}")
    print("most common leaders:", ", ".join(f"{word} {n}" for word, n in audit.top_leaders[:20]))
    print(f"leaders first lead {_shown(audit.leaders_appear)}; exact ties {len(audit.tied)}")
    for dtype in DTYPES:
        changes = audit.class_changes(dtype)
        print(f"{dtype} first differs {_shown(audit.departures(dtype))}; {changes} classes change")
    print(f"limit proved for {audit.limits_proved} of {count}, another class in {audit.limit_class_differs}")
    softmax = {name: f"{value:.4g}" for name, value in audit.softmax.items()}
    print(f"softmax model: {softmax}")
    print(f"smallest gap: {audit.smallest_gap()}"[:400])


def _shown(counts: dict) -> str:
    return ", ".join(f"{layer}: {count}" for layer, count in counts.items())


if __name__ == "__main__":
    main(sys.argv[1:])
