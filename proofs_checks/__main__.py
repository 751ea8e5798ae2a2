"""``python -m proofs_checks FILE...``: check certificates with nothing but Python."""

from __future__ import annotations

import sys
from pathlib import Path

from proofs_checks.documents import describe, verify
from proofs_checks.errors import MalformedError, RejectedError
from proofs_checks.reading import TEXT_LIMIT


def main(arguments: list[str]) -> int:
    """Check certificate files: 0 if all are accepted, 1 if a claim is wrong, 2 if a file cannot be read."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(
            "usage: python -m proofs_checks FILE...\n\nChecks certificates; proofs_checks/FORMAT.md says how."
        )
        print("exit status: 0 all accepted, 1 a claim is wrong, 2 a file is no certificate, 70 not finished")
        return 0 if arguments else 2
    return max(map(_check_file, arguments))


def _check_file(name: str) -> int:
    shown = name if name.isprintable() else ascii(name)  # a file's name cannot add lines of its own
    try:
        lines = describe(verify(read_text(Path(name))))
    except MalformedError as error:
        print(f"{shown}: malformed: {error}", file=sys.stderr)
        return 2
    except RejectedError as error:
        print(f"{shown}: rejected: {error}", file=sys.stderr)
        return 1
    print(f"{shown}: accepted", *lines, sep="\n  ", flush=True)
    return 0


def read_text(path: Path) -> str:
    """Read the text of a certificate file; raises :class:`MalformedError` where that is impossible."""
    try:
        with path.open("rb") as file:
            return file.read(TEXT_LIMIT + 1).decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedError("not UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise MalformedError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # 1 is only ever a verdict
        print(f"not finished: {error!r}", file=sys.stderr)
        sys.exit(70)
