import Rules
import Suggestions
import Testing

/// What the rule language says beyond plain lists: one table for all of it.
struct RuleLanguageTests {
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

  static let words = [
    Case("synonym", "any: [{word: 井盖, or: [马葫芦, 阴井]}]", "阴井没盖", true),
    Case("synonym in all", "all: [{word: 井盖, or: [马葫芦]}, 坏]", "马葫芦坏了", true),
    Case("synonym in all", "all: [{word: 井盖, or: [马葫芦]}, 坏]", "井盖和马葫芦", false),
    Case("group of groups", "any: ['@everything']", "门断裂", true),
    Case("at least two", "at_least: {count: 2, of: [井盖, 路灯, 护栏]}", "护栏和路灯", true),
    Case("at least two", "at_least: {count: 2, of: [井盖, 路灯, 护栏]}", "路灯、路灯、路灯", false),
    Case("at least two, synonyms count once", "at_least: {count: 2, of: [{word: 井盖, or: [窨井]}, 路灯]}", "井盖和窨井", false),
    Case("at least two, a group counts once", "at_least: {count: 2, of: ['@broken', 路灯]}", "坏了断裂", false),
    Case("at least two, a group counts once", "at_least: {count: 2, of: ['@broken', 路灯]}", "路灯断裂", true),
    Case("at least and any", "{any: [急], at_least: {count: 2, of: [井盖, 路灯]}}", "井盖路灯", false),
    Case("at least and any", "{any: [急], at_least: {count: 2, of: [井盖, 路灯]}}", "急，井盖路灯", true),
  ]

  static let exclusions = [
    Case("except: the only hit lies inside", "{any: [井盖], except: [井盖厂]}", "井盖厂招工", false),
    Case("except: another hit stands elsewhere", "{any: [井盖], except: [井盖厂]}", "井盖厂门口的井盖", true),
    Case("except: the word behind", "{any: [电动], except: [电动汽车]}", "新能源电动汽车", false),
    Case("except: the word as a whole", "{any: [井盖, 井盖厂], except: [井盖厂]}", "井盖厂", false),
    Case("except: overlaps but does not contain", "{any: [井盖], except: [盖厂]}", "井盖厂", true),
    Case("except in near", "{near: [{a: 井盖, b: 坏, within: 9}], except: [井盖厂]}", "井盖厂的门坏了", false),
    Case("except in near", "{near: [{a: 井盖, b: 坏, within: 9}], except: [井盖厂]}", "井盖厂的井盖坏了", true),
    Case("except in all", "{all: [井盖, 坏], except: [井盖厂]}", "井盖厂坏", false),
  ]

  static let sentences = [
    Case("same sentence", "near: [{a: 井盖, b: 坏, within: sentence}]", "井盖走过去就知道，早就坏了。", true),
    Case("another sentence", "near: [{a: 井盖, b: 坏, within: sentence}]", "看井盖。灯坏了", false),
    Case("another sentence", "near: [{a: 井盖, b: 坏, within: sentence}]", "看井盖！灯坏了", false),
    Case("another sentence", "near: [{a: 井盖, b: 坏, within: sentence}]", "看井盖？灯坏了", false),
    Case("a decimal point ends nothing", "near: [{a: 井盖, b: 坏, within: sentence}]", "井盖3.5米外坏了", true),
    Case("title and body are two sentences", "near: [{a: 井盖, b: 坏, within: sentence}]", "坏了", title: "井盖", false),
    Case("in order", "near: [{a: 不让, b: 进, within: 4, in_order: true}]", "不让我们进", true),
    Case("in the other order", "near: [{a: 不让, b: 进, within: 4, in_order: true}]", "进门不让", false),
    Case("in order, later in the text", "near: [{a: 不让, b: 进, within: 4, in_order: true}]", "进不让，不让他进", true),
    Case("in order, overlapping", "near: [{a: 井盖, b: 盖, within: 4, in_order: true}]", "井盖", false),
    Case("in order in a sentence", "near: [{a: 晚上, b: 吵, within: sentence, in_order: true}]", "晚上一直到两点都吵", true),
  ]

  static let starts = [
    Case("at the start", "{any: [测试], at: start}", "测试一下", true),
    Case("not at the start", "{any: [测试], at: start}", "我测试一下", false),
    Case("at the start of the title", "{any: [测试], at: start}", "内容", title: "测试", true),
    Case("at the start behind punctuation", "{any: [测试], at: start}", "【测试】一下", true),
    Case("at the start behind spaces", "{any: [测试], at: start}", "\n\t　测试", true),
    Case("at the start, another word elsewhere", "{any: [测试, 井盖], at: start}", "看井盖", false),
  ]

