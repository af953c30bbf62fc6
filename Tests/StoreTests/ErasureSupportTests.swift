import Casework
import Store
import Suggestions
import Testing

/// An erased voice is withdrawn; the others go on speaking for the matter.
@Suite struct ErasureSupportTests {
  private let rules = CaseworkRules()

  /// One matter of four voices of three people, and one of its own.
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    let writers: [Int64] = [1, 2, 2, 3]
    try sample.take(
      writers.enumerated().map { index, writer in
        SampleRecord("A-\(index + 1)").with {
          $0.writer = writer
          $0.title = "第\(index + 1)位"
          if index > 0 { ($0.duplicate, $0.leader, $0.suggestion, $0.score) = (.exact, 1, 1, 1000) }
        }
      } + [SampleRecord("A-5").with { ($0.writer, $0.body) = (9, "桥南的路灯不亮") }])
    return sample
  }

  private func counts(_ sample: SampleStore, _ id: Int) throws -> [Int] {
    try sample.store.read { session throws(StoreFault) in
      try session.first("SELECT support, submissions, priority FROM suggestion WHERE id = $1", [.integer(id)]) { row in
        (0..<3).map { Int(row.integer($0)) }
      } ?? []
    }
  }

  @Test func aVoiceIsWithdrawn() throws {
    let sample = try sample()
    #expect(try counts(sample, 1) == [3, 4, 44])
    // One of two voices of one person: the person still speaks.
    try sample.erase([2])
    #expect(try counts(sample, 1) == [3, 3, 44])
    try sample.erase([4])
    #expect(try counts(sample, 1) == [2, 2, 42])
    #expect(try sample.store.verify(under: rules).faults == [])
    try sample.erase([3, 1])
    #expect(try counts(sample, 1) == [0, 0, 40])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func theNextOnesWordsStandForTheMatter() throws {
    let sample = try sample()
    try sample.erase([1])
    func shown() throws -> [String] {
      try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map { "\($0.id) \($0.title)" }
    }
    #expect(try shown() == ["1 第2位", "5 井盖"])
    try sample.erase([3])
    #expect(try shown() == ["1 第2位", "5 井盖"])
    try sample.erase([2])
    #expect(try shown() == ["1 第4位", "5 井盖"])
    #expect(try sample.store.verify(under: rules).faults == [])
    try sample.erase([4])
    #expect(try shown() == ["5 井盖"])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  /// What was answered to several is erased with the last of them.
  @Test func wordsToSeveralStayUntilTheLast() throws {
    let sample = try sample()
    let housing = CaseHandler(unit: "housing")
    _ = try sample.store.act(
      CaseRequest(.dispatch, at: 1_750_200_000, details: CaseDetails { ($0.handler, $0.text) = (housing, "请从速") }),
      on: 1, by: CaseActor(name: "周敏", role: .lead, tracks: [.ordinary]), under: rules
    ).get()
    func words() throws -> String? {
      try sample.store.caseHistory(of: 1, regionPath: { [$0] })?.events.first?.details.text
    }
    for number in [1, 3, 2] {
      #expect(try sample.erase([number]).erased.map(\.events) == [0])
      #expect(try words() == "请从速")
    }
    #expect(try sample.erase([4]).erased.map(\.events) == [1])
    #expect(try words() == nil)
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func mergedMattersCountWhoIsLeft() throws {
    let sample = try sample()
    let act = try #require(StaffAct(actor: "周敏", reason: "同一件事", at: 1_750_200_000))
    _ = try sample.store.merge(5, into: 1, act: act, under: rules).get()
    #expect(try counts(sample, 1) == [4, 5, 46])
    // The merge's reason stands in the history of the merged one, which nobody stands for any more.
    #expect(try sample.erase([5]).erased.map(\.events) == [1])
    #expect(try counts(sample, 1) == [3, 4, 44])
    #expect(try sample.store.verify(under: rules).faults == [])
    #expect(try sample.store.unmerge(5, act: act, under: rules).get().root == 1)
    #expect(try sample.store.verify(under: rules).faults == [])
    // And what was asked for of the others does not depend on it.
    try sample.erase([1, 2, 3, 4])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func writersWhoRepeatAnErasedTextJoinTheOthers() throws {
    let sample = try sample()
    try sample.erase([1])
    var exact: [UInt32: Bool] = [:]
    try sample.store.eachIndexRow { exact[$0.number] = $0.isExact }
    // Found by hash through their leader before; now each by itself.
    #expect(exact == [1: false, 2: false, 3: false, 4: false, 5: false])
  }
}
