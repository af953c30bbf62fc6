import Casework
import Store
import Suggestions
import TestSupport
import Testing

/// Merging keeps everything and can be taken back; support counts people.
@Suite struct MergingTests {
  private let act = StaffAct(actor: "周敏", reason: "同一个坑", at: 1_750_100_000)!

  /// Four suggestions: 1 with a joined text, 2, 3, and 4 on the sensitive track.
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.take([
      SampleRecord("A-1").with { $0.writer = 1 },
      SampleRecord("A-2").with { $0.writer = 2; $0.body = "桥南的井盖松了" },
      SampleRecord("A-3").with { $0.writer = 1; $0.body = "桥南那个盖子哐当响" },
      SampleRecord("A-4").with { $0.track = .sensitive; $0.body = "有人在桥南打人" },
    ])
    try sample.take([
      SampleRecord("A-5").with { $0.writer = 3; $0.duplicate = .exact; $0.leader = 1; $0.suggestion = 1; $0.score = 1000 }
    ])
    return sample
  }

  private func support(_ sample: SampleStore, _ id: Int) throws -> [Int] {
    try ["support", "submissions", "priority"].map { try sample.integer("SELECT \($0) FROM suggestion WHERE id = \(id)") }
  }

  private func merged(_ sample: SampleStore, _ id: Int, _ target: Int, confirm: Bool = false) throws -> MergeRefusal? {
    switch try sample.store.merge(id, into: target, isConfirmed: confirm, act: act) {
    case .success: nil
    case .failure(let refusal): refusal
    }
  }

  private func correct(_ sample: SampleStore, _ id: Int) throws -> Bool {
    let request = CaseRequest(
      .correct, at: act.at,
      details: CaseDetails {
        $0.topic = "0203"
        $0.reason = act.reason
      })
    return (try? sample.store.act(request, on: id, by: act.moderator, under: CaseworkRules()).get()) != nil
  }

  @Test func countsPeopleOnce() throws {
    let sample = try sample()
    #expect(try support(sample, 1) == [2, 2, 42])
    #expect(try merged(sample, 2, 1) == nil)
    #expect(try support(sample, 1) == [3, 3, 44])
    // The same writer again: one more submission, no more people.
    #expect(try merged(sample, 3, 2) == nil, "merged is into the one 2 is handled with")
    #expect(try support(sample, 1) == [3, 4, 44])
    let detail = try #require(try sample.store.suggestion(id: "3", names: SampleStore.names))
    #expect(detail.id == 1)
    #expect(detail.members.map(\.number) == [1, 2, 3, 5])
    #expect(Set(detail.members.map(\.receipt)).count == 4)
    #expect(detail.merged.map(\.id) == [2, 3])
    #expect(detail.events.map(\.action) == ["intake", "intake", "merge", "merge"])
    let queued = try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names)
    #expect(queued.map(\.id) == [1])
    #expect(try sample.store.verify().faults == [])
  }

  @Test func unmergeRestoresAlsoAfterLaterEvents() throws {
    let sample = try sample()
    let before = try (1...3).map { try support(sample, $0) }
    #expect(try merged(sample, 3, 2) == nil)
    #expect(try merged(sample, 2, 1) == nil)
    #expect(try correct(sample, 1))
    // A text like that of 2 comes in meanwhile and is joined to it.
    try sample.take([
      SampleRecord("A-6").with { $0.writer = 9; $0.duplicate = .exact; $0.leader = 2; $0.suggestion = 2; $0.score = 1000
        $0.body = "桥南的井盖松了" }
    ])
    #expect(try support(sample, 1) == [4, 5, 46])
    _ = try sample.store.unmerge(2, act: act).get()
    #expect(try support(sample, 1) == before[0])
    #expect(try support(sample, 2) == [3, 3, 44], "with what was merged into it and what came in")
    _ = try sample.store.unmerge(3, act: act).get()
    #expect(try support(sample, 2) == [2, 2, 42])
    #expect(try support(sample, 3) == before[2])
    #expect(try sample.store.suggestion(id: "3", names: SampleStore.names)?.members.map(\.number) == [3])
    #expect(try sample.store.suggestion(id: "1", names: SampleStore.names)?.topic == "0203")
    #expect(try sample.store.verify().faults == [])
  }

  @Test func whatCannotBeOneIsRefused() throws {
    let sample = try sample()
    #expect(try merged(sample, 1, 1) == .together)
    #expect(try merged(sample, 9, 1) == .unknown(9))
    #expect(try merged(sample, 1, 9) == .unknown(9))
    #expect(try merged(sample, 4, 1) == .sensitive)
    #expect(try merged(sample, 1, 4) == .intoSensitive)
    #expect(try merged(sample, 2, 1) == nil)
    #expect(try merged(sample, 2, 3) == .merged(into: 1))
    #expect(try merged(sample, 1, 2) == .together, "no circle")
    #expect(throws: MergeRefusal.notMerged) { _ = try sample.store.unmerge(3, act: act).get() }
    #expect(try merged(sample, 1, 4, confirm: true) == nil)
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id) == [3])
    #expect(try sample.store.verify().faults == [])
  }

  /// Random merges, unmerges, corrections, new and repeated texts, against a model of sets; of ten thousand such
  /// sequences with all that can happen between them PipelineTests know.
  @Test(arguments: 0..<40) func anyOrderKeepsEverything(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let sample = try SampleStore()
    var model = Model()
    for _ in 0..<25 {
      try step(sample, &model, &generator)
      try compare(sample, model)
    }
    let report = try sample.store.verify()
    #expect(report.faults == [], "seed \(seed)")
    // Taken apart again, everything is as if nobody had merged.
    for id in model.parents.keys.sorted() { _ = try sample.store.unmerge(id, act: act).get() }
    model.parents = [:]
    try compare(sample, model)
    #expect(try sample.store.verify().faults == [], "seed \(seed)")
  }

  /// What must be true, kept as plainly as can be.
  struct Model {
    /// By submission: its suggestion and its writer.
    var submissions: [(suggestion: Int, writer: Int64?)] = []
    var parents: [Int: Int] = [:]

    var suggestions: [Int] { submissions.indices.map { $0 + 1 }.filter { submissions[$0 - 1].suggestion == $0 } }

    func root(_ id: Int) -> Int { parents[id].map(root) ?? id }

    func support(_ root: Int) -> Int {
      var known: Set<Int64> = []
      return submissions.filter { self.root($0.suggestion) == root }
        .count { $0.writer.map { known.insert($0).inserted } ?? true }
    }
  }

  private func step(_ sample: SampleStore, _ model: inout Model, _ generator: inout SeededGenerator) throws {
    let suggestions = model.suggestions
    let number = model.submissions.count + 1
    let writer = Int.random(in: 0..<4, using: &generator) == 0 ? nil : Int64.random(in: 1...5, using: &generator)
    switch suggestions.count < 2 ? 0 : Int.random(in: 0..<10, using: &generator) {
    case 0...2:
      try sample.take([SampleRecord("A-\(number)").with { $0.writer = writer; $0.body = "第\(number)件" }])
      model.submissions.append((number, writer))
    case 3, 4:
      let leader = suggestions.randomElement(using: &generator) ?? 1
      try sample.take([
        SampleRecord("A-\(number)").with {
          $0.writer = writer
          $0.body = "第\(leader)件"
          $0.duplicate = .exact
          $0.leader = leader
          $0.suggestion = leader
          $0.score = 1000
        }
      ])
      model.submissions.append((leader, writer))
    case 5...7:
      let id = suggestions.randomElement(using: &generator) ?? 1
      let target = suggestions.randomElement(using: &generator) ?? 1
      let mayBe = model.parents[id] == nil && model.root(target) != id
      let done = (try? sample.store.merge(id, into: target, act: act).get()) != nil
      #expect(done == mayBe, "\(id) into \(target)")
      if done { model.parents[id] = model.root(target) }
    case 8:
      let id = suggestions.randomElement(using: &generator) ?? 1
      let done = (try? sample.store.unmerge(id, act: act).get()) != nil
      #expect(done == (model.parents[id] != nil))
      model.parents[id] = nil
    default:
      let id = suggestions.randomElement(using: &generator) ?? 1
      #expect(try correct(sample, id) == (model.parents[id] == nil), "a merged one is handled with another")
    }
  }

  private func compare(_ sample: SampleStore, _ model: Model) throws {
    let roots = model.suggestions.filter { model.parents[$0] == nil }
    #expect(try sample.integer("SELECT count(*) FROM suggestion WHERE root IS NULL") == roots.count)
    for root in roots {
      #expect(try sample.integer("SELECT support FROM suggestion WHERE id = \(root)") == model.support(root), "\(root)")
      let members = try sample.store.suggestion(id: "\(root)", names: SampleStore.names)?.members.map(\.number)
      let wanted = model.submissions.indices.map { $0 + 1 }.filter { model.root(model.submissions[$0 - 1].suggestion) == root }
      #expect(members == wanted, "\(root)")
    }
  }
}
