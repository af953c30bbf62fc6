import Pipeline

/// What `ingest` prints for people: a line a file, and the sum.
struct IngestScreen {
  private let report: IntakeReport
  private let messages: Messages
  private let seconds: Double
  private let isDryRun: Bool

  init(_ report: IntakeReport, messages: Messages, seconds: Double, isDryRun: Bool) {
    self.report = report
    self.messages = messages
    self.seconds = seconds
    self.isDryRun = isDryRun
  }

  var text: String {
    var table = TextTable(
      columns: [
        (messages("文件", "file"), .left), (messages("表单", "form"), .left), (messages("读入", "read"), .right),
        (messages("新", "new"), .right), (messages("更正", "revised"), .right), (messages("未变", "unchanged"), .right),
        (messages("隔离", "quarantined"), .right),
      ])
    for file in report.files {
      table.add(
        [file.name, file.profile]
          + [file.counts.read, file.counts.new, file.counts.revised, file.counts.unchanged, file.counts.quarantined]
          .map(messages.grouped))
    }
    let total = report.total
    table.add(
      [messages("合计", "total"), ""]
        + [total.read, total.new, total.revised, total.unchanged, total.quarantined].map(messages.grouped))
    var lines = [table.text]
    lines.append(
      messages(
        "新事项 \(messages.grouped(total.suggestions)) 件；\(messages.duplicates(total))；用时 \(TextTable.seconds(seconds)) 秒。",
        "\(messages.grouped(total.suggestions)) new suggestions; \(messages.duplicates(total)); \(TextTable.seconds(seconds)) s."))
    if total.quarantined > 0 {
      lines.append(
        messages("有 \(total.quarantined) 条进了隔离区，golden-ideas quarantine list 查看原因。", "\(total.quarantined) records are in quarantine; golden-ideas quarantine list says why."))
    }
    if isDryRun { lines.append(messages("这是演算，没有入库。", "Dry run: nothing was kept.")) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Messages {
  /// What became of texts that say what others said; what there is none of is left out but for the first two.
  func duplicates(_ counts: IntakeCounts) -> String {
    var parts = [
      self("重复来件 \(grouped(counts.exact)) 条已并入", "\(grouped(counts.exact)) exact duplicates joined"),
      self("近似 \(grouped(counts.near)) 条待确认", "\(grouped(counts.near)) near ones to confirm"),
    ]
    if counts.contained > 0 {
      parts.append(self("包含 \(grouped(counts.contained)) 条", "\(grouped(counts.contained)) that contain another or stand in one"))
    }
    if counts.again > 0 {
      parts.append(self("办结后再次发生 \(grouped(counts.again)) 件", "\(grouped(counts.again)) matters again that were done with"))
    }
    return parts.joined(separator: self("，", ", "))
  }
}
