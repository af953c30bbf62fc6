/// Vehicle plates. GA 36-2018: a character for the province, a letter for the place of issue, then five letters and
/// digits, six on new-energy vehicles; the last may be 挂 学 警 港 澳 试 超. People also write a dot, a dash or a space
/// anywhere between, and plates of electric bicycles with the city's name in front.
extension PersonalData {
  private static let provinces: Set<UInt32> = Set(
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".unicodeScalars.map(\.value))

  /// The plate whose letter for the place of issue stands at `letter`.
  static func plate(
    _ text: UnsafeBufferPointer<UInt32>, _ sources: UnsafeBufferPointer<UInt32>?, letter: Int
  ) -> PersonalDataSpan? {
    guard letter > 0, letter + 4 < text.count else { return nil }
    var start = letter - 1
    if start > 0, isPlateMark(text[start]) { start -= 1 }
    guard text[start] >= 0x80, provinces.contains(text[start]) else { return nil }
    guard let end = plateEnd(text, sources, from: letter + 1, least: 5) else { return nil }
    return PersonalDataSpan(range: start..<end, kind: .plate)
  }

  /// Behind 车牌, 车牌号, 号牌, 牌照, of which 牌 stands at `word`: also without the province, or with the city instead.
  static func announcedPlate(
    _ text: UnsafeBufferPointer<UInt32>, _ sources: UnsafeBufferPointer<UInt32>?, behind word: Int
  ) -> PersonalDataSpan? {
    guard word > 0, text[word - 1] == 0x8F66 || text[word - 1] == 0x53F7 else { return nil }  // 车 号
    var start = word + 1
    while start < text.count, start - word <= 4, isPlateLabel(text[start]) { start += 1 }
    // The province or the city, then the letter.
    var letter = start
    while letter < text.count, letter - start < 2, NameCharacter.isHan(text[letter]), digit(text[letter]) == nil {
      letter += 1
    }
    var from = letter
    if from < text.count, isPlateMark(text[from]) { from += 1 }
    guard from < text.count, isLetter(text[from]) || (letter != start + 1 && isDigit(text[from])) else { return nil }
    let hasLetter = isLetter(text[from])
    let end = plateEnd(text, sources, from: hasLetter ? from + 1 : from, least: hasLetter ? 4 : 5)
    return end.map { PersonalDataSpan(range: start..<$0, kind: .plate) }
  }

  /// Where a plate's serial that starts at `from` ends; nil when it is none: too short, too long, hardly a digit in it.
  private static func plateEnd(
    _ text: UnsafeBufferPointer<UInt32>, _ sources: UnsafeBufferPointer<UInt32>?, from: Int, least: Int
  ) -> Int? {
    var index = from
    var count = 0
    var digits = 0
    while index < text.count, count < 7 {
      if isDigit(text[index]) || (count < 5 && digit(text[index]) != nil) {
        digits += 1
      } else if !isLetter(text[index]) {
        // One mark between characters, none behind them.
        guard isPlateMark(text[index]), count < 5, index + 1 < text.count else { break }
        guard isDigit(text[index + 1]) || isLetter(text[index + 1]) else { break }
        index += 1
        continue
      }
      count += 1
      index += 1
      // 湘J12345 2024年: what stands behind a gap is no longer the plate, once that is long enough.
      if count >= 5, isGap(sources, after: index - 1) { break }
    }
    if count >= 4, count < 7, digits >= 2, index < text.count, suffixes.contains(text[index]) { return index + 1 }
    return (least...6).contains(count) && digits >= 2 ? index : nil
  }

  /// · - . _ ( ) / * :
  private static func isPlateMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xB7, 0x2D, 0x2E, 0x5F, 0x28, 0x29, 0x2F, 0x2A, 0x3A: true
    default: false
    }
  }

  /// 号 照 码 是 为 :
  private static func isPlateLabel(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x53F7, 0x7167, 0x7801, 0x662F, 0x4E3A, 0x3A: true
    default: false
    }
  }

  private static let suffixes: [UInt32] = "挂学警港澳试超".unicodeScalars.map(\.value)
}
