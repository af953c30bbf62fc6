import Rules
import TestSupport
import Testing

/// Weighted keywords whose hits add up, beside hand-written rules.
struct LearnedLayerTests {
  static let layer = """
    layer: learned
    texts: 100
    title_weight: 3
    body_length: 600
    point: {value: 8, length: 100000, least: 5, most: 1200}
    other_bias: -700
    topics:
      - {topic: "01", texts: 50, bias: -100}
      - {topic: "02", texts: 50, bias: -150}
    confidence:
      decides: 300
      points:
        - {lead: 0, right: 500}
        - {lead: 1000, right: 980}
    keywords: |
      # 词 来件数 权重…
      公交 20 -400 900
      业主 30 800 -300
      车站 10 -100 350
    """

  static func book(_ layer: String = layer) throws -> RuleBook {
    try RuleBook(files: SampleBook.files(replacing: ["learned/topics.yaml": layer]))
  }

  static func problems(_ layer: String) throws -> [RuleProblem] {
    SampleBook.problems(try SampleBook.files(replacing: ["learned/topics.yaml": layer])).filter { $0.file == "learned/topics.yaml" }
  }

  @Test func wordsDecideWhereNoRuleFires() throws {
    let judgement = try Self.book().explain(body: "公交不进站，公交站在哪里").judgement
    let book = try Self.book()
    #expect(judgement.topic.map { book.topics[$0].code } == "02")
    #expect(judgement.isSure)
    #expect(judgement.confidence > 700)
  }

  @Test func aTextWithoutKnownWordsIsNobodys() throws {
    #expect(try Self.book().explain(body: "今天天气真好").judgement.topic == nil)
  }

  @Test func aSmallLeadIsAProposal() throws {
    let judgement = try Self.book().explain(body: "业主坐公交").judgement
    #expect(judgement.topic != nil)
    #expect(!judgement.isSure)
  }

  /// To the last digit, whatever was rounded on the way.
  @Test func contributionsAddUpToTheScore() throws {
    let books = [try ShippedBookTests.book(), try ShippedBookTests.book().withLayer(nil), try Self.book()]
    let texts = try ShippedBookTests.book().rules.flatMap(\.hits).map(\.text)
    for book in books {
      for (number, text) in texts.enumerated() where number % 5 == 0 {
        let explanation = book.explain(title: number % 2 == 0 ? text : "", body: texts[(number + 3) % texts.count])
        for (contender, parts) in explanation.contenders {
          #expect(parts.reduce(0) { $0 + $1.amount } == contender.score)
        }
        if let first = explanation.contenders.first, explanation.judgement.topic != nil {
          #expect(first.contender.score == explanation.judgement.score)
        }
      }
    }
  }

  /// The shipped book's words count once in a title as they do three times in a body.
  @Test func aTitleCountsAsOftenAsTheLayerSays() throws {
    let book = try Self.book()
    let titled = book.explain(title: "业主", body: "公交").contenders
    let repeated = book.explain(body: "业主。业主。业主。公交").contenders
    #expect(titled.map(\.contender.score) == repeated.map(\.contender.score))
  }

  @Test(arguments: [
    ("      公交 20 -400 900\n", "      公交 20 -400\n", 17), ("      公交 20 -400 900\n", "      公交 x -400 900\n", 17),
    ("      车站 10 -100 350", "      业主 10 -100 350", 19),
  ]) func faultyLinesAreNamed(_ from: String, _ to: String, _ line: Int) throws {
    let trimmed = { (text: String) in text.replacing("    layer", with: "layer") }
    let problems = try Self.problems(Self.layer.replacing(trimmed(from.replacing("      ", with: "  ")), with: to.replacing("      ", with: "  ")))
    #expect(problems.map(\.line) == [line])
  }

  @Test func unknownTopicsAndKeysAreFaults() throws {
    #expect(try Self.problems(Self.layer.replacing("\"02\"", with: "\"99\"")).map(\.fault) == [.unknownCode(key: "topic", code: "99")])
    #expect(try Self.problems(Self.layer.replacing("other_bias", with: "other_bios")).map(\.fault) == [.unknownKey("other_bios")])
    let falling = Self.layer.replacing("lead: 1000, right: 980", with: "lead: 1000, right: 400")
    #expect(try Self.problems(falling).map(\.fault) == [.wrongType(key: "points", expected: "rising scale")])
  }

  @Test func theShippedLayerTellsSevenTopicsApart() throws {
    let layer = try #require(try ShippedBookTests.book().learned)
    #expect(layer.topics.count == 7)
    #expect(layer.texts == 5711)
    #expect(layer.keywords.count >= 8000)
    // Nothing rarer than five texts: no single writer's words.
    #expect(layer.counts.allSatisfy { $0 >= 5 })
    #expect(layer.confidence.decides > 0)
  }
}

/// Why a topic, what nearly fired, and what would change it.
struct ReasonsTests {
  private static let rules = """
    rules:
      - {id: lamp, topic: "01", weight: 5, any: [路灯], none: [广告], hits: ["⟦路灯⟧坏了"]}
      - {id: bus, topic: "02", weight: 4, any: [公交], hits: ["⟦公交⟧晚点"]}
      - {id: both, topic: "02", weight: 3, all: [公交, 站台], hits: ["⟦公交⟧⟦站台⟧"]}
      - id: near
        topic: "02"
        near: [{a: 公交, b: 拥挤, within: 4}]
        hits: ["⟦公交⟧⟦拥挤⟧"]
    """

  private func reasons(_ text: String) throws -> [String: NearMiss.Reason] {
    let book = try SampleBook.book(rules: Self.rules)
    return Dictionary(uniqueKeysWithValues: book.explain(body: text).nearMisses.map { (book.rules[$0.rule].id, $0.reason) })
  }

  @Test func whatKeptARuleFromFiring() throws {
    let book = try SampleBook.book(rules: Self.rules)
    let blocked = try reasons("路灯上贴广告")
    #expect(blocked.keys.sorted() == ["lamp"])
    guard case .blocked(let keyword)? = blocked["lamp"] else { throw TestFault() }
    #expect(book.word(keyword) == "广告")
    let missing = try reasons("公交晚点")
    guard case .missing(let keywords)? = missing["both"] else { throw TestFault() }
    #expect(keywords.map(book.word) == ["站台"])
    #expect(try reasons("公交上面早高峰太拥挤")["near"] == .tooFar(distance: 8, within: 4))
    #expect(try reasons("今天").isEmpty)
  }

  private struct TestFault: Error {}

  @Test func whatWouldTurnTheLead() throws {
    let book = try SampleBook.book(rules: Self.rules)
    let reversal = try #require(book.explain(body: "路灯下等公交").reversal)
    #expect(book.topics[reversal.runnerUp].code == "02")
    #expect(reversal.without.map { if case .rule(let rule) = $0 { book.rules[rule].id } else { "" } } == ["lamp"])
    #expect(book.explain(body: "路灯").reversal == nil)
  }
}
