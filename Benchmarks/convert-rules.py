#!/usr/bin/env python3
"""Turns a rule file of the benchmark kit into a rule book of ours.

    python3 convert-rules.py RULES.json OUTDIR [--profiles DIR]

Writes OUTDIR/{book,topics,departments,regions,stations,routing}.yaml and OUTDIR/keywords/rules.yaml, and copies the
form profiles (rules/profiles beside this folder unless --profiles says otherwise) to OUTDIR/profiles. Standard library
only.

What is the same: every keyword and condition (any, all, none, near with its window). What is not: the kit takes the
category of the one matching rule with the highest priority; our rules add their weights up per topic. The weight is the
kit's priority, so the two agree wherever one rule stands out. Priority 90 and over, which the kit sends to its review
queue, becomes a second rule with the same condition and `urgency: danger`.
"""
import argparse
import json
import os
import shutil
import sys

URGENT = 90
CONDITIONS = ("any", "all", "none", "near")


class Refused(Exception):
    """The rule file holds something that our language cannot say."""


def quoted(text):
    """A JSON string, which is a YAML string too; what YAML does not allow unescaped is escaped."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(
        c if c.isprintable() or c == "\u3000" else "\\u%04x" % ord(c) if ord(c) < 0x10000 else "\\U%08x" % ord(c)
        for c in written
    )


def keywords(words, rule):
    for word in words:
        # A leading @ names a word group in our language; no keyword of the kit starts with one.
        if not isinstance(word, str) or not word.strip() or word.startswith("@"):
            raise Refused(f"rule {rule}: {word!r} is no keyword")
    return "[" + ", ".join(map(quoted, words)) + "]"


class Topics:
    """Codes for categories, in the order they are met: 一级 gets 01, 02, …; 二级 below it 0101, 0102, …"""

    def __init__(self):
        self.codes = {}
        self.entries = []

    def code(self, category):
        path = category.split("/")
        if len(path) > 3 or not all(path):
            raise Refused(f"category {category!r} has an empty level or more than three")
        code = ""
        for level in range(len(path)):
            known = tuple(path[: level + 1])
            if known not in self.codes:
                number = sum(1 for other in self.codes if len(other) == len(known) and other[:-1] == known[:-1]) + 1
                if number > 99:
                    raise Refused(f"more than 99 categories beside {category!r}")
                self.codes[known] = "%s%02d" % (code, number)
                self.entries.append((self.codes[known], path[level]))
            code = self.codes[known]
        return code


def conditions(rule):
    name = rule["id"]
    for key in CONDITIONS[:3]:
        if rule.get(key):
            yield f"    {key}: {keywords(rule[key], name)}"
    if rule.get("near"):
        yield "    near:"
        for pair in rule["near"]:
            a, b = keywords([pair["a"]], name)[1:-1], keywords([pair["b"]], name)[1:-1]
            yield f"      - {{a: {a}, b: {b}, within: {int(pair['window'])}}}"


def convert(rules):
    """The files of the book, by their path below its folder."""
    topics, lines, seen, urgent = Topics(), ["rules:"], set(), 0
    for rule in rules:
        unknown = set(rule) - {"id", "category", "priority", *CONDITIONS}
        if unknown:
            raise Refused(f"rule {rule['id']}: unknown key {sorted(unknown)[0]!r}")
        body = list(conditions(rule))
        if not any(rule.get(key) for key in ("any", "all", "near")):
            raise Refused(f"rule {rule['id']}: no condition")
        verdicts = [(rule["id"], "topic: " + quoted(topics.code(rule["category"])))]
        if rule["priority"] >= URGENT:
            verdicts.append((rule["id"] + "-urgent", "urgency: danger"))
            urgent += 1
        for name, verdict in verdicts:
            if name in seen:
                raise Refused(f"rule {name}: listed twice")
            seen.add(name)
            lines += [f"  - id: {quoted(name)}", f"    {verdict}", f"    weight: {int(rule['priority'])}", *body]
    listed = ["topics:"] + [f"  - {{code: {quoted(code)}, name: {quoted(name)}}}" for code, name in topics.entries]
    files = {
        "book.yaml": ['book: bench', 'title: 基准规则', 'title_en: Benchmark rules', 'version: "1"', "zone: Asia/Shanghai"],
        "topics.yaml": listed,
        # The kit routes nowhere: one desk takes everything, and the one region carries a name no text contains.
        "departments.yaml": ["departments:", "  - {code: desk, name: 受理台, tier: city}"],
        "regions.yaml": ["regions:", '  - {code: "00", name: 基准语料之市, level: city}'],
        "stations.yaml": ["stations: []"],
        "routing.yaml": [
            "routes: []", "fallback: {lead: desk, lead_city: desk}",
            "priority: {danger: 90, outage: 70, ordinary: 40, idea: 20}",
        ],
        "keywords/rules.yaml": lines,
    }
    words = {w for r in rules for key in CONDITIONS[:3] for w in r.get(key, ())}
    words |= {pair[side] for r in rules for pair in r.get("near", ()) for side in "ab"}
    counts = {"rules": len(seen), "urgent": urgent, "keywords": len(words), "topics": len(topics.entries)}
    return files, counts


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("rules")
    parser.add_argument("out")
    parser.add_argument("--profiles", default=os.path.join(here, "..", "rules", "profiles"))
    options = parser.parse_args()
    try:
        with open(options.rules, encoding="utf-8") as file:
            files, counts = convert(json.load(file)["rules"])
    except (OSError, ValueError, KeyError, TypeError, Refused) as fault:
        sys.exit(f"{options.rules}: {fault if isinstance(fault, Refused) else repr(fault)}")
    for path, lines in files.items():
        path = os.path.join(options.out, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
    profiles = os.path.join(options.out, "profiles")
    shutil.rmtree(profiles, ignore_errors=True)
    shutil.copytree(options.profiles, profiles, copy_function=shutil.copyfile)
    print(json.dumps(counts), file=sys.stderr)


if __name__ == "__main__":
    main()
