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
///
/// A class, so that looking at one on the hot path counts one reference and not one for each of its lists.
package final class Rule: Sendable {
  package let id: String
  package let verdict: RuleVerdict
  package let weight: Int
  package let any: [UInt32]
  package let all: [[UInt32]]
  package let none: [UInt32]
  package let near: [NearCondition]
  package let scope: RuleScope
  package let coHandlers: [Int]
  package let rationale: String
  package let hits: [RuleExample]
  package let misses: [String]
  package let file: String
  package let line: Int

  init(
    id: String, verdict: RuleVerdict, weight: Int, any: [UInt32], all: [[UInt32]], none: [UInt32],
    near: [NearCondition], scope: RuleScope, coHandlers: [Int], rationale: String, hits: [RuleExample],
    misses: [String], file: String, line: Int
  ) {
    self.id = id
    self.verdict = verdict
    self.weight = weight
    self.any = any
    self.all = all
    self.none = none
    self.near = near
    self.scope = scope
    self.coHandlers = coHandlers
    self.rationale = rationale
    self.hits = hits
    self.misses = misses
    self.file = file
    self.line = line
  }
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
