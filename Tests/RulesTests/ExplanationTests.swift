import Rules
import Suggestions
import Testing

/// Evidence is given in scalars of the text people read, whatever folding did to it.
struct ExplanationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// The stretches that must be evidence stand in ⟦ ⟧.
    var title: String
    var body: String
    var testDescription: String { "\(title)|\(body)" }

    init(_ body: String, title: String = "") {
      self.title = title
      self.body = body
    }
  }

  static let cases = [
    Case("花溪路⟦井盖⟧破损"),
    Case("⟦井盖⟧"),
    Case("⟦井 　盖⟧破损"),
    Case("⟦井\u{200B}\u{FEFF}盖⟧破损"),
    Case("⟦井蓋⟧破損"),
    Case("㈱①Ⅷ㎡…⟦井盖⟧㈱"),
    Case("ｶﾞﾊﾟ⟦井盖⟧ｶﾞ"),
    Case("e\u{301}o\u{302}\u{323}⟦井盖⟧e\u{301}"),
    Case("👩🏽‍🔧𠮷é：⟦井盖⟧𠮷"),
    Case("  \n\t⟦井盖⟧\n⟦井蓋⟧  "),
    Case("\u{FDFA}⟦井盖⟧\u{FDFA}⟦井盖⟧"),
    Case("无", title: "㈱ ⟦井　盖⟧"),
    Case("🛵㈱⟦井盖⟧", title: "臺灣 e\u{301}⟦井蓋⟧！"),
  ]

  @Test(arguments: cases) func spansAreScalarsOfTheOriginal(_ example: Case) throws {
    let book = try SampleBook.book(rules: "rules:\n  - {id: cover, topic: '01', any: [井盖]}\n")
    let title = RuleExample(marked: example.title)
    let body = RuleExample(marked: example.body)
    let evidence = book.explain(title: title.text, body: body.text).evidence
    #expect(evidence.filter { $0.part == .title }.map(\.scalars) == title.marks)
    #expect(evidence.filter { $0.part == .body }.map(\.scalars) == body.marks)
  }

  @Test func evidenceOfANearPairIsThePair() throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: near, topic: '01', near: [{a: 井盖, b: 坏, within: 4}]}\n")
    let example = RuleExample(marked: "井盖一二三四五，又有⟦井 盖⟧也⟦壞⟧")
    #expect(Set(book.explain(body: example.text).evidence.map(\.scalars)) == Set(example.marks))
  }

  @Test func everyPairThatStandsNearIsEvidence() throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: near, topic: '01', near: [{a: 井盖, b: 坏, within: 3}]}\n")
    let example = RuleExample(marked: "⟦井盖⟧⟦坏⟧了，一二三四五六，井盖好好的一二三四，路上⟦井盖⟧⟦坏⟧")
    #expect(Set(book.explain(body: example.text).evidence.map(\.scalars)) == Set(example.marks))
  }

  @Test func evidenceOfOneExpandedCharacterIsThatCharacter() throws {
    let book = try SampleBook.book(rules: "rules:\n  - {id: part, topic: '01', any: [株]}\n")
    #expect(book.explain(body: "在㈱外").evidence.map(\.scalars) == [1..<2])
  }

  @Test func theSameSpanComesOnce() throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: cover, topic: '01', any: [井盖], all: [井盖], near: [{a: 井盖, b: 井盖, within: 3}]}\n")
    #expect(book.explain(body: "井盖").evidence.map(\.scalars) == [0..<2])
  }

  // MARK: Examples

  @Test func marksAreRead() {
    let example = RuleExample(marked: "🛵⟦井盖⟧和⟦路灯⟧")
    #expect(example.text == "🛵井盖和路灯")
    #expect(example.marks == [1..<3, 4..<6])
    #expect(RuleExample(marked: "没有").marks.isEmpty)
  }

  struct Faulty: Sendable, CustomTestStringConvertible {
    var rule: String
    var fault: RuleProblem.Fault?
    var testDescription: String { rule }

    init(_ rule: String, _ fault: RuleProblem.Fault?) {
      self.rule = rule
      self.fault = fault
    }
  }

  static let faulty = [
    Faulty("any: [井盖], hits: ['坏⟦井盖⟧'], misses: [路灯]", nil),
    Faulty("any: [井盖], hits: [井盖]", nil),
    Faulty("any: [井盖], hits: [路灯]", .exampleMissed(rule: "tried", number: 1)),
    Faulty("any: [井盖], hits: [井盖, 路灯]", .exampleMissed(rule: "tried", number: 2)),
    Faulty("any: [井盖], hits: ['⟦坏井盖⟧']", .exampleSpanMissed(rule: "tried", number: 1)),
    Faulty("any: [井盖], hits: ['⟦井⟧盖']", .exampleSpanMissed(rule: "tried", number: 1)),
    Faulty("any: [井盖], hits: ['⟦井盖⟧和⟦路灯⟧']", .exampleSpanMissed(rule: "tried", number: 1)),
    Faulty("any: [井盖], hits: [井盖], misses: [路灯, 井蓋]", .exampleHit(rule: "tried", number: 2)),
    Faulty("any: [井盖], in: title, hits: ['⟦井盖⟧'], misses: [路灯]", nil),
    Faulty("any: [井盖], in: body, hits: ['⟦井盖⟧']", nil),
  ]

  @Test(arguments: faulty) func examplesAreRun(_ example: Faulty) throws {
    let book = try SampleBook.book(rules: "rules:\n  - {id: tried, topic: '01', \(example.rule)}\n")
    let expected = example.fault.map { [RuleProblem(file: "keywords/rules.yaml", line: 2, fault: $0)] } ?? []
    #expect(book.failingExamples() == expected)
  }

  @Test func theSampleBooksExamplesPass() throws {
    let book = try SampleBook.book()
    #expect(book.failingExamples().isEmpty)
    #expect(book.exampleCount == book.rules.reduce(0) { $0 + $1.hits.count + $1.misses.count })
    #expect(book.exampleCount > 15)
  }
}
