/// One thing that speaks for or against a first-level topic, in the units of its score.
package struct Contribution: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// What the topic starts from.
    case start
    case rule(Int)
    /// A keyword of the learned layer.
    case word(String)
  }

  package var source: Source
  package var amount: Int
}

/// A rule that one thing kept from firing.
package struct NearMiss: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    /// A keyword that forbids it stands in the text.
    case blocked(by: UInt32)
    /// None of these keywords does.
    case missing(anyOf: [UInt32])
    /// Two keywords stand further apart than the rule allows.
    case tooFar(distance: Int, within: Int)
    /// Its words stand in different sentences, or in the other order.
    case otherSentence, otherOrder
    /// Fewer of its words than it asks for.
    case tooFew(count: Int, least: Int)
    case notAtStart
    /// Its word stands only inside this longer one.
    case inside(UInt32)
    /// The writer says it is not this.
    case negated(UInt32)
    /// Another channel, station, region, kind or time than it asks for.
    case otherCircumstances
    /// The rule is not in force on the day.
    case notInForce
  }

  package var rule: Int
  package var reason: Reason
}

/// What would have to be gone for the runner-up to lead.
package struct Reversal: Sendable, Hashable {
  package var runnerUp: Int
  /// The fewest things, those that tell the two apart most, whose absence turns the lead; empty when even all would not.
  package var without: [Contribution.Source]
}

extension RuleScratch {
  /// What makes up a contender's score of the last text; the amounts add up to it exactly. Largest first.
  package func contributions(to contender: TopicContender) -> [Contribution] {
    contributions(toTopic: contender.topic)
  }

  /// What makes up a first-level topic's score of the last text, whether it competes or nothing speaks for it.
  package func contributions(toTopic topic: Int) -> [Contribution] {
    var parts: [Contribution] = []
    var point = 1
    if let layer = book.learned {
      point = layer.point(learned)
      if let position = layer.topics.firstIndex(of: topic) {
        parts.append(Contribution(source: .start, amount: layer.bias[position]))
        for keyword in learned.found {
          let amount = layer.contribution(keyword, topic: position, learned)
          if amount != 0 { parts.append(Contribution(source: .word(layer.word(keyword)), amount: amount)) }
        }
      } else {
        parts.append(Contribution(source: .start, amount: layer.otherBias))
      }
    }
    for (rule, points) in fired {
      guard case .topic(let decided) = book.rules[rule].verdict, book.path(ofTopic: decided).first == topic else {
        continue
      }
      parts.append(Contribution(source: .rule(rule), amount: points * point))
    }
    return parts.sorted {
      (abs($1.amount), $0.source.order) < (abs($0.amount), $1.source.order)
    }
  }

  /// Rules that nearly fired on the last text, in the order of the book.
  package mutating func nearMisses() -> [NearMiss] {
    let done = Set(fired.map(\.rule))
    var misses: [NearMiss] = []
    for rule in book.rules where !done.contains(rule.number) {
      if let reason = nearMiss(rule) { misses.append(NearMiss(rule: rule.number, reason: reason)) }
    }
    return misses
  }

  /// What would have to be gone for the runner-up to lead; nil without one.
  package func reversal() -> Reversal? {
    guard contenders.count > 1 else { return nil }
    let (best, second) = (contenders[0], contenders[1])
    var difference: [Contribution.Source: Int] = [:]
    for part in contributions(to: best) { difference[part.source, default: 0] += part.amount }
    for part in contributions(to: second) { difference[part.source, default: 0] -= part.amount }
    difference[.start] = nil
    var lead = best.score - second.score
    var without: [Contribution.Source] = []
    for (source, amount) in difference.sorted(by: { ($1.value, $0.key.order) < ($0.value, $1.key.order) }) {
      guard amount > 0 else { break }
      without.append(source)
      lead -= amount
      if lead < 0 { return Reversal(runnerUp: second.topic, without: without) }
    }
    return Reversal(runnerUp: second.topic, without: [])
  }
}

extension Contribution.Source {
  /// A stable order among equal amounts.
  fileprivate var order: String {
    switch self {
    case .start: ""
    case .rule(let number): "r" + String(repeating: "0", count: max(0, 6 - "\(number)".count)) + "\(number)"
    case .word(let word): "w" + word
    }
  }
}
