import Casework
import Store
import Suggestions
import Testing

/// What the rules did, counted behind a watermark.
@Suite struct RuleTallyTests {
  private func tally(_ sample: SampleStore, book: String = "book-1", page: Int = 2) throws -> RuleTally {
    var tally = RuleTally(book: book)
    while try sample.store.count(into: &tally, page: page) {}
    return tally
  }

  private func correct(_ sample: SampleStore, _ id: Int, _ topic: String) throws {
    let act = try #require(StaffAct(actor: "周敏", reason: "看了照片", at: 1_750_100_000))
    var details = CaseDetails { $0.topic = topic }
    details.reason = act.reason
    let request = CaseRequest(.correct, at: act.at, details: details)
    _ = try sample.store.act(request, on: id, by: act.moderator, under: CaseworkRules()).get()
  }

  private func filled() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take((1...5).map { SampleRecord("A-\($0)") })
    try sample.take([
      SampleRecord("B-1").with { $0.track = .sensitive }, SampleRecord("B-2").with { $0.evidence = nil },
    ])
    return sample
  }

  @Test func hitsAreCountedByTrackAndBook() throws {
    let sample = try filled()
    let found = try tally(sample)
    let hits = try #require(found.hits["cover"])
    #expect(hits.all.ordinary == 5 && hits.all.sensitive == 1)
    #expect(hits.all.on([.ordinary]) == 5 && hits.all.on([.ordinary, .sensitive]) == 6 && hits.all.on([]) == 0)
    #expect(hits.present == hits.all)
    #expect(hits.recent == [1, 2, 3, 4, 5, 6])
    #expect(found.countedTo == 7 && found.isComplete)
    let other = try tally(sample, book: "book-2")
    #expect(other.hits["cover"]?.all == hits.all)
    #expect(other.hits["cover"]?.present == RuleTally.Count())
  }

  /// Whatever the pages are, the sum is the same, and what came since is counted once.
  @Test func goesOnFromWhereItWas() throws {
    let sample = try filled()
    var going = try tally(sample, page: 3)
    try sample.take([SampleRecord("C-1"), SampleRecord("C-2")])
    #expect(going.countedTo == 7)
    while try sample.store.count(into: &going, page: 1) {}
    #expect(going.hits["cover"]?.all.ordinary == 7)
    let anew = try tally(sample, page: 100)
    #expect(anew.hits == going.hits)
  }

  @Test func theLatestAreKept() throws {
    let sample = try SampleStore()
    try sample.take((1...130).map { SampleRecord("A-\($0)") })
    let recent = try #require(try tally(sample, page: 50).hits["cover"]?.recent)
    #expect(recent.last == 130)
    #expect(recent.count >= 60 && recent.count <= 120)
    #expect(recent == recent.sorted())
  }

  @Test func decisionsFollowTheLastWord() throws {
    let sample = try filled()
    var going = try tally(sample)
    #expect(going.decisions.isEmpty)
    try correct(sample, 2, "0203")
    try correct(sample, 3, "010301")
    _ = try sample.store.count(into: &going)
    let decision = try #require(going.decisions[2])
    #expect(decision.from == "010301" && decision.to == "0203" && decision.rules == ["cover"])
    #expect(decision.track == .ordinary)
    #expect(going.decisions[3]?.from == going.decisions[3]?.to)
    try correct(sample, 2, "0101")
    _ = try sample.store.count(into: &going)
    #expect(going.decisions.count == 2 && going.decisions[2]?.to == "0101")
    // An erased text is nobody's example any more.
    try sample.erase([3])
    _ = try sample.store.count(into: &going)
    #expect(going.decisions.keys.sorted() == [2])
  }

  @Test func theNewestAreALimitedRange() throws {
    let sample = try filled()
    #expect(try sample.store.lastSuggestions(3) == (4, 3))
    #expect(try sample.store.lastSuggestions(7) == (0, 7))
    #expect(try sample.store.lastSuggestions(100) == (0, 7))
    #expect(try sample.store.openingTexts(after: 0, limit: 9, tracks: [.sensitive]).map(\.number) == [6])
    #expect(try sample.store.openingTexts(after: 0, limit: 9).count == 7)
  }
}
