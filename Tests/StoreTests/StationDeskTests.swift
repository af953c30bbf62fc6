import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// What a station's keeper has to carry, and whom keepers have to ask.
@Suite struct StationDeskTests {
  static let anfu = StationNames(code: "anfu", names: ["安福驿站"])
  static let hejie = StationNames(code: "hejie", names: ["河街驿站"])
  static let housing = CaseHandler(unit: "housing")
  static let start: Int64 = 1_750_100_000
  private let rules = CaseworkRules()

  static func entry(_ line: Int, _ station: String? = "anfu") -> SampleRecord {
    SampleRecord("AF-02/1/\(line)").with {
      $0.source = "book:安福驿站"
      $0.channel = .opinionBook
      $0.station = station
      $0.title = ""
      $0.body = "安福路第 \(line) 盏灯不亮"
      $0.attributes = [(.station, "安福驿站"), (.book, "AF-02"), (.page, "1"), (.line, "\(line)")]
      $0.contacts = [(.writer, "老邓")]
      $0.evidence = nil
    }
  }

  /// 1 and 2 of the book; 3 over the counter with a telephone number; 4 the same without; 5 sensitive; 6 of the web.
  static func filled() throws -> SampleStore {
    let sample = try SampleStore()
    let visit = SampleRecord("V-1").with {
      $0.channel = .visit
      $0.station = "anfu"
    }
    try sample.take([
      entry(1), entry(2), visit,
      visit.with {
        $0.externalID = "V-2"
        $0.contacts = []
      },
      entry(5).with { $0.track = .sensitive }, SampleRecord("W-1").with { $0.contacts = [] },
    ])
    return sample
  }

