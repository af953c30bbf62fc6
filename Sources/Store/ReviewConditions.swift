internal import Suggestions

/// A filter as SQL over suggestion `g`, but for tracks and states, by which the indexes are chosen.
struct ReviewConditions {
  /// What can be told from the suggestion comes first.
  private var terms: [String] = []
  private(set) var arguments = ArgumentList()
  /// No others can pass; nil where any can.
  private(set) var ids: Set<Int>?
  /// Any of these bits, in the verdict.
  private let flags: Int?
  private let isAsked: Bool?
  /// Rows that are looked at for one answer, in some 50 ms: the fewer the more of each has to be read.
  private(set) var reach = Reach.suggestion.rawValue

  private enum Reach: Int {
    case suggestion = 60_000
    case link = 40_000
    case submission = 20_000
  }

  /// Whether the rows are asked for more than the queue's indexes hold.
  private(set) var readsRows = false
  /// Topics whose stretches of their index are all that can pass; nil where any can, or they are too many for lines.
  private(set) var topics: [Int]?
  private static let mostTopicLines = 64

  /// Nil where nothing can pass.
  init?(_ filter: ReviewFilter, _ session: any SQLSession) throws(StoreFault) {
    flags = filter.flags.map { $0.reduce(0) { bits, flag in bits | 1 << Int(flag.rawValue) } }
    isAsked = filter.isAsked
    ids = filter.ids
    guard !filter.tracks.isEmpty, !filter.states.isEmpty, flags != 0, ids?.isEmpty != true else { return nil }
    for (column, family, codes) in [
      ("topic", CodeFamily.topic, filter.topics), ("lead", .department, filter.leads),
      ("region", .region, filter.regions), ("station", .station, filter.stations),
    ] {
      guard let codes else { continue }
      let numbers = try ReviewConditions.numbers(of: codes, family, session)
      guard !numbers.isEmpty else { return nil }
      if family == .topic, numbers.count <= ReviewConditions.mostTopicLines { topics = numbers } else { readsRows = true }
      terms.append("g.\(column) IN (\(arguments.list(numbers)))")
    }
    for (column, words) in [
      ("kind", filter.kinds?.map { Int($0.rawValue) }), ("urgency", filter.urgencies?.map { Int($0.rawValue) }),
    ] {
      guard let words else { continue }
      readsRows = true
      guard !words.isEmpty else { return nil }
      terms.append("g.\(column) IN (\(arguments.list(words.sorted())))")
    }
    if let since = filter.since { terms.append("g.submitted_at >= \(arguments.bind(.integer(since)))") }
    if let until = filter.until { terms.append("g.submitted_at < \(arguments.bind(.integer(until)))") }
    try take(filter.claim, filter.moment, session)
    try take(filter.snooze, filter.moment, session)
    guard ids?.isEmpty != true else { return nil }
    if let hasNear = filter.hasNear { terms.append((hasNear ? "" : "NOT ") + ReviewConditions.near) }
    if let channels = filter.channels {
      guard !channels.isEmpty else { return nil }
      let list = arguments.list(channels.map { Int($0.rawValue) }.sorted())
      terms.append("(SELECT x.channel FROM submission x WHERE x.number = g.id) IN (\(list))")
    }
    limit(filter)
  }

  private mutating func limit(_ filter: ReviewFilter) {
    if filter.since != nil || filter.until != nil || filter.hasNear != nil || filter.channels != nil { readsRows = true }
    if filter.hasNear != nil { reach = Reach.link.rawValue }
    if filter.channels != nil || readsVerdict { reach = Reach.submission.rawValue }
  }

  /// True of a suggestion that passes, but for what only its verdict tells.
  var sql: String { terms.isEmpty ? "1 = 1" : terms.joined(separator: " AND ") }

  /// Null where the suggestion does not pass; ``isRight(_:)`` has the last word on what is not.
  var column: String {
    readsVerdict
      ? "CASE WHEN \(sql) THEN (SELECT x.verdict FROM submission x WHERE x.number = g.id) END"
      : "CASE WHEN \(sql) THEN 1 END"
  }

  var readsVerdict: Bool { flags != nil || isAsked != nil }

  /// - Parameter verdict: the bytes of ``column``.
  func isRight(_ verdict: () -> [UInt8]) -> Bool {
    guard readsVerdict else { return true }
    let record = VerdictRecord(verdict()) ?? VerdictRecord()
    if let flags, record.flags & flags == 0 { return false }
    return isAsked.map { $0 == (record.asked != 0) } ?? true
  }

  mutating func add(_ term: String) { terms.append(term) }

  // MARK: Parts

  /// A link people are shown: to another case of the same track.
  private static let near = """
    (g.near IS NOT NULL AND EXISTS (
      SELECT 1 FROM submission l JOIN suggestion lg ON lg.id = l.suggestion
      WHERE l.number = g.near AND lg.track = g.track AND coalesce(lg.root, lg.id) <> g.id))
    """

  /// In somebody's hands are few: they are listed, not looked for.
  private mutating func take(
    _ claim: ReviewFilter.Claim?, _ moment: Int64?, _ session: any SQLSession
  ) throws(StoreFault) {
    guard let claim else { return }
    if claim == .nobody {
      let running = moment.map { "claimed_until > \(arguments.bind(.integer($0)))" } ?? "claimant IS NOT NULL"
      terms.append("g.id NOT IN (SELECT suggestion FROM case_file WHERE claimant IS NOT NULL AND \(running))")
      return
    }
    var list = ArgumentList()
    var sql = "SELECT suggestion FROM case_file WHERE claimant IS NOT NULL"
    if case .by(let actor) = claim { sql += " AND claimant = \(list.bind(.text(actor)))" }
    if let moment { sql += " AND claimed_until > \(list.bind(.integer(moment)))" }
    restrict(to: try session.all(sql, list.values) { Int($0.integer(0)) })
  }

  private mutating func take(
    _ snooze: ReviewFilter.Snooze, _ moment: Int64?, _ session: any SQLSession
  ) throws(StoreFault) {
    switch snooze {
    case .either: return
    case .awake:
      let lasting = moment.map { "snoozed_until > \(arguments.bind(.integer($0)))" } ?? "snoozed_until IS NOT NULL"
      terms.append("g.id NOT IN (SELECT suggestion FROM case_file WHERE \(lasting))")
    case .asleep:
      var list = ArgumentList()
      let lasting = moment.map { "snoozed_until > \(list.bind(.integer($0)))" } ?? "snoozed_until IS NOT NULL"
      restrict(
        to: try session.all("SELECT suggestion FROM case_file WHERE \(lasting)", list.values) { Int($0.integer(0)) })
    }
  }

  private mutating func restrict(to found: [Int]) {
    let found = Set(found)
    ids = ids?.intersection(found) ?? found
  }

  /// Numbers of codes that some row has; 0 for the empty code.
  private static func numbers(
    of codes: Set<String>, _ family: CodeFamily, _ session: any SQLSession
  ) throws(StoreFault) -> [Int] {
    var numbers = codes.contains("") ? [0] : []
    try session.each("SELECT id, text FROM code WHERE family = $1", [.integer(family.rawValue)]) { row in
      if codes.contains(row.text(1)) { numbers.append(Int(row.integer(0))) }
    }
    return numbers.sorted()
  }
}
