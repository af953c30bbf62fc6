internal import Casework
internal import Suggestions

/// 来件计数: submissions of a month, told apart in the ways an issue shows.
package struct DigestTallies: Sendable {
  package struct Key: Sendable, Hashable {
    /// Days since 1970-01-01.
    package var day: Int
    /// Codes.
    package var channel: String
    package var act: String
    package var kind: String
  }

  /// What stands in the opinion books of one station.
  package struct Books: Sendable, Hashable {
    /// Code of the station; nil where the verdict has none.
    package var station: String?
    /// `book:` and what the book is named for.
    package var source: String
    package var books: Set<String>
    package var entries: Int

    package init(station: String?, source: String, books: Set<String>, entries: Int) {
      self.station = station
      self.source = source
      self.books = books
      self.entries = entries
    }
  }

  package var counts: [Key: Int] = [:]
  /// By source, then station.
  package var books: [Books] = []

  package init() {}
}

/// Submissions of the ordinary track in the month, by their own date. Kinds and acts are the machine's.
struct DigestTallying {
  private let session: any SQLSession
  private let periods: DigestPeriods
  private let codes: StoredCodes
  private let intakes: IntakeMoments

  init(_ session: any SQLSession, _ periods: DigestPeriods) throws(StoreFault) {
    self.session = session
    self.periods = periods
    codes = try StoredCodes(session)
    intakes = try IntakeMoments(session)
  }

  func tallies() throws(StoreFault) -> DigestTallies {
    var tallies = DigestTallies()
    try addDated(to: &tallies)
    try addOthers(to: &tallies)
    try addBooks(to: &tallies)
    return tallies
  }

  private static let ordinary = """
    FROM submission s JOIN suggestion g ON g.id = s.suggestion LEFT JOIN suggestion r ON r.id = g.root
    WHERE s.track = 0 AND g.track = 0 AND coalesce(r.track, 0) = 0 AND \(ErasedRows.isLiving)
    """

  private static let seal = """
    CASE WHEN s.revision = 0 THEN s.seal
      ELSE (SELECT v.seal FROM revision v WHERE v.submission = s.number AND v.revision = 0) END
    """

  private var month: [SQLValue] { [.integer(periods.month.lowerBound), .integer(periods.month.upperBound)] }
  /// What has no date of its own, or where that is not the one that counts, is found by when it was received.
  private var isByReceipt: Bool { periods.moment == .received }

  /// Counted by the database, as there may be a million of them.
  private func addDated(to tallies: inout DigestTallies) throws(StoreFault) {
    guard !isByReceipt else { return }
    try session.each(
      """
      SELECT (s.submitted_at + \(CivilTime.chinaOffset)) / 86400, s.channel, s.act, s.kind, count(*)
      \(DigestTallying.ordinary) AND s.submitted_at >= $1 AND s.submitted_at < $2
      GROUP BY 1, 2, 3, 4
      """, month
    ) { row in
      tallies.counts[key(Int(row.integer(0)), row, from: 1), default: 0] += Int(row.integer(4))
    }
  }

  private func addOthers(to tallies: inout DigestTallies) throws(StoreFault) {
    try session.each(
      """
      SELECT \(DigestTallying.seal), s.channel, s.act, s.kind \(DigestTallying.ordinary)
      \(isByReceipt ? "" : "AND s.submitted_at IS NULL")
      """, []
    ) { row in
      let moment = intakes.moment(of: Int(row.integer(0)))
      guard periods.month.contains(moment) else { return }
      tallies.counts[key(CivilTime(moment).dayNumber, row, from: 1), default: 0] += 1
    }
  }

  private func key(_ day: Int, _ row: any SQLRow, from column: Int) -> DigestTallies.Key {
    DigestTallies.Key(
      day: day, channel: StoredCodes.channel(row.integer(column)), act: StoredCodes.act(row.integer(column + 1)),
      kind: StoredCodes.kind(row.integer(column + 2)))
  }

  private func addBooks(to tallies: inout DigestTallies) throws(StoreFault) {
    struct Place: Hashable {
      var source: Int
      var station: Int
    }
    var found: [Place: (books: Set<String>, entries: Int)] = [:]
    try session.each(
      """
      SELECT s.submitted_at, \(DigestTallying.seal), s.source, s.station, s.attributes \(DigestTallying.ordinary)
        AND s.channel = $1
      """, [.integer(Int(Channel.opinionBook.rawValue))]
    ) { row in
      let moment = periods.moment(
        received: intakes.moment(of: Int(row.integer(1))), submitted: row.optionalInteger(0))
      guard periods.month.contains(moment) else { return }
      let place = Place(source: Int(row.integer(2)), station: Int(row.integer(3)))
      let book = StoredSubmission.attributes(row.bytes(4))?.first { $0.name == Field.book.name }?.text
      found[place, default: ([], 0)].entries += 1
      found[place]?.books.insert(book ?? "")
    }
    tallies.books = found.map { place, seen in
      DigestTallies.Books(
        station: codes.text(place.station), source: codes.source(place.source), books: seen.books, entries: seen.entries)
    }.sorted { left, right in
      (left.source, left.station ?? "~") < (right.source, right.station ?? "~")
    }
  }
}
