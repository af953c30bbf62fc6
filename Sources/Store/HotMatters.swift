package import Suggestions

/// A suggestion many have spoken of lately, and what makes it hot.
package struct HotMatter: Sendable, Hashable {
  /// Number of the suggestion with all that was merged into it; of a matter that came again its latest case.
  package var id: Int
  /// Tenths of a point: see ``heat(people:before:channels:areas:again:)``.
  package var heat: Int
  /// Distinct people in the window, and in the window of the same length before it.
  package var people: Int
  package var before: Int
  package var submissions: Int
  package var channels: [String]
  /// Codes of the regions its submissions speak of.
  package var areas: [String]
  package var topic: String?
  package var support: Int
  /// All cases of a matter that came again, by number; else empty.
  package var cases: [Int]
  /// How many of them took it up again within the window.
  package var again: Int
  package var title: String
  package var excerpt: String

  /// Points: one for each person; half a point for each more than in the window before; one for each further channel
  /// and each further area, as what is heard through several doors is no campaign of one; one for each time it came
  /// again after it was done with.
  static func heat(people: Int, before: Int, channels: Int, areas: Int, again: Int) -> Int {
    10 * people + 5 * max(0, people - before) + 10 * max(0, channels - 1) + 10 * max(0, areas - 1) + 10 * again
  }
}

extension SuggestionStore {
  /// What only one submission ever spoke of is not hot: of a million suggestions few are kept in memory.
  private static let mayBeHot = """
    (g.submissions > 1 OR g.root IS NOT NULL
      OR g.id IN (SELECT suggestion FROM recurrence UNION ALL SELECT first FROM recurrence))
    """

  /// Matters of a track that at least two people spoke of in a window, or that came again in it, the hottest first; ties
  /// go to the larger support, then to the earlier suggestion. The cases of a matter that came again are one matter.
  ///
  /// - Parameters:
  ///   - end: seconds since 1970, not itself in the window.
  ///   - length: seconds.
  package func hotMatters(
    until end: Int64, length: Int64, limit: Int, track: Track
  ) throws(StoreFault) -> [HotMatter] {
    try snapshot { session throws(StoreFault) in
      try SuggestionStore.hotMatters(session, until: end, length: length, limit: limit, track: track)
    }
  }

  static func hotMatters(
    _ session: any SQLSession, until end: Int64, length: Int64, limit: Int, track: Track
  ) throws(StoreFault) -> [HotMatter] {
    let codes = try StoredCodes(session)
    let recurring = try RecurringMatters(session)
    var found: [Int: Tally] = [:]
    try session.each(
      """
      SELECT g.id, s.submitted_at, s.writer, s.channel, s.region
      FROM submission s JOIN suggestion g ON g.id = s.suggestion LEFT JOIN suggestion r ON r.id = g.root
      WHERE s.submitted_at >= $1 AND s.submitted_at < $2 AND coalesce(r.track, g.track) = $3
        AND \(ErasedRows.isLiving) AND \(SuggestionStore.mayBeHot)
      """, [.integer(Int(end - 2 * length)), .integer(Int(end)), .integer(Int(track.rawValue))]
    ) { row in
      let id = recurring.handled(Int(row.integer(0)))
      found[recurring.first(of: id), default: Tally()].take(row, of: id, isInWindow: row.integer(1) >= end - length)
    }
    for first in recurring.allFirst where found[first] != nil {
      let cases = try Recurrences.cases(of: first, on: track, session)
      found[first]?.cases = cases.map(\.id)
      found[first]?.again = cases.dropFirst().count { item in
        item.submittedAt.map { $0 >= end - length && $0 < end } ?? false
      }
    }
    let hot = found.values.compactMap { tally in
      tally.people > 1 || tally.again > 0 ? (id: tally.cases.last ?? tally.latest, tally: tally) : nil
    }.sorted { ($1.tally.heat, $0.id) < ($0.tally.heat, $1.id) }
    var matters: [HotMatter] = []
    for entry in hot.prefix(max(0, limit)) {
      let matter = try session.first(
        """
        SELECT g.topic, g.support, s.title, s.body FROM suggestion g
          JOIN submission s ON s.number = \(ErasedRows.shown)
        WHERE g.id = $1
        """, [.integer(entry.id)]
      ) { row in
        HotMatter(
          id: entry.id, heat: entry.tally.heat, people: entry.tally.people, before: entry.tally.peopleBefore,
          submissions: entry.tally.submissions,
          channels: entry.tally.channels.sorted().map { StoredCodes.channel($0) },
          areas: entry.tally.areas.sorted().compactMap { codes.text($0) }, topic: codes.text(Int(row.integer(0))),
          support: Int(row.integer(1)), cases: entry.tally.cases, again: entry.tally.again,
          title: DisplayText(row.bytes(2)).text, excerpt: DisplayText(row.bytes(3)).excerpt(SuggestionStore.excerptLength))
      }
      if let matter { matters.append(matter) }
    }
    return matters.sorted { ($1.heat, $1.support, $0.id) < ($0.heat, $0.support, $1.id) }
  }
}

/// What was said of one matter in the window and in the one before.
private struct Tally {
  private var known: Set<Int64> = []
  private var knownBefore: Set<Int64> = []
  private(set) var people = 0
  private(set) var peopleBefore = 0
  private(set) var submissions = 0
  private(set) var channels: Set<Int64> = []
  private(set) var areas: Set<Int> = []
  /// The latest case somebody spoke of.
  private(set) var latest = 0
  var cases: [Int] = []
  var again = 0

  /// Somebody unknown counts each time.
  mutating func take(_ row: any SQLRow, of id: Int, isInWindow: Bool) {
    latest = max(latest, id)
    let writer = row.optionalInteger(2)
    guard isInWindow else {
      if writer.map({ knownBefore.insert($0).inserted }) ?? true { peopleBefore += 1 }
      return
    }
    if writer.map({ known.insert($0).inserted }) ?? true { people += 1 }
    submissions += 1
    channels.insert(row.integer(3))
    if row.integer(4) != 0 { areas.insert(Int(row.integer(4))) }
  }

  var heat: Int {
    HotMatter.heat(people: people, before: peopleBefore, channels: channels.count, areas: areas.count, again: again)
  }
}

extension SuggestionStore {
  /// When the latest dated submission was handed in; nil where none says.
  package func latestSubmission() throws(StoreFault) -> Int64? {
    try read { session throws(StoreFault) in
      try session.first("SELECT max(submitted_at) FROM submission") { $0.optionalInteger(0) } ?? nil
    }
  }
}
