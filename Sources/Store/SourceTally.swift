internal import Suggestions

/// What came in from one source, counted over its runs: a few rows each, however many submissions there are.
package struct SourceTally: Sendable, Hashable {
  package var source: String
  package var submissions: Int
  /// Corrections taken in.
  package var revised: Int
  /// Set-aside records, whatever became of them.
  package var quarantined: Int
  /// Those of them that wait.
  package var waiting: Int
  /// When a run last brought something; nil where only set-aside records are known. Seconds since 1970.
  package var lastAt: Int64?
}

extension SuggestionStore {
  /// By name.
  package func sourceTallies() throws(StoreFault) -> [SourceTally] {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var found: [Int: SourceTally] = [:]
      func tally(_ source: Int) -> SourceTally {
        found[source]
          ?? SourceTally(source: codes.source(source), submissions: 0, revised: 0, quarantined: 0, waiting: 0)
      }
      try session.each(
        """
        SELECT c.source, sum(c.new), sum(c.revised), max(r.started_at) FROM checkpoint c JOIN run r ON r.id = c.run
        GROUP BY c.source
        """, []
      ) { row in
        var entry = tally(Int(row.integer(0)))
        (entry.submissions, entry.revised) = (Int(row.integer(1)), Int(row.integer(2)))
        entry.lastAt = row.optionalInteger(3)
        found[Int(row.integer(0))] = entry
      }
      try session.each(
        "SELECT source, count(*), sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) FROM quarantine GROUP BY source", []
      ) { row in
        var entry = tally(Int(row.integer(0)))
        (entry.quarantined, entry.waiting) = (Int(row.integer(1)), Int(row.integer(2)))
        found[Int(row.integer(0))] = entry
      }
      return found.values.sorted { $0.source.utf8.lexicographicallyPrecedes($1.source.utf8) }
    }
  }
}
