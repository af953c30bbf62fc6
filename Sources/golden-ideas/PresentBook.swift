import Casework
import Console
import Rules
import Synchronization

/// The rule book in force in a running server, which somebody may change while it runs. Whoever judges or names things
/// asks for it anew each time.
final class PresentBook: Sendable {
  /// A book and what is made of it once for many pages.
  struct Present: Sendable {
    let book: RuleBook
    let regionPath: @Sendable (String) -> [String]
    /// By what the overview counts: districts, and topics of the first level.
    let figureScope: CaseStatistics.Scope
    private let phrases: [ConsoleLanguage: Phrasebook]
    private let catalogues: [ConsoleLanguage: Catalogue]

    init(_ book: RuleBook) {
      self.book = book
      regionPath = book.regionPath
      figureScope = StatsCommand.scope(book, 1, asOf: 0)
      phrases = Dictionary(
        uniqueKeysWithValues: ConsoleLanguage.allCases.map { ($0, Phrasebook(book, Language($0))) })
      catalogues = Dictionary(
        uniqueKeysWithValues: ConsoleLanguage.allCases.map { ($0, Catalogue(book, Language($0))) })
    }

    func phrases(_ language: ConsoleLanguage) -> Phrasebook { phrases[language] ?? Phrasebook(book, Language(language)) }
    func catalogue(_ language: ConsoleLanguage) -> Catalogue { catalogues[language] ?? Catalogue(book, Language(language)) }
  }

  private let state: Mutex<Present>

  init(_ book: RuleBook) { state = Mutex(Present(book)) }

  var present: Present { state.withLock { $0 } }
  var book: RuleBook { present.book }

  func take(_ book: RuleBook) {
    let next = Present(book)
    state.withLock { $0 = next }
  }
}
