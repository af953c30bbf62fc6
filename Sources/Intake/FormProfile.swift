package import Suggestions

/// How the files of one format are laid out.
package enum IntakeFormat: String, Sendable, CaseIterable {
  case xml
  /// A JSON array, an array inside an object, one object, or JSON Lines.
  case json
  case opinionBook = "opinion-book"
}

/// What a form looks like and how its values become standard fields: one file of `rules/profiles`.
///
/// A profile is data alone; ``RecordReader`` compiles it into tables for the file at hand.
package struct FormProfile: Sendable {
  package let name: String
  /// Chinese title, shown to people.
  package let title: String
  package let titleEnglish: String
  package let format: IntakeFormat
  /// The source unless the caller names one; (source, external id) identifies a submission.
  package let source: String
  /// Where the records stand, one list of steps each. XML: element names from the root, `*` for any.
  /// JSON: keys from the root, none for the top level itself.
  package let places: [[String]]
  package let mappings: [FieldMapping]
  /// Channel code for records that do not name one.
  package let channel: String?
  package let zone: DateZone
  package let dates: [DatePattern]
  package let required: FieldSet
  /// Fields that do not belong to the content digest.
  package let volatile: FieldSet
  /// Whether files are recognised as this form by their looks; `detect: false` in forms that are taken by name only.
  package let isDetected: Bool
}

/// Where one standard field is found, and what becomes of its values.
package struct FieldMapping: Sendable {
  package let field: Field
  /// Candidates, best first.
  package let paths: [FieldPath]
  /// Used when the record has no value, or an empty one.
  package let fallback: String?
  /// Written value → stored value; others are kept as written.
  package let values: [(written: String, stored: String)]
}

/// Place of a value below the record.
package struct FieldPath: Sendable, Hashable {
  /// As the profile writes it.
  package let text: String
  /// Elements or keys from the record down; empty = the record itself.
  package let steps: [String]
  /// XML: the attribute of the element the steps lead to.
  package let attribute: String?

  /// Nil when a step is empty or an attribute does not stand last.
  init?(_ text: String, format: IntakeFormat) {
    self.text = text
    guard !text.isEmpty else { return nil }
    if format == .json {
      steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      attribute = nil
      guard !steps.contains("") else { return nil }
      return
    }
    if text == "." {
      (steps, attribute) = ([], nil)
      return
    }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let last = parts.last, last.hasPrefix("@") {
      parts.removeLast()
      attribute = String(last.dropFirst())
    } else {
      attribute = nil
    }
    steps = parts
    let isSound = parts.allSatisfy { !$0.isEmpty && !$0.contains("@") && $0 != "." && $0 != "*" }
    guard isSound, attribute != "", attribute?.contains("@") != true else { return nil }
  }
}
