/// The details of a verdict as the store keeps them: evidence with rule and span, scores, co-handlers. Codes are numbers
/// of the store's code table; spans are byte ranges in the stored title or body.
package struct VerdictRecord: Sendable, Hashable {
  package struct Span: Sendable, Hashable {
    package var rule: Int
    package var inTitle: Bool
    package var start: Int
    package var count: Int

    package init(rule: Int, inTitle: Bool, start: Int, count: Int) {
      self.rule = rule
      self.inTitle = inTitle
      self.start = start
      self.count = count
    }
  }

  package var score = 0
  package var runnerUp = 0
  /// Code of the route, 0 when the fallback decided.
  package var route = 0
  /// Code of the ambiguous place name people are asked about, 0 for none.
  package var asked = 0
  package var flags = 0
  /// Kinds of personal detail cut out, one bit each.
  package var cuts = 0
  package var coHandlers: [Int] = []
  package var evidence: [Span] = []
  package var certainty = Certainty()
  /// Codes of other topics of the same text, best first.
  package var furtherTopics: [Int] = []

  package init() {}

  package func write(to writer: inout PackedWriter) {
    for value in [score, runnerUp, route, asked, flags, cuts, coHandlers.count] { writer.number(value) }
    for department in coHandlers { writer.number(department) }
    writer.number(evidence.count)
    for span in evidence {
      writer.number(span.rule << 1 | (span.inTitle ? 1 : 0))
      writer.number(span.start)
      writer.number(span.count)
    }
    certainty.write(to: &writer)
    writer.number(furtherTopics.count)
    for topic in furtherTopics { writer.number(topic) }
  }

  package init?(_ bytes: [UInt8]) {
    var reader = PackedReader(bytes)
    guard let score = reader.number(), let runnerUp = reader.number(), let route = reader.number(),
      let asked = reader.number(), let flags = reader.number(), let cuts = reader.number(),
      let coHandlerCount = reader.number(), coHandlerCount <= 64
    else { return nil }
    self.score = score
    self.runnerUp = runnerUp
    self.route = route
    self.asked = asked
    self.flags = flags
    self.cuts = cuts
    for _ in 0..<coHandlerCount {
      guard let department = reader.number() else { return nil }
      coHandlers.append(department)
    }
    guard let count = reader.number(), count >= 0, count <= bytes.count else { return nil }
    for _ in 0..<count {
      guard let head = reader.number(), let start = reader.number(), let length = reader.number() else { return nil }
      evidence.append(Span(rule: head >> 1, inTitle: head & 1 == 1, start: start, count: length))
    }
    // Records of before there was any end here.
    certainty = Certainty(&reader)
    for _ in 0..<min(8, reader.number() ?? 0) {
      guard let topic = reader.number() else { return nil }
      furtherTopics.append(topic)
    }
  }
}

/// How sure the topic of a verdict is.
package struct Certainty: Sendable, Hashable {
  /// Of decisions with such a lead, the share that was right where the truth is known, in thousandths.
  package var confidence = 0
  /// Whether the machine decided; else the topic is a proposal, and people decide.
  package var isSure = false

  package init(confidence: Int = 0, isSure: Bool = false) {
    self.confidence = confidence
    self.isSure = isSure
  }

  package func write(to writer: inout PackedWriter) { writer.number(confidence << 1 | (isSure ? 1 : 0)) }

  init(_ reader: inout PackedReader) {
    let packed = reader.number() ?? 0
    self.init(confidence: packed >> 1, isSure: packed & 1 == 1)
  }
}