  /// Other rules decide on 电动汽车 and on 公园.
  static let longest = [
    Case("the longer keyword decides", "any: [电动]", "电动汽车", false),
    Case("the shorter one stands elsewhere too", "any: [电动]", "电动汽车和电动车", true),
    Case("the shorter one alone", "any: [电动]", "电动车", true),
    Case("the longer one speaks for a topic below", "any: [公]", "公园", true),
  ]

  @Test(arguments: words + exclusions + sentences + starts + longest) func fires(_ example: Case) throws {
    let keys = example.condition.hasPrefix("{") ? String(example.condition.dropFirst().dropLast()) : example.condition
    let book = try SampleBook.book(
      rules: """
        words:
          broken: [坏了, 断裂]
          everything: [歪, "@broken"]
        rules:
          - {id: tried, topic: "01", \(keys), hits: [无]}
          - {id: cars, topic: "02", any: [电动汽车], hits: [无]}
          - {id: parks, topic: "0102", any: [公园], hits: [无]}
        """)
    #expect(book.fired(title: example.title, body: example.body).contains("tried") == example.fires)
  }

  /// What does not exclude anything else keeps every hit: danger inside a longer word is still danger.
  @Test func onlyVerdictsThatCompeteGiveWay() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: danger, urgency: danger, any: [漏电], hits: [无]}
          - {id: protector, topic: "02", any: [漏电保护器], hits: [无]}
          - {id: leak, topic: "01", any: [漏电], hits: [无]}
          - {id: fault, kind: fault, any: [漏电], hits: [无]}
        """)
    #expect(book.fired(body: "漏电保护器") == ["danger", "protector", "fault"])
  }

  // MARK: Denial

  static let denied = [
    ("路灯坏了", true), ("不是路灯的问题", false), ("不是路灯的问题，是井盖", false), ("并不是因为路灯", false),
    ("是不是路灯坏了", true), ("不是路灯坏了就是线断了", true), ("这里不是有路灯吗", true), ("跟路灯无关", false),
    ("路灯与此无关的事", false), ("路灯坏了，这跟下雨无关", true), ("不是井盖。路灯坏了", true), ("不是，路灯坏了", true), ("不是路灯，路灯好好的", true),
    ("不是我们小区的路灯", true),
  ]

  @Test(arguments: denied) func whatIsDeniedDoesNotCount(_ text: String, _ fires: Bool) throws {
    var files = try SampleBook.files(replacing: [
      "keywords/rules.yaml": "rules:\n  - {id: lamp, topic: '01', any: [路灯], hits: [路灯]}\n  - {id: watch, urgency: danger, any: [路灯], hits: [路灯]}\n",
      "book.yaml": """
      book: sample
      version: "1"
      negation: {before: [不是, 并不是], after: [无关], gap: 2, except: [是不是], undone_by: [就是, 吗]}
      """,
    ])
    files.sort { $0.path < $1.path }
    let fired = try RuleBook(files: files).fired(body: text)
    #expect(fired.contains("lamp") == fires)
    // One look too many does no harm.
    #expect(fired.contains("watch"))
  }

  // MARK: Circumstances

  struct Situation: Sendable, CustomTestStringConvertible {
    var when: String
    var context: @Sendable (RuleBook) -> RuleContext
    var fires: Bool
    var testDescription: String { when }
  }

  static func at(_ time: String) -> @Sendable (RuleBook) -> RuleContext {
    { _ in RuleContext(submittedAt: CivilTime.instant(time)) }
  }

  static let situations = [
    Situation(when: "channel: chat", context: { _ in RuleContext(channel: .chat) }, fires: true),
    Situation(when: "channel: [app, chat]", context: { _ in RuleContext(channel: .chat) }, fires: true),
    Situation(when: "channel: chat", context: { _ in RuleContext(channel: .app) }, fires: false),
    Situation(when: "channel: chat", context: { _ in RuleContext() }, fires: false),
    Situation(when: "station: east", context: { RuleContext(station: $0.station("east")) }, fires: true),
    Situation(when: "station: east", context: { RuleContext(station: $0.station("west")) }, fires: false),
    Situation(when: "region: '9001'", context: { RuleContext(region: $0.region(code: "900102")) }, fires: true),
    Situation(when: "region: 9001Z", context: { RuleContext(region: $0.region(code: "900101")) }, fires: true),
    Situation(when: "region: '9001'", context: { RuleContext(region: $0.region(code: "9002")) }, fires: false),
    // A station lies somewhere.
    Situation(when: "region: '9001'", context: { RuleContext(station: $0.station("east")) }, fires: true),
    Situation(when: "kind: fault", context: { _ in RuleContext(kind: .fault) }, fires: true),
    Situation(when: "kind: fault", context: { _ in RuleContext(kind: .idea) }, fires: false),
    // The kind the rules find: 井盖 is broken.
    Situation(when: "kind: fault", context: { _ in RuleContext() }, fires: true),
    Situation(when: "months: 6-9", context: at("2025-06-01"), fires: true),
    Situation(when: "months: 6-9", context: at("2025-10-01"), fires: false),
    Situation(when: "months: 11-2", context: at("2025-01-15"), fires: true),
    Situation(when: "months: 11-2", context: at("2025-03-01"), fires: false),
    Situation(when: "months: 7", context: at("2025-07-31T23:59"), fires: true),
    Situation(when: "hours: 22-5", context: at("2025-07-01T23:10"), fires: true),
    Situation(when: "hours: 22-5", context: at("2025-07-01T05:59"), fires: true),
    Situation(when: "hours: 22-5", context: at("2025-07-01T06:00"), fires: false),
    // 2025-07-05 is a Saturday.
    Situation(when: "weekdays: 6-7", context: at("2025-07-05T00:00"), fires: true),
    Situation(when: "weekdays: 6-7", context: at("2025-07-04T23:59"), fires: false),
    Situation(when: "months: 6-9", context: { _ in RuleContext() }, fires: false),
    Situation(
      when: "channel: chat, hours: 22-5",
      context: { _ in RuleContext(channel: .chat, submittedAt: CivilTime.instant("2025-07-01T12:00")) }, fires: false),
  ]

  @Test(arguments: situations) func asksForCircumstances(_ situation: Situation) throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: tried, topic: "01", any: [井盖], when: {\(situation.when)}, hits: [无]}
          - {id: fault, kind: fault, any: [坏], hits: [无]}
        """)
    let fired = book.fired(body: "井盖坏了", context: situation.context(book))
    #expect(fired.contains("tried") == situation.fires)
  }

  @Test func aPlaceInTheTextCounts() throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: tried, topic: '01', any: [井盖], when: {region: '9001'}, hits: [无]}\n")
    #expect(book.fired(body: "桥头街道的井盖") == ["tried"])
    #expect(book.fired(body: "西门街道的井盖") == [])
  }

  @Test(arguments: [("2025-06-30", false), ("2025-07-01", true), ("2025-07-31", true), ("2025-08-01", false)])
  func rulesAreInForceOnTheirDays(_ day: String, _ fires: Bool) throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: tried, topic: '01', any: [井盖], from: 2025-07-01, until: 2025-07-31, hits: [无]}\n")
    #expect(book.fired(body: "井盖", on: CivilTime.dayNumber(day)) == (fires ? ["tried"] : []))
    #expect(book.fired(body: "井盖") == ["tried"])
    let misses = book.explain(body: "井盖", on: CivilTime.dayNumber(day)).nearMisses
    #expect(misses.map(\.reason) == (fires ? [] : [.notInForce]))
  }

  // MARK: Points

  @Test func theWeightiestWordGivesThePoints() throws {
    let book = try SampleBook.book(
      rules: "rules:\n  - {id: tried, topic: '01', weight: 2, any: [盖, {word: 井盖, or: [窨井], weight: 7}], hits: [无]}\n")
    for (text, points) in [("盖", 2), ("井盖", 7), ("盖，窨井", 7)] {
      #expect(book.explain(body: text).judgement.score == points)
    }
    #expect(book.explain(title: "井盖", body: "盖").judgement.score == 14)
  }

  // MARK: Further topics

  @Test func secondMattersOfOneTextAreNamed() throws {
    let book = try SampleBook.book(
      rules: """
        rules:
          - {id: cover, topic: "010101", weight: 5, any: [井盖], hits: [无]}
          - {id: lamp, topic: "010102", weight: 4, any: [路灯], hits: [无]}
          - {id: parking, topic: "0201", weight: 3, any: [停车], hits: [无]}
          - {id: weak, topic: "0301", weight: 2, any: [驿站], hits: [无]}
          - {id: above, topic: "0101", weight: 3, any: [市政], hits: [无]}
        """)
    func topics(_ text: String) -> [String] {
      let judgement = book.explain(body: text).judgement
      return ([judgement.topic].compactMap(\.self) + judgement.furtherTopics).map { book.topics[$0].code }
    }
    #expect(topics("井盖") == ["010101"])
    #expect(topics("井盖和路灯") == ["010101", "010102"])
    #expect(topics("井盖和路灯，还有停车") == ["010101", "010102", "0201"])
    #expect(topics("井盖，驿站") == ["010101"])
    #expect(topics("市政的井盖") == ["010101"])
  }

  // MARK: Near misses

  @Test func saysWhatKeptARuleOff() throws {
    let book = try RuleBook(
      files: SampleBook.files(replacing: [
        "book.yaml": "book: sample\nversion: '1'\nnegation: {before: [不是]}\n",
        "keywords/rules.yaml": """
        rules:
          - {id: inside, topic: "01", any: [井盖], except: [井盖厂], hits: [无]}
          - {id: few, topic: "01", at_least: {count: 3, of: [甲, 乙, 丙]}, hits: [无]}
          - {id: order, topic: "01", near: [{a: 不让, b: 进, within: 4, in_order: true}], hits: [无]}
          - {id: sentence, topic: "01", near: [{a: 东, b: 西, within: sentence}], hits: [无]}
          - {id: start, topic: "01", any: [测试], at: start, hits: [无]}
          - {id: night, topic: "01", any: [吵], when: {hours: 22-5}, hits: [无]}
          - {id: denied, topic: "01", any: [路灯], hits: [无]}
          - {id: shaded, topic: "01", any: [电动], hits: [无]}
          - {id: cars, topic: "02", any: [电动汽车], hits: [无]}
        """,
      ]))
    func reason(_ text: String, _ id: String) -> NearMiss.Reason? {
      book.explain(body: text).nearMisses.first { book.rules[$0.rule].id == id }?.reason
    }
    func keyword(_ word: String) throws -> UInt32 {
      UInt32(try #require(book.keywords.firstIndex { $0 == word.unicodeScalars.map(\.value) }))
    }
    #expect(reason("井盖厂", "inside") == .inside(try keyword("井盖厂")))
    #expect(reason("甲乙", "few") == .tooFew(count: 2, least: 3))
    #expect(reason("进了不让", "order") == .otherOrder)
    #expect(reason("东。西", "sentence") == .otherSentence)
    #expect(reason("我测试", "start") == .notAtStart)
    #expect(reason("太吵", "night") == .otherCircumstances)
    #expect(reason("不是路灯", "denied") == .negated(try keyword("路灯")))
    #expect(reason("电动汽车", "shaded") == .inside(try keyword("电动汽车")))
  }

  // MARK: Cost

  /// Texts made of nothing but keywords of rules that look at pairs: the work grows with the length, not with its square.
  /// A bound on steps would need counters on the hot path; a thousandfold margin on the clock finds a square all the same.
  @Test(.timeLimit(.minutes(1))) func hostileTextsCostWhatTheirLengthCosts() throws {
    let book = try RuleBook(
      files: SampleBook.files(replacing: [
        "book.yaml": "book: sample\nversion: '1'\nnegation: {before: [不是], except: [是不是], undone_by: [就是]}\n",
        "keywords/rules.yaml": """
        rules:
          - {id: order, topic: "01", near: [{a: 后, b: 前, within: 60, in_order: true}], hits: [无]}
          - {id: sentence, topic: "01", near: [{a: 前, b: 后, within: sentence, in_order: true}], except: [前后前], hits: [无]}
          - {id: count, topic: "02", at_least: {count: 2, of: [前, 后]}, hits: [无]}
          - {id: long, topic: "03", any: [前前前前前前前前], hits: [无]}
          - {id: short, topic: "01", any: [前], hits: [无]}
        """,
      ]))
    let length = 200_000
    for pattern in ["前", "后前", "不是", "是不是", "东区", "前后前"] {
      let text = String(repeating: pattern, count: length / pattern.count)
      _ = book.explain(body: text)
    }
    let parts = String(repeating: "前", count: length / 2) + String(repeating: "后", count: length / 2)
    #expect(book.fired(body: parts).contains("sentence"))
    #expect(book.fired(body: "后" + parts).contains("order"))
  }
}

extension RuleBook {
  fileprivate func station(_ code: String) -> Int? { stations.firstIndex { $0.code == code } }
}
