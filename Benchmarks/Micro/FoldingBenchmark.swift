import Foundation
import Text

/// Folding into the shadow text, beside Foundation's compatibility composition.
enum FoldingBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("folding")
    var folded = FoldedText(capacity: 1 << 16)
    let ours = try Measurement.row("fold", texts: texts.count, bytes: texts.byteCount) {
      var count = 0
      for index in 0..<texts.count {
        folded.removeAll()
        count += texts.body(index) { folded.fold($0) }.count
      }
      return count
    }
    // Traditional forms and punctuation are left alone here, which changes characters but not how many there are.
    let title = "Foundation NFKC, lower case, no spaces"
    let plain = try Measurement.row(title, texts: texts.count, bytes: texts.byteCount) {
      var count = 0
      for index in 0..<texts.count {
        let text = texts.body(index) { String(decoding: $0, as: UTF8.self) }
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        where !scalar.properties.isWhitespace && !(0x200B...0x200F).contains(scalar.value) && scalar.value != 0xFE0F {
          count += 1
        }
      }
      return count
    }
    try Measurement.compare(ours, plain, "faster than Foundation")
  }
}
