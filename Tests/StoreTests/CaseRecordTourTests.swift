import Casework
import Store
import Suggestions
import Testing

/// Reading all cases piece by piece, and cases as lines of a list.
@Suite struct CaseRecordTourTests {
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1"), SampleRecord("A-2").with { $0.body = "桥南的井盖松了" },
      SampleRecord("A-3").with { ($0.track, $0.body) = (.sensitive, "有人在桥南打人") },
    ])
    let request = CaseRequest(
      .dispatch, at: 1_750_100_000, details: CaseDetails { $0.handler = CaseHandler(unit: "housing") })
    let lead = CaseActor(name: "周敏", role: .lead, tracks: Set(Track.allCases))
    // What lies in what is written down with the order: a later map does not move a case that somebody works on.
    let rules = CaseworkRules(regionPath: { [$0, "4307"] })
    _ = try sample.store.act(request, on: 2, by: lead, under: rules).get()
    return sample
  }

  @Test func aTourMeetsEveryCaseOnce() throws {
    let sample = try sample()
    var wanted: [CaseRecord] = []
    try sample.store.caseRecords { wanted.append($0) }
    var tour = try sample.store.beginTour()
    #expect(tour.event == (try sample.store.lastEvent()) && !tour.isAtEnd)
    try sample.take([SampleRecord("A-4").with { $0.body = "后来的一条" }])
    #expect(try sample.store.lastEvent() > tour.event)
    var found: [CaseRecord] = []
    while !tour.isAtEnd { try sample.store.read(&tour, regionPath: { [$0] }) { found.append($0) } }
    #expect(found == wanted && found.map(\.id) == [1, 2, 3])
    #expect(found[1].history.events.count == 1)
  }

  @Test func aTourOfNothingIsAtItsEnd() throws {
    #expect(try SampleStore().store.beginTour().isAtEnd)
  }

  @Test func linesSayWhoMaySeeThem() throws {
    let sample = try sample()
    let lines = try sample.store.caseLines(of: [3, 2, 99], regionPath: { [$0, "4307"] })
    #expect(lines.map(\.id) == [3, 2])
    #expect(lines[0].outline.track == .sensitive && lines[0].excerpt == "有人在桥南打人")
    #expect(lines[1].outline.handlers == [CaseHandler(unit: "housing")] && lines[1].outline.state == .dispatched)
    #expect(lines[1].outline.regions == ["430702", "4307"] && !lines[1].receipt.isEmpty)
  }

  /// Of an erased one that nobody stands for there is nothing to show but that it was, and no failure.
  @Test func anErasedCaseHasNoWords() throws {
    let sample = try sample()
    let before = try #require(try sample.store.caseLines(of: [1], regionPath: { [$0] }).first)
    #expect(!before.excerpt.isEmpty)
    try sample.erase([1])
    let lines = try sample.store.caseLines(of: [1], regionPath: { [$0] })
    #expect(lines.map(\.title) == ["〔已删除〕"] && lines.map(\.excerpt) == [""])
  }
}
