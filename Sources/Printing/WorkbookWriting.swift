internal import CXLSXWriter

extension Workbook {
  /// The workbook as XLSX: the same bytes for the same values, on every machine with the same library.
  package func xlsx() throws(PrintingFault) -> [UInt8] {
    if let fault { throw fault }
    let folder = try WorkFolder()
    let code = folder.path("book.xlsx").withCString { file in
      folder.path.withCString { temporary -> UInt32 in
        var options = lxw_workbook_options()
        options.tmpdir = UnsafeMutablePointer(mutating: temporary)
        guard let book = workbook_new_opt(file, &options) else { return LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue }
        return write(to: book)
      }
    }
    guard code == 0, let bytes = folder.bytes(of: "book.xlsx") else { throw .sheet(0, .unwritable(code)) }
    return bytes
  }

  /// The first code of the library that is none of success; the workbook is closed in any case.
  private func write(to book: UnsafeMutablePointer<lxw_workbook>) -> UInt32 {
    let formats = CellFormats(book)
    var code: UInt32 = 0
    func check(_ error: lxw_error) { if code == 0 { code = error.rawValue } }
    for sheet in sheets {
      guard let page = workbook_add_worksheet(book, sheet.name) else {
        check(LXW_ERROR_MEMORY_MALLOC_FAILED)
        break
      }
      for (column, value) in sheet.columns.enumerated() {
        check(worksheet_set_column(page, UInt16(column), UInt16(column), value.width, nil))
        check(worksheet_write_string(page, 0, UInt16(column), Workbook.writable(value.title), formats.head))
      }
      worksheet_freeze_panes(page, 1, 0)
      // On paper the head stands on every page.
      check(worksheet_repeat_rows(page, 0, 0))
      worksheet_set_paper(page, 9)
      worksheet_fit_to_pages(page, 1, 0)
      for (row, cells) in sheet.rows.enumerated() {
        for (column, cell) in cells.enumerated() {
          check(Workbook.write(cell, UInt32(row + 1), UInt16(column), page, formats))
        }
      }
      for (row, note) in sheet.notes.enumerated() {
        check(worksheet_write_string(page, UInt32(sheet.rows.count + 2 + row), 0, Workbook.writable(note), nil))
      }
    }
    check(setProperties(book))
    check(workbook_close(book))
    return code
  }

  private static func write(
    _ cell: Cell, _ row: UInt32, _ column: UInt16, _ page: UnsafeMutablePointer<lxw_worksheet>, _ formats: CellFormats
  ) -> lxw_error {
    switch cell {
    case .empty: LXW_NO_ERROR
    case .text(let text): worksheet_write_string(page, row, column, writable(text), formats.text)
    case .integer(let number): worksheet_write_number(page, row, column, Double(number), formats.integer)
    case .decimal(let number, let places):
      worksheet_write_number(page, row, column, number, formats.decimals[min(max(places, 0), 9)])
    case .share(let share): worksheet_write_number(page, row, column, share, formats.share)
    // Spreadsheets count days from 1899-12-30, as they take 1900 for a leap year.
    case .day(let day): worksheet_write_number(page, row, column, Double(day + 25_569), formats.day)
    case .suppressed: worksheet_write_string(page, row, column, "<5", formats.suppressed)
    }
  }

  private func setProperties(_ book: UnsafeMutablePointer<lxw_workbook>) -> lxw_error {
    title.withCString { title in
      author.withCString { author in
        var properties = lxw_doc_properties()
        properties.title = UnsafeMutablePointer(mutating: title)
        properties.author = UnsafeMutablePointer(mutating: author)
        // The library takes 0 for now.
        properties.created = time_t(max(1, instant))
        return workbook_set_properties(book, &properties)
      }
    }
  }

  /// Characters a cell holds.
  private static let longestText = 32_767

  /// What XML has no place for becomes U+FFFD, and the end of what is too long is left away.
  private static func writable(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      length += scalar.value > 0xFFFF ? 2 : 1
      if length > longestText { break }
      switch scalar.value {
      case 0x09, 0x0A: kept.append(scalar)
      case 0..<0x20, 0x7F, 0xFFFE, 0xFFFF: kept.append("\u{FFFD}")
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }
}

/// How cells look, by the kind of their value.
private struct CellFormats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let head, text, integer, share, day, suppressed: Format?
  let decimals: [Format?]

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    func format(_ number: String? = nil) -> Format? {
      let format = workbook_add_format(book)
      if let number { format_set_num_format(format, number) }
      return format
    }
    head = format()
    format_set_bold(head)
    format_set_text_wrap(head)
    format_set_bottom(head, 1)
    // Text whatever it looks like, also when somebody edits the cell.
    text = format("@")
    format_set_text_wrap(text)
    integer = format("#,##0")
    share = format("0.0%")
    day = format("yyyy-mm-dd")
    suppressed = format("@")
    format_set_align(suppressed, 3)
    decimals = (0...9).map { format($0 == 0 ? "#,##0" : "#,##0." + String(repeating: "0", count: $0)) }
  }
}
