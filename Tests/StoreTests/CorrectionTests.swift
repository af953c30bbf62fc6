import Casework
import Store
import Suggestions
import Testing

/// A person's decision stands against the machine's, is told by the history, and is what rules learn from.
@Suite struct CorrectionTests {
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([SampleRecord("A-1"), SampleRecord("A-2").with { $0.body = "桥南路口的充电棚漏雨" }])
    return sample
  }

  private let act = StaffAct(actor: "周敏", reason: "看了照片", at: 1_750_100_000)!

  /// Nil when it is done.
  private func correct(
    _ sample: SampleStore, _ id: Int = 1, seen: Int? = nil, _ fill: (inout CaseDetails) -> Void
  ) throws -> CaseActRefusal? {
    var details = CaseDetails(fill)
    details.reason = act.reason
    let request = CaseRequest(.correct, at: act.at, details: details)
    switch try sample.store.act(request, on: id, seen: seen, by: act.moderator, under: CaseworkRules()) {
    case .success: return nil
    case .failure(let refusal): return refusal
    }
  }

  private func detail(_ sample: SampleStore, _ id: Int) throws -> SuggestionDetail {
    try #require(try sample.store.suggestion(id: "\(id)", names: SampleStore.names))
  }

  @Test func takesAPersonsWord() throws {
    let sample = try sample()
    let lead = CaseLead(unit: "police", tier: 1, isChosen: false)
    let refusal = try correct(sample, seen: 0) { ($0.topic, $0.kind, $0.lead) = ("0203", .idea, lead) }
    #expect(refusal == nil)
    let shown = try detail(sample, 1)
    #expect(shown.topic == "0203")
    #expect(shown.kind == "idea")
    #expect(shown.lead == "police")
    #expect(shown.decided == ["topic", "kind"])
    #expect(shown.version == 2)
    #expect(shown.events.map(\.action) == ["intake", "correct"])
    #expect(try sample.store.verify().faults == [])
    #expect(try sample.store.decidedTopics().map(\.topic) == ["0203"])
    let queued = try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names)
    #expect(queued.first { $0.id == 1 }?.decided == ["topic", "kind"])
  }

  @Test func whoComesLateIsTold() throws {
    let sample = try sample()
    #expect(try correct(sample, seen: 0) { $0.topic = "0203" } == nil)
    guard case .changed(let events) = try correct(sample, seen: 0, { $0.topic = "0101" }) else {
      Issue.record("overwritten")
      return
    }
    #expect(events.map(\.details.topic) == ["0203"])
    #expect(try detail(sample, 1).topic == "0203")
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'case.correct'") == 1)
  }

  @Test func theLastWordCounts() throws {
    let sample = try sample()
    #expect(try correct(sample, seen: 0) { $0.topic = "0203" } == nil)
    #expect(try correct(sample, seen: 1) { ($0.topic, $0.kind) = ("0101", .praise) } == nil)
    #expect(try detail(sample, 1).topic == "0101")
    #expect(try sample.store.verify().faults == [])
  }

  /// The writer corrects the text afterwards: what the machine makes of it now does not undo the person's word.
  @Test func aCorrectedTextLeavesTheDecisionAlone() throws {
    let sample = try sample()
    let lead = CaseLead(unit: "police", tier: 1, isChosen: false)
    #expect(try correct(sample, seen: 0) { ($0.topic, $0.lead) = ("0203", lead) } == nil)
    try sample.take([
      SampleRecord("A-1").with {
        $0.revises = 1
        $0.body = "改成另一句话了"
      }
    ])
    let shown = try detail(sample, 1)
    #expect(shown.topic == "0203")
    #expect(shown.lead == "police")
    #expect(try sample.store.verify().faults == [])
  }

  @Test(arguments: [
    "UPDATE suggestion SET topic = 0 WHERE id = 1", "UPDATE suggestion SET decided = 0 WHERE id = 1",
    "UPDATE suggestion SET decided = 3 WHERE id = 1",
  ])
  func aDecisionChangedBehindTheProgramsBackIsFound(_ sql: String) throws {
    let sample = try sample()
    #expect(try correct(sample, seen: 0) { $0.topic = "0203" } == nil)
    try sample.tamper(sql)
    #expect(try sample.store.verify().faults.contains { $0.kind == .decisions && $0.number == 1 })
  }

  @Test func rulesAreKeptAsTheyWere() throws {
    let sample = try sample()
    let files: [RuleBookArchive.File] = [("book.yaml", Array("book: 甲\n".utf8)), ("topics.yaml", [])]
    try sample.store.write { session throws(StoreFault) in
      try RuleBookArchive.keep("1+ab", files, session)
      try RuleBookArchive.keep("1+ab", [("other.yaml", [1])], session)
    }
    let kept = try #require(try sample.store.ruleBook(version: "1+ab"))
    #expect(kept.map(\.path) == files.map(\.path))
    #expect(kept.map(\.bytes) == files.map(\.bytes))
    #expect(try sample.store.ruleBook(version: "2+cd") == nil)
  }
}
