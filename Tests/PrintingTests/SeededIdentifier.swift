import TestSupport

/// Personal details that are well-formed and nobody's, in the disguises people give them. Telephone numbers lie in
/// subscriber block 0000, resident ids in a county that does not exist.
struct SeededIdentifier {
  /// The product's code of its kind.
  var kind: String
  /// The words around it, where they announce it.
  var text: String

  static let kinds = [
    "mobile", "id-number", "bank-card", "landline", "plate", "email", "messenger", "door-number", "name",
    "company-code",
    "job-number",
  ]

  static func all(_ count: Int, seed: UInt64) -> [SeededIdentifier] {
    var random = SeededGenerator(seed)
    return (0..<count).map { SeededIdentifier(kinds[$0 % kinds.count], &random) }
  }

  init(_ kind: String, _ random: inout SeededGenerator) {
    self.kind = kind
    switch kind {
    case "mobile": text = SeededIdentifier.disguised(SeededIdentifier.mobile(&random), groups: [3, 4, 4], &random)
    case "id-number":
      text = SeededIdentifier.disguised(SeededIdentifier.residentID(&random), groups: [6, 8, 4], &random)
    case "bank-card":
      text = SeededIdentifier.disguised(SeededIdentifier.bankCard(&random), groups: [4, 4, 4, 4, 3], &random)
    case "landline": text = "0736-0000\(SeededIdentifier.digits(3, &random))"
    case "plate": text = "湘J·\(random.element(of: ["A", "B", "D", "F"]))0\(SeededIdentifier.digits(3, &random))"
    case "email": text = "rider\(SeededIdentifier.digits(4, &random))@example.com"
    case "messenger": text = "微信号：xiaoge_\(SeededIdentifier.digits(5, &random))"
    case "door-number":
      text = "\(1 + random.below(20))栋\(1 + random.below(4))单元\(1 + random.below(28))0\(1 + random.below(4))"
    case "name": text = "联系人：\(random.element(of: ["陈", "周", "刘", "黄"]))\(random.element(of: ["小明", "建国", "丽华", "志强"]))"
    case "company-code": text = SeededIdentifier.companyCode(&random)
    default: text = "工号A\(SeededIdentifier.digits(5, &random))"
    }
  }

  static func digits(_ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in String(random.below(10)) }.joined()
  }

  static func mobile(_ random: inout SeededGenerator) -> String {
    "1\(3 + random.below(7))\(random.below(10))0000\(digits(4, &random))"
  }

  /// GB 11643-1999 with a right check digit.
  static func residentID(_ random: inout SeededGenerator) -> String {
    let date = (1960 + random.below(45)) * 10_000 + (1 + random.below(12)) * 100 + 1 + random.below(28)
    let body = "430799\(date)\(digits(3, &random))"
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
  }

  /// Nineteen digits that pass the Luhn check, behind an issuer number nobody uses.
  static func bankCard(_ random: inout SeededGenerator) -> String {
    let body = "629999\(digits(12, &random))"
    var sum = 0
    for (position, digit) in body.utf8.reversed().enumerated() {
      let doubled = Int(digit - 48) * (position % 2 == 0 ? 2 : 1)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return body + String((10 - sum % 10) % 10)
  }

  /// GB 32100-2015.
  static func companyCode(_ random: inout SeededGenerator) -> String {
    let characters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let body = "91430799MA4" + (0..<6).map { _ in String(characters[random.below(31)]) }.joined()
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    let sum = zip(body, weights).reduce(0) { $0 + (characters.firstIndex(of: $1.0) ?? 0) * $1.1 }
    return body + String(characters[(31 - sum % 31) % 31])
  }

  /// As it is, in full width, in groups, with characters nobody sees between, with one mark between groups.
  private static func disguised(_ number: String, groups: [Int], _ random: inout SeededGenerator) -> String {
    switch random.below(7) {
    case 0: return wide(number)
    case 1: return grouped(number, groups, by: " ")
    case 2: return number.map(String.init).joined(separator: "\u{200B}")
    case 3: return grouped(number, groups, by: "\u{AD}")
    case 4: return grouped(number, groups, by: "-")
    case 5: return grouped(number, groups, by: ".")
    default: return number
    }
  }

  private static func wide(_ number: String) -> String {
    String(String.UnicodeScalarView(number.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
  }

  private static func grouped(_ number: String, _ groups: [Int], by mark: String) -> String {
    var rest = number[...]
    return groups.map { length in
      defer { rest = rest.dropFirst(length) }
      return String(rest.prefix(length))
    }.joined(separator: mark)
  }
}
