import Casework
import Store
import Suggestions
import Testing

/// What an issue is read from: the cases of some months, submissions counted, texts of the ordinary track alone.
@Suite struct DigestReadingTests {
  /// July 2025 in China.
  private static let july: Range<Int64> = 1_751_299_200..<1_753_977_600

  private func record(_ id: String, _ day: Int64, _ body: String, _ change: (inout SampleRecord) -> Void = { _ in }) -> SampleRecord {
    SampleRecord(id).with {
      $0.submittedAt = Self.july.lowerBound + day * 86_400
      $0.body = body
      $0.evidence = nil
      change(&$0)
    }
  }

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      record("A-1", 0, "桥南路口井盖松动"), record("A-2", 3, "路灯坏了一个月") { $0.channel = .chat },
      record("A-3", -1, "六月说的事情"), record("A-4", -400, "早先说的事情"),
      record("A-5", 4, "有人打骑手") { $0.track = .sensitive },
      record("A-6", 30, "驿站里写的话") {
        $0.channel = .opinionBook
        $0.station = "anfu"
        $0.act = .help
        $0.attributes = [(.book, "AF-02"), (.page, "1")]
      },
      record("A-7", 31, "八月说的事情"),
    ])
    return sample
  }

  private func periods(_ others: [Range<Int64>] = [], _ moment: CaseMoment = .submitted) -> DigestPeriods {
    DigestPeriods(month: Self.july, others: others, moment: moment)
  }

  private func ids(
    _ sample: SampleStore, _ periods: DigestPeriods, numbers: ClosedRange<Int> = 1...100, named: Set<Int> = []
  ) throws -> [Int]? {
    var ids: [Int] = []
    let state = try sample.store.digestState()
    let isDone = try sample.store.digestRecords(
      of: state, periods, numbers: numbers, named: named, regionPath: { [$0] }) { ids.append($0.id) }
    return isDone ? ids : nil
  }

  @Test func casesOfTheMonthsAreRead() throws {
    let sample = try sample()
    #expect(try ids(sample, periods()) == [1, 2, 5, 6])
    let june = Self.july.lowerBound - 30 * 86_400..<Self.july.lowerBound
    #expect(try ids(sample, periods([june])) == [1, 2, 3, 5, 6])
    #expect(try ids(sample, periods(), numbers: 2...5) == [2, 5])
    #expect(try ids(sample, periods(), named: [4]) == [1, 2, 4, 5, 6])
    #expect(try ids(sample, periods([], .received)) == [], "all of them were taken in in June")
  }

  @Test func whatWasActedOnInTheMonthIsReadToo() throws {
    let sample = try sample()
    let lead = CaseActor(name: "周敏", role: .lead, tracks: Set(Track.allCases))
    let request = CaseRequest(
      .dispatch, at: Self.july.upperBound - 1, details: CaseDetails { $0.handler = CaseHandler(unit: "housing") })
    _ = try sample.store.act(request, on: 4, by: lead, under: CaseworkRules()).get()
    #expect(try ids(sample, periods()) == [1, 2, 4, 5, 6])
  }

  @Test func aStoreThatMovedOnSaysSo() throws {
    let sample = try sample()
    let state = try sample.store.digestState()
    #expect(state.submissions == 7 && state.last == 7 && state.at == 1_750_000_000)
    #expect(try sample.store.eventHash(state.head.event) == state.head.hash)
    #expect(try sample.store.eventHash(state.head.event + 1) == nil)
    try sample.take([record("A-9", 1, "后来的一条")])
    #expect(try sample.store.digestTallies(of: state, periods()) == nil)
    #expect(try sample.store.digestTexts(of: state, [1]) == nil)
    #expect(try sample.store.digestHotMatters(of: state, periods(), limit: 5) == nil)
    #expect(try sample.store.digestState().head.event > state.head.event)
  }

  @Test func submissionsAreCounted() throws {
    let sample = try sample()
    try sample.take([
      record("B-1", 3, "路灯坏了一个月") {
        $0.duplicate = .exact
        ($0.leader, $0.suggestion, $0.score) = (2, 2, 1_000)
      },
      record("B-2", 0, "没有日期") { $0.submittedAt = nil },
    ])
    let tallies = try #require(try sample.store.digestTallies(of: try sample.store.digestState(), periods()))
    let days = tallies.counts.reduce(into: [Int: Int]()) { $0[$1.key.day, default: 0] += $1.value }
    #expect(days == [20_270: 1, 20_273: 2, 20_300: 1])
    #expect(tallies.counts.filter { $0.key.act == "help" }.map(\.key.channel) == ["opinion-book"])
    #expect(tallies.books == [DigestTallies.Books(station: "anfu", source: "forms", books: ["AF-02"], entries: 1)])
    let received = DigestPeriods(month: 1_749_900_000..<1_750_100_000, others: [], moment: .received)
    let all = try #require(try sample.store.digestTallies(of: try sample.store.digestState(), received))
    #expect(all.counts.values.reduce(0, +) == 8, "all but the sensitive one, by the day they were taken in")
  }

  @Test func textsOfTheSensitiveTrackAreNotThere() throws {
    let sample = try sample()
    try sample.erase([2])
    let state = try sample.store.digestState()
    let texts = try #require(try sample.store.digestTexts(of: state, [1, 2, 5, 99]))
    #expect(texts.keys.sorted() == [1] && texts[1]?.body == "桥南路口井盖松动")
  }

  @Test func whatOnePersonSaidOnceIsNotHot() throws {
    let sample = try sample()
    let found = try #require(
      try sample.store.digestHotMatters(of: try sample.store.digestState(), periods(), limit: 5))
    #expect(found.isEmpty)
  }
}
