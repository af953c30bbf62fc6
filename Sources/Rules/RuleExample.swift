/// A text that must, or must not, make a rule fire, with what is known of the submission beside it.
package struct RuleExample: Sendable, Hashable {
  package var title = ""
  package var text: String
  /// Stretches that must be evidence, as offsets in the scalars of the text.
  package var marks: [Range<Int>]
  package var context = RuleContext()

  /// Reads `花溪路⟦井盖⟧破损`.
  package init(title: String = "", marked text: String, context: RuleContext = RuleContext()) {
    self.title = title
    (self.text, marks) = RuleExample.unmarked(text)
    self.context = context
  }

  private static func unmarked(_ marked: String) -> (text: String, marks: [Range<Int>]) {
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
    return (text, marks)
  }
}
