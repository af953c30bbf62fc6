import Stages
import Store
import Suggestions
import Text

/// What a near pair has in common and where it differs, worked out from the two texts as people may read them.
struct NearParts {
  /// The counts its score is made of; nil where a text was corrected since, so that they would give another score.
  let likeness: Likeness?
  /// Left is the text of the shown suggestion, right the other's.
  let differences: TextDifference

  init(_ near: NearSuggestion) {
    let (own, other) = (Folding.scalars(near.ownBody), Folding.scalars(near.body))
    likeness = NearParts.measures(near.link.kind).lazy.map { length, score in
      let likeness = NearParts.likeness(own, other, length)
      return (likeness, score(likeness))
    }.first { Int(($0.1 * 1000).rounded()) == near.link.score }?.0
    differences = TextDifference(near.ownBody, near.body)
  }

  /// The lengths of grams a kind is measured by, and which of their figures is the score: short texts are near by their
  /// 2-grams where they are not by their 3-grams.
  private static func measures(_ kind: String) -> [(Int, (Likeness) -> Double)] {
    kind == DuplicateKind.contained.code ? [(3, \.containment)] : [(3, \.jaccard), (2, \.jaccard)]
  }

  private static func likeness(_ own: [UInt32], _ other: [UInt32], _ length: Int) -> Likeness {
    own.withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { Likeness(own, $0, length: length) } }
  }

  // MARK: JSON

  /// `parts` and `differences` as documented for `show --json`; stretches in Unicode scalars.
  func write(to object: inout JSONWriter) {
    if let likeness {
      object.object("parts") {
        $0.field("common", likeness.common)
        $0.field("own", likeness.own)
        $0.field("other", likeness.other)
        $0.field("length", likeness.length)
      }
    } else {
      object.null("parts")
    }
    object.object("differences") { sides in
      for (name, stretches) in [("left", differences.left), ("right", differences.right)] {
        sides.array(name) { list in
          for stretch in stretches {
            list.array {
              $0.field(nil, stretch.lowerBound)
              $0.field(nil, stretch.count)
            }
          }
        }
      }
    }
  }
}

/// A near pair for people: how the score comes about, and both texts with what differs marked.
struct NearScreen {
  private let near: NearSuggestion
  private let marks: TextMarks
  private let messages: Messages

  init(_ near: NearSuggestion, marks: TextMarks, messages: Messages) {
    self.near = near
    self.marks = marks
    self.messages = messages
  }

  var lines: [String] {
    let parts = NearParts(near)
    var lines = [parts.likeness.map(sum) ?? messages("文本后来更正过，得分是当时的", "a text was corrected since; the score is that of then")]
    if parts.differences.left.isEmpty, parts.differences.right.isEmpty {
      return lines + [messages("正文相同", "the texts are the same")]
    }
    lines.append(messages("本件  ", "this   ") + marks.marked(near.ownBody, parts.differences.left))
    lines.append(messages("那件  ", "other  ") + marks.marked(near.body, parts.differences.right))
    return lines
  }

  /// 三字组 共同 41 ÷（本件 52 + 那件 49 − 41）= 0.683
  private func sum(_ likeness: Likeness) -> String {
    let grams = likeness.length == 2 ? messages("二字组", "2-grams") : messages("三字组", "3-grams")
    if near.link.kind == DuplicateKind.contained.code {
      let shorter = min(likeness.own, likeness.other)
      return messages(
        "\(grams) 共同 \(likeness.common) ÷ 较短的 \(shorter) = \(decimal(likeness.containment, 3))",
        "\(grams): \(likeness.common) in common ÷ \(shorter) of the shorter = \(decimal(likeness.containment, 3))")
    }
    return messages(
      "\(grams) 共同 \(likeness.common) ÷（本件 \(likeness.own) + 那件 \(likeness.other) − \(likeness.common)）= \(decimal(likeness.jaccard, 3))",
      "\(grams): \(likeness.common) in common ÷ (\(likeness.own) here + \(likeness.other) there − \(likeness.common)) = \(decimal(likeness.jaccard, 3))")
  }
}
