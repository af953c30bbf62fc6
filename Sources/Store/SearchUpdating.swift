internal import Suggestions

/// How far the search index is.
package struct SearchState: Sendable, Hashable {
  /// Submissions up to this number were taken in.
  package var watermark: Int
  /// Submissions that wait to be taken in, for the first time or again.
  package var lag: Int

  package init(watermark: Int, lag: Int) {
    self.watermark = watermark
    self.lag = lag
  }
}

extension SuggestionStore {
  package func searchState() throws(StoreFault) -> SearchState {
    try snapshot { session throws(StoreFault) in try SearchUpdating.state(session) }
  }

  /// Takes texts into the search index, those that came in first first, at most so many.
  ///
  /// Texts are read and taken apart outside the transaction, which then writes the lists of one segment at most: the
  /// intake waits for a tenth of a second. Several processes may do it at once.
  @discardableResult
  package func updateSearch(limit: Int = .max, folding: SearchFolding) throws(StoreFault) -> SearchState {
    var left = limit
    while left > 0 {
      guard let page = try SearchUpdating.nextPage(self, limit: left) else { break }
      let lists = SearchLists(page, folding)
      if try transaction({ session throws(StoreFault) in try SearchUpdating(session).write(page, lists) }) {
        left -= page.count
      }
    }
    return try searchState()
  }
}

/// Texts of one segment on their way into the search index.
struct SearchTexts {
  struct Entry {
    var number: Int
    var revision: Int
    var title: [UInt8]
    var body: [UInt8]
  }

  var segment: Int
  /// Ascending; erased ones are left out.
  var entries: [Entry]
  /// The watermark the page begins and ends at; nil where it takes in again what was corrected.
  var watermark: (from: Int, to: Int)?
  /// Submissions that were corrected.
  var stale: [Int]

  var count: Int { watermark.map { $0.to - $0.from } ?? stale.count }
}

/// The lists of some texts, by word.
struct SearchLists {
  private(set) var rows: [(word: [UInt8], places: [UInt16])] = []

  init(_ texts: SearchTexts, _ folding: SearchFolding) {
    var pairs: [SearchWords.Pair: [UInt16]] = [:]
    var words: [[UInt32]: [UInt16]] = [:]
    for entry in texts.entries {
      let place = SearchIndex.place(entry.number)
      for text in [entry.title, entry.body] where !text.isEmpty {
        SearchWords.each(SearchableText(text, folding).units) { pair in
          SearchLists.append(place, to: &pairs[pair, default: []])
        } word: { word in
          SearchLists.append(place, to: &words[word.map(\.scalar), default: []])
        }
      }
    }
    rows = pairs.map { ($0.key.bytes, $0.value) } + words.map { (SearchWords.bytes($0.key), $0.value) }
    // In the order of the table, so that neighbouring rows are written together.
    rows.sort { $0.word.lexicographicallyPrecedes($1.word) }
  }

  private static func append(_ place: UInt16, to places: inout [UInt16]) {
    if places.last != place { places.append(place) }
  }
}

/// One transaction of the update.
struct SearchUpdating {
  private let session: SQLiteSession

  /// Corrected texts taken in again at once.
  private static let stalePage = 256

  init(_ session: SQLiteSession) { self.session = session }

  static func state(_ session: any SQLSession) throws(StoreFault) -> SearchState {
    let watermark = try SearchIndex.watermark(session)
    let stale = Int(
      try session.integer("SELECT count(*) FROM search_stale WHERE submission <= $1", [.integer(watermark)]))
    return SearchState(watermark: watermark, lag: max(0, try SearchIndex.last(session) - watermark) + stale)
  }

  /// Nil when nothing waits.
  static func nextPage(_ store: SuggestionStore, limit: Int) throws(StoreFault) -> SearchTexts? {
    try store.snapshot { session throws(StoreFault) in
      let watermark = try SearchIndex.watermark(session)
      if let stale = try stalePage(watermark, limit, session) { return stale }
      let segment = SearchIndex.segment(watermark + 1)
      let end = min(
        try SearchIndex.last(session), watermark + min(limit, SearchIndex.segmentLength),
        (segment + 1) * SearchIndex.segmentLength - 1)
      guard end > watermark else { return nil }
      let entries = try session.all(
        """
        SELECT \(columns) FROM submission s WHERE s.number > $1 AND s.number <= $2 AND \(ErasedRows.isLiving)
        ORDER BY s.number
        """, [.integer(watermark), .integer(end)], entry)
      return SearchTexts(segment: segment, entries: entries, watermark: (watermark, end), stale: [])
    }
  }

