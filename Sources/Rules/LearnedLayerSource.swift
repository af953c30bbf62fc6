internal import Text

/// A learned layer as its file says it, topics by code: written by `rules learn`, read with the rest of the book.
///
/// Keywords are lines of one block and not YAML lists: twenty thousand of them are read in milliseconds, and a line is
/// what a person strikes or a diff shows.
package struct LearnedLayerSource: Sendable, Hashable {
  package struct TopicEntry: Sendable, Hashable {
    package var code: String
    package var texts: Int
    package var bias: Int

    package init(code: String, texts: Int, bias: Int) {
      self.code = code
      self.texts = texts
      self.bias = bias
    }
  }

  /// Thousandths that one point of a hand-written rule adds: `value` in a text of this length, more in a shorter one by
  /// the cube, within bounds. Chosen so that rules decide short notes about what they were written for, which the texts
  /// learned from do not speak of, at 0.3 points of F1 on those texts.
  package struct Point: Sendable, Hashable {
    package var value = 8
    package var length = 100_000
    package var least = 5
    package var most = 1200
  }

  package var texts = 0
  package var titleWeight = 3
  package var bodyLength = 600
  package var point = Point()
  package var otherBias = -700
  package var topics: [TopicEntry] = []
  package var confidence = ConfidenceScale(points: [], decides: 0)
  package var keywords: [LearnedKeyword] = []

  package init() {}

  // MARK: Writing

  /// The file, keywords in the order of their scalars.
  package var yaml: String {
    var text = """
      # 由 golden-ideas rules learn 从有主题的来件学成。每行一个词：词、出现过的来件数、对各主题的权重（千分）。
      # 不认可的词删掉那一行即可；改完运行 rules check 与 eval topics。
      # Learned by golden-ideas rules learn. A line is a keyword: the word, texts that had it, its weight for each topic in
      # thousandths. Strike a line to drop a word; then run rules check and eval topics.
      layer: learned
      texts: \(texts)
      title_weight: \(titleWeight)
      body_length: \(bodyLength)
      point: {value: \(point.value), length: \(point.length), least: \(point.least), most: \(point.most)}
      other_bias: \(otherBias)
      topics:

      """
    for topic in topics { text += "  - {topic: \"\(topic.code)\", texts: \(topic.texts), bias: \(topic.bias)}\n" }
    text += "confidence:\n  decides: \(confidence.decides)\n  points:\n"
    for point in confidence.points { text += "    - {lead: \(point.lead), right: \(point.right)}\n" }
    text += "keywords: |\n"
    for keyword in keywords.sorted(by: { $0.scalars.lexicographicallyPrecedes($1.scalars) }) {
      text += "  \(Folding.string(keyword.scalars)) \(keyword.texts)"
      for weight in keyword.weights { text += " \(weight)" }
      text += "\n"
    }
    return text
  }

  // MARK: Reading

  private static let keys: Set<String> = [
    "layer", "texts", "title_weight", "body_length", "point", "other_bias", "topics", "confidence", "keywords",
  ]

  /// Reads a layer; faults go to the log, and what they leave out is left out.
  init(_ source: YAMLMapping, log: YAMLMapping.Log) {
    source.allow(LearnedLayerSource.keys, log: log)
    if let name = source.required("layer", log: log), name != "learned" {
      log.note(source.file, source.line(of: "layer"), .unknownCode(key: "layer", code: name))
    }
    texts = positive("texts", source, log) ?? 0
    titleWeight = positive("title_weight", source, log) ?? titleWeight
    bodyLength = positive("body_length", source, log) ?? bodyLength
    if let entry = source.submapping("point", log: log) {
      entry.allow(["value", "length", "least", "most"], log: log)
      point.value = entry.integer("value", log: log) ?? point.value
      point.length = max(1, entry.integer("length", log: log) ?? point.length)
      point.least = entry.integer("least", log: log) ?? point.least
      point.most = max(point.least, entry.integer("most", log: log) ?? point.most)
    }
    otherBias = source.integer("other_bias", log: log) ?? otherBias
    for entry in source.mappings("topics", log: log) {
      entry.allow(["topic", "texts", "bias"], log: log)
      guard let code = entry.required("topic", log: log) else { continue }
      topics.append(
        TopicEntry(
          code: code, texts: entry.integer("texts", log: log) ?? 0, bias: entry.integer("bias", log: log) ?? 0))
    }
    if topics.isEmpty { log.note(source.file, source.line, .missingKey("topics")) }
    if let scale = source.submapping("confidence", log: log) {
      confidence = ConfidenceScale(scale, log: log)
    } else {
      log.note(source.file, source.line, .missingKey("confidence"))
    }
    readKeywords(source, log)
  }

  private func positive(_ key: String, _ source: YAMLMapping, _ log: YAMLMapping.Log) -> Int? {
    if !source.has(key) { log.note(source.file, source.line, .missingKey(key)) }
    guard let value = source.integer(key, log: log) else { return nil }
    if value > 0 { return value }
    log.note(source.file, source.line(of: key), .wrongType(key: key, expected: "whole number above 0"))
    return nil
  }

  private mutating func readKeywords(_ source: YAMLMapping, _ log: YAMLMapping.Log) {
    guard let block = source.required("keywords", log: log) else { return }
    // The block's first line stands under its key.
    var line = source.line(of: "keywords")
    var known: Set<[UInt32]> = []
    for text in block.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      let parts = text.split(separator: " ")
      guard let word = parts.first, !word.hasPrefix("#") else { continue }
      let numbers = parts.dropFirst().compactMap { Int($0) }
      let scalars = Folding.scalars(String(word))
      guard numbers.count == parts.count - 1, numbers.count == topics.count + 1, !scalars.isEmpty else {
        log.note(source.file, line, .learnedLine(expected: topics.count + 2, found: parts.count))
        continue
      }
      guard known.insert(scalars).inserted else {
        log.note(source.file, line, .duplicate(String(word)))
        continue
      }
      keywords.append(LearnedKeyword(scalars: scalars, texts: numbers[0], weights: Array(numbers.dropFirst())))
    }
  }
}

extension ConfidenceScale {
  init(_ source: YAMLMapping, log: YAMLMapping.Log) {
    source.allow(["decides", "points"], log: log)
    var points: [Point] = []
    for entry in source.mappings("points", log: log) {
      entry.allow(["lead", "right"], log: log)
      guard let lead = entry.integer("lead", log: log), let right = entry.integer("right", log: log) else { continue }
      if let last = points.last, last.lead >= lead || last.right > right {
        log.note(entry.file, entry.line, .wrongType(key: "points", expected: "rising scale"))
        continue
      }
      points.append(Point(lead: lead, right: right))
    }
    if points.isEmpty { log.note(source.file, source.line, .missingKey("points")) }
    self.init(points: points, decides: source.integer("decides", log: log) ?? 0)
  }
}
