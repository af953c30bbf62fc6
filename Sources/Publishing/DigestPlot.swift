internal import Suggestions

/// 图: a table's first column as bars, in black on white with the number at each bar, so that a photocopy says the same;
/// and in words, for who does not see it and for formats that draw nothing.
struct DigestPlot {
  let table: DigestIssue.Table
  let words: DigestWords

  /// More bars than this are read in the table.
  private static let most = 12
  private static let width = 640.0
  private static let barWidth = 520.0
  private static let rowHeight = 34.0

  private var rows: ArraySlice<DigestIssue.Table.Row> { table.rows.prefix(DigestPlot.most) }

  private static func count(_ row: DigestIssue.Table.Row) -> Int? {
    if case .count(let count)? = row.cells.first?.figure { return count }
    return nil
  }

  /// Nil where there is nothing to draw.
  var markup: String? {
    let counts = rows.map(DigestPlot.count)
    guard let most = counts.compactMap(\.self).max(), most > 0 else { return nil }
    let id = "plot-" + (table.name.code ?? "table")
    let height = Double(counts.count) * DigestPlot.rowHeight + 6
    var svg = HTMLWriter()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "plot", "role": "img", "aria-labelledby": "\(id)-t \(id)-d",
        "viewBox": "0 0 \(Int(DigestPlot.width)) \(Int(height))", "width": "\(Int(DigestPlot.width))",
        "height": "\(Int(height))",
      ]
    ) { plot in
      plot.element("title", ["id": "\(id)-t"], title)
      plot.element("desc", ["id": "\(id)-d"], description)
      for (place, row) in rows.enumerated() {
        let top = Double(place) * DigestPlot.rowHeight
        plot.element("text", ["x": "0", "y": DigestPlot.number(top + 14), "font-size": "14"], words.text(row.name))
        let width = counts[place].map { DigestPlot.barWidth * Double($0) / Double(most) } ?? 0
        plot.empty(
          "rect",
          [
            "x": "0", "y": DigestPlot.number(top + 18), "width": DigestPlot.number(max(1, width)), "height": "11",
            "fill": counts[place] == nil ? "none" : "#222", "stroke": "#222",
          ])
        plot.element(
          "text",
          ["x": DigestPlot.number(max(1, width) + 8), "y": DigestPlot.number(top + 28), "font-size": "13"],
          row.cells.first.map(words.value) ?? "")
      }
    }
    return svg.markup
  }

  private var title: String {
    words.text(table.name) + words("：", ": ") + (table.columns.first.map { words.text($0.name) } ?? "")
  }

  /// Every bar in words.
  var description: String {
    words.list(rows.map { words.text($0.name) + " " + ($0.cells.first.map(words.value) ?? "") })
      + words("。", ".")
  }

  /// A coordinate with one decimal.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
