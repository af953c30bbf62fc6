internal import Crypto
internal import Suggestions

/// 封记: what an issue says of where it comes from, in one line that stands in every format: which store state, rules,
/// template and editing made it, and the digest of its own content.
package struct DigestSeal: Sendable, Hashable {
  package var month: DigestMonth
  /// 归期: `submitted` or `received`.
  package var moment: String
  /// Seconds since 1970.
  package var asOf: Int64
  package var state: DigestStoreState
  /// Name of the template's folder, and the digest of its files.
  package var template: String
  package var templateDigest: String
  /// Digest of what the editor changed.
  package var editing: String
  package var language: DigestLanguage
  /// `html`, `md`, `json`, `csv`.
  package var format: String
  /// SHA-256 of the document with 64 zeros in the place of this.
  package private(set) var content = DigestSeal.zeros

  package init(
    _ issue: DigestIssue, template: String, templateDigest: String, editing: DigestEditing, language: DigestLanguage,
    format: String
  ) {
    month = issue.month
    moment = issue.moment
    asOf = issue.asOf
    state = issue.state
    self.template = template
    self.templateDigest = templateDigest
    self.editing = DigestSeal.digest(editing.canonical)
    self.language = language
    self.format = format
  }

  static let opening = "golden-ideas digest 1; "
  private static let zeros = String(repeating: "0", count: 64)

  /// Letters, digits, `=;. +_/-:` and spaces only, so that no format has anything to escape in it.
  package var line: String {
    let parts = [
      ("month", month.text), ("on", moment), ("as-of", String(asOf)), ("event", String(state.event)),
      ("head", state.head), ("submissions", String(state.submissions)), ("rules", state.rules), ("template", template),
      ("template-digest", templateDigest), ("editing", editing), ("language", language.rawValue), ("format", format),
      ("content", content),
    ]
    return DigestSeal.opening + parts.map { "\($0.0)=\(DigestSeal.plain($0.1))" }.joined(separator: "; ")
  }

  private static func plain(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || ".+_/:-".unicodeScalars.contains(scalar))
    }
    return kept.isEmpty ? "-" : String(String.UnicodeScalarView(kept))
  }

  /// SHA-256 in hexadecimal digits.
  package static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }

  // MARK: documents

  /// A document whose seal has zeros for its content, with the digest in their place.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    guard let place = place(in: bytes) else { return bytes }
    var sealed = bytes
    sealed.replaceSubrange(place, with: Array(digest(bytes).utf8))
    return sealed
  }

  /// The seal of a document: its first; nil where there is none. What a citizen writes comes behind it.
  package init?(in bytes: [UInt8]) {
    guard let place = DigestSeal.place(in: bytes), let start = DigestSeal.start(in: bytes) else { return nil }
    let text = String(decoding: bytes[start..<place.upperBound], as: UTF8.self).dropFirst(DigestSeal.opening.count)
    var values: [String: String] = [:]
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { return nil }
      values[String(pair[0].drop { $0 == " " })] = String(pair[1])
    }
    guard let month = values["month"].flatMap({ DigestMonth($0) }), let moment = values["on"],
      let asOf = values["as-of"].flatMap({ Int64($0) }), let event = values["event"].flatMap({ Int($0) }),
      let head = values["head"], let submissions = values["submissions"].flatMap({ Int($0) }),
      let rules = values["rules"], let template = values["template"], let templateDigest = values["template-digest"],
      let editing = values["editing"], let language = values["language"].flatMap(DigestLanguage.init(rawValue:)),
      let format = values["format"], let content = values["content"]
    else { return nil }
    self.month = month
    self.moment = moment
    self.asOf = asOf
    state = DigestStoreState(event: event, head: head == "-" ? "" : head, submissions: submissions, rules: rules)
    self.template = template
    self.templateDigest = templateDigest
    self.editing = editing
    self.language = language
    self.format = format
    self.content = content
  }

  /// Whether a document is as it was when it was sealed.
  package static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard let place = place(in: bytes) else { return false }
    var open = bytes
    open.replaceSubrange(place, with: Array(zeros.utf8))
    return Array(digest(open).utf8) == Array(bytes[place])
  }

  /// The 64 digits of the content in the first seal.
  private static func place(in bytes: [UInt8]) -> Range<Int>? {
    guard let start = start(in: bytes), let key = find("content=", in: bytes, from: start) else { return nil }
    let place = key + 8..<key + 72
    let isDigits = place.upperBound <= bytes.count && bytes[place].allSatisfy { digit in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
    }
    return isDigits ? place : nil
  }

  private static func start(in bytes: [UInt8]) -> Int? { find(opening, in: bytes, from: 0) }

  private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count, start <= bytes.count - wanted.count else { return nil }
    return (start...bytes.count - wanted.count).first { place in
      bytes[place] == wanted[0] && bytes[place..<place + wanted.count].elementsEqual(wanted)
    }
  }
}
