/// What a code is called, in both languages: an issue that was signed keeps its names when the rules change.
package struct DigestLabel: Sendable, Hashable {
  /// Nil for what has none, such as cases whose place is not known.
  package var code: String?
  package var chinese: String
  package var english: String

  package init(_ code: String?, _ chinese: String, _ english: String) {
    self.code = code
    self.chinese = chinese
    self.english = english
  }

  package func text(in language: DigestLanguage) -> String { language == .zh ? chinese : english }
}

/// What an issue is written in.
package enum DigestLanguage: String, CaseIterable, Sendable {
  case zh, en
}
