import Store
import Testing

/// A changed rule book is kept, told and written, or nothing of it is.
@Suite struct RuleBookChangingTests {
  private let act = StaffAct(actor: "周敏", reason: "新词", at: 1_750_100_000)!

  private let change = RuleBookChange(
    from: ("1+aa", [("book.yaml", Array("甲".utf8))]), to: ("1+bb", [("book.yaml", Array("乙".utf8))]),
    file: "keywords/a.yaml")

  @Test func isKeptAndTold() throws {
    let sample = try SampleStore.small()
    var isInstalled = false
    let isDone = try sample.store.enforce(change, by: act) {
      isInstalled = true
      return true
    } takeBack: { Issue.record("taken back") }
    #expect(isDone && isInstalled)
    #expect(try sample.store.ruleBook(version: "1+aa")?.first?.bytes == Array("甲".utf8))
    #expect(try sample.store.ruleBook(version: "1+bb")?.first?.bytes == Array("乙".utf8))
    let told = try sample.store.read { session throws(StoreFault) in
      try session.all("SELECT actor, payload FROM event WHERE action = 'rules.change'") { ($0.text(0), $0.text(1)) }
    }
    #expect(told.count == 1 && told[0].0 == "周敏")
    #expect(told[0].1.contains("1+aa") && told[0].1.contains("1+bb") && told[0].1.contains("新词"))
    #expect(try sample.store.verify().faults == [])
  }

  @Test func nothingIsToldOfWhatWasNotWritten() throws {
    let sample = try SampleStore.small()
    #expect(try !sample.store.enforce(change, by: act, install: { false }, takeBack: { Issue.record("taken back") }))
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'rules.change'") == 0)
    #expect(try sample.store.ruleBook(version: "1+bb") == nil)
  }

  /// A store that cannot keep the change gives the file back.
  @Test func isTakenBackWhereTheStoreFails() throws {
    let sample = try SampleStore.small()
    try sample.tamper("CREATE TRIGGER no_event BEFORE INSERT ON event BEGIN SELECT raise(ABORT, 'full'); END")
    var isBack = false
    #expect(throws: StoreFault.self) {
      try sample.store.enforce(change, by: act, install: { true }, takeBack: { isBack = true })
    }
    #expect(isBack)
    #expect(try sample.store.ruleBook(version: "1+bb") == nil)
  }
}
