/// How many submissions a suggestion stands for and how many people they speak for.
///
/// Joining a text to a suggestion is written with the text; the counts follow behind a watermark (the setting `counted`:
/// members up to this submission are in the counts). Counted at once, each joined text would rewrite a page of the
/// suggestions and two of the queue's index: 3.4 instead of 2.0 GB written for a million submissions with 8 % repeated
/// texts. The counts are made anew from the members each time, so they do not depend on when that happens. A second
/// watermark, `counted_seal`, says the same in seals, which corrected texts have too.
package struct SupportCounting {
  private var suggestions: Set<Int> = []

  package init() {}

  /// A suggestion whose members changed.
  package mutating func note(_ suggestion: UInt32) { suggestions.insert(Int(suggestion)) }

  /// Brings the counts up to all submissions there are.
  package mutating func write(to store: SuggestionStore) throws(StoreFault) {
    let noted = suggestions
    try store.write { session throws(StoreFault) in try SupportCounting.count(noted.sorted(), session) }
    suggestions.removeAll()
  }

  /// Counts what an interrupted run left uncounted.
  package static func catchUp(_ store: SuggestionStore) throws(StoreFault) {
    let (counted, last) = try store.read { session throws(StoreFault) in
      (try setting("counted_seal", session), Int(try session.integer("SELECT \(lastSeal)")))
    }
    guard counted < last else { return }
    try store.write { session throws(StoreFault) in
      let changed = try session.all(
        """
        SELECT DISTINCT suggestion FROM submission WHERE seal > $1 AND (suggestion <> number OR revision > 0) ORDER BY 1
        """, [.integer(counted)]) { Int($0.integer(0)) }
      try count(changed, session)
    }
  }

  /// The last submission that is in the counts.
  static func watermark(_ session: any SQLSession) throws(StoreFault) -> Int { try setting("counted", session) }

  private static func count(_ suggestions: [Int], _ session: any SQLSession) throws(StoreFault) {
    let merged = try MergedSuggestions(session)
    var wanted = Set(suggestions)
    for suggestion in suggestions { if let root = merged.root(of: suggestion) { wanted.insert(root) } }
    for suggestion in wanted.sorted() { try count(suggestion, merged, session) }
    for (name, value) in [("counted", "(SELECT coalesce(max(number), 0) FROM submission)"), ("counted_seal", lastSeal)] {
      try session.execute(
        """
        INSERT INTO setting (name, value) VALUES ($1, \(value))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """, [.text(name)])
    }
  }

  /// Counts one suggestion anew: with all that was merged into it, or its own submissions where it is merged itself.
  static func count(_ suggestion: Int, _ merged: MergedSuggestions, _ session: any SQLSession) throws(StoreFault) {
    let voices = try voices(of: [suggestion] + merged.group(of: suggestion), session)
    let people = people(voices)
    try session.execute(
      """
      UPDATE suggestion SET submissions = $2, support = $3, version = version + 1,
        priority = min(99, $4 + coalesce(corrected_priority, (SELECT priority FROM submission WHERE number = $1)))
      WHERE id = $1 AND (submissions <> $2 OR support <> $3)
      """,
      [
        .integer(suggestion), .integer(voices.count), .integer(people), .integer(2 * min(5, max(0, people - 1))),
      ])
  }

  /// Who wrote each submission of some suggestions, nil for unknown. A voice that was erased is withdrawn: it counts for
  /// nothing any more; and a part beside what it was split out of is the same voice.
  static func voices(of suggestions: [Int], _ session: any SQLSession) throws(StoreFault) -> [Int64?] {
    let together = Set(suggestions)
    var voices: [Int64?] = []
    for suggestion in suggestions {
      let isPart = try SplitParts.isPart(suggestion, ofAny: together, session)
      try session.each(
        """
        SELECT writer FROM submission
        WHERE number = $1 AND $2 = 0 AND NOT EXISTS (SELECT 1 FROM erased_submission e WHERE e.number = $1)
        UNION ALL SELECT writer FROM member
        WHERE suggestion = $1 AND NOT EXISTS (SELECT 1 FROM erased_submission e WHERE e.number = member.submission)
        """, [.integer(suggestion), .integer(isPart ? 1 : 0)]) { voices.append($0.optionalInteger(0)) }
    }
    return voices
  }

  /// Each person counts once, somebody unknown counts each time.
  static func people(_ voices: [Int64?]) -> Int {
    var known: Set<Int64> = []
    return voices.count { voice in voice.map { known.insert($0).inserted } ?? true }
  }

  private static let lastSeal = "(SELECT coalesce(max(first + count), 1) - 1 FROM segment)"

  private static func setting(_ name: String, _ session: any SQLSession) throws(StoreFault) -> Int {
    Int(try session.first("SELECT value FROM setting WHERE name = $1", [.text(name)]) { $0.text(0) } ?? "") ?? 0
  }
}
