package import Suggestions

/// What a rule says when it fires.
package enum RuleVerdict: Sendable, Hashable {
  case topic(Int)
  case kind(Kind)
  case act(Act)
  case track(Track)
  case urgency(Urgency)
  case flag(ModerationFlag)
}

/// Which part of a submission a rule looks at.
package enum RuleScope: String, Sendable, CaseIterable {
  case both, title, body
}

/// Two keywords whose starts stand at most `within` characters apart, either way round.
package struct NearCondition: Sendable, Hashable {
  package var left: [UInt32]
  package var right: [UInt32]
  package var within: Int
}

/// A compiled rule: keywords are numbers of the book's automaton. All conditions given must hold.
package struct Rule: Sendable {
  package var id: String
  package var verdict: RuleVerdict
  package var weight: Int
  package var any: [UInt32]
  package var all: [[UInt32]]
  package var none: [UInt32]
  package var near: [NearCondition]
  package var scope: RuleScope
  package var coHandlers: [Int]
  package var rationale: String
  package var hits: [RuleExample]
  package var misses: [String]
  package var file: String
  package var line: Int
}

/// A text that must make a rule fire, with the stretches that must be evidence, as offsets in its scalars.
package struct RuleExample: Sendable, Hashable {
  package var text: String
  package var marks: [Range<Int>]

  /// Reads `花溪路⟦井盖⟧破损`.
  package init(marked: String) {
    var text = ""
    var marks: [Range<Int>] = []
    var open: Int?
    var count = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦": open = count
      case "⟧":
        if let from = open { marks.append(from..<count) }
        open = nil
      default:
        text.unicodeScalars.append(scalar)
        count += 1
      }
    }
    self.text = text
    self.marks = marks
  }
}
