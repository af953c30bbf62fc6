import Foundation
import Publishing
import TestSupport
import Testing

struct DigestDocumentTests {
  private func document(
    _ name: String = "monthly", _ language: DigestLanguage = .zh, _ change: (inout DigestMaterial) -> Void = { _ in }
  ) throws -> DigestDocument {
    DigestDocument(try DigestSample.issue(change), by: try DigestSample.template(name), in: language)
  }

  private func texts(_ document: DigestDocument) -> [String] {
    ([document.html, document.markdown, document.json] + document.csv.files.map(\.bytes)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static let hostile = "\"\u{308}><script>alert(1)</script> [点](http://x.cn) | # `x` =1+1"

  @Test(arguments: ["monthly", "bulletin"], DigestLanguage.allCases)
  func sameIssueSameBytes(_ name: String, _ language: DigestLanguage) throws {
    #expect(texts(try document(name, language)) == texts(try document(name, language)))
  }

  @Test(arguments: DigestLanguage.allCases) func oneLanguageIsWritten(_ language: DigestLanguage) throws {
    for text in texts(try document("monthly", language)).prefix(2) {
      #expect(!text.contains("[[") && !text.contains("]]") && !text.contains("{{"))
      #expect(text.contains(language == .zh ? "主要数字" : "In figures") && !text.contains(language == .zh ? "In figures" : "主要数字"))
      #expect(!text.contains("absent") && !text.contains("Optional("))
    }
  }

  @Test func everyFormatIsSealed() throws {
    let document = try document()
    for (format, bytes) in [
      ("html", document.html), ("md", document.markdown), ("json", document.json),
      ("csv", document.csv.files.last?.bytes ?? []),
    ] {
      let seal = try #require(DigestSeal(in: bytes), "\(format)")
      #expect(seal.format == format && seal.month.text == "2025-07" && seal.template == "monthly")
      #expect(seal.state == DigestSample.material.state && seal.asOf == DigestSample.material.asOf)
      #expect(DigestSeal.isIntact(bytes))
      var changed = bytes
      let last = try #require(changed.lastIndex(of: UInt8(ascii: "0")))
      changed[last] = UInt8(ascii: "1")
      #expect(!DigestSeal.isIntact(changed), "\(format)")
    }
    #expect(DigestSeal(in: Array("nothing".utf8)) == nil && !DigestSeal.isIntact([]))
    #expect(DigestSeal(in: Array("golden-ideas digest 1; content=\(String(repeating: "0", count: 64))".utf8)) == nil)
  }

  /// A citizen who writes a seal seals nothing.
  @Test func theFirstSealCounts() throws {
    let forged = "golden-ideas digest 1; month=1999-01; content=" + String(repeating: "a", count: 64)
    let html = try document { $0.matters[0].title = PublishableText(forged) }.html
    #expect(DigestSeal(in: html)?.month.text == "2025-07" && DigestSeal.isIntact(html))
  }

  @Test func citizensWriteNoMarkup() throws {
    let document = try document {
      $0.matters[0].title = PublishableText(Self.hostile)
      $0.matters[0].body = PublishableText("1. 一\n# 二")
      $0.hot[0].title = PublishableText(Self.hostile)
      $0.breakdowns[0].groups[0].name = DigestLabel("A", Self.hostile, Self.hostile)
    }
    let html = String(decoding: document.html, as: UTF8.self)
    #expect(!html.contains("<script>alert") && html.contains("&lt;script&gt;"))
    #expect(html.contains("&quot;\u{308}&gt;"), "no grapheme hides a quotation mark")
    let markdown = String(decoding: document.markdown, as: UTF8.self)
    #expect(!markdown.contains("<script>") && !markdown.contains("[点](http://"))
    #expect(markdown.contains("\\|") && markdown.contains("1\\. 一 \\# 二"))
  }

  @Test func formulasAreInert() throws {
    for text in ["=1+1", "+1", "-1", "@x", "＝1", " =1", "\u{3000}=1"] {
      let bundle = try document {
        $0.matters[0].title = PublishableText(text)
        $0.breakdowns[0].groups[0].name = DigestLabel("A", text, text)
      }.csv
      for file in bundle.files {
        for cell in String(decoding: file.bytes.dropFirst(3), as: UTF8.self).split(whereSeparator: { ",\r\n".contains($0) }) {
          let first = cell.first { $0 != "\"" && !$0.isWhitespace }
          let isNumber = Double(cell) != nil
          #expect(isNumber || !"=+-@＝".contains(first ?? "x"), "\(file.name): \(cell)")
        }
      }
    }
  }

  @Test func aBundleTellsWhatWasChanged() throws {
    var files = try document().csv.files
    #expect(files.map(\.name) == ["cases.csv", "definitions.csv", "figures.csv", "hot.csv", "moments.csv", "tables.csv", "manifest.csv"])
    let whole = try #require(DigestBundle.changed(in: files))
    #expect(whole.isIntact && whole.names.isEmpty)
    files[2].bytes.append(0x20)
    files.remove(at: 0)
    files.append(DigestBundle.File(name: "more.csv", bytes: []))
    #expect(DigestBundle.changed(in: files)?.names == ["cases.csv", "figures.csv", "more.csv"])
  }

  @Test func nothingHiddenIsInAnyFormat() throws {
    // 4,321 people stand behind one row that is hidden with a small one.
    let document = try document {
      $0.breakdowns[0] = DigestSample.breakdown(
        "area", [DigestSample.group("A", 8_640), DigestSample.group("B", 4_321), DigestSample.group("C", 3)])
    }
    for text in texts(document) {
      #expect(!text.contains("4321") && !text.contains("4,321"))
    }
    #expect(String(decoding: document.html, as: UTF8.self).contains("8,640"))
  }

  @Test func plotsSayInWordsWhatTheyShow() throws {
    let html = String(decoding: try document().html, as: UTF8.self)
    #expect(html.contains("role=\"img\" aria-labelledby=\"plot-area-t plot-area-d\""))
    #expect(html.contains("<desc id=\"plot-area-d\">A 60、B 30、C 12、D ＊、未识别 ＊。</desc>"))
  }

  @Test func theSchemaDescribesTheJSON() throws {
    let schema = try JSONValue(Data(try PackageRoot.bytes("rules/digest/digest.schema.json")))
    for change in [{ _ in }, { $0.whole.previous = nil }] as [(inout DigestMaterial) -> Void] {
      let found = try JSONValue(Data(try document("monthly", .zh, change).json))
      #expect(SchemaCheck(schema).faults(found, against: schema) == [])
    }
    #expect(SchemaCheck(schema).faults(.object(["seal": .number(1)]), against: schema) != [])
  }
}

/// As much of JSON Schema as the digest's needs: types, constants, required and no other properties, items, references.
struct SchemaCheck {
  private let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  func faults(_ value: JSONValue, against schema: JSONValue, at path: String = "$") -> [String] {
    if let reference = schema["$ref"].text {
      let target = reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] }
      return faults(value, against: target, at: path)
    }
    var found: [String] = []
    let types = schema["type"].text.map { [$0] } ?? schema["type"].list.compactMap(\.text)
    if !types.isEmpty, !types.contains(where: { SchemaCheck.fits(value, $0) }) { found.append("\(path): no \(types)") }
    let constants = schema["enum"].list
    if !constants.isEmpty, !constants.contains(value) { found.append("\(path): not in the list") }
    if case .object(let fields) = value, schema["properties"] != .null {
      for key in schema["required"].list.compactMap(\.text) where fields[key] == nil { found.append("\(path).\(key) is missing") }
      for (key, member) in fields.sorted(by: { $0.key < $1.key }) {
        let own = schema["properties"][key]
        if own == .null { found.append("\(path).\(key) is not described") } else { found += faults(member, against: own, at: "\(path).\(key)") }
      }
    }
    for (index, element) in value.list.enumerated() where schema["items"] != .null {
      found += faults(element, against: schema["items"], at: "\(path)[\(index)]")
    }
    return found
  }

  private static func fits(_ value: JSONValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"), (.object, "object"), (.number, "number"): true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
