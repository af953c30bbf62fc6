internal import Suggestions

/// A run of the intake that brought news, with how far each of its files came.
package struct StoredRun: Sendable, Hashable {
  package struct File: Sendable, Hashable {
    package var name: String
    package var source: String
    package var profile: String
    package var records: Int
    package var new: Int
    package var revised: Int
    package var unchanged: Int
    package var quarantined: Int
    /// Whether it was read to its end.
    package var isComplete: Bool
  }

  package var id: Int
  /// Seconds since 1970.
  package var startedAt: Int64
  /// Nil where it was interrupted, or is under way.
  package var finishedAt: Int64?
  /// What began it: `ingest`, `demo`, `upload` …
  package var command: String
  /// By name, at most ``mostFiles``.
  package var files: [File]
  package var fileCount: Int

  package static let mostFiles = 20
}

extension SuggestionStore {
  /// The last runs, the newest first.
  package func runs(limit: Int) throws(StoreFault) -> [StoredRun] {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var runs = try session.all(
        """
        SELECT id, started_at, finished_at, command, (SELECT count(*) FROM checkpoint c WHERE c.run = run.id)
        FROM run ORDER BY id DESC LIMIT $1
        """, [.integer(limit)]
      ) {
        StoredRun(
          id: Int($0.integer(0)), startedAt: $0.integer(1), finishedAt: $0.optionalInteger(2), command: $0.text(3),
          files: [], fileCount: Int($0.integer(4)))
      }
      for place in runs.indices {
        runs[place].files = try session.all(
          """
          SELECT file, source, profile, records, new, revised, unchanged, quarantined, complete FROM checkpoint
          WHERE run = $1 ORDER BY file LIMIT $2
          """, [.integer(runs[place].id), .integer(StoredRun.mostFiles)]
        ) { row in
          let counts = (3..<8).map { Int(row.integer($0)) }
          return StoredRun.File(
            name: row.text(0), source: codes.source(Int(row.integer(1))),
            profile: codes.text(Int(row.integer(2))) ?? "", records: counts[0], new: counts[1], revised: counts[2],
            unchanged: counts[3], quarantined: counts[4], isComplete: row.integer(8) == 1)
        }
      }
      return runs
    }
  }
}
