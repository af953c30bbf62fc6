import Printing
import Publishing

/// An issue as sheets of a workbook: its figures, one sheet for each table, its cases. Small numbers stay hidden.
struct DigestWorkbook {
  let issue: DigestIssue
  let language: DigestLanguage

  var workbook: Workbook {
    let month = issue.month.text
    return Workbook(
      title: say("金点子月报 \(month)", "Golden Ideas digest \(month)"), author: say("金点子", "Golden Ideas"),
      sheets: [figures] + tables + [cases], instant: issue.asOf)
  }

  private func say(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

  private func text(_ label: DigestLabel?) -> Workbook.Cell {
    label.map { .text($0.text(in: language)) } ?? .empty
  }

  // MARK: Sheets

  private var figures: Workbook.Sheet {
    let months = [issue.month, issue.month.previous, issue.month.yearEarlier]
    let columns = [Workbook.Column(say("指标", "figure"), width: 34)]
      + months.flatMap { month in
        [Workbook.Column(month.text, width: 12), Workbook.Column(say("\(month.text) 基数", "\(month.text) of"), width: 14)]
      }
      + [Workbook.Column(say("单位", "unit"), width: 10), Workbook.Column(say("定义", "definition"), width: 70)]
    let rows = issue.headlines.map { headline -> [Workbook.Cell] in
      [text(headline.indicator.name)]
        + [headline.cell, headline.previous, headline.yearEarlier].flatMap { [value($0), base($0)] }
        + [.text(unit(headline.indicator.unit)), text(headline.indicator.definition)]
    }
    return Workbook.Sheet(name: say("数字", "Figures"), columns: columns, rows: rows, notes: notes)
  }

  /// Names are cut to what spreadsheets take, and told apart where two are alike.
  private var tables: [Workbook.Sheet] {
    var taken: Set<String> = [say("数字", "Figures"), say("选登", "Cases")]
    return (issue.tables + issue.tallies).map { table in
      let name = table.name.text(in: language).filter { !"[]:*?/\\'".contains($0) }
      var sheet = String(name.prefix(28))
      var number = 2
      while !taken.insert(sheet).inserted {
        sheet = "\(name.prefix(26)) \(number)"
        number += 1
      }
      let columns = [Workbook.Column(table.name.text(in: language), width: 30)]
        + table.columns.flatMap { column in
          let name = column.name.text(in: language)
          return column.unit == .count
            ? [Workbook.Column(name, width: 14)]
            : [Workbook.Column(name, width: 14), Workbook.Column(say("\(name) 基数", "\(name) of"), width: 14)]
        }
      let rows = (table.rows + [table.total]).map { row -> [Workbook.Cell] in
        [text(row.name)]
          + zip(table.columns, row.cells).flatMap { column, cell in
            column.unit == .count ? [value(cell)] : [value(cell), base(cell)]
          }
      }
      return Workbook.Sheet(name: sheet, columns: columns, rows: rows, notes: [small])
    }
  }

  private var cases: Workbook.Sheet {
    let columns = [
      Workbook.Column(say("栏目", "section"), width: 18), Workbook.Column(say("编号", "number"), width: 9),
      Workbook.Column(say("标题", "title"), width: 30), Workbook.Column(say("内容", "text"), width: 60),
      Workbook.Column(say("主题", "topic"), width: 18), Workbook.Column(say("地区", "area"), width: 16),
      Workbook.Column(say("单位", "unit"), width: 24), Workbook.Column(say("结果", "outcome"), width: 14),
      Workbook.Column(say("附议", "support"), width: 8), Workbook.Column(say("答复", "answer"), width: 60),
    ]
    let rows = issue.sections.flatMap { section in
      section.items.map { item -> [Workbook.Cell] in
        let (matter, facts) = (item.matter, item.matter.facts)
        return [
          text(section.section.name), .integer(matter.id), .text(matter.title.text), .text(matter.body.text),
          text(facts.topic), text(facts.area), text(facts.unit), text(facts.outcome),
          item.support.map { .integer($0) } ?? .suppressed, matter.answer.text.isEmpty ? .empty : .text(matter.answer.text),
        ]
      }
    }
    return Workbook.Sheet(name: say("选登", "Cases"), columns: columns, rows: rows)
  }

  // MARK: Cells

  private func value(_ cell: DigestCell) -> Workbook.Cell {
    switch cell {
    case .hidden: .suppressed
    case .missing: .empty
    case .shown(.count(let count)): .integer(count)
    case .shown(.share(let part, let whole)): whole > 0 ? .share(Double(part) / Double(whole)) : .empty
    case .shown(.seconds(let seconds, _)): seconds.map { .integer($0) } ?? .empty
    }
  }

  private func base(_ cell: DigestCell) -> Workbook.Cell {
    if case .hidden = cell { return .suppressed }
    return cell.figure?.denominator.map { .integer($0) } ?? .empty
  }

  private func unit(_ unit: DigestIndicator.Unit) -> String {
    switch unit {
    case .count: say("件", "count")
    case .share: say("比例", "share")
    case .seconds: say("秒", "seconds")
    }
  }

  private var small: String {
    say("“<5”：小于 5，或为不让人推算出小数而隐去。空格：没有数据。", "\"<5\": below 5, or hidden so that a small number cannot be worked out. Empty: no data.")
  }

  private var notes: [String] {
    let state = issue.state
    return [
      small,
      say(
        "存储：第 \(state.event) 个事件，来件 \(state.submissions) 条，规则 \(state.rules)。",
        "Store: event \(state.event), \(state.submissions) submissions, rules \(state.rules)."),
    ]
  }
}
