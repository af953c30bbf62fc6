import Foundation
import TestSupport
import Testing
import Text

/// What is found in a text, as `kind:folded detail`, in the order of the text.
func details(in text: String) -> [String] {
  var text = text
  var folded = FoldedText(capacity: 64)
  let range = text.withUTF8 { folded.fold($0) }
  let scalars = Array(folded[range])
  let sources = UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count)
  return PersonalData.spans(in: folded[range], sources: sources).map {
    "\($0.kind.code):\(Folding.string(scalars[$0.range]))"
  }
}

/// Numbers here belong to nobody; check digits are right where the case says so.
struct PersonalDataTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var found: [String]
    var testDescription: String { text }

    init(_ text: String, _ found: String...) {
      self.text = text
      self.found = found
    }
  }

  static let residentIDs = [
    Case("身份证11010519491231002X", "id-number:11010519491231002x"),
    Case("身份证11010519491231002x，请查", "id-number:11010519491231002x"),
    Case("430702200012011231", "id-number:430702200012011231"),
    Case("１１０１０５１９４９１２３１００２Ｘ", "id-number:11010519491231002x"),
    Case("430703 19870215 106X", "id-number:43070319870215106x"),
    Case("430703-19870215-106X", "id-number:430703-19870215-106x"),
    Case("4307\u{200B}0319870215106X", "id-number:43070319870215106x"),
    Case("老证430703870215106号", "id-number:430703870215106"),
    Case("11010519491231002X是我的", "id-number:11010519491231002x"),
    // A wrong check digit, the 13th month, the 32nd day: no id, and nothing else either.
    Case("110105194912310021"),
    Case("110105194912310020"),
    Case("430703198713151065"),
    Case("430703198702321065"),
    Case("430703870215106000000"),
    Case("430703871315106"),
    Case("430703870232106"),
  ]

  static let phones = [
    Case("手机13812345678", "mobile:13812345678"),
    Case("手机138-1234-5678", "mobile:138-1234-5678"),
    Case("手机138 1234 5678。", "mobile:13812345678"),
    Case("１９９００００６６１２", "mobile:19900006612"),
    Case("+86 138 1234 5678", "mobile:+8613812345678"),
    Case("+86-138-1234-5678", "mobile:+86-138-1234-5678"),
    Case("(+86)13812345678", "mobile:13812345678"),
    Case("008613812345678", "mobile:008613812345678"),
    Case("打13812345678或者13987654321", "mobile:13812345678", "mobile:13987654321"),
    Case("电话：13812345678转801", "mobile:13812345678"),
    Case("1\u{200B}3\u{200D}8\u{FEFF}12345678", "mobile:13812345678"),
    Case("①3812345678", "mobile:13812345678"),
    Case("0736-7712345", "landline:0736-7712345"),
    Case("0736 7712345", "landline:07367712345"),
    Case("010-12345678", "landline:010-12345678"),
    Case("座机7712345", "landline:7712345"),
    Case("12812345678"),
    Case("1381234567"),
    Case("138123456789"),
  ]

  static let cardsAndPlates = [
    Case("卡号6222021901012345672", "bank-card:6222021901012345672"),
    Case("卡号6222 0219 0101 2345 672", "bank-card:6222021901012345672"),
    Case("6222-0219-0101-2345-672", "bank-card:6222-0219-0101-2345-672"),
    Case("４１１１１１１１１１１１１１１１", "bank-card:4111111111111111"),
    Case("6222021901012345671"),
    Case("4111111111111112"),
    Case("湘J12345", "plate:湘j12345"),
    Case("湘J·A1234", "plate:湘j·a1234"),
    Case("湘J•A1234", "plate:湘j·a1234"),
    Case("湘J-A1234", "plate:湘j-a1234"),
    Case("湘 J A 1 2 3 4", "plate:湘ja1234"),
    Case("湘Ｊ１２３４５", "plate:湘j12345"),
    Case("绿牌湘JD12345挡路", "plate:湘jd12345"),
    Case("湘JF12345", "plate:湘jf12345"),
    Case("货车湘J12345D", "plate:湘j12345d"),
    Case("湘J-12345", "plate:湘j-12345"),
    Case("湘·J12345", "plate:湘·j12345"),
    Case("湘J·12·345", "plate:湘j·12·345"),
    Case("湘j 1 2 3 4 5", "plate:湘j12345"),
    Case("湘J一二三四五", "plate:湘j一二三四五"),
    Case("湘J1234挂乱停", "plate:湘j1234挂"),
    Case("教练车湘J1234学", "plate:湘j1234学"),
    Case("湘J1234警", "plate:湘j1234警"),
    Case("粤Z1234港", "plate:粤z1234港"),
    Case("湘J12345和湘J54321", "plate:湘j12345", "plate:湘j54321"),
    // Behind the word also without the province, and electric bicycles with the city's name.
    Case("车牌号：J12345", "plate:j12345"),
    Case("电动车牌 常德123456", "plate:常德123456"),
    Case("车牌常德B2031", "plate:常德b2031"),
    Case("湘J1234"),
    Case("湘J路口"),
    Case("车牌号尾数5438"),
    Case("新A区12345"),
    Case("A12345"),
  ]

  static let accountsDoorsAndNames = [
    Case("邮箱rider@example.com，", "email:rider@example.com"),
    Case("１２３４５６＠example．com", "email:123456@example.com"),
    Case("qin.laosan@example.com", "email:qin.laosan@example.com"),
    Case("qin-lao_san+1@mail.example.cn", "email:qin-lao_san+1@mail.example.cn"),
    Case("微信号：abc_12345", "messenger:abc_12345"),
    Case("WX:zqjz_8899", "messenger:zqjz_8899"),
    Case("QQ 2900001357", "messenger:2900001357"),
    Case("3栋401漏水", "door-number:401"),
    Case("3栋2单元401", "door-number:2单元401"),
    Case("７栋１单元３０１室", "door-number:1单元301室"),
    Case("5号楼1203室", "door-number:1203室"),
    Case("我叫覃文斌", "name:覃文斌"),
    Case("姓名：张三", "name:张三"),
    Case("本人叫王小明，住在玉霞街道", "name:王小明"),
    Case("我是李四，骑手", "name:李四"),
    Case("联系人是刘明亮。", "name:刘明亮"),
  ]

  @Test(arguments: residentIDs + phones + cardsAndPlates + accountsDoorsAndNames) func finds(_ example: Case) {
    #expect(details(in: example.text) == example.found)
  }

  /// White space is dropped in the shadow text; what stands behind it must not lengthen a number until it is none.
  static let neighbours = [
    Case("13812345678 13987654321", "mobile:13812345678", "mobile:13987654321"),
    Case("13812345678\n2025年6月13日", "mobile:13812345678"),
    Case("电话13812345678 3栋的", "mobile:13812345678"),
    Case("2025年6月 13812345678", "mobile:13812345678"),
    Case("11010519491231002X 13812345678", "id-number:11010519491231002x", "mobile:13812345678"),
    Case("430702200012011231 13812345678", "id-number:430702200012011231", "mobile:13812345678"),
    Case("湘J12345 2024年年检", "plate:湘j12345"),
    Case("TEL13812345678", "mobile:13812345678"),
    Case("加V13812345678", "mobile:13812345678"),
    Case("v信:abc12345", "messenger:abc12345"),
  ]

  @Test(arguments: neighbours) func findsBesideOtherNumbersAndLetters(_ example: Case) {
    #expect(details(in: example.text) == example.found)
  }

  /// Chinese numerals count units of a house too.
  @Test func findsDoorsWithChineseNumerals() {
    let found = details(in: "11栋二单元602室漏水")
    #expect(found.count == 1 && found[0].hasPrefix("door-number:") && found[0].hasSuffix("602室"))
  }

  static let harmless = [
    "我是高中生", "我是骑手", "我是外卖员，不是快递员", "我是常德人", "我叫了车", "人叫车等了半小时", "订单号202506131234", "单号123456789012",
    "运单SF1234567890123", "运单YT1234567890123", "订单1234567890123456", "2025-06-13", "2025/06/13", "20250613",
    "2025年6月13日", "12:30-14:00", "12：30", "早上8点到晚上10点", "35.5元", "128.50元", "￥1,288.00", "35路公交", "K202路", "202路转33路",
    "S226省道", "G319国道", "12345热线", "12319", "打110报警", "100-200米", "每天8-10单", "13楼", "24小时", "花溪路128号", "3栋电梯坏了",
    "3栋和5栋之间", "3栋5楼", "第3个路口", "5G信号", "A1出口", "iPhone15", "2024-2025年度", "1.2.3版", "北纬29.0319东经111.6986",
    "京东快递", "新A区", "云计算", "微信扫码", "微信小程序", "qq群里说的", "有问题找@社区", "人叫不应", "",
  ]

  @Test(arguments: harmless) func findsNothingInOrdinaryTexts(_ text: String) {
    #expect(details(in: text).isEmpty)
  }

  @Test func codesAndPlaceholdersAreDistinct() {
    #expect(Set(PersonalDataKind.allCases.map(\.code)).count == PersonalDataKind.allCases.count)
    #expect(Set(PersonalDataKind.allCases.map(\.placeholder)).count == PersonalDataKind.allCases.count)
  }

  @Test func spansAreInOrderAndApart() {
    var generator = SeededGenerator(7)
    let characters =
      "13812345678 6222021901012345672湘J12345@example.com我叫王小明3栋401微信qq-+.x，骑手李红先生师傅老师张是本人电话车牌姐"
    let pieces = Array(characters.unicodeScalars).map(String.init) + ["13812345678", "王师傅", "联系人", "欧阳", "李红"]
    for _ in 0..<20_000 {
      var text = (0..<generator.below(40)).map { _ in generator.element(of: pieces) }.joined()
      var folded = FoldedText(capacity: 64)
      let range = text.withUTF8 { folded.fold($0) }
      var end = 0
      let sources = UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count)
      for span in PersonalData.spans(in: folded[range], sources: sources) {
        let isApart = span.range.lowerBound >= end && !span.range.isEmpty && span.range.upperBound <= range.count
        #expect(isApart, "\(text)")
        end = span.range.upperBound
      }
    }
  }
}

