package import Rules
package import Suggestions

/// Judges by a rule book what is stored already. How submissions relate to each other stays as it is. Pure.
package struct Rejudging: Sendable {
  private let book: RuleBook
  /// Seconds since 1970; rules in force on that day count.
  private let asOf: Int64

  package init(by book: RuleBook, asOf: Int64) {
    self.book = book
    self.asOf = asOf
  }

  /// The verdicts, in the order of the texts.
  package func apply(_ texts: [StoredText]) -> BatchColumns {
    let classified = Classify(by: book).apply(normalized(texts))
    return Route(by: book).apply(classified.advanced(to: Deduplicated.self)).columns
  }

  /// One verdict, taken apart.
  package func explain(_ text: StoredText) -> Explanation { Classify(by: book).explain(normalized([text])) }

  /// What the texts mean by their places.
  package func places(_ texts: [StoredText]) -> [MeantPlaces] { Classify(by: book).places(normalized(texts)) }

  private func normalized(_ texts: [StoredText]) -> Batch<Normalized> {
    var drafts = DraftBatch()
    drafts.arena = Arena(capacity: 1 << 16)
    for (index, text) in texts.enumerated() {
      var draft = Draft(position: RecordPosition(ordinal: index + 1, line: 0, byteOffset: 0))
      for (field, bytes) in text.fields { draft[field] = bytes.withUnsafeBytes { drafts.arena.append($0) } }
      draft[.title] = text.title.withUnsafeBytes { drafts.arena.append($0) }
      draft[.body] = text.body.withUnsafeBytes { drafts.arena.append($0) }
      draft[.channel] = drafts.arena.append(text.channel.code)
      draft.received = drafts.arena.append("")
      draft.submittedAt = text.submittedAt
      drafts.drafts.append(draft)
    }
    let header = BatchHeader(source: "", defaultChannel: .other, asOf: asOf, number: 0, volatile: [])
    let batch = Normalize(redaction: nil).apply(Batch(drafts, header: header))
    for index in texts.indices { batch.columns.rows[index].cuts = texts[index].cuts }
    return batch
  }
}
