internal import Suggestions

/// Looks for what passes a filter, in its order, along the indexes: nothing is sorted but what is found.
///
/// - `priority` follows `suggestion_queue` (track, state, priority descending, id); of certain topics `suggestion_topic`,
///   the same behind the topic, one line for each.
/// - `newest` and `oldest` follow it too, one line for each priority there is, a hundred at most, and merge the lines:
///   within a priority the numbers ascend.
/// - `support` follows `suggestion_support` (track, state, support descending, id), which has only what more than one
///   person speaks for; then come the others as with `oldest`.
///
/// Lines of several tracks and states are merged in the same way. What the filter asks beyond that is decided row by
/// row.
package struct ReviewScan {
  /// One stretch of an index, read in its own order.
  struct Line {
    fileprivate enum Course {
      case priority
      case support
      case numbers(upward: Bool, key: Int)
    }

    let track: Track
    let state: CaseState
    /// Of the line's rows, those of this topic only.
    fileprivate var topic: Int?
    fileprivate let course: Course
    /// Of the line's rows, those with this priority only.
    fileprivate var priority: Int?
    /// Everything up to here was looked at.
    fileprivate(set) var reached: QueuePlace
    fileprivate(set) var isEnded = false
    /// Rows to look at next; 0 before the first.
    fileprivate var window = 0
    fileprivate var found: [QueuePlace] = []
  }

  private static let longestWindow = 20_000
  private static let longestPage = 1 << 24

  private let session: any SQLSession
  private let filter: ReviewFilter
  private let conditions: ReviewConditions

  init(_ filter: ReviewFilter, _ conditions: ReviewConditions, _ session: any SQLSession) {
    self.filter = filter
    self.conditions = conditions
    self.session = session
  }

  /// Nil where nothing can pass.
  package static func of(_ filter: ReviewFilter, _ session: any SQLSession) throws(StoreFault) -> ReviewScan? {
    guard var conditions = try ReviewConditions(filter, session) else { return nil }
    // What nobody can read waits for nobody.
    if filter.states.contains(.pending) {
      conditions.add("(g.state <> \(CaseState.pending.rawValue) OR NOT \(ErasedRows.isDeserted))")
    }
    return ReviewScan(filter, conditions, session)
  }

  /// No others can pass; nil where any can.
  var ids: [Int]? { conditions.ids?.sorted() }

  /// Rows to look at for one answer.
  var budget: Int { conditions.reach }

  /// - Returns: places of what passes, behind `after`; where to go on, nil when nothing follows; and whether it ends
  ///   before there are enough.
  package func places(
    after: QueuePlace?, limit: Int
  ) throws(StoreFault) -> (places: [QueuePlace], next: QueuePlace?, isCut: Bool) {
    guard limit > 0 else { return ([], after, false) }
    let limit = min(limit, ReviewScan.longestPage)
    let order = filter.order
    if let ids {
      let all = try places(among: ids).filter { after?.precedes($0, in: order) ?? true }
      let sorted = all.sorted { $0.precedes($1, in: order) }
      return (Array(sorted.prefix(limit)), sorted.count > limit ? sorted[limit - 1] : nil, false)
    }
    var lines = try lines(after: after)
    var left = max(budget, 2 * limit)
    while true {
      let next = lines.indices.filter { !lines[$0].isEnded }.min { one, other in
        lines[one].reached.precedes(lines[other].reached, in: order)
      }
      // What comes before the first place that was not looked at can have nothing before it any more.
      let sure = next.map { lines[$0].reached }
      func isSure(_ place: QueuePlace) -> Bool { sure.map { !$0.precedes(place, in: order) } ?? true }
      let count = lines.reduce(0) { $0 + $1.found.count(where: isSure) }
      if count > limit || next == nil || left <= 0 {
        let places = lines.flatMap { $0.found.filter(isSure) }.sorted { $0.precedes($1, in: order) }.prefix(limit)
        if count > limit { return (Array(places), places.last, false) }
        return (Array(places), sure, sure != nil)
      }
      guard let next else { continue }
      if lines[next].window == 0 { lines[next].window = lines.count == 1 ? limit + 1 : 16 }
      let window = min(lines[next].window, max(left, 16))
      lines[next].window = min(window * 4, ReviewScan.longestWindow)
      var found: [QueuePlace] = []
      left -= try read(&lines[next], window: window) { place, _ in found.append(place) }
      lines[next].found += found
    }
  }

  /// Looks at the next rows of a line.
  ///
  /// - Parameters:
  ///   - extra: further columns of `g`, each after a comma; they follow three others.
  ///   - body: is given what passes.
  /// - Returns: how many rows were looked at.
  func read(
    _ line: inout Line, window: Int, extra: String = "", _ body: (QueuePlace, any SQLRow) -> Void
  ) throws(StoreFault) -> Int {
    var left = window
    for part in 0..<line.parts {
      var list = conditions.arguments
      let place = line.condition(part, &list)
      let sql = """
        SELECT g.id, \(line.key), \(conditions.column)\(extra) FROM suggestion g
        WHERE \(place) ORDER BY \(line.ordering) LIMIT \(list.bind(left))
        """
      var looked = 0
      var last: QueuePlace?
      try session.each(sql, list.values) { row in
        looked += 1
        let place = QueuePlace(key: Int(row.integer(1)), id: Int(row.integer(0)))
        last = place
        if row.optionalInteger(2) != nil, conditions.isRight({ row.bytes(2) }) { body(place, row) }
      }
      if let last { line.reached = last }
      left -= looked
      if left <= 0 { return window }
    }
    line.isEnded = true
    return window - left
  }

  /// Those of some suggestions that pass, in no order.
  ///
  /// - Parameter extra: as in ``read(_:window:extra:_:)``.
  func read(among ids: [Int], extra: String = "", _ body: (QueuePlace, any SQLRow) -> Void) throws(StoreFault) {
    for start in stride(from: 0, to: ids.count, by: ReviewScan.together) {
      var list = conditions.arguments
      let numbers = list.list(ids[start..<min(ids.count, start + ReviewScan.together)])
      // The signs keep the numbers what is looked up by.
      let sql = """
        SELECT g.id, \(keyAnywhere), \(conditions.column)\(extra) FROM suggestion g
        WHERE g.id IN (\(numbers)) AND +g.track IN (\(list.list(filter.tracks.map { Int($0.rawValue) }.sorted())))
          AND +g.state IN (\(list.list(filter.states.map { Int($0.rawValue) }.sorted())))
        """
      try session.each(sql, list.values) { row in
        guard row.optionalInteger(2) != nil, conditions.isRight({ row.bytes(2) }) else { return }
        body(QueuePlace(key: Int(row.integer(1)), id: Int(row.integer(0))), row)
      }
    }
  }

  /// How many pass, counted along the indexes by the database itself: with every page, so rows are read only where the
  /// filter asks what no index holds, and then only the first of them.
  ///
  /// - Returns: nil where it cannot tell: of certain suggestions, and where a verdict decides.
  package func total(upTo most: Int) throws(StoreFault) -> (count: Int, isMore: Bool)? {
    guard ids == nil, !conditions.readsVerdict else { return nil }
    let isIndexed = !conditions.readsRows
    var (count, left) = (0, isIndexed ? most + 1 : min(budget, ReviewScan.rowsForTotal))
    for line in queueLines() {
      guard left > 0 else { return (count, true) }
      var list = conditions.arguments
      let place = line.place(&list)
      // What passes is limited where looking at it is cheap, else what is looked at.
      let (columns, condition) = isIndexed ? ("1 AS passes", "\(place) AND \(conditions.sql)") : (
        "CASE WHEN \(conditions.sql) THEN 1 END AS passes", place
      )
      let found = try session.first(
        """
        SELECT count(passes), count(*) FROM (
          SELECT \(columns) FROM suggestion g WHERE \(condition) ORDER BY g.priority DESC, g.id LIMIT \(list.bind(left)))
        """, list.values
      ) { (Int($0.integer(0)), Int($0.integer(1))) }
      guard let (passing, looked) = found else { continue }
      count += passing
      left -= looked
      if count > most { return (most, true) }
      if left <= 0 { return (count, true) }
    }
    return (count, false)
  }

  /// Some 20 ms at a million suggestions.
  private static let rowsForTotal = 10_000

  static let together = 256

  private func places(among ids: [Int]) throws(StoreFault) -> [QueuePlace] {
    var places: [QueuePlace] = []
    try read(among: ids) { place, _ in places.append(place) }
    return places
  }

  private var keyAnywhere: String {
    switch filter.order {
    case .priority: "g.priority"
    case .support: "CASE WHEN g.support > 1 THEN g.support ELSE 1 END"
    case .newest, .oldest: "0"
    }
  }

  // MARK: Lines

  /// In the order of the queue, whatever the filter's.
  func queueLines() -> [Line] {
    guard let topics = conditions.topics else { return lines(.priority) }
    return topics.flatMap { topic in
      lines(.priority).map { line in
        var line = line
        line.topic = topic
        return line
      }
    }
  }

  private func lines(_ course: Line.Course) -> [Line] {
    pairs.map { Line(track: $0, state: $1, course: course, reached: QueuePlace(key: .max, id: 0)) }
  }

  private var pairs: [(Track, CaseState)] {
    let states = filter.states.sorted { $0.rawValue < $1.rawValue }
    return filter.tracks.sorted { $0.rawValue < $1.rawValue }.flatMap { track in states.map { (track, $0) } }
  }

  func lines(after: QueuePlace?) throws(StoreFault) -> [Line] {
    var lines =
      switch filter.order {
      case .priority: queueLines()
      case .newest: try numbered(upward: false, key: 0)
      case .oldest: try numbered(upward: true, key: 0)
      case .support: self.lines(.support) + (try numbered(upward: true, key: 1))
      }
    guard let after else { return lines }
    for index in lines.indices where lines[index].reached.precedes(after, in: filter.order) {
      lines[index].reached = after
    }
    return lines
  }

  /// A line for each priority.
  private func numbered(upward: Bool, key: Int) throws(StoreFault) -> [Line] {
    var lines: [Line] = []
    for (track, state) in pairs {
      var priority = Int.max
      while let next = try session.first(
        "SELECT max(priority) FROM suggestion WHERE track = $1 AND state = $2 AND priority < $3",
        [.integer(Int(track.rawValue)), .integer(Int(state.rawValue)), .integer(priority)], { $0.optionalInteger(0) })
      {
        guard let next else { break }
        priority = Int(next)
        var line = Line(
          track: track, state: state, course: .numbers(upward: upward, key: key),
          reached: QueuePlace(key: key, id: upward ? 0 : .max))
        line.priority = priority
        lines.append(line)
      }
    }
    return lines
  }
}

