import Casework
import Console
import Store
import Suggestions
import Testing

/// A station's desk, its slips, and whom to call back.
@Suite struct StationPagesTests {
  private static let station = CaseHandler(unit: "anfu", isStation: true)

  /// An entry of the station's book that is a case of its own.
  private func entry(_ premises: TestPremises) throws -> TestCase {
    let found = try premises.store.submissions(ofStation: "anfu", names: ["安福驿站"])
    let names = premises.premises.services.codeNames
    for submission in found where !submission.isSensitive && submission.book != nil {
      let holding = submission.holding
      guard holding.suggestion == holding.number, holding.root == holding.number,
        let detail = try premises.store.suggestion(id: String(holding.number), names: names),
        detail.kind == Kind.fault.code, detail.submissions == 1
      else { continue }
      let test = TestCase(premises, id: holding.number, receipt: holding.receipt)
      if try test.history().events.isEmpty { return test }
    }
    throw VisitFault.notFound
  }

  private func keeper(_ premises: TestPremises, _ code: String = "anfu") throws -> String {
    try premises.cookie("keeper-\(code)", RoleScope(.stationKeeper, handler: CaseHandler(unit: code, isStation: true)))
  }

  private func answer(_ test: TestCase) throws {
    try test.order()
    try test.act(.sign, .department)
    try test.act(.resolve, .department) { $0.proofs = ["after"] }
    try test.act(.answer, .department) { $0.text = "朝阳街<路灯>已修好" }
  }

  @Test func theAnswerIsBroughtBackAndAskedAfter() async throws {
    let premises = try TestPremises()
    let test = try entry(premises)
    try answer(test)
    let early = await premises.get("/station", try keeper(premises))
    #expect(early.status == 200 && !early.text.contains("已修好"), "it can still be taken back")
    premises.clock.move(3_600)
    let keeper = try keeper(premises)
    for language in ["zh", "en"] {
      let page = await premises.get("/station?language=\(language)", keeper)
      #expect(page.text.contains("朝阳街&lt;路灯&gt;已修好") && page.text.contains(test.receipt))
      #expect(page.text.contains("/cases/\(test.id)/acts/tell?text="))
    }
    let other = await premises.get("/station", try self.keeper(premises, "hejie"))
    #expect(other.status == 200 && !other.text.contains("已修好") && !other.text.contains(test.receipt))
    #expect(await premises.get("/station?unit=station:hejie", keeper).status == 404)
    let told = await premises.post(
      "/cases/\(test.id)/acts/tell", [("text", "已当面告知"), ("confirm", "1"), ("next", "/station")], keeper)
    #expect(told.status == 303 && told.header("Location") == "/station")
    #expect(!(await premises.get("/station", keeper)).text.contains("/acts/tell?text="))
  }

  @Test func whoWasToldIsAskedAfter() async throws {
    let premises = try TestPremises()
    let test = try entry(premises)
    try answer(test)
    try test.act(.tell, .system) { $0.text = "已告知" }
    try test.act(.close)
    premises.clock.move(3_600)
    let keeper = try keeper(premises)
    let asked = await premises.get("/station", keeper)
    #expect(asked.text.contains("/cases/\(test.id)/acts/call-back?next="))
    let reviewer = try premises.cookie("reviewer", RoleScope(.moderator))
    for language in ["zh", "en"] {
      let list = await premises.get("/call-backs?language=\(language)", reviewer)
      #expect(list.status == 200 && list.text.contains("/cases/\(test.id)/acts/call-back?next="))
    }
    #expect(await premises.get("/call-backs?station=anfu", reviewer).text.contains(test.receipt))
    #expect(!(await premises.get("/call-backs?station=hejie", reviewer)).text.contains(test.receipt))
    #expect(await premises.get("/call-backs?station=nowhere", reviewer).status == 404)
    let far = try premises.cookie("far", RoleScope(.moderator, regions: ["430781"]))
    let elsewhere = await premises.get("/call-backs", far)
    #expect(elsewhere.status == 200 && !elsewhere.text.contains(test.receipt))
    let rated = await premises.post(
      "/cases/\(test.id)/acts/call-back", [("solved", "yes"), ("satisfied", "partly"), ("next", "/station")], keeper)
    #expect(rated.status == 303)
    #expect(!(await premises.get("/call-backs", reviewer)).text.contains(test.receipt))
  }

  /// What is sensitive lies on no counter: no text, no state, no way to the case.
  @Test func aSensitiveEntryShowsItsReceiptAlone() async throws {
    let premises = try TestPremises()
    let test = try entry(premises)
    let names = premises.premises.services.codeNames
    let first = try #require(try premises.store.suggestion(id: String(test.id), names: names)?.members.first)
    let words = String((first.title.isEmpty ? first.body : first.title).prefix(16))
    let keeper = try keeper(premises)
    let before = await premises.get("/station", keeper)
    #expect(before.text.contains(HTMLText.escaped(words)) && before.text.contains("href=\"/cases/\(test.id)\""))
    try test.act(.divert) { $0.reason = "涉及驿站人员" }
    let page = await premises.get("/station", keeper)
    #expect(page.text.contains(test.receipt) && !page.text.contains("href=\"/cases/\(test.id)\""))
    #expect(await premises.get("/cases/\(test.id)", keeper).status == 404)
    let slips = await premises.get("/station/slips", keeper)
    #expect(slips.text.contains(test.receipt) && !slips.text.contains(HTMLText.escaped(words)))
  }

  @Test func slipsArePrintedUnderThePolicy() async throws {
    let premises = try TestPremises()
    let test = try entry(premises)
    let keeper = try keeper(premises)
    let page = await premises.get("/station/slips?what=receipts", keeper, headers: ["host": "ideas.example.cn"])
    #expect(page.status == 200 && page.text.contains(test.receipt) && page.text.contains("<svg"))
    #expect(!page.text.contains("<style") && !page.text.contains("style=") && !page.text.contains("http-equiv"))
    #expect(page.text.contains("/assets/") && page.text.contains("slips.css"))
    #expect(!(await premises.get("/station/slips?since=2999-01-01", keeper)).text.contains(test.receipt))
    #expect(await premises.get("/station/slips?since=soon", keeper).status == 400)
    #expect(await premises.get("/station/slips?unit=station:hejie", keeper).status == 404)
    #expect(!(await premises.get("/station/slips?what=answers", keeper)).text.contains(test.receipt))
    try answer(test)
    premises.clock.move(3_600)
    let answers = await premises.get("/station/slips?what=answers", try self.keeper(premises))
    #expect(answers.text.contains(test.receipt) && answers.text.contains("朝阳街&lt;路灯&gt;已修好"))
  }
}
