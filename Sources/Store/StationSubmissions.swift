internal import Suggestions

/// The submission a receipt stands for.
package struct ReceiptHolding: Sendable, Hashable {
  package var receipt: String
  package var number: Int
  /// The suggestion it came to.
  package var suggestion: Int
  /// The one that is handled now: another where it was merged.
  package var root: Int
  /// When it was written, as far as known; seconds since 1970.
  package var submittedAt: Int64?
  /// When the platform took it in.
  package var receivedAt: Int64

  package init(
    receipt: String, number: Int, suggestion: Int, root: Int, submittedAt: Int64? = nil, receivedAt: Int64
  ) {
    self.receipt = receipt
    self.number = number
    self.suggestion = suggestion
    self.root = root
    self.submittedAt = submittedAt
    self.receivedAt = receivedAt
  }
}

/// A submission that came in at a station, as its keeper may see it.
package struct StationSubmission: Sendable, Hashable {
  package var holding: ReceiptHolding
  package var isSensitive: Bool
  package var channel: String
  /// The beginning of its redacted text; empty on the sensitive track, whose texts lie on no counter.
  package var excerpt: String
  /// Opinion book, page and line, where it stands in one.
  package var book: String?
  package var page: String?
  package var line: String?

  package init(
    _ holding: ReceiptHolding, isSensitive: Bool, channel: String, excerpt: String, book: String? = nil,
    page: String? = nil, line: String? = nil
  ) {
    self.holding = holding
    self.isSensitive = isSensitive
    self.channel = channel
    self.excerpt = excerpt
    self.book = book
    self.page = page
    self.line = line
  }
}

extension SuggestionStore {
  /// Doors at which somebody stands who writes for others or hands slips out. What came through another door has its
  /// receipt where its writer is, and a keeper has no business with it, though it may speak of the station.
  static let counters: Set<Channel> = [.opinionBook, .visit, .kiosk, .letter]

  /// What came in at a station, newest first: out of its opinion books, and over its counter.
  ///
  /// - Parameters:
  ///   - station: its code, as verdicts have it.
  ///   - names: what its books may be named for: the sources are `book:` and one of these.
  ///   - moment: only what was taken in from then on; seconds since 1970.
  package func submissions(
    ofStation station: String, names: [String], since moment: Int64? = nil, limit: Int = 10_000
  ) throws(StoreFault) -> [StationSubmission] {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let batches = try IntakeMoments(session)
      var rows: [Int: StationRow] = [:]
      for name in Set(names) {
        try session.each(
          StationRow.selection + " JOIN code c ON c.id = s.source WHERE c.family = $1 AND c.text = $2 AND \(ErasedRows.isLiving)",
          [.integer(CodeFamily.source.rawValue), .text("book:" + name)]
        ) { row in
          let row = StationRow(row)
          rows[row.number] = row
        }
      }
      // By the suggestions, not the submissions: few have a station, and those are indexed.
      let code = try session.first(
        "SELECT id FROM code WHERE family = $1 AND text = $2",
        [.integer(CodeFamily.station.rawValue), .text(station)]) { $0.integer(0) }
      if let code {
        try session.each(
          StationRow.selection + """
             WHERE s.station = $1 AND \(ErasedRows.isLiving) AND s.number IN (
              SELECT id FROM suggestion WHERE station = $1 AND station <> 0
              UNION SELECT m.submission FROM member m JOIN suggestion o ON o.id = m.suggestion
              WHERE o.station = $1 AND o.station <> 0)
            """, [.integer(code)]
        ) { row in
          let row = StationRow(row)
          if SuggestionStore.counters.contains(row.channel) { rows[row.number] = row }
        }
      }
      var found: [StationSubmission] = []
      for row in rows.values.sorted(by: { $0.number > $1.number }) {
        guard let submission = row.submission(received: batches.moment(of: row.seal), receipts) else {
          throw .corrupt("submission \(row.number): its attributes cannot be read")
        }
        if submission.holding.receivedAt >= moment ?? .min { found.append(submission) }
        if found.count == limit { break }
      }
      return found
    }
  }

  /// Nil when the code is wrong, nobody has it, or what it stood for was erased: which of them is not told, and the same
  /// is looked up for each. Numbers are no receipts: who may ask by number sees more than writers.
  package func holding(ofReceipt code: String) throws(StoreFault) -> ReceiptHolding? {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try holding(ofNumber: receipts.number(of: code).map(Int.init) ?? 0)
  }

  func holding(ofNumber number: Int) throws(StoreFault) -> ReceiptHolding? {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      let row = try session.first(
        StationRow.selection + " WHERE s.number = $1 AND \(ErasedRows.isLiving)", [.integer(number)]
      ) { StationRow($0) }
      guard let row else { return nil }
      return row.holding(received: try IntakeMoments.moment(of: row.seal, session), receipts)
    }
  }
}

/// A submission with the seal of its first version.
struct StationRow {
  static let selection = """
    SELECT s.number, s.suggestion, coalesce(g.root, g.id), s.track, h.track, s.channel, s.title, s.body, s.attributes,
      s.submitted_at,
      CASE WHEN s.revision = 0 THEN s.seal
        ELSE (SELECT r.seal FROM revision r WHERE r.submission = s.number AND r.revision = 0) END,
      s.seal, s.source, s.station
    FROM submission s JOIN suggestion g ON g.id = s.suggestion JOIN suggestion h ON h.id = coalesce(g.root, g.id)
    """

  var number: Int
  var suggestion: Int
  var root: Int
  var isSensitive: Bool
  var channel: Channel
  var title: [UInt8]
  var body: [UInt8]
  var attributes: [UInt8]
  var submittedAt: Int64?
  var seal: Int
  /// Of the present version, whose contacts are those that count.
  var newestSeal: Int
  // Numbers of codes.
  var source: Int
  var station: Int

  init(_ row: any SQLRow) {
    number = Int(row.integer(0))
    suggestion = Int(row.integer(1))
    root = Int(row.integer(2))
    isSensitive = row.integer(3) == Int64(Track.sensitive.rawValue) || row.integer(4) == Int64(Track.sensitive.rawValue)
    channel = UInt8(exactly: row.integer(5)).flatMap { Channel(rawValue: $0) } ?? .other
    title = row.bytes(6)
    body = row.bytes(7)
    attributes = row.bytes(8)
    submittedAt = row.optionalInteger(9)
    seal = Int(row.integer(10))
    newestSeal = Int(row.integer(11))
    source = Int(row.integer(12))
    station = Int(row.integer(13))
  }

  /// Nil where the stored bytes are malformed.
  func submission(received: Int64, _ receipts: ReceiptCode) -> StationSubmission? {
    guard let attributes = StoredSubmission.attributes(attributes) else { return nil }
    func value(_ field: Field) -> String? { attributes.first { $0.name == field.name }?.text }
    let text = title.isEmpty ? body : title
    return StationSubmission(
      holding(received: received, receipts), isSensitive: isSensitive, channel: channel.code,
      excerpt: isSensitive ? "" : DisplayText(text).excerpt(SuggestionStore.excerptLength), book: value(.book),
      page: value(.page), line: value(.line))
  }

  func holding(received: Int64, _ receipts: ReceiptCode) -> ReceiptHolding {
    ReceiptHolding(
      receipt: UInt32(exactly: number).map { receipts.code(of: $0) } ?? "", number: number, suggestion: suggestion,
      root: root, submittedAt: submittedAt, receivedAt: received)
  }
}
