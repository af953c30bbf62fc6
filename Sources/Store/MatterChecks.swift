extension Verification {
  /// The same-matter index against the texts: everything up to the watermark is in it as it is now or noted as changed,
  /// nothing else is, and the lists hold as many entries of each text as the text says.
  func checkMatters() throws(StoreFault) {
    let watermark = try MatterIndex.state(session).watermark
    if watermark > report.tail.submission { faults.add(.matters, watermark) }
    let wrong = try session.all(
      """
      SELECT s.number FROM submission s LEFT JOIN matter_text m ON m.number = s.number
      WHERE s.number <= $1 AND s.number = s.suggestion
        AND (m.number IS NULL OR (m.revision >= 0 AND (m.revision <> s.revision OR m.track <> s.track)))
        AND NOT EXISTS (SELECT 1 FROM matter_stale t WHERE t.submission = s.number)
      ORDER BY s.number
      """, [.integer(watermark)]) { Int($0.integer(0)) }
    for number in wrong { faults.add(.matters, number) }
    let strangers = try session.all(
      """
      SELECT m.number FROM matter_text m
      WHERE m.number > $1 OR NOT EXISTS (SELECT 1 FROM submission s WHERE s.number = m.number) ORDER BY m.number
      """, [.integer(watermark)]) { Int($0.integer(0)) }
    for number in strangers { faults.add(.matters, number) }
    try checkMatterSums()
  }

  private struct Sums: Equatable {
    var texts: Int64 = 0
    var squares: Int64 = 0
    var pieces: Int64 = 0
    /// Numbers, each as often as it stands in the lists.
    var numbers = 0.0
  }

  private func checkMatterSums() throws(StoreFault) {
    var expected: [Int64: Sums] = [:]
    try session.each("SELECT track, number, pieces, square FROM matter_text WHERE revision >= 0", []) { row in
      var sums = expected[row.integer(0)] ?? Sums()
      sums.texts += 1
      sums.squares &+= row.integer(3)
      sums.pieces &+= row.integer(2)
      sums.numbers += Double(row.integer(1)) * Double(row.integer(2))
      expected[row.integer(0)] = sums
    }
    var found: [Int64: Sums] = [:]
    try session.each("SELECT track, texts, squares FROM matter_sum", []) { row in
      found[row.integer(0)] = Sums(texts: row.integer(1), squares: row.integer(2))
    }
    try session.each(
      """
      SELECT track, count(*), sum(CAST(number AS DOUBLE PRECISION)) FROM matter_posting GROUP BY track
      """, []
    ) { row in
      found[row.integer(0), default: Sums()].pieces = row.integer(1)
      found[row.integer(0), default: Sums()].numbers = row.real(2)
    }
    for track in Set(expected.keys).union(found.keys).sorted() {
      let (one, other) = (expected[track] ?? Sums(), found[track] ?? Sums())
      if one == other { continue }
      // The lists of which text, if it is the lists.
      let lists = one.pieces == other.pieces && one.numbers == other.numbers
      faults.add(.matters, lists ? 0 : try firstMiscounted(track))
    }
  }

  /// The first text that stands in more or fewer lists than it says; 0 where that is none.
  private func firstMiscounted(_ track: Int64) throws(StoreFault) -> Int {
    Int(
      try session.integer(
        """
        SELECT coalesce(min(number), 0) FROM (
          SELECT p.number AS number FROM (
            SELECT number, count(*) AS lists FROM matter_posting WHERE track = $1 GROUP BY number) p
            LEFT JOIN matter_text m ON m.number = p.number AND m.track = $1 AND m.revision >= 0
          WHERE m.number IS NULL OR m.pieces <> p.lists
          UNION ALL
          SELECT m.number FROM matter_text m
          WHERE m.track = $1 AND m.revision >= 0 AND m.pieces > 0
            AND m.number NOT IN (SELECT number FROM matter_posting WHERE track = $1)) wrong
        """, [.integer(track)]))
  }
}
