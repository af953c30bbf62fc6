import Foundation
import Stages
import Store
import Suggestions
import Text

/// The bulk writer into a fresh store, beside statements bound value by value. The bulk writer also digests each row
/// for the history, which the plain way leaves out.
enum StoreBenchmark {
  private static let batch = 4096

  static func run(_ texts: Texts) throws {
    Measurement.section("store")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("micro-benchmarks-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var grams: [UInt64] = []
    let sketches = (0..<texts.count).map { Sketch(of: texts.scalars($0), grams: &grams) }
    let bulk = try Measurement.row("bulk writer", texts: texts.count, bytes: texts.byteCount) {
      try inFreshStore(folder) { store in try write(texts, sketches, to: store) }
    }
    let plain = try Measurement.row("value by value, no row digest", texts: texts.count, bytes: texts.byteCount) {
      try inFreshStore(folder) { store in try writePlainly(texts, sketches, to: store) }
    }
    try Measurement.compare(bulk, plain, "faster than value by value")
  }

  private static func inFreshStore(_ folder: URL, _ fill: (SuggestionStore) throws -> Void) throws -> Int {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
    let path = folder.appendingPathComponent("store.db").path
    let store = try SuggestionStore(url: "sqlite:\(path)", access: .create, folding: Folding.version)
    try fill(store)
    try store.checkpoint()
    let count = try store.read { session throws(StoreFault) in
      try session.integer("SELECT count(*) FROM submission JOIN suggestion ON suggestion.id = submission.suggestion")
    }
    try store.close()
    return Int(count)
  }

  /// Identity, digest: 24 bytes that differ from row to row.
  private static func identity(_ number: Int) -> [UInt8] {
    var random = SplitMix64(seed: UInt64(number))
    return (0..<3).flatMap { _ in withUnsafeBytes(of: random.next().littleEndian) { Array($0) } }
  }

  private static func externalID(_ number: Int) -> [UInt8] { Array("DZH-2025-\(10_000_000 + number)".utf8) }

  private static func write(_ texts: Texts, _ sketches: [Sketch], to store: SuggestionStore) throws {
    for start in stride(from: 0, to: texts.count, by: batch) {
      try store.intake { writer throws(StoreFault) in
        for index in start..<min(start + batch, texts.count) { try write(texts, sketches, index, &writer) }
      }
    }
  }

  private static func write(
    _ texts: Texts, _ sketches: [Sketch], _ index: Int, _ writer: inout IntakeWriter
  ) throws(StoreFault) {
    var row = SubmissionRow()
    row.number = UInt32(index + 1)
    row.seal = index + 1
    row.source = 1
    row.submittedAt = 1_735_660_800 + Int64(index)
    row.suggestion = row.number
    row.topic = 7
    row.lead = 3
    row.priority = 40
    row.book = 1
    let externalID = externalID(index)
    let identity = identity(index)
    var fault: StoreFault?
    texts.body(index) { body in
      externalID.withUnsafeBufferPointer { externalID in
        identity.withUnsafeBytes { identity in
          sketches[index].withStoredBytes { sketch in
            row.externalID = externalID
            row.identity = identity
            row.sketch = sketch
            row.title = UnsafeBufferPointer(rebasing: body.prefix(30))
            row.body = body
            do throws(StoreFault) { try writer.insert(row) } catch { fault = error }
          }
        }
      }
    }
    if let fault { throw fault }
  }

  private static func writePlainly(_ texts: Texts, _ sketches: [Sketch], to store: SuggestionStore) throws {
    for start in stride(from: 0, to: texts.count, by: batch) {
      try store.write { session throws(StoreFault) in
        for index in start..<min(start + batch, texts.count) { try writePlainly(texts, sketches, index, session) }
      }
    }
  }

  private static func writePlainly(
    _ texts: Texts, _ sketches: [Sketch], _ index: Int, _ session: any SQLSession
  ) throws(StoreFault) {
    let number = index + 1
    let body = texts.body(index) { String(decoding: $0, as: UTF8.self) }
    let title = texts.body(index) { String(decoding: $0.prefix(30), as: UTF8.self) }
    let sketch = sketches[index].withStoredBytes { Array($0) }
    let zero = SQLValue.integer(0)
    let own: [SQLValue] = [
      .integer(number), .integer(1), .text(String(decoding: externalID(index), as: UTF8.self)), .integer(number),
      .integer(1_735_660_800 + index), zero, .null, zero, zero, .bytes(identity(index)), .text(title), .text(body),
      .bytes([]), .bytes(sketch),
    ]
    let verdict: [SQLValue] = [
      .integer(number), zero, .null, zero, zero, zero, zero, zero, .integer(1), .integer(7), zero, zero, .integer(3),
      zero, .integer(40), .integer(1), .bytes([]),
    ]
    try session.execute(
      """
      INSERT INTO submission (number, source, external_id, seal, submitted_at, channel, writer, place, names_place,
        identity, title, body, attributes, sketch, suggestion, duplicate, leader, score, differs, track, kind, act,
        urgency, topic, region, station, lead, tier, priority, book, verdict)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31)
      """, own + verdict)
    try session.execute(
      """
      INSERT INTO suggestion (id, state, track, kind, urgency, topic, region, station, lead, tier, priority, support,
        submissions, submitted_at, near)
      VALUES ($1, 0, 0, 0, 1, 7, 0, 0, 3, 0, 40, 1, 1, $2, NULL)
      """, [.integer(number), .integer(1_735_660_800 + index)])
  }
}