  private static func stalePage(
    _ watermark: Int, _ limit: Int, _ session: any SQLSession
  ) throws(StoreFault) -> SearchTexts? {
    let first = try session.first(
      "SELECT min(submission) FROM search_stale WHERE submission <= $1", [.integer(watermark)]
    ) { $0.optionalInteger(0) }
    guard let first = first ?? nil else { return nil }
    let segment = SearchIndex.segment(Int(first))
    let end = min(watermark, (segment + 1) * SearchIndex.segmentLength - 1)
    let stale = try session.all(
      "SELECT submission FROM search_stale WHERE submission <= $1 ORDER BY submission LIMIT $2",
      [.integer(end), .integer(min(limit, SearchUpdating.stalePage))]) { Int($0.integer(0)) }
    var entries: [SearchTexts.Entry] = []
    for number in stale {
      entries += try session.all(
        "SELECT \(columns) FROM submission s WHERE s.number = $1 AND \(ErasedRows.isLiving)", [.integer(number)], entry)
    }
    return SearchTexts(segment: segment, entries: entries, watermark: nil, stale: stale)
  }

  private static let columns = "s.number, s.revision, s.title, s.body"

  private static func entry(_ row: any SQLRow) -> SearchTexts.Entry {
    SearchTexts.Entry(
      number: Int(row.integer(0)), revision: Int(row.integer(1)), title: row.bytes(2), body: row.bytes(3))
  }

  /// - Returns: false when another process was faster, or a text was erased since it was read: nothing is written then.
  func write(_ texts: SearchTexts, _ lists: SearchLists) throws(StoreFault) -> Bool {
    let watermark = try SearchIndex.watermark(session)
    if let page = texts.watermark, page.from != watermark { return false }
    guard try !holdsErased(texts) else { return false }
    let isFresh =
      try session.integer(
        "SELECT EXISTS (SELECT 1 FROM search_posting WHERE segment = $1)", [.integer(texts.segment)]) == 0
    for row in lists.rows {
      let known = isFresh ? [] : try self.list(texts.segment, row.word)
      try write(texts.segment, row.word, SearchUpdating.merged(known, row.places))
    }
    if let page = texts.watermark { try SearchIndex.set(watermark: page.to, session) }
    for number in texts.stale { try settle(number, texts) }
    return true
  }

  /// Texts that were erased since they were read must not come back as words.
  private func holdsErased(_ texts: SearchTexts) throws(StoreFault) -> Bool {
    guard let first = texts.entries.first?.number, let last = texts.entries.last?.number else { return false }
    let erased = Set(
      try session.all("SELECT number FROM erased_submission WHERE number BETWEEN $1 AND $2", [
        .integer(first), .integer(last),
      ]) { Int($0.integer(0)) })
    return texts.entries.contains { erased.contains($0.number) }
  }

  /// A text that was corrected once more meanwhile stays noted; one that is gone has nothing to be noted for.
  private func settle(_ number: Int, _ texts: SearchTexts) throws(StoreFault) {
    guard let revision = texts.entries.first(where: { $0.number == number })?.revision else {
      return try session.execute("DELETE FROM search_stale WHERE submission = $1", [.integer(number)])
    }
    try session.execute(
      """
      DELETE FROM search_stale WHERE submission = $1
        AND EXISTS (SELECT 1 FROM submission s WHERE s.number = $1 AND s.revision = $2)
      """, [.integer(number), .integer(revision)])
  }

  private func list(_ segment: Int, _ word: [UInt8]) throws(StoreFault) -> [UInt16] {
    let bytes = try session.first(
      "SELECT numbers FROM search_posting WHERE segment = $1 AND word = $2", [.integer(segment), .bytes(word)]
    ) { $0.bytes(0) }
    return bytes.map { SearchIndex.places($0) } ?? []
  }

  private func write(_ segment: Int, _ word: [UInt8], _ places: [UInt16]) throws(StoreFault) {
    let statement = try session.prepared(
      """
      INSERT INTO search_posting (segment, word, numbers) VALUES ($1, $2, $3)
      ON CONFLICT (segment, word) DO UPDATE SET numbers = excluded.numbers
      """)
    let list = SearchIndex.bytes(places)
    var binder = Binder(statement)
    binder.integer(segment)
    // Run inside, as both are bound without a copy.
    let result: Result<Void, StoreFault> = word.withUnsafeBytes { word in
      list.withUnsafeBytes { list in
        binder.bytes(word)
        binder.bytes(list)
        do throws(StoreFault) {
          return .success(try session.run(statement))
        } catch {
          return .failure(error)
        }
      }
    }
    try result.get()
  }

  /// Two ascending lists as one.
  static func merged(_ one: [UInt16], _ other: [UInt16]) -> [UInt16] {
    guard let last = one.last else { return other }
    if let first = other.first, last < first { return one + other }
    return Set(one).union(other).sorted()
  }
}
