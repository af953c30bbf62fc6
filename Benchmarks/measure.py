#!/usr/bin/env python3
"""What compare.sh measures with; standard library only.

    python3 measure.py run LOG NAME PROGRAM RECORDS -- COMMAND…    run COMMAND, append what it took to LOG
    python3 measure.py fresh FROM TO       copy a corpus file, its ids made fresh (S… to X…)
    python3 measure.py flags FROM TO       `export --duplicates` to what evaluate.py reads
    python3 measure.py table LOG           medians, ratios and spread, for people
    python3 measure.py summary LOG         the same as one JSON line
"""
import json
import os
import statistics
import subprocess
import sys
import time

#: What a program calls its own record count and its own clock (without reading rules and history).
COUNTS = ("records", "read")
CLOCKS = ("run_s", "wall_s", "seconds")


def last_json(text):
    """The one JSON document on standard output, be it in many lines or the last line of several."""
    for candidate in (text, text.strip().rsplit("\n", 1)[-1]):
        try:
            value = json.loads(candidate)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def first(values, keys):
    return next((values[key] for key in keys if isinstance(values.get(key), (int, float))), None)


def busy():
    """CPU seconds this machine has worked since it started, whoever for; None where it does not say."""
    try:
        with open("/proc/stat", encoding="ascii") as file:
            ticks = [int(field) for field in file.readline().split()[1:9]]
    except (OSError, ValueError):
        return None
    # user nice system idle iowait irq softirq steal
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def run(log, name, program, records, command):
    """Wall time from start to exit, CPU time of the program and its workers, RSS of its largest process."""
    records = int(records)
    before = busy()
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    with child.stdout:
        output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    after = busy()
    child.returncode = os.waitstatus_to_exitcode(status)
    said = last_json(output.decode("utf-8", "replace"))
    called = " ".join(command)
    if child.returncode != 0:
        sys.exit(f"{program}: exit {child.returncode}: {called}\n{output.decode('utf-8', 'replace')[-2000:]}")
    counted = first(said, COUNTS)
    if counted != records:
        sys.exit(f"{program}: took in {counted} of {records} records: {called}")
    if said.get("quarantined"):
        sys.exit(f"{program}: {said['quarantined']} records went to quarantine: {called}")
    # A reopened store must know nothing of the fresh records.
    if "new" in said and said["new"] != records:
        sys.exit(f"{program}: only {said['new']} of {records} records were new: {called}")
    entry = {
        "name": name, "program": program, "records": records, "wall_s": round(wall, 3),
        "own_s": first(said, CLOCKS), "cpu_s": round(usage.ru_utime + usage.ru_stime, 3),
        "rss_mib": round(usage.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10)), 1),
    }
    if before is not None and after is not None:
        # Cores that others kept busy meanwhile: above a few tenths the figures of this run are not worth much.
        entry["others"] = round(max(0.0, after - before - entry["cpu_s"]) / wall, 2)
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
    print(
        f"  {program:<8}{entry['wall_s']:>8.2f} s {entry['cpu_s']:>8.2f} s CPU {entry['rss_mib']:>8.0f} MiB"
        f"{entry.get('others', 0):>8.2f} cores busy for others",
        file=sys.stderr, flush=True)


def fresh(source, target):
    """The kit's ids are S and eight digits; X and the same digits are new to any store that holds the corpus."""
    marks = [(b'{"id":"S', b'{"id":"X'), (b'<suggestion id="S', b'<suggestion id="X')]
    with open(source, "rb") as read, open(target, "wb") as write:
        for line in read:
            for known, new in marks:
                line = line.replace(known, new, 1)
            write.write(line)


def flags(source, target):
    """Keeps what the product proposes: exact, and near with nothing that differs; external_id, kind, leader."""
    with open(source, encoding="utf-8") as read, open(target, "w", encoding="utf-8", newline="\n") as write:
        for line in read:
            field = line.rstrip("\r\n").split("\t")
            if len(field) < 5 or field[0] == "external_id":
                continue
            if field[1] == "exact" or (field[1] == "near" and field[4] in ("", "none")):
                write.write("\t".join(field[:3]) + "\n")


