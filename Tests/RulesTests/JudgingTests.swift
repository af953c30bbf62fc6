import Rules
import Suggestions
import Testing

/// When a rule fires: one table for all conditions.
struct ConditionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var condition: String
    var title: String
    var body: String
    var fires: Bool
    var testDescription: String { "\(name): \(title)|\(body)" }

    init(_ name: String, _ condition: String, _ body: String, title: String = "", _ fires: Bool) {
      self.name = name
      self.condition = condition
      self.title = title
      self.body = body
      self.fires = fires
    }
  }

  static let lists = [
    Case("any", "any: [井盖, 路灯]", "这里的路灯不亮", true),
    Case("any", "any: [井盖, 路灯]", "这里的树倒了", false),
    Case("any", "any: [井盖, 路灯]", "", false),
    Case("any of a group", "any: ['@broken']", "门断裂", true),
    Case("any of a group and more", "any: ['@broken', 歪]", "门歪了", true),
    Case("all", "all: [井盖, 路灯]", "路灯和井盖", true),
    Case("all", "all: [井盖, 路灯]", "路灯和路灯", false),
    Case("all with a group: one of it", "all: [井盖, '@broken']", "井盖坏了", true),
    Case("all with a group: none of it", "all: [井盖, '@broken']", "井盖翘起", false),
    Case("all with two groups", "all: ['@cover', '@broken']", "窨井盖断裂", true),
    Case("none", "{any: [井盖], none: [井盖厂]}", "井盖破了", true),
    Case("none", "{any: [井盖], none: [井盖厂]}", "井盖厂的井盖", false),
    Case("none elsewhere in the text", "{any: [井盖], none: [招工]}", "井盖破了。顺便问招工", false),
    Case("none in the title", "{any: [井盖], none: [招工]}", "井盖破了", title: "招工", false),
    Case("none of a group", "{any: [井盖], none: ['@broken']}", "井盖坏了", false),
    Case("any and all", "{any: [井盖, 路灯], all: [东, 西]}", "东边西边的路灯", true),
    Case("any and all", "{any: [井盖, 路灯], all: [东, 西]}", "东边的路灯", false),
    Case("any and all", "{any: [井盖, 路灯], all: [东, 西]}", "东边西边的树", false),
    Case("one keyword inside the other", "all: [电动车, 动车]", "电动车", true),
  ]

  static let nears = [
    Case("near, the same start", "near: [{a: 井盖, b: 井盖坏, within: 0}]", "井盖坏", true),
    Case("near, at the limit", "near: [{a: 井盖, b: 坏, within: 5}]", "井盖一二三坏", true),
    Case("near, one too far", "near: [{a: 井盖, b: 坏, within: 5}]", "井盖一二三四坏", false),
    Case("near, the other way round, at the limit", "near: [{a: 井盖, b: 坏, within: 5}]", "坏一二三四井盖", true),
    Case("near, the other way round, one too far", "near: [{a: 井盖, b: 坏, within: 5}]", "坏一二三四五井盖", false),
    Case("near, the second pair of hits", "near: [{a: 井盖, b: 坏, within: 3}]", "井盖一二三四井盖一坏", true),
    Case("near, counted in folded characters", "near: [{a: 井盖, b: 坏, within: 3}]", "井 盖 　 一\u{200B} 坏", true),
    Case("near, expansions count as they fold", "near: [{a: 井盖, b: 坏, within: 4}]", "井盖㈱坏", false),
    Case("near, expansions count as they fold", "near: [{a: 井盖, b: 坏, within: 5}]", "井盖㈱坏", true),
    Case("near, beyond the BMP", "near: [{a: 井盖, b: 坏, within: 4}]", "井盖𠮷🛵坏", true),
    Case("near, groups", "near: [{a: '@cover', b: '@broken', within: 4}]", "断裂的窨井盖", true),
    Case("near, one side only", "near: [{a: 井盖, b: 坏, within: 50}]", "井盖井盖", false),
    Case("near, several: the second", "near: [{a: 井盖, b: 坏, within: 2}, {a: 路灯, b: 灭, within: 2}]", "路灯灭", true),
    Case("near, several: crosswise", "near: [{a: 井盖, b: 坏, within: 9}, {a: 路灯, b: 灭, within: 9}]", "井盖灭", false),
    Case("near and any", "{any: [急], near: [{a: 井盖, b: 坏, within: 2}]}", "井盖坏", false),
    Case("near and any", "{any: [急], near: [{a: 井盖, b: 坏, within: 2}]}", "急，井盖坏", true),
    Case("near and none", "{none: [厂], near: [{a: 井盖, b: 坏, within: 2}]}", "厂里井盖坏", false),
  ]

  static let scopes = [
    Case("both: title", "any: [井盖]", "无", title: "井盖", true),
    Case("title only: in the title", "{any: [井盖], in: title}", "无", title: "井盖破", true),
    Case("title only: in the body", "{any: [井盖], in: title}", "井盖破", title: "无", false),
    Case("body only: in the body", "{any: [井盖], in: body}", "井盖破", title: "无", true),
    Case("body only: in the title", "{any: [井盖], in: body}", "无", title: "井盖破", false),
    Case("body only: none in the title", "{any: [井盖], none: [厂], in: body}", "井盖破", title: "厂", true),
    Case("body only: none in the body", "{any: [井盖], none: [厂], in: body}", "厂井盖破", false),
    Case("title only: all, one in the body", "{all: [井盖, 坏], in: title}", "坏", title: "井盖", false),
    Case("title only: near across", "{near: [{a: 井盖, b: 坏, within: 9}], in: title}", "坏", title: "井盖", false),
    Case("both: all across", "all: [井盖, 坏]", "坏", title: "井盖", true),
    Case("a keyword does not reach from title to body", "any: [井盖]", "盖", title: "井", false),
  ]

  static let evasions = [
    Case("space", "any: [井盖]", "井 盖", true),
    Case("line break", "any: [井盖]", "井\n　盖", true),
    Case("zero width", "any: [井盖]", "井\u{200B}\u{FEFF}盖", true),
    Case("right-to-left override", "any: [井盖]", "井\u{202E}盖", true),
    Case("traditional", "any: [井盖]", "井蓋", true),
    Case("traditional in the rule", "any: [井蓋]", "井盖", true),
    Case("width and case", "any: [ATM]", "ａｔｍ机", true),
    Case("mathematical letters", "any: [ATM]", "𝐀𝐓𝐌", true),
    Case("compatibility ideograph", "any: [神龙]", "\u{FA19}\u{F9C4}", true),
    Case("punctuation is not skipped", "any: [井盖]", "井，盖", false),
  ]

  @Test(arguments: lists + nears + scopes + evasions) func fires(_ example: Case) throws {
    let keys = example.condition.hasPrefix("{") ? String(example.condition.dropFirst().dropLast()) : example.condition
    let book = try SampleBook.book(
      rules: """
        words:
          cover: [井盖, 窨井盖]
          broken: [坏了, 断裂]
        rules:
          - {id: tried, topic: "01", \(keys), hits: [无]}
        """)
    #expect(book.fired(title: example.title, body: example.body) == (example.fires ? ["tried"] : []))
  }
}

