package import Rules
internal import Stages
package import Store

/// Takes stored verdicts apart again, each by the rule book it was made with and on the day it was made for.
package final class VerdictExplaining {
  private let store: SuggestionStore
  /// By version; nil for one that is not kept or does not compile any more.
  private var books: [String: RuleBook?] = [:]

  /// - Parameter book: one that is compiled already.
  package init(_ store: SuggestionStore, book: RuleBook) {
    self.store = store
    books[book.version] = book
  }

  /// Nil where the submission or the book that judged it is not there.
  package func explanation(
    of submission: Int
  ) throws(StoreFault) -> (explanation: Explanation, book: RuleBook)? {
    guard let judged = try store.judgedText(submission), let book = try book(judged.book) else { return nil }
    return (Rejudging(by: book, asOf: judged.asOf).explain(judged.text), book)
  }

  private func book(_ version: String) throws(StoreFault) -> RuleBook? {
    if let known = books[version] { return known }
    let files = try store.ruleBook(version: version)
    let book = files.flatMap { files in
      try? RuleBook(files: files.map { RuleFile(path: $0.path, bytes: $0.bytes) })
    }
    books[version] = .some(book)
    return book
  }
}
