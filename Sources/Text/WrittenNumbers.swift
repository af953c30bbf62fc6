/// Numbers that hide from a search for digits: in Chinese numerals, with letters between, behind a word.
extension PersonalData {
  /// A digit, also as a Chinese numeral read out one by one; 幺 is how a telephone number's 1 is said.
  @inline(__always) static func digit(_ scalar: UInt32) -> UInt8? {
    if scalar &- 48 < 10 { return UInt8(truncatingIfNeeded: scalar - 48) }
    guard scalar >= 0x3007 else { return nil }
    switch scalar {
    case 0x3007, 0x96F6: return 0  // 〇 零
    case 0x4E00, 0x5E7A, 0x58F9: return 1  // 一 幺 壹
    case 0x4E8C, 0x8D30: return 2  // 二 贰
    case 0x4E09, 0x53C1: return 3  // 三 叁
    case 0x56DB, 0x8086: return 4  // 四 肆
    case 0x4E94, 0x4F0D: return 5  // 五 伍
    case 0x516D, 0x9646: return 6  // 六 陆
    case 0x4E03, 0x67D2: return 7  // 七 柒
    case 0x516B, 0x634C: return 8  // 八 捌
    case 0x4E5D, 0x7396: return 9  // 九 玖
    default: return nil
    }
  }

  /// A number of somebody's with Chinese numerals in it: 一三八零零一三八零零零, 幺三八0013八000.
  static func written(_ text: UnsafeBufferPointer<UInt32>, at start: Int) -> PersonalDataSpan? {
    guard digit(text[start]) != nil, start + 10 < text.count else { return nil }
    guard start == 0 || digit(text[start - 1]) == nil else { return nil }
    var count = 0
    var isWritten = false
    var end = start
    while end < text.count, count <= 19 {
      if digit(text[end]) != nil {
        count += 1
        if text[end] >= 0x80 { isWritten = true }
        end += 1
      } else if text[end] == 0x2D, end + 1 < text.count, digit(text[end + 1]) != nil {
        end += 1
      } else {
        break
      }
    }
    guard isWritten, count >= 11 else { return nil }
    let values = text[start..<end].compactMap(digit)
    switch values.count {
    case 11 where values[0] == 1 && values[1] >= 3: return PersonalDataSpan(range: start..<end, kind: .mobile)
    case 17 where end < text.count && text[end] == 0x78 && residentCheck(values, last: 10):
      return PersonalDataSpan(range: start..<end + 1, kind: .residentID)
    case 18 where residentCheck(Array(values.prefix(17)), last: Int(values[17])):
      return PersonalDataSpan(range: start..<end, kind: .residentID)
    case 16...19 where luhn(values) && values[0] >= 3: return PersonalDataSpan(range: start..<end, kind: .bankCard)
    default: return nil
    }
  }

  /// GB 32100-2015: 18 digits and letters without I O S V Z, the last one a check character modulo 31.
  static func companyCode(_ text: UnsafeBufferPointer<UInt32>, at start: Int) -> PersonalDataSpan? {
    // 1-9, A, N or Y names the registering body; nearly all are 5, 9 or 1.
    guard let first = codeValue(text[start]), first > 0, start + 18 <= text.count,
      start == 0 || !isAlphanumeric(text[start - 1]), start + 18 == text.count || !isAlphanumeric(text[start + 18])
    else { return nil }
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    var sum = 0
    var letters = 0
    for (position, weight) in weights.enumerated() {
      guard let value = codeValue(text[start + position]) else { return nil }
      if value > 9 { letters += 1 }
      sum += value * weight
    }
    guard let check = codeValue(text[start + 17]), (31 - sum % 31) % 31 == check else { return nil }
    // Eighteen digits are a person's number unless their check says otherwise; that is looked at elsewhere.
    guard letters > 0 || check > 9 || first == 9 || first == 5 else { return nil }
    return PersonalDataSpan(range: start..<start + 18, kind: .companyCode)
  }

  private static let codeCharacters: [UInt32] = "0123456789abcdefghjklmnpqrtuwxy".unicodeScalars.map(\.value)

  private static let codeValues: [Int8] = (0..<128).map { scalar in
    Int8(codeCharacters.firstIndex(of: UInt32(scalar)) ?? -1)
  }

  @inline(__always) private static func codeValue(_ scalar: UInt32) -> Int? {
    guard scalar < 128 else { return nil }
    let value = codeValues[Int(scalar)]
    return value < 0 ? nil : Int(value)
  }

  @inline(__always) private static func isAlphanumeric(_ scalar: UInt32) -> Bool {
    scalar &- 48 < 10 || scalar &- 97 < 26
  }

  /// A rider's own number behind its word: 工号A10233, 骑手编号:88213, 员工号是30112.
  static func jobNumber(_ text: UnsafeBufferPointer<UInt32>, at start: Int) -> PersonalDataSpan? {
    // 工号, 编号 behind 骑手 or 员工 or 骑士
    guard start >= 1 else { return nil }
    let isJob = text[start - 1] == 0x5DE5
    let isNumber =
      text[start - 1] == 0x7F16 && start >= 3
      && ((text[start - 3] == 0x9A91 && (text[start - 2] == 0x624B || text[start - 2] == 0x58EB))
        || (text[start - 3] == 0x5458 && text[start - 2] == 0x5DE5))
    guard isJob || isNumber else { return nil }
    var from = start + 1
    while from < text.count, from - start <= 3, text[from] == 0x3A || text[from] == 0x662F || text[from] == 0x4E3A {
      from += 1
    }
    var end = from
    var digits = 0
    while end < text.count, end - from < 16, isAlphanumeric(text[end]) {
      if text[end] &- 48 < 10 { digits += 1 }
      end += 1
    }
    return end - from >= 4 && digits >= 3 ? PersonalDataSpan(range: from..<end, kind: .jobNumber) : nil
  }
}
