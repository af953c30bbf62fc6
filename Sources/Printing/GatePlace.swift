/// Where in a document something stands, as exactly as its format tells. What people wrote, such as the name of a sheet
/// or a key, is counted and not quoted: it may be what must not be said.
package struct GatePlace: Sendable, Hashable {
  package enum Unit: String, Sendable {
    /// Line of a text, page of a PDF, number of a sheet, number of a part in a package of parts.
    case line, page, sheet, part
    /// What documents say of themselves: title, author, keywords, addresses of links in a PDF.
    case property
    /// The file's own name.
    case fileName
    /// Entry of a JSON document, counted from its start.
    case value
  }

  package var unit: Unit
  /// From 1; 0 where there is nothing to count.
  package var number: Int
  /// Line on a page, column of a row, paragraph of a part; from 1.
  package var within: Int?
  /// `B7` on a sheet; the well-known name of a part: `word/comments.xml`.
  package var name: String?

  package init(_ unit: Unit, _ number: Int = 0, within: Int? = nil, name: String? = nil) {
    self.unit = unit
    self.number = number
    self.within = within
    self.name = name
  }
}
