import Printing
import TestSupport
import Testing

/// Tables on paper: figures side by side and below each other are no numbers of anybody's, and a number that is broken
/// over the lines of a narrow cell still is.
@Suite(.enabled(if: ConverterNeeds.hasPages, Comment(rawValue: ConverterNeeds.advice)))
struct PageTableTests {
  private func findings(_ rows: [[String]], cell: String) throws -> [GateFinding] {
    let body = rows.map { row in "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
    let style = "@page{size:A4;margin:12mm}table{border-collapse:collapse;font-size:8pt}td{border:1px solid;\(cell)}"
    let page = "<!DOCTYPE html><meta charset=\"utf-8\"><title>表</title><style>\(style)</style><table>\(body)</table>"
    let document = try PagePrinting(ConverterNeeds.conversion).pdf(of: Array(page.utf8), instant: 1)
    return try PublicationGate(ConverterNeeds.conversion).findings(
      in: PrintedDocument(name: "表.pdf", format: .pdf, bytes: document))
  }

  @Test(arguments: ["padding:1pt 3pt;text-align:right", "padding:0 1pt;text-align:left", "padding:2pt 8pt;width:4em"])
  func figuresAreNoNumbers(_ cell: String) throws {
    var random = SeededGenerator(11)
    let rows = (0..<300).map { _ in
      (0..<12).map { column -> String in
        switch column % 4 {
        case 0: String(random.below(10) < 5 ? random.below(200) : random.below(20_000))
        case 1: "\(random.below(100)).\(random.below(10))%"
        case 2: String(100 + random.below(100))
        default: "07-\(10 + random.below(20)) 0\(random.below(10)):\(10 + random.below(50))"
        }
      }
    }
    let found = try findings(rows, cell: cell)
    #expect(found.isEmpty, "\(found.count): \(found.prefix(10))")
  }

  @Test(arguments: [4, 5, 7]) func brokenNumbersAreFound(_ width: Int) throws {
    var random = SeededGenerator(12)
    let rows = (0..<120).map { row -> [String] in
      let number =
        switch row % 3 {
        case 0: SeededIdentifier.mobile(&random)
        case 1: SeededIdentifier.residentID(&random)
        default: SeededIdentifier.bankCard(&random)
        }
      return ["十二", number, "34"]
    }
    let found = try findings(rows, cell: "padding:2pt;width:\(width)em;max-width:\(width)em;word-break:break-all")
    let lines = Set(found.map { [$0.place.number, $0.place.within ?? 0] }).count
    #expect(lines >= rows.count, "\(lines) of \(rows.count)")
  }
}
