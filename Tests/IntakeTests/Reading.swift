import Intake
import Suggestions
import TestSupport

/// What came out of a file, in a form that compares and prints.
struct Reading: Equatable {
  struct Record: Equatable {
    var ordinal: Int
    var line: Int
    var offset: Int
    var fields: [String: String]
    var submittedAt: Int64?
    var received: String
  }

  struct Fault: Equatable {
    var ordinal: Int
    var line: Int
    var offset: Int
    var faultLine: Int
    var faultColumn: Int
    var reason: SetAsideReason
    var bytes: [UInt8]
    var total: Int
  }

  var records: [Record] = []
  var faults: [Fault] = []
  var source = ""
  var custody: BookCustody?
  var isRefused = false
  var seen = 0
  var endOffset = 0

  subscript(record: Int, field: String) -> String? { records[record].fields[field] }

  static func of(
    _ text: String, _ profile: String, chunk: Int = 1 << 20, limits: IntakeLimits = .standard
  ) throws -> Reading {
    try of(Array(text.utf8), Shipped.profile(profile), chunk: chunk, limits: limits)
  }

  /// - Parameter drains: hands each chunk a batch of its own, as a pipeline with a full batch does.
  static func of(
    _ bytes: [UInt8], _ profile: FormProfile, chunk: Int = 1 << 20, limits: IntakeLimits = .standard,
    drains: Bool = true
  ) -> Reading {
    let reader = RecordReader(profile: profile, sourceOverride: nil, limits: limits)
    var reading = Reading()
    var batch = DraftBatch()
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + chunk)
      bytes[at..<end].withUnsafeBytes { reader.feed($0, into: &batch) }
      at = end
      if drains, !batch.isEmpty {
        reading.take(batch)
        batch = DraftBatch(arena: Arena(capacity: 4096))
      }
    }
    reader.finish(into: &batch)
    reading.take(batch)
    reading.source = reader.source
    reading.custody = reader.custody
    reading.isRefused = reader.isRefused
    reading.seen = reader.recordsSeen
    return reading
  }

  private mutating func take(_ batch: borrowing DraftBatch) {
    for draft in batch.drafts {
      var fields: [String: String] = [:]
      for field in Field.allCases where draft[field].isPresent { fields[field.name] = batch.arena.string(draft[field]) }
      records.append(
        Record(
          ordinal: draft.position.ordinal, line: draft.position.line, offset: draft.position.byteOffset,
          fields: fields, submittedAt: draft.submittedAt, received: batch.arena.string(draft.received)))
    }
    for fault in batch.setAside {
      faults.append(
        Fault(
          ordinal: fault.position.ordinal, line: fault.position.line, offset: fault.position.byteOffset,
          faultLine: fault.faultLine, faultColumn: fault.faultColumn, reason: fault.reason, bytes: fault.bytes,
          total: fault.totalBytes))
    }
    endOffset = max(endOffset, batch.endOffset)
  }
}

extension DraftBatch {
  /// A small one: tests make thousands.
  init(arena: consuming Arena) {
    self.init()
    self.arena = arena
  }
}

/// The profiles in `rules/profiles`.
enum Shipped {
  static let names = [
    "bench-json", "bench-xml", "civic-messages", "dezhihui-json", "dezhihui-xml", "odk-submission", "open311-json",
    "open311-xml", "opinion-book", "work-group",
  ]

  static func profile(_ name: String) throws -> FormProfile {
    try FormProfile(yaml: PackageRoot.bytes("rules/profiles/\(name).yaml"), file: "\(name).yaml")
  }

  static func all() throws -> [FormProfile] { try names.map(profile) }
}
