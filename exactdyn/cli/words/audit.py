"""An audit as text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from exactdyn.cli.terminal.ending import one_line
from exactdyn.cli.terminal.standard_output import stdout_console
from exactdyn.numbers.reading import exact
from exactdyn.numbers.shown import counted, rounded

TIES_SHOWN = 5
NAMES_SHOWN = 5
LEADERS_SHOWN = 20

LEAST_ROOM = 20
"""In fewer columns nothing is wrapped."""


def audit_table(data: Mapping[str, Any]) -> str:
    """Return an audit, as ``audit --json`` prints it, as text, as wide as the terminal if stdout is one.

    >>> from exactdyn.cli.commands.audit import audit_data
    >>> from exactdyn.sentiment.audit.audit import run_audit
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> data = audit_data(run_audit(model, load_reviews("handmade", model), processes=1))
    >>> print(audit_table(data).splitlines()[0])
    reviews                   4; of 4 with a label 4 classified right, accuracy 1.0000
    """
    lines = {
        "reviews": _accuracy(data),
        **({"words of the texts": _texts(data["texts"])} if data.get("texts") else {}),
        "leaders per review": _leaders(data["leaders_per_review"]),
        "they first lead": _layers(data["leaders_appear"], "leader"),
        "the last of them": _layers(data["last_appearance"], "review"),
        "most common leaders": ", ".join(f"{word} {n}" for word, n in data["top_leaders"][:LEADERS_SHOWN]),
        "exact ties": _ties(data["ties"]),
        "smallest gap": _gap(data["smallest_gap"]),
        **{
            f"{dtype} first differs": _departures(own, data["compared_layers"])
            for dtype, own in data["floats"].items()
        },
        "softmax model": _softmax(data["softmax"]),
        "limit of many layers": _limits(data["limits"], data["reviews"]),
    }
    width = max(map(len, lines)) + 5
    room = max(stdout_console().width - width, LEAST_ROOM)
    parts = {name: wrap(one_line(text), room, break_on_hyphens=False) or [""] for name, text in lines.items()}
    return "".join(
        f"{'' if place else name:<{width}}{part}\n"
        for name, own in parts.items()
        for place, part in enumerate(own)
    )


def _accuracy(data: Mapping[str, Any]) -> str:
    if not data["labelled"]:
        return f"{data['reviews']}, none with a label"
    share = data["correct"] / data["labelled"]
    return (
        f"{data['reviews']}; of {data['labelled']} with a label {data['correct']} classified right, "
        f"accuracy {share:.4f}"
    )


def _texts(found: Mapping[str, Any]) -> str:
    known, used = found["known_words"], found["used_words"]
    left_out = found["left_out"]
    names = ", ".join(left_out[:NAMES_SHOWN]) + ", ..." * (len(left_out) > NAMES_SHOWN)
    return (
        f"{known + found['unknown_words']}, {known} of them known, {used} used; "
        f"{counted(found['cut_reviews'], 'review')} cut to the words that the model reads; "
        f"{counted(len(left_out), 'review')} without a known word left out{f': {names}' if names else ''}"
    )


def _leaders(counts: Mapping[str, float]) -> str:
    return f"{counts['mean']:.2f} +- {counts['sd']:.2f}, from {counts['min']} to {counts['max']}"


def _layers(counts: Mapping[str, int], what: str) -> str:
    return ", ".join(f"{counted(n, what)} at layer {layer}" for layer, n in counts.items()) or "no leader"


def _ties(ties: Sequence[Mapping[str, Any]]) -> str:
    if not ties:
        return "none between different words"
    shown = "; ".join(
        f"review {tie['review']}, layer {tie['layer']}: {tie['word']} attends {' and '.join(tie['attended'])}"
        for tie in ties[:TIES_SHOWN]
    )
    reviews = len({tie["review"] for tie in ties})
    return f"{len(ties)} in {counted(reviews, 'review')}: {shown}{'; ...' * (len(ties) > TIES_SHOWN)}"


def _gap(gap: Mapping[str, Any] | None) -> str:
    if gap is None:
        return "none: at no layer is there a word that does not attend every word"
    return (
        f"{rounded(exact(gap['value']), 3)} (exact in --json): review {gap['review']}, layer {gap['layer']}, "
        f"{gap['word']} attends {' and '.join(gap['attended'])}"
    )


def _departures(found: Mapping[str, Any], layers: int) -> str:
    counts = dict(found["first_difference"])
    never = counts.pop("never", 0)
    shown = [f"at layer {layer} in {counted(n, 'review')}" for layer, n in counts.items()]
    if never:
        shown.append(f"not up to layer {layers} in {counted(never, 'review')}")
    return f"{', '.join(shown)}; the class changes in {counted(found['class_changes'], 'review')}"


def _softmax(found: Mapping[str, Any]) -> str:
    return (
        f"temperature {found['temperature']:g}: the score differs by {found['score_mean']:.3g} on average, "
        f"at most {found['score_max']:.3g}, a token's coordinate by at most {found['token_max']:.3g}; "
        f"the class changes in {counted(found['class_changes'], 'review')}"
    )


def _limits(found: Mapping[str, int], reviews: int) -> str:
    return f"proved for {found['proved']} of {reviews}; its class differs in {found['class_differs']}"
