"""The review queue by keyboard alone: no hand ever leaves it for a mouse."""

from console import check, until, wait

# Whether the element with the focus shows that it has it.
SHOWS_FOCUS = """() => {
  const one = document.activeElement;
  // A button that the browser itself puts into a field has the focus and its own mark.
  if (one === document.body || !one.matches(":focus")) return true;
  const style = getComputedStyle(one);
  return one.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
FOCUSED = "() => document.activeElement.outerHTML.slice(0, 120)"


class Keys:
    """A page and the keys pressed on it."""

    def __init__(self, console, page):
        self.console = console
        self.page = page
        self.decisions = 0
        # What each decided case has to be in the end: its state, its acts.
        self.expected = {}

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.insert_text(text)

    # MARK: The focus

    def tab_to(self, selector, most=200):
        """Tab by tab to an element; each stop on the way shows where the focus is."""
        for _ in range(most):
            self.press("Tab")
            # Past the last element a browser goes through its own bar.
            check(self.page.evaluate(SHOWS_FOCUS), "the focus is not seen on", self.page.evaluate(FOCUSED))
            if self.page.evaluate("(one) => document.activeElement.matches(one)", selector):
                return
        check(False, "no Tab leads to", selector, "; the last was", self.page.evaluate(FOCUSED))

    def sign_in(self, name):
        self.page.goto("/sign-in")
        self.tab_to("#name")
        self.type(name)
        self.tab_to("#password")
        self.type("golden-ideas-demo")
        self.press("Enter")
        self.page.wait_for_url("**/")
        self.tab_to("a[href='/queue']")
        self.press("Enter")
        self.page.wait_for_url("**/queue")
        self.ready()

    # MARK: The help

    def open_help(self):
        self.press("?")
        wait(self.page, "document.querySelector('#help').open")

    def close_help(self):
        self.press("Escape")
        closed = "(help) => !document.querySelector(help).open && !document.activeElement.closest(help)"
        wait(self.page, closed, "#help")

    # MARK: The queue

    def ready(self):
        """Until the item beside the list is the chosen one."""
        wait(
            self.page, "document.querySelector('.entry[data-chosen]')?.dataset.id ==="
            " document.querySelector('#item .decide')?.dataset.id")
        self.page.context.watch.settle(self.page)
        return self.chosen()

    def chosen(self):
        return int(self.page.evaluate("document.querySelector('.entry[data-chosen]').dataset.id"))

    def next(self):
        before = self.chosen()
        self.press("j")
        until(lambda: self.chosen() != before, "the item after", before)
        return self.ready()

    def come_to(self, number):
        until(lambda: self.chosen() == number, "the item", number)
        self.ready()

    def told(self, number):
        """Until the page says what was just done to a case."""
        wait(
            self.page, "(id) => document.querySelector('#told .done')?.textContent.includes(`· ${id}`)", str(number))

    def decide(self, *keys, state, act, stays=False):
        """One decision by these keys on the chosen case, with what it has to come to."""
        number = self.ready()
        self.page.evaluate("document.querySelector('#told').textContent = ''")
        for key in keys:
            if callable(key):
                key()
            else:
                self.press(key)
        self.told(number)
        self.decisions += 1
        self.expected.setdefault(number, []).append((state, act))
        after = self.ready()
        check((after == number) == stays, act, "on", number, "left the queue at", after)
        return number

    def form(self, key, first):
        """Opens an act's form; the focus is in its first field."""
        self.press(key)
        wait(self.page, "(one) => document.activeElement.matches(one)", first)

    def send(self):
        self.tab_to("form.act button.main")
        self.press("Enter")

    def verify(self):
        """What was decided is what the store has."""
        for number, steps in self.expected.items():
            case = self.console.show(number)
            if steps[-1][0] == "merged":
                # What is shown is then the case it is part of.
                check(number in [one["id"] for one in case["merged"]], number, "is not in", case["id"])
                continue
            acts = [event["action"] for event in case["history"]]
            check(case["state"] == steps[-1][0], number, "is", case["state"], "and should be", steps[-1][0])
            check(acts[-len(steps):] == [act for _, act in steps], number, "has", acts, "and should have", steps)


