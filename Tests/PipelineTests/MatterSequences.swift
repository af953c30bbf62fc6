import Casework
import Pipeline
import Rules
import Store
import Suggestions
import TestSupport
import Testing

/// Some sequences of steps on one store, each with texts of its own, and the model of what they lead to.
final class MatterSequences {
  private static let book = Result { try Intakes.smallBook() }
  private static let handler = CaseHandler(unit: "housing")
  private let seed: UInt64
  private let intakes: Intakes
  private let store: SuggestionStore
  private let book: RuleBook
  private let lead = CaseActor(name: "周敏", role: .lead, tracks: Set(Track.allCases))
  private let rules = CaseworkRules()
  private var generator: SeededGenerator
  private var moment: Int64 = 1_751_400_000
  private var model = MatterModel()
  /// What each sequence can say, and whether that is for the sensitive track.
  private var sequences: [(texts: [String], isSensitive: Bool)] = []
  /// By submission its sequence.
  private var owners: [Int] = []
  /// Submissions somebody asked to be erased.
  private var leaving: Set<Int> = []

  init(seed: UInt64, count: Int) throws {
    self.seed = seed
    generator = SeededGenerator(seed)
    intakes = try Intakes()
    store = try intakes.open()
    book = try MatterSequences.book.get()
    for _ in 0..<count {
      let isSensitive = generator.below(12) == 0
      var texts = (0..<3).map { _ in (isSensitive ? "有人抢劫，" : "") + text() }
      texts.append(texts[0] + "，谢谢")
      sequences.append((texts, isSensitive))
    }
  }

  /// Long enough that nobody says it by chance.
  private func text() -> String {
    let words = Array("花溪路口井盖电力转弯骑手摔倒桥南市场后门台阶雨棚漏水座椅丁玲公厕柳叶大道停车充电扫码离线退回站长取件")
    return String((0..<16 + generator.below(16)).map { _ in generator.element(of: words) })
  }

  // MARK: Records

  /// One file: of each sequence something new, something corrected, something once more, or nothing.
  func takeIn() throws {
    var messages: [GroupMessage] = []
    var counts = IntakeCounts()
    for (sequence, said) in sequences.enumerated() {
      for _ in 0..<generator.below(3) + (owners.count < sequences.count ? 1 : 0) {
        let known = owners.indices.filter { owners[$0] == sequence }.map { $0 + 1 }
        let text = generator.element(of: said.texts)
        switch known.isEmpty ? 0 : generator.below(6) {
        case 0...3:
          let writer = generator.below(4) == 0 ? nil : "骑手\(generator.below(5))"
          owners.append(sequence)
          messages.append(message(owners.count, text, writer))
          model.add(text, writer: writer)
          counts.new += 1
        case 4:
          let number = generator.element(of: known)
          messages.append(message(number, text, model.submissions[number - 1].writer))
          if model.revise(number, text) { counts.revised += 1 } else { counts.unchanged += 1 }
        default:
          let number = generator.element(of: known)
          messages.append(message(number, model.submissions[number - 1].text, model.submissions[number - 1].writer))
          counts.unchanged += 1
        }
      }
    }
    let report = try run(messages)
    #expect([report.new, report.revised, report.unchanged] == [counts.new, counts.revised, counts.unchanged], "\(seed)")
  }

  /// All versions of everything: nothing is news.
  func takeAllInAgain() throws {
    let before = try canonical()
    let all = model.submissions.enumerated().flatMap { index, submission in
      submission.versions.sorted().map { message(index + 1, $0, submission.writer) }
    }
    let report = try run(all)
    #expect(report.unchanged == all.count && report.new + report.revised == 0, "\(seed)")
    #expect(try canonical() == before, "\(seed)")
  }

  private func message(_ number: Int, _ text: String, _ writer: String?) -> GroupMessage {
    GroupMessage(id: "W-\(number)", text: text, sender: writer ?? "")
  }

  private func run(_ messages: [GroupMessage]) throws -> IntakeCounts {
    try intakes.run([GroupMessage.file(messages)], by: book, on: store).total
  }

