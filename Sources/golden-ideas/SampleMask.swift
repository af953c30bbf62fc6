import Evaluation
import Foundation

/// Values of a sample as somebody may see them who only has to tell which field is which: personal details cut out, and
/// what names or reaches somebody, or is too short for the finder to judge, as its shape alone.
enum SampleMask {
  /// Characters of a value that are shown.
  private static let most = 40
  /// Below that, a value is shown when others of the sample say the same, as categories do.
  private static let short = 12

  /// Parts of a path's last name behind which people and ways to reach them stand.
  private static let personal = [
    "name", "writer", "author", "sender", "user", "contact", "phone", "tel", "mobile", "mail", "wechat", "weixin", "qq",
    "idcard", "identity", "address", "姓名", "名字", "称呼", "联系", "电话", "手机", "邮箱", "微信", "身份证", "证件", "地址", "作者", "昵称",
    "反映人", "来件人", "投诉人", "署名",
  ]

  /// A few of them, each once.
  static func shown(_ values: [String], path: String) -> [String] {
    let isPersonal = path.lowercased().split(whereSeparator: { "/.@".contains($0) }).contains { part in
      personal.contains { part.contains($0) }
    }
    var counts: [String: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    var shown: [String] = []
    for value in values.prefix(50) {
      let isFree = !isPersonal && (value.count >= short || isPlain(value) || counts[value, default: 0] > 2)
      let text = cut(isFree ? PrivacyEvaluation.redacted(value) : shape(value))
      if !shown.contains(text) { shown.append(text) }
      if shown.count == 3 { break }
    }
    return shown
  }

  /// Dates, numbers with few digits and codes: what carries no name.
  private static func isPlain(_ value: String) -> Bool {
    let digits = value.unicodeScalars.count { ("0"..."9").contains($0) }
    let isDate = value.contains { "-/:".contains($0) } && value.allSatisfy { "0123456789-/:. TZ+".contains($0) }
    return isDate || (digits == value.unicodeScalars.count && digits <= 6)
  }

  private static func cut(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > most ? line.prefix(most) + "…" : line
  }

  /// 字 for a Chinese character, x for a letter, 0 for a digit, marks as they are.
  private static func shape(_ text: String) -> String {
    var shape = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .otherLetter: shape.append("字")
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter: shape.append("x")
      case .decimalNumber: shape.append("0")
      default: shape.append(scalar)
      }
    }
    return String(shape)
  }
}
