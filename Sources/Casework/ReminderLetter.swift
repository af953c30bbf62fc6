/// 催办信: a template in two languages. What goes into it is named by the placeholders alone, so no citizen's words can.
package struct ReminderLetter: Sendable, Hashable {
  /// What `{…}` may name.
  package enum Placeholder: String, CaseIterable, Sendable {
    /// The suggestion's number.
    case number
    case topic
    /// The region's name.
    case place
    /// The unit that has the order; the platform where none has.
    case unit
    /// Name of the clock.
    case clock
    case state
    case start
    case due
    /// Counted time to the due moment.
    case left
    /// Counted time since.
    case overdue
  }

  package var title: String
  package var text: String
  package var titleEnglish: String
  package var textEnglish: String

  package init(title: String, text: String, titleEnglish: String, textEnglish: String) {
    self.title = title
    self.text = text
    self.titleEnglish = titleEnglish
    self.textEnglish = textEnglish
  }

  /// A template with its values in place. Braces in a value are text; what has no value stays as it is written.
  package static func filled(_ template: String, _ values: [Placeholder: String]) -> String {
    parts(of: template).map { part in
      part.name.flatMap(Placeholder.init(rawValue:)).flatMap { values[$0] } ?? part.text
    }.joined()
  }

  /// Names in braces that mean nothing.
  static func unknownNames(in template: String) -> [String] {
    parts(of: template).compactMap(\.name).filter { Placeholder(rawValue: $0) == nil }
  }

  /// The template cut where its braces stand; an open brace without a closed one is text.
  private static func parts(of template: String) -> [(text: String, name: String?)] {
    var parts: [(text: String, name: String?)] = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append((String(rest[..<open]), nil))
      parts.append((String(rest[open...close]), String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    return parts + [(String(rest), nil)]
  }
}