def twenty_decisions(console, language):
    """From signing in to the last of twenty decisions."""
    context = console.context(language)
    page = context.new_page()
    keys = Keys(console, page)
    keys.sign_in("reviewer")
    first = keys.ready()
    rows = page.locator(".entry").count()

    # 1, 2: as proposed; the next item is there at once.
    keys.decide("f", state="dispatched", act="dispatch")
    keys.decide("f", state="dispatched", act="dispatch")
    # 3, 4: to another.
    for digit in "23":
        to = page.locator(f"#item .quick button[data-key='{digit}']").get_attribute("value")
        number = keys.decide(digit, state="dispatched", act="dispatch")
        unit = console.show(number)["case"]["unit"]
        check(unit == to, number, "went to", unit, "and not to", to)
    # 5: rejected with a form.
    ground = lambda: (keys.form("r", "#reject-rejection"), keys.press("ArrowDown", "ArrowDown"))
    reason = lambda: (keys.tab_to("#reject-reason"), keys.type("广告 advertisement"))
    rejected = keys.decide(ground, reason, keys.send, state="rejected", act="reject")
    # 6: which is taken back, and comes back.
    keys.press("u")
    keys.come_to(rejected)
    keys.decisions += 1
    keys.expected[rejected].append(("pending", "undo"))
    # 7: a note, which leaves the item where it is; 8: and it is dispatched all the same.
    note = lambda: (keys.form("n", "#note-text"), keys.type("已电话核实 f 2 r u"))
    keys.decide(note, keys.send, state="pending", act="note", stays=True)
    keys.decide("f", state="dispatched", act="dispatch")
    # 9: claimed and dispatched by its holder: 10.
    keys.decide("c", state="pending", act="claim", stays=True)
    keys.decide("f", state="dispatched", act="dispatch")
    # A form that is left sends nothing.
    keys.form("r", "#reject-rejection")
    keys.press("Escape")
    wait(page, "!document.querySelector('#form-place').firstChild")
    # The way over a row and back.
    before = keys.chosen()
    keys.next()
    keys.press("k")
    keys.come_to(before)
    # 11: put aside until next year; an arrow fills in each part of the moment whatever their order is.
    part = ["ArrowUp", "ArrowUp", "ArrowRight"]
    moment = lambda: (keys.form("s", "#snooze-until"), keys.press(*part * 6))
    why = lambda: (keys.tab_to("#snooze-reason"), keys.type("等设计图"))
    keys.decide(moment, why, keys.send, state="pending", act="snooze")
    # 12: another topic, which is learned from and leaves the item; 13.
    topic = lambda: (keys.form("e", "#correct-topic"), keys.press("ArrowDown", "ArrowDown", "ArrowDown"))
    because = lambda: (keys.tab_to("#correct-reason"), keys.type("说的是这个"))
    keys.decide(topic, because, keys.send, state="pending", act="correct", stays=True)
    keys.decide("f", state="dispatched", act="dispatch")
    # 14: one more word from the writer.
    ask = lambda: (keys.form("w", "#ask-writer-text"), keys.type("请说明具体在哪个路口，谢谢。"))
    keys.decide(ask, keys.send, state="pending", act="ask-writer")
    # 15: into another case, said by its number and confirmed.
    into = lambda: (keys.form("m", "#merge-into"), keys.type(str(first)))
    why = lambda: (keys.tab_to("#merge-reason"), keys.type("同一件"))
    confirm = lambda: (keys.tab_to("form.act input[name=confirm]"), keys.press("Space"))
    keys.decide(into, why, confirm, keys.send, state="merged", act="merge")
    keys.expected[first].append(("dispatched", "merge"))
    # The help, in which keys do nothing.
    chosen = keys.ready()
    keys.open_help()
    keys.press("f", "2")
    keys.close_help()
    check(keys.chosen() == chosen, "a key went through the help")
    # 16, 17: the last two alone.
    keys.decide("f", state="dispatched", act="dispatch")
    keys.decide("f", state="dispatched", act="dispatch")
    check(page.locator(".entry").count() == rows, "the list jumped under the cursor")
    three_together(keys)
    check(keys.decisions == 20, keys.decisions, "decisions")
    keys.verify()
    check(not keys.console.state(chosen) == "pending", chosen)
    context.watch.nothing()
    console.picture(page, f"{language} keyboard")
    context.close()


