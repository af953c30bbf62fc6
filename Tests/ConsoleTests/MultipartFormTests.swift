import Testing

import Console

/// Forms with files, as browsers send them and as they never would.
struct MultipartFormTests {
  private func form(_ text: String, boundary: String = "b") -> MultipartForm {
    MultipartForm(Array(text.replacing("\n", with: "\r\n").utf8), boundary: boundary)
  }

  private func part(_ head: String, _ content: String) -> String { "--b\nContent-Disposition: \(head)\n\n\(content)\n" }

  @Test func fieldsAndFilesAreRead() {
    let text =
      part("form-data; name=\"source\"", " 热线\n第二行 ")
      + "--b  \ncontent-type: text/xml\nCONTENT-DISPOSITION: form-data ; filename=\"甲;乙.xml\"; name=files\n\n<a/>\n"
      + part("form-data; name=\"files\"; filename=\"\"", "") + "--b--\n"
    let read = form("前言\n" + text)
    #expect(read.isWhole)
    #expect(read.fields.all("source") == [" 热线\r\n第二行 "])
    #expect(read.files.map(\.name) == ["甲;乙.xml", ""])
    #expect(read.files.map(\.field) == ["files", "files"])
    #expect(read.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["<a/>", ""])
  }

  /// Bytes come through as they are, also those that look like a boundary.
  @Test func bytesAreKept() {
    let inside = "\r\n--\n--b\u{301}\r\n--bb\r\n -b--\r\n--b-\r\n\u{0}\u{FEFF}\r"
    let read = MultipartForm(
      Array(("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n" + inside + "\r\n--b--").utf8),
      boundary: "b")
    #expect(read.isWhole)
    #expect(read.files.map(\.bytes) == [Array(inside.utf8)])
  }

  /// Half a file must not pass for a whole one.
  @Test(arguments: ["", "\n--", "\n--b", "\n--b-", "\n--bx--", "--b--"]) func whatBrokeOffIsLeftOut(_ end: String) {
    let whole = part("form-data; name=\"a\"", "1")
    let read = form(whole + "--b\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\n\n<suggestions>" + end)
    #expect(!read.isWhole)
    #expect(read.files.isEmpty)
    #expect(read.fields["a"] == "1")
  }

  @Test func nothingIsNoForm() {
    for text in ["", "--b", "--b\n", "--b\n\n", "--x\n\n--x--", "b--"] {
      #expect(!form(text).isWhole && form(text).fields.fields.isEmpty)
    }
    #expect(form("--b--").isWhole)
  }

  @Test func aHeadIsSmall() {
    let padding = "X-Long: " + String(repeating: "x", count: 9000) + "\n"
    let read = form("--b\n" + padding + "Content-Disposition: form-data; name=\"a\"\n\n1\n--b--")
    #expect(!read.isWhole && read.fields.fields.isEmpty)
    // The content may be larger than a head may be, and hold an empty line late.
    let late = String(repeating: "y", count: 9000) + "\n\n"
    #expect(form("--b\nContent-Disposition: form-data; name=\"a\"" + late + "\n--b--").fields.fields.isEmpty)
    #expect(form(part("form-data; name=\"a\"", late) + "--b--").fields["a"]?.count == 9000)
  }

  @Test func partsAreCounted() {
    let many = String(repeating: part("form-data; name=\"a\"", "1"), count: 1001) + "--b--"
    #expect(!form(many).isWhole)
    #expect(form(many).fields.all("a").count == 1000)
  }

  /// A name with a line's end inside ends the line, and with it the quotation: nobody writes a second header so.
  @Test func namesHoldNoLines() {
    let read = form(
      part("form-data; name=\"a\nContent-Disposition: form-data; name=\"evil\"", "1")
        + part("form-data; name=\"b\"; filename=\"x\nX: y\"", "2")
        + part("form-data; name=\"c%0D%0Ad\"; filename=\"x%22y%0D%0Az\"", "3") + "--b--")
    #expect(read.isWhole)
    #expect(read.fields.fields.map(\.name) == ["b"] && read.fields["b"] == "2")
    #expect(read.files.map(\.field) == ["c\r\nd"])
    #expect(read.files.map(\.name) == ["x\"y\r\nz"])
  }

  @Test func otherPartsAreNoFields() {
    let read = form(
      part("attachment; name=\"a\"", "1") + part("form-data; filename=\"x\"", "2") + part("form-data; name=\"c", "3")
        + "--b\n\nno head\n--b\nX: y\n\n4\n" + part("form-data; filename=\"\u{308}x\"; name=\"e\"", "5") + "--b--")
    #expect(read.isWhole)
    #expect(read.fields.fields.isEmpty)
    #expect(read.files.map(\.name) == ["\u{308}x"])
  }

  @Test func boundariesAreQuotedOrNot() {
    let type = "multipart/form-data; "
    #expect(MultipartForm.boundary(in: type + "boundary=----WebKitFormBoundary7MA4") == "----WebKitFormBoundary7MA4")
    #expect(MultipartForm.boundary(in: type + "charset=utf-8; Boundary=\"a; b=c\"") == "a; b=c")
    #expect(MultipartForm.boundary(in: type + "boundary=\"a b\" ") == "a b")
    for wrong in ["", "boundary=", "boundary=\"\"", "boundary=\"a", "boundary=\"a\"b", "boundary=\"a \"", "xboundary=a"] {
      #expect(MultipartForm.boundary(in: type + wrong) == nil, "\(wrong)")
    }
    #expect(MultipartForm.boundary(in: type + "boundary=" + String(repeating: "x", count: 70)) != nil)
    #expect(MultipartForm.boundary(in: type + "boundary=" + String(repeating: "x", count: 71)) == nil)
    #expect(form("--a; b=c\nContent-Disposition: form-data; name=\"a\"\n\n1\n--a; b=c--", boundary: "a; b=c").fields["a"] == "1")
  }

  @Test func requestsSayWhetherTheyCameWhole() {
    var request = VisitRequest(.post, "/intake/upload")
    request.take(Array("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1".utf8), type: "multipart/form-data; boundary=b")
    #expect(!request.isWhole)
    request = VisitRequest(.post, "/intake/upload")
    request.take(Array("a=1".utf8), type: "application/x-www-form-urlencoded")
    #expect(request.isWhole && request.form["a"] == "1")
  }
}
