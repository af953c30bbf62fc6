/// Names that nothing announces but the number next to them, or the end of the text.
///
/// A surname with 师傅 or 女士 says who it is only beside a telephone number; the full name beside it is found here too.
extension NameReader {
  /// The spans found, with the names beside the numbers among them, and the signature.
  func withNeighbours(_ found: [PersonalDataSpan]) -> [PersonalDataSpan] {
    if found.isEmpty { return signature().map { [PersonalDataSpan(range: $0, kind: .name)] } ?? [] }
    var all: [PersonalDataSpan] = []
    all.reserveCapacity(found.count + 2)
    for (position, span) in found.enumerated() {
      var span = span
      let from = all.last?.range.upperBound ?? 0
      // What stands behind the number before may reach into a name found without it.
      guard span.range.lowerBound >= from else {
        if span.kind == .name { continue }
        span.range = max(from, span.range.lowerBound)..<span.range.upperBound
        all.append(span)
        continue
      }
      guard NameReader.isPersons(span.kind) else {
        all.append(span)
        continue
      }
      if let name = name(beforeNumberAt: span.range.lowerBound), name.lowerBound >= from { append(name, &all) }
      all.append(span)
      let next = position + 1 < found.count ? found[position + 1].range.lowerBound : text.count
      if let name = name(behindNumberAt: span.range.upperBound), name.upperBound <= next { append(name, &all) }
    }
    if let name = signature(), name.lowerBound >= all.last?.range.upperBound ?? 0 { append(name, &all) }
    return all
  }

  private func append(_ name: Range<Int>, _ spans: inout [PersonalDataSpan]) {
    spans.append(PersonalDataSpan(range: name, kind: .name))
  }

  private static func isPersons(_ kind: PersonalDataKind) -> Bool {
    kind == .mobile || kind == .landline || kind == .residentID || kind == .bankCard
  }

  // MARK: Before a number

  /// 李某 138…, 王师傅的电话:138….
  private func name(beforeNumberAt number: Int) -> Range<Int>? {
    var end = number
    var hasLabel = false
    while end > 0, number - end < 12 {
      if isMark(text[end - 1]) {
        end -= 1
      } else if end > 1, NameReader.isLabel(text[end - 2], text[end - 1]) {
        end -= 2
        hasLabel = true
      } else if NameReader.labelEnds.contains(text[end - 1]) {
        end -= 1
        hasLabel = true
      } else {
        break
      }
    }
    if let titled = titledName(endingAt: end) { return titled }
    if let name = fullName(endingAt: end) { return name }
    guard end >= 2 else { return nil }
    // 燕某430703…: two usual characters touch the number, though the sentence runs on before them.
    if !hasLabel, isSurname(end - 2, .surname), isGiven(end - 1), !hasWord(at: end - 2) { return end - 2..<end }
    // 小李138…, 老王138….
    let isFamiliar = text[end - 2] == 0x5C0F || text[end - 2] == 0x8001
    return isFamiliar && isSurname(end - 1, .surname) && isBoundary(before: end - 2) ? end - 2..<end : nil
  }

  /// 王师傅, 老张师傅, 李姐: the surname with its title; of a full name the name.
  private func titledName(endingAt end: Int) -> Range<Int>? {
    guard end >= 2 else { return nil }
    let title = NameReader.isTitle(text[end - 2], text[end - 1]) ? end - 2 : end - 1
    guard title < end - 1 || NameReader.shortTitles.contains(text[end - 1]), title > 0 else { return nil }
    if let name = fullName(endingAt: title) { return name }
    if title > 1, NameCharacter.isCompoundSurname(text[title - 2], text[title - 1]) { return title - 2..<end }
    guard isSurname(title - 1, .anySurname), !NameCharacter.isWord(text[title - 1], text[title]) else { return nil }
    let isFamiliar = title > 1 && (text[title - 2] == 0x8001 || text[title - 2] == 0x5C0F)
    let start = isFamiliar ? title - 2 : title - 1
    return title < end - 1 && isSurname(title - 1, .surname) || isBoundary(before: start) ? start..<end : nil
  }

