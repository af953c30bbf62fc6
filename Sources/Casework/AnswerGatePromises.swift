/// Promises of an answer, and whether they say when.
extension AnswerGate {
  /// One finding for each sentence that promises without a time.
  func undatedPromises(_ text: AnswerGateText, _ matter: AnswerGateMatter) -> [AnswerGateFinding] {
    text.sentences.compactMap { sentence in
      guard let promise = promise(in: sentence, text, matter), !isDated(sentence, text.scalars) else { return nil }
      return AnswerGateFinding(.undatedPromise, span: text.span(promise))
    }
  }

  /// The first promise of a sentence that is the unit's own.
  private func promise(in sentence: Range<Int>, _ text: AnswerGateText, _ matter: AnswerGateMatter) -> Range<Int>? {
    words.promises.matches(in: text.scalars, sentence).first { promise in
      words.notPromises.match(text.scalars, at: promise.lowerBound) < promise.count
        && !isAsked(promise, sentence, text.scalars) && !isDone(promise, sentence, text.scalars)
        && !matter.isQuoted(text.scalars, at: promise.lowerBound)
    }
  }

  /// 请您尽快…: somebody else is asked, in the same clause.
  private func isAsked(_ promise: Range<Int>, _ sentence: Range<Int>, _ scalars: [UInt32]) -> Bool {
    let start = clause(around: promise, sentence, scalars).lowerBound
    return !words.askedOfOthers.matches(in: scalars, start..<promise.lowerBound).isEmpty
  }

  /// 适时调整了…: it is done, in the same clause.
  private func isDone(_ promise: Range<Int>, _ sentence: Range<Int>, _ scalars: [UInt32]) -> Bool {
    let clause = clause(around: promise, sentence, scalars)
    return scalars[clause].contains(0x4E86) || scalars[clause.lowerBound..<promise.lowerBound].contains(0x5DF2)  // 了 已
  }

  /// From comma to comma, as far as ``longestClause`` on both sides.
  private func clause(around promise: Range<Int>, _ sentence: Range<Int>, _ scalars: [UInt32]) -> Range<Int> {
    func isComma(_ index: Int) -> Bool { scalars[index] == 0x2C || scalars[index] == 0x3A }
    let first = max(sentence.lowerBound, promise.lowerBound - Self.longestClause)
    let last = min(sentence.upperBound, promise.upperBound + Self.longestClause)
    var (start, end) = (promise.lowerBound, promise.upperBound)
    while start > first, !isComma(start - 1) { start -= 1 }
    while end < last, !isComma(end) { end += 1 }
    return start..<end
  }

  /// A number with 年 月 日 天 周 小时 …, or a word that names a time.
  private func isDated(_ sentence: Range<Int>, _ scalars: [UInt32]) -> Bool {
    if !words.dates.matches(in: scalars, sentence).isEmpty { return true }
    return sentence.contains { index in
      guard index > sentence.lowerBound, Self.units.contains(scalars[index]) else { return false }
      var before = index - 1
      // 三个工作日, 两个月, 24小时
      while before > sentence.lowerBound, index - before < 4, Self.between.contains(scalars[before]) { before -= 1 }
      return AnswerGateText.isDigit(scalars[before]) || Self.numerals.contains(scalars[before])
    }
  }

  /// Scalars on either side of a promise that are looked at; it keeps the reading linear.
  private static let longestClause = 40
  private static let units = Set("年月日号天周时季".unicodeScalars.map(\.value))
  private static let between = Set("个工作小季".unicodeScalars.map(\.value))
  private static let numerals = Set("一二两三四五六七八九十半几".unicodeScalars.map(\.value))
}
