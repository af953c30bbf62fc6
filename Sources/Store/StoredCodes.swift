internal import Suggestions

/// Texts of the code table, and codes of the words that are stored as numbers.
struct StoredCodes {
  private let texts: [Int: String]

  init(_ session: any SQLSession) throws(StoreFault) { texts = try CodeTable.texts(session) }

  /// Nil for 0, which stands for none. A number the table does not have is for ``SuggestionStore/verify()`` to find.
  func text(_ number: Int) -> String? { texts[number] }

  func source(_ number: Int) -> String { texts[number] ?? "" }

  static func channel(_ value: Int64) -> String { word(value, Channel.self)?.code ?? String(value) }
  static func kind(_ value: Int64) -> String { word(value, Kind.self)?.code ?? String(value) }
  static func act(_ value: Int64) -> String { word(value, Act.self)?.code ?? String(value) }
  static func track(_ value: Int64) -> String { word(value, Track.self)?.code ?? String(value) }
  static func urgency(_ value: Int64) -> String { word(value, Urgency.self)?.code ?? String(value) }
  static func state(_ value: Int64) -> String { word(value, CaseState.self)?.code ?? String(value) }
  static func duplicate(_ value: Int64) -> String { word(value, DuplicateKind.self)?.code ?? String(value) }

  /// Nil where nothing differs.
  static func differs(_ value: Int64) -> String? {
    value == 0 ? nil : word(value, Difference.self)?.code ?? String(value)
  }

  private static func word<Word: RawRepresentable<UInt8>>(_ value: Int64, _ type: Word.Type) -> Word? {
    UInt8(exactly: value).flatMap { Word(rawValue: $0) }
  }
}
