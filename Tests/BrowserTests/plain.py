"""Without JavaScript, on paper, over a slow line, at a closed door: what a page is when it is only a page."""

from console import check

# Bytes of the first page with all that belongs to it, as they go over the line.
MOST_OF_THE_FIRST_PAGE = 60 * 1024


def without_scripts(console, language):
    """A dispatch, the way back, and a rejection by its form."""
    number = console.take()
    context = console.context(language, java_script_enabled=False)
    page = console.enter(context, "reviewer")
    page.click("nav a[href='/queue']")
    page.goto(f"/queue?item={number}")
    page.click(f"#item form[action='/cases/{number}/acts/dispatch'] button[data-proposed]")
    page.wait_for_selector(".done")
    check(str(number) in page.inner_text(".done"), "does not say what was done:", page.inner_text(".done"))
    check(console.state(number) == "dispatched", number, "is", console.state(number))
    page.click("form#undo button")
    page.wait_for_load_state()
    check(console.state(number) == "pending", number, "is", console.state(number))
    page.goto(f"/queue?item={number}")
    page.click(f"#item a[href^='/cases/{number}/acts/reject']")
    page.select_option("#reject-rejection", "advertisement")
    page.fill("#reject-reason", "广告 advertisement")
    page.click("form.act button.main")
    page.wait_for_selector(".done")
    check(console.state(number) == "rejected", number, "is", console.state(number))
    # Several at once.
    page.goto("/queue")
    boxes = page.locator(".entry input[type=checkbox]")
    marked = [int(boxes.nth(place).get_attribute("value")) for place in range(2)]
    for place in range(2):
        boxes.nth(place).check()
    page.select_option("#bulk-act", "snooze")
    page.click(".bulk button")
    page.wait_for_selector("tbody tr")
    check(page.locator("tbody tr").count() == 2, "the preview has", page.locator("tbody tr").count())
    check(all(console.state(one) == "pending" for one in marked), "a preview wrote")
    context.watch.nothing()
    context.close()


def the_first_page(console, language):
    """What somebody waits for who comes for the first time."""
    context = console.context(language)
    page = context.new_page()
    sizes = []
    context.on("requestfinished", lambda request: sizes.append((request.url, request.sizes())))
    page.goto("/sign-in")
    context.watch.settle(page)
    page.wait_for_load_state("networkidle")
    weight = sum(one["responseHeadersSize"] + one["responseBodySize"] for _, one in sizes)
    check(len(sizes) >= 3, "only came", [url for url, _ in sizes])
    check(weight <= MOST_OF_THE_FIRST_PAGE, weight, "bytes:", sizes)
    check(page.get_attribute("html", "lang").startswith(language), "is in", page.get_attribute("html", "lang"))
    context.watch.nothing()
    context.close()


def on_paper(console, language):
    """The queue, a case and a desk print."""
    number = console.take()
    context = console.context(language)
    page = console.enter(context, "reviewer")
    for place in ("/queue", f"/cases/{number}"):
        page.goto(place)
        context.watch.settle(page)
        paper = page.pdf(format="A4")
        check(paper.startswith(b"%PDF-") and len(paper) > 5_000, place, "prints", len(paper), "bytes")
        page.emulate_media(media="print")
        check(page.locator("main").inner_text().strip(), place, "is empty on paper")
        check(not page.locator(".bar").is_visible(), place, "has the bar on paper")
        page.emulate_media(media="screen")
    context.watch.nothing()
    context.close()


def closed_doors(console, language):
    """No such page, a page of another role, a wrong password: said plainly, and where to go on."""
    context = console.context(language)
    context.watch.expected = {403, 404}
    page = context.new_page()
    reply = page.goto("/nowhere")
    check(reply.status == 404 and page.locator("h1").count() == 1, reply.status)
    console.look(page, "no such page", language)
    page.goto("/queue?kind=fault")
    check(page.url.endswith("/sign-in?next=%2Fqueue%3Fkind%3Dfault"), page.url)
    page.fill("#name", "reviewer")
    page.fill("#password", "not it")
    page.click("button.main >> nth=0")
    page.wait_for_selector("[role=alert]")
    check(page.input_value("#name") == "reviewer", "the name is gone")
    console.look(page, "a wrong password", language)
    page.fill("#password", "golden-ideas-demo")
    page.click("button.main >> nth=0")
    page.wait_for_url("**/queue?kind=fault")
    reply = page.goto("/administration")
    check(reply.status == 403, "the administration answers a reviewer", reply.status)
    console.look(page, "another's page", language)
    for header, value in {"content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff"}.items():
        check(value in reply.headers.get(header, ""), header, "is", reply.headers.get(header))
    context.watch.nothing()
    # Out again: the way back shows nothing.
    page.goto("/")
    page.click(".who details summary")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in**")
    page.goto("/queue")
    check("/sign-in" in page.url, "the queue is open to whoever comes after:", page.url)
    context.close()
