#!/bin/sh
# Compiles the proofs, a file after the other in reading order: build.sh [FOLDER], here if none is given. Needs coqc 8.16 alone.
# What is compiled already is left as it is, up to the first file that is newer.
set -e
here=$(dirname "$0")
folder=${1:-$here}
mkdir -p "$folder"
changed=
for file in $(grep '\.v$' "$here/_CoqProject"); do
    [ -n "$changed" ] || [ ! "$folder/${file}o" -nt "$here/$file" ] || continue
    changed=yes
    [ "$folder" -ef "$here" ] || cp "$here/$file" "$folder"
    coqc -q -R "$folder" Exactdyn "$folder/$file"
done
