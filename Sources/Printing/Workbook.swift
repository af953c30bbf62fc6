/// Tables for a spreadsheet: values with their kinds, and no formulas, of which there is no way to write one.
package struct Workbook: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var title: String
    /// In characters of its digits; a Chinese character takes two.
    package var width: Double

    package init(_ title: String, width: Double = 12) {
      self.title = title
      self.width = width
    }
  }

  package enum Cell: Sendable, Hashable {
    case empty
    case text(String)
    case integer(Int)
    /// With so many decimals shown, 0 to 9.
    case decimal(Double, places: Int)
    /// A share of 1, shown in per cent with one decimal.
    case share(Double)
    /// Days since 1970-01-01.
    case day(Int)
    /// A count too small to be told: shown as `<5`.
    case suppressed
  }

  package struct Sheet: Sendable, Hashable {
    package var name: String
    package var columns: [Column]
    package var rows: [[Cell]]
    /// Lines below the table: definitions, where the numbers come from.
    package var notes: [String]

    package init(name: String, columns: [Column], rows: [[Cell]], notes: [String] = []) {
      self.name = name
      self.columns = columns
      self.rows = rows
      self.notes = notes
    }
  }

  package var title: String
  package var author: String
  package var sheets: [Sheet]
  /// Seconds since 1970 the document is said to have been made at.
  package var instant: Int64

  package init(title: String, author: String, sheets: [Sheet], instant: Int64) {
    self.title = title
    self.author = author
    self.sheets = sheets
    self.instant = instant
  }

  /// The first sheet no spreadsheet would open, and why.
  var fault: PrintingFault? {
    var names: Set<String> = []
    for (offset, sheet) in sheets.enumerated() {
      let isNamed =
        !sheet.name.isEmpty && sheet.name.utf16.count <= 31 && !sheet.name.contains { "[]:*?/\\".contains($0) }
        && sheet.name.first != "'" && sheet.name.last != "'" && names.insert(sheet.name.lowercased()).inserted
      if !isNamed { return .sheet(offset + 1, .name) }
      let height = sheet.rows.count + sheet.notes.count + 2
      let width = max(sheet.columns.count, sheet.rows.map(\.count).max() ?? 0)
      if height > 1_048_576 || width > 16_384 { return .sheet(offset + 1, .size) }
    }
    return nil
  }
}
