internal import Suggestions

/// The head of a transcript: which book it is, and what must be in it.
struct OpinionBookHead {
  private(set) var values: [Word: String] = [:]

  enum Word: String, CaseIterable {
    case station, book, keeper, transcriber, opened, closed, transcribed, pages

    init?(written: Substring) {
      let written = written.lowercased()
      let chinese: [String: Word] = [
        "驿站": .station, "簿号": .book, "保管人": .keeper, "转录人": .transcriber, "启用": .opened, "封存": .closed,
        "停用": .closed, "转录日期": .transcribed, "页数": .pages,
      ]
      guard let word = chinese[written] ?? Word(rawValue: written) else { return nil }
      self = word
    }
  }

  static let required: [Word] = [.station, .book, .keeper, .transcriber, .opened]

  var station: String { values[.station] ?? "" }
  var book: String { values[.book] ?? "" }
  var pages: Int? { values[.pages].flatMap { Int($0) } }
  var opened: OpinionBookDate.Day? { values[.opened].flatMap { OpinionBookDate.day($0) } }

  static func isTitle(_ line: String) -> Bool {
    let words = line.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\u{3000}" })
    return words == ["民意征集本", "v1"] || words == ["opinion", "book", "v1"]
  }

  /// Takes one line in; otherwise says what is wrong with it.
  mutating func take(_ line: String) -> String? {
    guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return "head line with a colon" }
    guard let word = Word(written: line[..<colon].trimmedSpace) else { return "known head word" }
    if values[word] != nil { return "\(word.rawValue) once" }
    let value = line[line.index(after: colon)...].trimmedSpace
    if value.isEmpty { return word == .closed ? nil : "\(word.rawValue) with a value" }
    switch word {
    case .opened, .closed, .transcribed:
      guard let day = OpinionBookDate.day(String(value)), day.year != nil else {
        return "\(word.rawValue) as a full date"
      }
    case .pages:
      guard let pages = Int(value), (1...9999).contains(pages) else { return "pages as a number" }
    case .book:
      if value.contains("/") { return "book without a slash" }
    default: break
    }
    values[word] = String(value)
    return nil
  }

  /// When the book was where, at the midnights of a zone.
  func custody(_ zone: DateZone) -> BookCustody {
    func moment(_ word: Word) -> Int64? {
      guard let day = values[word].flatMap({ OpinionBookDate.day($0) }), let year = day.year, let month = day.month,
        let days = DatePattern.daysSince1970(year: Int64(year), month: Int64(month), day: Int64(day.day))
      else { return nil }
      return zone.instant(local: days * 86_400)
    }
    return BookCustody(
      book: book, opened: moment(.opened), closed: moment(.closed), transcribed: moment(.transcribed))
  }

  /// The first line that a head must have and this one has not.
  var missing: Word? { OpinionBookHead.required.first { values[$0] == nil } }
}

extension StringProtocol {
  /// Without ASCII white space, U+00A0, U+3000 and U+FEFF at either end.
  var trimmedSpace: SubSequence {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar {
      case " ", "\t", "\r", "\n", "\u{A0}", "\u{3000}", "\u{FEFF}": true
      default: false
      }
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return self[endIndex..<endIndex] }
    return self[first..<scalars.index(after: last)]
  }
}
