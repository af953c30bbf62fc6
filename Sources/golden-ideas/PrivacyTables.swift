import Evaluation

/// The tables of `eval privacy`, the same on the screen and in the report. Kinds and numbers only: the texts are what
/// is to be kept private.
struct PrivacyTables {
  private let evaluation: PrivacyEvaluation
  private let messages: Messages

  init(_ evaluation: PrivacyEvaluation, _ messages: Messages) {
    self.evaluation = evaluation
    self.messages = messages
  }

  /// What people marked, by the kind they wrote.
  var marked: TextTable {
    let columns: [(String, TextTable.Side)] = [
      (messages("种类", "kind"), .left), (messages("处", "n"), .right), (messages("遮住", "cut"), .right),
      (messages("比例", "share"), .right),
    ]
    var table = TextTable(columns: columns)
    for (kind, tally) in evaluation.kinds.sorted(by: { $0.key < $1.key }) {
      table.add([kind, "\(tally.marked)", "\(tally.found)", percent(tally.share)])
    }
    return table
  }

  /// What was cut out, by the kind the redactor took it for.
  var cut: TextTable {
    let columns: [(String, TextTable.Side)] = [
      (messages("当成", "taken for"), .left), (messages("遮了", "cut"), .right), (messages("误遮", "false alarms"), .right),
      (messages("遮得对", "on target"), .right),
    ]
    var table = TextTable(columns: columns)
    for (kind, tally) in evaluation.cutKinds.sorted(by: { $0.key < $1.key }) {
      table.add([kind, "\(tally.cut)", "\(tally.falseAlarms)", percent(tally.onTarget)])
    }
    return table
  }
}
