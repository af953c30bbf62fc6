import Rules
import TestSupport
import Testing

/// Published lists of divisions, and the `regions.yaml` made of them.
struct DivisionImportTests {
  private static func file(_ text: String, _ path: String = "list.csv") -> RuleFile {
    RuleFile(path: path, bytes: Array(text.utf8))
  }

  private static func yaml(_ texts: String..., city: String = "4399") throws -> String {
    try DivisionImport(DivisionList(texts.map { file($0) }), city: city).yaml
  }

  /// Without the comment at the head.
  private static func lines(_ yaml: String) -> [String] {
    yaml.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  static let small = [
    "regions:",
    #"  - {code: "4399", name: 镜湖市, level: city, aliases: [镜湖]}"#,
    #"  - {code: "439901", name: 鼎山区, level: county, parent: "4399", aliases: [鼎山]}"#,
    "  # 鼎山区",
    #"  - {code: "439901001", name: 郭家桥街道, level: street, parent: "439901", aliases: [郭家桥]}"#,
    #"  - {code: "439901001002", name: 双井社区, level: community, parent: "439901001"}"#,
    #"  - {code: "439901100", name: 白云镇, level: street, parent: "439901"}"#,
  ]

  static let tables = [
    // Rows in any order, other cities among them, a byte order mark, quotes, line ends of two kinds.
    "\u{FEFF}code,name,cityCode,provinceCode\r\n439801,\"别处区\",4398,43\r\n439901,\"鼎山区\",4399,43\r\n4399,镜湖市,,43\r\n"
      + "439901100,\"白云镇\",439901,43\n439901001, 郭家桥街道 ,439901,43\n\n439901001002,双井社区,439901001,43",
    // No column of parents: the digits say.
    "name,code\n镜湖市,4399\n鼎山区,439901\n郭家桥街道,439901001\n白云镇,439901100\n双井社区,439901001002\n",
    // Padded to one width.
    "code,name\n439900000000,镜湖市\n439901000000,鼎山区\n439901001000,郭家桥街道\n439901100000,白云镇\n439901001002,双井社区\n",
    // JSON with children, as numbers and as texts.
    """
    [{"code":43,"name":"某省","children":[{"code":4399,"name":"镜湖市","children":[
      {"code":"439901","name":"鼎山区","children":[
        {"code":"439901001","name":"郭家桥街道","children":[{"code":"439901001002","name":"双井社区"}]},
        {"code":"439901100","name":"白云镇","children":[]}]}]}]}]
    """,
    // Flat JSON, the children first.
    #"[{"code":"439901100","name":"白云镇","parent":"439901"},{"code":"439901001002","name":"双井社区","parent":"439901001"},"#
      + #"{"code":"439901001","name":"郭家桥街道","parent":"439901"},{"code":"439901","name":"鼎山区","parent":"4399"},"#
      + #"{"code":"4399","name":"镜湖市","parent":null}]"#,
  ]

  @Test(arguments: tables) func readsListsAsTheyArePublished(_ text: String) throws {
    #expect(try DivisionImportTests.lines(DivisionImportTests.yaml(text)) == DivisionImportTests.small)
    let padded = try DivisionImportTests.yaml(text, city: "439900")
    #expect(DivisionImportTests.lines(padded) == DivisionImportTests.small)
  }

  @Test func severalFilesAreOneList() throws {
    let whole = "code,name\n4399,镜湖市\n439901,鼎山区\n439901001,郭家桥街道\n"
    let parts = ["439901001,郭家桥街道\n", "4399,镜湖市\n439901,鼎山区\n", "4399,镜湖市\n"]
    let list = DivisionList(parts.map { Self.file("code,name\n" + $0) })
    #expect(try DivisionImport(list, city: "4399").yaml == DivisionImportTests.yaml(whole))
  }

  // MARK: Names

  @Test func sharedNamesAreAsked() throws {
    let lines = try DivisionImportTests.lines(
      DivisionImportTests.yaml(
        """
        code,name
        4399,镜湖市
        439901,甲山县
        439902,乙山县
        439901101,龙潭桥镇
        439901102,城关镇
        439902101,龙潭桥乡
        439902102,城关镇
        439902103,甲山
        """))
    #expect(lines.contains(#"  - {code: "439901", name: 甲山县, level: county, parent: "4399"}"#))
    #expect(lines.contains(#"  - {code: "439902", name: 乙山县, level: county, parent: "4399", aliases: [乙山]}"#))
    #expect(lines.contains(#"  - {code: "439901101", name: 龙潭桥镇, level: street, parent: "439901"}"#))
    let asked = lines.drop { $0 != "ambiguous:" }.dropFirst()
    #expect(asked.count == 2)
    let question = "“龙潭桥”是指甲山县龙潭桥镇，还是乙山县龙潭桥乡？"
    #expect(
      asked.contains { $0.hasPrefix(#"  - {name: 龙潭桥, candidates: ["439901101", "439902101"], ask: "\#(question)","#) })
    #expect(asked.contains { $0.hasPrefix(#"  - {name: 城关镇, candidates: ["439901102", "439902102"], ask: "#) })
  }

  /// From the official name to what may stand for it; nothing where it would be an ordinary word or too short.
  static let aliases: [(level: Int, name: String, aliases: String?)] = [
    (1, "鼎城区", "鼎城"), (1, "澧县", nil), (1, "津市市", "津市"), (1, "和平区", nil), (1, "朝阳区", nil), (1, "西湖管理区", nil),
    (1, "湘江新区", nil), (1, "某某族自治县", nil), (2, "郭家铺街道", "郭家铺"), (2, "府坪街道", nil), (2, "建设路街道", nil),
    (2, "花岩溪林场", "花岩溪"), (2, "许家桥回族维吾尔族乡", nil), (2, "大石桥街道办事处", "大石桥, 大石桥街道"),
    (3, "双井社区居委会", "双井社区"), (3, "渔樵村", nil), (3, "大黄泥村村委会", "大黄泥, 大黄泥村"),
  ]

  @Test(arguments: aliases) func shortNamesAreTakenWithCare(_ example: (level: Int, name: String, aliases: String?)) throws {
    let codes = ["4399", "439901", "439901001", "439901001001"]
    var rows = "code,name\n4399,镜湖市\n"
    for level in 1..<example.level { rows += "\(codes[level]),某\(level)\n" }
    let yaml = try DivisionImportTests.yaml(rows + "\(codes[example.level]),\(example.name)\n")
    let line = try #require(yaml.split(separator: "\n").last { $0.contains("code: \"\(codes[example.level])\"") })
    let suffix = example.aliases.map { ", aliases: [\($0)]}" } ?? "\"}"
    #expect(line.hasSuffix(suffix), "\(line)")
    #expect(!line.contains("aliases") == (example.aliases == nil))
  }

  /// Municipalities have a layer between them and their districts that nobody lives in.
  @Test func layersOfStatisticsAreLeftOut() throws {
    let provinces = "code,name\n98,上津市\n"
    let rest = "code,name\n9801,市辖区\n980101,东城门区\n980101001,某街道\n"
    for city in ["98", "9801"] {
      let lines = try DivisionImportTests.lines(DivisionImportTests.yaml(provinces, rest, city: city))
      #expect(lines[1] == "  - {code: \"\(city)\", name: 上津市, level: city, aliases: [上津]}")
      #expect(lines[2].hasPrefix("  - {code: \"980101\", name: 东城门区, level: county, parent: \"\(city)\""))
      #expect(!lines.contains { $0.contains("市辖区") })
    }
    #expect(throws: DivisionFault.self) { try DivisionImportTests.yaml(rest, city: "9801") }
  }

  // MARK: Faults

  struct Faulty: Sendable, CustomTestStringConvertible {
    var text: String
    var line: Int
    var fault: DivisionProblem.Fault
    var testDescription: String { "\(fault)" }

    init(_ text: String, _ line: Int, _ fault: DivisionProblem.Fault) {
      self.text = text
      self.line = line
      self.fault = fault
    }
  }

  static let faulty = [
    Faulty(" \n", 1, .empty),
    Faulty("编码,名称\n4399,镜湖市\n", 1, .noColumn("code")),
    Faulty("code,title\n4399,镜湖市\n", 1, .noColumn("name")),
    Faulty("code,name\n4399,镜湖市\n439901,鼎山区,多\n", 3, .columns(expected: 2, found: 3)),
    Faulty("code,name\n4399,\"镜湖市\n439901,鼎山区\n", 2, .quotes),
    Faulty("code,name\n4399,\"镜湖\"市\n", 2, .quotes),
    Faulty("code,name\n4399,\"镜\n湖市\"\n439901,\n", 4, .missing(key: "name")),
    Faulty("code,name\n4399,镜湖市\n,鼎山区\n", 3, .missing(key: "code")),
    Faulty("code,name\n4399,镜湖市\n4399,另一市\n", 3, .otherName(code: "4399", earlier: "镜湖市")),
    Faulty(
      "code,name,areaCode,cityCode\n4399,镜湖市,,\n439901001,郭家桥街道,439901,4399\n", 3,
      .missingParent(code: "439901", of: "439901001")),
    Faulty("[\n{\"code\":\"4399\",\"name\":\"镜湖市\"},\n\"东区\"]", 3, .notAnObject),
    Faulty("[\n{\"code\":\"4399\"}]", 2, .missing(key: "name")),
    Faulty("code,name\n4301,别处市\n", 0, .unknownCity(code: "4399")),
  ]

  @Test(arguments: faulty) func faultsSayWhere(_ example: Faulty) throws {
    do throws(DivisionFault) {
      _ = try DivisionImport(DivisionList([DivisionImportTests.file(example.text)]), city: "4399")
      Issue.record("no fault")
    } catch {
      #expect(error.problems.first?.fault == example.fault)
      #expect(error.problems.first?.line == example.line)
    }
  }

  @Test func otherEncodingsAndBrokenJSONAreRefused() {
    let bytes = Array("code,name\n4399,".utf8) + [0xBE, 0xB5, 0xBA, 0xFE]
    let gbk = DivisionList([RuleFile(path: "gbk.csv", bytes: bytes)])
    #expect(gbk.problems == [DivisionProblem(file: "gbk.csv", line: 1, fault: .notUTF8)])
    let broken = DivisionList([DivisionImportTests.file("[\n{\"code\":\"4399\",\n", "broken.json")])
    #expect(broken.problems.count == 1)
    if case .json? = broken.problems.first?.fault {} else { Issue.record("\(broken.problems)") }
  }

  // MARK: Round trip

  /// What is written is a gazette the compiler takes, together with the rest of a book.
  @Test func theOutputIsAGazette() throws {
    let text = """
      code,name,parent
      90,镜湖市,
      9001,东区,90
      9002,西区,90
      9001Z,湖滨度假区,90
      900101,湖滨街道,9001
      900102,望江桥街道,9001
      900201,西门街道,9002
      900202,望江桥镇,9002
      """
    let yaml = try DivisionImportTests.yaml(text, city: "90")
    let book = try RuleBook(files: SampleBook.files(replacing: ["regions.yaml": yaml]))
    #expect(book.regions.count == 8)
    #expect(book.code(ofRegion: book.explain(body: "湖滨街道的路灯").judgement.region) == "900101")
    let asked = book.explain(body: "望江桥的路灯").judgement
    #expect(asked.asked.map { book.ambiguous[$0].name } == "望江桥")
    #expect(book.code(ofRegion: book.explain(body: "西区望江桥的路灯").judgement.region) == "900202")
  }

  /// The published lists of the whole country, cut down to one city.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"), arguments: ["4307", "1101", "4419"])
  func publishedListsAreRead(_ city: String) throws {
    let folder = try #require(PackageRoot.shared) + "/data/gazetteer_cn/"
    let files = try ["provinces", "cities", "areas", "streets"].map {
      RuleFile(path: $0 + ".csv", bytes: try PackageRoot.bytes(folder + $0 + ".csv"))
    }
    let divisions = try DivisionImport(DivisionList(files), city: city)
    #expect(divisions.areaCount > 30)
    if city == "4307" { #expect(divisions.areaCount == 1 + 10 + 178) }
    #expect(try DivisionImport(DivisionList(files.reversed()), city: city).yaml == divisions.yaml)
    let book = try RuleBook(
      files: SampleBook.files(replacing: [
        "regions.yaml": divisions.yaml, "stations.yaml": "stations: []\n", "keywords/rules.yaml": "rules: []\n",
        "routing.yaml": "routes: []\nfallback: {lead: social-work}\n",
      ]))
    #expect(book.regions.count == divisions.areaCount)
  }
}
