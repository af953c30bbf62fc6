/// A place named in a folded text: two characters or a number, and an ending like 路 or 小区.
struct AnswerGatePlace: Sendable, Hashable {
  /// The characters that name it.
  var stem: [UInt32]
  var ending: [UInt32]
  /// In the folded text it was found in.
  var range: Range<Int>
  var tier: Tier

  enum Tier: UInt8, Sendable {
    /// A road, an estate, a village.
    case site
    /// A township or a community, after which offices are called, too.
    case area
    /// A school, a hospital: a place when it is named, but many are meant in general.
    case landmark
  }

  /// In the order of the text. What stands before a name is not known, so two characters have to do for it.
  static func all(in scalars: [UInt32], _ words: AnswerGateWords) -> [AnswerGatePlace] {
    var places: [AnswerGatePlace] = []
    var index = 0
    while index < scalars.count {
      let lists: [(Tier, AnswerGateWordList)] = [
        (.site, words.sites), (.area, words.areas), (.landmark, words.landmarks),
      ]
      var (tier, length) = (Tier.site, 0)
      for (next, list) in lists {
        let match = list.match(scalars, at: index)
        if match > length { (tier, length) = (next, match) }
      }
      guard length > 0 else {
        index += 1
        continue
      }
      if let stem = stem(before: index, length: length, in: scalars, words) {
        places.append(
          AnswerGatePlace(
            stem: Array(scalars[stem]), ending: Array(scalars[index..<index + length]),
            range: stem.lowerBound..<index + length, tier: tier))
      }
      index += length
    }
    return places
  }

  /// The characters before an ending that name a place; nil when it is no name.
  private static func stem(
    before end: Int, length: Int, in scalars: [UInt32], _ words: AnswerGateWords
  ) -> Range<Int>? {
    let last = end + length - 1
    // 马路, 路灯: the ending is part of another word.
    if words.ordinaryBefore.match(scalars, at: last) > length { return nil }
    if words.ordinaryBehind.match(scalars, at: end) > length || words.ordinaryBehind.match(scalars, at: last) > 1 {
      return nil
    }
    // 横街巷: the last ending counts.
    if length == 1, words.sites.match(scalars, at: last + 1) == 1 { return nil }
    guard end > 0 else { return nil }
    if AnswerGateText.isDigit(scalars[end - 1]) {
      var start = end
      while start > 0, end - start < 4, AnswerGateText.isDigit(scalars[start - 1]) { start -= 1 }
      return start..<end
    }
    // 开元东路 is 开元路, too.
    let isDirected = end > 2 && directions.contains(scalars[end - 1]) && roads.contains(scalars[last])
    let end = isDirected ? end - 1 : end
    guard end > 1 else { return nil }
    let name = scalars[end - 2..<end]
    // 市横街: one character is too little to know a name again.
    guard name.allSatisfy({ AnswerGateText.isHan($0) && !words.never.contains($0) && !words.above.contains($0) })
    else { return nil }
    // 通过小区: words of every office.
    let pair = AnswerGateText.pair(scalars[end - 2], scalars[end - 1])
    return words.commonPairs.contains(pair) ? nil : end - 2..<end
  }

  private static let directions = Set("东西南北中".unicodeScalars.map(\.value))
  private static let roads = Set("路街道".unicodeScalars.map(\.value))

  var isNumber: Bool { AnswerGateText.isDigit(stem[0]) }

  /// Whether a text names the place, by its neighbouring characters and the numbered places in it. Endings are often
  /// left out or written otherwise (教师村小区, 教师村); a number says nothing without its ending.
  func isNamed(byPairs pairs: Set<UInt64>, numbered: Set<[UInt32]>) -> Bool {
    if isNumber { return numbered.contains(stem + ending) }
    if pairs.contains(AnswerGateText.pair(stem[0], stem[1])) { return true }
    // 兰苑小区 for 岚苑小区
    return ending.count > 1 && pairs.contains(AnswerGateText.pair(stem[1], ending[0]))
  }
}

extension AnswerGate {
  /// Whether the answer names the place of the message, or another one instead.
  func place(_ text: AnswerGateText, _ matter: AnswerGateMatter) -> AnswerGateFinding? {
    guard matter.places.contains(where: { $0.tier != .landmark }) else { return nil }
    let pairs = AnswerGateText.pairs(text.scalars)
    let said = AnswerGatePlace.all(in: text.scalars, words)
    let numbered = Set(said.lazy.filter(\.isNumber).map { $0.stem + $0.ending })
    for place in matter.places + matter.placesByTheWay where place.isNamed(byPairs: pairs, numbered: numbered) {
      return nil
    }
    // 该路段 is enough for whoever has the message before him, and a question of rules has no place.
    let isReferredTo = !words.references.matches(in: text.scalars, text.scalars.indices).isEmpty
    if isReferredTo || matter.isEnquiry { return AnswerGateFinding(.noPlace, .note) }
    let other = said.first { place in
      place.tier == .site && !place.isNumber && words.units.match(text.scalars, at: place.range.upperBound) == 0
        && !matter.contains(AnswerGateText.pair(place.stem[0], place.stem[1]))
    }
    return other.map { AnswerGateFinding(.otherPlace, span: text.span($0.range)) } ?? AnswerGateFinding(.noPlace)
  }
}
