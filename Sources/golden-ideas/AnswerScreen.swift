import Casework
import Suggestions

/// The figures of `eval answers`, as a screen and as JSON. Ids only: answers may have what should not be shown.
struct AnswerScreen {
  private let figures: AnswerFigures
  private let common: CommonOptions
  private let lowest: [Int]

  /// - Parameter lowest: how many ids are listed.
  init(_ figures: AnswerFigures, lowest: Int, _ common: CommonOptions) {
    self.figures = figures
    self.common = common
    self.lowest = figures.lowest(lowest)
  }

  private func share(_ count: Int, of all: Int) -> Double { all == 0 ? 0 : Double(count) / Double(all) }

  var json: String {
    var writer = JSONWriter()
    let all = figures.answers.count
    writer.object { root in
      root.field("answers", all)
      root.field("warned", share(figures.warned, of: all), decimals: 4)
      root.array("findings") { list in
        for code in AnswerGateFinding.Code.allCases {
          list.object {
            $0.field("code", code.code)
            $0.field("answers", figures.count(code))
            $0.field("share", share(figures.count(code), of: all), decimals: 4)
            $0.field("warnings", figures.count(code, from: .warning))
          }
        }
      }
      write("complete", figures.complete, to: &root)
      write("explains", figures.explains, to: &root)
      root.object("doubted") {
        $0.field("answers", figures.doubt.answers)
        $0.field("own", share(figures.doubt.own, of: figures.doubt.answers), decimals: 4)
        $0.field("swapped", share(figures.doubt.swapped, of: figures.doubt.answers), decimals: 4)
      }
      root.array("lowest") { list in
        for index in lowest {
          let review = figures.reviews[index]
          list.object { item in
            item.field("id", figures.answers[index].id)
            item.field("complete", review.scores.complete, decimals: 4)
            item.field("explains", review.scores.explains, decimals: 4)
            item.array("findings") { codes in for code in Self.codes(review) { codes.field(nil, code.code) } }
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  private func write(_ key: String, _ agreement: AnswerFigures.Agreement, to json: inout JSONWriter) {
    json.object(key) {
      $0.field("scored", agreement.scored)
      $0.field("correlation", agreement.correlation ?? .nan, decimals: 4)
      $0.field("ordered", agreement.ordered ?? .nan, decimals: 4)
    }
  }

  var words: String {
    let messages = common.messages
    let names = AnswerFindingWords(messages: messages)
    let all = figures.answers.count
    var lines = [
      messages(
        "共 \(all) 条答复；有提醒的 \(percent(share(figures.warned, of: all)))（只算提醒和严重，不算留意）。",
        "\(all) answers; warned of \(percent(share(figures.warned, of: all))), notes not counted.")
    ]
    var table = TextTable(columns: [
      (messages("发现", "finding"), .left), (messages("条", "answers"), .right), (messages("比例", "share"), .right),
      (messages("其中提醒以上", "more than a note"), .right),
    ])
    for code in AnswerGateFinding.Code.allCases {
      let count = figures.count(code)
      table.add([
        names.name(code), "\(count)", percent(share(count, of: all)), "\(figures.count(code, from: .warning))",
      ])
    }
    lines.append(table.text)
    for (name, agreement) in [
      (messages("完整", "complete"), figures.complete), (messages("说理", "explains"), figures.explains),
    ] where agreement.scored > 0 { lines.append(words(name, agreement)) }
    let doubt = figures.doubt
    if doubt.answers > 0 {
      let own = percent(share(doubt.own, of: doubt.answers))
      let swapped = percent(share(doubt.swapped, of: doubt.answers))
      lines.append(
        messages(
          "有内容的 \(doubt.answers) 条：疑为答错件的 \(own)；故意错配后看出 \(swapped)。",
          "\(doubt.answers) answers say something: \(own) look like another case's, "
            + "\(swapped) when dealt out wrongly."))
    }
    if !lowest.isEmpty { lines.append(messages("分最低的：", "lowest scores:")) }
    for index in lowest {
      let review = figures.reviews[index]
      let codes = Self.codes(review).map(names.name).joined(separator: messages("、", ", "))
      let scores = "\(decimal(review.scores.complete, 2)) \(decimal(review.scores.explains, 2))"
      lines.append("  \(figures.answers[index].id)  \(scores)  \(codes)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ name: String, _ agreement: AnswerFigures.Agreement) -> String {
    let messages = common.messages
    guard let correlation = agreement.correlation, let ordered = agreement.ordered else {
      return messages(
        "\(name)：\(agreement.scored) 条有人打分，分数都一样，没法比。",
        "\(name): \(agreement.scored) scored by people, all alike; nothing to rank.")
    }
    return messages(
      "\(name)：\(agreement.scored) 条有人打分，等级相关 \(decimal(correlation, 3))，高低排对 \(percent(ordered))。",
      "\(name): \(agreement.scored) scored by people, rank correlation \(decimal(correlation, 3)), "
        + "\(percent(ordered)) of the pairs in order.")
  }

  /// Each code once.
  private static func codes(_ review: AnswerGateReview) -> [AnswerGateFinding.Code] {
    AnswerGateFinding.Code.allCases.filter { code in review.findings.contains { $0.code == code } }
  }
}