  // MARK: Behind a number

  /// 138… 李某, 138…(王先生).
  private func name(behindNumberAt number: Int) -> Range<Int>? {
    var start = number
    while start < text.count, start - number < 2, isMark(text[start]) { start += 1 }
    // 联系人 again, which announces 王先生 too little elsewhere.
    if start + 2 < text.count, text[start] == 0x8054, text[start + 1] == 0x7CFB, text[start + 2] == 0x4EBA {
      start += 3
      if start < text.count, isMark(text[start]) { start += 1 }
    }
    guard start + 1 < text.count else { return nil }
    let isApart = start > number || isGap(after: number - 1)
    let familiar = text[start] == 0x8001 || text[start] == 0x5C0F ? 1 : 0
    let surname = start + familiar
    guard surname < text.count else { return nil }
    if surname + 1 < text.count, isSurname(surname, .anySurname) {
      let title = NameCharacter.isCompoundSurname(text[surname], text[surname + 1]) ? surname + 2 : surname + 1
      if isTitle(title) { return start..<title + 2 }
      let isShort = title < text.count && NameReader.shortTitles.contains(text[title])
      if isShort, isApart, !hasWord(at: surname), isEnded(title + 1) { return start..<title + 1 }
    }
    if familiar == 1, isApart, isSurname(surname, .surname), isEnded(surname + 1) { return start..<surname + 1 }
    guard let end = nameEnd(at: start, .guessed) else { return nil }
    return isEnded(end) || text[end] == 0x6536 || end - start > 2 && isFollowed(end) ? start..<end : nil  // 收
  }

  // MARK: At the end

  /// The name under a letter: ——李某, 此致敬礼 李某 2025年6月1日.
  private func signature() -> Range<Int>? {
    guard text.count >= NameReader.shortestLetter else { return nil }
    var end = text.count
    while end > 0, text.count - end < 24, isMark(text[end - 1]) || isDate(text[end - 1]) { end -= 1 }
    guard end >= NameReader.shortestLetter, NameCharacter.isHan(text[end - 1]) else { return nil }
    for length in [4, 3, 2] {
      let start = end - length
      guard start > 1 else { continue }
      let before = text[start - 1]
      let isDash = before == 0x2D
      let isRegards = before == 0x793C && text[start - 2] == 0x656C  // 敬礼
      let isAnew = isDash || isRegards || isGap(after: start - 1) || before == 0x2E || before == 0x21
      if isAnew, nameEnd(at: start, isDash ? .announced : .guessed) == end { return start..<end }
    }
    return nil
  }

  /// Scalars below which a text is a place or a title, and its last word no signature.
  private static var shortestLetter: Int { 16 }

  /// Digits, and 年 月 日 when a date stands behind a name.
  private func isDate(_ scalar: UInt32) -> Bool {
    PersonalData.digit(scalar) != nil || scalar == 0x5E74 || scalar == 0x6708 || scalar == 0x65E5 || scalar == 0x5341
      || scalar == 0x2E || scalar == 0x2F
  }

  // MARK: Words

  /// : , ( ) / - " ; and brackets
  private func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3A, 0x2C, 0x28, 0x29, 0x2F, 0x2D, 0x22, 0x3B, 0x2B: true
    default: false
    }
  }

  /// 电话 手机 号码 方式 联系 微信 身份 证件 座机 卡号
  private static func isLabel(_ first: UInt32, _ second: UInt32) -> Bool {
    switch (first, second) {
    case (0x7535, 0x8BDD), (0x624B, 0x673A), (0x53F7, 0x7801), (0x65B9, 0x5F0F), (0x8054, 0x7CFB), (0x5FAE, 0x4FE1),
      (0x8EAB, 0x4EFD), (0x8BC1, 0x4EF6), (0x5EA7, 0x673A), (0x5361, 0x53F7): true
    default: false
    }
  }

  /// 号 是 为 的 证 同 收
  private static let labelEnds = scalars("号是为的证同收")

  /// 李姐, 王哥, 刘总
  private static let shortTitles = scalars("哥姐总叔姨嫂工")
}
