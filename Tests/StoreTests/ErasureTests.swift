import Casework
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// What is left of an erased submission: nothing that says anything of anybody, and everything the others need.
@Suite struct ErasureTests {
  private let rules = CaseworkRules()

  /// Words that stand nowhere else, one for each place a text can lie in.
  static let marks = [
    "title": "标题甲MARKTITLE", "body": "正文乙MARKBODY", "address": "地址丙MARKADDRESS", "received": "原件丁MARKRECEIVED",
    "name": "姓名戊MARKNAME", "phone": "13912340001", "id": "编号己MARKID", "old title": "旧题庚MARKOLDTITLE",
    "old body": "旧文辛MARKOLDBODY", "old received": "旧件壬MARKOLDRECEIVED", "look": "缘由癸MARKLOOK",
    "order": "派单子MARKORDER", "answer": "答复丑MARKANSWER",
  ]

  static func mark(_ place: String) -> String { marks[place] ?? "" }

  /// The marks that stand in some bytes.
  static func found(in bytes: Data) -> [String] {
    marks.filter { bytes.range(of: Data($0.value.utf8)) != nil }.map(\.key).sorted()
  }

  static let marked = SampleRecord(mark("id")).with {
    $0.title = mark("old title")
    $0.body = "人民路" + mark("old body")
    $0.attributes = [(.address, mark("address"))]
    $0.received = mark("old received")
    $0.contacts = [(.writer, mark("name")), (.phone, mark("phone"))]
    $0.writer = 4_711
    $0.evidence = "人民路"
    $0.cuts = 2
  }

  static let revised = marked.with {
    $0.revises = 1
    $0.title = mark("title")
    $0.body = "人民路" + mark("body")
    $0.received = mark("received")
  }

  /// The marked one among many, corrected once, looked at, and worked on to its end.
  static func filled(others: Int = 40) throws -> SampleStore {
    let sample = try SampleStore()
    let rest = (0..<others).map { index in
      SampleRecord("B-\(index)").with {
        $0.body = "第 \(index) 处路灯不亮" + String(repeating: "，晚上看不清路", count: index % 7)
        $0.received = "原件 \(index)"
        $0.evidence = nil
      }
    }
    try sample.take([marked] + rest)
    try sample.take([revised])
    _ = try sample.store.received(submission: 1, by: act(mark("look")))
    return sample
  }

  static func act(_ reason: String) throws -> StaffAct {
    try #require(StaffAct(actor: "周敏", reason: reason, at: 1_750_100_000))
  }

  private func work(_ sample: SampleStore, on id: Int) throws {
    let housing = CaseHandler(unit: "housing")
    func act(_ action: CaseAction, _ role: CaseRole, _ fill: (inout CaseDetails) -> Void) throws {
      let actor = CaseActor(
        name: "周敏", role: role, tracks: [.ordinary], handler: role == .department ? housing : nil)
      _ = try sample.store.act(
        CaseRequest(action, at: 1_750_200_000, details: CaseDetails(fill)), on: id, by: actor, under: rules).get()
    }
    try act(.dispatch, .lead) { ($0.handler, $0.text) = (housing, ErasureTests.mark("order")) }
    try act(.sign, .department) { _ in }
    try act(.resolve, .department) { $0.proofs = [ErasureTests.mark("order")] }
    try act(.answer, .department) { $0.text = ErasureTests.mark("answer") }
  }

