import Evaluation
import Suggestions

/// The figures of `eval privacy`, as a screen and as JSON.
struct PrivacyScreen {
  private let evaluation: PrivacyEvaluation
  private let common: CommonOptions
  private let mistakes: Int

  /// - Parameter mistakes: how many ids are listed.
  init(_ evaluation: PrivacyEvaluation, mistakes: Int, _ common: CommonOptions) {
    self.evaluation = evaluation
    self.common = common
    self.mistakes = max(0, mistakes)
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("texts", evaluation.texts)
      root.field("spans", evaluation.total.marked)
      root.field("found", evaluation.found, decimals: 4)
      root.field("false_alarms", evaluation.falseAlarmsPerText, decimals: 4)
      root.array("per_kind") { list in
        for (kind, tally) in evaluation.kinds.sorted(by: { $0.key < $1.key }) {
          list.object {
            $0.field("kind", kind)
            $0.field("spans", tally.marked)
            $0.field("found", tally.found)
          }
        }
      }
      root.array("alarm_kinds") { list in
        for (kind, count) in evaluation.alarmKinds {
          list.object {
            $0.field("kind", kind)
            $0.field("count", count)
          }
        }
      }
      root.array("missed") { list in for id in evaluation.missed.prefix(mistakes) { list.field(nil, id) } }
      root.array("alarmed") { list in for id in evaluation.alarmed.prefix(mistakes) { list.field(nil, id) } }
    }
    writer.newline()
    return writer.text
  }

  var words: String {
    let messages = common.messages
    let found = percent(evaluation.found)
    let alarms = percent(evaluation.falseAlarmsPerText)
    var lines = [
      messages(
        "共 \(evaluation.texts) 条，标出 \(evaluation.total.marked) 处；遮住 \(found)，误遮每条 \(alarms)。",
        "\(evaluation.texts) texts, \(evaluation.total.marked) spans; cut out \(found), "
          + "false alarms \(alarms) a text."),
      PrivacyTables(evaluation, messages).marked.text,
    ]
    if !evaluation.alarmKinds.isEmpty {
      lines.append(
        messages("误遮的当成了：", "false alarms were taken for: ")
          + evaluation.alarmKinds.map { "\($0.kind) \($0.count)" }.joined(separator: " · "))
    }
    // Ids only: the texts are what is to be kept private.
    for (words, ids) in [
      (messages("漏遮：", "missed: "), evaluation.missed), (messages("误遮：", "false alarm: "), evaluation.alarmed),
    ] where !ids.isEmpty { lines.append(words + ids.prefix(mistakes).joined(separator: " ")) }
    return lines.joined(separator: "\n") + "\n"
  }
}
