import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// What the rules pages show, and to whom.
@Suite struct RulePagesTests {
  static let everything = RoleScope(.lead, tracks: [.ordinary, .sensitive])

  /// The figures once all is counted.
  static func figures(_ premises: TestPremises) async throws -> RuleFigures {
    for _ in 0..<1200 {
      let figures = premises.premises.services.rules.figures()
      if figures.isComplete, figures.last > 0 { return figures }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw StoreFault.corrupt("the count does not end")
  }

  static func errand(_ id: String, _ premises: TestPremises) async throws -> RuleErrand {
    for _ in 0..<2400 {
      if let errand = premises.premises.services.rules.errand(id), errand.isEnded { return errand }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw StoreFault.corrupt("the work does not end")
  }

  static func correct(_ premises: TestPremises, _ id: Int, to topic: String) throws {
    var details = CaseDetails { $0.topic = topic }
    details.reason = "看了照片"
    let actor = CaseActor(name: "周敏", role: .moderator, tracks: [.ordinary, .sensitive])
    _ = try premises.store.act(
      CaseRequest(.correct, at: premises.clock.now, details: details), on: id, by: actor,
      under: premises.premises.services.casework()
    ).get()
  }

  /// Every suggestion of the store.
  static func all(_ premises: TestPremises) throws -> [SuggestionDetail] {
    let ids = try premises.store.read { session throws(StoreFault) in
      try session.all("SELECT id FROM suggestion ORDER BY id") { $0.integer(0) }
    }
    return try ids.compactMap { id in
      try premises.store.suggestion(id: String(id), members: 500, names: premises.premises.services.codeNames)
    }
  }

  @Test func rulesByTopicAndByWord() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let index = await premises.get("/rules", cookie)
    #expect(index.status == 200)
    #expect(index.text.contains("/rules?group=01") && !index.text.contains("/rules/manhole-cover\""))
    #expect(!index.text.contains("/rules/edit/") && !index.text.contains("/rules/reclassify"))
    let group = await premises.get("/rules?group=01", cookie)
    #expect(group.text.contains("href=\"/rules/manhole-cover\""))
    #expect(!group.text.contains("href=\"/rules/traffic"))
    let found = await premises.get("/rules?q=" + FormFields.encoded("井盖"), cookie)
    #expect(found.text.contains("href=\"/rules/manhole-cover\""))
    #expect(!found.text.contains("href=\"/rules/street-lamp\""))
    let nothing = await premises.get("/rules?q=" + FormFields.encoded("<script>没有这个词"), cookie)
    #expect(nothing.status == 200 && nothing.text.contains("&lt;script&gt;") && !nothing.text.contains("<script>没"))
    let lead = await premises.get("/rules", try premises.cookie("lead", Self.everything))
    #expect(lead.text.contains("/rules/edit/01-urban.yaml") && lead.text.contains("/rules/reclassify"))
    let english = await premises.get("/rules?group=01&language=en", cookie)
    #expect(english.text.contains("Decides") && !english.text.contains("[["))
  }

  @Test func oneRuleWithItsExamples() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let page = await premises.get("/rules/manhole-cover", cookie)
    #expect(page.status == 200)
    #expect(page.text.contains("花溪路<mark>井盖</mark>破损严重"))
    #expect(page.text.contains("井盖厂招工"))
    #expect(page.text.contains("- id: manhole-cover\n  topic: &quot;010301&quot;"))
    #expect(!page.text.contains("id: manhole-cover-power"))
    #expect(!page.text.contains("chip hot"))
    #expect(await premises.get("/rules/no-such-rule", cookie).status == 404)
    for sheet in ["manhole-noise-sunk", "street-lamp-dark"] {
      #expect(await premises.get("/rules/\(sheet)", cookie).text.contains("↔"), "\(sheet)")
    }
  }

  /// Counted again from the verdicts one by one.
  @Test func hitsAreThoseOfTheStore() async throws {
    let premises = try TestPremises()
    let figures = try await Self.figures(premises)
    var hits: [String: Int] = [:]
    for detail in try Self.all(premises) {
      for member in detail.members {
        for rule in Set(member.verdict.evidence.map(\.rule)) { hits[rule, default: 0] += 1 }
      }
    }
    #expect(!hits.isEmpty)
    #expect(figures.rules.mapValues { $0.hits.all.on([.ordinary, .sensitive]) } == hits)
    let (rule, count) = try #require(hits.max { $0.value < $1.value })
    let page = await premises.get("/rules/\(rule)", try premises.cookie("lead", Self.everything))
    #expect(page.text.contains("<dd>\(count)"))
    #expect(page.text.contains("\(figures.countedTo)"))
  }

