package import Casework
internal import Suggestions

extension SuggestionStore {
  /// Every suggestion with its case, by number, some thousands in memory at a time. `body` must not come back to the
  /// store: its connection is taken.
  ///
  /// - Parameter regionPath: a region's code, then the codes of what it lies in.
  package func caseRecords(
    regionPath: (String) -> [String] = { [$0] }, _ body: (CaseRecord) throws(StoreFault) -> Void
  ) throws(StoreFault) {
    try snapshot { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        let rows = try CaseRows(session, regionPath: path)
        let intakes = try IntakeMoments(session)
        var last = 0
        while true {
          let page = try CaseRecordPage(after: last, through: .max, rows, intakes)
          for record in page.records { try body(record) }
          guard let end = page.last else { return }
          last = end
        }
      }
    }
  }
}

/// Some thousands of suggestions with their histories: one query for the rows, one for the events.
struct CaseRecordPage {
  private(set) var records: [CaseRecord] = []
  private(set) var last: Int?
  private static let size = 4_096

  /// - Parameter isWanted: by number and when it was received and, as far as known, written; the others are passed over.
  init(
    after number: Int, through end: Int, _ rows: CaseRows, _ intakes: IntakeMoments,
    where isWanted: (Int, Int64, Int64?) -> Bool = { _, _, _ in true }
  ) throws(StoreFault) {
    var found: [(record: CaseRecord, opening: CaseOpening)] = []
    try rows.session.each(
      """
      SELECT g.id, s.kind, s.track, s.urgency, s.topic, s.region, s.station, s.lead, s.tier, s.submitted_at,
        CASE WHEN s.revision = 0 THEN s.seal
          ELSE (SELECT r.seal FROM revision r WHERE r.submission = s.number AND r.revision = 0) END,
        s.channel, s.verdict, g.track, g.support, g.submissions, g.root, s.attributes
      FROM suggestion g JOIN submission s ON s.number = g.id WHERE g.id > $1 AND g.id <= $3
      ORDER BY g.id LIMIT $2
      """, [.integer(number), .integer(CaseRecordPage.size), .integer(end)]
    ) { row in
      let (id, received) = (Int(row.integer(0)), intakes.moment(of: Int(row.integer(10))))
      last = id
      guard isWanted(id, received, row.optionalInteger(9)) else { return }
      let opening = rows.opening((1..<10).map { row.optionalInteger($0) }, receivedAt: received)
      let route = VerdictRecord(row.bytes(12)).flatMap { rows.codes.text($0.route) }
      let record = CaseRecord(
        id: id, history: CaseHistory(opening), region: opening.regions.first,
        topic: opening.topic.isEmpty ? nil : opening.topic, lead: opening.lead?.unit, station: opening.station,
        channel: StoredCodes.channel(row.integer(11)), route: route,
        track: Track(rawValue: UInt8(truncatingIfNeeded: row.integer(13))) ?? .ordinary, support: Int(row.integer(14)),
        submissions: Int(row.integer(15)), isMerged: row.optionalInteger(16) != nil,
        isDiscovered: CaseRecordPage.namesReporter(row.bytes(17)), receivedAt: opening.receivedAt,
        submittedAt: opening.submittedAt)
      found.append((record, opening))
    }
    guard let first = found.first?.record.id, let end = found.last?.record.id else { return }
    let events = try rows.events(from: first, through: end)
    records = found.map { pair in
      var record = pair.record
      if let done = events[record.id] { record.history = CaseHistory(pair.opening, events: done) }
      return record
    }
  }

  /// 主动发现: whether the form names a mobile information officer.
  private static func namesReporter(_ attributes: [UInt8]) -> Bool {
    var reader = PackedReader(attributes)
    while !reader.isAtEnd, let number = reader.number(), let text = reader.text() {
      if number == Int(Field.reporter.rawValue), !text.isEmpty { return true }
    }
    return false
  }
}
