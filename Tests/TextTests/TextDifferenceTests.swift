import TestSupport
import Testing
import Text

/// What is marked when two texts are compared.
struct TextDifferenceTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var first: String
    var second: String
    /// What is marked of each, in order.
    var left: [String]
    var right: [String]
    var testDescription: String { name }

    init(_ name: String, _ first: String, _ second: String, _ left: [String], _ right: [String]) {
      self.name = name
      self.first = first
      self.second = second
      self.left = left
      self.right = right
    }
  }

  static let pairs = [
    Pair("the same", "井盖破损", "井盖破损", [], []),
    Pair("nothing", "", "", [], []),
    Pair("nothing and something", "", "井盖", [], ["井盖"]),
    Pair("a number is marked whole", "丹洲花园13栋电梯坏了", "丹洲花园15栋电梯坏了", ["13"], ["15"]),
    Pair("a word is marked whole", "连不上wifi6了", "连不上wifi5了", ["wifi6"], ["wifi5"]),
    Pair("another road", "花溪路上的路灯不亮", "武陵大道上的路灯不亮", ["花溪路"], ["武陵大道"]),
    Pair("something before it", "路灯不亮", "您好，路灯不亮", [], ["您好，"]),
    Pair("something in it", "路灯晚上不亮", "路灯不亮", ["晚上"], []),
    Pair("two stretches", "三号楼的电梯坏了一周", "五号楼的电梯坏了一月", ["三", "周"], ["五", "月"]),
    Pair("nothing in common", "井盖", "路灯", ["井盖"], ["路灯"]),
    Pair("an emoji is one", "太危险了👍🏻", "太危险了👍🏿", ["👍🏻"], ["👍🏿"]),
    Pair("a family is one", "👨‍👩‍👧你好", "👨‍👩‍👦你好", ["👨‍👩‍👧"], ["👨‍👩‍👦"]),
    Pair("beyond the BMP", "𠮷野家门口", "𡈽野家门口", ["𠮷"], ["𡈽"]),
    Pair("the same detail", "电话〔手机号〕\u{F0001}请回", "电话〔手机号〕\u{F0001}请回复", [], ["复"]),
    Pair(
      "another detail of the same kind", "住〔门牌号〕\u{F0001}的老人", "住〔门牌号〕\u{F0002}的老人", ["〔门牌号〕"], ["〔门牌号〕"]),
    Pair("a token by itself", "住\u{F0001}的老人", "住\u{F0002}的老太", ["人"], ["太"]),
  ]

  private func marked(_ text: String, _ ranges: [Range<Int>]) -> [String] {
    let scalars = Array(Redaction.display(text).unicodeScalars)
    return ranges.map { range in
      var part = String.UnicodeScalarView()
      part.append(contentsOf: scalars[range])
      return String(part)
    }
  }

  @Test(arguments: pairs) func marks(_ pair: Pair) {
    let difference = TextDifference(pair.first, pair.second)
    #expect(marked(pair.first, difference.left) == pair.left)
    #expect(marked(pair.second, difference.right) == pair.right)
    let turned = TextDifference(pair.second, pair.first)
    #expect(turned.left.count == difference.right.count)
  }

  /// What is not marked is the same on both sides, whatever the texts.
  @Test func whatIsNotMarkedIsTheSame() {
    var generator = SeededGenerator(31)
    let letters = ["井", "盖", "路", "灯", "3", "栋", "👍", "，"]
    for _ in 0..<500 {
      var texts = (0..<2).map { _ in (0..<generator.below(40)).map { _ in generator.element(of: letters) }.joined() }
      if generator.below(2) == 0 { texts[1] = texts[0] + texts[1] }
      let difference = TextDifference(texts[0], texts[1])
      #expect(rest(texts[0], difference.left) == rest(texts[1], difference.right))
    }
  }

  private func rest(_ text: String, _ marked: [Range<Int>]) -> String {
    var kept = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() where !marked.contains(where: { $0.contains(index) }) {
      kept.append(scalar)
    }
    return String(kept)
  }

  /// Long texts without anything in common are marked from end to end instead of being compared for minutes.
  @Test func longStrangersAreMarkedWhole() {
    let first = String(repeating: "井盖破损", count: 2_500)
    let second = String(repeating: "路灯不亮", count: 2_500)
    let difference = TextDifference("请" + first, "请" + second)
    #expect(difference.left == [1..<10_001])
    #expect(difference.right == [1..<10_001])
  }
}