def medians(log):
    """Per measurement and program, in the order they were first run: median, lowest and highest of each figure."""
    runs = {}
    with open(log, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            runs.setdefault(entry["name"], {}).setdefault(entry["program"], []).append(entry)
    result = {}
    for name, programs in runs.items():
        for program, entries in programs.items():
            row = {"runs": len(entries), "records": entries[0]["records"]}
            for key in ("wall_s", "own_s", "cpu_s", "rss_mib"):
                values = sorted(entry[key] for entry in entries if entry[key] is not None)
                if values:
                    row[key] = round(statistics.median(values), 3)
                    row[key + "_range"] = [values[0], values[-1]]
            row["others"] = max(entry.get("others", 0) for entry in entries)
            row["rec_per_s"] = round(row["records"] / row["wall_s"])
            if row.get("own_s"):
                row["own_rec_per_s"] = round(row["records"] / row["own_s"])
            row["us_cpu"] = round(row["cpu_s"] / row["records"] * 1e6, 2)
            result.setdefault(name, {})[program] = row
    return result


def ratios(programs):
    """The product's rate over another's: start to exit, by the programs' own clocks, and per CPU second."""
    product, found = programs.get("product"), {}
    for other, row in programs.items():
        if product is None or other == "product":
            continue
        found[other] = {"start_to_exit": round(row["wall_s"] / product["wall_s"], 3)}
        if row.get("own_s") and product.get("own_s"):
            found[other]["own_clock"] = round(row["own_s"] / product["own_s"], 3)
        if product["cpu_s"]:
            found[other]["cpu"] = round(row["cpu_s"] / product["cpu_s"], 3)
    return found


def table(log):
    for name, programs in medians(log).items():
        some = next(iter(programs.values()))
        print(f"\n{name}: {some['records']:,} records, medians of {some['runs']} (lowest–highest)")
        print(
            f"{'program':<9}{'rec/s':>10}{'own clock':>11}{'wall s':>9}{'':15}{'CPU s':>9}{'µs CPU/rec':>12}"
            f"{'RSS MiB':>9}{'others':>8}")
        for program, row in programs.items():
            low, high = row["wall_s_range"]
            own = f"{row['own_rec_per_s']:,}" if "own_rec_per_s" in row else "-"
            spread = f"({low:.2f}–{high:.2f})"
            print(
                f"{program:<9}{row['rec_per_s']:>10,}{own:>11}{row['wall_s']:>9.2f}  {spread:<13}{row['cpu_s']:>9.2f}"
                f"{row['us_cpu']:>12.2f}{row['rss_mib']:>9.0f}{row['others']:>8.2f}")
        for other, ratio in ratios(programs).items():
            words = {"start_to_exit": "start to exit", "own_clock": "by own clocks", "cpu": "per CPU second"}
            print(f"product/{other}: " + ", ".join(f"{value:.2f} {words[key]}" for key, value in ratio.items()))
    print("\nrec/s: start to exit. own clock: without tables, rules and history.")
    print("RSS: the largest process; the peer has three. others: most cores busy with other work during a run.")


def summary(log):
    found = medians(log)
    print(json.dumps({
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "cores": os.cpu_count(), "medians": found,
        "ratios": {name: ratios(programs) for name, programs in found.items()},
    }))


def main():
    arguments = sys.argv[1:]
    match arguments:
        case ["run", log, name, program, records, "--", *command] if command:
            run(log, name, program, records, command)
        case ["fresh", source, target]:
            fresh(source, target)
        case ["flags", source, target]:
            flags(source, target)
        case ["table", log]:
            table(log)
        case ["summary", log]:
            summary(log)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
