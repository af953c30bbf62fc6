internal import Suggestions

/// 表格文件: an issue as CSV files with what they are in `manifest.csv`. UTF-8 with a byte order mark, as spreadsheets
/// read it.
package struct DigestBundle: Sendable, Hashable {
  package struct File: Sendable, Hashable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// By name, the manifest last.
  package let files: [File]

  package static let manifest = "manifest.csv"

  /// The manifest of a bundle's other files.
  private static func manifest(_ files: [File], _ seal: DigestSeal) -> File {
    var lines = [["file", "lines", "sha256"]]
    lines.append(["seal", "", seal.line])
    for file in files {
      lines.append([file.name, String(file.bytes.count { $0 == 0x0A }), DigestSeal.digest(file.bytes)])
    }
    return File(name: manifest, bytes: DigestSeal.sealed(DigestBundle.bytes(lines.map { cells in
      var row = CSVRow()
      for cell in cells { row.text(cell) }
      return row
    })))
  }

  init(_ issue: DigestIssue, _ seal: DigestSeal) {
    let content = DigestBundleContent(issue: issue)
    let files = [
      ("cases", content.cases), ("definitions", content.definitions), ("figures", content.figures),
      ("hot", content.hot), ("moments", content.moments), ("tables", content.tables),
    ].map { File(name: "\($0.0).csv", bytes: DigestBundle.bytes($0.1)) }
    self.files = files + [DigestBundle.manifest(files, seal)]
  }

  /// Of a folder somebody kept: whether its manifest is intact, and which of its files are not what it says.
  ///
  /// - Returns: nil where there is no manifest of an issue.
  package static func changed(in files: [File]) -> (isIntact: Bool, names: [String])? {
    guard let manifest = files.first(where: { $0.name == DigestBundle.manifest }),
      DigestSeal(in: manifest.bytes) != nil
    else { return nil }
    let lines = String(decoding: manifest.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst(2)
    let wanted = Dictionary(
      lines.compactMap { line -> (String, String)? in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        return cells.count == 3 ? (String(cells[0]), String(cells[2])) : nil
      }, uniquingKeysWith: { first, _ in first })
    let found = Dictionary(files.map { ($0.name, DigestSeal.digest($0.bytes)) }) { first, _ in first }
    let names = Set(wanted.keys).union(found.keys).subtracting([DigestBundle.manifest]).filter { wanted[$0] != found[$0] }
    return (DigestSeal.isIntact(manifest.bytes), names.sorted())
  }

  private static func bytes(_ rows: [CSVRow]) -> [UInt8] {
    Array("\u{FEFF}".utf8) + rows.flatMap { Array($0.line.utf8) }
  }
}

/// The lines of a bundle's files, each under its head.
private struct DigestBundleContent {
  let issue: DigestIssue

  private func rows(_ head: [String], _ lines: [(inout CSVRow) -> Void]) -> [CSVRow] {
    var first = CSVRow()
    for name in head { first.text(name) }
    return [first]
      + lines.map { fill in
        var row = CSVRow()
        fill(&row)
        return row
      }
  }

  private static let cell = ["state", "numerator", "denominator", "value"]

  private static func add(_ cell: DigestCell, to row: inout CSVRow) {
    switch cell {
    case .hidden: row.text("hidden")
    case .missing: row.text("missing")
    case .shown: row.text("shown")
    }
    switch cell.figure {
    case .count(let count)?:
      row.number(count)
      row.number(nil)
      row.number(count)
    case .share(let part, let whole)?:
      row.number(part)
      row.number(whole)
      var number = JSONWriter()
      if whole > 0 { number.field(nil, Double(part) / Double(whole), decimals: 4) }
      row.decimal(number.text)
    case .seconds(let seconds, let whole)?:
      row.number(nil)
      row.number(whole)
      row.number(seconds)
    case nil: for _ in 0..<3 { row.number(nil) }
    }
  }

  var figures: [CSVRow] {
    let months = [issue.month, issue.month.previous, issue.month.yearEarlier]
    return rows(
      ["indicator", "name", "name_en", "unit", "month"] + Self.cell,
      issue.headlines.flatMap { headline in
        zip(months, [headline.cell, headline.previous, headline.yearEarlier]).map { month, cell in
          { row in
            row.text(headline.indicator.code)
            row.text(headline.indicator.name.chinese)
            row.text(headline.indicator.name.english)
            row.text(headline.indicator.unit.rawValue)
            row.text(month.text)
            Self.add(cell, to: &row)
          }
        }
      })
  }

  var tables: [CSVRow] {
    rows(
      ["table", "code", "name", "name_en", "indicator"] + Self.cell,
      (issue.tables + issue.tallies).flatMap { table in
        (table.rows + [table.total]).flatMap { line in
          zip(table.columns, line.cells).map { column, cell in
            { row in
              row.text(table.name.code)
              row.text(line.name.code)
              row.text(line.name.chinese)
              row.text(line.name.english)
              row.text(column.code)
              Self.add(cell, to: &row)
            }
          }
        }
      })
  }

  var cases: [CSVRow] {
    rows(
      [
        "section", "place", "id", "kind", "title", "text", "topic", "area", "station", "unit", "outcome", "support",
        "adopted", "proposal", "answer", "pinned", "rewritten", "points", "reasons",
      ],
      issue.sections.flatMap { section in
        section.items.enumerated().map { place, item in
          { row in
            let (matter, facts) = (item.matter, item.matter.facts)
            row.text(section.section.rawValue)
            row.number(place + 1)
            row.number(matter.id)
            row.text(matter.kind.code)
            row.text(matter.title.text)
            row.text(matter.body.text)
            for label in [facts.topic, facts.area, facts.station, facts.unit, facts.outcome] { row.text(label?.chinese) }
            row.number(item.support)
            row.text(facts.isAdopted ? "true" : "false")
            row.text(facts.proposalNumber.map { PublishableText($0).text })
            row.text(matter.answer.text)
            row.text(item.choice.isPinned ? "true" : "false")
            row.text(item.isRewritten ? "true" : "false")
            row.number(item.choice.points)
            row.text(item.choice.reasons.map { "\($0.name.code ?? "") \($0.points)" }.joined(separator: "; "))
          }
        }
      })
  }

  var moments: [CSVRow] {
    rows(
      ["id", "moment", "name", "name_en", "at"],
      issue.sections.flatMap { section in
        section.items.flatMap { item in
          item.matter.facts.clock.map { moment in
            { row in
              row.number(item.matter.id)
              row.text(moment.name.code)
              row.text(moment.name.chinese)
              row.text(moment.name.english)
              row.number(Int(moment.at))
            }
          }
        }
      })
  }

  var hot: [CSVRow] {
    rows(
      ["id", "title", "topic", "areas", "channels", "people", "people_before", "again"],
      issue.hot.map { hot in
        { row in
          row.number(hot.matter.id)
          row.text(hot.matter.title.text)
          row.text(hot.matter.topic?.chinese)
          row.text(hot.matter.areas.map(\.chinese).joined(separator: "、"))
          row.text(hot.matter.channels.map(\.chinese).joined(separator: "、"))
          row.number(hot.people)
          row.number(hot.before)
          row.number(hot.matter.again)
        }
      })
  }

  var definitions: [CSVRow] {
    rows(
      ["indicator", "name", "name_en", "definition", "definition_en", "unit"],
      issue.headlines.map(\.indicator).map { indicator in
        { row in
          row.text(indicator.code)
          row.text(indicator.name.chinese)
          row.text(indicator.name.english)
          row.text(indicator.definition.chinese)
          row.text(indicator.definition.english)
          row.text(indicator.unit.rawValue)
        }
      })
  }
}
