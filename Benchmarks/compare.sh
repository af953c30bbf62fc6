#!/usr/bin/env bash
# Runs three programs on one file in one sitting, medians of N: the C floor, the product and the Python peer, on the
# seeded corpus of the benchmark kit, with the same 2,000-keyword rules; prints ratios and the quality from evaluate.py.
#
#   Benchmarks/compare.sh [--records N] [--format jsonl|xml|both] [--runs N] [--kit DIR] [--product BINARY]
#                         [--skip-peer] [--skip-product]
#
# --records   records in the corpus, 100000 unless given (1000000 for the figures of the README: 2 GB of disk)
# --kit       folder of the kit (generate.py, peer_python.py, limits/floor.c …); else GOLDEN_IDEAS_BENCH, else
#             ../shared/bench beside the checkout
# --product   this executable instead of a fresh release build
# Needs gcc, the SQLite headers and Python 3.10 with venv. All files it makes lie in Benchmarks/kit, which git ignores.
# On a shared machine absolute figures move by a third: compare ratios.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
records=100000
formats="jsonl xml"
runs=3
kit=${GOLDEN_IDEAS_BENCH:-$root/../shared/bench}
product=
with_peer=yes
with_product=yes
reopened=1000

usage() { sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }
stop() { echo "compare.sh: $*" >&2; exit 2; }
say() { echo "== $*" >&2; }
value() { [ $# -ge 2 ] || stop "$1 needs a value"; echo "$2"; }

while [ $# -gt 0 ]; do
  case $1 in
    --records) records=$(value "$@"); shift 2 ;;
    --format)
      case $(value "$@") in
        jsonl | xml) formats=$2 ;;
        both) formats="jsonl xml" ;;
        *) stop "--format is jsonl, xml or both" ;;
      esac
      shift 2 ;;
    --runs) runs=$(value "$@"); shift 2 ;;
    --kit) kit=$(value "$@"); shift 2 ;;
    --product) product=$(value "$@"); shift 2 ;;
    --skip-peer) with_peer=no; shift ;;
    --skip-product) with_product=no; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; stop "unknown option $1" ;;
  esac
done
[[ $records =~ ^[1-9][0-9]*$ ]] || stop "--records is a whole number from 1"
[[ $runs =~ ^[1-9][0-9]*$ ]] || stop "--runs is a whole number from 1"
[ -f "$kit/generate.py" ] || stop "no benchmark kit in $kit (--kit DIR or GOLDEN_IDEAS_BENCH)"
kit=$(cd "$kit" && pwd)
if [ -n "$product" ]; then
  [ -x "$product" ] || stop "$product cannot be run"
  product=$(cd "$(dirname "$product")" && pwd)/$(basename "$product")
fi
command -v gcc >/dev/null || stop "gcc is missing"
command -v python3 >/dev/null || stop "python3 is missing"

