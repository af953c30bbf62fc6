import Casework
import Rules
import Store
import Suggestions

/// A station's desk for people and for programs.
struct StationScreen {
  let place: Station
  let messages: Messages

  func text(_ entries: [StationEntry], errands: [StationEntry], _ lags: CustodyLags, limit: Int) -> String {
    var parts = ["\(place.name) · \(place.address)"]
    parts.append(
      errands.isEmpty
        ? messages("没有要带回的答复。", "Nothing to carry back.")
        : messages("要带回的（\(errands.count) 件）", "To carry back (\(errands.count))") + "\n" + carried(errands))
    parts.append(messages("每步多久（中位数）", "Lag of each step (median)") + "\n" + table(lags, entries.count))
    let shown = entries.prefix(limit)
    let heading = messages("本站来件（\(entries.count) 件）", "Submissions (\(entries.count))")
    parts.append(entries.isEmpty ? messages("还没有来件。", "No submissions yet.") : heading + "\n" + table(Array(shown)))
    if shown.count < entries.count {
      parts.append(messages("只列最近 \(shown.count) 件；--limit 列更多。", "the newest \(shown.count); --limit shows more."))
    }
    return parts.joined(separator: "\n\n")
  }

  private func carried(_ errands: [StationEntry]) -> String {
    errands.compactMap { entry in
      entry.errand.map { errand in
        let holding = entry.submission.holding
        let lines = [
          "  \(holding.receipt)  \(messages.place(entry.submission))  \(entry.submission.excerpt)",
          "    " + messages.word(errand.what) + messages("：", ": ") + told(errand).split(whereSeparator: \.isNewline)
            .joined(separator: " "),
          "    " + record(entry, errand),
        ]
        return lines.joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }

  private func told(_ errand: CaseErrand) -> String {
    errand.rejection.map { messages.word($0) } ?? errand.text ?? ""
  }

  /// The act that records that it was done.
  private func record(_ entry: StationEntry, _ errand: CaseErrand) -> String {
    let root = entry.submission.holding.root
    if errand.what == .question {
      return "golden-ideas follow-up \(entry.submission.holding.receipt) --answer …"
    }
    let who = entry.isKeepers ? "--role station-keeper --station \(place.code)" : "--role moderator"
    return "golden-ideas act \(root) tell \(who) --text …"
  }

  private func table(_ lags: CustodyLags, _ count: Int) -> String {
    var table = TextTable(
      columns: [
        (messages("从", "from"), .left), (messages("到", "to"), .left), (messages("中位数", "median"), .right),
        (messages("件", "entries"), .right),
      ])
    for line in lags.lines {
      table.add([messages.word(line.from), messages.word(line.to), messages.span(line.median), String(line.count)])
    }
    let unknown = CustodyTrail.Step.allCases.compactMap { step in
      lags.unknown[step].map { messages.word(step) + " \($0)" }
    }
    let remark = unknown.isEmpty
      ? "" : "\n" + messages("日期不知道的：", "date not known: ") + unknown.joined(separator: messages("，", ", "))
        + messages("（共 \(count) 件）", " (of \(count))")
    return (lags.lines.isEmpty ? messages("还没有。", "none yet.") : table.text) + remark
  }

  private func table(_ entries: [StationEntry]) -> String {
    var table = TextTable(
      columns: [
        (messages("回执", "receipt"), .left), (messages("出处", "where"), .left),
      ] + CustodyTrail.Step.allCases.map { (messages.word($0), .left) } + [
        (messages("状态", "state"), .left), (messages("内容", "text"), .left),
      ])
    for entry in entries {
      let days = CustodyTrail.Step.allCases.map { step in
        entry.trail.moments[step].map { String(LocalTime.short($0).prefix(10)) } ?? "—"
      }
      table.add(
        [entry.submission.holding.receipt, messages.place(entry.submission)] + days + [
          entry.state.map { messages.word($0.code) } ?? messages("专人办理", "designated staff"),
          TextTable.cut(entry.submission.excerpt.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 30),
        ])
    }
    return table.text
  }

  // MARK: JSON

  /// As documented for `station --json`.
  static func write(_ entry: StationEntry, to json: inout JSONWriter) {
    write(entry.submission, to: &json)
    json.field("state", entry.state?.code)
    json.field("told", entry.isTold)
    json.object("trail") { trail in
      for step in CustodyTrail.Step.allCases {
        trail.field(step.code, entry.trail.moments[step].map(LocalTime.rfc3339))
      }
    }
    json.array("lags") { list in
      for lag in entry.trail.lags {
        list.object {
          $0.field("from", lag.from.code)
          $0.field("to", lag.to.code)
          $0.field("seconds", lag.seconds)
        }
      }
    }
    json.array("unknown") { list in for step in entry.trail.unknown { list.field(nil, step.code) } }
  }

  static func write(_ submission: StationSubmission, to json: inout JSONWriter) {
    json.field("receipt", submission.holding.receipt)
    json.field("submission", submission.holding.number)
    json.field("suggestion", submission.holding.root)
    json.field("channel", submission.channel)
    json.field("book", submission.book)
    json.field("page", submission.page)
    json.field("line", submission.line)
    json.field("sensitive", submission.isSensitive)
    json.field("excerpt", submission.excerpt)
  }

  func write(errand entry: StationEntry, to json: inout JSONWriter) {
    guard let errand = entry.errand else { return }
    StationScreen.write(entry.submission, to: &json)
    json.field("what", errand.what.code)
    json.field("since", LocalTime.rfc3339(errand.since))
    json.field("text", errand.text)
    json.field("rejection", errand.rejection?.code)
    json.field("record", record(entry, errand))
  }

  static func write(_ lags: CustodyLags, to json: inout JSONWriter) {
    json.array("medians") { list in
      for line in lags.lines {
        list.object {
          $0.field("from", line.from.code)
          $0.field("to", line.to.code)
          $0.field("seconds", line.median)
          $0.field("entries", line.count)
        }
      }
    }
    json.object("unknown") { unknown in
      for step in CustodyTrail.Step.allCases {
        if let count = lags.unknown[step] { unknown.field(step.code, count) }
      }
    }
  }
}
