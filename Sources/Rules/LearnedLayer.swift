internal import Matching
internal import Text

/// Weighted keywords mined from labelled texts: every one that stands in a text adds its weights to the topics' scores.
///
/// A linear classifier written as keywords: a text's score for a topic is the topic's bias plus, for each keyword in it,
/// weight × frequency ÷ length. The frequency grows with the logarithm of how often the keyword stands there, a title
/// counting several times; the length is that of the vector of all frequencies times rarity, so that long texts say no
/// more than short ones (Salton & Buckley 1988, "ltc"). All in thousandths, each contribution rounded by itself, so that
/// the contributions add up to the score to the last digit.
package final class LearnedLayer: Sendable {
  /// First-level topics it tells apart, as numbers of the book.
  package let topics: [Int]
  /// Texts it was learned from, in all.
  package let texts: Int
  /// How often a title counts.
  package let titleWeight: Int
  /// Scalars of the folded body that are looked at.
  package let bodyLength: Int
  package let bias: [Int]
  /// What one point of a hand-written rule adds.
  package let point: LearnedLayerSource.Point
  /// Where a topic starts from that was not learned.
  package let otherBias: Int
  package let confidence: ConfidenceScale
  package let keywords: [[UInt32]]
  /// Texts each keyword stood in.
  package let counts: [Int]
  let automaton: KeywordAutomaton
  /// Thousandths, one row a keyword.
  private let weights: [Int32]
  /// ln(texts ÷ texts with the keyword) + 1, in thousandths.
  private let rarity: [Int32]

  /// - Parameter topics: the book's numbers of the source's topics.
  package init(_ source: LearnedLayerSource, topics: [Int]) {
    self.topics = topics
    texts = source.texts
    titleWeight = source.titleWeight
    bodyLength = source.bodyLength
    bias = source.topics.map(\.bias)
    point = source.point
    otherBias = source.otherBias
    confidence = source.confidence
    keywords = source.keywords.map(\.scalars)
    counts = source.keywords.map(\.texts)
    weights = source.keywords.flatMap { keyword in keyword.weights.map { Int32(clamping: $0) } }
    rarity = source.keywords.map { Int32(clamping: LearnedLayer.rarity(texts: source.texts, with: $0.texts)) }
    automaton = KeywordAutomaton(keywords)
  }

  /// 1 + ln n in thousandths.
  package static func frequency(_ count: Int) -> Int {
    count < frequencies.count ? frequencies[max(0, count)] : 1000 + Logarithm.thousandths(count)
  }

  private static let frequencies = [0] + (1..<256).map { 1000 + Logarithm.thousandths($0) }

  /// By which frequencies are divided.
  package static func length(squares: Int) -> Int { max(1, Int(Double(squares).squareRoot())) }

  /// 1 + ln(texts ÷ with) in thousandths.
  package static func rarity(texts: Int, with count: Int) -> Int {
    max(1000, 1000 + Logarithm.thousandths(max(1, texts)) - Logarithm.thousandths(max(1, count)))
  }

  /// Thousandths a rule's point adds to a text of this length. A rule that fires on a short text speaks for all of it; in a
  /// long one it speaks for a sentence.
  func point(_ scratch: borrowing LearnedScratch) -> Int {
    let share = Double(point.length) / Double(scratch.length)
    return max(point.least, min(point.most, Int((Double(point.value) * share * share * share).rounded())))
  }

  func word(_ keyword: UInt32) -> String { Folding.string(keywords[Int(keyword)]) }

  func weight(_ keyword: Int, _ topic: Int) -> Int { Int(weights[keyword * topics.count + topic]) }

  /// Counts the keywords of a text; their frequencies and length stay in the scratch.
  func count(_ text: UnsafeBufferPointer<UInt32>, titleCount: Int, _ scratch: inout LearnedScratch) {
    scratch.begin()
    let titleEnd = min(titleCount, text.count)
    scan(UnsafeBufferPointer(rebasing: text[..<titleEnd]), adding: titleWeight, &scratch)
    let bodyStart = min(text.count, titleCount + 1)
    let bodyEnd = min(text.count, bodyStart + bodyLength)
    scan(UnsafeBufferPointer(rebasing: text[bodyStart..<bodyEnd]), adding: 1, &scratch)
    var squares = 0
    for keyword in scratch.found {
      let share = LearnedLayer.frequency(Int(scratch.counts[Int(keyword)])) * Int(rarity[Int(keyword)]) / 1000
      squares += share * share
    }
    scratch.length = LearnedLayer.length(squares: squares)
  }

  private func scan(_ text: UnsafeBufferPointer<UInt32>, adding times: Int, _ scratch: inout LearnedScratch) {
    scratch.hits.removeAll()
    automaton.scan(text, into: &scratch.hits)
    for index in 0..<scratch.hits.count {
      let keyword = scratch.hits.base[index].keyword
      if scratch.counts[Int(keyword)] == 0 { scratch.found.append(keyword) }
      scratch.counts[Int(keyword)] += Int32(times)
    }
  }

  /// What a counted keyword adds to a topic's score, in thousandths.
  func contribution(_ keyword: UInt32, topic: Int, _ scratch: borrowing LearnedScratch) -> Int {
    let frequency = LearnedLayer.frequency(Int(scratch.counts[Int(keyword)])) * Int(rarity[Int(keyword)]) / 1000
    let product = weight(Int(keyword), topic) * frequency
    // Rounded half away from zero, the same on every machine.
    return (product + (product < 0 ? -scratch.length / 2 : scratch.length / 2)) / scratch.length
  }
}

