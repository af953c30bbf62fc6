/// A program of somebody else's that makes or reads what the house itself cannot.
package enum Converter: String, CaseIterable, Sendable {
  /// Prints pages to PDF.
  case chromium
  /// Makes Word documents.
  case pandoc
  /// Makes Word documents where there is no pandoc.
  case libreOffice
  /// Reads the text out of a PDF, with the place of each word.
  case pdfText

  /// What the program may be called, the likeliest first.
  var names: [String] {
    switch self {
    case .chromium: ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]
    case .pandoc: ["pandoc"]
    case .libreOffice: ["soffice", "libreoffice"]
    case .pdfText: ["pdftotext"]
    }
  }

  /// The environment variable that names the program's file, before any is looked for.
  package var variable: String {
    switch self {
    case .chromium: "GOLDEN_IDEAS_CHROMIUM"
    case .pandoc: "GOLDEN_IDEAS_PANDOC"
    case .libreOffice: "GOLDEN_IDEAS_LIBREOFFICE"
    case .pdfText: "GOLDEN_IDEAS_PDFTOTEXT"
    }
  }

  /// Debian's package.
  package var package: String {
    switch self {
    case .chromium: "chromium"
    case .pandoc: "pandoc"
    case .libreOffice: "libreoffice-writer-nogui"
    case .pdfText: "poppler-utils"
    }
  }
}
