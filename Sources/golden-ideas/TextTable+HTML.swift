import Suggestions

extension TextTable {
  /// The same rows for a page: the first column heads its row. A table wider than the screen moves in a frame of its
  /// own.
  ///
  /// - Parameter style: a class of the style sheet; nil for an ordinary table.
  func write(to html: inout HTMLWriter, caption: String, style: String? = nil) {
    html.element("div", ["class": "wide", "role": "region", "aria-label": caption, "tabindex": "0"]) { frame in
      frame.element("table", ["class": style]) { table in
        table.element("caption", caption)
        table.element("thead") { head in
          head.element("tr") { row in
            for column in columns { row.element("th", ["scope": "col", "class": column.side.style], column.title) }
          }
        }
        table.newline()
        table.element("tbody") { body in
          for cells in rows {
            body.element("tr") { row in
              for (index, cell) in cells.enumerated() {
                let side = columns[index].side.style
                if index == 0 {
                  row.element("th", ["scope": "row", "class": side], cell)
                } else {
                  row.element("td", ["class": side], cell)
                }
              }
            }
            body.newline()
          }
        }
      }
    }
    html.newline()
  }
}

extension TextTable.Side {
  /// Class of the style sheet.
  fileprivate var style: String? {
    switch self {
    case .left: nil
    case .right: "number"
    }
  }
}
