internal import Suggestions

/// Which submissions carry a badge.
///
/// The badge lies among the packed fields of a submission. To find one reporter's, all would have to be read, some
/// seconds for a million; so they are read once and what carries a badge is noted, behind two watermarks: the last
/// submission that was looked at (setting `reported`) and the last seal (`reported_seal`), which corrected ones are
/// beyond.
enum ReporterIndex {
  /// Reads what came in since, a page of submissions a transaction, so that nobody waits for all of it.
  static func catchUp(_ store: SuggestionStore) throws(StoreFault) {
    guard try store.read({ session throws(StoreFault) in try lag(session) }) else { return }
    while try store.write({ session throws(StoreFault) in try readPage(session) }) {}
  }

  private static let page = 50_000

  private static func lag(_ session: any SQLSession) throws(StoreFault) -> Bool {
    try setting("reported_seal", session) < lastSeal(session)
  }

  /// - Returns: whether there is more.
  private static func readPage(_ session: any SQLSession) throws(StoreFault) -> Bool {
    let last = Int(try session.integer("SELECT coalesce(max(number), 0) FROM submission"))
    let reached = try setting("reported", session)
    let end = min(last, reached + page)
    try note(
      "SELECT number, attributes FROM submission WHERE number > $1 AND number <= $2 ORDER BY number",
      [.integer(reached), .integer(end)], areCorrected: false, session)
    try set("reported", end, session)
    guard end == last else { return true }
    let seal = try setting("reported_seal", session)
    if try hasRevisions(beyond: seal, session) {
      try note(
        "SELECT number, attributes FROM submission WHERE revision > 0 AND seal > $1 ORDER BY number", [.integer(seal)],
        areCorrected: true, session)
    }
    try set("reported_seal", try lastSeal(session), session)
    return false
  }

  /// Corrected submissions cannot be found without looking at all; the batches say whether there are any.
  private static func hasRevisions(beyond seal: Int, _ session: any SQLSession) throws(StoreFault) -> Bool {
    var isCorrected = false
    try session.each("SELECT payload FROM event WHERE action = 'intake'", []) { row in
      guard !isCorrected, let batch = IntakePayload(row.text(0)) else { return }
      isCorrected = batch.revised > 0 && batch.lastSeal > seal
    }
    return isCorrected
  }

  /// - Parameter areCorrected: a corrected text may have lost its badge.
  private static func note(
    _ sql: String, _ arguments: [SQLValue], areCorrected: Bool, _ session: any SQLSession
  ) throws(StoreFault) {
    var found: [(number: Int, badge: String?)] = []
    try session.each(sql, arguments) { row in
      let badge = badge(in: row.bytes(1))
      if badge != nil || areCorrected { found.append((Int(row.integer(0)), badge)) }
    }
    for (number, badge) in found {
      if let badge {
        try session.execute(
          """
          INSERT INTO reporter_submission (submission, badge) VALUES ($1, $2)
          ON CONFLICT (submission) DO UPDATE SET badge = excluded.badge
          """, [.integer(number), .text(badge)])
      } else {
        try session.execute("DELETE FROM reporter_submission WHERE submission = $1", [.integer(number)])
      }
    }
  }

  /// The badge among packed fields; nil where there is none, or nothing that is one.
  static func badge(in packed: [UInt8]) -> String? {
    var index = 0
    func number() -> Int? {
      var value = 0
      var shift = 0
      while index < packed.count, shift < 56 {
        let byte = packed[index]
        index += 1
        value |= Int(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      return nil
    }
    while let field = number(), let count = number(), count <= packed.count - index {
      if field == Int(Field.reporter.rawValue) {
        return ReporterBadge(String(decoding: packed[index..<index + count], as: UTF8.self))?.text
      }
      index += count
    }
    return nil
  }

  // MARK: Settings

  /// The last submission that was looked at.
  static func watermark(_ session: any SQLSession) throws(StoreFault) -> (submission: Int, seal: Int) {
    (try setting("reported", session), try setting("reported_seal", session))
  }

  private static func lastSeal(_ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.integer("SELECT coalesce(max(first + count), 1) - 1 FROM segment"))
  }

  private static func setting(_ name: String, _ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.first("SELECT value FROM setting WHERE name = $1", [.text(name)]) { $0.text(0) } ?? "") ?? 0
  }