/// The details labelled in the shipped fixtures.
struct LabelledPersonalDataTests {
  struct Label: Sendable {
    var id: String
    var kind: String
    var text: String
  }

  static let path = "fixtures/expected/personal-data.tsv"
  static let isThere = FileManager.default.fileExists(atPath: PackageRoot.path + "/" + path)

  static func labels() throws -> [Label] {
    try String(decoding: PackageRoot.bytes(path), as: UTF8.self).split(separator: "\n").dropFirst().compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 3 else { return nil }
      return Label(id: columns[0], kind: columns[1], text: columns[2])
    }
  }

  static let kinds = [
    "id-card": "id-number", "mobile": "mobile", "landline": "landline", "bank-card": "bank-card", "plate": "plate",
    "email": "email", "qq": "messenger", "wechat": "messenger", "door": "door-number", "name": "name",
  ]

  /// Found is what `eval privacy` calls found: a span of the right kind over at least half of the detail.
  @Test(.enabled(if: isThere)) func findsNinetyNineInAHundred() throws {
    try expectFound(LabelledPersonalDataTests.labels(), least: 0.99)
  }

  /// The same kind by kind, so that a weak one shows.
  @Test(.enabled(if: isThere), arguments: kinds.keys.sorted()) func findsOfEachKind(_ kind: String) throws {
    try expectFound(LabelledPersonalDataTests.labels().filter { $0.kind == kind }, least: 0.99)
  }

  private func expectFound(_ labels: [Label], least: Double) throws {
    let fields = try FixtureFields.all()
    #expect(!labels.isEmpty)
    var missed: [String] = []
    for label in labels {
      // The sentence it stands in; a contact field holds the detail and nothing else.
      let body = fields.filter { $0.contains(label.text) && $0.count > label.text.count + 4 }
        .max { $0.count < $1.count }
      if let body {
        if !isFound(label, in: body) { missed.append("\(label.id) \(label.kind)") }
      } else {
        missed.append("\(label.id) \(label.kind): not in the inbox")
      }
    }
    let share = 1 - Double(missed.count) / Double(max(1, labels.count))
    let list = missed.joined(separator: "; ")
    #expect(share >= least, "\(missed.count) of \(labels.count) missed: \(list)")
  }

  private func isFound(_ label: Label, in body: String) -> Bool {
    guard let place = body.range(of: label.text) else { return false }
    let from = body.utf8.distance(from: body.startIndex, to: place.lowerBound)
    let to = body.utf8.distance(from: body.startIndex, to: place.upperBound)
    var text = body
    var folded = FoldedText(capacity: 1024)
    let range = text.withUTF8 { folded.fold($0) }
    let inside = (0..<folded.count).filter { folded.sources[$0] >= from && folded.sources[$0] < to }
    let sources = UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count)
    return PersonalData.spans(in: folded[range], sources: sources).contains { span in
      span.kind.code == LabelledPersonalDataTests.kinds[label.kind]
        && inside.filter { span.range.contains($0) }.count * 2 >= inside.count
    }
  }
}
