import Casework
import Console
import Foundation
import Store
import Suggestions
import Testing

/// A unit without an account: one answer, once, in time, while the order stands.
@Suite struct LinkedAnswerPagesTests {
  private static let good = "经现场查看，井盖破损属实，7月10日已全部更换。"

  private func answer(_ premises: TestPremises, _ token: String, _ fields: (String, String)...) async -> Reply {
    await premises.post("/answer/" + token, fields)
  }

  @Test func lookingUsesNothingUpAndAnsweringDoes() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    try test.order()
    let token = try test.link()
    let names = premises.premises.services.codeNames
    let detail = try #require(try premises.store.suggestion(id: String(test.id), names: names))
    let body = try #require(detail.members.first?.body)
    for language in ["zh", "en"] {
      let page = await premises.get("/answer/\(token)?language=\(language)")
      #expect(page.status == 200)
      #expect(page.text.contains(HTMLText.escaped(body)) && page.text.contains("三日内办结"))
      #expect(page.text.contains("\(test.id)-1") && !page.text.contains(test.receipt))
    }
    #expect(try test.actions() == [.dispatch])
    let done = await answer(
      premises, token, ("text", Self.good), ("proof", "照片 12\n\n 照片 13 "), ("confirm", "1"),
      // Whoever has the link says an answer and nothing else.
      ("reason", "夹带"), ("to", "water-resources"))
    #expect(done.status == 200 && done.text.contains(HTMLText.escaped(Self.good)))
    let events = try test.history().events
    #expect(events.suffix(3).map(\.action) == [.sign, .resolve, .answer])
    #expect(events.allSatisfy { $0.action == .dispatch || $0.actor == "link:1" })
    #expect(events[2].details.proofs == ["照片 12", "照片 13"])
    #expect(events.last?.details.reason == nil && events.last?.details.handler == nil)
    let again = await answer(premises, token, ("text", "又一个答复"), ("confirm", "1"))
    #expect(again.status == 410 && again.text.contains("用过"))
    let later = await premises.get("/answer/" + token)
    #expect(later.status == 410 && later.text.contains("用过"))
    #expect(!later.text.contains("action=\"/answer"))
    #expect(try test.history().events.count == events.count)
  }

  @Test func doubtsAreToldBeforeItGoesOut() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    try test.order()
    let token = try test.link()
    let doubted = await answer(premises, token, ("text", "已处理"), ("proof", "照片<12>"))
    #expect(doubted.status == 409 && doubted.text.contains("name=\"confirm\""))
    #expect(doubted.text.contains("role=\"alert\""))
    #expect(doubted.text.contains(">已处理<") && doubted.text.contains("照片&lt;12&gt;"))
    #expect(try test.actions() == [.dispatch])
    let sent = await answer(premises, token, ("text", "已处理"), ("confirm", "1"))
    #expect(sent.status == 200)
    #expect(try test.state() == .answered)
  }

  /// Somebody's number is cut out whatever is confirmed.
  @Test func personalDataIsCutOut() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    try test.order()
    let text = Self.good + "请来件人联系 13812345678。"
    let sent = await answer(premises, try test.link(), ("text", text), ("confirm", "1"))
    #expect(sent.status == 200 && !sent.text.contains("13812345678"))
    #expect(try test.history().events.last?.details.text?.contains("13812345678") == false)
  }

  @Test func whatIsMissingIsSaidAndKept() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises, .idea)
    try test.order()
    let token = try test.link()
    #expect(await answer(premises, token, ("proof", "12")).status == 400)
    let without = await answer(premises, token, ("text", Self.good), ("confirm", "1"))
    #expect(without.status == 400 && without.text.contains(Self.good), "an idea's answer has an outcome")
    #expect(await answer(premises, token, ("text", Self.good), ("outcome", "Z"), ("confirm", "1")).status == 400)
    let long = String(repeating: "长", count: 5_001)
    #expect(await answer(premises, token, ("text", long), ("outcome", "A"), ("confirm", "1")).status == 400)
    let proofs = (0..<21).map(String.init).joined(separator: "\n")
    #expect(await answer(premises, token, ("text", Self.good), ("outcome", "A"), ("proof", proofs)).status == 400)
    #expect(try test.actions() == [.dispatch])
    #expect(await answer(premises, token, ("text", Self.good), ("outcome", "B"), ("confirm", "1")).status == 200)
    #expect(try test.history().events.last?.details.outcome == .planned)
  }

  @Test func linksThatOpenNothingAreExplained() async throws {
    let premises = try TestPremises(settings: .patient())
    let fields = [("text", Self.good), ("confirm", "1")]
    func expect(_ token: String, _ status: Int, _ words: String) async {
      for reply in [await premises.get("/answer/" + token), await premises.post("/answer/" + token, fields)] {
        #expect(reply.status == status, "\(words)")
        #expect(reply.text.contains(words))
      }
    }
    let recalled = try TestCase(premises)
    try recalled.order()
    let first = try recalled.link()
    try recalled.act(.recall) { $0.reason = "派错" }
    await expect(first, 410, "作废")

    let answered = try TestCase(premises)
    try answered.order()
    let second = try answered.link()
    try answered.act(.sign, .department)
    try answered.act(.answer, .department) { $0.text = Self.good }
    await expect(second, 410, "已经答复")

    let sensitive = try TestCase(premises)
    try sensitive.order()
    let third = try sensitive.link()
    let names = premises.premises.services.codeNames
    let body = try #require(try premises.store.suggestion(id: String(sensitive.id), names: names)?.members.first?.body)
    try sensitive.act(.divert) { $0.reason = "涉伤害" }
    await expect(third, 410, "作废")
    #expect(await premises.get("/answer/" + third).text.contains(HTMLText.escaped(body)) == false)

    let late = try TestCase(premises)
    try late.order()
    let fourth = try late.link(for: 60)
    await expect(String(fourth.dropLast()) + (fourth.last == "A" ? "Q" : "A"), 404, "链接")
    await expect("x", 404, "链接")
    premises.clock.move(61)
    await expect(fourth, 410, "过期")
    #expect(try late.actions() == [.dispatch])
  }

  @Test func guessingLinksIsCounted() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    try test.order()
    let token = try test.link()
    var wrong = 0
    while await premises.get("/answer/" + token + "A").status == 404, wrong < 30 { wrong += 1 }
    #expect(wrong == 7)
    let refused = await premises.get("/answer/" + token)
    #expect(refused.status == 429 && refused.header("Retry-After") != nil)
    #expect(await answer(premises, token, ("text", Self.good)).status == 429)
    // Receipts are another door.
    #expect(await premises.get("/status/" + test.receipt).status == 200)
    premises.clock.move(60)
    #expect(await premises.get("/answer/" + token).status == 200)
  }
}
