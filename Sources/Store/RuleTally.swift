package import Suggestions

/// How often each rule stands in the verdicts of the store, and where people decided another topic than the machine.
///
/// Counted page by page and kept in memory: a million verdicts are read once, then only what came since. Texts that
/// were revised or erased after they were counted stay counted as they were until the count begins anew.
package struct RuleTally: Sendable {
  /// Of submissions or decisions, by track: who may not see a track is not told how much is on it.
  package struct Count: Sendable, Hashable {
    package var ordinary = 0
    package var sensitive = 0

    package init() {}

    package func on(_ tracks: Set<Track>) -> Int {
      (tracks.contains(.ordinary) ? ordinary : 0) + (tracks.contains(.sensitive) ? sensitive : 0)
    }

    package mutating func add(_ track: Track) {
      if track == .sensitive { sensitive += 1 } else { ordinary += 1 }
    }
  }

  package struct Hits: Sendable, Hashable {
    package var all = Count()
    /// Of these, in verdicts of the book that is in force.
    package var present = Count()
    /// Suggestions of the latest, newest last.
    package var recent: [Int] = []

    private static let mostRecent = 60

    package init() {}

    fileprivate mutating func take(_ row: JudgedSubmission, isPresent: Bool) {
      all.add(row.track)
      if isPresent { present.add(row.track) }
      if recent.last != row.suggestion { recent.append(row.suggestion) }
      // Now and then, as taking the first out moves all others.
      if recent.count > 2 * Hits.mostRecent { recent.removeFirst(Hits.mostRecent) }
    }
  }

  /// A topic that a person decided.
  package struct Decision: Sendable, Hashable {
    package var suggestion: Int
    package var track: Track
    /// The machine's; nil where it had none.
    package var from: String?
    package var to: String
    /// Ids of the rules in the machine's verdict.
    package var rules: [String]
  }

  /// Version of the book that is in force.
  package let book: String
  /// Submissions up to this number are counted.
  package private(set) var countedTo = 0
  /// The newest there was when it was counted.
  package private(set) var last = 0
  /// Decisions up to this event are known.
  package private(set) var toldTo = 0
  /// By id of the rule.
  package private(set) var hits: [String: Hits] = [:]
  /// By suggestion.
  package private(set) var decisions: [Int: Decision] = [:]

  package init(book: String) { self.book = book }

  package var isComplete: Bool { countedTo >= last }

  fileprivate mutating func take(_ page: [JudgedSubmission], until number: Int, last: Int) {
    for row in page {
      for rule in row.rules { hits[rule, default: Hits()].take(row, isPresent: row.book == book) }
    }
    countedTo = max(countedTo, number)
    self.last = max(last, countedTo)
  }

  fileprivate mutating func take(_ subjects: [Int: Decision?], until event: Int) {
    for (subject, decision) in subjects { decisions[subject] = decision }
    toldTo = max(toldTo, event)
  }
}

/// What is read of a submission to count it.
private struct JudgedSubmission {
  var suggestion: Int
  var track: Track
  var book: String?
  /// Each once.
  var rules: Set<String>
}

extension SuggestionStore {
  /// Counts what came since: a page of submissions, and the decisions of a page of events.
  ///
  /// - Returns: whether there is more.
  package func count(into tally: inout RuleTally, page: Int = 2048) throws(StoreFault) -> Bool {
    let (number, event) = (tally.countedTo, tally.toldTo)
    let found = try snapshot { session throws(StoreFault) in
      let codes = try StoredCodes(session)
      let rows = try session.all(
        "SELECT number, suggestion, track, book, verdict FROM submission WHERE number > $1 ORDER BY number LIMIT $2",
        [.integer(number), .integer(page)]
      ) { (number: Int($0.integer(0)), row: SuggestionStore.judged($0, codes)) }
      let last = Int(try session.integer("SELECT coalesce(max(number), 0) FROM submission"))
      let told = try session.all(
        """
        SELECT seq, subject FROM event
        WHERE seq > $1 AND action IN ('case.correct', 'case.undo', 'correct', 'erase') ORDER BY seq LIMIT $2
        """, [.integer(event), .integer(page)]) { (Int($0.integer(0)), Int($0.integer(1))) }
      var decisions: [Int: RuleTally.Decision?] = [:]
      for subject in Set(told.map(\.1)) {
        decisions[subject] = .some(try SuggestionStore.decision(on: subject, codes, session))
      }
      return (rows: rows, last: last, decisions: decisions, events: told)
    }
    tally.take(found.rows.map(\.row), until: found.rows.last?.number ?? number, last: found.last)
    tally.take(found.decisions, until: found.events.last?.0 ?? event)
    return found.rows.count == page || found.events.count == page
  }

  private static func judged(_ row: any SQLRow, _ codes: StoredCodes) -> JudgedSubmission {
    let evidence = VerdictRecord(row.bytes(4))?.evidence ?? []
    return JudgedSubmission(
      suggestion: Int(row.integer(1)),
      track: row.integer(2) == Int64(Track.sensitive.rawValue) ? .sensitive : .ordinary,
      book: codes.text(Int(row.integer(3))), rules: Set(evidence.map(\.rule).compactMap { codes.text($0) }))
  }

  /// Nil where no person decided its topic, or not any more.
  private static func decision(
    on suggestion: Int, _ codes: StoredCodes, _ session: any SQLSession
  ) throws(StoreFault) -> RuleTally.Decision? {
    try session.first(
      """
      SELECT s.verdict, g.track, s.topic, g.topic FROM suggestion g JOIN submission s ON s.number = g.id
      WHERE g.id = $1 AND g.decided & 1 = 1 AND \(ErasedRows.isLiving)
      """, [.integer(suggestion)]
    ) { row in
      codes.text(Int(row.integer(3))).map { topic in
        let rules = Set((VerdictRecord(row.bytes(0))?.evidence ?? []).map(\.rule)).compactMap { codes.text($0) }
        return RuleTally.Decision(
          suggestion: suggestion, track: row.integer(1) == Int64(Track.sensitive.rawValue) ? .sensitive : .ordinary,
          from: codes.text(Int(row.integer(2))), to: topic, rules: rules.sorted())
      }
    } ?? nil
  }

  /// The last so many suggestions: the number before the first of them (0 where there are no more than these), and how
  /// many they are.
  package func lastSuggestions(_ count: Int) throws(StoreFault) -> (after: Int, count: Int) {
    try read { session throws(StoreFault) in
      (
        Int(
          try session.integer(
            "SELECT id FROM suggestion ORDER BY id DESC LIMIT 1 OFFSET $1", [.integer(max(0, count))])),
        Int(
          try session.integer(
            "SELECT count(*) FROM (SELECT id FROM suggestion ORDER BY id DESC LIMIT $1) AS newest",
            [.integer(max(0, count))]))
      )
    }
  }
}
