import Foundation
import Printing

/// The programs of this machine the tests print with.
enum ConverterNeeds {
  static let advice =
    "printing needs chromium, pandoc (or LibreOffice) and poppler-utils: run `sh .ci/converters`, or `make test`"

  /// Where they must be there, and what is missing is a failure.
  static var isRequired: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

  static func has(_ converters: Converter...) -> Bool {
    isRequired || converters.allSatisfy { (try? ConverterShelf().path(of: $0)) != nil }
  }

  static var hasPages: Bool { has(.chromium, .pdfText) }
  static var hasWord: Bool { has(.pandoc) || has(.libreOffice) }

  static var hasOffice: Bool { (try? ConverterShelf().path(of: .libreOffice)) != nil }

  static let conversion = Conversion(seconds: 300)
}
