/// One personal detail found: positions in the folded text.
package struct PersonalDataSpan: Sendable, Hashable {
  package var range: Range<Int>
  package var kind: PersonalDataKind
}

/// Finds personal details in folded text, where width, spaces and separators cannot hide them. No regular expressions,
/// one pass.
///
/// Resident id: GB 11643-1999 (check digit ISO 7064 MOD 11-2). Bank card: Luhn, ISO/IEC 7812-1. Mobile: 1[3-9] and nine
/// more digits. Plates: GA 36-2018, with the letters of new-energy plates. Company codes: GB 32100-2015.
package enum PersonalData {
  /// - Parameter sources: where each scalar stands in the source text. Folding drops white space, which joins
  ///   138 1234 5678 to one number, but also two numbers to one: the gaps tell them apart where the whole means
  ///   nothing.
  package static func spans(
    in text: UnsafeBufferPointer<UInt32>, sources: UnsafeBufferPointer<UInt32>? = nil
  ) -> [PersonalDataSpan] {
    var found: [PersonalDataSpan] = []
    var index = 0
    let count = text.count
    let names = NameReader(text: text, sources: sources)
    starts.withUnsafeBufferPointer { starts in
      while index < count {
        let scalar = text[index]
        // Nearly every character starts nothing: one look-up each.
        let start = look(scalar, starts) & startBits
        var next = index + 1
        if start == Start.nothing.rawValue {
          index = next
          continue
        }
        if start <= Start.numeral.rawValue, let span = written(text, at: index) ?? companyCode(text, at: index) {
          found.append(span)
          next = span.range.upperBound
        } else if start == Start.digit.rawValue {
          next = digits(text, sources, at: index, &found)
        } else if start == Start.letter.rawValue {
          next = letters(text, sources, at: index, &found)
        } else if start == Start.role.rawValue {
          // Most of these words stand somewhere else than before a name.
          if next < count, look(text[next], starts) & opensName != 0, let range = names.name(behind: index) {
            found.append(PersonalDataSpan(range: range, kind: .name))
            next = range.upperBound
          }
        } else if start == Start.word.rawValue, let span = behindWord(names, at: index) {
          found.append(span)
          next = span.range.upperBound
        } else if start == Start.title.rawValue {
          let isTitle = index > 0 && look(text[index - 1], starts) & beginsTitle != 0
          let isFrame = next < count && look(text[next], starts) & (opensName | isSelf) != 0
          if isTitle || isFrame, let range = nameAround(names, at: index),
            range.lowerBound >= found.last?.range.upperBound ?? 0
          {
            found.append(PersonalDataSpan(range: range, kind: .name))
            next = max(next, range.upperBound)
          }
        }
        index = next
      }
    }
    return names.withNeighbours(found)
  }

  /// What a character can be the start of, or the end of the word before.
  private enum Start: UInt8 {
    case nothing, digit, letter, numeral
    /// Ends what a person is; a name may follow.
    case role
    case word
    /// Ends a title or starts what is said of a name before it.
    case title
  }

  /// The part of a look-up that is a ``Start``.
  private static var startBits: UInt8 { 7 }
  /// Set on a surname, and on what stands between a word and the name it announces.
  private static var opensName: UInt8 { 8 }
  /// Set on the first characters of 先生, 女士 and the like.
  private static var beginsTitle: UInt8 { 16 }
  /// Set on 我 and 本, before which a name may be somebody's own: 李某是本人.
  private static var isSelf: UInt8 { 32 }

  @inline(__always) private static func look(_ scalar: UInt32, _ starts: UnsafeBufferPointer<UInt8>) -> UInt8 {
    scalar < 0x10000 ? starts[Int(scalar)] : 0
  }

  private static let starts: [UInt8] = {
    var starts = [UInt8](repeating: Start.nothing.rawValue, count: 0x10000)
    func mark(_ characters: String, _ start: Start) {
      for scalar in characters.unicodeScalars { starts[Int(scalar.value)] = start.rawValue }
    }
    for scalar in UInt32(0x3007)..<0xA000 where digit(scalar) != nil { starts[Int(scalar)] = Start.numeral.rawValue }
    for scalar in UInt32(48)..<58 { starts[Int(scalar)] = Start.digit.rawValue }
    for scalar in UInt32(97)..<123 { starts[Int(scalar)] = Start.letter.rawValue }
    mark("叫名人字款手员民主长机东板工户客理夫子婆公亲儿友爸妈弟哥姐妹爷奶舅嫂", .role)
    mark("微薇威扣企号牌", .word)
    mark("是生士师傅", .title)
    for scalar in UInt32(0x4E00)..<0xA000 where !NameCharacter.of(scalar).isDisjoint(with: .opensName) {
      starts[Int(scalar)] |= opensName
    }
    for scalar in ":\"是为".unicodeScalars { starts[Int(scalar.value)] |= opensName }
    for scalar in "先女师老医律".unicodeScalars { starts[Int(scalar.value)] |= beginsTitle }
    for scalar in "我本".unicodeScalars { starts[Int(scalar.value)] |= isSelf }
    return starts
  }()

  /// The full name before 先生, 老师 or 是我本名; behind 我是 and 老师 the one that follows.
  private static func nameAround(_ names: NameReader, at index: Int) -> Range<Int>? {
    let isVerb = names.text[index] == 0x662F  // 是
    if let before = isVerb ? names.nameBeforeOwn(at: index) : names.nameBeforeTitle(at: index) { return before }
    return names.name(behind: index)
  }

  /// An account, a plate or a job number behind the word that announces it.
  private static func behindWord(_ names: NameReader, at index: Int) -> PersonalDataSpan? {
    let text = names.text
    switch text[index] {
    case 0x53F7: return jobNumber(text, at: index)  // 号
    case 0x724C: return announcedPlate(text, names.sources, behind: index)  // 牌
    default:
      guard index + 1 < text.count, isMessenger(text[index], text[index + 1]) else { return nil }
      return account(text, from: index + 2)
    }
  }

  // MARK: Numbers

  /// 微信 薇信 威信 扣扣 企鹅
  private static func isMessenger(_ first: UInt32, _ second: UInt32) -> Bool {
    switch first {
    case 0x5FAE, 0x8587, 0x5A01: second == 0x4FE1
    case 0x6263: second == 0x6263
    default: first == 0x4F01 && second == 0x9E45
    }
  }

  /// Whether white space stood between a scalar and the next: neighbours lie one byte apart, or three where full-width.
  static func isGap(_ sources: UnsafeBufferPointer<UInt32>?, after index: Int) -> Bool {
    guard let sources, index + 1 < sources.count else { return false }
    let distance = sources[index + 1] &- sources[index]
    return distance != 1 && distance != 3
  }

  private static func digits(
    _ text: UnsafeBufferPointer<UInt32>, _ sources: UnsafeBufferPointer<UInt32>?, at start: Int,
    _ found: inout [PersonalDataSpan]
  ) -> Int {
    // A run of digits; single dashes between digits belong to it, as people group numbers with them.
    var end = start
    var gaps: [Int] = []
    while end < text.count {
      if isDigit(text[end]) {
        if isGap(sources, after: end), end + 1 < text.count { gaps.append(end + 1) }
        end += 1
      } else if text[end] == 0x2D, end + 1 < text.count, isDigit(text[end + 1]) {
        end += 1
      } else {
        break
      }
    }
    // An e-mail address may start with digits.
    if end < text.count, text[end] == 0x40 || isLetter(text[end]), let mail = email(text, around: end, from: start) {
      found.append(mail)
      return mail.range.upperBound
    }
    if let span = number(text, start..<end) {
      found.append(span)
      return span.range.upperBound
    }
    if let door = door(text, buildingDigits: start..<end) {
      found.append(door)
      return door.range.upperBound
    }
    // The whole means nothing: try what lies between gaps, longest first.
    if gaps.isEmpty { return end }
    var from = start
    let bounds = gaps.filter { $0 < end } + [end]
    while from < end, bounds.count > 1 {
      let span = bounds.reversed().lazy.filter { $0 > from }.compactMap { number(text, from..<$0) }.first
      if let span { found.append(span) }
      let next = span?.range.upperBound ?? from + 1
      from = bounds.first { $0 >= next } ?? end
    }
    return end
  }

  /// A run of digits and dashes that is a number of somebody's; nil for all others.
  private static func number(_ text: UnsafeBufferPointer<UInt32>, _ run: Range<Int>) -> PersonalDataSpan? {
    // Dates, prices and house numbers, which are most of them, are shorter than any.
    guard run.count >= 7 else { return nil }
    var values: [UInt8] = []
    for index in run where isDigit(text[index]) {
      if values.count == 24 { return nil }
      values.append(UInt8(text[index] - 48))
    }
    let hasDashes = values.count < run.count
    let start = run.lowerBound
    if values.count == 17, run.upperBound < text.count, text[run.upperBound] == 0x78 {  // check digit X
      guard residentCheck(values, last: 10) else { return nil }
      return PersonalDataSpan(range: start..<run.upperBound + 1, kind: .residentID)
    }
    // Behind letters stands a ticket number, unless it is shaped like a telephone or a person's own number.
    let isTicket = start > 0 && isLetter(text[start - 1])
    switch values.count {
    case 18 where residentCheck(Array(values.prefix(17)), last: Int(values[17])):
      return PersonalDataSpan(range: run, kind: .residentID)
    case 16...19 where !isTicket && luhn(values) && values[0] >= 3:
      return PersonalDataSpan(range: run, kind: .bankCard)
    case 15 where !isTicket && oldResident(values):
      return PersonalDataSpan(range: run, kind: .residentID)
    case 11 where values[0] == 1 && values[1] >= 3:
      return PersonalDataSpan(range: run, kind: .mobile)
    case 13 where values[0] == 8 && values[1] == 6 && values[2] == 1 && values[3] >= 3:
      return PersonalDataSpan(range: withPlus(text, run), kind: .mobile)
    case 15 where values.starts(with: [0, 0, 8, 6, 1]) && values[5] >= 3:
      return PersonalDataSpan(range: run, kind: .mobile)
    case 10...12 where !isTicket && values[0] == 0 && values[1] != 0:
      return PersonalDataSpan(range: run, kind: .landline)
    case 7...8 where !hasDashes && isCalled(text, before: start):
      return PersonalDataSpan(range: run, kind: .landline)
    default: return nil
    }
  }

  private static func withPlus(_ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Range<Int> {
    range.lowerBound > 0 && text[range.lowerBound - 1] == 0x2B ? range.lowerBound - 1..<range.upperBound : range
  }

  /// GB 11643-1999: Σ aᵢ·2^(18-i) mod 11, written as 10X98765432; with a plausible birth date.
  static func residentCheck(_ values: [UInt8], last: Int) -> Bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    var sum = 0
    for (value, weight) in zip(values, weights) { sum += Int(value) * weight }
    guard [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2][sum % 11] == last else { return false }
    let year = values[6..<10].reduce(0) { $0 * 10 + Int($1) }
    return (1880...2099).contains(year) && plausible(month: values[10...11], day: values[12...13])
  }

  private static func oldResident(_ values: [UInt8]) -> Bool {
    (1...6).contains(values[0]) && plausible(month: values[8...9], day: values[10...11])
  }

  private static func plausible(month: ArraySlice<UInt8>, day: ArraySlice<UInt8>) -> Bool {
    let month = month.reduce(0) { $0 * 10 + Int($1) }
    let day = day.reduce(0) { $0 * 10 + Int($1) }
    return (1...12).contains(month) && (1...31).contains(day)
  }

  static func luhn(_ values: [UInt8]) -> Bool {
    var sum = 0
    for (position, value) in values.reversed().enumerated() {
      let doubled = Int(value) * (position % 2 == 1 ? 2 : 1)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// 电话 座机 固话 stand before a local number without area code.
  private static func isCalled(_ text: UnsafeBufferPointer<UInt32>, before start: Int) -> Bool {
    guard start >= 2 else { return false }
    let from = max(0, start - 4)
    for index in from..<start - 1 {
      let pair = (text[index], text[index + 1])
      if pair == (0x7535, 0x8BDD) || pair == (0x5EA7, 0x673A) || pair == (0x56FA, 0x8BDD) { return true }
    }
    return false
  }

  /// 3栋2单元401, 5号楼1203室: everything behind the building is the household's own.
  private static func door(_ text: UnsafeBufferPointer<UInt32>, buildingDigits: Range<Int>) -> PersonalDataSpan? {
    guard buildingDigits.count <= 3 else { return nil }
    var index = buildingDigits.upperBound
    guard index < text.count else { return nil }
    switch text[index] {
    case 0x680B, 0x5E62, 0x5EA7: index += 1  // 栋 幢 座
    case 0x53F7:  // 号楼
      guard index + 1 < text.count, text[index + 1] == 0x697C else { return nil }
      index += 2
    default: return nil
    }
    let from = index
    func number(_ longest: Int) -> Int {
      var end = index
      while end < text.count, isDigit(text[end]), end - index < longest { end += 1 }
      return end
    }
    var afterUnit = number(2)
    if afterUnit == index, index < text.count, unitNumerals.contains(text[index]) { afterUnit += 1 }
    if afterUnit > index, afterUnit + 1 < text.count, text[afterUnit] == 0x5355, text[afterUnit + 1] == 0x5143 {  // 单元
      afterUnit += 2
      index = afterUnit
    }
    let roomEnd = number(4)
    guard roomEnd - index >= 3 || (roomEnd > index && from != index) else { return nil }
    var end = roomEnd
    if end < text.count, [0x5BA4, 0x623F, 0x53F7, 0x6237].contains(text[end]) { end += 1 }  // 室 房 号 户
    return PersonalDataSpan(range: from..<end, kind: .doorNumber)
  }

  private static let unitNumerals: [UInt32] = "一二三四五六七八九".unicodeScalars.map(\.value)

  // MARK: Letters

  private static func letters(
    _ text: UnsafeBufferPointer<UInt32>, _ sources: UnsafeBufferPointer<UInt32>?, at start: Int,
    _ found: inout [PersonalDataSpan]
  ) -> Int {
    if let plate = plate(text, sources, letter: start) {
      found.append(plate)
      return plate.range.upperBound
    }
    var end = start
    while end < text.count, isWord(text[end]) { end += 1 }
    if end < text.count, [0x40, 0x2E, 0x2D, 0x2B].contains(text[end]),
      let mail = email(text, around: end, from: start)
    {
      found.append(mail)
      return mail.range.upperBound
    }
    // wx, vx, v信, qq, weixin as frames
    let length = min(end, start + 6) - start
    for frame in frames where frame.count <= length && frame.indices.allSatisfy({ text[start + $0] == frame[$0] }) {
      if let span = account(text, from: start + frame.count) {
        found.append(span)
        return span.range.upperBound
      }
    }
    // v信
    if text[start] == 0x76, start + 1 < text.count, text[start + 1] == 0x4FE1,
      let span = account(text, from: start + 2)
    {
      found.append(span)
      return span.range.upperBound
    }
    // A number behind letters (TEL138…) is looked at by itself.
    return (start..<end).first { isDigit(text[$0]) } ?? end
  }

  private static let frames: [[UInt32]] = ["weixin", "wechat", "wx", "vx", "qq"].map { $0.unicodeScalars.map(\.value) }

  /// An account name behind its frame: 微信号:abc_123, qq12345.
  private static func account(_ text: UnsafeBufferPointer<UInt32>, from: Int) -> PersonalDataSpan? {
    var index = from
    while index < text.count, index - from < 4, [0x53F7, 0x3A, 0x662F, 0x4E3A, 0x540C].contains(text[index]) {
      index += 1
    }
    let start = index
    while index < text.count, isWord(text[index]) || text[index] == 0x2D { index += 1 }
    guard (5...20).contains(index - start) else { return nil }
    // People give their telephone number as account name.
    return number(text, start..<index) ?? PersonalDataSpan(range: start..<index, kind: .messenger)
  }

  private static func email(_ text: UnsafeBufferPointer<UInt32>, around: Int, from: Int) -> PersonalDataSpan? {
    var at = around
    while at < text.count, isWord(text[at]) || text[at] == 0x2D || text[at] == 0x2E || text[at] == 0x2B { at += 1 }
    guard at < text.count, text[at] == 0x40, at > from else { return nil }
    var end = at + 1
    var dots = 0
    while end < text.count, isWord(text[end]) || text[end] == 0x2D || text[end] == 0x2E {
      if text[end] == 0x2E { dots += 1 }
      end += 1
    }
    while end > at + 1, text[end - 1] == 0x2E {
      end -= 1
      dots -= 1
    }
    guard dots >= 1, end - at >= 4 else { return nil }
    return PersonalDataSpan(range: from..<end, kind: .email)
  }

  @inline(__always) static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 48 < 10 }
  @inline(__always) static func isLetter(_ scalar: UInt32) -> Bool { scalar &- 97 < 26 }
  @inline(__always) private static func isWord(_ scalar: UInt32) -> Bool {
    isDigit(scalar) || isLetter(scalar) || scalar == 0x5F
  }
}
