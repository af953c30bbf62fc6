import TestSupport
import Testing
import Text

/// What the shadow text looks like, and that folding it again changes nothing.
struct FoldingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var folded: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ folded: String) {
      self.name = name
      self.text = text
      self.folded = folded
    }
  }

  static let cases: [Case] = [
    Case("empty", "", ""),
    Case("plain", "井盖坏了", "井盖坏了"),
    Case("full-width letters and digits", "ＡＴＭ１２３４５ｚ", "atm12345z"),
    Case("case", "WiFi 5G", "wifi5g"),
    Case("full-width punctuation", "！？：；（）％＃", "!?:;()%#"),
    Case("ideographic full stop and comma", "坏了。修，好、吗", "坏了.修,好,吗"),
    Case("half-width katakana with voicing", "ｶﾞﾊﾟﾍﾞｯﾄ", "ガパベット"),
    Case("half-width katakana without voicing", "ｱｲｳ", "アイウ"),
    Case("kana with a combining voicing mark", "か\u{3099}", "が"),
    Case("parenthesised ideograph", "㈱", "(株)"),
    Case("circled and Roman numbers", "①⑩Ⅷⅻ", "110viiixii"),
    Case("units", "㎡㎏℃", "m2kg°c"),
    Case("ligature", "ﬁﬃ", "fiffi"),
    Case("ellipsis and dash", "……——", "......--"),
    Case("Kangxi radicals", "⼀⾳⽔", "一音水"),
    Case("CJK compatibility ideograph", "\u{F900}\u{FA19}", "\u{5C82}\u{795E}"),
    Case("compatibility ideograph beyond the BMP", "\u{2F800}", "\u{4E3D}"),
    Case("composed and decomposed", "é e\u{301}", "éé"),
    Case("two marks in either order", "a\u{323}\u{302}a\u{302}\u{323}", "ậậ"),
    Case("a hidden character does not part a mark from its letter", "e\u{200B}\u{301}", "é"),
    Case("mark without a letter", "\u{301}a", "a"),
    Case("mark at the very end", "ae\u{301}", "aé"),
    Case("mark behind a letter beyond the BMP", "\u{1D400}\u{301}", "á"),
    Case("mathematical letters", "𝐀𝟙", "a1"),
    Case("Han beyond the BMP stays", "𠮷𡃁", "𠮷𡃁"),
    Case("emoji sequence", "👩🏽‍🔧", "👩🏽🔧"),
    Case("emoji and text presentation", "☎\u{FE0F}☎\u{FE0E}", "☎☎"),
    Case("Hangul jamo compose", "\u{1100}\u{1161}\u{11A8}", "각"),
    Case("traditional", "臺灣電動車頭髮發展乾淨後臺", "台湾电动车头发发展干净后台"),
    Case("traditional of a rider's words", "騎手驛站換電櫃壞了，請維修", "骑手驿站换电柜坏了,请维修"),
    Case("simplified stays", "皇后的面子里外都干净", "皇后的面子里外都干净"),
    Case("tabs, line breaks, ideographic spaces", "\t井\r\n　盖 ", "井盖"),
    Case("dotted capital I", "İ", "i"),
  ]

  @Test(arguments: cases) func folds(_ example: Case) {
    #expect(Folding.string(example.text) == example.folded)
    // String's == is canonical equivalence, which is too kind here.
    #expect(Folding.scalars(example.text) == example.folded.unicodeScalars.map(\.value))
  }

  /// White space of every kind (Unicode White_Space).
  static let spaces: [ClosedRange<UInt32>] = [
    0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
  ]

  /// Characters nobody sees, by which words are hidden from a filter and order is turned round on a screen.
  static let hidden: [ClosedRange<UInt32>] = [
    0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0x00AD...0x00AD, 0x034F...0x034F,
    0x061C...0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180E, 0x3164...0x3164, 0xFE00...0xFE0F,
    0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xE0000...0xE0FFF,
  ]

  @Test(arguments: [spaces, hidden]) func dropsWhatNobodySees(_ ranges: [ClosedRange<UInt32>]) {
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = Folded("井\(Character(scalar))盖")
      #expect(folded.scalars == [0x4E95, 0x76D6], "U+\(String(value, radix: 16, uppercase: true))")
      #expect(folded.sources == [0, 3 + UInt32(UTF8.width(scalar))], "U+\(String(value, radix: 16, uppercase: true))")
    }
  }

  /// One shape for each kind of punctuation: all characters of a line fold to its last.
  static let shapes = [
    "。｡．.", "、､，,", "“”„‟‘’‚‛「」『』《》〈〉«»＂＇'`\"", "【〔［〖〘〚[", "】〕］〗〙〛]", "—–‐‑‒―−－-", "～〜∼~", "•・‧∙･·", "！!",
    "？?", "：:", "；;", "（(", "）)",
  ]

  @Test(arguments: shapes) func foldsShapesOfOneMark(_ line: String) {
    let scalars = Array(line.unicodeScalars)
    for scalar in scalars {
      #expect(
        Folding.scalars(String(Character(scalar))) == [scalars[scalars.count - 1].value],
        "U+\(String(scalar.value, radix: 16, uppercase: true))")
    }
  }

  /// GB 18030-2022 moved these out of the private use area; decoders disagree on them still.
  static let movedCharacters: [(privateUse: UInt32, assigned: UInt32)] = [
    (0xE78D, 0xFE10), (0xE78E, 0xFE12), (0xE78F, 0xFE11), (0xE790, 0xFE13), (0xE791, 0xFE14), (0xE792, 0xFE15),
    (0xE793, 0xFE16), (0xE794, 0xFE17), (0xE795, 0xFE18), (0xE796, 0xFE19), (0xE81E, 0x9FB4), (0xE826, 0x9FB5),
    (0xE82B, 0x9FB6), (0xE82C, 0x9FB7), (0xE832, 0x9FB8), (0xE843, 0x9FB9), (0xE854, 0x9FBA), (0xE864, 0x9FBB),
  ]

  @Test func foldsBothTablesOfGB18030Alike() {
    for pair in FoldingTests.movedCharacters {
      #expect(
        Folded(scalars: [pair.privateUse]).scalars == Folded(scalars: [pair.assigned]).scalars,
        "U+\(String(pair.privateUse, radix: 16, uppercase: true))")
    }
  }

  // MARK: Offsets

  @Test func sourceOffsetsPointAtTheRightBytes() {
    // 井 0…2, space 3…5, 盖 6…8, ㈱ 9…11, Ａ 12…14, e 15 and its mark 16…17, 𠮷 18…21, ｶ 22…24 and its mark 25…27, 臺 28…
    let folded = Folded("井\u{3000}盖㈱Ａe\u{301}𠮷ｶﾞ臺")
    #expect(folded.text == "井盖(株)aé𠮷ガ台")
    #expect(folded.sources == [0, 6, 9, 9, 9, 12, 15, 18, 22, 28])
  }

  @Test func textsFoldedOneBehindTheOtherKeepTheirOwnOffsets() {
    var text = FoldedText(capacity: 1)
    var first = "a 井"
    var second = "盖㈱"
    let firstRange = first.withUTF8 { text.fold($0) }
    let secondRange = second.withUTF8 { text.fold($0, sourceBase: 100) }
    let sources = (0..<text.count).map { text.sources[$0] }
    #expect(firstRange == 0..<2)
    #expect(secondRange == 2..<6)
    #expect(sources == [0, 2, 100, 103, 103, 103])
  }

  @Test func rewindForgetsWhatStandsBehind() {
    var text = FoldedText(capacity: 4)
    var first = "井盖"
    var second = "路灯不亮了"
    first.withUTF8 { _ = text.fold($0) }
    second.withUTF8 { _ = text.fold($0) }
    text.rewind(to: 2)
    second.withUTF8 { _ = text.fold($0) }
    let kept = Folding.string(Array(text[0..<text.count]))
    #expect(kept == "井盖路灯不亮了")
  }

  /// The longest expansion there is (U+FDFA, 18 letters), so that the buffer grows in the middle of everything.
  @Test func growsWhereOneCharacterBecomesMany() {
    let text = String(repeating: "\u{FDFA}井e\u{301}", count: 500)
    let folded = Folded(text, capacity: 1)
    let one = Folding.scalars("\u{FDFA}井é")
    #expect(folded.scalars.count == one.count * 500)
    #expect(Array(folded.scalars.prefix(one.count)) == one)
    #expect(Array(folded.scalars.suffix(one.count)) == one)
    #expect(folded.sources.last == UInt32(text.utf8.count - 3))
  }

  // MARK: Properties

  /// Accents that stand alone are, by NFKC, a space and a combining mark; the space is dropped.
  @Test(arguments: ["¨", "´", "¯", "¸", "˘", "˙", "˚", "˛", "˜", "˝", "ͺ", "΄", "゛", "゜", "‗", "﹉"])
  func spacingMarksFoldOnce(_ mark: String) {
    for base in ["a", "か", "井", ""] {
      let once = Folding.string(base + mark)
      #expect(Folding.scalars(once) == Folding.scalars(base + mark), "\(base) + \(mark)")
    }
  }

  /// Small letters compose with marks that their capitals do not compose with.
  @Test(arguments: ["H\u{331}", "T\u{308}", "W\u{30A}", "Y\u{30A}", "J\u{30C}", "\u{3AB}\u{301}", "\u{1F5F}\u{342}"])
  func capitalsWithMarksFoldOnce(_ text: String) {
    let once = Folding.string(text)
    #expect(Folding.scalars(once) == Folding.scalars(text))
  }

  @Test func everyScalarFoldsOnce() {
    var wrong: [String] = []
    let planes: [ClosedRange<UInt32>] = [
      0...0xFFFF, 0x10000...0x10FFF, 0x1D100...0x1D7FF, 0x1F100...0x1F2FF, 0x2F800...0x2FA1F,
    ]
    for value in planes.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = Folding.scalars(String(Character(scalar)))
      if Folding.scalars(Folding.string(once)) != once { wrong.append(String(value, radix: 16, uppercase: true)) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func foldingTwiceIsFoldingOnce() {
    var generator = SeededGenerator(27)
    var wrong: [String] = []
    for _ in 0..<100_000 {
      let scalars = RandomText.scalars(upTo: 12, &generator)
      let once = Folded(scalars: scalars).scalars
      if Folded(scalars: once).scalars != once {
        wrong.append(scalars.map { String($0, radix: 16, uppercase: true) }.joined(separator: " "))
      }
    }
    let examples = wrong.prefix(10).joined(separator: "; ")
    #expect(wrong.isEmpty, "\(wrong.count) of 100,000, the first: \(examples)")
  }

  @Test func sourcesAreStartsOfCharactersInOrder() {
    var generator = SeededGenerator(28)
    for _ in 0..<20_000 {
      let text = RandomText.string(upTo: 12, &generator)
      let bytes = Array(text.utf8)
      let folded = Folded(text)
      var previous: UInt32 = 0
      for source in folded.sources {
        let isStart = Int(source) < bytes.count && bytes[Int(source)] & 0xC0 != 0x80
        #expect(isStart && source >= previous)
        previous = source
      }
    }
  }

  @Test func theVersionNamesTheTables() {
    #expect(Folding.version == Folding.version)
    #expect(Folding.version != 0)
  }
}
