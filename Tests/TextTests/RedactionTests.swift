import TestSupport
import Testing
import Text

/// A text after redaction, with what was cut out of the original.
private struct Redacted {
  var bytes: [UInt8]
  var cuts: [Redaction.Cut]
  /// The cut-out stretches of the original.
  var details: [String]

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var display: String { Redaction.display(text) }
  var tokens: [UInt32] { text.unicodeScalars.map(\.value).filter(Redaction.isToken) }

  init(_ original: String, key: UInt64 = 11) {
    var original = original
    var folded = FoldedText(capacity: 64)
    // Something stands before it, as in a batch.
    folded.append(0x0A, source: 0)
    let all = Array(original.utf8)
    let range = original.withUTF8 { folded.fold($0) }
    let found = PersonalData.spans(in: folded[range], sources: UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count))
    let result = all.withUnsafeBufferPointer {
      Redaction(key: key).redact($0, folded: range, of: folded, spans: found)
    }
    bytes = result.text
    cuts = result.cuts
    details = result.cuts.map { String(decoding: all[$0.source], as: UTF8.self) }
  }
}

struct RedactionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var display: String
    var details: [String]
    var testDescription: String { text }

    init(_ text: String, _ display: String, _ details: String...) {
      self.text = text
      self.display = display
      self.details = details
    }
  }

  static let cases = [
    Case("路灯不亮", "路灯不亮"),
    Case("", ""),
    Case("电话13812345678，谢谢", "电话〔手机号〕，谢谢", "13812345678"),
    Case("13812345678", "〔手机号〕", "13812345678"),
    Case("电话138 1234-5678。", "电话〔手机号〕。", "138 1234-5678"),
    Case("🛵１３８１２３４５６７８𠮷", "🛵〔手机号〕𠮷", "１３８１２３４５６７８"),
    Case("é13812345678é", "é〔手机号〕é", "13812345678"),
    Case("臺北👩🏽‍🔧+86 138 1234 5678👩🏽‍🔧", "臺北👩🏽‍🔧〔手机号〕👩🏽‍🔧", "+86 138 1234 5678"),
    Case(
      "证号11010519491231002Ｘ，卡6222 0219 0101 2345 672", "证号〔身份证号〕，卡〔银行卡号〕", "11010519491231002Ｘ",
      "6222 0219 0101 2345 672"),
    Case("湘J·A1234乱停", "〔车牌〕乱停", "湘J·A1234"),
    Case("住3栋2单元401，水管漏", "住3栋〔门牌号〕，水管漏", "2单元401"),
    Case("我叫覃文斌，邮箱rider@example.com", "我叫〔姓名〕，邮箱〔邮箱〕", "覃文斌", "rider@example.com"),
    Case("微信号abc_12345 座机0736-7712345", "微信号〔社交账号〕 座机〔电话〕", "abc_12345", "0736-7712345"),
    Case("打13812345678或13987654321", "打〔手机号〕或〔手机号〕", "13812345678", "13987654321"),
  ]

  @Test(arguments: cases) func cutsDetailsAndNothingElse(_ example: Case) {
    let redacted = Redacted(example.text)
    #expect(redacted.display == example.display)
    #expect(redacted.details == example.details)
    #expect(redacted.tokens.count == example.details.count)
  }

  /// Neither as written nor in another width, and no four digits of it in a row.
  @Test(arguments: cases) func nothingOfADetailIsLeft(_ example: Case) {
    let redacted = Redacted(example.text)
    let left = Folding.string(redacted.display)
    for detail in example.details {
      let folded = Folding.string(detail)
      #expect(!redacted.text.contains(detail))
      #expect(!left.contains(folded))
      let digits = Array(folded.filter(\.isNumber))
      for start in digits.indices.dropLast(3) { #expect(!left.contains(String(digits[start..<start + 4]))) }
    }
  }

  @Test(arguments: cases) func redactingAgainChangesNothing(_ example: Case) {
    let once = Redacted(example.text)
    let twice = Redacted(once.text)
    #expect(twice.bytes == once.bytes)
    #expect(twice.cuts.isEmpty)
  }

  /// The whole address is the detail, not what stands behind its last dot.
  @Test func nothingOfAnAddressIsLeft() {
    let redacted = Redacted("写信到qin.laosan@example.com吧")
    #expect(redacted.display == "写信到〔邮箱〕吧")
  }

  @Test func equalDetailsGiveEqualTokens() {
    let narrow = Redacted("住3栋401")
    let wide = Redacted("住3栋４０１")
    let spaced = Redacted("住3栋 4 0 1")
    #expect(narrow.tokens == wide.tokens)
    #expect(narrow.tokens == spaced.tokens)
    #expect(narrow.text == wide.text)
  }

  @Test func differentDetailsGiveDifferentTokens() {
    var tokens: Set<[UInt32]> = []
    for room in 101..<1101 { tokens.insert(Redacted("住3栋\(room)").tokens) }
    // 65,520 tokens for 1,000 rooms: about eight meet by chance.
    #expect(tokens.count >= 970)
    #expect(Redacted("住3栋401").text != Redacted("住3栋402").text)
  }

  @Test func tokensOfTwoStoresCannotBeCompared() {
    let rooms = (101..<201).map { "住3栋\($0)" }
    let same = rooms.filter { Redacted($0, key: 1).tokens == Redacted($0, key: 2).tokens }
    #expect(same.count < 3)
  }

  @Test func displayDropsTokensOnly() {
    let text = "甲\u{F0000}乙\u{FFFEF}丙\u{E000}丁𠮷\u{100000}"
    #expect(Redaction.display(text) == "甲乙丙\u{E000}丁𠮷\u{100000}")
    #expect(Redaction.display("井盖") == "井盖")
    for value: UInt32 in [0xF0000, 0xFFFFF] { #expect(Redaction.isToken(value)) }
    for value: UInt32 in [0x4E00, 0xEFFFF, 0x100000, 0xE000] { #expect(!Redaction.isToken(value)) }
  }

  @Test func cutsLieInOrderOnCharacterBounds() {
    var generator = SeededGenerator(9)
    let pieces = [
      "13812345678", "138 1234 5678", "湘J12345", "３栋４０１", "井盖", "，", "🛵", "é", "e\u{301}", "𠮷", "我叫王小明", " ",
      "\u{200B}",
    ]
    for _ in 0..<5_000 {
      let text = (0..<generator.below(8)).map { _ in generator.element(of: pieces) }.joined()
      let redacted = Redacted(text)
      let bytes = Array(text.utf8)
      var end = 0
      for cut in redacted.cuts {
        let starts = cut.source.lowerBound < bytes.count && bytes[cut.source.lowerBound] & 0xC0 != 0x80
        let ends = cut.source.upperBound == bytes.count || bytes[cut.source.upperBound] & 0xC0 != 0x80
        #expect(starts && ends && cut.source.lowerBound >= end, "\(text)")
        end = cut.source.upperBound
      }
      let isValid = String(validating: redacted.bytes, as: UTF8.self) != nil
      #expect(isValid, "\(text)")
    }
  }
}
