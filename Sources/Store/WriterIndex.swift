/// Which submissions are of one writer, by the keyed digest of who that is.
///
/// Nothing that is there finds them: duplicates and the same matter go by what is said, and the digest lies in the rows
/// of the submissions, a gigabyte to look through at a million. An index on it would be one on random values, 2.2
/// microseconds of each record's intake, as most records have a writer and leaving out the others saves little. So it
/// is a table behind a watermark (the setting `written`), filled while nobody types; of what is behind it the last
/// ``tail`` are looked through. Segments of numbers keep what is written together together: without them each page
/// would rewrite the whole table.
///
/// It holds every writer up to the watermark as it is now: a correction and an erasure change it in their own
/// transaction.
enum WriterIndex {
  /// 131,072 submissions to one: eight to look into at a million.
  private static let segmentBits = 17
  /// Read in one transaction: some 30 milliseconds.
  private static let page = 1 << 14
  /// Submissions behind the index that are looked through one by one.
  static let tail = 4_096

  static func segment(_ number: Int) -> Int { number >> segmentBits }

  /// The same of a column.
  static func segment(_ column: String) -> String { "\(column) >> \(segmentBits)" }

  static func watermark(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.first("SELECT value FROM setting WHERE name = 'written'") { $0.text(0) } ?? "") ?? 0
  }

  static func last(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.integer("SELECT coalesce(max(number), 0) FROM submission"))
  }

  /// Takes in the next submissions, of one segment, at most so many.
  ///
  /// - Returns: how many there were.
  static func takeIn(limit: Int, _ session: any SQLSession) throws(StoreFault) -> Int {
    let reached = try watermark(session)
    let segment = segment(reached + 1)
    let end = min(try last(session), reached + min(limit, page), (segment + 1) << segmentBits - 1)
    guard end > reached else { return 0 }
    // In the order of the table, so that neighbouring rows are written together.
    try session.execute(
      """
      INSERT INTO writer_submission (segment, writer, number)
      SELECT $1, writer, number FROM submission WHERE number > $2 AND number <= $3 AND writer IS NOT NULL
      ORDER BY writer, number
      """, [.integer(segment), .integer(reached), .integer(end)])
    try session.execute(
      """
      INSERT INTO setting (name, value) VALUES ('written', $1)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """, [.text(String(end))])
    return end - reached
  }

  /// Before a submission is corrected to another writer.
  static func rewrite(_ number: Int, by writer: Int64?, _ session: any SQLSession) throws(StoreFault) {
    let before = try session.first("SELECT writer FROM submission WHERE number = $1", [.integer(number)]) {
      $0.optionalInteger(0)
    }
    guard let before, before != writer, number <= (try watermark(session)) else { return }
    try forget(number, session)
    guard let writer else { return }
    try session.execute(
      "INSERT INTO writer_submission (segment, writer, number) VALUES ($1, $2, $3)",
      [.integer(segment(number)), .integer(writer), .integer(number)])
  }

  /// Takes a submission out, while its row still says who wrote it.
  static func forget(_ number: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      DELETE FROM writer_submission
      WHERE segment = $1 AND writer = (SELECT writer FROM submission WHERE number = $2) AND number = $2
      """, [.integer(segment(number)), .integer(number)])
  }

  /// The latest submissions of a writer, the latest first, at most so many.
  ///
  /// - Parameter floor: those behind the watermark are looked at from here.
  static func numbers(
    of writer: Int64, limit: Int, floor: Int, _ session: any SQLSession
  ) throws(StoreFault) -> [Int] {
    var found = try session.all(
      "SELECT number FROM submission WHERE number > $1 AND writer = $2 ORDER BY number DESC LIMIT $3",
      [.integer(floor), .integer(writer), .integer(limit)]) { Int($0.integer(0)) }
    var segment = segment(try watermark(session))
    while segment >= 0, found.count < limit {
      found += try session.all(
        "SELECT number FROM writer_submission WHERE segment = $1 AND writer = $2 ORDER BY number DESC LIMIT $3",
        [.integer(segment), .integer(writer), .integer(limit - found.count)]) { Int($0.integer(0)) }
      segment -= 1
    }
    return found
  }
}

extension SuggestionStore {
  /// Submissions the index of writers does not know yet.
  package func writerLag() throws(StoreFault) -> Int {
    try snapshot { session throws(StoreFault) in
      max(0, try WriterIndex.last(session) - WriterIndex.watermark(session))
    }
  }

  /// Takes submissions into the index of writers, those that came in first first, at most so many; a page a
  /// transaction, so that nobody waits for all of it.
  ///
  /// - Returns: how many wait.
  @discardableResult
  package func updateWriters(limit: Int = .max) throws(StoreFault) -> Int {
    var left = limit
    while left > 0 {
      let most = left
      let taken = try write { session throws(StoreFault) in try WriterIndex.takeIn(limit: most, session) }
      if taken == 0 { break }
      left -= taken
    }
    return try writerLag()
  }
}

extension Verification {
  /// The index of writers holds those of every submission up to its watermark and nothing else.
  func checkWriters() throws(StoreFault) {
    let watermark = try WriterIndex.watermark(session)
    if watermark > report.tail.submission { faults.add(.writers, watermark) }
    let strangers = try session.all(
      """
      SELECT w.number, s.writer IS NULL FROM writer_submission w LEFT JOIN submission s ON s.number = w.number
      WHERE s.writer IS NULL OR s.writer <> w.writer OR w.number > $1 OR w.segment <> \(WriterIndex.segment("w.number"))
      ORDER BY w.number
      """, [.integer(watermark)]) { (number: Int($0.integer(0)), isNobodys: $0.integer(1) != 0) }
    for (number, isNobodys) in strangers {
      faults.add(isNobodys && erasures.isErased(number) ? .erasures : .writers, number)
    }
    let missing = try session.all(
      """
      SELECT s.number FROM submission s LEFT JOIN writer_submission w
        ON w.segment = \(WriterIndex.segment("s.number")) AND w.writer = s.writer AND w.number = s.number
      WHERE s.number <= $1 AND s.writer IS NOT NULL AND w.number IS NULL ORDER BY s.number
      """, [.integer(watermark)]) { Int($0.integer(0)) }
    for number in missing { faults.add(.writers, number) }
  }
}
