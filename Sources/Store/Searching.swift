internal import Suggestions

extension SuggestionStore {
  /// Submissions behind the index that are looked through one by one.
  package static let searchedTail = 20_000

  /// Looks for texts in all current versions: title and body as people read them.
  ///
  /// What the index says may hold the words is read, and so is what it does not hold yet, the latest first; what is
  /// found is what was read. A suggestion is found once, where the first of its texts says it.
  ///
  /// - Parameters:
  ///   - filter: what the suggestion a text is handled with has to pass. Its order is not looked at. A text that is
  ///     sensitive itself is shown to those alone who may see such.
  ///   - after: the page before's ``SearchPage/next``; nil for the first page.
  ///   - tail: at most so many submissions that are not in the index are looked at; ``updateSearch(limit:folding:)``
  ///     first makes them few.
  package func search(
    _ query: SearchQuery, filter: ReviewFilter, limit: Int, after: Int? = nil, tail: Int = SuggestionStore.searchedTail
  ) throws(StoreFault) -> SearchPage {
    guard !query.isEmpty, limit > 0 else { return SearchPage() }
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try snapshot { session throws(StoreFault) in
      guard let conditions = try ReviewConditions(filter, session) else { return SearchPage() }
      var searching = Searching(session, query, filter, conditions, receipts, limit: limit)
      try searching.run(after: after, tail: tail)
      return searching.page
    }
  }
}

/// One search under way.
private struct Searching {
  private let session: any SQLSession
  private let query: SearchQuery
  private let filter: ReviewFilter
  private let conditions: ReviewConditions
  private let receipts: ReceiptCode
  private let limit: Int
  private(set) var page = SearchPage()
  /// Texts that may still be read because the index names them.
  private var left = Searching.mostRead
  /// Of suggestions, the first submission that says it.
  private var firsts: [Int: Int] = [:]
  /// Submissions that are not looked at: from the watermark up to here.
  private var floor = 0
  private var watermark = 0

  private static let mostRead = 5_000
  private static let together = 128
  private static let excerptLength = 120
  private static let mostMarks = 64

  init(
    _ session: any SQLSession, _ query: SearchQuery, _ filter: ReviewFilter, _ conditions: ReviewConditions,
    _ receipts: ReceiptCode, limit: Int
  ) {
    self.session = session
    self.query = query
    self.filter = filter
    self.conditions = conditions
    self.receipts = receipts
    self.limit = limit
  }

  mutating func run(after: Int?, tail: Int) throws(StoreFault) {
    watermark = try SearchIndex.watermark(session)
    let last = try SearchIndex.last(session)
    floor = max(watermark, last - max(0, tail))
    page.waiting = floor - watermark
    var place = min(after ?? .max, last + 1)
    while place > floor + 1 {
      let next = max(floor + 1, place - Searching.together)
      if try look(at: Array((next..<place).reversed())) { return }
      place = next
    }
    try runIndex(below: min(place, watermark + 1))
  }

  private mutating func runIndex(below: Int) throws(StoreFault) {
    let stale = try session.all(
      "SELECT submission FROM search_stale WHERE submission < $1", [.integer(below)]) { Int($0.integer(0)) }
    var segment = SearchIndex.segment(max(0, below - 1))
    while segment >= 0 {
      let base = segment << SearchIndex.segmentBits
      var candidates = try candidates(in: segment)
      for number in stale where SearchIndex.segment(number) == segment { candidates.insert(number - base) }
      let numbers = candidates.descending.map { base + $0 }.filter { $0 < below && $0 > 0 }
      for start in stride(from: 0, to: numbers.count, by: Searching.together) {
        let some = numbers[start..<min(numbers.count, start + Searching.together)]
        if try look(at: Array(some)) { return }
        left -= some.count
        if left <= 0, let last = some.last {
          (page.next, page.isCut) = (last, true)
          return
        }
      }
      segment -= 1
    }
  }

  /// Texts of a segment that have all the words, in whatever order.
  private func candidates(in segment: Int) throws(StoreFault) -> SegmentSet {
    var all: SegmentSet?
    for key in Set(query.terms.flatMap(\.keys)) {
      var found = SegmentSet()
      switch key {
      case .word(let word):
        try session.each(
          "SELECT numbers FROM search_posting WHERE segment = $1 AND word = $2", [.integer(segment), .bytes(word)]
        ) { found.insert(list: $0.bytes(0)) }
      case .beginning(let bytes):
        // The last byte of UTF-8 is never the largest there is.
        let end = bytes.dropLast() + [(bytes.last ?? 0) &+ 1]
        try session.each(
          "SELECT numbers FROM search_posting WHERE segment = $1 AND word >= $2 AND word < $3",
          [.integer(segment), .bytes(bytes), .bytes(Array(end))]
        ) { found.insert(list: $0.bytes(0)) }
      }
      if all == nil { all = found } else { all?.formIntersection(found) }
      if all?.isEmpty ?? true { return SegmentSet() }
    }
    return all ?? SegmentSet()
  }

  // MARK: Reading

