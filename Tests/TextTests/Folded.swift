import TestSupport
import Text

/// A folded text in a form that compares and prints.
struct Folded {
  var scalars: [UInt32] = []
  var sources: [UInt32] = []

  var text: String { Folding.string(scalars) }

  init(_ text: String, capacity: Int = 64) {
    var text = text
    var folded = FoldedText(capacity: capacity)
    text.withUTF8 { _ = folded.fold($0) }
    for index in 0..<folded.count {
      scalars.append(folded.scalars[index])
      sources.append(folded.sources[index])
    }
  }

  init(scalars: [UInt32]) { self.init(Folding.string(scalars)) }
}

/// Texts in which everything folding cares about stands side by side.
enum RandomText {
  private static let pools: [[ClosedRange<UInt32>]] = [
    [0x20...0x7E], [0x4E00...0x9FFF], [0x4E00...0x9FFF], [0xFF01...0xFFEE], [0x300...0x36F], [0xA0...0x24F],
    [0x2000...0x206F], [0x3000...0x30FF], [0x1F00...0x1FFF, 0x370...0x3FF], [0x3200...0x33FF, 0x2460...0x24FF],
    [0x1100...0x11FF, 0xAC00...0xAC40], [0x2E80...0x2FDF, 0xF900...0xFAFF], [0xE000...0xE9FF], [0xFB00...0xFE6F],
    [0x1F300...0x1FAFF, 0x1D400...0x1D7FF], [0x20000...0x2A6DF, 0x2F800...0x2FA1D, 0xE0000...0xE01EF],
    [0x900...0x97F, 0xE00...0xE7F, 0x600...0x6FF],
  ]

  static func scalars(upTo longest: Int, _ generator: inout SeededGenerator) -> [UInt32] {
    (0..<generator.below(longest) + 1).map { _ in
      let range = generator.element(of: generator.element(of: pools))
      return range.lowerBound + UInt32(generator.below(range.count))
    }
  }

  static func string(upTo longest: Int, _ generator: inout SeededGenerator) -> String {
    Folding.string(scalars(upTo: longest, &generator))
  }
}
