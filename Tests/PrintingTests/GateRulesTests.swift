import Printing
import TestSupport
import Testing

/// What the gate lets pass, and what it does not take for readable.
struct GateRulesTests {
  private func codes(_ text: String, _ format: PrintFormat, allowed: [String] = []) throws -> [String] {
    let gate = PublicationGate(Conversion(), allowed: GateAllowance(allowed))
    return try gate.findings(in: PrintedDocument(name: "a", format: format, bytes: Array(text.utf8))).map(\.code)
  }

  /// Figures, dates, numbers of cases, receipts and documents, public numbers.
  @Test(arguments: [
    "2025年7月收到 1,234 件，答复 1,180 件，按期率 95.6%（1,128/1,180）。", "2025-07-01—2025-07-31", "2025-07-01T09:12:00+08:00",
    "GI-C0V4-YDK7-E", "GI-1380-0138-0", "常社工发〔2025〕12号", "请拨 12345、12328、110", "编号 445、1023、20250701",
    "09:12 上报，09:40 到场，11:25 修好", "桃花滩路 13 号旁", "3.5–4.2 小时，中位 3.9 小时", "少于 5 件", "ISBN 978-7-01-000000-0",
  ]) func isNobodys(_ text: String) throws {
    for format in [PrintFormat.html, .markdown, .csv] { #expect(try codes(text, format).isEmpty, "\(format)") }
    #expect(try codes("[\"\(text)\"]", .json).isEmpty)
  }

  @Test func figuresSideBySideAreNoNumber() throws {
    let table =
      "<tr><td>138</td><td>1234</td><td>5678</td></tr><tr><td>132</td><td>45</td><td>171</td><td>160</td></tr>"
    #expect(try codes("<table>\(table)</table>", .html).isEmpty)
    #expect(try codes("138,1234,5678\r\n", .csv).isEmpty)
    #expect(try codes("| 138 | 1234 | 5678 |", .markdown).isEmpty)
    #expect(try codes("[138,1234,5678]", .json).isEmpty)
  }

  @Test func whatIsAllowedPasses() throws {
    let text = "路灯报修 0736-7123456，案号 430703-2025-000126。责任编辑：联系人：陈静"
    #expect(try codes(text, .html).contains("landline"))
    #expect(try codes(text, .html, allowed: ["0736-7123456", "430703-2025-######", "陈静"]).isEmpty)
    // A part of a longer number is not what was allowed.
    #expect(try codes("13800001234", .html, allowed: ["1380000123"]) == ["mobile"])
    #expect(try codes("07367123456 138 0000 1234", .html, allowed: ["0736-7123456"]) == ["mobile"])
  }

  @Test func placesAreTold() throws {
    let gate = PublicationGate(Conversion())
    let html = "<h1>月报</h1>\n<p>无</p>\n<p>13800001234</p>"
    let found = try gate.findings(in: PrintedDocument(name: "a", format: .html, bytes: Array(html.utf8)))
    #expect(found == [GateFinding(place: GatePlace(.line, 3), kind: .personal("mobile"))])
    let csv = "a,b\r\n\"x\ny\",\"1380000\n1234\"\r\n"
    let cells = try gate.findings(in: PrintedDocument(name: "a", format: .csv, bytes: Array(csv.utf8)))
    #expect(cells == [GateFinding(place: GatePlace(.line, 3, within: 2), kind: .personal("mobile"))])
  }

  /// Findings go to screens and logs.
  @Test func findingsDoNotRepeatWhatTheyFound() throws {
    var book = SeededDocuments.workbook(["13800001234"])
    book.sheets[0].name = "13900001234"
    let gate = PublicationGate(Conversion())
    let found = try gate.findings(in: PrintedDocument(name: "13700001234", format: .xlsx, bytes: try book.xlsx()))
    #expect(found.count >= 3)
    #expect(!found.contains { "\($0)".contains("00001234") })
  }

  @Test(arguments: [
    ("<img src=\"data:image/png;base64,iVBORw0KGgo=\">", PrintFormat.html),
    ("<p style='background:url(data:image/gif;base64,R0lG)'>", .html),
    ("![图](data:image/png;base64,iVBORw0KGgo=)", .markdown), ("[\"data:text/plain,abc\"]", .json),
  ]) func bytesWrittenAsLettersAreRefused(_ text: String, _ format: PrintFormat) throws {
    #expect(try codes(text, format).contains("unreadable"))
  }

  @Test func longRunsOfLettersAreRefusedAndDigestsAreNot() throws {
    let bytes = String(repeating: "aB3", count: 30)
    #expect(try codes("[\"\(bytes)\"]", .json) == ["unreadable"])
    #expect(try codes("[\"\(String(repeating: "0a", count: 64))\"]", .json).isEmpty)
  }

  @Test func digestsAreNoTelephoneNumbers() throws {
    var random = SeededGenerator(3)
    let digests = (0..<5_000).map { _ in
      (0..<4).map { _ in String(random.next() | 1 << 63, radix: 16) }.joined()
    }
    #expect(try codes(digests.joined(separator: "\n\n"), .markdown).isEmpty)
    #expect(try codes("0a0b0c0d 13800001234", .markdown) == ["mobile"])
  }

  @Test func brokenTextIsRefused() throws {
    let gate = PublicationGate(Conversion())
    for format in [PrintFormat.html, .csv, .json, .markdown, .docx, .xlsx, .bundle] {
      let found = try gate.findings(in: PrintedDocument(name: "a", format: format, bytes: [0x31, 0xFF, 0xFE]))
      #expect(found.map(\.code) == ["unreadable"], "\(format)")
    }
  }

  @Test func marksOfRedactionAreFound() throws {
    #expect(try codes("〔手机号〕\u{F0123}", .html) == ["token"])
  }

  @Test(arguments: ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", " =1", "＝1+1"]) func formulasAreFound(
    _ cell: String
  ) throws {
    #expect(try codes("a,\"\(cell)\"\r\n", .csv) == ["formula"])
    #expect(try codes("a,\"\(InertCell.text(cell))\"\r\n", .csv).isEmpty)
  }

  @Test(arguments: ["-5", "+3.2", "0", "常德", ""]) func numbersAreNoFormulas(_ cell: String) throws {
    #expect(try codes("a,\(cell)\r\n", .csv).isEmpty)
    #expect(InertCell.text(cell) == cell)
  }

  /// Pages within feeds, styles, links.
  @Test(arguments: [
    ("{\"content_html\":\"<p>138<b>0000</b>1234</p>\"}", PrintFormat.json),
    ("<entry><content type=\"html\">&lt;p&gt;138&lt;i&gt;0000&lt;/i&gt;1234&lt;/p&gt;</content></entry>", .atom),
    ("<style>p::after{content:\"\\31 38\\30 \\30 001234\"}</style>", .html),
    ("<a href='tel:%2B8613800001234'>电话</a>", .html),
    ("<p>138&shy;0000&ZeroWidthSpace;1234</p>", .html), ("<p>138<wbr>0000<br>1234</p>", .html),
    ("<svg><text>138<tspan>0000</tspan>1234</text></svg>", .svg), ("请打 138**0000**1234", .markdown),
    ("请打 138\\00001234\n13800\n001234", .markdown), ("{\"a\":13800001234}", .json),
  ]) func hiddenNumbersAreFound(_ text: String, _ format: PrintFormat) throws {
    #expect(try codes(text, format).contains("mobile"))
  }
}
