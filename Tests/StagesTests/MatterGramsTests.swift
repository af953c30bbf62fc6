import Stages
import TestSupport
import Testing
import Text

/// Pieces of texts, their counters and their weights.
struct MatterGramsTests {
  static func grams(_ title: String, _ body: String) -> MatterGrams {
    var reader = MatterGramReader()
    let (title, body) = (Folding.scalars(title), Folding.scalars(body))
    return title.withUnsafeBufferPointer { title in
      body.withUnsafeBufferPointer { reader.read(title: title, body: $0) }
    }
  }

  @Test func piecesHaveTwoToFourCharactersOfOneRun() {
    // 5 + 4 + 3 of 花溪路路口, 2 + 1 of 坏了吗, none across the comma and none of the one character behind it.
    #expect(Self.grams("x", "花溪路路口,坏了吗，哦").body.count == 4 + 3 + 2 + 2 + 1)
    #expect(Self.grams("x", "路").body.isEmpty)
    // Width and case are folded before.
    #expect(Self.grams("x", "ＡＢ12") .body == Self.grams("x", "ab12").body)
  }

  @Test func repetitionsAreCounted() throws {
    let body = Self.grams("x", "路灯，路灯，路灯").body
    #expect(body.count == 1)
    #expect(body.first?.count == 3)
  }

  /// A token stands for a cut-out detail and must not join what is left and right of it.
  @Test func tokensBreakRuns() {
    #expect(Self.grams("x", "打给\u{F0123}他").body.map(\.key) == Self.grams("x", "打给，他").body.map(\.key))
  }

  @Test func theBeginningStandsInForATitle() {
    let text = "花溪路路口的井盖破了"
    let grams = Self.grams("", text)
    #expect(!grams.hasTitle)
    #expect(grams.title.map(\.key) == Self.grams(text, text).title.map(\.key))
    #expect(Self.grams("井盖", text).hasTitle)
  }

  @Test func countersForgetWhatIsTakenOut() {
    var frequencies = MatterFrequencies()
    let (one, other) = (Self.grams("井盖", "花溪路井盖破了"), Self.grams("路灯", "花溪路路灯不亮"))
    let first = frequencies.add(one)
    let shared = one.body[0].key
    #expect(frequencies.count(shared, in: .body) == 1)
    let second = frequencies.add(other)
    #expect(frequencies.count(shared, in: .body) == 2)
    #expect(frequencies.count(shared, in: .title) == 0)
    #expect(frequencies.texts == 2)
    #expect(frequencies.squares == first + second)
    frequencies.remove(other, square: second)
    #expect(frequencies.count(shared, in: .body) == 1)
    #expect(frequencies.squares == first)
    #expect(frequencies.changed != [0, 0])
  }

  @Test func partsMakeTheWhole() {
    var frequencies = MatterFrequencies()
    _ = frequencies.add(Self.grams("井盖破损", "花溪路路口的井盖破了，电动车骑过去很危险"))
    var copy = MatterFrequencies(texts: frequencies.texts, squares: frequencies.squares)
    for field in MatterField.allCases {
      for part in 0..<MatterFrequencies.partCount { copy.setPart(field, part, Array(frequencies.part(field, part))) }
    }
    for gram in Self.grams("井盖破损", "花溪路路口").body {
      #expect(copy.count(gram.key, in: .body) == frequencies.count(gram.key, in: .body))
    }
  }

  /// `16 (ln((1 + n) / (1 + df)) + 1)^¾`, computed by hand.
  @Test func weightsFollowTheFormula() {
    let weights = MatterWeights(texts: 2963)
    #expect(weights.weight(1) == 78)
    #expect(weights.weight(10) == 66)
    #expect(weights.weight(300) == 39)
    #expect(weights.weight(2963) == 16)
    #expect(weights.weight(9_000_000) == 16)
    let many = MatterWeights(texts: 1_000_000)
    #expect(many.weight(1) == 117)
    #expect(many.weight(5000) == 64)
    #expect(many.weight(999_999) == 16)
    var last = UInt64.max
    for count in stride(from: UInt32(0), to: 1_000_000, by: 997) {
      #expect(many.weight(count) <= last)
      last = many.weight(count)
    }
    #expect(MatterWeights(texts: 0).weight(0) == 16)
  }
}
