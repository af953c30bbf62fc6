import Foundation
import Store
import Suggestions
import TestSupport

/// A store in a folder of its own, filled as the intake fills it: seals, segments, rows, event and checkpoint together.
final class SampleStore {
  static let folding: UInt64 = 7
  static let names = CodeNames(tiers: ["city", "district"], cuts: [2: "mobile"])

  let folder: TemporaryFolder
  private(set) var store: SuggestionStore
  private let codes = CodeTable()
  private var number = 0
  private var seal = 1
  private var key = 1

  var path: String { folder.path("store.db") }
  var keyPath: String { path + ".keys" }

  init() throws {
    folder = try TemporaryFolder()
    store = try SuggestionStore(url: "sqlite:" + folder.path("store.db"), access: .create, folding: SampleStore.folding)
  }

  /// Two records of one source and one set-aside record.
  static func small() throws -> SampleStore {
    let sample = try SampleStore()
    let second = SampleRecord("A-2").with { $0.body = "建议在桥南路口增设充电棚，井盖也换" }
    try sample.take([SampleRecord("A-1"), second], setAside: ["abc"])
    return sample
  }

  func reopen() throws {
    try store.close()
    try open()
  }

  /// Opens what lies at its path by now, and goes on from its end.
  func open() throws {
    store = try SuggestionStore(url: path, access: .existing, folding: SampleStore.folding)
    codes.reset()
    let tail = try store.tail()
    (number, seal, key) = (Int(tail.submission), tail.seal, tail.key)
  }

  /// Every byte of the store and of the files beside it.
  func bytes() -> Data {
    ["", "-wal", "-shm", ".keys", ".erased", ".lock"].reduce(into: Data()) { bytes, ending in
      bytes += FileManager.default.contents(atPath: path + ending) ?? Data()
    }
  }

  /// Runs SQL behind the program's back.
  func tamper(_ sql: String, _ arguments: [SQLValue] = []) throws {
    try store.write { session throws(StoreFault) in try session.execute(sql, arguments) }
  }

  func integer(_ sql: String) throws -> Int {
    try store.read { session throws(StoreFault) in Int(try session.integer(sql)) }
  }

  /// Gives texts numbers before anything else does.
  func number(_ texts: [(CodeFamily, String)]) throws {
    try store.write { session throws(StoreFault) in
      for (family, text) in texts { _ = try codes.id(family, text, session) }
    }
  }

  /// Erases without a same-matter index.
  @discardableResult
  func erase(_ numbers: [Int], _ reason: String = "本人要求", actor: String = "周敏") throws -> ErasureReport {
    guard let act = StaffAct(actor: actor, reason: reason, at: 1_750_500_000) else { throw StoreFault.corrupt("no act") }
    let lock = try IntakeLock(store: store)
    defer { withExtendedLifetime(lock) {} }
    let report = try store.erase(numbers, act: act) { _ in }.get()
    // The next batch is sealed under a key of its own.
    key = try store.tail().key
    return report
  }

  /// Applies a retention rule.
  @discardableResult
  func applyRetention(under rules: CaseworkRules, at moment: Int64) throws -> RetentionReport {
    guard let act = StaffAct(actor: "周敏", reason: "按保存期限", at: moment) else { throw StoreFault.corrupt("no act") }
    let lock = try IntakeLock(store: store)
    defer { withExtendedLifetime(lock) {} }
    let report = try store.applyRetention(under: rules, act: act)
    key = try store.tail().key
    return report
  }

  /// What lies in the sealed segments, opened.
  func sealedText() throws -> Data {
    let ring = try KeyRing(path: keyPath, create: false)
    let segments = try store.read { session throws(StoreFault) in
      try session.all("SELECT key, first, count, sealed FROM segment") {
        SegmentSealer.Sealed(
          key: Int($0.integer(0)), first: Int($0.integer(1)), count: Int($0.integer(2)), bytes: $0.bytes(3))
      }
    }
    return try segments.reduce(into: Data()) { $0 += try SegmentSealer(keys: ring).open($1) }
  }

  /// Takes one batch in, in a run of its own.
  ///
  /// - Parameter isKilled: the run ends before it counts what was joined.
  func take(_ records: [SampleRecord], setAside: [String] = [], isKilled: Bool = false) throws {
    var segment = PackedWriter()
    for record in records { SampleStore.add(record.received, record.contacts, to: &segment) }
    for text in setAside { SampleStore.add(text, [], to: &segment) }
    let first = seal
    let sealed = try SegmentSealer(keys: store.keys).seal(
      segment.view, key: key, first: first, count: records.count + setAside.count)
    try store.intake { writer throws(StoreFault) in
      let session = writer.session
      let source = try codes.id(.source, records.first?.source ?? "forms", session)
      let profile = try codes.id(.profile, "sample", session)
      let run = Int(try session.integer("SELECT coalesce(max(id), 0) + 1 FROM run"))
      try session.execute(
        "INSERT INTO run (id, started_at, as_of, book, command) VALUES ($1, 1750000000, 1750000000, $2, 'ingest')",
        [.integer(run), .integer(try codes.id(.book, "book-1", session))])
      try writer.segment(sealed)
      for record in records {
        try insert(record, &writer)
        seal += 1
      }
      let last = seal - 1
      for (ordinal, text) in setAside.enumerated() {
        let entry = SetAside(
          position: RecordPosition(ordinal: ordinal + 1, line: ordinal + 1, byteOffset: 0), faultLine: 1,
          faultColumn: 2, reason: .missingField("body"), bytes: Array(text.utf8), totalBytes: text.utf8.count)
        let row = QuarantineRow(
          source: source, profile: profile, file: "a.json", entry: entry, digest: SampleStore.digest(text), seal: seal,
          run: run)
        guard try writer.quarantine(row) else { throw .corrupt("set aside twice") }
        seal += 1
      }
      let revised = records.count { $0.revises != nil }
      try session.execute(
        "INSERT INTO checkpoint VALUES ($1, 'a.json', $2, $3, 100, $4, $5, $6, 0, $7, 1)",
        [
          .integer(run), .integer(source), .integer(profile), .integer(records.count + setAside.count),
          .integer(records.count - revised), .integer(revised), .integer(setAside.count),
        ])
      try History.append(
        event(
          run: run, first: first, last: last, new: records.count - revised, revised: revised,
          quarantined: setAside.count, digest: writer.digest()), to: session)
    }
    if !isKilled { try SupportCounting.catchUp(store) }
    key += 1
  }