  private struct FoundText {
    var number: Int
    var title: [UInt8]
    var body: [UInt8]
    var submittedAt: Int64?
    var suggestion: Int
    var track: Int64
    var state: Int64
  }

  /// Where the terms stand.
  private struct Match {
    var title: SearchableText
    var body: SearchableText
    var titleRanges: [Range<Int>] = []
    var bodyRanges: [Range<Int>] = []
  }

  /// Reads some submissions, the latest first.
  ///
  /// - Returns: whether the page is full.
  private mutating func look(at numbers: [Int]) throws(StoreFault) -> Bool {
    var texts: [Int: FoundText] = [:]
    var list = conditions.arguments
    let tracks = list.list(filter.tracks.map { Int($0.rawValue) }.sorted())
    let textTracks = list.list(textTracks)
    // The signs keep the numbers what is looked up by.
    let sql = """
      SELECT v.number, v.title, v.body, v.submitted_at, g.id, g.track, g.state, \(conditions.column)
      FROM submission v JOIN suggestion o ON o.id = v.suggestion JOIN suggestion g ON g.id = coalesce(o.root, o.id)
      WHERE v.number IN (\(list.list(numbers))) AND length(v.identity) > 0 AND +v.track IN (\(textTracks))
        AND +g.track IN (\(tracks)) AND +g.state IN (\(list.list(filter.states.map { Int($0.rawValue) }.sorted())))
      """
    try session.each(sql, list.values) { row in
      guard row.optionalInteger(7) != nil, conditions.isRight({ row.bytes(7) }) else { return }
      let text = FoundText(
        number: Int(row.integer(0)), title: row.bytes(1), body: row.bytes(2), submittedAt: row.optionalInteger(3),
        suggestion: Int(row.integer(4)), track: row.integer(5), state: row.integer(6))
      if conditions.ids.map({ $0.contains(text.suggestion) }) ?? true { texts[text.number] = text }
    }
    for number in numbers {
      guard let text = texts[number], let match = match(text.title, text.body),
        try first(of: text.suggestion, upTo: number) == number
      else { continue }
      page.hits.append(hit(text, match))
      if page.hits.count == limit {
        page.next = number
        return true
      }
    }
    return false
  }

  private var textTracks: [Int] {
    (filter.tracks.contains(.sensitive) ? Track.allCases : Array(filter.tracks)).map { Int($0.rawValue) }.sorted()
  }

  /// Nil where a term stands in neither.
  private func match(_ title: [UInt8], _ body: [UInt8]) -> Match? {
    var match = Match(title: SearchableText(title, query.folding), body: SearchableText(body, query.folding))
    for term in query.terms {
      let inTitle = term.places(in: match.title.units, most: Searching.mostMarks)
      let inBody = term.places(in: match.body.units, most: Searching.mostMarks)
      if inTitle.isEmpty, inBody.isEmpty { return nil }
      match.titleRanges += inTitle.map { match.title.range($0) }
      match.bodyRanges += inBody.map { match.body.range($0) }
    }
    return match
  }

  /// The first submission handled with a suggestion that says it; `number` says it.
  private mutating func first(of suggestion: Int, upTo number: Int) throws(StoreFault) -> Int {
    if let known = firsts[suggestion] { return known }
    var last = 0
    while true {
      var list = ArgumentList()
      let tracks = list.list(textTracks)
      let group = "SELECT id FROM suggestion WHERE id = \(list.bind(suggestion)) OR root = \(list.bind(suggestion))"
      let (least, most) = (list.bind(last), list.bind(number))
      let (from, to) = (list.bind(watermark), list.bind(floor))
      let texts = try session.all(
        """
        SELECT v.number, v.title, v.body FROM (
          \(group) UNION SELECT submission FROM member WHERE suggestion IN (\(group))) n
          JOIN submission v ON v.number = n.id
        WHERE n.id > \(least) AND n.id < \(most) AND (n.id <= \(from) OR n.id > \(to)) AND length(v.identity) > 0
          AND +v.track IN (\(tracks))
        ORDER BY n.id LIMIT 16
        """, list.values
      ) { (number: Int($0.integer(0)), title: $0.bytes(1), body: $0.bytes(2)) }
      let found = texts.first { match($0.title, $0.body) != nil }?.number
      last = texts.last?.number ?? number
      guard found == nil, texts.count == 16 else {
        firsts[suggestion] = found ?? number
        return found ?? number
      }
    }
  }

  private func hit(_ text: FoundText, _ match: Match) -> SearchHit {
    let title = MarkedExcerpt(match.title.bytes, match.titleRanges, length: nil)
    let body = MarkedExcerpt(match.body.bytes, match.bodyRanges, length: Searching.excerptLength)
    return SearchHit(
      suggestion: text.suggestion, receipt: UInt32(exactly: text.suggestion).map { receipts.code(of: $0) } ?? "",
      state: CaseState(rawValue: UInt8(truncatingIfNeeded: text.state)) ?? .pending,
      track: Track(rawValue: UInt8(truncatingIfNeeded: text.track)) ?? .sensitive, submission: text.number,
      submittedAt: text.submittedAt, title: title.text, titleMarks: title.marks, excerpt: body.text, marks: body.marks)
  }
}
