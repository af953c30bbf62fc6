import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// A rider with a receipt: what there is to see and to say, and that nothing is found out by trying.
@Suite struct StatusPagesTests {
  private func look(_ premises: TestPremises, _ code: String, _ language: String = "zh") async -> Reply {
    await premises.post("/status?language=\(language)", [("code", code)])
  }

  /// The page without what was typed into it.
  private func untyped(_ reply: Reply) throws -> String {
    let page = reply.text
    let start = try #require(page.firstRange(of: "class=\"receipt-code\" value=\"")).upperBound
    let end = try #require(page[start...].firstIndex(of: "\""))
    return String(page[..<start] + page[end...])
  }

  private func say(_ test: TestCase, _ what: String, _ fields: (String, String)...) async -> Reply {
    await test.premises.post("/status", [("code", test.receipt), ("say", what)] + fields)
  }

  @Test func aCodeIsReadHoweverItIsWritten() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    let plain = test.receipt.replacing("-", with: "")
    let wide = String(String.UnicodeScalarView(plain.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
    let all = [
      test.receipt, test.receipt.lowercased(), plain, " \(plain.dropFirst(2)) ", wide, ReceiptCode.spoken(test.receipt),
    ]
    for written in all {
      for reply in [await look(premises, written), await premises.get("/status/" + FormFields.encoded(written))] {
        #expect(reply.status == 200, "\(written)")
        #expect(reply.text.contains(test.receipt))
        #expect(reply.header("Cache-Control") == "no-store" && reply.header("Location") == nil)
      }
    }
    // The form sends the code in its body, and the page it comes to is the entry's.
    let page = await look(premises, test.receipt)
    #expect(!page.text.contains("/status/" + test.receipt) && page.text.contains("next=%2Fstatus\""))
  }

  /// Never told apart: mistyped, nobody's, erased, no code at all.
  @Test func everyRefusalIsAlike() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    let act = try #require(StaffAct(actor: "周敏", reason: "本人要求", at: premises.clock.now))
    do {
      let lock = try IntakeLock(store: premises.store)
      defer { withExtendedLifetime(lock) {} }
      _ = try premises.store.erase([test.id], act: act) { _ in }.get()
    }
    let living = try TestCase(premises, but: test.id)
    let last = try #require(living.receipt.last)
    let mistyped = living.receipt.dropLast() + (last == "7" ? "8" : "7")
    let nobodys = ReceiptCode(key: try premises.store.keys.derived("receipt")).code(of: 4_000_000_000)
    let codes = [test.receipt, String(mistyped), nobodys, "GI", "你好", "1", String(repeating: "7", count: 5_000)]
    for language in ["zh", "en"] {
      let first = try untyped(await look(premises, codes[0], language))
      #expect(first.contains(language == "zh" ? "校验位" : "is a check"))
      for code in codes {
        let replies = [
          await look(premises, code, language),
          await premises.get("/status/\(FormFields.encoded(code))?language=\(language)"),
          await premises.post("/status?language=\(language)", [("code", code), ("say", "rating"), ("solved", "yes")]),
          await premises.post("/status/\(FormFields.encoded(code))/rating?language=\(language)", [("solved", "yes")]),
          await premises.post("/status/\(FormFields.encoded(code))/addition?language=\(language)", []),
        ]
        for reply in replies {
          #expect(reply.status == 404)
          #expect(try untyped(reply) == first, "\(code.prefix(20))")
          #expect(reply.header("Retry-After") == nil)
        }
      }
    }
    #expect(await look(premises, living.receipt).status == 200)
    #expect(await look(premises, " ").status == 400)
  }