  @discardableResult
  private func act(
    _ sample: SampleStore, _ id: Int, _ action: CaseAction, _ role: CaseRole = .lead, at moment: Int64,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> CaseDone {
    let handler = role == .department ? Self.housing : CaseHandler(unit: "anfu", isStation: true)
    let actor = CaseActor(
      name: "周敏", role: role, tracks: Set(Track.allCases),
      handler: role == .department || role == .stationKeeper ? handler : nil)
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    return try sample.store.act(request, on: id, by: actor, under: rules).get()
  }

  private func answer(_ sample: SampleStore, _ id: Int, at moment: Int64 = start) throws {
    try act(sample, id, .dispatch, at: moment) { $0.handler = Self.housing }
    try act(sample, id, .sign, .department, at: moment + 60)
    try act(sample, id, .resolve, .department, at: moment + 120) { $0.proofs = ["p"] }
    try act(sample, id, .answer, .department, at: moment + 180) { $0.text = "灯修好了 \(id)" }
  }

  private func close(_ sample: SampleStore, _ id: Int, at moment: Int64) throws {
    try act(sample, id, .tell, at: moment - 10) { $0.text = "告知" }
    try act(sample, id, .close, at: moment)
  }

  private func desk(_ sample: SampleStore, at moment: Int64 = start + 86_400) throws -> [StationEntry] {
    try sample.store.stationDesk(Self.anfu, under: rules, asOf: moment)
  }

  private func asked(_ sample: SampleStore, of station: String? = nil) throws -> [CallBack] {
    try sample.store.callBacks(among: [Self.anfu, Self.hejie], of: station, under: rules)
  }

  @Test func answersGoBackToWhoIsReachedNowhereElse() throws {
    let sample = try Self.filled()
    for id in [1, 3, 4, 5, 6] { try answer(sample, id) }
    #expect(try desk(sample, at: Self.start + 180).allSatisfy { $0.errand == nil }, "it can still be taken back")
    let desk = try desk(sample)
    #expect(desk.map(\.submission.holding.number) == [5, 4, 3, 2, 1])
    // 3 left a number; 5 is nobody's at a counter.
    #expect(desk.filter { $0.errand != nil }.map(\.submission.holding.number) == [4, 1])
    #expect(desk.last?.errand?.text == "灯修好了 1" && desk.last?.state == .answered && desk.last?.isKeepers == true)
    #expect(desk[0].state == nil && desk[0].trail.moments[.answered] == nil && desk[0].submission.excerpt.isEmpty)
    try act(sample, 1, .tell, .stationKeeper, at: Self.start + 400) { $0.text = "当面" }
    let after = try self.desk(sample)
    #expect(after.filter { $0.errand != nil }.map(\.submission.holding.number) == [4])
    #expect(after.last?.isTold == true && after.last?.trail.moments[.told] == Self.start + 400)
  }

  @Test func aMergedOneGetsTheAnswerOfTheOther() throws {
    let sample = try Self.filled()
    try act(sample, 2, .merge, at: Self.start) { ($0.target, $0.reason) = (6, "同一盏灯") }
    try answer(sample, 6, at: Self.start + 10)
    let entry = try #require(try desk(sample).first { $0.submission.holding.number == 2 })
    #expect(entry.errand?.text == "灯修好了 6" && entry.submission.holding.root == 6 && entry.state == .answered)
    // The other came from nowhere near: the platform records it.
    #expect(!entry.isKeepers)
    try close(sample, 6, at: Self.start + 5_000)
    let asked = try asked(sample)
    #expect(asked.map(\.submission.holding.number) == [2] && asked.first?.station == "anfu")
    #expect(asked.first?.isKeepers == false && asked.first?.submission.holding.root == 6)
  }

  @Test func theTrailHasTheDaysOfTheBook() throws {
    let sample = try Self.filled()
    let source = try sample.integer("SELECT source FROM submission WHERE number = 1")
    func note(_ custody: BookCustody) throws {
      try sample.store.write { session throws(StoreFault) in
        try OpinionBooks.note(custody, source: source, at: Self.start, session)
      }
    }
    try note(BookCustody(book: "AF-02", opened: 1_748_000_000))
    try note(BookCustody(book: "AF-02", closed: 1_749_900_000))
    let events = try sample.integer("SELECT count(*) FROM event WHERE action = 'book'")
    try note(BookCustody(book: "AF-02", opened: 1_748_000_000))
    #expect(events == 2)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'book'") == events, "nothing new")
    let known = BookCustody(book: "AF-02", opened: 1_748_000_000, closed: 1_749_900_000)
    #expect(try sample.store.bookCustody("AF-02", source: "book:安福驿站") == known)
    #expect(try sample.store.bookCustody("AF-02", source: "book:河街驿站") == nil)
    try answer(sample, 1)
    let trail = try #require(try desk(sample).last).trail
    #expect(
      trail.moments == [
        .written: 1_748_736_000, .collected: 1_749_900_000, .submitted: 1_750_000_000, .answered: Self.start + 180,
      ])
    #expect(trail.unknown == [.transcribed])
    #expect(try sample.store.verify(under: rules).faults == [])
    try sample.tamper("UPDATE opinion_book SET closed = 1749900001")
    #expect(try sample.store.verify(under: rules).faults.map(\.kind) == [.opinionBooks])
    try sample.tamper("DELETE FROM opinion_book")
    #expect(try sample.store.verify(under: rules).faults.map(\.kind) == [.opinionBooks])
  }

