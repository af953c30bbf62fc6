internal import Text

/// Words looked up at a place of a folded text. The walk is bounded by the longest word, so a text is read in linear
/// time however it is made.
struct AnswerGateWordList: Sendable, Hashable {
  private var steps: [UInt64: Int32] = [:]
  private var ends: [Bool] = [false]
  private(set) var longest = 0
  /// Read from their ends to their beginnings.
  private let isBackward: Bool

  init(_ words: [String], backward: Bool = false) {
    isBackward = backward
    for word in words {
      let scalars = Folding.scalars(word)
      guard !scalars.isEmpty else { continue }
      longest = max(longest, scalars.count)
      var node: Int32 = 0
      for scalar in backward ? scalars.reversed() : scalars {
        let step = UInt64(node) << 32 | UInt64(scalar)
        if let next = steps[step] {
          node = next
        } else {
          node = Int32(ends.count)
          steps[step] = node
          ends.append(false)
        }
      }
      ends[Int(node)] = true
    }
  }

  /// Scalars of the longest word that starts at `index`; read backward, of the longest that ends there; 0 for none.
  func match(_ scalars: [UInt32], at index: Int) -> Int {
    var node: Int32 = 0
    var length = 0
    var count = 0
    var at = index
    while scalars.indices.contains(at), let next = steps[UInt64(node) << 32 | UInt64(scalars[at])] {
      node = next
      count += 1
      if ends[Int(node)] { length = count }
      at += isBackward ? -1 : 1
    }
    return length
  }

  /// The words in a range, the longest first found, none over another.
  func matches(in scalars: [UInt32], _ range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let length = match(scalars, at: index)
      if length > 0, index + length <= range.upperBound { found.append(index..<index + length) }
      index += max(1, length)
    }
    return found
  }
}