  private static func set(_ name: String, _ value: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      INSERT INTO setting (name, value) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """, [.text(name), .text(String(value))])
  }
}

extension SuggestionStore {
  /// What came in under each badge, registered or not; by badge.
  ///
  /// - Parameters:
  ///   - since: only what was written from this moment on; seconds since 1970. What says no date is then left out.
  ///   - before: only what was written before this moment; the same.
  package func reporterContributions(
    since: Int64? = nil, before: Int64? = nil
  ) throws(StoreFault) -> [ReporterContributions] {
    try ReporterIndex.catchUp(self)
    return try snapshot { session throws(StoreFault) in
      var conditions: [String] = []
      var arguments: [SQLValue] = []
      if let since {
        arguments.append(.integer(since))
        conditions.append("s.submitted_at >= $\(arguments.count)")
      }
      if let before {
        arguments.append(.integer(before))
        conditions.append("s.submitted_at < $\(arguments.count)")
      }
      var found: [String: ReporterContributions] = [:]
      try session.each(
        """
        SELECT r.badge, s.act, count(*), sum(CASE WHEN s.suggestion = s.number THEN 1 ELSE 0 END), max(s.submitted_at)
        FROM reporter_submission r JOIN submission s ON s.number = r.submission
        \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
        GROUP BY r.badge, s.act
        """, arguments
      ) { row in
        let badge = row.text(0)
        let act = UInt8(exactly: row.integer(1)).flatMap { Act(rawValue: $0) } ?? .none
        var entry = found[badge] ?? ReporterContributions(badge: badge)
        entry.acts[act, default: 0] += Int(row.integer(2))
        entry.firsts += Int(row.integer(3))
        entry.lastAt = [entry.lastAt, row.optionalInteger(4)].compactMap(\.self).max()
        found[badge] = entry
      }
      return found.values.sorted { $0.badge.utf8.lexicographicallyPrecedes($1.badge.utf8) }
    }
  }
}

extension Verification {
  /// Each entry of the register is what its last event tells, and what is noted of a badge is what the text says.
  func checkReporters() throws(StoreFault) {
    var told: [Int: (payload: String, added: Int64?)] = [:]
    try session.each(
      """
      SELECT subject, at, action, payload FROM event
      WHERE action IN ('reporter-add', 'reporter-change', 'reporter-retire', 'reporter-reinstate') ORDER BY seq
      """, []
    ) { row in
      let id = Int(row.integer(0))
      let added = row.text(2) == "reporter-add" ? row.integer(1) : told[id]?.added
      told[id] = (row.text(3), added)
    }
    for row in try ReporterRow.all(session) {
      let told = told.removeValue(forKey: row.id)
      if told?.payload != row.payload || told?.added != row.addedAt { faults.add(.reporters, row.id) }
    }
    for id in told.keys.sorted() { faults.add(.reporters, id) }
    try checkBadges()
  }

  private func checkBadges() throws(StoreFault) {
    let reached = try ReporterIndex.watermark(session)
    var noted: [Int: String] = [:]
    try session.each("SELECT submission, badge FROM reporter_submission", []) { row in
      noted[Int(row.integer(0))] = row.text(1)
    }
    guard reached.submission > 0 else {
      if !noted.isEmpty { faults.add(.reporters, 0, occurrences: noted.count) }
      return
    }
    try session.each(
      "SELECT number, seal, attributes FROM submission WHERE number <= $1", [.integer(reached.submission)]
    ) { row in
      let number = Int(row.integer(0))
      let badge = noted.removeValue(forKey: number)
      // What was corrected since is looked at with the next page.
      guard Int(row.integer(1)) <= reached.seal else { return }
      if ReporterIndex.badge(in: row.bytes(2)) != badge { faults.add(.reporters, 0) }
    }
    if !noted.isEmpty { faults.add(.reporters, 0, occurrences: noted.count) }
  }
}
