import Rules
import Stages
import Suggestions
import TestSupport
import Text

/// One record to hand in, as a form would.
struct Record: Sendable {
  var fields: [Field: String] = [:]
  var submittedAt: Int64?

  init(
    _ id: String?, _ body: String, title: String? = nil, region: String? = nil, station: String? = nil,
    at submittedAt: Int64? = nil, more: [Field: String] = [:]
  ) {
    fields = more
    fields[.externalID] = id
    fields[.body] = body
    fields[.title] = title
    fields[.region] = region
    fields[.station] = station
    self.submittedAt = submittedAt
  }
}

/// What the stages made of a record, in a form that compares and prints.
struct Outcome: Equatable {
  var disposition: Disposition
  var submission: UInt32
  var suggestion: UInt32
  var duplicate: DuplicateKind
  var leader: UInt32
  var score: UInt16
  var differs: Difference
  var track: Track
  var topic: Int32
  var region: Int32
  var kind: Kind
  var lead: Int32
  var priority: UInt8
  var externalID: String
  var body: String
  var identity: UInt64
  var digest: ContentDigest
}

/// All stages in order over one duplicate memory, as the pipeline chains them.
struct Line: ~Copyable {
  let book: RuleBook
  var deduplicate = Deduplicate()
  var source = "form"
  var volatile: FieldSet = []
  private var batches = 0

  init(_ book: RuleBook) { self.book = book }

  init() throws { book = try SampleBook.book() }

  mutating func run(_ records: [Record], batchSize: Int = 4096) -> [Outcome] {
    var outcomes: [Outcome] = []
    var from = 0
    while from < records.count {
      let to = min(records.count, from + batchSize)
      outcomes += outcomesOf(batch(of: Array(records[from..<to])))
      from = to
    }
    return outcomes
  }

  mutating func batch(of records: [Record]) -> Batch<Routed> {
    var drafts = DraftBatch()
    drafts.arena = Arena(capacity: 256)
    for record in records { drafts.add(record) }
    return batch(of: drafts)
  }

  mutating func batch(of drafts: consuming DraftBatch) -> Batch<Routed> {
    let header = BatchHeader(
      source: source, defaultChannel: .webForm, asOf: 1_750_000_000, number: batches, volatile: volatile)
    batches += 1
    let normalized = Normalize(redaction: Redaction(key: 5)).apply(Batch(drafts, header: header))
    let classified = Classify(by: book).apply(normalized)
    let deduplicated = deduplicate.apply(classified)
    return Route(by: book).apply(deduplicated)
  }

  func outcomesOf(_ batch: consuming Batch<Routed>) -> [Outcome] {
    let columns = batch.columns
    return columns.rows.indices.map { index in
      let row = columns.rows[index]
      return Outcome(
        disposition: row.disposition, submission: row.submission, suggestion: row.suggestion,
        duplicate: row.duplicate, leader: row.leader, score: row.score, differs: row.differs, track: row.track,
        topic: row.topic, region: row.region, kind: row.kind, lead: row.lead, priority: row.priority,
        externalID: columns.drafts.arena.string(columns.drafts.drafts[index][.externalID]),
        body: columns.drafts.arena.string(row.body), identity: row.identity, digest: row.digest)
    }
  }
}

extension DraftBatch {
  /// - Parameter order: the fields in the order in which the form has them; it must not matter.
  mutating func add(_ record: Record, order: [Field] = Field.allCases) {
    var draft = Draft(position: RecordPosition(ordinal: drafts.count + 1, line: 1, byteOffset: 0))
    for field in order {
      if let text = record.fields[field] { draft[field] = arena.append(text) }
    }
    draft.submittedAt = record.submittedAt
    draft.received = arena.append("received")
    drafts.append(draft)
  }
}

/// The small book of the fixtures.
enum SampleBook {
  static func book() throws -> RuleBook {
    let folder = "fixtures/rules/sample"
    let start = PackageRoot.path + "/" + folder + "/"
    let paths = PackageRoot.files(below: folder).filter { $0.hasSuffix(".yaml") }
    return try RuleBook(
      files: paths.map { try RuleFile(path: String($0.dropFirst(start.count)), bytes: PackageRoot.bytes($0)) })
  }
}
