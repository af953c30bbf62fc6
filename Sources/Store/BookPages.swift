internal import Crypto
internal import Suggestions

/// Pages of opinion books that are typed by two people. Every change is an event about the page's number, in the
/// transaction of the change; it tells all of the row but the texts.
extension SuggestionStore {
  /// Without their texts: by station, book and page.
  ///
  /// - Parameter stations: codes; nil for all.
  package func bookPages(
    of stations: Set<String>? = nil, book: String? = nil, isOpen: Bool = false, limit: Int = 1000
  ) throws(StoreFault) -> [BookPage] {
    if let stations, stations.isEmpty { return [] }
    let key = try keys.bookPageKey()
    return try read { session throws(StoreFault) in
      var conditions: [String] = []
      var arguments: [SQLValue] = []
      if let stations {
        let places = stations.sorted().map { code in
          arguments.append(.text(code))
          return "$\(arguments.count)"
        }
        conditions.append("station IN (\(places.joined(separator: ", ")))")
      }
      if let book {
        arguments.append(.text(book))
        conditions.append("book = $\(arguments.count)")
      }
      if isOpen {
        arguments.append(.integer(BookPage.State.taken.rawValue))
        conditions.append("state < $\(arguments.count)")
      }
      let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
      arguments.append(.integer(limit))
      let rows = try session.all(
        "\(BookPageRow.columns)\(filter) ORDER BY station, book, page LIMIT $\(arguments.count)", arguments
      ) { BookPageRow($0) }
      var pages: [BookPage] = []
      for row in rows { pages.append(try row.value(key, isWhole: false)) }
      return pages
    }
  }

  /// With its texts.
  package func bookPage(_ id: Int) throws(StoreFault) -> BookPage? {
    let key = try keys.bookPageKey()
    return try read { session throws(StoreFault) in
      try session.first("\(BookPageRow.columns) WHERE id = $1", [.integer(id)]) { BookPageRow($0) }?
        .value(key, isWhole: true)
    }
  }

  package func bookPage(station: String, book: String, page: Int) throws(StoreFault) -> BookPage? {
    let key = try keys.bookPageKey()
    return try read { session throws(StoreFault) in
      try SuggestionStore.row(station, book, page, session)?.value(key, isWhole: true)
    }
  }

