"""Every link two clicks deep, for everybody in both languages; axe and a phone's width on every page so found."""

import http.client
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from console import LANGUAGES

EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Addresses a page leads to by GET, those it loads, and what it is made of."""

    def __init__(self, text):
        super().__init__()
        self.links = []
        # Each element with those above it, by tag, classes and kind.
        self.parts = set()
        self._form = None
        self._above = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        path = (self._above[-1] if self._above else "") + f">{tag}.{of.get('class')}.{of.get('type')}.{of.get('role')}"
        self.parts.add(path)
        if tag not in EMPTY:
            self._above.append(path)
        if tag in ("a", "link") and of.get("href"):
            self.links.append(of["href"])
        elif tag in ("script", "img", "iframe", "source") and of.get("src"):
            self.links.append(of["src"])
        elif tag == "form":
            self._form = (of.get("action", ""), []) if of.get("method", "get").lower() == "get" else None
        elif tag == "input" and self._form and of.get("name") and of.get("type") not in ("checkbox", "radio"):
            self._form[1].append((of["name"], of.get("value") or ""))

    def handle_endtag(self, tag):
        # Ends left out belong to what is inside this one.
        while self._above and not self._above.pop().rsplit(">", 1)[1].startswith(tag + "."):
            pass
        if tag == "form" and self._form:
            self.links.append(self._form[0] + "?" + urlencode(self._form[1]))
            self._form = None


class Walk:
    """What one visitor finds from the first page on."""

    def __init__(self, address, cookies, language):
        self.address = address
        parts = urlsplit(address)
        self.line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.headers = {"Accept": "text/html", "Accept-Language": LANGUAGES[language], "Cookie": cookies}
        self.faults = []
        # Address, clicks from the first page, parts.
        self.pages = []

    def _text(self, place, comes_from):
        """The text of a page; None for what is no page. Follows redirections within the console."""
        here = place
        for _ in range(5):
            self.line.request("GET", here, headers=self.headers)
            reply = self.line.getresponse()
            body = reply.read()
            if reply.status not in (301, 302, 303, 307, 308):
                break
            here = urljoin(here, reply.headers["Location"])
        if reply.status >= 400:
            self.faults.append(f"{reply.status} {place} (linked from {comes_from})")
            return None
        if reply.headers.get("Content-Disposition") or "text/html" not in reply.headers.get("Content-Type", ""):
            return None
        return body.decode()

    def go(self, start="/", clicks=2):
        seen, waiting = {start}, [(start, "")]
        for depth in range(clicks + 1):
            found = []
            for place, comes_from in waiting:
                text = self._text(place, comes_from)
                if text is None:
                    continue
                page = Page(text)
                self.pages.append((place, depth, page.parts))
                for link in page.links if depth < clicks else []:
                    whole = urljoin(self.address + place, link).split("#")[0]
                    link = whole[len(self.address):]
                    # The other language is another walk.
                    if whole.startswith(self.address + "/") and link not in seen and not link.startswith("/language/"):
                        seen.add(link)
                        found.append((link, place))
            waiting = found
        self.line.close()


def samples(pages, known):
    """The places themselves, and of what is behind them all that has a part no page before had."""
    for place, depth, parts in pages:
        if depth < 2 or not parts <= known:
            known |= parts
            yield place


def visit(console, reader, role, language):
    """All findings about one visitor's pages: of the walk, of axe, of what is too wide."""
    context = console.context(language)
    page = context.new_page() if role == "visitor" else console.sign_in(context, role)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
    walk = Walk(console.address, cookies, language)
    walk.go()
    walked, violations, wide = list(walk.faults), [], []
    for place in samples(walk.pages, reader.made_of):
        page.goto(place)
        context.watch.settle(page)
        walked += [f"{place}: {complaint}" for complaint in context.watch.told()]
        console.picture(page, f"{language} {role} {place}")
        found = reader.look(page, place)
        violations += found[0]
        wide += found[1]
        # What axe does is not the page's.
        context.watch.told()
    context.close()
    return walked, violations, wide
