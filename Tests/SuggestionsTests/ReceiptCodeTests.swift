import Suggestions
import Testing

@Suite struct ReceiptCodeTests {
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private let codes = ReceiptCode(key: 0x0123_4567_89AB_CDEF)

  @Test func isUniqueAndReversible() {
    var seen: Set<String> = []
    var wrong: [UInt32] = []
    for number in UInt32(1)...100_000 {
      let code = codes.code(of: number)
      if !seen.insert(code).inserted || codes.number(of: code) != number { wrong.append(number) }
    }
    #expect(wrong == [])
    for number in [UInt32.max, UInt32.max - 1, UInt32(1) << 31] {
      #expect(codes.number(of: codes.code(of: number)) == number)
    }
  }

  @Test func saysNothingOfItsNeighbours() {
    let other = ReceiptCode(key: 1)
    for number in UInt32(1)...1000 {
      #expect(codes.code(of: number).prefix(7) != codes.code(of: number + 1).prefix(7))
      #expect(codes.code(of: number) != other.code(of: number))
    }
  }

  @Test func isWrittenInFixedGroups() throws {
    for number in UInt32(1)...1000 {
      let parts = codes.code(of: number).split(separator: "-")
      try #require(parts.count == 4)
      #expect(parts[0] == "GI")
      #expect(parts.map(\.count) == [2, 4, 4, 1])
      #expect(parts.dropFirst().joined().allSatisfy { ReceiptCodeTests.symbols.contains($0) })
    }
  }

  @Test func forgivesWhatIsHeardOnTheTelephone() {
    for number in UInt32(1)...2000 {
      let code = codes.code(of: number)
      let plain = code.dropFirst(3).filter { $0 != "-" }
      #expect(codes.number(of: code.lowercased()) == number)
      #expect(codes.number(of: "GI" + plain) == number)
      #expect(codes.number(of: plain.replacing("0", with: "O").replacing("1", with: "L")) == number)
      #expect(codes.number(of: plain.replacing("1", with: "I")) == number)
      #expect(codes.number(of: " " + code.replacing("-", with: " ")) == number)
    }
  }

  @Test func hasNoSymbolsThatLookAlike() {
    for pair in ["O0", "I1", "L1", "U"] {
      #expect(!ReceiptCodeTests.symbols.contains(Character(String(pair.prefix(1)))), "\(pair)")
    }
  }

  @Test func isSaidInGroups() {
    #expect(ReceiptCode.spoken("GI-XNBN-QMM2-E") == "X N B N，Q M M 二，E")
    #expect(ReceiptCode.spoken("GI-0123-4567-8") == "零 幺 二 三，四 五 六 七，八")
    #expect(ReceiptCode.spoken("GI-9XG1-QMM2-G") == "九 X G 幺，Q M M 二，G")
    #expect(ReceiptCode.spoken("GI-XNB1-QMM0-E", inChinese: false) == "X N B 1, Q M M 0, E")
  }

  @Test func whatIsSaidIsReadBack() {
    for number in UInt32(1)...2000 {
      let code = codes.code(of: number)
      #expect(codes.number(of: ReceiptCode.spoken(code)) == number)
      #expect(codes.number(of: ReceiptCode.spoken(code, inChinese: false)) == number)
      #expect(codes.number(of: ReceiptCode.spoken(code).replacing("幺", with: "一").replacing("零", with: "洞")) == number)
    }
  }

  /// What an input method for Chinese makes of it.
  @Test func forgivesWideLetters() {
    for number in UInt32(1)...200 {
      let code = codes.code(of: number)
      var wide = String.UnicodeScalarView()
      wide.append(contentsOf: code.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) })
      #expect(codes.number(of: String(wide)) == number)
      #expect(codes.number(of: code.replacing("-", with: "—")) == number)
    }
  }

  @Test func noticesEachWrongSymbol() {
    var missed: [String] = []
    for number in UInt32(1)...8000 {
      let plain = Array(codes.code(of: number).dropFirst(3).filter { $0 != "-" })
      for position in plain.indices {
        // All for some codes; for each the pair that a sum modulo 31 cannot tell apart. Most wrong codes are no
        // submission's number anyway, so that a weak check symbol shows in many codes only.
        let others = number % 20 == 0 ? ReceiptCodeTests.symbols : ["0", "Z"]
        for symbol in others where symbol != plain[position] {
          var wrong = plain
          wrong[position] = symbol
          if codes.number(of: "GI" + String(wrong)) != nil { missed.append("\(String(plain)) as \(String(wrong))") }
        }
      }
    }
    #expect(missed == [])
  }

  @Test func noticesEachSwapOfNeighbours() {
    var missed: [String] = []
    for number in UInt32(1)...20_000 {
      let plain = Array(codes.code(of: number).dropFirst(3).filter { $0 != "-" })
      for position in plain.indices.dropLast() where plain[position] != plain[position + 1] {
        var wrong = plain
        wrong.swapAt(position, position + 1)
        if codes.number(of: "GI" + String(wrong)) != nil { missed.append("\(String(plain)) as \(String(wrong))") }
      }
    }
    #expect(missed == [])
  }

  @Test(arguments: ["", "GI", "GI-", "GI-0000-0000", "GI-UUUU-UUUU-U", "谢谢", "GI-0000-0000-00", "۱۲۳۴۵۶۷۸۹"])
  func readsNothingElse(_ text: String) { #expect(codes.number(of: text) == nil) }
}
