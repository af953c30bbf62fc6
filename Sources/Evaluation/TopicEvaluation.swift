package import Rules

/// How well a book tells first-level topics apart, on texts whose topic people gave.
package struct TopicEvaluation: Sendable {
  package struct Verdict: Sendable {
    package var text: Int
    package var truth: Int
    package var said: Int
    /// Thousandths.
    package var confidence: Int
    package var lead: Int
    package var isSure: Bool

    package var isRight: Bool { truth == said }
  }

  package private(set) var verdicts: [Verdict] = []
  /// Topics that occur, in the book's order: only they compete.
  package let labels: [Int]

  package init(labels: [Int]) { self.labels = labels }

  package init(_ texts: [LabelledText], by book: RuleBook) {
    self.init(labels: Set(texts.map(\.topic)).sorted())
    add(texts, numbered: Array(texts.indices), by: book)
  }

  /// Judges some more texts, by this book or another fold's.
  package mutating func add(_ texts: [LabelledText], numbered numbers: [Int], by book: RuleBook) {
    var scratch = RuleScratch(book)
    for number in numbers {
      let text = texts[number]
      _ = book.judge(title: text.title, body: text.body, scratch: &scratch)
      let lead = book.lead(among: scratch.contenders.filter { labels.contains($0.topic) })
      // Forced choice: where nothing speaks for any of them, the first.
      verdicts.append(
        Verdict(
          text: number, truth: text.topic, said: lead?.topic ?? labels[0], confidence: lead?.confidence ?? 0,
          lead: lead.map { $0.score - $0.runnerUp } ?? 0, isSure: lead?.isSure ?? false))
    }
  }

  package var confusion: ConfusionTable {
    var table = ConfusionTable(labels: labels)
    for verdict in verdicts { table.add(truth: verdict.truth, said: verdict.said) }
    return table
  }

  /// Share of texts the machine decides, and of these the share it gets right.
  package var decided: (share: Double, accuracy: Double) {
    let sure = verdicts.filter(\.isSure)
    guard !verdicts.isEmpty, !sure.isEmpty else { return (0, 0) }
    return (
      Double(sure.count) / Double(verdicts.count), Double(sure.count { $0.isRight }) / Double(sure.count)
    )
  }

  /// Of the verdicts in each tenth of stated confidence: how many, how sure on average, how many right.
  package struct ReliabilityBin: Sendable {
    package var from: Int
    package var to: Int
    package var count: Int
    package var stated: Double
    package var right: Double
  }

  package var reliability: [ReliabilityBin] {
    let bounds = [0, 500, 600, 700, 800, 900, 950, 1001]
    return zip(bounds, bounds.dropFirst()).compactMap { from, to in
      let inside = verdicts.filter { $0.confidence >= from && $0.confidence < to }
      guard !inside.isEmpty else { return nil }
      return ReliabilityBin(
        from: from, to: min(1000, to), count: inside.count,
        stated: Double(inside.reduce(0) { $0 + $1.confidence }) / Double(inside.count) / 1000,
        right: Double(inside.count { $0.isRight }) / Double(inside.count))
    }
  }

  /// Wrong verdicts, the surest first.
  package func worstMistakes(_ limit: Int) -> [Verdict] {
    Array(
      verdicts.filter { !$0.isRight }.sorted { ($1.lead, $0.text) < ($0.lead, $1.text) }.prefix(limit))
  }
}
