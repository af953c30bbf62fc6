import Suggestions

/// Columns lined up by what a terminal shows: Chinese characters take two cells.
struct TextTable {
  enum Side { case left, right }

  let columns: [(title: String, side: Side)]
  private(set) var rows: [[String]] = []

  init(columns: [(String, Side)]) { self.columns = columns.map { (title: $0.0, side: $0.1) } }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let all = [columns.map(\.title)] + rows
    let widths = columns.indices.map { column in all.map { TextTable.width(of: $0[column]) }.max() ?? 0 }
    return all.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: max(0, widths[index] - TextTable.width(of: cell)))
        line += (index > 0 ? "  " : "") + (columns[index].side == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// Cells a text takes: two for East Asian wide characters and emoji (Unicode UAX #11), none for combining marks.
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        sum + 2
      default: sum + 1
      }
    }
  }

  /// A text cut to so many cells, with an ellipsis where something was cut.
  static func cut(_ text: String, to cells: Int) -> String {
    guard width(of: text) > cells else { return text }
    var kept = ""
    var used = 0
    for character in text {
      let wide = width(of: String(character))
      if used + wide > cells - 1 { break }
      kept.append(character)
      used += wide
    }
    return kept + "…"
  }

  static func seconds(_ value: Double) -> String {
    let tenths = Int((value * 100).rounded())
    return "\(tenths / 100).\(tenths % 100 < 10 ? "0" : "")\(tenths % 100)"
  }
}

/// A share as people read it: 0.9157 is 91.6 %.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}

/// A number with a fixed count of decimals, the same everywhere: as in JSON, so that both can be compared.
func decimal(_ value: Double, _ decimals: Int) -> String {
  var writer = JSONWriter()
  writer.field(nil, value, decimals: decimals)
  return writer.text
}
