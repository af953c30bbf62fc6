import Casework
import Foundation
import Pipeline
import Store
import Suggestions
import TestSupport
import Testing
import Text

/// Two faults in one message become two matters, and nothing of either is lost.
struct SplittingTests {
  private static let lamp = "花溪路口的路灯不亮，晚上看不清台阶"
  private static let cover = "桥南市场门口的井盖也松了，车一过就响"
  private static let both = GroupMessage(id: "W-1", text: lamp + "；" + cover, place: "花溪路")
  private static let start: Int64 = 1_751_400_000
  private static let actor = CaseActor(name: "周敏", role: .moderator, tracks: Set(Track.allCases))
  private static let names = CodeNames(tiers: [], cuts: [:])
  private static let rules = CaseworkRules()

  private func intakes(_ messages: [GroupMessage] = [both]) throws -> Intakes {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file(messages)])
    return intakes
  }

  private func split(
    _ store: SuggestionStore, _ id: Int = 1, _ parts: [String] = [cover], seen: Int? = nil
  ) throws -> Result<SplitDone, SplitRefusal> {
    let order = SplitOrder(id, parts: parts, reason: "两件事", at: Self.start, by: Self.actor, seen: seen)
    return try Splitting(store, by: try Intakes.book.get(), under: Self.rules).split(order)
  }

  private func refusal(_ result: Result<SplitDone, SplitRefusal>) -> SplitRefusal? {
    if case .failure(let refusal) = result { refusal } else { nil }
  }

  @discardableResult
  private func act(
    _ store: SuggestionStore, _ id: Int, _ action: CaseAction, at moment: Int64 = start + 60,
    _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> Result<CaseDone, CaseActRefusal> {
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    return try store.act(request, on: id, by: Self.actor, under: Self.rules)
  }

  private func undo(_ store: SuggestionStore, _ number: Int = 1) throws -> Result<CaseDone, CaseActRefusal> {
    try act(store, 1, .undo) { ($0.undoes, $0.reason) = (number, "看错了") }
  }

  private func detail(_ store: SuggestionStore, _ id: Int) throws -> SuggestionDetail {
    try #require(try store.suggestion(id: String(id), names: Self.names))
  }

  private func isSound(_ store: SuggestionStore) throws -> Bool {
    let faults = try store.verify(under: Self.rules).faults
    #expect(faults == [])
    return faults.isEmpty
  }

  @Test func aPartIsAMatterOfItsOwn() throws {
    let intakes = try intakes()
    let store = try intakes.open()
    let done = try split(store).get()
    #expect(done.parts == [2] && done.done.file.state == .pending && done.done.file.parts == [2])
    let (whole, part) = (try detail(store, 1), try detail(store, 2))
    #expect(whole.members.first?.body == Self.both.text && whole.splitFrom == nil)
    #expect(whole.parts.map(\.id) == [2] && whole.parts.first?.state == "pending")
    #expect(whole.parts.first?.text == Self.cover)
    #expect(part.splitFrom == 1 && part.parts.isEmpty && part.id == 2 && part.state == "pending")
    let (one, other) = (try #require(whole.members.first), try #require(part.members.first))
    #expect(other.body == Self.cover && other.externalID == "W-1#2" && other.source == one.source)
    #expect(other.submittedAt == one.submittedAt && other.channel == one.channel)
    #expect(other.duplicate == "none" && part.leader == nil && whole.followers.isEmpty)
    #expect(part.receipt != whole.receipt && part.topic != nil)
    #expect(part.support == 1 && whole.support == 1)
    // The same person, and what was really written.
    let act = try #require(StaffAct(actor: "周敏", reason: "回访", at: Self.start + 10))
    let received = try [1, 2].map { try #require(try store.received(submission: $0, by: act)) }
    #expect(received[0].bytes == received[1].bytes)
    #expect(received[1].contacts.map(\.text) == received[0].contacts.map(\.text))
    #expect(!received[1].contacts.isEmpty)
    #expect(try isSound(store))
    try store.close()
    // Two lines of the export tell of each other, and do so in every store of the same content.
    let twin = try self.intakes()
    let another = try twin.open()
    _ = try split(another).get()
    try another.close()
    let export = try intakes.canonical()
    #expect(try twin.canonical() == export)
    let lines = try JSONValue.lines(Data(export))
    #expect(lines.map { $0["split_from"].text } == [nil, "work-group/W-1"])
    // What comes again is known; the counts still say so.
    let again = try intakes.run([GroupMessage.file([Self.both])])
    #expect(again.total.unchanged == 1 && again.total.new == 0)
  }

  @Test func severalPartsAtOnceAndLater() throws {
    let third = "还有公厕没有水"
    let intakes = try intakes([GroupMessage(id: "W-1", text: Self.both.text + "；" + third)])
    let store = try intakes.open()
    #expect(try split(store, 1, [" 桥南市场门口的井盖 也松了，\n车一过就响", third]).get().parts == [2, 3])
    #expect(try detail(store, 3).members.first?.externalID == "W-1#3")
    // A part of a part.
    #expect(try split(store, 2, ["车一过就响"]).get().parts == [4])
    #expect(try detail(store, 4).splitFrom == 2)
    #expect(try isSound(store))
    try store.close()
  }

  @Test func nothingIsWrittenWhereItCannotBe() throws {
    let intakes = try intakes()
    let before = try intakes.canonical()
    let store = try intakes.open()
    let events = try store.verify().counts.events
    #expect(refusal(try split(store, 1, ["井盖没有松"])) == .notFound(1))
    #expect(refusal(try split(store, 1, [Self.cover, "井盖也松了"])) == .overlapping(2))
    #expect(refusal(try split(store, 1, [Self.both.text])) == .nothingLeft)
    #expect(refusal(try split(store, 1, [Self.lamp, Self.cover])) == .nothingLeft)
    #expect(refusal(try split(store, 1, ["，"])) == .emptyPart(1))
    #expect(refusal(try split(store, 1, [])) == .noParts)
    #expect(refusal(try split(store, 1, Array(repeating: "灯", count: 9))) == .tooMany(most: SplitOrder.mostParts))
    #expect(refusal(try split(store, 7)) == .act(.unknown(7)))
    #expect(refusal(try split(store, seen: 3)) == .act(.changed([])))
    // Nobody splits by the act alone.
    #expect(throws: CaseActRefusal.refused(.missing([.parts]))) {
      try act(store, 1, .split) { $0.reason = "x" }.get()
    }
    #expect(try store.verify().counts.events == events)
    _ = try act(store, 1, .dispatch) { $0.handler = CaseHandler(unit: "housing") }.get()
    #expect(
      refusal(try split(store))
        == .act(.refused(.noEdge(.split, from: .dispatched, to: [], allowedFrom: [.pending, .returned]))))
    _ = try undo(store).get()
    try store.close()
    #expect(try intakes.canonical() == before)
    #expect(try intakes.isSound())
  }

  @Test func anUndoPutsThePartsBack() throws {
    let intakes = try intakes([Self.both, GroupMessage(id: "W-2", text: "公厕没有水，洗不了手", sender: "乙")])
    let store = try intakes.open()
    _ = try split(store).get()
    _ = try undo(store).get()
    let whole = try detail(store, 1)
    #expect(whole.state == "pending" && whole.parts.isEmpty && whole.merged.map(\.id) == [3])
    // One person, who handed in once.
    #expect(whole.support == 1 && whole.submissions == 1)
    #expect(try store.queue(limit: 9, track: .ordinary, names: Self.names).map(\.id).sorted() == [1, 2])
    #expect(try isSound(store))
    // And once more.
    #expect(try split(store).get().parts == [4])
    #expect(try detail(store, 4).members.first?.externalID == "W-1#3" && detail(store, 4).leader == nil)
    #expect(try isSound(store))
    try store.close()
  }

  @Test func whatWasTakenUpIsNotPutBack() throws {
    let intakes = try intakes()
    defer { withExtendedLifetime(intakes) {} }
    let store = try intakes.open()
    _ = try split(store).get()
    _ = try act(store, 2, .dispatch) { $0.handler = CaseHandler(unit: "housing") }.get()
    #expect(throws: CaseActRefusal.taken(2, .dispatched)) { try undo(store).get() }
    #expect(try detail(store, 1).parts.map(\.state) == ["dispatched"])
    #expect(try isSound(store))
    try store.close()
  }

  /// What is said elsewhere too is offered, not joined: a person has just said that it is a matter of its own.
  @Test func whatRepeatsAnotherIsOffered() throws {
    let other = GroupMessage(id: "W-2", text: Self.cover, sender: "乙", place: "花溪路")
    let intakes = try intakes([Self.both, other])
    defer { withExtendedLifetime(intakes) {} }
    let store = try intakes.open()
    #expect(try split(store).get().parts == [3])
    let part = try detail(store, 3)
    #expect(part.leader?.link.suggestion == 2 && part.members.first?.duplicate == "near" && part.recurrence == nil)
    let twin = try detail(store, 2)
    #expect(twin.support == 1)
    // Judged as it would be had it come alone.
    #expect(part.topic == twin.topic && part.kind == twin.kind && part.lead == twin.lead && part.region == twin.region)
    #expect(try isSound(store))
    try store.close()
  }

  @Test func aSensitiveMatterHasSensitiveParts() throws {
    let intakes = try intakes()
    let store = try intakes.open()
    _ = try act(store, 1, .divert, at: Self.start - 60) { $0.reason = "涉及举报" }.get()
    _ = try split(store).get()
    #expect(try detail(store, 2).track == "sensitive")
    #expect(try store.queue(limit: 9, track: .ordinary, names: Self.names).isEmpty)
    let act = try #require(StaffAct(actor: "周敏", reason: "换了规则", at: Self.start + 60))
    _ = try Reclassification(try Intakes.smallBook(), store: store, act: act).run()
    #expect(try detail(store, 2).track == "sensitive")
    #expect(try isSound(store))
    try store.close()
  }

  /// Whoever reads the part sees as little as in the whole.
  @Test func personalDataStaysCutOut() throws {
    let text = "花溪路口的路灯不亮，打13812345678；桥南市场的井盖也松了，打13987654321"
    let intakes = try intakes([GroupMessage(id: "W-1", text: text)])
    let store = try intakes.open()
    let shown = try #require(try detail(store, 1).members.first?.body)
    let half = String(try #require(shown.split(separator: "；").last))
    #expect(!half.contains("139"))
    _ = try split(store, 1, [half]).get()
    #expect(try detail(store, 2).members.first?.body == half)
    #expect(try isSound(store))
    try store.close()
    #expect(bytes(intakes).range(of: Data("13987654321".utf8)) == nil)
  }

  /// Every byte of the store and of what lies beside it.
  private func bytes(_ intakes: Intakes) -> Data {
    ["", "-wal", "-shm", ".keys", ".erased"].reduce(into: Data()) {
      $0 += FileManager.default.contents(atPath: intakes.folder.path("store.db" + $1)) ?? Data()
    }
  }

  /// A part says what the whole says: whichever is named, all of it goes, and does not come back.
  @Test(arguments: [1, 3]) func erasingOneErasesAll(_ named: Int) throws {
    let markers = ["乌龟塘的路灯", "白鹤巷的井盖", "哪家门口"]
    let message = GroupMessage(id: "W-1", text: "乌龟塘的路灯不亮；白鹤巷的井盖松了，请赶紧修", sender: "丁")
    let intakes = try intakes([message, GroupMessage(id: "W-2", text: "公厕没有水", sender: "乙")])
    var store = try intakes.open()
    _ = try split(store, 1, ["白鹤巷的井盖松了，请赶紧修"]).get()
    _ = try act(store, 3, .note) { $0.text = "问清是哪家门口的" }.get()
    try SameMatterIndex(store).catchUp()
    try store.close()
    for marker in markers { #expect(bytes(intakes).range(of: Data(marker.utf8)) != nil) }
    store = try intakes.open()
    let act = try #require(StaffAct(actor: "周敏", reason: "本人要求", at: Self.start + 600))
    let report = try store.erase([named], act: act).get()
    #expect(Set(report.erased.map(\.number)) == [1, 3] && report.isFinished)
    #expect(refusal(try split(store)) == .erased)
    try store.close()
    for marker in markers { #expect(bytes(intakes).range(of: Data(marker.utf8)) == nil) }
    #expect(try intakes.run([GroupMessage.file([message])]).total.unchanged == 1)
    #expect(try intakes.isSound())
  }

  /// What the store calls a part and the history does not, and the reverse, are found.
  @Test func verifyTellsWhatIsNotSo() throws {
    let intakes = try intakes([Self.both, GroupMessage(id: "W-2", text: "公厕没有水", sender: "乙")])
    let store = try intakes.open()
    _ = try split(store).get()
    for change in ["INSERT INTO split_part (part, original) VALUES (2, 1)", "DELETE FROM split_part WHERE part = 3"] {
      try store.write { session throws(StoreFault) in try session.execute(change) }
      #expect(try store.verify().faults.contains { $0.kind == .splits }, "\(change)")
      try store.write { session throws(StoreFault) in
        try session.execute("DELETE FROM split_part")
        try session.execute("INSERT INTO split_part (part, original) VALUES (3, 1)")
      }
      #expect(try isSound(store))
    }
    try store.close()
  }
}
