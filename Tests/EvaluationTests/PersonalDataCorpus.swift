import Foundation
import TestSupport

/// Texts with personal details in them whose places are known, and with numbers that are nobody's. All invented: the
/// check digits are right, the people are not there.
struct PersonalDataCorpus {
  struct Text {
    var text: String
    var marked: [(start: Int, end: Int, kind: String)]
  }

  enum Disguise: CaseIterable, Sendable {
    case plain, fullWidth, zeroWidth, spaced, chinese
  }

  static let checksums = ["id-number", "bank-card", "company-code"]
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed) }

  private static let before = [
    "花溪路口的井盖破了，请联系", "建议驿站加个充电柜，我的号码是", "站长你好，资料：", "反映人留的：", "2025年7月15日在常德大道送单，", "外卖箱被偷，登记了",
  ]
  private static let after = ["。", "，请尽快回复", "，谢谢！", "；路灯也不亮。", "（勿公开）", "，等您消息"]
  /// Numbers that are no one's.
  private static let innocent = [
    "订单号202507150012345678", "工单20250715001234", "一共花了1280.50元", "2025-07-15 09:12", "G319国道K12+300", "第3102060号文件", "12345热线",
    "电费账单8812003", "6月30日前", "每天跑100多单，共3000公里", "限速40", "08:30到17:30", "长度3.14159265米", "编号为A-2025-0715-003的路灯杆", "一二三四五，上山打老虎",
    "运单SF1234567890123", "第一二三号楼", "版本10.15.7", "二〇二五年七月十五日", "三五七九路公交", "约1500000000元投资",
  ]

  /// - Parameter kinds: of the details; every text has one of them.
  mutating func text(_ kinds: [String], _ disguise: Disguise = .plain) -> Text {
    let kind = generator.element(of: kinds)
    let head = generator.element(of: Self.before) + (generator.below(2) == 0 ? generator.element(of: Self.innocent) + "，" : "")
    let detail = disguised(number(kind), disguise)
    let tail = generator.element(of: Self.after) + (generator.below(2) == 0 ? generator.element(of: Self.innocent) : "")
    let start = head.unicodeScalars.count
    return Text(text: head + detail + tail, marked: [(start, start + detail.unicodeScalars.count, kind)])
  }

  /// A text with nothing in it that is anybody's.
  mutating func innocent() -> Text {
    Text(
      text: generator.element(of: ["花溪路口的井盖破了，", "建议驿站加个充电柜，", "昨天"]) + generator.element(of: Self.innocent) + "，"
        + generator.element(of: Self.innocent) + generator.element(of: Self.after), marked: [])
  }

  private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in "\(generator.below(10))" }.joined() }

  mutating func number(_ kind: String) -> String {
    switch kind {
    case "id-number":
      let region = generator.element(of: ["430702", "430703", "430781", "110105", "440305"])
      let month = generator.below(12) + 1
      let day = generator.below(28) + 1
      let body = region + "\(1950 + generator.below(60))" + (month < 10 ? "0" : "") + "\(month)" + (day < 10 ? "0" : "") + "\(day)" + digits(3)
      let sum = zip(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
      return body + String(Array("10X98765432")[sum % 11])
    case "bank-card":
      let body = generator.element(of: ["622202", "621700", "436742", "622848"]) + digits(generator.below(2) == 0 ? 9 : 12)
      let sum = body.reversed().enumerated().reduce(0) { sum, entry in
        let value = (entry.element.wholeNumberValue ?? 0) * (entry.offset % 2 == 0 ? 2 : 1)
        return sum + (value > 9 ? value - 9 : value)
      }
      return body + "\((10 - sum % 10) % 10)"
    case "company-code":
      let characters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
      let body = "91" + "430702" + "MA" + String((0..<7).map { _ in characters[generator.below(31)] })
      var sum = 0
      var weight = 1
      for character in body {
        sum += (characters.firstIndex(of: character) ?? 0) * weight
        weight = weight * 3 % 31
      }
      return body + String(characters[(31 - sum % 31) % 31])
    case "mobile": return "1" + generator.element(of: ["3", "5", "7", "8", "9"]) + digits(9)
    case "plate": return "湘J" + generator.element(of: ["A", "B", "K"]) + digits(4)
    case "email": return "rider" + digits(3) + "@example.com"
    case "messenger": return "微信号wx_" + digits(6)
    case "job-number": return "工号A" + digits(5)
    default: return ""
    }
  }

  private mutating func disguised(_ number: String, _ disguise: Disguise) -> String {
    switch disguise {
    case .plain: return number
    case .fullWidth:
      return String(
        String.UnicodeScalarView(number.unicodeScalars.map { $0.value > 0x20 && $0.value < 0x7F ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0 }))
    case .zeroWidth: return number.map { String($0) + (generator.below(3) == 0 ? "\u{200B}" : "") }.joined()
    case .spaced:
      return number.enumerated().map { ($0.offset > 0 && $0.offset % 4 == 0 ? " " : "") + String($0.element) }.joined()
    case .chinese:
      let numerals = Array("零一二三四五六七八九")
      return String(number.map { $0.wholeNumberValue.map { numerals[$0] } ?? $0 })
    }
  }
}
