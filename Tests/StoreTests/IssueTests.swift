import Casework
import Foundation
import Publishing
import Store
import Suggestions
import Testing

/// Issues of the digest in the store: who signs, what is kept, what a tampered store cannot hide.
@Suite struct IssueTests {
  static let now: Int64 = 1_753_000_000
  static let editing = Array(
    #"{"foreword":"七月","pins":[2],"rewrites":{"1":{"title":"改写MARKREWRITE"},"2":{"title":"路灯亮了"}}}"#.utf8)
  static let later = Array(#"{"foreword":"七月的话","pins":[2],"rewrites":{"2":{"title":"路灯亮了"}}}"#.utf8)
  static let print = IssuePrint(json: Array("{}".utf8), html: Array("<p>七月</p>".utf8), cases: [2, 1, 2])

  static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }
  static let content = SignOffContent(hash: hash("a"), storeState: hash("b"), template: hash("c"))

  static let duties = SignOffDuties(
    roles: Dictionary(
      uniqueKeysWithValues: SignOffAction.allCases.map { ($0, $0 == .signThird ? ["lead"] : ["publisher"]) }),
    shared: Set(
      [
        SignOffDuties.Pair(.edit, .firstReview), SignOffDuties.Pair(.secrecy, .personalData),
        SignOffDuties.Pair(.secrecy, .secondReview), SignOffDuties.Pair(.personalData, .secondReview),
      ].compactMap(\.self)))

  private func sample() throws -> SampleStore {
    let sample = try SampleStore.small()
    for (name, display, scope) in [
      ("wang", "王振亚", RoleScope(.publisher)), ("wen", "王文隆", RoleScope(.publisher)),
      ("zou", "邹仪", RoleScope(.lead)), ("district", "区里", RoleScope(.lead, regions: ["430703"])),
    ] {
      _ = try sample.store.addAccount(name, display: display, scope: scope, by: "system:root", at: Self.now).get()
    }
    return sample
  }

  private func open(
    _ sample: SampleStore, _ month: String = "2025-07", correcting: Int? = nil, editing: [UInt8] = editing,
    by name: String = "wang", as role: CaseRole = .publisher
  ) throws -> Result<Int, IssueRefusal> {
    try sample.store.openIssue(
      month, template: "monthly", correcting: correcting, editing: editing, saying: Self.content, by: name, as: role,
      under: Self.duties, at: Self.now)
  }

  private func act(
    _ sample: SampleStore, _ action: SignOffAction, on id: Int, by name: String, as role: CaseRole = .publisher,
    saying content: SignOffContent = content, seen: Int? = nil, reason: String? = nil, editing: [UInt8]? = nil,
    print: IssuePrint? = nil
  ) throws -> Result<IssueDone, IssueRefusal> {
    let version = try sample.store.issue(id)?.record.version ?? 0
    return try sample.store.act(
      SignOffRequest(action, at: Self.now + 60, content: content, reason: reason), onIssue: id, seen: seen ?? version,
      editing: editing, print: print, by: name, as: role, under: Self.duties)
  }

  static let way: [(SignOffAction, String, CaseRole)] = [
    (.signEdit, "wang", .publisher), (.signFirst, "wang", .publisher), (.signSecond, "wen", .publisher),
    (.tickSecrecy, "wen", .publisher), (.tickPersonalData, "wen", .publisher), (.signThird, "zou", .lead),
    (.publish, "wang", .publisher),
  ]

  private func publish(_ sample: SampleStore, _ id: Int) throws {
    for (action, name, role) in Self.way {
      _ = try act(sample, action, on: id, by: name, as: role, print: action == .publish ? Self.print : nil).get()
    }
  }

  @Test func anIssueIsSignedAndGoesOut() throws {
    let sample = try sample()
    let id = try open(sample).get()
    #expect(try open(sample) == .failure(.exists(id)))
    #expect(try sample.store.issuePrint(id) == nil)
    try publish(sample, id)
    let reading = try #require(try sample.store.issue(id))
    #expect(reading.record.state == .published && reading.record.version == 7 && reading.record.hash == Self.hash("a"))
    let colophon = try #require(SignOffColophon(reading.file))
    #expect(colophon.lines.map(\.name) == ["王振亚", "王振亚", "王文隆", "邹仪"])
    #expect(try sample.store.issuePrint(id) == Self.print && Self.print.cases == [1, 2])
    #expect(try sample.store.issues(isPublished: true).map(\.id) == [id])
    #expect(try sample.store.issues(isPublished: false).isEmpty && sample.store.issues(of: "2025-08").isEmpty)
    for action in SignOffAction.allCases {
      let refusal = try act(
        sample, action, on: id, by: "wang", reason: "再改", editing: Self.later, print: Self.print)
      guard case .failure(.refused(let why)) = refusal else {
        Issue.record("\(action) on a published issue")
        continue
      }
      #expect(why.from == .published && why.facts.map(\.code) == ["no-edge"])
    }
    #expect(try sample.store.verify().faults == [])
    try sample.reopen()
    #expect(try sample.store.issuePrint(id) == Self.print)
  }

  @Test func onlyWhoHasAnAccountAndTheRoleSigns() throws {
    let sample = try sample()
    #expect(try open(sample, by: "nobody") == .failure(.noAccount))
    #expect(try open(sample, by: "zou") == .failure(.notHeld(.publisher)))
    #expect(try open(sample, "2025-13") == .failure(.month))
    #expect(try open(sample, editing: Array("[]".utf8)) == .failure(.editing))
    let id = try open(sample, by: "Wang").get()
    #expect(try act(sample, .signEdit, on: id, by: "wang", as: .lead) == .failure(.notHeld(.lead)))
    for (action, name, role) in Self.way.prefix(5) { _ = try act(sample, action, on: id, by: name, as: role).get() }
    guard case .failure(.refused(let part)) = try act(sample, .signThird, on: id, by: "district", as: .lead) else {
      Issue.record("a district's lead signs for the city")
      return
    }
    #expect(part.facts == [.partOfCity])
    _ = try sample.store.disableAccount("zou", by: "system:root", at: Self.now).get()
    #expect(try act(sample, .signThird, on: id, by: "zou", as: .lead) == .failure(.noAccount))
    #expect(try act(sample, .publish, on: 99, by: "wang") == .failure(.unknown(99)))
  }

  @Test func whoeverWasFasterIsTold() throws {
    let sample = try sample()
    let id = try open(sample).get()
    let event = try act(sample, .signEdit, on: id, by: "wang").get().event
    #expect(try act(sample, .signFirst, on: id, by: "wang", seen: 0) == .failure(.changed([event])))
    #expect(try act(sample, .publish, on: id, by: "wang", seen: 1) != .failure(.printMissing))
    for (action, name, role) in Self.way[1..<6] { _ = try act(sample, action, on: id, by: name, as: role).get() }
    #expect(try act(sample, .publish, on: id, by: "wang") == .failure(.printMissing))
    #expect(try sample.store.issue(id)?.record.state == .thirdReviewed)
    #expect(try sample.store.verify().faults == [])
  }

  /// Any edit drops back, and each step sees what was changed since it was last taken.
  @Test func anEditVoidsEverythingAndIsShown() throws {
    let sample = try sample()
    let id = try open(sample).get()
    for (action, name, role) in Self.way.prefix(3) { _ = try act(sample, action, on: id, by: name, as: role).get() }
    let other = SignOffContent(hash: Self.hash("e"))
    #expect(try act(sample, .revise, on: id, by: "wen", saying: other) == .failure(.editing))
    let done = try act(sample, .revise, on: id, by: "wen", saying: other, editing: Self.later).get()
    #expect(done.file.state == .draft && done.file.signatures.isEmpty && done.file.content.hash == Self.hash("e"))
    guard case .failure(.refused(let refusal)) = try act(sample, .signEdit, on: id, by: "wang") else {
      Issue.record("what nobody froze is signed")
      return
    }
    #expect(refusal.facts == [.otherContent(frozen: Self.hash("e"), found: Self.hash("a"))])
    let reading = try #require(try sample.store.issue(id))
    #expect(reading.editing == Self.later)
    let changes = try #require(reading.differences(sinceLast: .firstReview))
    #expect(changes.map(\.path) == ["foreword", "rewrites 1 title"])
    #expect(reading.differences(from: 0, to: 0) == [] && reading.differences(from: 0, to: 9) == nil)
    _ = try act(sample, .signEdit, on: id, by: "wang", saying: other).get()
    let back = try act(sample, .sendBack, on: id, by: "wen", reason: "标题重写").get()
    #expect(back.file.state == .draft && back.file.sentBack?.reason == "标题重写" && back.file.missing.count == 6)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func aCorrectionIsAnIssueOfItsOwn() throws {
    let sample = try sample()
    let id = try open(sample).get()
    #expect(try open(sample, correcting: id) == .failure(.notCorrectable(id)))
    try publish(sample, id)
    #expect(try open(sample, "2025-08", correcting: id) == .failure(.otherIssue(id)))
    #expect(try open(sample, correcting: 9_999) == .failure(.unknown(9_999)))
    let correction = try open(sample, correcting: id).get()
    try publish(sample, correction)
    #expect(try open(sample, correcting: correction) == .failure(.notCorrectable(correction)))
    #expect(try sample.store.issues(of: "2025-07").map(\.id) == [id, correction])
    #expect(try sample.store.issue(correction).flatMap { SignOffColophon($0.file) }?.corrects == id)
    #expect(try sample.store.verify().faults == [])
  }

  // MARK: Tampering

  @Test(arguments: [
    "UPDATE digest_issue SET hash = 'f'", "UPDATE digest_issue SET month = '2025-06'",
    "UPDATE digest_issue SET template = 'bulletin'", "UPDATE digest_issue SET version = 6",
    "UPDATE digest_issue SET was = 3, state = 4", "UPDATE digest_issue SET changed_at = 5",
    "UPDATE digest_edit SET editing = X'7B7D'", "UPDATE digest_edit SET editing = X''",
    "UPDATE digest_edit SET version = 4", "DELETE FROM digest_edit",
    "UPDATE digest_print SET json = html", "DELETE FROM digest_print", "DELETE FROM digest_case WHERE suggestion = 1",
    "INSERT INTO digest_case (issue, suggestion) SELECT id, 7 FROM digest_issue", "DELETE FROM digest_issue",
    "UPDATE digest_issue SET corrects = 1",
    "INSERT INTO digest_issue VALUES (900, '2025-09', 'monthly', NULL, 0, 0, 0, 0, '', 0)",
  ])
  func tamperingIsFound(_ sql: String) throws {
    let sample = try sample()
    let id = try open(sample).get()
    try publish(sample, id)
    try sample.tamper(sql)
    #expect(try sample.store.verify().faults.map(\.kind) == [.issues], "\(sql)")
  }

  /// Who can write the history can also sign in another's name, and then the chain does not hold; who makes the chain
  /// hold again still cannot make a doubled signature follow.
  @Test func aDoubledOrMissingSignatureDoesNotFollow() throws {
    let forgeries = [
      "UPDATE event SET actor = 'wang' WHERE action = 'digest.sign-second-review'",
      "UPDATE event SET actor = 'wen' WHERE action = 'digest.sign-third-review'",
      "UPDATE event SET action = 'digest.tick-secrecy' WHERE action = 'digest.tick-personal-data'",
      "UPDATE event SET payload = replace(payload, '\(Self.hash("a"))', '\(Self.hash("f"))') WHERE action = "
        + "'digest.sign-third-review'",
      "UPDATE event SET payload = replace(payload, '\"alongside\":[1],', '') WHERE action = 'digest.sign-first-review'",
    ]
    for sql in forgeries {
      let sample = try sample()
      try publish(sample, try open(sample).get())
      try sample.tamper(sql)
      #expect(try sample.store.verify().faults.map(\.kind) == [.chain, .issues], "\(sql)")
    }
  }

  /// The table, said again in SQL, says the same.
  @Test func theDatabaseAllowsTheStepsOfTheTableAndNoOthers() throws {
    let sample = try sample()
    _ = try open(sample).get()
    for before in SignOffState.allCases {
      for after in SignOffState.allCases where before != after {
        let sql = "UPDATE digest_issue SET was = \(before.rawValue), state = \(after.rawValue)"
        let isAllowed = (try? sample.tamper(sql)) != nil
        #expect(isAllowed == SignOffLifecycle.steps.contains([before, after]), "\(before.code) to \(after.code)")
      }
    }
  }

  // MARK: Erasure

  @Test func anErasureTakesTheRewritingAndTellsWhatWentOut() throws {
    let sample = try sample()
    let out = try open(sample, "2025-06", editing: Self.later).get()
    try publish(sample, out)
    let draft = try open(sample).get()
    _ = try act(sample, .signEdit, on: draft, by: "wang").get()
    _ = try act(sample, .revise, on: draft, by: "wang", editing: Self.editing).get()
    _ = try act(sample, .signEdit, on: draft, by: "wang").get()
    #expect(sample.bytes().range(of: Data("MARKREWRITE".utf8)) != nil)
    let report = try sample.erase([1])
    #expect(report.erased.map(\.publishedIssues) == [[out]] && report.erased.map(\.changedIssues) == [[draft]])
    #expect(sample.bytes().range(of: Data("MARKREWRITE".utf8)) == nil)
    #expect(try sample.store.issuePrint(out) == Self.print)
    let reading = try #require(try sample.store.issue(draft))
    #expect(reading.file.state == .draft && reading.file.signatures.isEmpty && reading.file.content.hash.isEmpty)
    #expect(String(decoding: reading.editing, as: UTF8.self).contains("路灯亮了"))
    #expect(reading.editings[0] == [] && reading.editings[2] == [] && reading.differences(from: 0, to: 2) == nil)
    // Nobody has looked since: it is not signed before somebody says what it says now.
    guard case .failure(.refused) = try act(sample, .signEdit, on: draft, by: "wang") else {
      Issue.record("what nobody looked at is signed")
      return
    }
    _ = try act(sample, .revise, on: draft, by: "wang", editing: Self.later).get()
    try publish(sample, draft)
    #expect(try sample.store.verify().faults == [])
  }

  /// One that is not rewritten changes no draft.
  @Test func otherErasuresLeaveADraftAlone() throws {
    let sample = try sample()
    let id = try open(sample, editing: Self.later).get()
    let report = try sample.erase([1])
    #expect(report.erased.map(\.changedIssues) == [[]] && report.erased.map(\.publishedIssues) == [[]])
    #expect(try sample.store.issue(id)?.record.version == 0)
    #expect(try sample.store.verify().faults == [])
  }
}
