/// A first-level topic something speaks for, and how much: points of rules, or thousandths where a layer was learned.
package struct TopicContender: Sendable, Hashable {
  package var topic: Int
  package var score: Int
  /// Weight of the strongest single rule for it.
  package var strongest: Int

  /// The higher score leads; ties go to the strongest single rule, then to the topic that stands earlier in the tree.
  static func leads(_ left: TopicContender, _ right: TopicContender) -> Bool {
    (left.score, left.strongest, -left.topic) > (right.score, right.strongest, -right.topic)
  }
}

/// What the first level comes to among those that compete.
package struct TopicLead: Sendable, Hashable {
  package var topic: Int
  package var score: Int
  /// The best other topic's score; what an absent one would have when nothing speaks for a second.
  package var runnerUp: Int
  /// Share of decisions with such a lead that were right, in thousandths.
  package var confidence: Int
  /// Whether the machine decides; else people do.
  package var isSure: Bool
}

extension RuleBook {
  var scale: ConfidenceScale { learned?.confidence ?? confidence }

  /// Who leads among contenders; nil when there are none.
  package func lead(among contenders: [TopicContender]) -> TopicLead? {
    guard let best = contenders.min(by: TopicContender.leads) else { return nil }
    let others = contenders.filter { $0.topic != best.topic }.map(\.score).max()
    let runnerUp = others ?? learned?.otherBias ?? 0
    let lead = best.score - runnerUp
    return TopicLead(
      topic: best.topic, score: best.score, runnerUp: runnerUp, confidence: scale.right(lead: lead),
      isSure: lead >= scale.decides)
  }
}
