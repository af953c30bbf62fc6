import Evaluation
import Rules
import Suggestions

/// The figures of `eval places`, as a screen and as JSON.
struct PlaceScreen {
  private let evaluation: PlaceEvaluation
  private let book: RuleBook
  private let common: CommonOptions
  private let mistakes: ArraySlice<PlaceEvaluation.Mistake>

  /// - Parameter mistakes: how many are listed.
  init(_ evaluation: PlaceEvaluation, book: RuleBook, mistakes: Int, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.book = book
    self.common = common
    self.mistakes = evaluation.mistakes.prefix(max(0, mistakes))
  }

  var json: String {
    var writer = JSONWriter()
    let total = evaluation.total
    writer.object { root in
      root.field("book", book.version)
      root.field("texts", total.texts)
      root.field("accuracy", total.accuracy, decimals: 4)
      root.field("level_accuracy", total.levelAccuracy, decimals: 4)
      root.field("asked", total.askedShare, decimals: 4)
      root.array("levels") { list in
        for (level, tally) in evaluation.levels {
          list.object {
            $0.field("level", level.rawValue)
            $0.field("texts", tally.texts)
            $0.field("right", tally.right)
            $0.field("containing", tally.containing)
            $0.field("asked", tally.asked)
            $0.field("wrong", tally.wrong)
          }
        }
      }
      root.array("mistakes") { list in
        for mistake in mistakes {
          list.object {
            $0.field("id", mistake.id)
            $0.field("region", mistake.truth)
            $0.field("said", mistake.said)
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  var words: String {
    let messages = common.messages
    let total = evaluation.total
    let right = percent(total.accuracy)
    let containing = percent(total.levelAccuracy)
    let asked = percent(total.askedShare)
    var lines = [
      messages(
        "共 \(total.texts) 条；地点全对 \(right)，所在区域对 \(containing)，待问 \(asked)。",
        "\(total.texts) texts; right \(right), right as far as it goes \(containing), asked \(asked).")
    ]
    if !evaluation.levels.isEmpty { lines.append(PlaceTables(evaluation, book: book, common).levels.text) }
    for mistake in mistakes {
      lines.append("  \(mistake.id)  \(mistake.truth) → \(mistake.said ?? messages("未定", "open"))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
