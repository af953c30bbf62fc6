package import Suggestions

/// The opinion books that were taken in, by source and number: when each hung where.
package enum OpinionBooks {
  /// Keeps what the head of a transcript says, with its event, inside the caller's transaction. What it does not say
  /// and an earlier one did, stays; nothing is written where nothing is new.
  ///
  /// - Parameter source: number of the code.
  package static func note(
    _ custody: BookCustody, source: Int, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) {
    let stored = try find(custody.book, source: source, session)
    let custody = custody.completed(by: stored?.custody)
    if stored?.custody == custody { return }
    let id = if let stored { stored.id } else { try History.next(session) }
    let dates: [SQLValue] = [.optional(custody.opened), .optional(custody.closed), .optional(custody.transcribed)]
    if stored == nil {
      try session.execute(
        "INSERT INTO opinion_book (id, source, book, opened, closed, transcribed) VALUES ($1, $2, $3, $4, $5, $6)",
        [.integer(id), .integer(source), .text(custody.book)] + dates)
    } else {
      try session.execute(
        "UPDATE opinion_book SET opened = $2, closed = $3, transcribed = $4 WHERE id = $1", [.integer(id)] + dates)
    }
    let payload = payload(custody, source: try StoredCodes(session).source(source))
    try History.append(
      History.Event(at: moment, actor: "intake", action: "book", subject: id, payload: payload), to: session)
  }

  static func find(
    _ book: String, source: Int, _ session: any SQLSession
  ) throws(StoreFault) -> (id: Int, custody: BookCustody)? {
    try session.first(
      "SELECT id, opened, closed, transcribed FROM opinion_book WHERE source = $1 AND book = $2",
      [.integer(source), .text(book)]
    ) { row in
      (
        Int(row.integer(0)),
        BookCustody(
          book: book, opened: row.optionalInteger(1), closed: row.optionalInteger(2),
          transcribed: row.optionalInteger(3))
      )
    }
  }

  static func payload(_ custody: BookCustody, source: String) -> String {
    var writer = JSONWriter()
    writer.object {
      $0.field("source", source)
      $0.field("book", custody.book)
      for (key, moment) in [
        ("opened", custody.opened), ("closed", custody.closed), ("transcribed", custody.transcribed),
      ] {
        if let moment { $0.field(key, moment) }
      }
    }
    return writer.text
  }
}

extension SuggestionStore {
  /// What is known of a book; nil where none of its transcripts was taken in.
  package func bookCustody(_ book: String, source: String) throws(StoreFault) -> BookCustody? {
    try read { session throws(StoreFault) in
      let id = try session.first(
        "SELECT id FROM code WHERE family = $1 AND text = $2", [.integer(CodeFamily.source.rawValue), .text(source)]
      ) { Int($0.integer(0)) }
      guard let id else { return nil }
      return try OpinionBooks.find(book, source: id, session)?.custody
    }
  }
}

extension Verification {
  /// Each book has the dates its last event tells.
  func checkOpinionBooks() throws(StoreFault) {
    var told: [Int: String] = [:]
    try session.each("SELECT subject, payload FROM event WHERE action = 'book' ORDER BY seq", []) { row in
      told[Int(row.integer(0))] = row.text(1)
    }
    let codes = try StoredCodes(session)
    try session.each("SELECT id, source, book, opened, closed, transcribed FROM opinion_book ORDER BY id", []) { row in
      let custody = BookCustody(
        book: row.text(2), opened: row.optionalInteger(3), closed: row.optionalInteger(4),
        transcribed: row.optionalInteger(5))
      let payload = OpinionBooks.payload(custody, source: codes.source(Int(row.integer(1))))
      if told.removeValue(forKey: Int(row.integer(0))) != payload { faults.add(.opinionBooks, Int(row.integer(0))) }
    }
    for id in told.keys.sorted() { faults.add(.opinionBooks, id) }
  }
}