/// A learned keyword: how many texts had it, and its weight for each topic in thousandths.
package struct LearnedKeyword: Sendable, Hashable {
  package var scalars: [UInt32]
  package var texts: Int
  package var weights: [Int]

  package init(scalars: [UInt32], texts: Int, weights: [Int]) {
    self.scalars = scalars
    self.texts = texts
    self.weights = weights
  }
}

/// Per-thread counts of a layer's keywords in one text.
struct LearnedScratch: ~Copyable {
  var hits = HitBuffer(capacity: 1024)
  var counts: [Int32]
  var found: [UInt32] = []
  var length = 1

  init(_ layer: LearnedLayer?) { counts = Array(repeating: 0, count: layer?.keywords.count ?? 0) }

  /// Score of each of the layer's topics, by keywords and bias alone.
  mutating func scores(_ text: UnsafeBufferPointer<UInt32>, titleCount: Int, _ layer: LearnedLayer) -> [Int] {
    layer.count(text, titleCount: titleCount, &self)
    var scores = layer.bias
    for keyword in found {
      for topic in scores.indices { scores[topic] += layer.contribution(keyword, topic: topic, self) }
    }
    return scores
  }

  mutating func begin() {
    for keyword in found { counts[Int(keyword)] = 0 }
    found.removeAll(keepingCapacity: true)
  }
}

/// How sure a lead is: how many of a hundred such decisions were right, measured where the truth is known.
package struct ConfidenceScale: Sendable, Hashable {
  /// A lead over the runner-up and the share of decisions with such a lead that were right, in thousandths; ascending.
  package struct Point: Sendable, Hashable {
    package var lead: Int
    package var right: Int

    package init(lead: Int, right: Int) {
      self.lead = lead
      self.right = right
    }
  }

  package var points: [Point]
  /// The lead from which the machine decides; below it people do.
  package var decides: Int

  package init(points: [Point], decides: Int) {
    self.points = points
    self.decides = decides
  }

  /// For hand-written rules alone, leads in points, where a book gives no measured scale.
  package static let unmeasured = ConfidenceScale(
    points: [Point(lead: 0, right: 500), Point(lead: 5, right: 800), Point(lead: 20, right: 950)], decides: 1)

  /// Share right in thousandths, linear between the points, flat beyond them.
  package func right(lead: Int) -> Int {
    guard let first = points.first, let last = points.last else { return 0 }
    if lead <= first.lead { return first.right }
    if lead >= last.lead { return last.right }
    guard let above = points.firstIndex(where: { $0.lead > lead }) else { return last.right }
    let (low, high) = (points[above - 1], points[above])
    return low.right + (high.right - low.right) * (lead - low.lead) / max(1, high.lead - low.lead)
  }
}

/// Natural logarithm of whole numbers in thousandths, without a floating-point library, the same on every machine.
enum Logarithm {
  static func thousandths(_ value: Int) -> Int {
    guard value > 1 else { return 0 }
    // value = 2^k · m with 1 ≤ m < 2; ln m = 2 artanh((m − 1) ÷ (m + 1)), whose series converges fast there.
    let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
    let mantissa = Double(value) / Double(1 << exponent)
    let ratio = (mantissa - 1) / (mantissa + 1)
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1, through: 25, by: 2) {
      sum += term / Double(odd)
      term *= ratio * ratio
    }
    return Int(((Double(exponent) * 0.6931471805599453 + 2 * sum) * 1000).rounded())
  }
}