  /// Neither a link nor a count tells of the sensitive track to whom it is shut.
  @Test func whatIsSensitiveIsNotTold() async throws {
    let premises = try TestPremises()
    let figures = try await Self.figures(premises)
    func hits(_ rule: String) -> RuleTally.Count { figures.rules[rule]?.hits.all ?? RuleTally.Count() }
    let found = try Self.all(premises).filter { $0.track == "sensitive" }.flatMap { detail in
      detail.members.flatMap { $0.verdict.evidence.map { (id: detail.id, rule: $0.rule) } }
    }
    // One with few hits, all of which the page shows.
    let least = try #require(found.min { hits($0.rule).on([.ordinary, .sensitive]) < hits($1.rule).on([.ordinary, .sensitive]) })
    #expect(hits(least.rule).sensitive > 0)
    try #require(hits(least.rule).on([.ordinary, .sensitive]) <= 10)
    let link = "href=\"/cases/\(least.id)\""
    let address = "/rules/" + FormFields.encoded(least.rule)
    let lead = await premises.get(address, try premises.cookie("lead", Self.everything))
    #expect(lead.text.contains(link))
    for (name, scope) in [("reviewer", RoleScope(.moderator)), ("admin", RoleScope(.administrator))] {
      let page = await premises.get(address, try premises.cookie(name, scope))
      #expect(page.status == 200 && !page.text.contains(link), "\(name)")
      #expect(page.text.contains("<dd>\(hits(least.rule).ordinary)（"), "\(name)")
    }
  }

  @Test func aCorrectionStandsAgainstTheRule() async throws {
    let premises = try TestPremises()
    _ = try await Self.figures(premises)
    let item = try #require(
      try Self.all(premises).first { detail in
        detail.track == "ordinary" && detail.state == "pending" && detail.topic?.hasPrefix("0103") == true
          && detail.members.first?.verdict.evidence.contains { $0.rule.hasPrefix("manhole") || $0.rule.hasPrefix("street-lamp") } == true
      })
    let rule = try #require(item.members[0].verdict.evidence.map(\.rule).first { $0.hasPrefix("manhole") || $0.hasPrefix("street-lamp") })
    let from = try #require(item.members[0].verdict.topic)
    try Self.correct(premises, item.id, to: "020301")
    var own = RuleFigures.Rule()
    for _ in 0..<400 where own.corrected.isEmpty {
      own = premises.premises.services.rules.figures().rules[rule] ?? own
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(own.corrections.ordinary == 1 && own.corrected.map(\.suggestion) == [item.id])
    let move = try #require(premises.premises.services.rules.figures().moves.first { $0.from == from })
    #expect(move.to == "020301" && move.suggestions == [item.id] && move.rules[rule]?.ordinary == 1)
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let corrections = await premises.get("/rules/corrections", cookie)
    #expect(corrections.text.contains("href=\"/rules/\(rule)\"") && corrections.text.contains("href=\"/cases/\(item.id)\""))
    #expect(!corrections.text.contains("/rules/learn"))
    let page = await premises.get("/rules/\(rule)", cookie)
    #expect(page.text.contains("href=\"/cases/\(item.id)\""))
    let admin = await premises.get("/rules/corrections", try premises.cookie("admin", RoleScope(.administrator)))
    #expect(admin.text.contains("action=\"/rules/learn\""))
  }

  @Test func aTextIsTriedAndForgotten() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    #expect(await premises.get("/rules/try", cookie).status == 200)
    func rows() throws -> [Int64] {
      try premises.store.read { session throws(StoreFault) in
        [
          try session.integer("SELECT count(*) FROM event"), try session.integer("SELECT count(*) FROM submission"),
          try session.integer("SELECT count(*) FROM suggestion"),
        ]
      }
    }
    let before = try rows()
    let page = await premises.post(
      "/rules/try", [("title", "<b>反映</b>"), ("body", "花溪路口电力井盖破了"), ("channel", "chat"), ("date", "2025-07-01")], cookie)
    #expect(page.status == 200)
    #expect(page.text.contains("<mark>电力井盖</mark>"))
    #expect(page.text.contains("href=\"/rules/manhole-cover-power\""))
    #expect(page.text.contains("&lt;b&gt;反映&lt;/b&gt;") && !page.text.contains("<b>反映"))
    #expect(page.text.contains("<option value=\"chat\" selected>"))
    #expect(page.text.contains("<li>得分  "))
    #expect(try rows() == before)
    #expect(await premises.post("/rules/try", [("body", " \n")], cookie).status == 400)
    let undated = await premises.post("/rules/try", [("body", "路灯"), ("date", "7月1日")], cookie)
    #expect(undated.status == 400 && undated.text.contains("路灯"))
    #expect(await premises.post("/rules/try", [("body", "路灯"), ("channel", "drum")], cookie).status == 400)
    let english = await premises.post("/rules/try?language=en", [("body", "路灯不亮")], cookie)
    #expect(english.text.contains("score  "))
  }

  @Test func blindSpotsAreWorkedOut() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let empty = await premises.get("/rules/coverage", cookie)
    #expect(empty.status == 200 && empty.text.contains("action=\"/rules/coverage\""))
    #expect(await premises.post("/rules/coverage", [], cookie).header("Location") == "/rules/coverage")
    let begun = try #require(premises.premises.services.rules.coverage())
    #expect(begun.actor == "reviewer")
    let ended = try await Self.errand(begun.id, premises)
    guard case .ended(let outcomes) = ended.state, case .coverage(let coverage)? = outcomes[.zh] else {
      Issue.record("no coverage")
      return
    }
    let ordinary = try Self.all(premises).count { $0.track == "ordinary" }
    #expect(coverage.texts == ordinary, "no sensitive text is looked at")
    #expect(!coverage.silent.isEmpty)
    let page = await premises.get("/rules/coverage", cookie)
    #expect(page.text.contains("<dd>\(coverage.texts)</dd>"))
    #expect(page.text.contains("href=\"/rules/\(FormFields.encoded(coverage.silent[0].rule))\""))
    #expect(!page.text.contains("data-open"))
  }
}