extension ReviewScan.Line {
  fileprivate var key: String {
    switch course {
    case .priority: "g.priority"
    case .support: "g.support"
    case .numbers(_, let key): String(key)
    }
  }

  fileprivate var ordering: String {
    if case .numbers(let upward, _) = course { return upward ? "g.id" : "g.id DESC" }
    return "\(key) DESC, g.id"
  }

  /// What is left of a line is one range of its index, or two: what has the same priority, then the rest.
  fileprivate var parts: Int {
    if case .numbers = course { return 1 }
    return 2
  }

  /// Where the whole line lies in its index.
  fileprivate func place(_ list: inout ArgumentList) -> String {
    let terms = [
      topic.map { "g.topic = \(list.bind($0))" }, "g.track = \(list.bind(Int(track.rawValue)))",
      "g.state = \(list.bind(Int(state.rawValue)))",
    ]
    return terms.compactMap(\.self).joined(separator: " AND ")
  }

  fileprivate func condition(_ part: Int, _ list: inout ArgumentList) -> String {
    var terms = [place(&list)]
    switch course {
    case .priority, .support:
      if part == 0 {
        terms += ["\(key) = \(list.bind(reached.key))", "g.id > \(list.bind(reached.id))"]
      } else {
        terms.append("\(key) < \(list.bind(reached.key))")
      }
      // As the index says it, or it is not taken.
      if case .support = course { terms.append("g.support > 1") }
    case .numbers(let upward, let key):
      if let priority { terms.append("g.priority = \(list.bind(priority))") }
      if key == 1 { terms.append("g.support <= 1") }
      terms.append("g.id \(upward ? ">" : "<") \(list.bind(reached.id))")
    }
    return terms.joined(separator: " AND ")
  }
}
