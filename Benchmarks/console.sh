#!/usr/bin/env bash
# How fast the console answers 20 people with a million suggestions in the store, first in quiet, then while files are
# taken in beside them; and how fast those are taken in meanwhile. Prints a table; --json keeps the same for programs.
#
#   Benchmarks/console.sh [--records N] [--import N] [--staff N] [--seconds S] [--think MS] [--product BINARY]
#                         [--keep DIR] [--json FILE]
#
# --records   suggestions in the store, 1000000 unless given (3 GB of disk, some minutes to make)
# --import    records of each file that is taken in beside, 100000; again and again until the time is over
# --staff     people, each with a session, a connection and no patience: the next request follows the answer, 20
# --seconds   of each round, 30
# --think     milliseconds a person looks at a page, on average; 0, which asks the most
# --product   the executable, .build/release/golden-ideas
# --keep      folder for the store, made there once and copied for each run; else a temporary one
#
# What people do is in console.lua: of 100 requests 40 the queue, 25 an item beside it, 15 what became of its rows, 10
# filtered or searched, 5 a whole case, 5 the first page, the overview, supervision and desks. Each person is a thread
# of wrk with one connection, so that the time of each answer is known by page, under the load of all, to the last
# byte. What is still under way when a round ends is not counted. wrk works on the same processors as the console.
# Needs Linux, curl and wrk. On a shared machine compare the rounds with each other.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
records=1000000
imported=100000
staff=20
seconds=30
think=0
product=$root/.build/release/golden-ideas
keep=
json=

usage() { sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }
stop() { echo "console.sh: $*" >&2; exit 2; }
say() { echo "== $*" >&2; }
value() { [ $# -ge 2 ] || stop "$1 needs a value"; echo "$2"; }

while [ $# -gt 0 ]; do
  case $1 in
    --records) records=$(value "$@"); shift 2 ;;
    --import) imported=$(value "$@"); shift 2 ;;
    --staff) staff=$(value "$@"); shift 2 ;;
    --seconds) seconds=$(value "$@"); shift 2 ;;
    --think) think=$(value "$@"); shift 2 ;;
    --product) product=$(value "$@"); shift 2 ;;
    --keep) keep=$(value "$@"); shift 2 ;;
    --json) json=$(value "$@"); shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; stop "unknown option $1" ;;
  esac
done
for number in "$records" "$imported" "$staff" "$seconds"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || stop "--records, --import, --staff and --seconds are whole numbers from 1"
done
[[ $think =~ ^[0-9]+$ ]] || stop "--think is a whole number of milliseconds"
[ "$records" -ge 5000 ] || stop "--records 5000 at least: orders are given for some"
command -v wrk >/dev/null || stop "wrk is missing: apt-get install wrk"
command -v curl >/dev/null || stop "curl is missing: apt-get install curl"
[ -x "$product" ] || stop "$product cannot be run (swift build -c release, or --product)"
[ -r /proc/self/status ] || stop "memory is read from /proc, which only Linux has"
product=$(cd "$(dirname "$product")" && pwd)/$(basename "$product")

work=$(mktemp -d "${TMPDIR:-/tmp}/golden-ideas-console.XXXXXX")
server=
importer=
finish() {
  touch "$work/over"
  [ -z "$importer" ] || { kill "$importer" 2>/dev/null || true; }
  [ ! -s "$work/ingest.pid" ] || kill "$(cat "$work/ingest.pid")" 2>/dev/null || true
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; }
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

unset GOLDEN_IDEAS_DATABASE
# The rules are those of the checkout.
cd "$root"
# Number NAME of a file of JSON, 0 where it is missing; the last one, which is that of the whole.
number() { { grep -o "\"$2\": *[0-9.]*" "$1" || echo ":0"; } | tail -n 1 | sed 's/.*: *//'; }
ingest() { "$product" ingest --database "sqlite:$1" --source "$2" --json --quiet "$3"; }

