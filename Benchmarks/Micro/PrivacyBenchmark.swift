import Foundation
import Text

/// Finding personal details, beside a regular expression for mobile numbers alone.
enum PrivacyBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("personal data")
    try Measurement.row("all kinds", texts: texts.count, bytes: texts.byteCount) {
      (0..<texts.count).reduce(0) { $0 + PersonalData.spans(in: texts.scalars($1)).count }
    }
    let ours = try Measurement.row("all kinds, counting mobiles", texts: texts.count, bytes: texts.byteCount) {
      (0..<texts.count).reduce(0) { sum, index in
        sum + PersonalData.spans(in: texts.scalars(index)).count { $0.kind == .mobile }
      }
    }
    let expression = try NSRegularExpression(pattern: "(?<![0-9a-z])1[3-9][0-9]{9}(?![0-9])")
    let folded = (0..<texts.count).map { Folding.string(texts.scalars($0)) }
    let plain = try Measurement.row("regular expression for mobiles", texts: texts.count, bytes: texts.byteCount) {
      folded.reduce(0) {
        $0 + expression.numberOfMatches(in: $1, range: NSRange(location: 0, length: $1.utf16.count))
      }
    }
    try Measurement.compare(ours, plain, "faster than the expression")
  }
}
