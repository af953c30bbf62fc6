"""The console under test: where it is, who may come in, and what its store says behind its back."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from urllib.parse import urlsplit

from playwright.sync_api import Error

# Every demo user but the first, who is nobody: what a visitor without an account sees.
ROLES = ["visitor", "reviewer", "lead", "department", "head", "keeper", "supervisor", "editor", "admin"]
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 700}
FAILED_PICTURES = os.path.join(tempfile.gettempdir(), "golden-ideas-screenshots")
PATIENCE = 90_000  # milliseconds for anything to come true on a machine that runs other tests meanwhile


class Failed(AssertionError):
    """A journey's end before its time, with what was found."""


def check(is_true, *found):
    if not is_true:
        raise Failed(" ".join(str(one) for one in found))


def until(condition, *what, seconds=PATIENCE / 1000):
    """Waits until something outside the browser is true."""
    limit = time.monotonic() + seconds
    while not condition():
        told = [one() if callable(one) else one for one in what]
        check(time.monotonic() < limit, "waited in vain for", *told)
        time.sleep(0.01)


def wait(page, condition, argument=None):
    """Until a function or expression of the page is true. Playwright's own way would need the page to allow eval."""
    until(lambda: page.evaluate(condition, argument) or page.wait_for_timeout(10), condition, argument or "")


def chromium():
    """Where the browser is; None where there is none."""
    return next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


class Watch:
    """What a browser complains of, and everything it asks for."""

    def __init__(self, address, context):
        self.address = address
        self.complaints = []
        # Answers of which a journey knows that they are refusals.
        self.expected = set()
        self.open = set()
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._add("script error", error.error))

    def _add(self, *words):
        self.complaints.append(" ".join(str(word) for word in words))

    def _asked(self, request):
        self.open.add(request)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and f"{parts.scheme}://{parts.netloc}" != self.address:
            self._add("asks another host:", request.url)

    def _ended(self, request):
        self.open.discard(request)

    def _answered(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self._add(response.status, response.request.method, response.url[len(self.address):])

    def _said(self, message):
        # That a refusal was answered is told above, with its number; a broken content policy is told here.
        is_refusal = "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not is_refusal:
            self._add("console:", message.text, "at", message.location.get("url", ""))

    def settle(self, page):
        """Until the page has everything it asked for, parts that come later too."""
        until(
            lambda: not self.open or page.wait_for_timeout(5), "an answer to",
            lambda: " ".join(request.url for request in self.open))

    def told(self):
        told, self.complaints = self.complaints, []
        return told

    def nothing(self):
        told = self.told()
        check(not told, " | ".join(told))


class Console:
    # Cookies by user: the password is made slow to check on purpose.
    sessions = {}

    def __init__(self, browser, address, program, database, pictures, readers=None):
        self.browser = browser
        self.readers = readers or {}
        # What the readers found on pages that no link leads to, by language: of axe, of what is too wide.
        self.found = {language: ([], []) for language in LANGUAGES}
        self.taken = set()
        self.address = address.rstrip("/")
        self.program = program
        self.database = database
        self.pictures = pictures

    # MARK: The browser

    def context(self, language="zh", size=None, **options):
        context = self.browser.new_context(
            base_url=self.address, locale=LANGUAGES[language], timezone_id="Asia/Shanghai", viewport=size or WIDE,
            reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.watch = Watch(self.address, context)
        return context

    def enter(self, context, name, then="/"):
        """A page of somebody who has signed in before, or does so now."""
        if name not in Console.sessions:
            page = self.sign_in(context, name)
        else:
            context.add_cookies(Console.sessions[name])
            page = context.new_page()
        page.goto(then)
        return page

    def sign_in(self, context, name):
        """By the one click of the demonstration's list."""
        page = context.new_page()
        page.goto("/sign-in")
        door = page.locator("ul.doors form", has=page.locator(f'input[name=name][value="{name}"]'))
        with page.expect_navigation():
            door.locator("button").click()
        check(urlsplit(page.url).path == "/", name, "came to", page.url)
        Console.sessions[name] = context.cookies()
        return page

    def look(self, page, name, language):
        """Reads a page that no link leads to; what is found is told at the end."""
        complaints = page.context.watch.told()
        for kept, found in zip(self.found[language], self.readers[language].look(page, name)):
            kept += found
        page.context.watch.complaints = complaints

    def left(self, name):
        """Where a journey that failed has come to; nothing of it stays open."""
        told = []
        for context in self.browser.contexts:
            for page in context.pages:
                told.append("at " + page.url)
                try:
                    told.append("picture " + self._picture(page, "failed " + name, FAILED_PICTURES))
                except Error as fault:
                    told.append(str(fault))
            context.close()
        return told

    def picture(self, page, name):
        if self.pictures:
            self._picture(page, name, self.pictures)

    def _picture(self, page, name, folder):
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, re.sub(r"[^\w.-]+", "-", name)[:120] + ".png")
        page.screenshot(path=path, full_page=True)
        return path

    # MARK: The store, as the command line tells it

    def do(self, *words):
        """A command that only has to succeed."""
        run = subprocess.run(
            [self.program, *words, "--database", self.database], capture_output=True, timeout=60, check=False)
        check(run.returncode == 0, *words, "said", run.stderr.decode())

    def take(self, kind=None):
        """A case nobody has touched, from the lower end of the queue's first page; each is given once."""
        for item in reversed(self.queue(36)):
            if item["lead"] and item["id"] not in self.taken and kind in (None, item["kind"]):
                self.taken.add(item["id"])
                return item["id"]
        raise Failed("the queue is empty")

    def _run(self, *words):
        run = subprocess.run(
            [self.program, *words, "--json", "--database", self.database], capture_output=True, timeout=60, check=False)
        check(run.returncode == 0, *words, "said", run.stderr.decode())
        return [json.loads(line) for line in run.stdout.decode().splitlines() if line]

    def show(self, number):
        return self._run("show", str(number))[0]

    def state(self, number):
        return self.show(number)["state"]

    def acts(self, number):
        """What was done to a case, oldest first."""
        return [event["action"] for event in self.show(number)["history"]]

    def queue(self, limit):
        return self._run("queue", "--limit", str(limit))
