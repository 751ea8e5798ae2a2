#!/bin/sh
# Compiles the proofs, a file after the other in reading order: build.sh [FOLDER], here if none is given. Needs coqc 8.16 alone.
set -e
here=$(dirname "$0")
folder=${1:-$here}
mkdir -p "$folder"
for file in $(grep '\.v$' "$here/_CoqProject"); do
    [ "$folder" -ef "$here" ] || cp "$here/$file" "$folder"
    coqc -q -R "$folder" Exactdyn "$folder/$file"
done
