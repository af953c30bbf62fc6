import Text

/// Texts as the stages compare them.
enum Folded {
  static func scalars(_ text: String) -> [UInt32] {
    var text = text
    var folded = FoldedText(capacity: 64)
    return text.withUTF8 { Array(folded[folded.fold($0)]) }
  }
}
