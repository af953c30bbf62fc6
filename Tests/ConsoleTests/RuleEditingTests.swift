import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// A keyword file edited in the browser, from the text to what the server judges by.
@Suite struct RuleEditingTests {
  /// A console with rules of its own.
  private struct Bench {
    let folder: TemporaryFolder
    let premises: TestPremises
    var rules: String { folder.path("rules") }

    init() throws {
      folder = try TemporaryFolder()
      try FileManager.default.copyItem(atPath: PackageRoot.path + "/rules", toPath: folder.path("rules"))
      premises = try TestPremises(rules: folder.path("rules"))
    }

    func text(_ file: String = "01-urban.yaml") throws -> String {
      try String(contentsOfFile: rules + "/keywords/" + file, encoding: .utf8)
    }

    func base(_ page: Reply) throws -> String {
      let start = try #require(page.text.firstRange(of: "name=\"base\" value=\"")).upperBound
      return String(page.text[start...].prefix { $0 != "\"" })
    }

    func lead(_ name: String = "lead") throws -> String { try premises.cookie(name, RulePagesTests.everything) }

    /// What is replaced must be there.
    func changed(_ old: String, _ new: String) throws -> String {
      let text = try text()
      try #require(text.contains(old))
      return text.replacing(old, with: new)
    }

    func send(_ text: String, base: String, step: String, _ cookie: String) async -> Reply {
      // As a browser sends it.
      let lines = text.replacing("\n", with: "\r\n")
      return await premises.post(
        "/rules/edit/01-urban.yaml", [("text", lines), ("base", base), ("step", step)], cookie)
    }

    /// Tries a draft to its end.
    func trial(_ text: String, base: String, _ cookie: String) async throws -> RuleErrand {
      let begun = await send(text, base: base, step: "trial", cookie)
      #expect(begun.status == 303, "\(begun.text)")
      let address = try #require(begun.header("Location"))
      let id = try #require(address.split(separator: "/").last.map(String.init))
      return try await RulePagesTests.errand(id, premises)
    }

    func force(_ errand: RuleErrand, reason: String = "新情况", _ cookie: String) async -> Reply {
      guard case .trial(let draft) = errand.work else { return .page("", status: 500) }
      return await premises.post(
        "/rules/force",
        [("errand", errand.id), ("file", draft.name), ("text", draft.text), ("base", draft.base), ("reason", reason)],
        cookie)
    }

    func topic(of body: String, _ cookie: String) async -> String {
      let page = await premises.post("/rules/try", [("body", body)], cookie).text
      guard let start = page.firstRange(of: "<dt>主题</dt><dd>")?.upperBound else { return "" }
      return String(page[start...].prefix { $0 != "（" && $0 != "？" && $0 != "<" })
    }
  }

  @Test func theFileIsShownAsItIs() async throws {
    let bench = try Bench()
    let page = await bench.premises.get("/rules/edit/01-urban.yaml", try bench.lead())
    #expect(page.status == 200)
    #expect(page.text.contains("&quot;010301&quot;"))
    let checked = await bench.send(try bench.text(), base: try bench.base(page), step: "check", try bench.lead())
    #expect(checked.status == 200 && checked.text.contains("class=\"notice\""))
    for name in ["book.yaml", "topics.yaml", "..%2Fbook.yaml", "..%2F..%2Fetc%2Fpasswd", "nothing.yaml", ".yaml"] {
      #expect(await bench.premises.get("/rules/edit/\(name)", try bench.lead()).status == 404, "\(name)")
    }
  }

  @Test func faultsNameTheLineAndWriteNothing() async throws {
    let bench = try Bench()
    let cookie = try bench.lead()
    let base = try bench.base(await bench.premises.get("/rules/edit/01-urban.yaml", cookie))
    let old = try bench.text()
    // A topic that is not there.
    let unknown = try bench.changed("- id: street-lamp\n    topic: \"010302\"", "- id: street-lamp\n    topic: \"999999\"")
    let lines = unknown.components(separatedBy: "\n")
    let place = try #require(lines.firstIndex { $0.contains("999999") }) + 1
    for step in ["check", "trial"] {
      let page = await bench.send(unknown, base: base, step: step, cookie)
      #expect(page.status == 400 && page.text.contains("role=\"alert\""))
      #expect(page.text.contains("keywords/01-urban.yaml 第 \(place) 行"), "\(step)")
      #expect(page.text.contains("999999&quot;"), "what was typed is still there")
    }
    // No YAML at all.
    let broken = await bench.send(old + "\n  : : [\n", base: base, step: "check", cookie)
    #expect(broken.status == 400 && broken.text.contains("YAML"))
    #expect(broken.text.contains("keywords/01-urban.yaml 第 "))
    #expect(try bench.text() == old)
  }

