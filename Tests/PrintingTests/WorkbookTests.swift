import Printing
import Testing

struct WorkbookTests {
  private func sheet(_ cells: [Workbook.Cell], name: String = "总览") -> Workbook.Sheet {
    Workbook.Sheet(name: name, columns: [Workbook.Column("项目", width: 20)], rows: [cells], notes: ["说明"])
  }

  private func book(_ sheets: Workbook.Sheet...) -> Workbook {
    Workbook(title: "月报", author: "金点子", sheets: sheets, instant: 1_754_000_000)
  }

  private func part(_ name: String, of book: Workbook) throws -> String {
    let package = try #require(PackageParts(try book.xlsx()))
    let bytes = try #require(package.parts.first { $0.name == name }?.bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func equalValuesGiveEqualBytes() throws {
    let book = SeededDocuments.workbook(SeededDocuments.texts(isClean: true))
    #expect(try book.xlsx() == book.xlsx())
    var later = book
    later.instant += 1
    #expect(try later.xlsx() != book.xlsx())
    #expect(try part("docProps/core.xml", of: book).contains("2025-07-31T22:13:20Z"))
  }

  @Test func cellsKeepTheirKinds() throws {
    let cells: [Workbook.Cell] = [
      .text("常德"), .integer(1_234), .decimal(3.25, places: 2), .share(0.956), .day(20_300), .suppressed, .empty,
    ]
    let sheet = try part("xl/worksheets/sheet1.xml", of: book(sheet(cells)))
    for value in ["<v>1234</v>", "<v>3.25</v>", "<v>0.956</v>", "<v>45869</v>", "r=\"F2\""] {
      #expect(sheet.contains(value), "\(value)")
    }
    #expect(!sheet.contains("r=\"G2\""))
    #expect(sheet.contains("<pane ySplit=\"1\""))
    #expect(try part("xl/sharedStrings.xml", of: book(self.sheet(cells))).contains("&lt;5"))
  }

  @Test(arguments: [
    "=1+1", "=HYPERLINK(\"http://a\",\"b\")", "+1", "@A1", "http://a/", "0012", "_x0041_", "\u{1}\u{FFFF}",
  ])
  func textStaysText(_ text: String) throws {
    let sheet = try part("xl/worksheets/sheet1.xml", of: book(sheet([.text(text)])))
    #expect(!sheet.contains("<f>"))
    #expect(!sheet.contains("hyperlink"))
    #expect(sheet.contains("r=\"A2\" s=\"2\" t=\"s\""), "\(sheet)")
  }

  @Test func sheetsNobodyCouldOpenAreRefused() {
    for name in ["", "a/b", "a:b", "[a]", "'a'", String(repeating: "总", count: 32)] {
      #expect(throws: PrintingFault.sheet(1, .name)) { try book(sheet([], name: name)).xlsx() }
    }
    #expect(throws: PrintingFault.sheet(2, .name)) { try book(sheet([], name: "a"), sheet([], name: "A")).xlsx() }
    let wide = sheet(Array(repeating: .empty, count: 16_385))
    #expect(throws: PrintingFault.sheet(1, .size)) { try book(wide).xlsx() }
  }
}
