internal import Text

/// Where roads meet, as people write it: 花溪路与武陵大道交叉口, 花溪路口. Works on folded text.
enum Crossing {
  /// Words behind the last road's name that make it a crossing, longest first.
  private static let ends = [
    "交叉路口", "交汇路口", "交会路口", "相交路口", "红绿灯路口", "十字路口", "丁字路口", "三岔路口", "交叉口", "交叉处", "交汇口",
    "交汇处", "交会口", "交会处", "交界口", "交界处", "相交处", "十字口", "三岔口", "路口", "口",
  ].map(Folding.scalars)

  private static let links = ["以及", "与", "和", "及", "跟", "同", "交", ",", "-", "/", "&", "·", "~"].map(Folding.scalars)

  /// What 口 goes on to when it is no mouth of a road: 口岸, 口碑.
  private static let otherMouths: Set<UInt32> = Set(Folding.scalars("岸碑味罩号腔粮"))
  private static let mouth = Folding.scalars("口")
  private static let possessive = Folding.scalars("的")[0]

  /// Where the words end that make a crossing of a road whose name ends at `index`; nil where none follow.
  static func end(_ text: UnsafeBufferPointer<UInt32>, behind index: Int) -> Int? {
    let isPossessive = index < text.count && text[index] == possessive
    let start = isPossessive ? index + 1 : index
    guard let words = ends.first(where: { stands($0, in: text, at: start) }) else { return nil }
    let end = start + words.count
    if words == mouth, isPossessive || (end < text.count && otherMouths.contains(text[end])) { return nil }
    return end
  }

  /// Whether two roads stand side by side, with nothing or a linking word between them.
  static func links(_ text: UnsafeBufferPointer<UInt32>, _ gap: Range<Int>) -> Bool {
    gap.isEmpty || links.contains { $0.count == gap.count && stands($0, in: text, at: gap.lowerBound) }
  }

  private static func stands(_ words: [UInt32], in text: UnsafeBufferPointer<UInt32>, at start: Int) -> Bool {
    guard start >= 0, start + words.count <= text.count else { return false }
    for (offset, scalar) in words.enumerated() where text[start + offset] != scalar { return false }
    return true
  }

  // MARK: Roads no gazette knows

  private static let roadEnds = ["路", "街", "大道", "巷"].map(Folding.scalars)

  /// What stands before a road's name or inside no name: 在, 到, the ends of a district's or a street's name.
  private static let stops: Set<UInt32> = Set(Folding.scalars("在到至于从往去过了是有的我几个些每各这那哪某区县市镇乡道路街巷口"))
  private static let longestName = 5

  /// Where the name of a road begins that ends at `end` and is none of the gazette's: between two and five Chinese
  /// characters and the ending, from a linking word or a word that is no name on; nil where none does.
  static func unknownRoad(_ text: UnsafeBufferPointer<UInt32>, endingAt end: Int) -> Int? {
    guard let ending = roadEnds.first(where: { stands($0, in: text, at: end - $0.count) }) else { return nil }
    let nameEnd = end - ending.count
    var start = nameEnd
    while start > 0, nameEnd - start < longestName, isName(text[start - 1]) { start -= 1 }
    return nameEnd - start >= 2 ? start : nil
  }

  /// Where the linking word begins that ends at `end`; nil where none does.
  static func linkStart(_ text: UnsafeBufferPointer<UInt32>, endingAt end: Int) -> Int? {
    links.first { stands($0, in: text, at: end - $0.count) }.map { end - $0.count }
  }

  private static func isName(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) && !stops.contains(scalar)
      && !links.contains { $0.count == 1 && $0[0] == scalar }
  }
}
