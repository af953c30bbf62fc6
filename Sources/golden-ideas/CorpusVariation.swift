/// Makes of a text another one that says the same: written in another style, or edited as people edit.
struct CorpusVariation {
  /// How much of a text is changed.
  enum Severity: Int {
    /// 1 or 2 edits.
    case light
    /// 3 or 4.
    case medium
    /// 5 to 8.
    case heavy
  }

  private typealias Scalars = [Unicode.Scalar]

  private let traditional: [Unicode.Scalar: Unicode.Scalar]
  private let confusions: [Unicode.Scalar: Scalars]
  private let synonyms: [(from: Scalars, to: Scalars)]
  private let greetings, farewells, afterthoughts: [Scalars]
  private static let halfWidth: [Unicode.Scalar: Unicode.Scalar] = ["，": ",", "。": ".", "：": ":", "！": "!"]
  private static let stop: Unicode.Scalar = "。"
  private static let marks: Scalars = ["，", "。", "！", "：", "、"]
  private static let otherMarks: [Scalars] = [[], ["！"], ["。"], ["，"], ["！", "！"], ["…", "…"], ["；"]]
  /// Characters that get lost or doubled without anybody noticing.
  private static let loose: Scalars = ["的", "了", "都", "就", "也", "要", "在", "们"]
  private static let emoji: Scalars = ["🙏", "😭", "👍", "🛵", "📦", "⚠"]

  init() {
    func scalars(_ words: [String]) -> [Scalars] { words.map { Array($0.unicodeScalars) } }
    var traditional: [Unicode.Scalar: Unicode.Scalar] = [:]
    let pairs = Array(CorpusVocabulary.traditional.unicodeScalars)
    for index in stride(from: 0, to: pairs.count - 1, by: 2) { traditional[pairs[index]] = pairs[index + 1] }
    self.traditional = traditional
    var confusions: [Unicode.Scalar: Scalars] = [:]
    for group in scalars(CorpusVocabulary.confusions) {
      for scalar in group { confusions[scalar] = group.filter { $0 != scalar } }
    }
    self.confusions = confusions
    var synonyms: [(from: Scalars, to: Scalars)] = []
    for (left, right) in CorpusVocabulary.synonyms {
      synonyms.append((Array(left.unicodeScalars), Array(right.unicodeScalars)))
      synonyms.append((Array(right.unicodeScalars), Array(left.unicodeScalars)))
    }
    self.synonyms = synonyms
    greetings = scalars(CorpusVocabulary.greetings)
    farewells = scalars(CorpusVocabulary.farewells)
    afterthoughts = scalars(CorpusVocabulary.afterthoughts)
  }

  private func scalars(_ text: [UInt8]) -> Scalars { Array(String(decoding: text, as: UTF8.self).unicodeScalars) }

