package import Suggestions

/// How many suggestions wait for review, told apart in four ways. Each list is ordered by count, then code.
package struct QueueCounts: Sendable {
  package var pending = 0
  package var kinds: [CodeCount] = []
  /// By topic of the first level: the first two digits of the code.
  package var topics: [CodeCount] = []
  package var leads: [CodeCount] = []
  package var tracks: [CodeCount] = []
}

package struct CodeCount: Sendable, Hashable {
  /// Nil for those without one.
  package var code: String?
  package var count: Int

  package init(code: String?, count: Int) {
    self.code = code
    self.count = count
  }
}

/// What came in from one source.
package struct IntakeCount: Sendable {
  package struct ByChannel: Sendable {
    package var channel: String
    package var submissions: Int
    package var revised: Int
  }

  package var source: String
  package var submissions: Int
  /// Submissions that were corrected at least once.
  package var revised: Int
  /// Set-aside records, whatever became of them; they have no channel, as it could not be read.
  package var quarantined: Int
  /// Those of them that wait.
  package var waiting: Int
  package var channels: [ByChannel]
}

extension SuggestionStore {
  /// - Parameter track: nil for all.
  package func queueCounts(track: Track? = nil) throws(StoreFault) -> QueueCounts {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var counts = QueueCounts()
      var (kinds, topics, leads, tracks) = ([String?: Int](), [String?: Int](), [String?: Int](), [String?: Int]())
      try session.each(
        """
        SELECT track, kind, topic, lead, count(*) FROM suggestion g WHERE state = $1 AND NOT \(ErasedRows.isDeserted)
        GROUP BY track, kind, topic, lead
        """, [.integer(Int(CaseState.pending.rawValue))]
      ) { row in
        if let track, row.integer(0) != Int64(track.rawValue) { return }
        let count = Int(row.integer(4))
        counts.pending += count
        tracks[StoredCodes.track(row.integer(0)), default: 0] += count
        kinds[StoredCodes.kind(row.integer(1)), default: 0] += count
        topics[codes.text(Int(row.integer(2))).map { String($0.prefix(2)) }, default: 0] += count
        leads[codes.text(Int(row.integer(3))), default: 0] += count
      }
      counts.kinds = SuggestionStore.ordered(kinds)
      counts.topics = SuggestionStore.ordered(topics)
      counts.leads = SuggestionStore.ordered(leads)
      counts.tracks = SuggestionStore.ordered(tracks)
      return counts
    }
  }

  private static func ordered(_ counts: [String?: Int]) -> [CodeCount] {
    counts.map { CodeCount(code: $0.key, count: $0.value) }.sorted {
      $0.count != $1.count
        ? $0.count > $1.count : ($0.code ?? "").utf8.lexicographicallyPrecedes(($1.code ?? "").utf8)
    }
  }

  /// Submissions per source and channel, sources by name, channels by count.
  package func intakeCounts() throws(StoreFault) -> [IntakeCount] {
    try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      var found: [Int: IntakeCount] = [:]
      func count(_ source: Int) -> IntakeCount {
        found[source]
          ?? IntakeCount(
            source: codes.source(source), submissions: 0, revised: 0, quarantined: 0, waiting: 0, channels: [])
      }
      try session.each(
        """
        SELECT source, channel, count(*), sum(CASE WHEN revision > 0 THEN 1 ELSE 0 END) FROM submission
        GROUP BY source, channel ORDER BY count(*) DESC, channel
        """, []
      ) { row in
        var entry = count(Int(row.integer(0)))
        let channel = IntakeCount.ByChannel(
          channel: StoredCodes.channel(row.integer(1)), submissions: Int(row.integer(2)), revised: Int(row.integer(3)))
        entry.submissions += channel.submissions
        entry.revised += channel.revised
        entry.channels.append(channel)
        found[Int(row.integer(0))] = entry
      }
      try session.each(
        """
        SELECT source, count(*), sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) FROM quarantine GROUP BY source
        """, []
      ) { row in
        var entry = count(Int(row.integer(0)))
        entry.quarantined = Int(row.integer(1))
        entry.waiting = Int(row.integer(2))
        found[Int(row.integer(0))] = entry
      }
      return found.values.sorted { $0.source.utf8.lexicographicallyPrecedes($1.source.utf8) }
    }
  }
}
