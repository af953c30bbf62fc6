import Store
import Suggestions
import Testing

/// What a station's keeper gets to see, and what not.
struct StationSubmissionsTests {
  static func filled() throws -> SampleStore {
    let sample = try SampleStore()
    let entry = SampleRecord("AF-02/1/3").with {
      $0.source = "book:安福驿站"
      $0.channel = .opinionBook
      $0.station = "anfu"
      $0.title = ""
      $0.attributes = [(.station, "安福驿站"), (.book, "AF-02"), (.page, "1"), (.line, "3")]
    }
    try sample.take([
      entry,
      // Speaks of the station and came from somewhere else: its receipt is where its writer is.
      SampleRecord("W-1").with { $0.station = "anfu" },
      SampleRecord("W-2").with {
        $0.station = "anfu"
        $0.channel = .visit
      },
      SampleRecord("W-3").with {
        $0.station = "hejie"
        $0.channel = .visit
      },
      entry.with {
        $0.externalID = "AF-02/1/9"
        $0.track = .sensitive
        $0.body = "有人打人"
      },
      // The page says nothing of a place that the rules know.
      entry.with {
        $0.externalID = "AF-02/1/12"
        $0.station = nil
      },
    ])
    return sample
  }

  @Test func whatCameOverItsCounterNewestFirst() throws {
    let sample = try Self.filled()
    let found = try sample.store.submissions(ofStation: "anfu", names: ["anfu", "安福驿站"])
    #expect(found.map(\.holding.number) == [6, 5, 3, 1])
    #expect(found.map(\.channel) == ["opinion-book", "opinion-book", "visit", "opinion-book"])
    let first = try #require(found.last)
    #expect([first.book, first.page, first.line] == ["AF-02", "1", "3"])
    #expect(first.excerpt == "人民路井盖破损，夜里看不见" && first.holding.receivedAt == 1_750_000_000)
    #expect(first.holding.submittedAt == 1_748_736_000 && first.holding.root == 1)
    let sensitive = found[1]
    #expect(sensitive.isSensitive && sensitive.excerpt.isEmpty && sensitive.line == "3")
    #expect(try sample.store.submissions(ofStation: "anfu", names: ["安福驿站"], limit: 2).map(\.holding.number) == [6, 5])
    #expect(try sample.store.submissions(ofStation: "nowhere", names: ["无"]).isEmpty)
  }

  @Test func sinceAMomentMeansTakenInFromThen() throws {
    let sample = try Self.filled()
    let names = ["安福驿站"]
    #expect(try sample.store.submissions(ofStation: "anfu", names: names, since: 1_750_000_000).count == 4)
    #expect(try sample.store.submissions(ofStation: "anfu", names: names, since: 1_750_000_001).isEmpty)
  }

  @Test func aRevisedEntryKeepsTheDayItCameIn() throws {
    let sample = try Self.filled()
    try sample.tamper("UPDATE event SET at = 1700000000 WHERE seq = 1")
    try sample.take([
      SampleRecord("AF-02/1/3").with {
        $0.source = "book:安福驿站"
        $0.channel = .opinionBook
        $0.station = "anfu"
        $0.revises = 1
        $0.body = "人民路井盖破损，白天也看不见"
      }
    ])
    let found = try #require(try sample.store.submissions(ofStation: "anfu", names: ["安福驿站"]).last)
    #expect(found.holding.number == 1 && found.holding.receivedAt == 1_700_000_000 && found.excerpt == "井盖")
  }

  @Test func whatIsMergedIntoASensitiveOneIsGuardedToo() throws {
    let sample = try Self.filled()
    try sample.tamper("UPDATE suggestion SET state = 2, root = 5, merged_into = 5 WHERE id = 1")
    let found = try sample.store.submissions(ofStation: "anfu", names: ["安福驿站"])
    #expect(found.last?.holding.root == 5 && found.last?.isSensitive == true && found.last?.excerpt == "")
  }

  @Test func aReceiptFindsItsSubmissionAndANumberNothing() throws {
    let sample = try Self.filled()
    let entry = try #require(try sample.store.submissions(ofStation: "anfu", names: ["安福驿站"]).last)
    let holding = try #require(try sample.store.holding(ofReceipt: entry.holding.receipt))
    #expect(holding == entry.holding && holding.number == 1 && holding.suggestion == 1 && holding.root == 1)
    #expect(holding.receivedAt == 1_750_000_000)
    #expect(try sample.store.holding(ofReceipt: "1") == nil)
    #expect(try sample.store.holding(ofReceipt: "GI-0000-0000-0") == nil)
    // A number of nobody.
    let codes = ReceiptCode(key: try sample.store.keys.derived("receipt"))
    #expect(try sample.store.holding(ofReceipt: codes.code(of: 900)) == nil)
  }

  /// A receipt of what was erased is one of nobody; those of the others go on.
  @Test func whatWasErasedHasNoReceipt() throws {
    let sample = try Self.filled()
    let codes = ReceiptCode(key: try sample.store.keys.derived("receipt"))
    #expect(try sample.store.holding(ofReceipt: codes.code(of: 1)) != nil)
    try sample.erase([1])
    #expect(try sample.store.holding(ofReceipt: codes.code(of: 1)) == nil)
    #expect(try sample.store.holding(ofReceipt: codes.code(of: 2))?.number == 2)
  }
}