  private func bytes(_ scalars: Scalars) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }

  // MARK: Style

  /// The writer's own way with characters; most write plainly.
  func styled(_ text: [UInt8], wording: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: wording ^ 0x5354_594C_4521)
    switch random.below(1000) {
    case ..<30: return bytes(inTraditional(scalars(text)))
    case ..<50: return bytes(inFullWidth(scalars(text)))
    case ..<80: return bytes(inHalfWidth(scalars(text)))
    case ..<100: return bytes(spread(scalars(text), behind: "。", with: "\n"))
    case ..<115: return bytes(scalars(text) + [random.one(of: CorpusVariation.emoji)])
    default: return text
    }
  }

  /// Other bytes that fold to the same text: width, white space, invisible characters, traditional forms.
  func folded(_ text: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    let source = scalars(text)
    var result: Scalars
    switch random.below(100) {
    case ..<30: result = inTraditional(source)
    case ..<50: result = inFullWidth(source)
    case ..<70: result = inHalfWidth(source)
    case ..<85: result = spread(source, behind: "，", with: " ")
    default: result = spread(source, behind: "。", with: "\u{3000}")
    }
    // Inside the text and not at its end, where a reader might take it for the form's own white space.
    if result == source { result.insert("\u{200B}", at: max(1, source.count / 2)) }
    return bytes(result)
  }

  private func inTraditional(_ text: Scalars) -> Scalars { text.map { traditional[$0] ?? $0 } }

  private func inFullWidth(_ text: Scalars) -> Scalars {
    text.map { ("0"..."9").contains($0) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0 }
  }

  private func inHalfWidth(_ text: Scalars) -> Scalars { text.map { CorpusVariation.halfWidth[$0] ?? $0 } }

  /// White space behind each mark but one at the end.
  private func spread(_ text: Scalars, behind mark: Unicode.Scalar, with gap: Unicode.Scalar) -> Scalars {
    var result: Scalars = []
    for (index, scalar) in text.enumerated() {
      result.append(scalar)
      if scalar == mark, index < text.count - 1 { result.append(gap) }
    }
    return result
  }

  // MARK: Edits

  /// The text with some edits, never the same as before. Edits never touch a digit.
  func edited(_ text: [UInt8], _ severity: Severity, _ random: inout SplitMix64) -> [UInt8] {
    let source = scalars(text)
    var result = source
    let edits =
      switch severity {
      case .light: random.between(1, 2)
      case .medium: random.between(3, 4)
      case .heavy: random.between(5, 8)
      }
    for _ in 0..<edits { edit(&result, &random) }
    if result == source { result += random.one(of: afterthoughts) }
    return bytes(result)
  }

  private func edit(_ text: inout Scalars, _ random: inout SplitMix64) {
    switch random.below(100) {
    case ..<20: mistake(&text, &random)
    case ..<34: slip(&text, &random)
    case ..<62: sayOtherwise(&text, &random)
    case ..<74:
      if let at = position(in: text, &random, where: CorpusVariation.marks.contains) {
        text.replaceSubrange(at...at, with: random.one(of: CorpusVariation.otherMarks))
      }
    case ..<80: text = random.one(of: greetings) + text
    case ..<86: text += random.one(of: farewells)
    case ..<91:
      var sentences = self.sentences(text)
      guard sentences.count > 2 else { return }
      let at = random.below(sentences.count - 1)
      sentences.swapAt(at, at + 1)
      text = Array(sentences.joined())
    case ..<96: text += random.one(of: afterthoughts)
    default:
      let sentences = sentences(text)
      if sentences.count > 2 { text = Array(sentences.dropLast().joined()) }
    }
  }

  /// A character that sounds or looks alike in place of the right one.
  private func mistake(_ text: inout Scalars, _ random: inout SplitMix64) {
    guard let at = position(in: text, &random, where: { confusions[$0] != nil }), let others = confusions[text[at]]
    else { return }
    text[at] = random.one(of: others)
  }

  /// A character left out or written twice.
  private func slip(_ text: inout Scalars, _ random: inout SplitMix64) {
    guard let at = position(in: text, &random, where: CorpusVariation.loose.contains) else { return }
    if random.chance(perMille: 500) { text.remove(at: at) } else { text.insert(text[at], at: at) }
  }

  private func sayOtherwise(_ text: inout Scalars, _ random: inout SplitMix64) {
    let start = random.below(synonyms.count)
    for step in 0..<synonyms.count {
      let (from, to) = synonyms[(start + step) % synonyms.count]
      guard let at = text.indices.first(where: { text[$0] == from[0] && text[$0...].starts(with: from) })
      else { continue }
      text.replaceSubrange(at..<at + from.count, with: to)
      return
    }
  }

  /// The first fitting position at or behind a random one, then from the beginning.
  private func position(
    in text: Scalars, _ random: inout SplitMix64, where fits: (Unicode.Scalar) -> Bool
  ) -> Int? {
    guard !text.isEmpty else { return nil }
    let start = random.below(text.count)
    return text.indices[start...].first { fits(text[$0]) } ?? text.indices[..<start].first { fits(text[$0]) }
  }

  /// The sentences, each with its full stop.
  private func sentences(_ text: Scalars) -> [Scalars] {
    var result: [Scalars] = []
    var sentence: Scalars = []
    for scalar in text {
      sentence.append(scalar)
      if scalar == CorpusVariation.stop {
        result.append(sentence)
        sentence = []
      }
    }
    if !sentence.isEmpty { result.append(sentence) }
    return result
  }
}
