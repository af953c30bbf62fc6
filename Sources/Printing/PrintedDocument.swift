/// What a document is written as.
package enum PrintFormat: String, CaseIterable, Sendable {
  case html, markdown, json, jsonLines, csv, svg, atom, pdf, docx, xlsx
  /// A zip file of documents in the other formats.
  case bundle

  /// What files in it are called behind the last full stop.
  package var fileExtension: String {
    switch self {
    case .markdown: "md"
    case .jsonLines: "jsonl"
    case .bundle: "zip"
    default: rawValue
    }
  }

  /// Nil for a name that tells nothing.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    let ending = fileName[fileName.index(after: dot)...].lowercased()
    guard let format = PrintFormat.allCases.first(where: { $0.fileExtension == ending }) else { return nil }
    self = format
  }
}

/// A document as it would leave the house, to its last byte.
package struct PrintedDocument: Sendable {
  package var name: String
  package var format: PrintFormat
  package var bytes: [UInt8]

  package init(name: String, format: PrintFormat, bytes: [UInt8]) {
    self.name = name
    self.format = format
    self.bytes = bytes
  }

  /// Files as one, of equal bytes for equal files; nil when they do not fit into a zip file.
  ///
  /// - Parameter instant: seconds since 1970, of each file.
  package static func bundle(name: String, of documents: [PrintedDocument], instant: Int64) -> PrintedDocument? {
    PackageParts.package(documents.map { ($0.name, $0.bytes) }, instant: instant)
      .map { PrintedDocument(name: name, format: .bundle, bytes: $0) }
  }
}