def three_together(keys):
    """18 to 20: marked, looked at together, done together."""
    page = keys.page
    marked = []
    for _ in range(3):
        marked.append(keys.ready())
        keys.press("x")
        keys.next()
    wait(page, "document.querySelectorAll('.entry input:checked').length === 3")
    keys.press("b")
    wait(page, "document.activeElement.id === 'bulk-act'")
    keys.tab_to(".bulk button")
    keys.press("Enter")
    page.wait_for_url("**/queue/bulk")
    told = page.locator("tbody tr").all_inner_texts()
    check(len(told) == 3 and all("→" in one for one in told), "the preview says", told)
    check(all(keys.console.state(one) == "pending" for one in marked), "a preview wrote")
    keys.tab_to("main form button.main")
    keys.press("Enter")
    page.wait_for_selector("form[action='/queue/bulk/undo']")
    keys.decisions += 3
    for one in marked:
        keys.expected[one] = [("dispatched", "dispatch")]
    keys.tab_to("main a.button.main")
    keys.press("Enter")
    page.wait_for_selector("#bench")


def only_keys_that_are_meant(console, language):
    """An input method's keys, keys with others held, keys switched off, other keys."""
    context = console.context(language)
    page = console.enter(context, "reviewer", then="/queue")
    keys = Keys(console, page)
    number = keys.ready()
    posts = []
    context.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    # What is typed into an input method comes as keys too.
    page.evaluate("""() => {
      const at = document.activeElement;
      for (const key of ["f", "2", "r", "u", "c", "x", "?"]) {
        at.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }));
        at.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true, cancelable: true }));
      }
    }""")
    keys.press("Control+f", "Alt+f", "Meta+f", "Escape")
    nothing_happened(keys, number, posts)
    # Letters in a field are text.
    keys.form("n", "#note-text")
    page.keyboard.type("f2ru?")
    check(page.input_value("#note-text") == "f2ru?", "typed", page.input_value("#note-text"))
    keys.press("Escape", "Escape")
    nothing_happened(keys, number, posts)
    # Switched off in the help, they stay off; and the help can still be had to switch them on.
    keys.open_help()
    keys.tab_to("#keys-on")
    keys.press("Space")
    keys.close_help()
    keys.press("f", "2", "r", "j", "u")
    page.reload()
    number = keys.ready()
    keys.press("f", "2", "r", "u", "c")
    keys.tab_to("#help-open")
    keys.press("Enter")
    wait(page, "document.querySelector('#help').open")
    check(not posts, "keys that are off did", posts)
    keys.tab_to("#keys-on")
    keys.press("Space")
    keys.close_help()
    nothing_happened(keys, number, posts)
    # Another key for an act, kept for the next time.
    proposed = {"zh": "派给建议承办的键", "en": "key for dispatch as proposed"}[language]
    keys.open_help()
    keys.tab_to(f"input[aria-label='{proposed}']")
    keys.press("Control+a")
    page.keyboard.type("z")
    keys.press("Tab")
    keys.close_help()
    page.reload()
    keys.ready()
    keys.press("f")
    nothing_happened(keys, number, posts)
    check(keys.decide("z", state="dispatched", act="dispatch") == number, "another item than", number)
    keys.verify()
    context.watch.nothing()
    context.close()


def nothing_happened(keys, number, posts):
    """A key that works is answered, and nothing was before it."""
    keys.open_help()
    keys.close_help()
    check(not posts, "was sent:", posts)
    check(keys.chosen() == number, "the item is", keys.chosen(), "and not", number)
    check(not keys.page.locator("#form-place form").count(), "a form is open")


def a_hurried_hand(console, language):
    """Keys faster than the line: they are for the item that is chosen, not for the one still shown."""
    context = console.context(language)
    page = console.enter(context, "reviewer", then="/queue")
    keys = Keys(console, page)
    first = keys.ready()
    held = []
    page.route("**/pane*", lambda route: held.append(route))
    keys.press("j", "f")
    second = keys.chosen()
    check(second != first, "j did nothing")
    until(lambda: page.wait_for_timeout(10) or held, "the next item is asked for")
    for route in held:
        route.continue_()
    page.unroute("**/pane*")
    keys.told(second)
    keys.ready()
    check(console.state(first) == "pending", first, "was on the screen and was decided")
    check(console.state(second) == "dispatched", second, "is", console.state(second))
    context.watch.nothing()
    context.close()
