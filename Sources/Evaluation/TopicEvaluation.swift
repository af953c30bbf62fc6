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

  /// A wrong verdict, and what spoke for either topic in the book that gave it.
  package struct Mistake: Sendable {
    package var verdict: Verdict
    /// The cases for the topic said and for the one people gave; nil where nothing spoke for any topic and the verdict
    /// was forced.
    package var cases: (said: TopicCase, truth: TopicCase)?
  }

  package private(set) var verdicts: [Verdict] = []
  /// Wrong verdicts, the surest first, no more than asked for.
  package private(set) var mistakes: [Mistake] = []
  /// Topics that occur, in the book's order: only they compete.
  package let labels: [Int]
  private let mistakeLimit: Int

  /// Contributions of a mistake that are named one by one.
  private static let partsNamed = 8

  /// - Parameter mistakeLimit: wrong verdicts kept with their reasons.
  package init(labels: [Int], mistakeLimit: Int = 0) {
    self.labels = labels
    self.mistakeLimit = mistakeLimit
  }

  package init(_ texts: [LabelledText], by book: RuleBook, mistakeLimit: Int = 0) {
    self.init(labels: Set(texts.map(\.topic)).sorted(), mistakeLimit: mistakeLimit)
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
      let verdict = Verdict(
        text: number, truth: text.topic, said: lead?.topic ?? labels[0], confidence: lead?.confidence ?? 0,
        lead: lead.map { $0.score - $0.runnerUp } ?? 0, isSure: lead?.isSure ?? false)
      verdicts.append(verdict)
      if !verdict.isRight { keep(verdict, isForced: lead == nil, scratch) }
    }
  }

  /// Keeps a wrong verdict if it is among the surest. Reasons are taken now, as another text's take their place in the
  /// scratch, and only for these, as they cost more than the verdict.
  private mutating func keep(_ verdict: Verdict, isForced: Bool, _ scratch: borrowing RuleScratch) {
    let place =
      mistakes.firstIndex { ($0.verdict.lead, verdict.text) < (verdict.lead, $0.verdict.text) } ?? mistakes.count
    guard place < mistakeLimit else { return }
    var mistake = Mistake(verdict: verdict, cases: nil)
    if !isForced {
      mistake.cases = (
        TopicCase(scratch.contributions(toTopic: verdict.said), most: Self.partsNamed),
        TopicCase(scratch.contributions(toTopic: verdict.truth), most: Self.partsNamed)
      )
    }
    mistakes.insert(mistake, at: place)
    if mistakes.count > mistakeLimit { mistakes.removeLast() }
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

  /// What other thresholds would decide, and how well.
  package var riskCoverage: RiskCoverage {
    RiskCoverage(verdicts.map { (lead: $0.lead, isRight: $0.isRight) })
  }
}