  @Test func keepersAskWhomNobodyElseReaches() throws {
    let sample = try Self.filled()
    for (offset, id) in [4, 1, 3, 5, 6].enumerated() {
      try answer(sample, id, at: Self.start + Int64(offset) * 1_000)
      try close(sample, id, at: Self.start + Int64(offset) * 1_000 + 900)
    }
    try answer(sample, 2)
    #expect(try asked(sample).map(\.submission.holding.number) == [4, 1])
    try act(sample, 2, .tell, at: Self.start + 800) { $0.text = "告知" }
    let list = try asked(sample)
    #expect(list.map(\.submission.holding.number) == [2, 4, 1], "the longest told first")
    #expect(list.map(\.isRecordable) == [false, true, true] && list.map(\.station) == ["anfu", "anfu", "anfu"])
    #expect(list[1].since == Self.start + 900 && list[1].isKeepers && list[2].submission.line == "1")
    #expect(try asked(sample, of: "hejie").isEmpty && asked(sample, of: "anfu") == list)
    try act(sample, 4, .callBack, .stationKeeper, at: Self.start + 9_000) {
      $0.callBack = CallBackResult(isSolved: .unknown, isSatisfied: .unknown)
    }
    #expect(try asked(sample).map(\.submission.holding.number) == [2, 1])
    // Opened and closed again, it is asked again.
    try act(sample, 4, .reopen, at: Self.start + 10_000) { $0.reason = "又坏了" }
    #expect(try asked(sample).map(\.submission.holding.number) == [2, 1])
    try act(sample, 4, .undo, at: Self.start + 10_100) { ($0.undoes, $0.reason) = (8, "看错") }
    #expect(try asked(sample).map(\.submission.holding.number) == [2, 1], "the rating holds again")
    try act(sample, 4, .reopen, at: Self.start + 10_200) { $0.reason = "又坏了" }
    try act(sample, 4, .sign, .department, at: Self.start + 10_300)
    try act(sample, 4, .resolve, .department, at: Self.start + 10_400) { $0.proofs = ["p"] }
    try act(sample, 4, .answer, .department, at: Self.start + 10_500) { $0.text = "再修" }
    try close(sample, 4, at: Self.start + 11_000)
    #expect(try asked(sample).map(\.submission.holding.number) == [2, 1, 4])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func contributionsAndPraiseAreNotRated() throws {
    let sample = try SampleStore()
    try sample.take([Self.entry(1).with { $0.kind = .praise }, Self.entry(2).with { $0.kind = .contribution }])
    for id in [1, 2] { try act(sample, id, .thank, at: Self.start) { $0.text = "谢谢" } }
    #expect(try asked(sample).isEmpty)
    #expect(try desk(sample).allSatisfy { $0.errand == nil && $0.trail.moments[.answered] == Self.start })
  }

  @Test func aBookOfNoKnownStationIsAskedToo() throws {
    let sample = try SampleStore()
    try sample.take([Self.entry(1, nil).with { $0.source = "book:无名亭" }])
    try answer(sample, 1)
    try close(sample, 1, at: Self.start + 900)
    let list = try asked(sample)
    #expect(list.count == 1 && list.first?.station == nil && list.first?.isKeepers == false)
    #expect(try asked(sample, of: "anfu").isEmpty)
  }

  @Test func whoWasErasedIsNotAsked() throws {
    let sample = try Self.filled()
    for id in [1, 2] {
      try answer(sample, id)
      if id == 1 { try close(sample, id, at: Self.start + 900) }
    }
    _ = try sample.erase([1])
    _ = try sample.erase([2])
    #expect(try asked(sample).isEmpty)
    #expect(try desk(sample).map(\.submission.holding.number) == [5, 4, 3])
  }

  /// Whether there is a contact is asked of the sealed bytes; that is no look at them.
  @Test func nothingIsOpenedToAnybody() throws {
    let sample = try Self.filled()
    try answer(sample, 1)
    _ = try desk(sample)
    _ = try asked(sample)
    #expect(try sample.integer("SELECT count(*) FROM event WHERE action = 'unseal'") == 0)
  }

  @Test func theDeskOfASupervisor() throws {
    let sample = try Self.filled()
    for id in [1, 2] { try act(sample, id, .dispatch, at: Self.start) { $0.handler = Self.housing } }
    try act(sample, 2, .supervise, at: Self.start + 1) { $0.reason = "久拖" }
    #expect(try sample.store.desk(DeskFilter(isSupervised: true), limit: 9).map(\.id) == [2])
    #expect(try sample.store.desk(DeskFilter(), limit: 9).map(\.id) == [1, 2])
    let other = DeskFilter(handler: CaseHandler(unit: "power-supply"), isSupervised: true)
    #expect(try sample.store.desk(other, limit: 9).isEmpty)
  }
}
