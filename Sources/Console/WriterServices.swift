package import Casework
package import Store

/// Words for people without an account: writers with a receipt, units with a link.
package struct WriterServices: Sendable {
  /// What a status says, without words of the trade.
  package var words: @Sendable (WriterStatus, ConsoleLanguage) -> WriterStatusWords
  /// The documented JSON of a status, for the receipt given.
  package var json: @Sendable (WriterStatus, String, [WriterPart], ConsoleLanguage) -> String
  /// Why a link opens nothing, in a sentence.
  package var link: @Sendable (LinkRefusal, ConsoleLanguage) -> String
  /// `2025年7月3日 17:30 前`, of seconds since 1970.
  package var deadline: @Sendable (Int64, ConsoleLanguage) -> String

  package init(
    words: @escaping @Sendable (WriterStatus, ConsoleLanguage) -> WriterStatusWords,
    json: @escaping @Sendable (WriterStatus, String, [WriterPart], ConsoleLanguage) -> String,
    link: @escaping @Sendable (LinkRefusal, ConsoleLanguage) -> String,
    deadline: @escaping @Sendable (Int64, ConsoleLanguage) -> String
  ) {
    self.words = words
    self.json = json
    self.link = link
    self.deadline = deadline
  }
}

/// A status in plain words.
package struct WriterStatusWords: Sendable, Hashable {
  package var headline: String
  /// All else there is to say now.
  package var lines: [String]
  /// Earliest first; when, and what.
  package var steps: [Step]

  package struct Step: Sendable, Hashable {
    package var at: String
    package var what: String

    package init(at: String, what: String) {
      self.at = at
      self.what = what
    }
  }

  package init(headline: String, lines: [String], steps: [Step]) {
    self.headline = headline
    self.lines = lines
    self.steps = steps
  }
}