  /// Eight bytes that tell records apart, as the intake's digest over source and external id does.
  private static func identity(of externalID: String) -> [UInt8] {
    let hash = externalID.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return withUnsafeBytes(of: hash.littleEndian) { Array($0) }
  }

  /// The first half of the SHA-256 of the one text the tests set aside.
  private static func digest(_ text: String) -> [UInt8] {
    precondition(text == "abc")
    return [0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23]
  }

  private static func add(_ received: String, _ contacts: [(Field, String)], to segment: inout PackedWriter) {
    var packed = PackedWriter()
    for (field, text) in contacts {
      packed.number(Int(field.rawValue))
      Array(text.utf8).withUnsafeBufferPointer { packed.text($0) }
    }
    Array(received.utf8).withUnsafeBufferPointer { segment.text($0) }
    packed.bytes.withUnsafeBufferPointer { segment.text($0) }
  }

  private func event(
    run: Int, first: Int, last: Int, new: Int, revised: Int, quarantined: Int, digest: [UInt8]
  ) -> History.Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("file", #"a "first_seal": 9.json"#)
      $0.field("source", "forms")
      $0.field("first_seal", first)
      $0.field("last_seal", last)
      $0.field("new", new)
      $0.field("revised", revised)
      $0.field("quarantined", quarantined)
      $0.field("rows", digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
    return History.Event(at: 1_750_000_000, actor: "intake", action: "intake", subject: run, payload: payload.text)
  }

  private func insert(_ record: SampleRecord, _ writer: inout IntakeWriter) throws(StoreFault) {
    let session = writer.session
    var attributes = PackedWriter()
    for (field, text) in record.attributes {
      attributes.number(Int(field.rawValue))
      Array(text.utf8).withUnsafeBufferPointer { attributes.text($0) }
    }
    var verdict = VerdictRecord()
    verdict.score = 12
    verdict.runnerUp = 3
    verdict.route = try codes.id(.route, "covers", session)
    verdict.flags = record.flags
    verdict.cuts = record.cuts
    for department in record.coHandlers { verdict.coHandlers.append(try codes.id(.department, department, session)) }
    if let word = record.evidence, let found = record.body.firstRange(of: word) {
      verdict.evidence = [
        VerdictRecord.Span(
          rule: try codes.id(.rule, "cover", session), inTitle: false,
          start: record.body.utf8.distance(from: record.body.startIndex, to: found.lowerBound), count: word.utf8.count)
      ]
    }
    var packed = PackedWriter()
    verdict.write(to: &packed)
    if record.revises == nil { number += 1 }
    // Large enough for all of it: the row looks into it.
    var arena = Arena(capacity: 1 << 20)
    let length = record.body.utf8.count
    let columns: [[UInt8]] = [
      SampleStore.identity(of: record.externalID) + (8..<24).map { UInt8(truncatingIfNeeded: length &+ $0) }, Array(record.externalID.utf8), Array(record.title.utf8),
      Array(record.body.utf8), attributes.bytes, packed.bytes, Array(repeating: 0, count: 96),
    ]
    var spans: [ByteSpan] = []
    for column in columns { spans.append(column.withUnsafeBytes { arena.append($0) }) }
    var row = SubmissionRow()
    row.number = UInt32(record.revises ?? number)
    row.seal = seal
    row.source = try codes.id(.source, record.source, session)
    row.identity = UnsafeRawBufferPointer(arena.bytes(spans[0]))
    row.externalID = arena.bytes(spans[1])
    row.title = arena.bytes(spans[2])
    row.body = arena.bytes(spans[3])
    row.attributes = UnsafeRawBufferPointer(arena.bytes(spans[4]))
    row.verdict = UnsafeRawBufferPointer(arena.bytes(spans[5]))
    row.sketch = UnsafeRawBufferPointer(arena.bytes(spans[6]))
    row.submittedAt = record.submittedAt
    row.channel = record.channel
    row.writer = record.writer
    row.suggestion = record.suggestion == 0 ? row.number : UInt32(record.suggestion)
    row.again = UInt32(record.again)
    row.duplicate = record.duplicate
    row.leader = UInt32(record.leader)
    row.score = record.score
    row.differs = record.differs
    row.track = record.track
    row.kind = record.kind
    row.act = record.act
    row.topic = try codes.id(.topic, record.topic, session)
    row.region = try codes.id(.region, record.region, session)
    row.station = try record.station.map { code throws(StoreFault) in try codes.id(.station, code, session) } ?? 0
    row.lead = try codes.id(.department, record.lead, session)
    row.tier = 1
    row.priority = record.priority
    row.book = try codes.id(.book, "book-1", session)
    var digest = VersionDigest()
    let content = digest.of(row)
    let digestSpan = content.withUnsafeBytes { arena.append($0) }
    row.digest = UnsafeRawBufferPointer(arena.bytes(digestSpan))
    if record.revises == nil { try writer.insert(row) } else { try writer.revise(row) }
    // The row looks into the arena up to here.
    withExtendedLifetime(arena) {}
  }
}
