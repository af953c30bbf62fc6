package import Casework
internal import Suggestions

/// 取材范围: which months an issue is about, and what puts a case into one.
package struct DigestPeriods: Sendable {
  /// Seconds since 1970 in which the month lies.
  package var month: Range<Int64>
  /// The months it is compared with.
  package var others: [Range<Int64>]
  package var moment: CaseMoment

  package init(month: Range<Int64>, others: [Range<Int64>], moment: CaseMoment) {
    self.month = month
    self.others = others
    self.moment = moment
  }

  /// The moment that counts of what was received then, and written then where that is known.
  package func moment(received: Int64, submitted: Int64?) -> Int64 {
    moment == .submitted ? submitted ?? received : received
  }

  func contain(received: Int64, submitted: Int64?) -> Bool {
    let moment = moment(received: received, submitted: submitted)
    return month.contains(moment) || others.contains { $0.contains(moment) }
  }
}

/// The state of a store an issue is made from.
package struct DigestState: Sendable, Hashable {
  package var head: HistoryHead
  /// When the last event happened; seconds since 1970. 0 before the first.
  package var at: Int64
  package var submissions: Int
  /// Number of the largest suggestion.
  package var last: Int
}

extension SuggestionStore {
  package func digestState() throws(StoreFault) -> DigestState {
    try snapshot { session throws(StoreFault) in
      let end = try session.first("SELECT seq, hash, at FROM event ORDER BY seq DESC LIMIT 1") {
        (HistoryHead(event: Int($0.integer(0)), hash: Hexadecimal.text($0.bytes(1))), $0.integer(2))
      }
      return DigestState(
        head: end?.0 ?? HistoryHead(event: 0, hash: ""), at: end?.1 ?? 0,
        submissions: Int(try session.integer("SELECT count(*) FROM submission")),
        last: Int(try session.integer("SELECT coalesce(max(id), 0) FROM suggestion")))
    }
  }

  /// Hash of an event of the history; nil where there is no such event.
  package func eventHash(_ event: Int) throws(StoreFault) -> String? {
    try read { session throws(StoreFault) in
      try session.first("SELECT hash FROM event WHERE seq = $1", [.integer(event)]) { Hexadecimal.text($0.bytes(0)) }
    }
  }

  /// A read that sees a state; nil where the store has moved on from it. What happens afterwards is not seen.
  private func snapshot<Value>(
    of state: DigestState, _ body: (any SQLSession) throws(StoreFault) -> Value
  ) throws(StoreFault) -> Value? {
    try snapshot { session throws(StoreFault) in
      let event = try session.integer("SELECT coalesce(max(seq), 0) FROM event")
      return event == Int64(state.head.event) ? try body(session) : nil
    }
  }

  /// Cases of some months with what was done to them, and those somebody acted on in the month; by number, some
  /// thousands in memory at a time. `body` must not come back to the store: its connection is taken.
  ///
  /// - Parameters:
  ///   - numbers: only suggestions with these, so that several connections can share the work.
  ///   - named: cases that are wanted whatever their month.
  ///   - regionPath: a region's code, then the codes of what it lies in.
  /// - Returns: whether the store was still at the state; else nothing was read.
  package func digestRecords(
    of state: DigestState, _ periods: DigestPeriods, numbers: ClosedRange<Int>, named: Set<Int>, regionPath: (String) -> [String],
    _ body: (CaseRecord) -> Void
  ) throws(StoreFault) -> Bool {
    try snapshot(of: state) { session throws(StoreFault) in
      try withoutActuallyEscaping(regionPath) { path throws(StoreFault) in
        let rows = try CaseRows(session, regionPath: path)
        let intakes = try IntakeMoments(session)
        let acted = Set(
          try session.all(
            """
            SELECT DISTINCT subject FROM event
            WHERE action <> 'intake' AND subject BETWEEN $1 AND $2 AND at >= $3 AND at < $4
            """,
            [
              .integer(numbers.lowerBound), .integer(numbers.upperBound), .integer(periods.month.lowerBound),
              .integer(periods.month.upperBound),
            ]) { Int($0.integer(0)) })
        var done = numbers.lowerBound - 1
        while done < numbers.upperBound {
          let page = try CaseRecordPage(after: done, through: numbers.upperBound, rows, intakes) {
            periods.contain(received: $1, submitted: $2) || acted.contains($0) || named.contains($0)
          }
          for record in page.records { body(record) }
          guard let last = page.last else { break }
          done = last
        }
      }
      return true
    } ?? false
  }

  /// Title and body of ordinary cases, redacted, by number; those of the sensitive track and of erased ones are not there.
  ///
  /// - Returns: nil where the store has moved on from the state.
  package func digestTexts(
    of state: DigestState, _ ids: [Int]
  ) throws(StoreFault) -> [Int: (title: String, body: String)]? {
    try snapshot(of: state) { session throws(StoreFault) in
      var texts: [Int: (title: String, body: String)] = [:]
      for id in Set(ids).sorted() {
        texts[id] = try session.first(
          """
          SELECT s.title, s.body FROM suggestion g JOIN submission s ON s.number = \(ErasedRows.shown)
          WHERE g.id = $1 AND g.track = 0 AND s.track = 0 AND NOT \(ErasedRows.isDeserted)
          """, [.integer(id)]
        ) { (DisplayText($0.bytes(0)).text, DisplayText($0.bytes(1)).text) }
      }
      return texts
    }
  }

  /// - Returns: nil where the store has moved on from the state.
  package func digestTallies(of state: DigestState, _ periods: DigestPeriods) throws(StoreFault) -> DigestTallies? {
    try snapshot(of: state) { session throws(StoreFault) in try DigestTallying(session, periods).tallies() }
  }

  /// What many spoke of in the month: ``hotMatters(until:length:limit:track:)`` of the ordinary track.
  ///
  /// - Returns: nil where the store has moved on from the state.
  package func digestHotMatters(
    of state: DigestState, _ periods: DigestPeriods, limit: Int
  ) throws(StoreFault) -> [HotMatter]? {
    try snapshot(of: state) { session throws(StoreFault) in
      try SuggestionStore.hotMatters(
        session, until: periods.month.upperBound, length: periods.month.upperBound - periods.month.lowerBound,
        limit: limit, track: .ordinary)
    }
  }
}
