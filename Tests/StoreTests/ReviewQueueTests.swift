import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// The queue by filter, order and place.
@Suite struct ReviewQueueTests {
  static let start: Int64 = 1_750_100_000

  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, by name: String = "周敏", at moment: Int64 = start,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws {
    let actor = CaseActor(name: name, role: .lead, tracks: Set(Track.allCases), handler: nil)
    _ = try sample.store.act(
      CaseRequest(action, at: moment, details: CaseDetails(fill)), on: id, by: actor, under: CaseworkRules()).get()
  }

  private func ids(
    _ sample: SampleStore, _ change: (inout ReviewFilter) -> Void = { _ in }
  ) throws -> [Int] {
    var filter = ReviewFilter(tracks: [.ordinary])
    change(&filter)
    return try sample.store.reviewQueue(filter, limit: 100, names: SampleStore.names).items.map(\.id)
  }

  /// Five that differ in everything a filter asks for.
  private func varied() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1"),
      SampleRecord("A-2").with {
        ($0.topic, $0.region, $0.lead, $0.kind, $0.channel) = ("0203", "430703", "water", .idea, .hotline)
        ($0.station, $0.submittedAt, $0.flags, $0.priority) = ("anfu", 1_749_000_000, 0b101, 60)
      },
      SampleRecord("A-3").with { ($0.topic, $0.submittedAt, $0.flags) = ("0203", nil, 0b10) },
      SampleRecord("A-4").with { ($0.duplicate, $0.leader, $0.score, $0.priority) = (.near, 1, 700, 30) },
      SampleRecord("A-5").with { $0.track = .sensitive },
    ])
    return sample
  }

  @Test func filtersNarrow() throws {
    let sample = try varied()
    #expect(try ids(sample) == [2, 1, 3, 4])
    #expect(try ids(sample) { $0.tracks = [.sensitive] } == [5])
    #expect(try ids(sample) { $0.tracks = [.ordinary, .sensitive] } == [2, 1, 3, 5, 4])
    #expect(try ids(sample) { $0.topics = ["0203"] } == [2, 3])
    #expect(try ids(sample) { $0.topics = ["0203", "010301"] } == [2, 1, 3, 4])
    #expect(try ids(sample) { $0.topics = ["9999"] } == [])
    #expect(try ids(sample) { $0.topics = [] } == [])
    #expect(try ids(sample) { $0.regions = ["430703", "430704"] } == [2])
    #expect(try ids(sample) { $0.leads = ["water"] } == [2])
    // A department's code is no topic's.
    #expect(try ids(sample) { $0.topics = ["water"] } == [])
    #expect(try ids(sample) { $0.kinds = [.idea, .praise] } == [2])
    #expect(try ids(sample) { $0.urgencies = [.danger] } == [])
    #expect(try ids(sample) { $0.urgencies = [.ordinary] }.count == 4)
    #expect(try ids(sample) { $0.channels = [.hotline] } == [2])
    #expect(try ids(sample) { $0.stations = ["anfu"] } == [2])
    #expect(try ids(sample) { $0.stations = [""] } == [1, 3, 4])
    #expect(try ids(sample) { $0.since = 1_749_000_000 } == [2])
    #expect(try ids(sample) { $0.until = 1_749_000_000 } == [1, 4])
    #expect(try ids(sample) { $0.flags = [.insult] } == [2])
    #expect(try ids(sample) { $0.flags = [.advertisement, .emergency] } == [2, 3])
    #expect(try ids(sample) { $0.flags = [] } == [])
    #expect(try ids(sample) { $0.hasNear = true } == [4])
    #expect(try ids(sample) { $0.hasNear = false } == [2, 1, 3])
    #expect(try ids(sample) { $0.isAsked = true } == [])
    #expect(try ids(sample) { $0.isAsked = false }.count == 4)
    #expect(try ids(sample) { $0.ids = [3, 4, 5, 77] } == [3, 4])
    #expect(try ids(sample) { ($0.topics, $0.kinds) = (["0203"], [.fault]) } == [3])
  }

  @Test func statesAreOnesOwnChoice() throws {
    let sample = try varied()
    try act(sample, 1, .dispatch) { $0.handler = CaseHandler(unit: "housing") }
    try act(sample, 3, .reject) { ($0.rejection, $0.reason) = (.inCourt, "已起诉") }
    #expect(try ids(sample) == [2, 4])
    #expect(try ids(sample) { $0.states = [.dispatched, .rejected] } == [1, 3])
    let all = try sample.store.reviewQueue(.everything([.ordinary]), limit: 9, names: SampleStore.names)
    #expect(all.items.map(\.id) == [2, 1, 3, 4])
    #expect(all.items.map(\.state) == [.pending, .dispatched, .rejected, .pending])
    #expect(all.items.map(\.version) == [0, 1, 1, 0])
    #expect(all.next == nil && !all.isCut)
    #expect(try ids(sample) { $0.states = [] } == [])
  }

  /// A snoozed case comes back at its moment, whether or not the program was there to wake it.
  @Test func whatWasPutAsideIsOutUntilItsMoment() throws {
    let sample = try varied()
    try act(sample, 1, .snooze) { ($0.until, $0.reason) = (Self.start + 600, "等照片") }
    func queue(at moment: Int64?) throws -> [Int] {
      try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names, at: moment).map(\.id)
    }
    #expect(try queue(at: Self.start + 599) == [2, 3, 4])
    #expect(try queue(at: Self.start + 600) == [2, 1, 3, 4])
    #expect(try queue(at: nil) == [2, 3, 4])
    var filter = ReviewFilter(tracks: [.ordinary], at: Self.start)
    filter.snooze = .asleep
    let asleep = try sample.store.reviewQueue(filter, limit: 9, names: SampleStore.names).items
    #expect(asleep.map(\.id) == [1] && asleep.first?.snoozedUntil == Self.start + 600)
    filter.moment = Self.start + 600
    #expect(try sample.store.reviewQueue(filter, limit: 9, names: SampleStore.names).items.isEmpty)
    filter.snooze = .either
    #expect(try sample.store.reviewQueue(filter, limit: 9, names: SampleStore.names).items.count == 4)
  }

  @Test func whoHasItInHandsIsShown() throws {
    let sample = try varied()
    try act(sample, 1, .claim) { $0.until = Self.start + 600 }
    try act(sample, 2, .claim, by: "陈静") { $0.until = Self.start + 60 }
    func claimed(_ claim: ReviewFilter.Claim, at moment: Int64?) throws -> [Int] {
      try ids(sample) { ($0.claim, $0.moment) = (claim, moment) }
    }
    #expect(try claimed(.by("周敏"), at: Self.start) == [1])
    #expect(try claimed(.anybody, at: Self.start) == [2, 1])
    #expect(try claimed(.nobody, at: Self.start) == [3, 4])
    #expect(try claimed(.anybody, at: Self.start + 60) == [1])
    #expect(try claimed(.nobody, at: Self.start + 600) == [2, 1, 3, 4])
    #expect(try claimed(.by("陈静"), at: nil) == [2])
    let items = try sample.store.reviewQueue(
      ReviewFilter(tracks: [.ordinary], at: Self.start + 60), limit: 9, names: SampleStore.names
    ).items
    #expect(items.map { $0.claim?.actor } == [nil, "周敏", nil, nil])
    #expect(items[1].claim?.until == Self.start + 600 && items[1].version == 1)
  }

  // MARK: Order and places

  private static let orders = ReviewFilter.Order.allCases

  /// Two hundred with few priorities and supports, so that most are equal to others.
  private func many() throws -> SampleStore {
    let sample = try SampleStore()
    var random = SeededGenerator(7)
    try sample.take(
      (1...200).map { number in
        SampleRecord("M-\(number)").with {
          $0.priority = [10, 40, 40, 70][random.below(4)]
          $0.topic = random.below(9) == 0 ? "0203" : "010301"
          $0.track = random.below(5) == 0 ? .sensitive : .ordinary
          $0.flags = random.below(3)
        }
      })
    for number in 1...200 where random.below(3) == 0 {
      try sample.tamper("UPDATE suggestion SET support = \(random.below(4)) WHERE id = \(number)")
      try sample.tamper("INSERT INTO member (suggestion, submission) VALUES (\(number), \(1_000 + number))")
    }
    return sample
  }

  private static func isInOrder(_ one: QueueItem, _ other: QueueItem, _ order: ReviewFilter.Order) -> Bool {
    switch order {
    case .priority: (other.priority, one.id) < (one.priority, other.id)
    case .newest: one.id > other.id
    case .oldest: one.id < other.id
    case .support: (max(1, other.support), one.id) < (max(1, one.support), other.id)
    }
  }

  /// Page by page is the same as all at once, in the order that was asked for, and all of it.
  @Test(arguments: orders) func pagesGoOn(_ order: ReviewFilter.Order) throws {
    let sample = try many()
    for (topics, flags) in [(nil, nil), (["0203"], nil), (nil, [.insult])] as [(Set<String>?, Set<ModerationFlag>?)] {
      var filter = ReviewFilter(tracks: Set(Track.allCases), states: [.pending, .dispatched])
      (filter.order, filter.topics, filter.flags) = (order, topics, flags)
      let all = try sample.store.reviewQueue(filter, limit: 1_000, names: SampleStore.names)
      #expect(all.next == nil && !all.isCut)
      let expected = try sample.integer(
        topics != nil
          ? "SELECT count(*) FROM suggestion g JOIN code c ON c.id = g.topic WHERE c.text = '0203'"
          : "SELECT count(*) FROM suggestion")
      #expect(flags == nil ? all.items.count == expected : (1..<expected).contains(all.items.count))
      for (one, other) in zip(all.items, all.items.dropFirst()) {
        #expect(Self.isInOrder(one, other, order), "\(one.id) \(other.id)")
      }
      for limit in [1, 7, 64] {
        var ids: [Int] = []
        var place: QueuePlace?
        repeat {
          // As an address carries it.
          let page = try sample.store.reviewQueue(
            filter, after: place.flatMap { QueuePlace($0.text) }, limit: limit, names: SampleStore.names)
          #expect(page.items.count == limit || page.next == nil)
          ids += page.items.map(\.id)
          place = page.next
        } while place != nil && ids.count <= 1_000
        #expect(ids == all.items.map(\.id), "\(order) \(limit)")
      }
    }
  }

  /// What leaves the queue between two pages shifts nothing.
  @Test(arguments: orders) func pagesStandStillWhileOthersWork(_ order: ReviewFilter.Order) throws {
    let sample = try many()
    var filter = ReviewFilter(tracks: [.ordinary])
    filter.order = order
    let all = try sample.store.reviewQueue(filter, limit: 1_000, names: SampleStore.names).items.map(\.id)
    let first = try sample.store.reviewQueue(filter, limit: 10, names: SampleStore.names)
    #expect(first.items.map(\.id) == Array(all.prefix(10)))
    // Of the page that was shown, the one its end is remembered by, and the first of the next page.
    for place in [3, 9, 10] { try act(sample, all[place], .dispatch) { $0.handler = CaseHandler(unit: "housing") } }
    let second = try sample.store.reviewQueue(filter, after: first.next, limit: 10, names: SampleStore.names)
    #expect(second.items.map(\.id) == Array(all[11..<21]))
  }

  @Test func placesAreRead() {
    #expect(QueuePlace("40.12") == QueuePlace(key: 40, id: 12))
    #expect(QueuePlace("0.0")?.text == "0.0")
    for text in ["", "40", "40.", ".1", "a.1", "-1.2", "1.2.3", "1.-2"] { #expect(QueuePlace(text) == nil, "\(text)") }
  }

  // MARK: Work

  /// A session that has every statement explained.
  private final class PlanRecorder: SQLSession {
    let session: any SQLSession
    private(set) var steps: [String] = []

    init(_ session: any SQLSession) { self.session = session }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) { try session.execute(sql, arguments) }

    func each(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) -> Void) throws(StoreFault) {
      try session.each("EXPLAIN QUERY PLAN " + sql, arguments) { steps.append($0.text(3)) }
      try session.each(sql, arguments, body)
    }
  }

  @Test(arguments: orders) func noOrderSortsOrScans(_ order: ReviewFilter.Order) throws {
    let sample = try many()
    var filter = ReviewFilter(tracks: [.ordinary], at: Self.start)
    (filter.order, filter.topics, filter.claim) = (order, ["010301"], .nobody)
    let wanted = filter
    let steps = try sample.store.read { session throws(StoreFault) in
      let recorder = PlanRecorder(session)
      for after in [nil, QueuePlace(key: 2, id: 50)] {
        _ = try ReviewScan.of(wanted, recorder)?.places(after: after, limit: 20)
      }
      return recorder.steps
    }
    let queue = steps.filter { $0.contains(" g ") }
    #expect(!queue.isEmpty)
    for step in queue { #expect(step.hasPrefix("SEARCH g USING"), "\(step)") }
    #expect(!steps.contains { $0.contains("ORDER BY") || $0.hasPrefix("SCAN g") || $0.hasPrefix("SCAN suggestion") })
    #expect(!steps.contains { $0.hasPrefix("SCAN case_file") && !$0.contains("INDEX") }, "\(steps)")
    // What more than one speaks for has an index of its own.
    let spokenFor = queue.filter { $0.contains("INDEX suggestion_support (track=? AND state=? AND support") }
    #expect(spokenFor.isEmpty == (order != .support))
    let inLine = queue.filter { !spokenFor.contains($0) }
    #expect(!inLine.isEmpty)
    // So has a topic, in the queue's own order.
    let index = order == .priority
      ? "INDEX suggestion_topic (topic=? AND track=? AND state=? AND priority"
      : "INDEX suggestion_queue (track=? AND state=? AND priority"
    for step in inLine { #expect(step.contains(index), "\(step)") }
  }

  @Test func aTopicIsCountedAlongItsIndex() throws {
    let sample = try many()
    var filter = ReviewFilter(tracks: [.ordinary], at: Self.start)
    filter.topics = ["010301"]
    let wanted = filter
    let (steps, total) = try sample.store.read { session throws(StoreFault) in
      let recorder = PlanRecorder(session)
      let total = try ReviewScan.of(wanted, recorder)?.total(upTo: 1_000)
      return (recorder.steps, total)
    }
    #expect(steps.contains { $0.contains("SEARCH g USING COVERING INDEX suggestion_topic") }, "\(steps)")
    let counted = try sample.store.reviewCounts(filter, by: [.topic])
    #expect(total?.count == counted.total && counted.total > 0)
  }

  private func crowd(_ sample: SampleStore, _ count: Int) throws {
    try sample.tamper(
      """
      WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < \(1000 + count))
      INSERT INTO suggestion (id, state, track, kind, urgency, topic, region, station, lead, tier, priority, support,
        submissions)
      SELECT i, 0, 0, 2, 1, 0, 0, 0, 0, 0, 50, 1, 1 FROM n
      """)
  }

  /// What is rare in a long queue is not looked for without end: the page says so, and the next one goes on.
  @Test(arguments: orders) func aPageIsCutWhereLookingTakesTooLong(_ order: ReviewFilter.Order) throws {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with { ($0.channel, $0.priority) = (.hotline, 90) },
      SampleRecord("A-2").with { ($0.channel, $0.priority) = (.hotline, 10) },
    ])
    try crowd(sample, 45_000)
    var filter = ReviewFilter(tracks: [.ordinary])
    (filter.channels, filter.order) = ([.hotline], order)
    var found: [Int] = []
    var cuts = 0
    var place: QueuePlace?
    repeat {
      let page = try sample.store.reviewQueue(filter, after: place, limit: 10, names: SampleStore.names)
      found += page.items.map(\.id)
      place = page.next
      if page.isCut { cuts += 1 }
      #expect(page.isCut == (place != nil))
    } while place != nil && cuts < 100
    #expect((1..<10).contains(cuts))
    #expect(found == (order == .newest ? [2, 1] : [1, 2]))
  }

  @Test func countsAreTakenInOnePass() throws {
    let sample = try varied()
    let counts = try sample.store.reviewCounts(
      ReviewFilter(tracks: [.ordinary]), by: Set(ReviewCounts.Aspect.allCases))
    #expect(counts.total == 4 && !counts.isMore)
    #expect(counts[.topic] == [CodeCount(code: "010301", count: 2), CodeCount(code: "0203", count: 2)])
    #expect(counts[.lead] == [CodeCount(code: "housing", count: 3), CodeCount(code: "water", count: 1)])
    #expect(counts[.region].map(\.code) == ["430702", "430703"])
    #expect(counts[.kind] == [CodeCount(code: "fault", count: 3), CodeCount(code: "idea", count: 1)])
    #expect(counts[.urgency] == [CodeCount(code: "ordinary", count: 4)])
    #expect(counts[.state] == [CodeCount(code: "pending", count: 4)])
    var filter = ReviewFilter(tracks: [.ordinary])
    (filter.ids, filter.topics) = ([2, 3, 5], ["0203"])
    let few = try sample.store.reviewCounts(filter, by: [.kind])
    #expect(few.total == 2 && few[.topic].isEmpty && few[.kind].map(\.count) == [1, 1])
    filter.topics = []
    #expect(try sample.store.reviewCounts(filter, by: [.kind]) == ReviewCounts())
  }

  @Test func countingEndsAtTenThousand() throws {
    let sample = try varied()
    try crowd(sample, 9_996)
    let whole = try sample.store.reviewCounts(ReviewFilter(tracks: [.ordinary]), by: [.topic])
    #expect(whole.total == 10_000 && !whole.isMore)
    #expect(whole[.topic].first == CodeCount(code: nil, count: 9_996))
    try sample.tamper("UPDATE suggestion SET track = 0 WHERE id = 5")
    let more = try sample.store.reviewCounts(ReviewFilter(tracks: [.ordinary]), by: [.topic])
    #expect(more.total == 10_000 && more.isMore)
  }
}
