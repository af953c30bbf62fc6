import Rules
import Testing

/// What the compiler says of a broken book: every fault, with the file and the line to mend.
struct RuleCompilerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var text: String?
    var problems: [RuleProblem]
    var testDescription: String { name }

    init(_ name: String, _ file: String, _ text: String?, _ problems: (Int, RuleProblem.Fault)...) {
      self.name = name
      self.file = file
      self.text = text
      self.problems = problems.map { RuleProblem(file: file, line: $0.0, fault: $0.1) }
    }
  }

  static let rules = "keywords/rules.yaml"

  static let cases: [Case] = [
    Case("file missing", "routing.yaml", nil, (0, .missingFile("routing.yaml"))),
    Case("not a mapping", "stations.yaml", "- 驿站", (1, .wrongType(key: "", expected: "mapping"))),
    Case("head without a name", "book.yaml", "version: '1'\n", (1, .missingKey("book"))),
    Case("head without a version", "book.yaml", "book: sample\n", (1, .missingKey("version"))),
    Case(
      "head with an unknown key", "book.yaml", "book: sample\nversion: '1'\nverson: '2'\n", (3, .unknownKey("verson"))),
    Case(
      "rule without an id", rules, "rules:\n  - topic: '01'\n    any: [井盖]\n    hits: [井盖]\n", (2, .missingKey("id"))),
    Case(
      "misspelt condition", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    anny: [井盖]\n    hits: [井盖]\n",
      (4, .unknownKey("anny")), (2, .noCondition(rule: "cover"))),
    Case(
      "weight in words", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    weight: heavy\n    any: [井盖]\n    hits: [井盖]\n",
      (4, .wrongType(key: "weight", expected: "whole number"))),
    Case(
      "condition that is no list", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: {a: b}\n    hits: [井盖]\n",
      (4, .unknownKey("a")), (4, .missingKey("word")), (2, .noCondition(rule: "cover"))),
    Case(
      "unknown topic", rules, "rules:\n  - id: cover\n    topic: '77'\n    any: [井盖]\n    hits: [井盖]\n",
      (3, .unknownCode(key: "topic", code: "77"))),
    Case(
      "unknown kind", rules, "rules:\n  - id: cover\n    kind: wish\n    any: [井盖]\n    hits: [井盖]\n",
      (3, .unknownCode(key: "kind", code: "wish"))),
    Case(
      "unknown scope", rules, "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    in: head\n    hits: [井盖]\n",
      (5, .unknownCode(key: "in", code: "head"))),
    Case(
      "unknown co-handler", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    co:\n      - housing\n      - nobody\n    hits: [井盖]\n",
      (7, .unknownCode(key: "department", code: "nobody"))),
    Case(
      "one id twice", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], hits: [井盖]}\n  - {id: cover, topic: '02', any: [路灯], hits: [路灯]}\n",
      (3, .duplicate("cover"))),
    Case(
      "unknown word group", rules, "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖, '@lids']\n    hits: [井盖]\n",
      (4, .unknownWordGroup("@lids"))),
    Case(
      "one word group twice", rules,
      "words:\n  lids: [井盖]\n", (2, .duplicate("@lids"))),
    Case(
      "keyword of spaces", rules, "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖, ' 　']\n    hits: [井盖]\n",
      (4, .emptyKeyword)),
    Case(
      "no condition", rules, "rules:\n  - id: cover\n    topic: '01'\n    none: [井盖]\n    hits: [井盖]\n",
      (2, .noCondition(rule: "cover"))),
    Case(
      "no verdict", rules, "rules:\n  - id: cover\n    any: [井盖]\n    hits: [井盖]\n", (2, .noVerdict(rule: "cover"))),
    Case(
      "two verdicts", rules, "rules:\n  - id: cover\n    topic: '01'\n    kind: idea\n    any: [井盖]\n    hits: [井盖]\n",
      (2, .severalVerdicts(rule: "cover"))),
    Case(
      "wanted and forbidden", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖, 路灯]\n    none: [井蓋]\n    hits: [路灯]\n",
      (2, .contradiction(rule: "cover", keyword: "井盖"))),
    Case(
      "near without a distance", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    near:\n      - {a: 井盖, b: 坏}\n    hits: [井盖]\n",
      (6, .missingKey("within"))),
    Case(
      "near with one side", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    near:\n      - {a: 井盖, within: 4}\n    hits: [井盖]\n",
      (5, .missingKey("b"))),
    Case("no example", rules, "rules:\n  - {id: cover, topic: '01', any: [井盖]}\n", (2, .noExample(rule: "cover"))),
    Case(
      "a keyword that adds nothing", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖, 电力井盖], hits: [井盖]}\n",
      (2, .shadowedKeyword(rule: "cover", keyword: "电力井盖"))),
    Case(
      "a forbidden word inside a wanted one", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖, 路灯罩], none: [路灯], hits: [井盖]}\n",
      (2, .deadKeyword(rule: "cover", keyword: "路灯罩"))),
    Case(
      "more of them than there are", rules,
      "rules:\n  - {id: cover, topic: '01', at_least: {count: 3, of: [井盖, 坏]}, hits: [井盖]}\n",
      (2, .deadRule(rule: "cover"))),
    Case(
      "wanted and forbidden as a whole", rules,
      "rules:\n  - {id: cover, topic: '01', all: [井盖, 坏], none: [坏], hits: [井盖]}\n", (2, .deadRule(rule: "cover"))),
    Case(
      "at least without a number", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    at_least: {of: [井盖, 坏]}\n    hits: [井盖]\n",
      (4, .missingKey("count")), (2, .noCondition(rule: "cover"))),
    Case(
      "an exclusion word that excludes nothing", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], except: [路灯厂], hits: [井盖]}\n",
      (2, .idleExclusion(rule: "cover", keyword: "路灯厂"))),
    Case(
      "two rules that say the same", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], hits: [井盖]}\n  - {id: lid, topic: '01', any: [井盖], hits: [井盖]}\n",
      (3, .sameRule(rule: "lid", as: "cover"))),
    Case(
      "two rules that contradict each other", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], hits: [井盖]}\n  - {id: lid, topic: '02', any: [井盖], hits: [井盖]}\n",
      (3, .opposedRules(rule: "lid", to: "cover"))),
    Case(
      "a kind that asks for a kind", rules,
      "rules:\n  - id: cover\n    kind: idea\n    any: [井盖]\n    when: {kind: fault}\n    hits: [井盖]\n",
      (5, .kindOfKind(rule: "cover"))),
    Case(
      "an empty when", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    when: {}\n    hits: [井盖]\n",
      (5, .missingKey("channel station region kind months weekdays hours length"))),
    Case(
      "an unknown channel and an unknown station", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    when: {channel: fax, station: moon}\n    hits: [井盖]\n",
      (5, .unknownCode(key: "channel", code: "fax")), (5, .unknownCode(key: "station", code: "moon")),
      (5, .missingKey("channel station region kind months weekdays hours length"))),
    Case(
      "a month too many", rules,
      "rules:\n  - id: cover\n    topic: '01'\n    any: [井盖]\n    when: {channel: chat, months: 6-13}\n    hits: [井盖]\n",
      (5, .wrongType(key: "months", expected: "1-12"))),
    Case(
      "no such day, and one that ends before it begins", rules,
      """
      rules:
        - {id: cover, topic: '01', any: [井盖], from: 2025-02-30, hits: [井盖]}
        - {id: lamp, topic: '01', any: [路灯], from: 2025-07-01, until: 2025-06-30, hits: [路灯]}

      """,
      (2, .wrongType(key: "from", expected: "date such as 2025-07-01")), (3, .neverInForce)),
    Case(
      "a place to stand that is none", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], at: end, hits: [井盖]}\n",
      (2, .unknownCode(key: "at", code: "end"))),
    Case(
      "near in words", rules,
      "rules:\n  - {id: cover, topic: '01', near: [{a: 井盖, b: 坏, within: page}], hits: [井盖]}\n",
      (2, .wrongType(key: "within", expected: "whole number or sentence")), (2, .noCondition(rule: "cover"))),
    Case(
      "a group that leads back to itself", rules,
      "words:\n  lids: [井盖, '@more']\n  more: ['@lids']\nrules:\n  - {id: cover, topic: '01', any: ['@lids'], hits: [井盖]}\n",
      (3, .circularWordGroup("@lids"))),
    Case(
      "a word mapping with an unknown key", rules,
      "rules:\n  - {id: cover, topic: '01', any: [{word: 井盖, synonym: 盖子}], hits: [井盖]}\n",
      (2, .unknownKey("synonym"))),
    Case(
      "an example with a bad time", rules,
      "rules:\n  - {id: cover, topic: '01', any: [井盖], hits: [{text: 井盖, at: yesterday}]}\n",
      (2, .wrongType(key: "at", expected: "time such as 2025-07-01T23:10"))),
    Case(
      "a zone nobody knows", "book.yaml", "book: sample\nversion: '1'\nzone: Mars\n",
      (3, .wrongType(key: "zone", expected: "Asia/Shanghai or +08:00"))),
    Case(
      "topic without its parent", "topics.yaml", "topics:\n  - {code: '01', name: 城建}\n  - {code: '0201', name: 停车}\n",
      (3, .unknownCode(key: "parent", code: "02"))),
    Case(
      "one topic twice", "topics.yaml", "topics:\n  - {code: '01', name: 城建}\n  - {code: '01', name: 交通}\n",
      (3, .duplicate("01"))),
    Case(
      "department of no tier", "departments.yaml",
      "departments:\n  - {code: a, name: 甲}\n  - {code: b, name: 乙, tier: moon}\n",
      (3, .unknownCode(key: "tier", code: "moon"))),
    Case(
      "zone over an unknown street", "regions.yaml",
      "regions:\n  - {code: '9', name: 镜湖市, level: city}\n  - {code: 9Z, name: 湖滨, level: zone, parent: '9', over: ['91']}\n",
      (3, .unknownCode(key: "region", code: "91"))),
    Case(
      "station without a region", "stations.yaml", "stations:\n  - {code: east, name: 东区驿站}\n",
      (2, .missingKey("region"))),
    Case(
      "route to nobody", "routing.yaml",
      "routes:\n  - {id: a, topic: '01', lead: nobody}\nfallback: {lead: social-work}\n",
      (2, .unknownCode(key: "department", code: "nobody"))),
    Case("no fallback", "routing.yaml", "routes: []\n", (1, .missingKey("fallback"))),
  ]

  /// Replacing one file of the sample can break references from others; only what is said of the file itself counts.
  @Test(arguments: cases) func names(_ example: Case) throws {
    var replacements: [String: String?] = [example.file: example.text]
    if example.name == "one word group twice" { replacements["keywords/earlier.yaml"] = "words:\n  lids: [盖子]\n" }
    let found = SampleBook.problems(try SampleBook.files(replacing: replacements)).filter { $0.file == example.file }
    #expect(Set(found) == Set(example.problems))
    #expect(found.count == example.problems.count)
  }

  @Test(arguments: [
    ("rules:\n  - id: cover\n    topic: [\n", 3...5), ("rules:\n  - id: 'cover\n", 2...4), ("a: b\n\tc: d\n", 2...3),
  ]) func namesTheLineOfASyntaxFault(_ text: String, _ lines: ClosedRange<Int>) throws {
    let files = try SampleBook.files(replacing: ["keywords/rules.yaml": text])
    let found = SampleBook.problems(files).filter { $0.file == "keywords/rules.yaml" }
    #expect(found.count == 1)
    let problem = try #require(found.first)
    #expect(lines.contains(problem.line))
    var isSyntax = false
    if case .syntax = problem.fault { isSyntax = true }
    #expect(isSyntax)
  }

  /// Nobody mends a book one fault a run.
  @Test func reportsAllFaultsOfAllFilesAtOnce() throws {
    let files = try SampleBook.files(replacing: [
      "book.yaml": "book: sample\ncolour: red\nversion: '1'\n",
      "stations.yaml": "stations:\n  - {code: east, name: 东区驿站, region: '7'}\n  - {code: west}\n",
      "keywords/rules.yaml": """
      rules:
        - id: first
          topic: "77"
          any: [井盖]
        - id: second
          topic: "01"
          any: ["@nothing", 井盖]
          weight: much
        - id: first
          kind: idea
        - id: third
          any: [盖]
      """,
    ])
    let found = Set(SampleBook.problems(files).filter { !$0.isWarning })
    #expect(
      found == [
        RuleProblem(file: "book.yaml", line: 2, fault: .unknownKey("colour")),
        RuleProblem(file: "stations.yaml", line: 2, fault: .unknownCode(key: "region", code: "7")),
        RuleProblem(file: "stations.yaml", line: 3, fault: .missingKey("name")),
        RuleProblem(file: "keywords/rules.yaml", line: 3, fault: .unknownCode(key: "topic", code: "77")),
        RuleProblem(file: "keywords/rules.yaml", line: 7, fault: .unknownWordGroup("@nothing")),
        RuleProblem(file: "keywords/rules.yaml", line: 8, fault: .wrongType(key: "weight", expected: "whole number")),
        RuleProblem(file: "keywords/rules.yaml", line: 9, fault: .duplicate("first")),
        RuleProblem(file: "keywords/rules.yaml", line: 11, fault: .noVerdict(rule: "third")),
      ])
  }

  @Test func warningsDoNotStopABook() throws {
    let book = try SampleBook.book(rules: "rules:\n  - {id: cover, topic: '01', any: [井盖, 窨井盖]}\n")
    #expect(
      Set(book.warnings) == [
        RuleProblem(file: "keywords/rules.yaml", line: 2, fault: .noExample(rule: "cover")),
        RuleProblem(file: "keywords/rules.yaml", line: 2, fault: .shadowedKeyword(rule: "cover", keyword: "窨井盖")),
      ])
    #expect(book.fired(body: "井盖") == ["cover"])
  }

  @Test func brokenBytesAreReportedAndNeverTrap() throws {
    for bytes: [UInt8] in [
      [], [0xFF, 0xFE, 0x00], [0x00], Array("\u{0}".utf8), Array("*a".utf8), Array("&a [*a]".utf8),
    ] {
      for path in ["book.yaml", "topics.yaml", "regions.yaml", "routing.yaml", "keywords/rules.yaml"] {
        let files = try SampleBook.files(replacing: [path: nil]) + [RuleFile(path: path, bytes: bytes)]
        #expect(!SampleBook.problems(files).filter { !$0.isWarning }.isEmpty)
      }
    }
  }

  // MARK: Version

  @Test func theVersionChangesWithAnyByteAndNothingElse() throws {
    let files = try SampleBook.files()
    let version = try RuleBook(files: files).version
    #expect(version.hasPrefix("1+"))
    #expect(version.count == 10)
    #expect(try RuleBook(files: files.reversed()).version == version)
    for index in files.indices {
      var changed = files
      changed[index].bytes.append(0x0A)
      #expect(try RuleBook(files: changed).version != version)
    }
  }

  @Test func namesAndTreesAreThere() throws {
    let book = try SampleBook.book()
    #expect(book.name == "sample")
    #expect(book.warnings.filter { !$0.isWarning }.isEmpty)
    let cover = try #require(book.topic(code: "010101"))
    #expect(book.path(ofTopic: cover).map { book.topics[$0].code } == ["01", "0101", "010101"])
    #expect(book.topics[cover].level == 3)
    let street = try #require(book.region(code: "900101"))
    #expect(book.chain(ofRegion: street).map { book.regions[$0].code } == ["900101", "9001Z", "9001", "90"])
    #expect(book.code(ofRegion: book.district(ofRegion: street)) == "9001Z")
    let housing = book.departments[try #require(book.department(code: "housing"))]
    let east = book.regions[try #require(book.region(code: "9001"))]
    #expect(housing.name(tier: .district, district: east) == "东区住建局")
    #expect(housing.name(tier: .city, district: east) == "市住建局")
    #expect(housing.name(tier: .district, district: nil) == "市住建局")
  }
}