# The kit's own files may be read-only and are never written to.
work=$here/kit
mkdir -p "$work/limits" "$work/data"
for file in generate.py peer_python.py evaluate.py requirements.txt; do cp -f "$kit/$file" "$work/$file"; done
cp -f "$kit"/limits/* "$work/limits/"
chmod -R u+w "$work/limits" "$work"/*.py "$work/requirements.txt"
cd "$work"

python=$work/venv/bin/python
if ! cmp -s requirements.txt venv/installed.txt 2>/dev/null; then
  say "Python packages of the peer"
  rm -rf venv
  python3 -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
  cp requirements.txt venv/installed.txt
fi

# One corpus per size, and a small one of another seed whose ids no corpus has. Its head line names the generator that
# made it, so that a changed kit makes it anew.
tag=$records
made=$(cksum generate.py)
if [ "$(cat "data/made-$tag" 2>/dev/null)" != "$made" ]; then
  say "corpus of $records records"
  rm -f "data/made-$tag"
  "$python" generate.py --out data --n "$records" --tag "$tag"
  rm -f "data/suggestions-$tag.json"
  mkdir -p data/other
  "$python" generate.py --out data/other --n "$reopened" --seed 7 --tag other 2>/dev/null
  for format in jsonl xml; do
    python3 "$here/measure.py" fresh "data/other/suggestions-other.$format" "data/fresh.$format"
  done
  rm -rf data/other
  echo "$made" >"data/made-$tag"
fi
say "tables, floor, rules"
"$python" limits/make_tables.py data data/rules-2000.json
gcc -O3 -march=native limits/floor.c -o floor -lsqlite3 -lpthread
rm -rf data/book
python3 "$here/convert-rules.py" data/rules-2000.json data/book --profiles "$root/rules/profiles"
if [ $with_product = yes ] && [ -z "$product" ]; then
  say "product"
  (cd "$root" && swift build -c release --product golden-ideas >&2)
  product=$(cd "$root" && swift build -c release --show-bin-path)/golden-ideas
fi

# Measurements of this call; the results are printed, not kept.
log=$work/data/measured.jsonl
: >"$log"
unset GOLDEN_IDEAS_DATABASE
profile() { if [ "$1" = xml ]; then echo bench-xml; else echo bench-json; fi; }
measured() { # NAME PROGRAM RECORDS COMMAND…
  # What the one before left in the page cache is written first, not on this one's time.
  sync
  python3 "$here/measure.py" run "$log" "$1" "$2" "$3" -- "${@:4}"
}

run_floor() {
  rm -f data/floor.db*
  measured "$1" floor "$records" ./floor "data/suggestions-$tag.$1" data/floor.db data/normtab.bin \
    data/rules-2000.txt 2 16384 lean
}
run_peer() {
  rm -f data/peer.db*
  measured "$1" peer "$records" "$python" peer_python.py "data/suggestions-$tag.$1" data/peer.db \
    data/rules-2000.json --workers 2
}
run_product() {
  rm -f data/product.db*
  local call=("$product" ingest --profile "$(profile "$1")" --rules data/book)
  call+=(--database sqlite:data/product.db --json --quiet)
  measured "$1" product "$records" "${call[@]}" "data/suggestions-$tag.$1"
  if [ ! -s "data/flags.$1.tsv" ]; then
    "$product" export --duplicates --database sqlite:data/product.db --rules data/book >"data/duplicates.$1.tsv"
    python3 "$here/measure.py" flags "data/duplicates.$1.tsv" "data/flags.$1.tsv"
    sizes+=("$1 product $(cat data/product.db* | wc -c)")
  fi
  # Reopen: the history is there, a thousand more come.
  measured "$1, reopened with $reopened more" product "$reopened" "${call[@]}" "data/fresh.$1"
}

programs=(floor)
[ $with_product = yes ] && programs+=(product)
[ $with_peer = yes ] && programs+=(peer)
sizes=()
for format in $formats; do
  rm -f "data/flags.$format.tsv" "data/duplicates.$format.tsv"
  for ((run = 1; run <= runs; run++)); do
    say "$format, run $run of $runs"
    for program in "${programs[@]}"; do "run_$program" "$format"; done
  done
  say "quality, $format"
  for program in "${programs[@]}"; do
    [ "$program" = product ] || sizes+=("$format $program $(cat "data/$program.db"* | wc -c)")
    echo
    echo "quality of $program, $format"
    if [ "$program" = product ]; then
      python3 evaluate.py --tsv "data/flags.$format.tsv" "data/truth-$tag.tsv"
    else
      python3 evaluate.py "data/$program.db" "data/truth-$tag.tsv"
    fi
  done
done

python3 "$here/measure.py" table "$log"
echo
echo "bytes in the store (with log and keys), per record"
for size in "${sizes[@]}"; do
  read -r format program bytes <<<"$size"
  printf '%-6s %-8s %12d %8d\n' "$format" "$program" "$bytes" $((bytes / records))
done
echo
python3 "$here/measure.py" summary "$log"
