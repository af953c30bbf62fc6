import Matching

/// Scanning for 500, 2,000 and 5,000 keywords: the time must hardly depend on how many there are.
enum AutomatonBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("automaton")
    let keywords = keywords(5000, from: texts)
    var scans: [Int: Measurement.Row] = [:]
    for count in [500, 2000, 5000] {
      let automaton = KeywordAutomaton(Array(keywords.prefix(count)))
      var hits = HitBuffer()
      scans[count] = try Measurement.row("scan, \(count) keywords", texts: texts.count, bytes: texts.byteCount) {
        scan(texts, 0..<texts.count, automaton, &hits)
      }
    }
    if let few = scans[500], let many = scans[5000] {
      Measurement.ratio("  5,000 over 500 keywords, time", many.microseconds / few.microseconds)
    }
    try manyKeywords(self.keywords(20_000, from: texts), texts)
    // The plain way takes a pass per keyword: on a few texts only.
    let sample = 0..<min(200, texts.count)
    let sampleBytes = texts.ranges[sample.upperBound - 1].upperBound
    let automaton = KeywordAutomaton(Array(keywords.prefix(2000)))
    var hits = HitBuffer()
    let title = "scan, 2000 keywords, \(sample.count) texts"
    let ours = try Measurement.row(title, texts: sample.count, bytes: sampleBytes) {
      scan(texts, sample, automaton, &hits)
    }
    let plain = try Measurement.row("a search per keyword", texts: sample.count, bytes: sampleBytes) {
      search(texts, sample, keywords.prefix(2000))
    }
    try Measurement.compare(ours, plain, "faster than a search per keyword")
  }

  /// 20,000 keywords: building the automaton, plain text, and text made of keywords without their last character, where
  /// every match fails as late as it can.
  private static func manyKeywords(_ keywords: [[UInt32]], _ texts: Texts) throws {
    let automaton = KeywordAutomaton(keywords)
    _ = try Measurement.row("build, \(keywords.count) keywords", texts: 1, bytes: keywords.reduce(0) { $0 + $1.count * 3 }) {
      KeywordAutomaton(keywords).keywordCount
    }
    let scalars = texts.foldedRanges.reduce(0) { $0 + $1.count }
    var failing: [UInt32] = []
    while failing.count < scalars { for keyword in keywords { failing.append(contentsOf: keyword.dropLast()) } }
    failing.removeLast(failing.count - scalars)
    var hits = HitBuffer()
    let plain = try Measurement.row("scan, \(keywords.count) keywords", texts: texts.count, bytes: texts.byteCount) {
      scan(texts, 0..<texts.count, automaton, &hits)
    }
    let hostile = try Measurement.row("the same, matches that fail late", texts: texts.count, bytes: texts.byteCount) {
      hits.removeAll()
      failing.withUnsafeBufferPointer { automaton.scan($0, into: &hits) }
      return hits.count
    }
    Measurement.ratio("  fail late over plain, time", hostile.microseconds / plain.microseconds)
  }

  private static func scan(
    _ texts: Texts, _ range: Range<Int>, _ automaton: KeywordAutomaton, _ hits: inout HitBuffer
  ) -> Int {
    var count = 0
    for index in range {
      hits.removeAll()
      automaton.scan(texts.scalars(index), into: &hits)
      count += hits.count
    }
    return count
  }

  private static func search(_ texts: Texts, _ range: Range<Int>, _ keywords: ArraySlice<[UInt32]>) -> Int {
    var count = 0
    for index in range {
      let text = texts.scalars(index)
      for keyword in keywords where keyword.count <= text.count {
        for start in 0...text.count - keyword.count {
          var length = 0
          while length < keyword.count, text[start + length] == keyword[length] { length += 1 }
          if length == keyword.count { count += 1 }
        }
      }
    }
    return count
  }

  /// One in twenty stands in the texts, which gives each text a handful of hits as real rules do; the others are two
  /// pieces of texts that hardly ever stand together but share their beginnings with what does.
  private static func keywords(_ count: Int, from texts: Texts) -> [[UInt32]] {
    var random = SplitMix64(seed: 5000)
    var keywords: [[UInt32]] = []
    var known: Set<[UInt32]> = []
    func piece(_ length: Int) -> [UInt32] {
      let text = texts.scalars(random.below(texts.count))
      guard text.count > length else { return Array(text) }
      let start = random.below(text.count - length)
      return Array(text[start..<start + length])
    }
    while keywords.count < count {
      let keyword = keywords.count % 20 == 0 ? piece(random.between(3, 6)) : piece(random.between(2, 4)) + piece(3)
      if !keyword.isEmpty, known.insert(keyword).inserted { keywords.append(keyword) }
    }
    return keywords
  }
}
