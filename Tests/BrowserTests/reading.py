"""A page read as people read it who need more than eyes and a mouse: axe, and a phone's width."""

import importlib.resources

from console import NARROW, WIDE

# Success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# Reads what is new on the page. An element is passed over when all of it, and all in it, was read before, elsewhere or
# further up: by its tag, classes and kind, those of its ancestors, and whether it says anything.
WALK = """(read) => {
  const known = new Set(read), fresh = new Set();
  const named = (one) => [one.tagName, ...[...one.classList].sort(), one.getAttribute("type"), one.getAttribute("role"),
    one.hasAttribute("aria-current"), one.hasAttribute("disabled"),
    Boolean(one.textContent.trim() || one.getAttribute("aria-label") || one.value)].join(".");
  const old = [];
  const walk = (one, above) => {
    const path = above + ">" + named(one);
    let isNew = !known.has(path) && !fresh.has(path);
    if (isNew) fresh.add(path);
    const passed = [];
    for (const child of one.children) { if (walk(child, path)) isNew = true; else passed.push(child); }
    if (isNew) old.push(...passed);
    return isNew;
  };
  walk(document.body, "");
  window.passedOver = old;
  return [...fresh];
}"""
RUN = """async (tags) => {
  const found = await axe.run({ include: [document], exclude: window.passedOver }, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false });
  return found.violations.map((one) => ({ rule: one.id, places: one.nodes.map((node) => node.target.join(" ")) }));
}"""
# What sticks out on the right, outside of what scrolls by itself.
OVERHANG = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (one) => one && one !== document.body &&
    (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > width + 0.5 && !scrolls(one.parentElement)).slice(0, 4)
    .map((one) => [one.tagName.toLowerCase() + (one.id && "#" + one.id), ...one.classList].join("."))
    .concat(`${document.documentElement.scrollWidth} px wide`);
}"""
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return [...new Set(ids.filter((one, place) => ids.indexOf(one) !== place))];
}"""
# Each language has two of the four, so that both together have everything in all of them.
VIEWS = {"zh": [(WIDE, "light"), (NARROW, "dark")], "en": [(WIDE, "dark"), (NARROW, "light")]}


class Reader:
    """Reads pages with axe in both widths and both schemes; what was read in a view is not read again in it."""

    def __init__(self, language):
        self.views = VIEWS[language]
        self.known = [set() for _ in self.views]
        # Of what the pages opened so far were made, as the server wrote them.
        self.made_of = set()

    def look(self, page, name):
        """What axe says of the page, and what does not fit a phone."""
        violations = [f"{name}: two of #{one}" for one in page.evaluate(TWICE)]
        wide = []
        for (size, scheme), known in zip(self.views, self.known):
            page.set_viewport_size(size)
            if size is NARROW:
                wide += [f"{name}: {', '.join(found)}" for found in [page.evaluate(OVERHANG)] if found]
            fresh = page.evaluate(WALK, list(known))
            if not fresh:
                continue
            known.update(fresh)
            page.emulate_media(color_scheme=scheme)
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE)
            violations += [f"{name} {size['width']} {scheme}: {told(one)}" for one in page.evaluate(RUN, TAGS)]
        page.set_viewport_size(WIDE)
        return violations, wide


def told(violation):
    places = violation["places"]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"{violation['rule']} at " + ", ".join(places[:3]) + more
