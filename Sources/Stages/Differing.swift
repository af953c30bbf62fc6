package import Suggestions

/// Names what sets two similar texts apart: a number, a building, a road, a place, or nothing of weight.
///
/// "3栋电梯坏了" and "5栋电梯坏了" share most of their characters and are two matters. Numbers and place names of both
/// texts are compared as bags, so that swapped sentences do not matter; what is left over on both sides decides. A
/// left-over that is the other side's with one character dropped, doubled or mistaken is a slip of the pen.
package struct Differing {
  private let numbers: [Number]
  private let names: [UInt64]

  /// - Parameter text: the text that is compared with others, one after the other.
  package init(_ text: UnsafeBufferPointer<UInt32>) {
    numbers = Differing.numbers(in: text)
    names = PlaceWords.names(in: text)
  }

  package func difference(from other: UnsafeBufferPointer<UInt32>) -> Difference {
    var leftNumbers = numbers
    var rightNumbers = Differing.numbers(in: other)
    Differing.strike(&leftNumbers, &rightNumbers)
    if !leftNumbers.isEmpty, !rightNumbers.isEmpty,
      !Differing.areSlips(leftNumbers.map(\.digits), rightNumbers.map(\.digits))
    {
      return (leftNumbers + rightNumbers).allSatisfy(\.countsBuildings) ? .building : .number
    }
    var leftNames = names
    var rightNames = PlaceWords.names(in: other)
    Differing.strike(&leftNames, &rightNames)
    let strangersLeft = leftNames.filter { name in !rightNames.contains { Differing.shares(name, $0) } }
    let strangersRight = rightNames.filter { name in !leftNames.contains { Differing.shares(name, $0) } }
    if strangersLeft.isEmpty || strangersRight.isEmpty { return .none }
    for kind in [Difference.road, .building] {
      let isOnBoth = [strangersLeft, strangersRight].allSatisfy { $0.contains { PlaceWords.kind(of: $0) == kind } }
      if isOnBoth { return kind }
    }
    return .place
  }

  /// Removes from both bags what they have in common.
  private static func strike<Element: Equatable>(_ left: inout [Element], _ right: inout [Element]) {
    left.removeAll { element in
      guard let index = right.firstIndex(of: element) else { return false }
      right.remove(at: index)
      return true
    }
  }

  // MARK: Numbers

  /// Digits as they are written, and whether a building, a floor or a door is counted by them.
  struct Number: Equatable {
    var digits: [UInt32]
    var countsBuildings: Bool

    static func == (left: Number, right: Number) -> Bool { left.digits == right.digits }
  }

  private static let buildings: [UInt32] = "栋幢座楼单室层".unicodeScalars.map(\.value)
  private static let roads: [UInt32] = "路街道巷弄".unicodeScalars.map(\.value)

  /// 3栋, 12号楼, 花溪路38号; not 12路, 3号线.
  private static func countsBuildings(_ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Bool {
    guard range.upperBound < text.count else { return false }
    let next = text[range.upperBound]
    if buildings.contains(next) { return true }
    guard next == 0x53F7 else { return false }
    let isOfBuilding = range.upperBound + 1 < text.count && buildings.contains(text[range.upperBound + 1])
    return isOfBuilding || range.lowerBound > 0 && roads.contains(text[range.lowerBound - 1])
  }

  private static let units: [UInt32] = "栋幢座号楼单组期路中小届室层排桥医线门".unicodeScalars.map(\.value)

  private static func isNumeral(_ scalar: UInt32) -> Bool {
    switch scalar {
    // 一七三九二五八六十四百, and 东南西北, which count gates and roads
    case 0x4E00, 0x4E03, 0x4E09, 0x4E5D, 0x4E8C, 0x4E94, 0x516B, 0x516D, 0x5341, 0x56DB, 0x767E, 0x4E1C, 0x5357, 0x897F,
      0x5317:
      true
    default: false
    }
  }

  /// Runs of digits, and Chinese numerals that count a building, road or the like; door-number tokens count as numbers.
  static func numbers(in text: UnsafeBufferPointer<UInt32>) -> [Number] {
    var numbers: [Number] = []
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if scalar &- 48 < 10 {
        var end = index + 1
        while end < text.count, text[end] &- 48 < 10 { end += 1 }
        numbers.append(number(text, index..<end))
        index = end
      } else if scalar >= 0xF0000, index >= 2, text[index - 2] == 0x53F7, index >= 3, text[index - 3] == 0x724C {
        // …门牌号] and its token
        numbers.append(Number(digits: [scalar], countsBuildings: true))
        index += 1
      } else if isNumeral(scalar) {
        var end = index + 1
        while end < text.count, isNumeral(text[end]) { end += 1 }
        if end < text.count, units.contains(text[end]) { numbers.append(number(text, index..<end)) }
        index = end
      } else {
        index += 1
      }
    }
    return numbers
  }

  private static func number(_ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Number {
    Number(digits: Array(text[range]), countsBuildings: countsBuildings(text, range))
  }

  /// Whether every left-over number of the shorter list is one of the other list with a digit dropped or doubled, or
  /// the pieces of one that a mistyped character cut in two.
  private static func areSlips(_ left: [[UInt32]], _ right: [[UInt32]]) -> Bool {
    let (fewer, more) = left.count <= right.count ? (left, right) : (right, left)
    return fewer.allSatisfy { number in
      more.contains { isDropped($0, from: number) || isDropped(number, from: $0) }
        || more.contains { first in
          more.contains { second in
            first.count + second.count + 1 == number.count && number.starts(with: first)
              && number.suffix(second.count).elementsEqual(second)
          }
        }
        || more.contains { piece in
          // A mistyped first or last digit leaves the rest.
          piece.count + 1 == number.count && number.count >= 3
            && (number.starts(with: piece) || number.suffix(piece.count).elementsEqual(piece))
        }
    }
  }

  private static func isDropped(_ short: [UInt32], from long: [UInt32]) -> Bool {
    // 7路 and 27路 are two lines; a slip shows in a longer number only.
    guard short.count + 1 == long.count, long.count >= 3 else { return false }
    var index = 0
    while index < short.count, short[index] == long[index] { index += 1 }
    return short[index...].elementsEqual(long[(index + 1)...])
  }

  // MARK: Places

  /// Two packed names that share a character of the name itself: one of them may be misspelt.
  private static func shares(_ left: UInt64, _ right: UInt64) -> Bool {
    let mask: UInt64 = 0x1FFFFF
    let leftPair = (left >> 42 & mask, left >> 21 & mask)
    let rightPair = (right >> 42 & mask, right >> 21 & mask)
    return leftPair.0 == rightPair.0 || leftPair.1 == rightPair.1 || leftPair.0 == rightPair.1
      || leftPair.1 == rightPair.0
  }
}
