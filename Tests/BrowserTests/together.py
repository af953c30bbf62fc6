"""Two people on one item, and what was done taken back."""

from console import check, wait
from keyboard import Keys


def two_on_one_item(console, language):
    """The slower one is told who was faster, keeps what was typed, and sees it in the list without asking."""
    number = console.take()
    contexts = [console.context(language) for _ in range(2)]
    fast, slow = [console.enter(one, name) for one, name in zip(contexts, ["reviewer", "lead"])]
    # What the page asks for every few seconds is asked for when this journey says so.
    slow.clock.install()
    for page in (fast, slow):
        page.goto(f"/queue?item={number}")
    hands = [Keys(console, page) for page in (fast, slow)]
    check(all(one.ready() == number for one in hands), "both do not have", number)
    rows = slow.locator(".entry").evaluate_all("all => all.map((one) => one.dataset.id)")
    typed = "这是私人纠纷 private <b>dispute</b>"
    hands[1].form("r", "#reject-rejection")
    slow.select_option("#reject-rejection", "private-dispute")
    slow.fill("#reject-reason", typed)
    # Claimed: the other sees by whom.
    hands[0].decide("c", state="pending", act="claim", stays=True)
    holder = f".entry[data-id='{number}'] .holder"
    slow.clock.fast_forward(6_000)
    wait(slow, "(at) => document.querySelector(at).textContent.includes('reviewer')", holder)
    hands[0].decide("f", state="dispatched", act="dispatch")
    contexts[1].watch.expected = {409}
    slow.click("form.act button.main")
    slow.wait_for_selector("form.act .complaint")
    said = slow.inner_text("form.act .complaint")
    check("reviewer" in said or "平台审核员" in said, "does not say who was faster:", said)
    check(slow.input_value("#reject-reason") == typed, "is gone:", slow.input_value("#reject-reason"))
    console.look(slow, "a refused form", language)
    slow.clock.fast_forward(6_000)
    wait(slow, "(id) => document.querySelector(`.entry[data-id='${id}']`).classList.contains('gone')", str(number))
    check("reviewer" in slow.inner_text(holder), "the list does not say who took it")
    same = slow.locator(".entry").evaluate_all("all => all.map((one) => one.dataset.id)")
    check(same == rows, "the list jumped")
    check(slow.input_value("#reject-reason") == typed, "the news took what was typed")
    hands[0].verify()
    check(console.acts(number).count("reject") == 0, number, "was rejected all the same")
    for one in contexts:
        one.watch.nothing()
        one.close()


def taken_back(console, language):
    """Undo by key, by the button that is told with the decision, and on the case's own page."""
    number = console.take()
    context = console.context(language)
    page = console.enter(context, "reviewer", then="/queue")
    page.goto(f"/queue?item={number}")
    keys = Keys(console, page)
    keys.decide("f", state="dispatched", act="dispatch")
    check(page.locator("#told [data-undo]").is_visible(), "no way back is shown")
    keys.press("u")
    keys.come_to(number)
    check(console.state(number) == "pending", "u left it", console.state(number))
    keys.decide("f", state="dispatched", act="dispatch")
    page.click("#told [data-undo]")
    keys.come_to(number)
    check(console.state(number) == "pending", "the button left it", console.state(number))
    keys.decide("f", state="dispatched", act="dispatch")
    page.goto(f"/cases/{number}")
    with page.expect_navigation():
        page.click(f"form[action='/cases/{number}/acts/undo'] button")
    check(console.state(number) == "pending", "its page left it", console.state(number))
    check(console.acts(number).count("undo") == 3, console.acts(number))
    context.watch.nothing()
    context.close()
