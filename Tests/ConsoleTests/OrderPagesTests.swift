import Casework
import Console
import Store
import Suggestions
import Testing

/// The order on paper: what is on it for whom, under the policy every page has.
@Suite struct OrderPagesTests {
  /// What was done about it since it came in.
  private func events(_ test: TestCase) throws -> [String] {
    let names = test.premises.premises.services.codeNames
    return try #require(try test.premises.store.suggestion(id: String(test.id), names: names)).events.map(\.action)
      .filter { $0 != "intake" && $0 != "reclassify" }
  }

  @Test func itIsPrintedWithoutStyleOrScriptOfItsOwn() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let clerk = try premises.cookie("clerk", RoleScope(.department, handler: TestCase.unit))
    for language in ["zh", "en"] {
      let page = await premises.get("/cases/\(test.id)/order?language=\(language)", clerk)
      #expect(page.status == 200 && page.text.contains("\(test.id)-1") && page.text.contains("三日内办结"))
      #expect(!page.text.contains("<style") && !page.text.contains("style=") && !page.text.contains("<script"))
      #expect(!page.text.contains("http-equiv") && !page.text.contains(test.receipt))
      #expect(!page.text.contains("<svg"), "no link unless somebody makes one")
    }
    let page = await premises.get("/cases/\(test.id)/order", clerk)
    let start = try #require(page.text.firstRange(of: "href=\"/assets/")).upperBound
    let address = "/assets/" + page.text[start...].prefix { $0 != "\"" }
    let sheet = await premises.get(address)
    #expect(sheet.status == 200 && sheet.type.hasPrefix("text/css") && sheet.text.contains("@page"))
    // A look changes nothing.
    #expect(try events(test) == ["dispatch"])
  }

  @Test func nobodyElseSeesItAndWithoutAnOrderThereIsNone() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    let lead = try premises.cookie("lead", RoleScope(.lead))
    #expect(await premises.get("/cases/\(test.id)/order", lead).status == 404)
    #expect(await premises.post("/cases/\(test.id)/order", [("link", "1")], lead).status == 404)
    try test.order()
    let other = try premises.cookie("water", RoleScope(.department, handler: DeskPagesTests.other))
    #expect(await premises.get("/cases/\(test.id)/order", other).status == 404)
    #expect(await premises.get("/cases/\(test.id)/order/options", other).status == 404)
    #expect(await premises.get("/cases/\(test.id)/order", lead).status == 200)
  }

  @Test func whoGivesOrdersMayMakeALink() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let reviewer = try premises.cookie("reviewer", RoleScope(.moderator))
    let clerk = try premises.cookie("clerk", RoleScope(.department, handler: TestCase.unit))
    let path = "/cases/\(test.id)/order"
    #expect(await premises.post(path, [("link", "1"), ("days", "15")], clerk).status == 403)
    #expect(await premises.get(path + "/options", clerk).status == 403)
    #expect(await premises.get(path + "/options", reviewer).status == 200)
    for days in ["0", "91", "many"] {
      #expect(await premises.post(path, [("link", "1"), ("days", days)], reviewer).status == 400, "\(days)")
    }
    #expect(try events(test) == ["dispatch"])
    let page = await premises.post(
      path, [("link", "1"), ("days", "15")], reviewer,
      headers: ["sec-fetch-site": "same-origin", "host": "ideas.example.cn"])
    #expect(page.status == 200 && page.text.contains("<svg") && page.text.contains("http://ideas.example.cn/answer/"))
    #expect(try events(test) == ["dispatch", "link"])
    let start = try #require(page.text.firstRange(of: "http://ideas.example.cn")).upperBound
    let answer = page.text[start...].prefix { $0 != "<" }
    #expect(await premises.get(String(answer)).status == 200, "the link opens the form")
    // A host that is none is not believed.
    let odd = await premises.post(
      path, [("link", "1"), ("days", "15")], reviewer, headers: ["sec-fetch-site": "same-origin", "host": "a\"><b>"])
    #expect(odd.status == 200 && odd.text.contains("http://127.0.0.1:8080/answer/"))
  }

  @Test func theContactIsOnItOnlyOnceReleasedAndWithAReason() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let clerk = try premises.cookie("clerk", RoleScope(.department, handler: TestCase.unit))
    let path = "/cases/\(test.id)/order"
    #expect(await premises.post(path, [("contact", "1"), ("reason", "上门")], clerk).status == 403)
    try test.act(.releaseContact) { $0.reason = "上门维修" }
    #expect(await premises.post(path, [("contact", "1")], clerk).status == 400)
    let before = try events(test)
    let page = await premises.post(path, [("contact", "1"), ("reason", "上门")], clerk)
    #expect(page.status == 200 && page.text.contains("class=\"contact\""))
    #expect(try events(test) == before + ["unseal"])
    #expect(!(await premises.get(path, clerk)).text.contains("class=\"contact\""))
    // A supervisor sees the case and still not the contact.
    let supervisor = try premises.cookie("supervisor", RoleScope(.supervisor))
    #expect(await premises.post(path, [("contact", "1"), ("reason", "看看")], supervisor).status == 403)
  }
}