  @Test func whatIsShownIsWhatTheCommandLineSays() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    try test.close("已更换 <b>井盖</b> & \"路灯\"")
    let holding = try #require(try premises.store.holding(ofReceipt: test.receipt))
    let status = try premises.store.writerStatus(of: holding, under: test.rules, asOf: premises.clock.now)
    for language in ConsoleLanguage.allCases {
      let words = premises.premises.services.writers.words(status, language)
      let page = await premises.get("/status/\(test.receipt)?language=\(language.rawValue)")
      for line in [words.headline] + words.lines + words.steps.flatMap({ [$0.at, $0.what] }) {
        #expect(page.text.contains(HTMLText.escaped(line)))
      }
      #expect(!page.text.contains("<b>") && !page.text.contains("王科长"))
    }
    let json = await premises.get("/status/" + test.receipt, headers: ["accept": "application/json"])
    let value = try JSONValue(Data(json.body))
    #expect(json.type == "application/json" && value["receipt"].text == test.receipt && value["stage"].text == "closed")
    let none = await premises.get("/status/GI-0000-0000-1", headers: ["accept": "application/json"])
    #expect(none.status == 404 && none.type == "application/problem+json")
  }

  @Test func aRatingIsTakenOnce() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    #expect(await say(test, "rating", ("solved", "yes")).status == 409, "nothing to rate yet")
    try test.close()
    #expect(await look(premises, test.receipt).text.contains("name=\"solved\""))
    let nothing = await say(test, "rating", ("reason", "路灯<还>黑着"))
    #expect(nothing.status == 400 && nothing.text.contains("role=\"alert\"") && nothing.text.contains("路灯&lt;还&gt;黑着"))
    #expect(await say(test, "rating", ("solved", "surely")).status == 400)
    #expect(try test.actions().last == .close)
    let rated = await say(test, "rating", ("solved", "partly"), ("satisfied", "no"), ("reason", "路灯还黑着"))
    #expect(rated.status == 200 && rated.text.contains("已记下") && !rated.text.contains("name=\"solved\""))
    let event = try #require(try test.history().events.last)
    #expect(event.action == .callBack && event.role == .writer && event.actor.hasPrefix("receipt:"))
    #expect(event.details.callBack == CallBackResult(isSolved: .partly, isSatisfied: .no))
    #expect(event.details.reason == "路灯还黑着")
    #expect(await say(test, "rating", ("solved", "yes")).status == 409)
    #expect(try test.actions().last == .callBack)
    // It may still be taken up again, with a reason.
    #expect(await say(test, "rating", ("reopen", "1")).status == 400)
    #expect(await say(test, "rating", ("reopen", "1"), ("reason", "又塌了")).status == 200)
    #expect(try test.state() == .reopened)
    #expect(await say(test, "rating", ("reopen", "1"), ("reason", "又塌了")).status == 409)
  }

  @Test func aRatingReopensWithinItsWindow() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    try test.close()
    let without = await say(test, "rating", ("solved", "no"), ("reopen", "1"))
    #expect(without.status == 400 && without.text.contains("name=\"reopen\" value=\"1\" checked"))
    #expect(try test.actions().last == .close)
    let address = "/status/\(test.receipt)/rating"
    let reply = await premises.post(address, [("solved", "no"), ("reopen", "1"), ("reason", "又塌了")])
    #expect(reply.status == 200)
    #expect(try Array(test.actions().suffix(2)) == [.callBack, .reopen])
    #expect(try test.state() == .reopened)

    let late = try TestCase(premises)
    try late.close()
    premises.clock.move(late.rules.limits.reopenWindow)
    #expect(await say(late, "rating", ("solved", "no"), ("reopen", "1"), ("reason", "又塌了")).status == 409)
    #expect(try late.state() == .closed)
  }

  @Test func theQuestionIsAnswered() async throws {
    let premises = try TestPremises(settings: .patient())
    let test = try TestCase(premises)
    #expect(await say(test, "addition", ("text", "在桥南")).status == 409, "nobody asked")
    try test.order()
    try test.act(.sign, .department)
    try test.act(.askWriter, .department) { $0.text = "是哪一个路口？" }
    premises.clock.move(3_600)
    let page = await look(premises, test.receipt)
    #expect(page.text.contains("是哪一个路口？") && page.text.contains("name=\"text\""))
    #expect(await say(test, "addition", ("text", " ")).status == 400)
    let long = String(repeating: "长", count: 2_001)
    let tooLong = await say(test, "addition", ("text", long))
    #expect(tooLong.status == 400 && tooLong.text.contains(long))
    #expect(try test.actions().last == .askWriter)
    let done = await say(test, "addition", ("text", "桥南路与人民路口"))
    #expect(done.status == 200 && !done.text.contains("name=\"text\""))
    let event = try #require(try test.history().events.last)
    #expect(event.action == .resume && event.role == .writer && event.details.text == "桥南路与人民路口")
    #expect(await premises.post("/status/\(test.receipt)/addition", [("text", "再说一遍")]).status == 409)
    #expect(try test.history().events.count == event.number)
  }

  @Test func anAddressMayNotAskForEver() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    func get(_ address: String?) async -> Reply {
      await premises.reception.answer(VisitRequest(.get, "/status/" + test.receipt, address: address))
    }
    for _ in 0..<10 {
      #expect(await look(premises, test.receipt).status == 200)
      #expect(await premises.get("/status/" + test.receipt).status == 200)
    }
    let refused = await look(premises, test.receipt)
    #expect(refused.status == 429 && refused.header("Retry-After") == "3")
    #expect(await say(test, "rating", ("solved", "yes")).status == 429)
    // The page to begin with costs nothing, and others are not held up.
    #expect(await premises.get("/status").status == 200)
    #expect(await get("198.51.100.4").status == 200)
    #expect(await get("2001:db8::1").status == 200)
    premises.clock.move(60)
    #expect(await look(premises, test.receipt).status == 200)

    // Wrong codes count more, and wherever in the /64 they come from.
    var wrong = 0
    for number in 1...30 {
      let request = VisitRequest(.get, "/status/GI-0000-0000-1", address: "2001:db8:7::\(number)")
      let status = await premises.reception.answer(request).status
      if status == 404 { wrong += 1 } else { #expect(status == 429) }
    }
    #expect(wrong == 7)
    #expect(await get("2001:db8:7:1::1").status == 200)
  }

  @Test func aPageElsewhereSendsNothing() async throws {
    let premises = try TestPremises()
    let test = try TestCase(premises)
    let fields = [("code", test.receipt), ("say", "rating"), ("solved", "yes")]
    #expect(await premises.post("/status", fields, headers: ["sec-fetch-site": "cross-site"]).status == 403)
  }

  /// After any acts of anybody: no word of staff is on the page but the answer and the question.
  @Test func nothingInnerIsOnThePageAfterAnyActs() async throws {
    let premises = try TestPremises(settings: .patient())
    let names = premises.premises.services.codeNames
    let items = try premises.store.queue(limit: 50, track: .ordinary, names: names)
    let rules = premises.premises.services.casework()
    let spoken: Set<CaseAction> = [.answer, .reply, .thank, .askWriter]
    let often: [CaseRole] = [.moderator, .moderator, .lead, .lead, .department, .department, .department, .system]
    var generator = SeededGenerator(7)
    var told = 0
    for item in items {
      let test = TestCase(premises, id: item.id, receipt: item.receipt)
      for _ in 0..<14 {
        let file = try test.history().file()
        let role = generator.element(of: CaseRole.allCases + often)
        let handler: CaseHandler? =
          switch role {
          case .department, .departmentHead: file.handler ?? TestCase.unit
          case .stationKeeper: file.station.map { CaseHandler(unit: $0, isStation: true) }
          default: nil
          }
        let actor = CaseActor(name: "姓名内部", role: role, tracks: Set(Track.allCases), handler: handler)
        let offered = CaseLifecycle.actions(
          on: file, by: actor, at: premises.clock.now, in: CaseCircumstances(limits: rules.limits))
        premises.clock.move(Int64(generator.below(2_400)))
        guard !offered.isEmpty else { continue }
        let action = generator.element(of: offered).action
        let target = generator.element(of: items).id
        let until = premises.clock.now + 3_600
        let details = CaseDetails {
          $0.reason = "内部理由"
          $0.rejection = .inCourt
          $0.basis = "内部依据"
          $0.proposedOwner = CaseHandler(unit: "water-resources")
          $0.handler = TestCase.unit
          $0.text = spoken.contains(action) ? "公开的话" : "内部的话"
          $0.outcome = .planned
          $0.proofs = ["内部照片"]
          $0.target = Int64(target)
          $0.extra = Allowance(3, .workingDays)
          $0.until = until
          $0.callBack = CallBackResult(isSolved: .yes, isSatisfied: .partly)
          $0.score = IdeaScore(feasible: 4, sustainable: 3, transferable: 5, publicBenefit: 4, new: 2)
          $0.award = "内部奖励"
          $0.urgency = .ordinary
          $0.undoes = file.lastDecision?.number
        }
        _ = try premises.store.act(
          CaseRequest(action, at: premises.clock.now, details: details), on: item.id, by: actor, under: rules,
          isConfirmed: true)
      }
      let language = generator.element(of: ["zh", "en"])
      let page = await look(premises, item.receipt, language)
      #expect(page.status == 200)
      for word in ["内部", "姓名", "水利"] { #expect(!page.text.contains(word), "\(word) of \(item.id)") }
      // What the writer wrote is not on it either: who finds the slip reads nothing.
      if item.title.count > 6 { #expect(!page.text.contains(HTMLText.escaped(item.title))) }
      if page.text.contains("公开的话") { told += 1 }
    }
    #expect(told > 0)
  }
}
