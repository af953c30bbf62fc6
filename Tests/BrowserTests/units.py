"""A unit signs for an order and answers it; the rider who wrote reads how far it is."""

from console import check
from keyboard import Keys

# Said to everybody and meaning nothing, so that it is asked about before it goes out.
EMPTY_WORDS = "已处理"
TOLD = {"zh": "路灯修好了，请放心骑行。", "en": "灯已修好 (it is mended)。"}
ANSWER = {"zh": "路灯已于今天上午修好并恢复照明。", "en": "路灯今天已经修好 (the lamp is mended)。"}


def an_order(console, language):
    number = console.take("fault")
    receipt = console.show(number)["receipt"]
    console.do("dispatch", str(number), "--to", "housing")
    context = console.context(language)
    page = console.enter(context, "department", then="/desk?tab=unsigned")
    page.click(f"a[href='/cases/{number}']")
    page.click(f"a[href^='/cases/{number}/acts/sign']")
    page.click("form.act button.main")
    page.wait_for_url(f"**/cases/{number}**")
    check(console.state(number) == "signed", number, "is", console.state(number))
    page.goto("/desk?tab=open")
    page.click(f"a[href^='/cases/{number}/acts/answer']")
    page.select_option("#answer-outcome", "A")
    page.fill("#answer-text", EMPTY_WORDS)
    page.fill("#answer-proof", "photo:1\nphoto:2")
    context.watch.expected = {409}
    page.click("form.act button.main")
    page.wait_for_selector("form.act .warning[role=alert]")
    check(console.state(number) == "signed", "a doubted answer went out")
    check(page.input_value("#answer-text") == EMPTY_WORDS, "what was typed is gone")
    console.look(page, "a doubted answer", language)
    page.fill("#answer-text", ANSWER[language])
    page.check("form.act input[name=confirm]")
    page.click("form.act button.main")
    page.wait_for_url(lambda url: "/acts/" not in url)
    check(console.state(number) == "answered", number, "is", console.state(number))
    console.picture(page, f"{language} answered")
    context.watch.nothing()
    context.close()
    told_by_the_platform(console, language, number)
    the_rider(console, language, number, receipt)


def told_by_the_platform(console, language, number):
    context = console.context(language)
    page = console.enter(context, "reviewer", then=f"/cases/{number}")
    check(ANSWER[language] in page.inner_text("main"), "the answer is not on the case's page")
    page.click(f"a[href='/cases/{number}/acts/tell']")
    page.fill("#tell-text", TOLD[language])
    page.click("form.act button.main")
    page.wait_for_url(f"**/cases/{number}*")
    context.watch.nothing()
    context.close()


def the_rider(console, language, number, receipt):
    """With the code from the slip, written as people write, and no account."""
    context = console.context(language)
    context.watch.expected = {404}
    page = context.new_page()
    page.goto("/status")
    wrong = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    page.fill("#code", wrong)
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    check(page.input_value("#code") == wrong, "the code is gone")
    console.look(page, "a wrong code", language)
    page.fill("#code", receipt.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.steps")
    said = page.inner_text("main")
    check(receipt in said, "no receipt on", page.url)
    check(ANSWER[language] in said, "does not read the answer:", said)
    check(receipt not in page.url, "the code stands in the address:", page.url)
    console.look(page, "how far it is", language)
    console.picture(page, f"{language} status")
    context.watch.nothing()
    context.close()


def open_parts(console, language):
    """What only a click opens, read as the rest: forms in the queue, help, filters, menus, previews, originals."""
    number = console.take()
    context = console.context(language)
    page = console.enter(context, "reviewer", then="/queue")
    page.goto(f"/queue?item={number}")
    keys = Keys(console, page)
    keys.ready()
    keys.form("r", "#reject-rejection")
    console.look(page, "queue with a form", language)
    keys.press("Escape")
    keys.open_help()
    console.look(page, "queue with its help", language)
    keys.close_help()
    keys.press("/")
    page.wait_for_selector("#filters-place input")
    console.look(page, "queue with filters", language)
    keys.press("Escape")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    console.look(page, "queue with all open", language)
    page.goto(f"/queue?item={number}")
    keys.decide("f", state="dispatched", act="dispatch")
    console.look(page, "queue after a decision", language)
    keys.press("u")
    keys.come_to(number)
    keys.press("x")
    page.click(".bulk button")
    page.wait_for_selector("tbody tr")
    console.look(page, "a preview", language)
    page.goto(f"/cases/{number}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    console.look(page, "a case with all open", language)
    page.fill(f"#reason-original-{number}", "核对原话")
    page.click("form[action$='/original'] button")
    page.wait_for_url("**/original")
    console.look(page, "an original", language)
    context.watch.nothing()
    context.close()