  /// Taking a word away breaks the example that needs it.
  @Test func aBrokenExampleIsRefusedWithItsLine() async throws {
    let bench = try Bench()
    let cookie = try bench.lead()
    let base = try bench.base(await bench.premises.get("/rules/edit/01-urban.yaml", cookie))
    let old = try bench.text()
    let broken = try bench.changed("雨篦子, ", "")
    let rule = try #require(broken.components(separatedBy: "\n").firstIndex { $0.hasSuffix("- id: manhole-cover") }) + 1
    let page = await bench.send(broken, base: base, step: "trial", cookie)
    #expect(page.status == 400)
    #expect(page.text.contains("keywords/01-urban.yaml 第 \(rule) 行：规则 manhole-cover 的第 2 个正例没有命中"))
    #expect(try bench.text() == old)
    let english = await bench.premises.post(
      "/rules/edit/01-urban.yaml?language=en", [("text", broken), ("base", base), ("step", "check")], cookie)
    #expect(english.text.contains("line \(rule): rule manhole-cover does not fire on its example 2"))
  }

  @Test func anEditThatGoesLiveJudgesTheNextText() async throws {
    let bench = try Bench()
    let cookie = try bench.lead()
    let services = bench.premises.premises.services
    let text = "巷口路灯坏了半个月"
    let before = await bench.topic(of: text, cookie)
    let oldVersion = services.rules.overview(nil, .zh).version
    let page = await bench.premises.get("/rules/edit/01-urban.yaml", cookie)
    let draft = try bench.changed("- id: street-lamp\n    topic: \"010302\"", "- id: street-lamp\n    topic: \"010303\"")
    let errand = try await bench.trial(draft, base: try bench.base(page), cookie)
    guard case .ended(let outcomes) = errand.state, case .trial(let trial)? = outcomes[.zh] else {
      Issue.record("\(errand.state)")
      return
    }
    #expect(trial.texts > 0 && trial.texts <= 20_000 && trial.changed <= trial.texts)
    let shown = await bench.premises.get("/rules/errands/\(errand.id)", cookie)
    #expect(shown.status == 200 && shown.text.contains("<strong>\(trial.changed)</strong>"))
    #expect(shown.text.contains("action=\"/rules/force\""))
    // Trying alone changes nothing.
    #expect(await bench.topic(of: text, cookie) == before)
    let silent = await bench.force(errand, reason: " ", cookie)
    #expect(silent.status == 400 && silent.text.contains("role=\"alert\""))
    #expect(try bench.text() != draft)

    let done = await bench.force(errand, cookie)
    #expect(done.status == 303, "\(done.text)")
    #expect(done.header("Location") == "/rules?notice=rules-in-force")
    #expect(try bench.text() == draft)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.rules + "/keywords").allSatisfy { $0.hasSuffix(".yaml") })
    let after = await bench.topic(of: text, cookie)
    #expect(after != before && !after.isEmpty)
    let version = services.rules.overview(nil, .zh).version
    #expect(version == trial.version && version != oldVersion)
    for kept in [oldVersion, version] { #expect(try bench.premises.store.ruleBook(version: kept) != nil, "\(kept)") }
    let told = try bench.premises.store.read { session throws(StoreFault) in
      try session.all("SELECT actor, payload FROM event WHERE action = 'rules.change'") { ($0.text(0), $0.text(1)) }
    }
    #expect(told.count == 1 && told.first?.0 == "lead")
    #expect(told.first?.1.contains("新情况") == true && told.first?.1.contains(version) == true)
    // The same once more is no change.
    let again = await bench.force(errand, cookie)
    #expect(again.status == 409)
    #expect(try bench.premises.store.verify().faults == [])
  }

  /// Two edit the same file; the later one sees both texts and writes nothing.
  @Test func ofTwoTheSecondIsRefused() async throws {
    let bench = try Bench()
    let (one, two) = (try bench.lead("one"), try bench.lead("two"))
    let base = try bench.base(await bench.premises.get("/rules/edit/01-urban.yaml", one))
    let first = try bench.changed("why: 道路照明由城管部门（路灯所）管护", "why: 甲改的理由")
    let second = try bench.changed("why: 夜里路段漆黑、灯不亮", "why: 乙改的理由")
    let (a, b) = (try await bench.trial(first, base: base, one), try await bench.trial(second, base: base, two))
    #expect(await bench.force(a, one).status == 303)
    let late = await bench.force(b, two)
    #expect(late.status == 409)
    #expect(late.text.contains("甲改的理由") && late.text.contains("乙改的理由"))
    #expect(try bench.text() == first)
    let checked = await bench.send(second, base: base, step: "check", two)
    #expect(checked.status == 409 && checked.text.contains("甲改的理由"))
    // Having seen the other's text, it may be sent on.
    let renewed = try bench.base(checked)
    #expect(renewed != base)
    let joined = first.replacing("why: 夜里路段漆黑、灯不亮", with: "why: 乙改的理由")
    let c = try await bench.trial(joined, base: renewed, two)
    #expect(await bench.force(c, two).status == 303)
    #expect(try bench.text() == joined)
  }

  /// Somebody with an editor on the machine counts as well.
  @Test func aFileChangedBesideTheConsoleIsNotOverwritten() async throws {
    let bench = try Bench()
    let cookie = try bench.lead()
    let base = try bench.base(await bench.premises.get("/rules/edit/01-urban.yaml", cookie))
    let errand = try await bench.trial(try bench.changed("why: 夜里路段漆黑、灯不亮", "why: 改"), base: base, cookie)
    let version = bench.premises.premises.services.rules.overview(nil, .zh).version
    let other = try bench.text() + "\n# 别处加的一行\n"
    try Data(other.utf8).write(to: URL(fileURLWithPath: bench.rules + "/keywords/01-urban.yaml"))
    let late = await bench.force(errand, cookie)
    #expect(late.status == 409 && late.text.contains("别处加的一行"))
    #expect(try bench.text() == other)
    #expect(bench.premises.premises.services.rules.overview(nil, .zh).version == version)
    #expect(try bench.premises.store.ruleBook(version: version + "x") == nil)
  }

  /// A trial that is not known any more costs nobody what they typed.
  @Test func aForgottenTrialKeepsTheText() async throws {
    let bench = try Bench()
    let draft = RuleErrand(
      id: "gone", work: .trial(RuleDraft(name: "01-urban.yaml", text: "rules: [] # 我打的字\n", base: "1")), actor: "lead",
      book: "", changedAt: 0)
    let page = await bench.force(draft, try bench.lead())
    #expect(page.status == 409 && page.text.contains("我打的字"))
  }

  @Test func whatWaitsIsJudgedAnew() async throws {
    let bench = try Bench()
    let cookie = try bench.lead()
    let store = bench.premises.store
    let item = try #require(
      try RulePagesTests.all(bench.premises).first { detail in
        detail.track == "ordinary" && detail.state == "pending" && detail.topic == "010302"
      })
    let base = try bench.base(await bench.premises.get("/rules/edit/01-urban.yaml", cookie))
    let errand = try await bench.trial(
      try bench.text().replacing("topic: \"010302\"", with: "topic: \"010303\""), base: base, cookie)
    #expect(await bench.force(errand, cookie).status == 303)
    #expect(try store.suggestion(id: "\(item.id)", names: bench.premises.premises.services.codeNames)?.topic == "010302")
    #expect(await bench.premises.post("/rules/reclassify", [("reason", "")], cookie).header("Location") == "/rules?fault=reason")
    #expect(await bench.premises.get("/rules?fault=reason", cookie).text.contains("role=\"alert\""))
    let begun = await bench.premises.post("/rules/reclassify", [("reason", "路灯改归另一类")], cookie)
    let id = try #require(begun.header("Location")?.split(separator: "/").last.map(String.init))
    let ended = try await RulePagesTests.errand(id, bench.premises)
    guard case .ended(let outcomes) = ended.state, case .reclassification(let judged, let changed, _)? = outcomes[.en] else {
      Issue.record("\(ended.state)")
      return
    }
    #expect(judged > 0 && changed > 0 && changed <= judged)
    #expect(try store.suggestion(id: "\(item.id)", names: bench.premises.premises.services.codeNames)?.topic == "010303")
    #expect(await bench.premises.get("/rules/errands/\(id)", cookie).text.contains("\(judged)"))
    #expect(try store.verify().faults == [])
  }

  @Test func decisionsBecomeADraft() async throws {
    let bench = try Bench()
    let admin = try bench.premises.cookie("admin", RoleScope(.administrator))
    let begun = await bench.premises.post("/rules/learn", [], admin)
    let id = try #require(begun.header("Location")?.split(separator: "/").last.map(String.init))
    let ended = try await RulePagesTests.errand(id, bench.premises)
    guard case .ended(let outcomes) = ended.state, case .learning(let learning)? = outcomes[.zh] else {
      Issue.record("\(ended.state)")
      return
    }
    #expect(learning.decided == 0 && learning.rules == 0 && learning.heldRightAfter == nil)
    let page = await bench.premises.get("/rules/errands/\(id)", admin)
    #expect(page.status == 200 && page.text.contains("class=\"empty\""))
    // The file of proposals may be made anew, by the same way as any other.
    let edit = await bench.premises.post(
      "/rules/edit/90-decisions.yaml", [("text", learning.draft.text), ("base", ""), ("step", "edit")], admin)
    #expect(edit.status == 200 && edit.text.contains("rules: []"))
    #expect(await bench.premises.get("/rules/errands/none", admin).status == 404)
    #expect(await bench.premises.post("/rules/learn", [], try bench.lead()).status == 403)
  }
}