/// What the fired rules come to.
struct JudgementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var topic: String?
    var score: Int
    var runnerUp: Int
    var testDescription: String { text }

    init(_ text: String, _ topic: String?, _ score: Int, _ runnerUp: Int) {
      self.text = text
      self.topic = topic
      self.score = score
      self.runnerUp = runnerUp
    }
  }

  static let rules = """
    rules:
      - {id: r1, topic: "010101", weight: 3, any: [甲]}
      - {id: r2, topic: "02", weight: 5, any: [乙]}
      - {id: r3, topic: "0102", weight: 3, any: [丙]}
      - {id: r4, topic: "010102", weight: 1, any: [丁]}
      - {id: r5, topic: "0201", weight: 2, any: [戊]}
      - {id: r6, topic: "01", weight: 5, any: [己]}
      - {id: r7, topic: "0102", weight: 2, any: [庚]}
      - {id: r8, topic: "03", weight: 5, any: [辛]}
      - {id: r9, topic: "010102", weight: 3, any: [壬]}
    """

  static let cases = [
    Case("无", nil, 0, 0),
    Case("甲", "010101", 3, 0),
    Case("甲甲甲", "010101", 3, 0),
    Case("乙", "02", 5, 0),
    Case("己", "01", 5, 0),
    Case("甲乙", "02", 5, 3),
    Case("乙戊", "0201", 7, 0),
    Case("甲己", "010101", 8, 0),
    // Two rules of different depth speak for one first level.
    Case("甲乙丙", "010101", 6, 5),
    // Second level: 4 against 3; third level: 3 against 1.
    Case("甲丙丁", "010101", 7, 0),
    Case("丁丙", "0102", 4, 0),
    // A tie of first levels goes to the strongest single rule.
    Case("甲庚乙", "02", 5, 5),
    // The same strength on both sides: the one that stands earlier in the tree.
    Case("乙己", "01", 5, 5),
    Case("辛乙", "02", 5, 5),
    Case("甲壬", "010101", 6, 0),
    Case("乙己辛甲", "010101", 8, 5),
  ]

  @Test(arguments: cases) func decidesTheTopic(_ example: Case) throws {
    let book = try SampleBook.book(rules: JudgementTests.rules)
    // The order in which words stand must not decide.
    for text in [example.text, String(example.text.reversed())] {
      let judgement = book.explain(body: text).judgement
      #expect(judgement.topic.map { book.topics[$0].code } == example.topic)
      #expect(judgement.score == example.score)
      #expect(judgement.runnerUp == example.runnerUp)
    }
  }

  /// A title says in a few words what it is about.
  @Test func theTitleCountsTwice() throws {
    let book = try SampleBook.book(rules: JudgementTests.rules)
    let titled = book.explain(title: "甲", body: "乙").judgement
    #expect(titled.topic.map { book.topics[$0].code } == "010101")
    #expect(titled.score == 6)
    #expect(titled.runnerUp == 5)
    let both = book.explain(title: "甲", body: "甲").judgement
    #expect(both.score == 6)
  }

  @Test func oneScratchServesManyTexts() throws {
    let book = try SampleBook.book(rules: JudgementTests.rules)
    var scratch = RuleScratch(book)
    for _ in 0..<50 {
      for example in JudgementTests.cases {
        let judgement = book.explain(title: "", body: example.text, scratch: &scratch).judgement
        let isSame =
          judgement.topic.map { book.topics[$0].code } == example.topic && judgement.score == example.score
          && judgement.runnerUp == example.runnerUp
        #expect(isSame, "\(example.text)")
      }
    }
  }

  @Test func kindsAreWeighed() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: idea, kind: idea, weight: 2, any: [建议]}
          - {id: more, kind: idea, weight: 2, any: [增设]}
          - {id: fault, kind: fault, weight: 3, any: [坏]}
          - {id: praise, kind: praise, weight: 3, any: [谢]}
        """)
    #expect(book.explain(body: "路").judgement.kind == nil)
    #expect(book.explain(body: "建议").judgement.kind == .idea)
    #expect(book.explain(body: "建议修坏的").judgement.kind == .fault)
    #expect(book.explain(body: "建议增设，坏").judgement.kind == .idea)
    // A tie goes to the kind that asks for more.
    #expect(book.explain(body: "谢，坏").judgement.kind == .fault)
  }

  @Test func actsTracksUrgencyAndFlags() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: danger, urgency: danger, any: [漏电]}
          - {id: outage, urgency: outage, any: [停电]}
          - {id: idea, urgency: idea, any: [建议]}
          - {id: sensitive, track: sensitive, any: [抢劫]}
          - {id: ordinary, track: ordinary, any: [打车]}
          - {id: photo, act: photo, any: [随手拍]}
          - {id: help, act: help, any: [帮]}
          - {id: advertisement, flag: advertisement, any: [微信]}
          - {id: insult, flag: insult, any: [笨]}
        """)
    let all = book.explain(body: "建议停电漏电，打车被抢劫，随手拍，帮，微信，笨").judgement
    #expect(all.urgency == .danger)
    #expect(all.track == .sensitive)
    #expect(all.act == .photo)
    #expect(all.flags == 0b11)
    #expect(all.topic == nil)
    let reversed = book.explain(body: "笨微信帮随手拍抢劫打车漏电停电建议").judgement
    #expect(reversed.urgency == .danger)
    #expect(reversed.track == .sensitive)
    #expect(reversed.act == .help)
    let calm = book.explain(body: "建议打车").judgement
    #expect(calm.urgency == .idea)
    #expect(calm.track == .ordinary)
    #expect(calm.flags == 0)
    #expect(book.explain(body: "路").judgement.urgency == nil)
  }

  @Test func coHandlersComeOnceInOrder() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: a, topic: "01", co: [power-supply, telecom], any: [电]}
          - {id: b, topic: "01", co: [telecom, housing], any: [线]}
        """)
    let handlers = book.explain(body: "电线").judgement.coHandlers.map { book.departments[$0].code }
    #expect(handlers == ["power-supply", "telecom", "housing"])
  }
}