  @Test func noByteIsLeft() throws {
    let sample = try ErasureTests.filled()
    try work(sample, on: 1)
    // Sealed bytes say nothing to a search; all the rest is there before.
    #expect(
      ErasureTests.found(in: sample.bytes())
        == ["address", "answer", "body", "id", "look", "old body", "old title", "order", "title"])
    let report = try sample.erase([1])
    #expect(report.isFinished)
    #expect(report.erased.map(\.versions) == [2])
    #expect(report.erased.map(\.events) == [5])
    #expect(report.segments == 2)
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    let verified = try sample.store.verify(under: rules)
    #expect(verified.faults == [])
    #expect(verified.counts.erased == 1 && verified.counts.erasedSegments == 0)
    #expect(try sample.store.received(submission: 1, by: ErasureTests.act("再看")) == nil)
    #expect(try sample.store.received(submission: 1, revision: 0, by: ErasureTests.act("再看")) == nil)
    try sample.reopen()
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    #expect(try sample.store.verify(under: rules).faults == [])
  }

  @Test func theOthersOfItsSegmentOpen() throws {
    let sample = try ErasureTests.filled()
    try sample.erase([1])
    for number in [2, 20, 41] {
      let opened = try #require(try sample.store.received(submission: number, by: ErasureTests.act("核对")))
      #expect(String(decoding: opened.bytes, as: UTF8.self) == "原件 \(number - 2)")
      #expect(opened.contacts.map(\.text) == ["张三", "13800000000"])
    }
    // And what comes after is sealed under keys that nothing was sealed under before.
    try sample.take([SampleRecord("C-1").with { $0.received = "后来的" }])
    #expect(try sample.integer("SELECT count(DISTINCT key) FROM segment") == 3)
    #expect(try sample.store.received(submission: 42, by: ErasureTests.act("核对"))?.bytes == Array("后来的".utf8))
    #expect(try sample.store.verify().faults == [])
  }

  /// A copy of the store of before opens no more what was erased: its keys are gone.
  @Test func theOldKeysAreGone() throws {
    let sample = try ErasureTests.filled()
    let before = try #require(FileManager.default.contents(atPath: sample.keyPath))
    try sample.erase([1])
    let after = try #require(FileManager.default.contents(atPath: sample.keyPath))
    #expect(before.count == after.count)
    // Behind the head of twenty bytes: the secret stays, keys 1 and 2 are zeros.
    #expect(after[..<52] == before[..<52])
    #expect(after[52..<116].allSatisfy { $0 == 0 })
    #expect(after[116...] == before[116...])
  }

  /// Where a case stands is told by acts whose words are gone.
  @Test func theCaseStandsWhereItStood() throws {
    let sample = try ErasureTests.filled()
    try work(sample, on: 1)
    let before = try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] })).file()
    try sample.erase([1])
    let history = try #require(try sample.store.caseHistory(of: 1, regionPath: { [$0] }))
    #expect(history.events.map(\.action) == [.dispatch, .sign, .resolve, .answer])
    #expect(history.events.allSatisfy { $0.details.text == nil && $0.details.proofs.isEmpty })
    let after = try history.file()
    #expect(after.state == .answered && after.handler == before.handler && after.moments == before.moments)
    let detail = try #require(try sample.store.suggestion(id: "1", names: SampleStore.names))
    #expect(detail.members.map(\.title) == ["〔已删除〕"])
    #expect(detail.members.first?.body == "" && detail.members.first?.earlier.map(\.body) == [""])
    #expect(detail.events.last?.action == "erase")
    #expect(try sample.store.desk(DeskFilter(), limit: 9).map(\.title) == ["〔已删除〕"])
  }

  @Test func whatNobodyStandsForWaitsForNobody() throws {
    let sample = try ErasureTests.filled(others: 2)
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id) == [1, 2, 3])
    try sample.erase([1, 3])
    #expect(try sample.store.queue(limit: 9, track: .ordinary, names: SampleStore.names).map(\.id) == [2])
    #expect(try sample.store.queueCounts().pending == 1)
    #expect(try sample.store.openingTexts(after: 0, limit: 9).map(\.number) == [2])
    #expect(try sample.store.undecided(after: 0, limit: 9, book: "book-2").map(\.text.number) == [2])
    #expect(try sample.store.judgedText(1) == nil)
    #expect(try sample.store.verify().faults == [])
  }

  @Test func exportsNameTheErasedOrLeaveThemOut() throws {
    let sample = try ErasureTests.filled(others: 1)
    try sample.erase([1])
    var bytes: [UInt8] = []
    try sample.store.exportCanonical(names: SampleStore.names) { bytes += $0 }
    let canonical = try JSONValue.lines(Data(bytes))
    #expect(canonical.map { $0["erased"].isTrue } == [false, true])
    #expect(canonical.last?["body"].text == "" && canonical.last?["title"].text == "〔已删除〕")
    #expect(canonical.last?["verdict"]["evidence"] == .array([]))
    bytes = []
    try sample.store.exportPlain(tracks: [.ordinary, .sensitive], names: SampleStore.names) { bytes += $0 }
    #expect(try JSONValue.lines(Data(bytes)).map { $0["number"].int } == [2])
  }

  @Test func unknownNumbersEraseNothing() throws {
    let sample = try ErasureTests.filled(others: 2)
    let before = try sample.store.verify()
    #expect(throws: ErasureRefusal.unknown(9)) { try sample.erase([1, 9]) }
    #expect(try sample.store.verify().head == before.head)
    try sample.erase([1])
    let again = try sample.erase([1, 1])
    #expect(again.already == [1] && again.erased.isEmpty)
  }

  @Test func aSetAsideRecordGoesWithWhatCameOfIt() throws {
    let sample = try SampleStore()
    try sample.take([ErasureTests.marked, SampleRecord("A-2")], setAside: ["abc"])
    _ = try sample.store.openQuarantine(id: 1, by: ErasureTests.act(ErasureTests.mark("look")))
    #expect(try sample.store.markRetried(id: 1, submission: 1, at: 1_750_100_000))
    let digest = try #require(try sample.store.quarantineKeys().first).digest
    #expect(try !sample.store.tombstones().holds(record: digest))
    let report = try sample.erase([1])
    #expect(report.erased.map(\.records) == [1])
    #expect(try sample.store.quarantine(state: .retried).map(\.detail) == [""])
    #expect(try sample.store.openQuarantine(id: 1, by: ErasureTests.act("核对"))?.bytes == [])
    #expect(try sample.store.quarantineKeys().first?.digest != digest)
    #expect(try sample.store.tombstones().holds(record: digest))
    #expect(ErasureTests.found(in: sample.bytes()) == [])
    #expect(try sample.store.verify().faults == [])
  }

  /// Every place a text can lie in is known here. A new one must be erased, or be said to hold nobody's words.
  @Test func noColumnIsForgotten() throws {
    let sample = try SampleStore()
    let columns = try sample.store.read { session throws(StoreFault) in
      try session.all(
        """
        SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.type IN ('TEXT', 'BLOB') AND m.name NOT LIKE 'sqlite_%'
          AND m.name NOT LIKE 'grdb_%'
        """) { $0.text(0) }
    }
    let erased: Set = [
      "submission.external_id", "submission.identity", "submission.title", "submission.body", "submission.attributes",
      "submission.sketch", "submission.verdict", "revision.identity", "revision.title", "revision.body",
      "revision.attributes", "revision.verdict", "earlier_verdict.verdict", "quarantine.detail", "quarantine.digest",
      "segment.sealed", "event.payload", "event.salt", "reporter_submission.badge", "search_posting.word",
      "search_posting.numbers",
      // Without an editor's words for an erased case, as long as the issue is not published.
      "digest_edit.editing",
    ]
    let innocent: Set = [
      // Names of the rule book, of files and of settings; what staff and the program are called.
      "code.text", "setting.name", "setting.value", "rule_book.version", "rule_book.files", "quarantine.file",
      "quarantine.reason", "run.command", "checkpoint.file", "event.actor", "event.action", "case_file.claimant",
      "reminder.key", "account.name", "account.display", "account.password", "account_role.regions",
      "account_role.tracks", "account_role.unit", "account_role.district", "reporter.badge", "reporter.name",
      "reporter.area", "opinion_book.book", "receiver.address", "receiver.kinds", "receiver.unit", "receiver.language",
      // What staff look at again and again; a name in it is one they typed.
      "saved_view.owner", "saved_view.name", "saved_view.query",
      // Messages to the outside: codes and numbers, and a receiver's own fault.
      "outbox.kind", "outbox.unit", "outbox.identifier", "outbox.payload", "delivery.fault",
      // Sealed, and gone once a page is taken in; the head names who keeps a book and who typed it.
      "book_page.station", "book_page.book", "book_page.keyer", "book_page.checker", "book_page.head",
      "book_page.first", "book_page.second",
      // An issue of the digest: month, template and digest of what it says. What went out cannot be called back; the
      // erasure tells which issues show the case.
      "digest_issue.month", "digest_issue.template", "digest_issue.hash", "digest_print.json", "digest_print.html",
      // Digests that nobody can try a text against, and counts over all texts.
      "event.previous", "event.hash", "event.digest", "erased_submission.mark", "erased_version.digest",
      "erased_mark.mark", "account_session.digest", "used_link.digest", "matter_frequency.counts",
    ]
    #expect(Set(columns).subtracting(erased).subtracting(innocent) == [])
    #expect(erased.union(innocent).subtracting(columns) == [])
  }
}
