package import Rules
internal import Stages
package import Store
internal import Synchronization

/// Takes stored verdicts apart again, each by the rule book it was made with and on the day it was made for.
package struct VerdictExplaining {
  private let store: SuggestionStore
  private let present: RuleBook
  private let earlier: EarlierBooks

  /// - Parameters:
  ///   - book: one that is compiled already.
  ///   - earlier: where others are kept, for whoever explains again and again.
  package init(_ store: SuggestionStore, book: RuleBook, earlier: EarlierBooks = EarlierBooks()) {
    self.store = store
    present = book
    self.earlier = earlier
  }

  /// Nil where the submission or the book that judged it is not there.
  package func explanation(
    of submission: Int
  ) throws(StoreFault) -> (explanation: Explanation, book: RuleBook)? {
    guard let judged = try store.judgedText(submission), let book = try book(judged.book) else { return nil }
    return (Rejudging(by: book, asOf: judged.asOf).explain(judged.text), book)
  }

  private func book(_ version: String) throws(StoreFault) -> RuleBook? {
    if version == present.version { return present }
    if let known = earlier[version] { return known }
    let files = try store.ruleBook(version: version)
    let book = files.flatMap { files in
      try? RuleBook(files: files.map { RuleFile(path: $0.path, bytes: $0.bytes) })
    }
    earlier.keep(book, of: version)
    return book
  }
}

/// The last rule books that judged what is looked at now, compiled: a fifth of a second each, and some megabytes.
package final class EarlierBooks: Sendable {
  /// The latest asked for last; nil for one that is not kept in the store or does not compile any more.
  private let books = Mutex<[(version: String, book: RuleBook?)]>([])
  private static let most = 4

  package init() {}

  /// Nil where it is not known whether there is one.
  subscript(version: String) -> RuleBook?? { books.withLock { $0.first { $0.version == version }.map { $0.book } } }

  func keep(_ book: RuleBook?, of version: String) {
    books.withLock { books in
      books.removeAll { $0.version == version }
      if books.count >= EarlierBooks.most { books.removeFirst() }
      books.append((version, book))
    }
  }
}