  private func canonical() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try store.exportCanonical(names: CodeNames(tiers: [], cuts: [:])) { bytes += $0 }
    return bytes
  }

  // MARK: Acts

  /// So many steps of each sequence, the sequences in any order.
  func act(each steps: Int) throws {
    let suggestions = model.suggestions
    let bySequence = Dictionary(grouping: suggestions) { owners[$0 - 1] }
    let order = (0..<steps).flatMap { _ in sequences.indices }.shuffled(using: &generator)
    for sequence in order {
      guard let own = bySequence[sequence] else { continue }
      moment += Int64(generator.below(200))
      let id = generator.element(of: own)
      // Now and then something of another sequence, which may be of the other track.
      try step(id, generator.element(of: generator.below(10) == 0 ? suggestions : own))
    }
  }

  private func step(_ id: Int, _ other: Int) throws {
    switch generator.below(18) {
    case 0...4: try merge(id, other)
    case 5, 6:
      let isMerged = model.parents[id] != nil
      #expect(try act(.unmerge, id) { $0.reason = "两件" } == isMerged, "\(seed): \(id)")
    case 7, 8: try again(id, other)
    case 9...11:
      try act(.correct, id) { ($0.kind, $0.reason) = (.praise, "谢谢信") }
      try act(.thank, id) { $0.text = "谢谢" }
    case 12:
      let mayBe = [.pending, .returned, .reopened].contains(model.state(id))
      #expect(try act(.correct, id) { ($0.topic, $0.reason) = ("0203", "看了照片") } == mayBe, "\(seed): \(id)")
    case 13:
      try act(.dispatch, id) { ($0.handler, $0.reason) = (MatterSequences.handler, "请办") }
      if generator.below(2) == 0 { try act(.recall, id) { $0.reason = "派错了" } }
    case 14:
      let until = moment + 900
      try act(.claim, id) { $0.until = until }
      if generator.below(2) == 0 { try act(.release, id) { _ in } }
    case 15:
      let last = try store.caseHistory(of: id, regionPath: { [$0] })?.file().lastDecision?.number
      try act(.undo, id) { ($0.undoes, $0.reason) = (last ?? 1, "看错了") }
    case 16:
      let action = generator.element(of: [CaseAction.reopen, .archive, .reject])
      try act(action, id) { ($0.reason, $0.rejection) = ("理由", .noRequest) }
    default: erase(id)
    }
  }

  /// The texts of some writer of the sequence are to be erased.
  private func erase(_ id: Int) {
    let known = owners.indices.filter { owners[$0] == owners[id - 1] && !model.submissions[$0].isErased }
    if !known.isEmpty { leaving.insert(generator.element(of: known) + 1) }
  }

  /// Erases what was asked for. All in one go, as the file is written anew each time.
  func eraseAsked() throws {
    guard !leaving.isEmpty else { return }
    let act = try #require(StaffAct(actor: "周敏", reason: "本人要求", at: moment))
    let report = try store.erase(leaving.sorted(), act: act).get()
    #expect(report.erased.map(\.number) == leaving.sorted() && report.isFinished, "\(seed)")
    for number in leaving { model.erase(number) }
    leaving.removeAll()
  }

  private func merge(_ id: Int, _ other: Int) throws {
    let target = model.root(other)
    let isConfirmed = generator.below(4) == 0
    let open: Set<CaseState> = [.pending, .dispatched, .signed, .returned, .answered, .reopened]
    let tracks = [id, target].map { sequences[owners[$0 - 1]].isSensitive }
    let mayBe =
      open.contains(model.state(id)) && target != id
      && (tracks[0] == tracks[1] || tracks == [false, true] && isConfirmed)
      && (isConfirmed || ![.closed, .archived, .rejected].contains(model.state(target)))
    let done = try act(.merge, id, isConfirmed: isConfirmed) { ($0.target, $0.reason) = (Int64(other), "一件事") }
    #expect(done == mayBe, "\(seed): \(id) into \(other)")
  }

  /// A person says that one takes up the other's matter, or that it does not.
  private func again(_ id: Int, _ other: Int) throws {
    let act = try #require(StaffAct(actor: "周敏", reason: "又坏了", at: moment))
    let (own, target) = (model.root(id), model.root(other))
    if generator.below(3) == 0 {
      let taken = model.group(own).filter { model.links[$0] != nil }
      let done = (try? store.notAgain(id, act: act).get()) != nil
      #expect(done == !taken.isEmpty, "\(seed): \(id)")
      for one in taken { model.links[one] = nil }
      return
    }
    let mayBe =
      target < own && model.cases(own).count == 1 && model.links[own] == nil
      && model.cases(target).allSatisfy(model.isOver)
      && sequences[owners[own - 1]].isSensitive == sequences[owners[target - 1]].isSensitive
    let first = model.first(target)
    let done = (try? store.again(id, of: other, act: act).get()) != nil
    #expect(done == mayBe, "\(seed): \(id) of \(other)")
    if done { model.links[own] = first }
  }

  /// Whether it was allowed; what it led to is in the model then.
  @discardableResult
  private func act(
    _ action: CaseAction, _ id: Int, isConfirmed: Bool = false, _ fill: (inout CaseDetails) -> Void
  ) throws -> Bool {
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    let outcome = try store.act(request, on: id, by: lead, under: rules, isConfirmed: isConfirmed)
    guard case .success(let done) = outcome else { return false }
    model.states[id] = done.file.state
    model.parents[id] = done.file.state == .merged ? done.file.mergedInto.map { Int($0) } : nil
    return true
  }

  /// Everything that is merged is parted, in any order.
  func part() throws {
    for id in model.parents.keys.sorted().shuffled(using: &generator) {
      #expect(try act(.unmerge, id) { $0.reason = "分开" }, "\(seed): \(id)")
    }
    #expect(model.parents.isEmpty)
  }

  // MARK: What must be true

  func compare() throws {
    let told = model.submissions.map(\.suggestion)
    #expect(try integers("SELECT suggestion FROM submission ORDER BY number", 1).map { $0[0] } == told, "\(seed)")
    let rows = try integers(
      "SELECT id, coalesce(root, id), coalesce(merged_into, 0), state, support, submissions FROM suggestion ORDER BY id", 6)
    let wanted = model.suggestions.map { id in
      let counts = model.counts(id)
      return [
        id, model.root(id), model.parents[id] ?? 0, Int(model.state(id).rawValue), counts.support, counts.submissions,
      ]
    }
    #expect(rows == wanted, "\(seed)")
    let links = model.links.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
    #expect(try integers("SELECT suggestion, first FROM recurrence ORDER BY suggestion", 2) == links, "\(seed)")
    let ended = try store.endedMatters().map { [Int($0.suggestion), Int($0.first), Int($0.next ?? 0)] }
    #expect(ended == model.ended, "\(seed)")
  }

  private func integers(_ sql: String, _ columns: Int) throws -> [[Int]] {
    try store.read { session throws(StoreFault) in
      try session.all(sql) { row in (0..<columns).map { Int(row.integer($0)) } }
    }
  }

  func isSound() throws {
    let faults = try store.verify().faults
    #expect(faults == [], "\(seed): \(faults.map { "\($0.kind.rawValue) \($0.number)" })")
  }
}
