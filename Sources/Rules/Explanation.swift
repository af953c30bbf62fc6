internal import Suggestions
internal import Text

/// Evidence in the units of the text people read.
package struct ExplainedSpan: Sendable, Hashable {
  package enum Part: String, Sendable { case title, body }
  package var rule: Int
  package var part: Part
  /// Range in the part's Unicode scalars.
  package var scalars: Range<Int>
}

/// What a book makes of a text, and why.
package struct Explanation: Sendable {
  package var judgement: Judgement
  package var evidence: [ExplainedSpan]
  /// What the text names, in its order, each crossing before its roads.
  package var places: [NamedPlace]
  /// First-level topics with what makes up their scores, best first.
  package var contenders: [(contender: TopicContender, parts: [Contribution])]
  package var nearMisses: [NearMiss]
  package var reversal: Reversal?
}

extension RuleBook {
  /// Judges a text alone; contenders and what fired stay in the scratch.
  package func judge(
    title: String, body: String, context: RuleContext = RuleContext(), scratch: inout RuleScratch
  ) -> Judgement {
    var folded = FoldedText(capacity: 1024)
    return judge(title: title, body: body, context, &folded, &scratch).judgement
  }

  private func judge(
    title: String, body: String, _ context: RuleContext, _ folded: inout FoldedText, _ scratch: inout RuleScratch
  ) -> (judgement: Judgement, title: Range<Int>) {
    var title = title
    var body = body
    let titleRange = title.withUTF8 { folded.fold($0) }
    // Folding drops line feeds; one between title and body keeps keywords from reaching across.
    folded.append(0x0A, source: 0)
    let bodyRange = body.withUTF8 { folded.fold($0) }
    scratch.evidence.removeAll(keepingCapacity: true)
    let judgement = scratch.judge(
      folded[0..<bodyRange.upperBound], titleCount: titleRange.count, context: context)
    return (judgement, titleRange)
  }

  package func explain(
    title: String, body: String, context: RuleContext = RuleContext(), scratch: inout RuleScratch
  ) -> Explanation {
    var folded = FoldedText(capacity: 1024)
    let (judgement, titleRange) = judge(title: title, body: body, context, &folded, &scratch)
    let parts = ExplainedParts(title: title, body: body, titleEnd: titleRange.upperBound)
    var spans: [ExplainedSpan] = []
    var known: Set<ExplainedSpan> = []
    for evidence in scratch.evidence {
      let (part, scalars) = parts.place(Int(evidence.start)..<Int(evidence.end), in: folded)
      let span = ExplainedSpan(rule: Int(evidence.rule), part: part, scalars: scalars)
      if known.insert(span).inserted { spans.append(span) }
    }
    scratch.evidence.removeAll(keepingCapacity: true)
    return Explanation(
      judgement: judgement, evidence: spans, places: places(judgement, parts, folded, &scratch),
      contenders: scratch.contenders.map { ($0, scratch.contributions(to: $0)) }, nearMisses: scratch.nearMisses(),
      reversal: scratch.reversal())
  }
}

extension RuleBook {
  /// Judges a text for its places alone: a tenth of the work of explaining it.
  package func places(
    title: String, body: String, context: RuleContext, scratch: inout RuleScratch
  ) -> (judgement: Judgement, places: [NamedPlace]) {
    var folded = FoldedText(capacity: 1024)
    let (judgement, titleRange) = judge(title: title, body: body, context, &folded, &scratch)
    let parts = ExplainedParts(title: title, body: body, titleEnd: titleRange.upperBound)
    return (judgement, places(judgement, parts, folded, &scratch))
  }

  private func places(
    _ judgement: Judgement, _ parts: ExplainedParts, _ folded: borrowing FoldedText, _ scratch: inout RuleScratch
  ) -> [NamedPlace] {
    scratch.placesNamed(folded[0..<folded.count], judgement).map { named in
      let (part, scalars) = parts.place(named.range, in: folded)
      return NamedPlace(
        part: part, scalars: scalars, level: named.level, region: named.regions.count == 1 ? named.regions[0] : nil,
        station: named.station, candidates: named.regions.count > 1 ? named.regions : [])
    }
  }
}

/// Title and body as people count them: positions in the folded text become ranges of scalars.
private struct ExplainedParts {
  private let title: ScalarOffsets
  private let body: ScalarOffsets
  /// Where the title ends in the folded text.
  private let titleEnd: Int

  init(title: String, body: String, titleEnd: Int) {
    self.title = ScalarOffsets(title)
    self.body = ScalarOffsets(body)
    self.titleEnd = titleEnd
  }

  /// - Parameter range: in the folded title and body, taken together.
  func place(
    _ range: Range<Int>, in folded: borrowing FoldedText
  ) -> (part: ExplainedSpan.Part, scalars: Range<Int>) {
    let first = Int(folded.sources[range.lowerBound])
    let last = Int(folded.sources[range.upperBound - 1])
    return range.upperBound <= titleEnd
      ? (.title, title.range(from: first, throughScalarAt: last))
      : (.body, body.range(from: first, throughScalarAt: last))
  }
}

/// Byte offsets of a text in Unicode scalars, counted once for all spans of it.
private struct ScalarOffsets {
  /// Per byte of UTF-8: scalars that begin before it.
  private let before: [Int32]

  init(_ text: String) {
    var before: [Int32] = []
    before.reserveCapacity(text.utf8.count)
    var count: Int32 = 0
    for byte in text.utf8 {
      if byte & 0xC0 != 0x80 { count += 1 }
      before.append(count - 1)
    }
    self.before = before
  }

  /// - Parameter last: offset of the first byte of the last scalar.
  func range(from first: Int, throughScalarAt last: Int) -> Range<Int> { Int(before[first])..<Int(before[last]) + 1 }
}