  /// The first keying, by whoever begins; typed again by the same person it takes the place of what was there. A page
  /// that was taken in can be keyed anew, to mend it.
  ///
  /// - Parameter keying: nil for a page there is nothing to read on, which is done with at once.
  /// - Returns: the page's number.
  package func keyBookPage(
    _ page: Int, of book: String, at station: String, head: BookHead, condition: BookPage.Condition, counted: Int,
    _ keying: BookKeying?, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Int, BookPageRefusal> {
    let key = try keys.bookPageKey()
    return try write { session throws(StoreFault) in
      let known = try SuggestionStore.row(station, book, page, session)
      if let known {
        if known.state == BookPage.State.keyed.rawValue, known.keyer != actor { return .failure(.others(known.keyer)) }
        if let state = BookPage.State(rawValue: known.state), state == .compared || state == .settled {
          return .failure(.state(state))
        }
      }
      let id = if let known { known.id } else { try History.next(session) }
      var row = BookPageRow(
        id: id, station: station, book: book, page: page, condition: condition,
        counted: counted, keyer: actor, changedAt: moment)
      row.entered = known?.entered
      row.head = try row.seal(head.packed, key)
      if let keying, condition == .written {
        row.first = try row.seal(keying.packed, key)
      } else {
        row.state = BookPage.State.taken.rawValue
        row.entered = 0
      }
      try SuggestionStore.keep(row, "book-page-key", by: actor, session)
      return .success(row.id)
    }
  }

  /// The second keying, by somebody else.
  package func keyBookPageAgain(
    _ id: Int, _ keying: BookKeying, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<BookPage, BookPageRefusal> {
    try changeBookPage(id, from: [.keyed], "book-page-check", by: actor, at: moment) { row, key throws(StoreFault) in
      if row.keyer == actor { return .samePerson }
      row.state = BookPage.State.compared.rawValue
      row.checker = actor
      row.second = try row.seal(keying.packed, key)
      return nil
    }
  }

  /// What both agree on, or what was decided where they differ.
  package func settleBookPage(
    _ id: Int, _ keying: BookKeying, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<BookPage, BookPageRefusal> {
    try changeBookPage(
      id, from: [.compared, .settled], "book-page-settle", by: actor, at: moment
    ) { row, key throws(StoreFault) in
      row.state = BookPage.State.settled.rawValue
      row.first = try row.seal(keying.packed, key)
      row.second = nil
      return nil
    }
  }

  /// Its entries are in the store: the texts go from here.
  ///
  /// - Parameter entered: how many of them.
  package func takeBookPage(
    _ id: Int, entered: Int, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<BookPage, BookPageRefusal> {
    try changeBookPage(id, from: [.settled], "book-page-take", by: actor, at: moment) { row, _ in
      row.state = BookPage.State.taken.rawValue
      row.entered = Int64(entered)
      (row.first, row.second) = (nil, nil)
      return nil
    }
  }

  /// 放弃录入: what was typed is forgotten. A page that was in the store before is so still.
  package func dropBookPage(
    _ id: Int, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<BookPage, BookPageRefusal> {
    try changeBookPage(id, from: [.keyed, .compared, .settled], "book-page-drop", by: actor, at: moment) { row, _ in
      row.state = BookPage.State.taken.rawValue
      (row.first, row.second) = (nil, nil)
      return nil
    }
  }

  private func changeBookPage(
    _ id: Int, from states: Set<BookPage.State>, _ action: String, by actor: String, at moment: Int64,
    _ body: (inout BookPageRow, SymmetricKey) throws(StoreFault) -> BookPageRefusal?
  ) throws(StoreFault) -> Result<BookPage, BookPageRefusal> {
    let key = try keys.bookPageKey()
    return try write { session throws(StoreFault) in
      let found = try session.first("\(BookPageRow.columns) WHERE id = $1", [.integer(id)]) { BookPageRow($0) }
      guard var row = found, let state = BookPage.State(rawValue: row.state) else { return .failure(.unknown) }
      guard states.contains(state) else { return .failure(.state(state)) }
      if let refusal = try body(&row, key) { return .failure(refusal) }
      row.changedAt = moment
      try SuggestionStore.keep(row, action, by: actor, session)
      return .success(try row.value(key, isWhole: true))
    }
  }

  private static func row(
    _ station: String, _ book: String, _ page: Int, _ session: any SQLSession
  ) throws(StoreFault) -> BookPageRow? {
    try session.first(
      "\(BookPageRow.columns) WHERE station = $1 AND book = $2 AND page = $3",
      [.text(station), .text(book), .integer(page)]) { BookPageRow($0) }
  }

  /// The row with its event. A page that was given up before it ever was taken in is as if nobody had begun.
  private static func keep(
    _ row: BookPageRow, _ action: String, by actor: String, _ session: any SQLSession
  ) throws(StoreFault) {
    try session.execute("DELETE FROM book_page WHERE id = $1", [.integer(row.id)])
    if action != "book-page-drop" || row.entered != nil {
      func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map(SQLValue.bytes) ?? .null }
      try session.execute(
        """
        INSERT INTO book_page (id, station, book, page, condition, counted, state, entered, keyer, checker, changed_at,
          head, first, second)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        [
          .integer(row.id), .text(row.station), .text(row.book), .integer(row.page), .integer(row.condition),
          .integer(row.counted), .integer(row.state), .optional(row.entered), .text(row.keyer),
          row.checker.map(SQLValue.text) ?? .null, .integer(row.changedAt), .bytes(row.head), optional(row.first),
          optional(row.second),
        ])
    }
    try History.append(
      History.Event(at: row.changedAt, actor: actor, action: action, subject: row.id, payload: row.payload),
      to: session)
  }
}

extension Verification {
  /// Each page is what its last event tells.
  func checkBookPages() throws(StoreFault) {
    var told: [Int: String] = [:]
    try session.each(
      "SELECT subject, payload, action FROM event WHERE action LIKE 'book-page-%' ORDER BY seq", []
    ) { row in
      told[Int(row.integer(0))] = row.text(1)
      // Given up without ever having been taken in: there is no row.
      if row.text(2) == "book-page-drop", EventPayload(row.text(1)).number("entered") == nil {
        told[Int(row.integer(0))] = nil
      }
    }
    try session.each(BookPageRow.columns, []) { row in
      let row = BookPageRow(row)
      if told.removeValue(forKey: row.id) != row.payload { faults.add(.bookPages, row.id) }
    }
    for id in told.keys.sorted() { faults.add(.bookPages, id) }
  }
}
