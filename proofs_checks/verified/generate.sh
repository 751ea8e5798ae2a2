#!/bin/sh
# Prints checker.py as it comes from the proofs: generate.sh FOLDER, where they are compiled. Needs coqc 8.16 alone.
set -e
here=$(dirname "$0")
mkdir -p "$1"
sh "$here/../formal/build.sh" "$1" >&2
cp "$here/extract.v" "$1"
(cd "$1" && coqc -q -R . Exactdyn extract.v >&2)
python3 "$here/translate.py" "$1/extracted.json" check check_family by_lemma
