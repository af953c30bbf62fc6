internal import Suggestions

/// How many entries of a page of an opinion book are in the store, by whatever way they came.
package struct BookEntryCount: Sendable, Hashable {
  package var book: String
  package var page: Int
  package var entries: Int
}

extension SuggestionStore {
  /// By book and page. What was erased is not counted, nor what was split out of an entry.
  ///
  /// - Parameter source: `book:` and the station's name.
  package func bookEntries(ofSource source: String) throws(StoreFault) -> [BookEntryCount] {
    try read { session throws(StoreFault) in
      var counts: [BookEntryCount] = []
      // Along the index of identities, in order: what lies together is counted together.
      try session.each(
        """
        SELECT external_id FROM submission
        WHERE source = (SELECT id FROM code WHERE family = $1 AND text = $2)
          AND number NOT IN (SELECT part FROM split_part)
        ORDER BY external_id
        """, [.integer(CodeFamily.source.rawValue), .text(source)]
      ) { row in
        // book/page/line; the mark of an erased one is none.
        let parts = row.text(0).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let page = Int(parts[1]) else { return }
        let book = String(parts[0])
        if let last = counts.last, last.book == book, last.page == page {
          counts[counts.count - 1].entries += 1
        } else {
          counts.append(BookEntryCount(book: book, page: page, entries: 1))
        }
      }
      return counts.sorted { ($0.book, $0.page) < ($1.book, $1.page) }
    }
  }
}