# A store: filled, with people who may do what the pages want, orders given, indexes full. Kept under the number of its
# records and the size and date of the program that made it.
made=$(stat -c '%s %Y' "$product")
store=${keep:+$(mkdir -p "$keep" && cd "$keep" && pwd)/}
store=${store:-$work/made-}$records
mapfile -t units < <(sed -n 's/^ *- {code: \([a-z-]*\),.*district:.*/\1/p' rules/departments.yaml | head -n 10)
[ ${#units[@]} -gt 0 ] || stop "no departments in rules/departments.yaml"

person() { # NUMBER PASSWORD
  local call=(--database "sqlite:$store/store.db" --quiet)
  "$product" user add "staff$1" --display "审核员$1" --role moderator "${call[@]}" >/dev/null
  printf '%s\n' "$2" | "$product" user password "staff$1" "${call[@]}" >/dev/null
  # Every second one supervises as well, the others head a department.
  if [ $(($1 % 2)) = 0 ]; then
    "$product" user role "staff$1" --add supervisor "${call[@]}" >/dev/null
  else
    local unit=${units[$1 / 2 % ${#units[@]}]}
    "$product" user role "staff$1" --add department-head --unit "$unit" "${call[@]}" >/dev/null
  fi
}

if [ "$(cat "$store/made" 2>/dev/null)" != "$made $staff" ]; then
  say "store of $records records"
  rm -rf "$store"
  mkdir -p "$store"
  "$product" bench --write "$work/corpus.jsonl" --records "$records"
  ingest "$store/store.db" load "$work/corpus.jsonl" >"$store/filled.json"
  rm -f "$work/corpus.jsonl"
  say "$staff people, 2000 orders"
  head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$store/password"
  for ((one = 1; one <= staff; one++)); do person "$one" "$(cat "$store/password")"; done
  # Copies have no orders of their own: some are refused, which ends with 1.
  first=1
  for unit in "${units[@]}"; do
    mapfile -t ids < <(seq $first $((first + 199)))
    "$product" dispatch "${ids[@]}" --to "$unit" --database "sqlite:$store/store.db" --json --quiet \
      >"$store/orders.json" 2>"$store/orders.log" || [ $? = 1 ] || stop "dispatch: $(head -n 3 "$store/orders.log")"
    first=$((first + 200))
  done
  say "indexes"
  "$product" index --database "sqlite:$store/store.db" --json --quiet >"$store/indexed.json"
  echo "$made $staff" >"$store/made"
fi
password=$(cat "$store/password")
if [ -n "$keep" ]; then
  cp -r --reflink=auto "$store" "$work/run"
  store=$work/run
fi
database=$store/store.db

say "import of $imported alone"
"$product" bench --write "$work/more.jsonl" --records "$imported" --seed 7
ingest "$database" alone "$work/more.jsonl" >"$work/alone.json"
# The rounds begin with full indexes.
"$product" index --database "sqlite:$database" --json --quiet >"$work/indexed.json"

say "console"
"$product" serve --port 0 --json --database "sqlite:$database" >"$work/serve.json" 2>"$work/serve.log" &
server=$!
for ((tries = 0; tries < 600; tries++)); do
  grep -q address "$work/serve.json" && break
  kill -0 "$server" 2>/dev/null || stop "serve ended: $(cat "$work/serve.log")"
  sleep 0.1
done
address=$(sed -n 's/.*"address": *"\([^"]*\)\/".*/\1/p' "$work/serve.json" | sed 's|\\/|/|g')
[ -n "$address" ] || stop "serve said no address: $(cat "$work/serve.json")"
peak() { awk '/^VmHWM:/ { printf "%.0f\n", $2 / 1024 }' "/proc/$server/status"; }
# Processor time of the console so far, in ticks.
ticks() { sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'; }
started_mib=$(peak)

: >"$work/staff"
for ((one = 1; one <= staff; one++)); do
  token=$(curl -sS -D - -o /dev/null -H 'Sec-Fetch-Site: same-origin' --data-urlencode "name=staff$one" \
    --data-urlencode "password=$password" "$address/sign-in" \
    | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: session=\([^;]*\).*/\1/p')
  [ -n "$token" ] || stop "staff$one could not sign in"
  own=/desk
  [ $((one % 2)) = 0 ] && own=/supervision
  echo "$token $own" >>"$work/staff"
done
signed_mib=$(peak)

# Suggestions to look at: of the queue's first pages, and some of each month.
{
  echo "/queue"
  echo "/queue?order=newest"
  echo "/queue?order=support"
  for month in 01 02 03 04 05 06 07 08 09 10 11 12; do echo "/queue?order=oldest&since=2025-$month-01"; done
} | while read -r page; do
  # A page that fails gives none.
  curl -sS -H "Cookie: session=$(head -n 1 "$work/staff" | cut -d ' ' -f 1)" "$address$page" \
    | grep -o 'name="id" value="[0-9]*"' | tr -cd '0-9\n' || true
done | awk '!seen[$0]++' >"$work/cases"
[ -s "$work/cases" ] || stop "the queue shows nothing"
sed -n 's/^ *- {code: "\([0-9]*\)",.*/\1/p' rules/topics.yaml | awk 'length($0) == 2 || NR % 7 == 0' >"$work/topics"

# ROUND: requests, other than 2xx and percentiles by page; milliseconds.
round() {
  local before lasted
  before=$(ticks)
  rm -f "$work/$1".*
  wrk -t "$staff" -c "$staff" -d "${seconds}s" --timeout 60s -s "$here/console.lua" "$address" \
    -- "$work" "$1" "$think" >"$work/$1.wrk" || stop "wrk failed: $(cat "$work/$1.wrk")"
  echo "$(($(ticks) - before)) $(getconf CLK_TCK) $(peak)" >"$work/$1.cost"
  lasted=$(sed -n 's/.* requests in \([0-9.]*\)s.*/\1/p' "$work/$1.wrk")
  echo "${lasted:-$seconds}" >"$work/$1.lasted"
  cat "$work/$1".[0-9]* | sort -k1,1 -k3,3n | awk '
    function rank(part) { at = int(n * part); if (at < n * part) at++; return times[at < 1 ? 1 : at] / 1000 }
    function tell() {
      if (n) printf "%s %d %d %.1f %.1f %.1f %.1f\n", page, n, bad, rank(0.5), rank(0.9), rank(0.99), times[n] / 1000
    }
    $1 != page { tell(); page = $1; n = 0; bad = 0 }
    { times[++n] = $3; if ($2 < 200 || $2 > 299) bad++ }
    END { tell() }' >"$work/$1.pages"
}

say "round in quiet, $seconds s"
round quiet

say "round with imports beside, $seconds s"
# One after the other, each as another source, so that all its records are new.
(
  turn=0
  while [ ! -e "$work/over" ]; do
    turn=$((turn + 1))
    "$product" ingest --database "sqlite:$database" --source "beside$turn" --json --quiet "$work/more.jsonl" \
      >"$work/beside.$turn.json" 2>>"$work/beside.log" &
    echo $! >"$work/ingest.pid"
    # 130: told to end.
    wait $! || [ $? = 130 ] || exit 1
  done
) &
importer=$!
sleep 1
round import
touch "$work/over"
# It finishes what it has begun and says how much that was.
kill "$(cat "$work/ingest.pid")" 2>/dev/null || true
wait "$importer" || stop "ingest failed: $(cat "$work/beside.log")"
importer=

# Records a second by the imports' own clocks, of what was read until they were told to end.
rate() { # FILES…
  local file
  for file in "$@"; do
    # Processor times follow under the same names; one that was ended before it began says nothing.
    tr -d '\n' <"$file" | sed 's/"cpu_seconds".*//' >"$work/told"
    echo "$(number "$work/told" read) $(number "$work/told" seconds)"
  done | awk '{ read += $1; time += $2 } END { printf "%d\n", time ? read / time : 0 }'
}
alone_rate=$(rate "$work/alone.json")
beside_rate=$(rate "$work"/beside.*.json)
pipeline_mib=$(($(number "$work/alone.json" peak_bytes) >> 20))

pages=(queue pane news filter search case home figures supervision desk)
line() { # ROUND PAGE
  awk -v page="$2" '$1 == page { print $2, $3, $4, $5, $6, $7 }' "$work/$1.pages"
}
sum() { awk '{ requests += $2; bad += $3 } END { print requests + 0, bad + 0 }' "$work/$1.pages"; }
# Connections that broke or timed out.
broken() { awk -F '[^0-9]+' '/Socket errors/ { sum = $2 + $3 + $4 + $5 } END { print sum + 0 }' "$work/$1.wrk"; }

echo "$records suggestions, $staff people, $think ms between answer and request; milliseconds until the last byte"
for one in quiet import; do
  read -r requests bad < <(sum $one)
  read -r spent hertz mib <"$work/$one.cost"
  lasted=$(cat "$work/$one.lasted")
  echo
  if [ $one = quiet ]; then echo "in quiet"; else echo "with imports of $imported beside"; fi
  printf '%-12s %9s %8s %9s %9s %9s %9s\n' page requests non-2xx p50 p90 p99 max
  for page in "${pages[@]}"; do
    read -r count wrong p50 p90 p99 most < <(line $one "$page") || continue
    printf '%-12s %9d %8d %9.1f %9.1f %9.1f %9.1f\n' "$page" "$count" "$wrong" "$p50" "$p90" "$p99" "$most"
  done
  awk -v n="$requests" -v bad="$bad" -v s="$lasted" -v t="$spent" -v hz="$hertz" -v mib="$mib" \
    -v broken="$(broken $one)" 'BEGIN {
      printf "%-12s %9d %8d   %.0f requests/s, %.1f ms of CPU each, %d connections broke, console %d MiB so far\n",
        "all", n, bad, n / s, n ? t / hz / n * 1000 : 0, broken, mib }'
done
read -r _ _ last_mib <"$work/import.cost"
echo
printf '%-34s %9d records/s\n' "import alone" "$alone_rate" "import beside the staff" "$beside_rate"
printf '%-34s %9d MiB\n' "import's memory at most" "$pipeline_mib" "console's, started" "$started_mib" \
  "console's, all signed in" "$signed_mib" "console's, at the end" "$last_mib" "console's above the import's" \
  $((last_mib - pipeline_mib))

if [ -n "$json" ]; then
  {
    printf '{"records":%d,"staff":%d,"seconds":%d,"think_ms":%d,"rounds":{' "$records" "$staff" "$seconds" "$think"
    for one in quiet import; do
      read -r requests bad < <(sum $one)
      read -r spent hertz mib <"$work/$one.cost"
      [ $one = quiet ] || printf ','
      awk -v round=$one -v n="$requests" -v bad="$bad" -v s="$(cat "$work/$one.lasted")" -v t="$spent" -v hz="$hertz" \
        -v mib="$mib" -v broken="$(broken $one)" 'BEGIN {
          printf "\"%s\":{\"requests\":%d,\"not_2xx\":%d,\"requests_per_second\":%.1f,\"cpu_ms_per_request\":%.2f,",
            round, n, bad, n / s, n ? t / hz / n * 1000 : 0
          printf "\"broken_connections\":%d,\"peak_mib\":%d,\"pages\":{", broken, mib }'
      awk '{ printf "%s\"%s\":{\"requests\":%d,\"not_2xx\":%d,\"p50_ms\":%s,\"p90_ms\":%s,\"p99_ms\":%s,\"max_ms\":%s}",
        (NR > 1 ? "," : ""), $1, $2, $3, $4, $5, $6, $7 }' "$work/$one.pages"
      printf '}}'
    done
    printf '},"import":{"records":%d,"alone_per_second":%d,"beside_per_second":%d},' \
      "$imported" "$alone_rate" "$beside_rate"
    printf '"memory_mib":{"import":%d,"console_started":%d,"console_signed_in":%d,"console":%d}}\n' \
      "$pipeline_mib" "$started_mib" "$signed_mib" "$last_mib"
  } >"$json"
fi
