"""Journeys through the console in a real browser: what BrowserJourneyTests.swift runs once for all its tests.

Prints a line each: `ok NAME`, or `FAILED NAME` with what was found. Needs the python that .ci/browser makes, and a
console that `demo --serve` has opened on a store of its own.
"""

import argparse
import sys
import threading
import time
import traceback

from playwright.sync_api import Error, sync_playwright

import keyboard
import plain
import together
import units
from console import LANGUAGES, ROLES, Console, Failed, chromium
from crawl import visit
from reading import Reader

# In this order, each in every language; none needs what another has left.
JOURNEYS = {
    "twenty-decisions": keyboard.twenty_decisions,
    "meant-keys": keyboard.only_keys_that_are_meant,
    "hurried-hand": keyboard.a_hurried_hand,
    "two-on-one-item": together.two_on_one_item,
    "taken-back": together.taken_back,
    "without-scripts": plain.without_scripts,
    "first-page": plain.the_first_page,
    "on-paper": plain.on_paper,
    "closed-doors": plain.closed_doors,
    "order-and-rider": units.an_order,
    "open-parts": units.open_parts,
}


class Desk:
    """Where the journeys report, from either thread."""

    def __init__(self, only):
        self.only = only
        self.lock = threading.Lock()
        self.failures = 0

    def wants(self, name):
        return not self.only or any(name.startswith(one) for one in self.only)

    def report(self, name, found=(), seconds=None):
        with self.lock:
            self.failures += bool(found)
            text = f"FAILED {name} " + " | ".join(found).replace("\n", " ⏎ ") if found else f"ok {name}"
            print(text, flush=True)
            if seconds is not None:
                print(f"{seconds:6.1f} s {name}", file=sys.stderr, flush=True)


def guarded(desk, console, names, work):
    """Runs a part; what it raises is the failure of each journey it was for. `work` returns findings by name."""
    start = time.monotonic()
    try:
        found = work() or {}
    except (Failed, Error) as fault:
        line = traceback.extract_tb(fault.__traceback__)[3:4]
        found = dict.fromkeys(names, [str(fault), *(f"line {one.lineno}" for one in line), *console.left(names[0])])
    except Exception:  # a mistake in the journey itself
        found = dict.fromkeys(names, [traceback.format_exc(limit=4), *console.left(names[0])])
    for place, name in enumerate(names):
        desk.report(name, found.get(name, ()), None if place else time.monotonic() - start)


def browser(playwright):
    # Chromium refuses its sandbox to root, as whom CI runs; it sees nothing here but the console.
    return playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


def read_everything(options, desk, language, reader):
    """Each visitor's pages: asked for, opened, read. Only looks, so both languages go at once."""
    with sync_playwright() as playwright:
        console = Console(browser(playwright), *options)
        for role in ROLES:
            names = [f"{kind}/{role}/{language}" for kind in ("places", "axe", "narrow")]
            if desk.wants("places"):
                guarded(desk, console, names, lambda: dict(zip(names, visit(console, reader, role, language))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--pictures", help="folder for a picture of every page; without, of those on which one failed")
    parser.add_argument("--only", action="append", help="beginning of the names of the journeys to run")
    given = parser.parse_args()
    if not chromium():
        sys.exit("there is no chromium; `sh .ci/browser` installs it")
    options = (given.address, given.program, given.database, given.pictures)
    desk = Desk(given.only)
    readers = {language: Reader(language) for language in LANGUAGES}
    threads = [threading.Thread(target=read_everything, args=(options, desk, *one)) for one in readers.items()]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with sync_playwright() as playwright:
        console = Console(browser(playwright), *options, readers)
        for kind, journey in JOURNEYS.items():
            for language in LANGUAGES:
                name = f"{kind}/{language}"
                if desk.wants(name):
                    guarded(desk, console, [name], lambda: journey(console, language))
        for language, found in console.found.items():
            for kind, lines in zip(("axe", "narrow"), found):
                if desk.wants(kind):
                    desk.report(f"{kind}/on-the-way/{language}", lines)
    sys.exit(1 if desk.failures else 0)


if __name__ == "__main__":
    main()
