import Printing
import TestSupport
import Testing

/// 5,000 identifiers of all kinds through every format: each is found where it stands, and nothing where none stands.
struct PublicationGateTests {
  static let gate = PublicationGate(ConverterNeeds.conversion)
  static let dirty = SeededDocuments.texts(isClean: false)
  static let clean = SeededDocuments.texts(isClean: true)

  private func findings(_ bytes: [UInt8], _ format: PrintFormat, name: String = "2025-07") throws -> [GateFinding] {
    try PublicationGateTests.gate.findings(in: PrintedDocument(name: name, format: format, bytes: bytes))
  }

  /// What it may be told as: one resident id in thirty that ends in X has the check of a company's code as well.
  private static func codes(of identifier: SeededIdentifier) -> Set<String> {
    identifier.kind == "id-number" ? ["id-number", "company-code"] : [identifier.kind]
  }

  /// Numbers from 1 at which an identifier of its kind was not told of.
  private func missed(_ findings: [GateFinding], at number: (GatePlace) -> Int?) -> [String] {
    var found: [Int: Set<String>] = [:]
    for finding in findings {
      if let number = number(finding.place) { found[number, default: []].insert(finding.code) }
    }
    return SeededDocuments.identifiers.enumerated().compactMap { index, identifier in
      let codes = PublicationGateTests.codes(of: identifier)
      return found[index + 1]?.isDisjoint(with: codes) == false ? nil : "\(index + 1) \(identifier.kind)"
    }
  }

  private func check(
    _ format: PrintFormat, _ number: (GatePlace) -> Int?, _ make: ([String]) throws -> [UInt8]
  ) throws {
    let missed = missed(try findings(make(PublicationGateTests.dirty), format), at: number)
    #expect(missed.isEmpty, "\(missed.count): \(missed.prefix(10))")
    let alarms = try findings(make(PublicationGateTests.clean), format)
    #expect(alarms.isEmpty, "\(alarms.count): \(alarms.prefix(10))")
  }

  @Test func inHTML() throws { try check(.html, { $0.number }, SeededDocuments.html) }
  @Test func inCSV() throws { try check(.csv, { $0.number }, SeededDocuments.csv) }
  @Test func inJSONLines() throws { try check(.jsonLines, { $0.within }, SeededDocuments.jsonLines) }
  @Test func inMarkdown() throws { try check(.markdown, { $0.number }, SeededDocuments.markdown) }

  @Test func inXLSX() throws {
    // Below the head, in the second column.
    try check(.xlsx, { place in place.name.flatMap { $0.first == "B" ? Int($0.dropFirst()) : nil }.map { $0 - 1 } }) {
      try SeededDocuments.workbook($0).xlsx()
    }
  }

  @Test(.enabled(if: ConverterNeeds.hasWord, Comment(rawValue: ConverterNeeds.advice)))
  func inDOCX() throws {
    // The title is a paragraph too where the converter writes it.
    let printing = WordPrinting(ConverterNeeds.conversion)
    let shift = try findings(printing.docx(of: .html(SeededDocuments.page(["138 0000 0000"])), instant: 1), .docx)
      .compactMap(\.place.within).first
    let first = try #require(shift, "\(ConverterNeeds.advice)")
    try check(.docx, { $0.within.map { $0 - first + 1 } }) {
      try printing.docx(of: .html(SeededDocuments.page($0)), instant: 1_754_000_000)
    }
  }

  @Test(.enabled(if: ConverterNeeds.hasPages, Comment(rawValue: ConverterNeeds.advice)))
  func inPDF() throws {
    let printing = PagePrinting(ConverterNeeds.conversion)
    let found = try findings(printing.pdf(of: SeededDocuments.page(PublicationGateTests.dirty), instant: 1), .pdf)
    // Every text is a line, as none is as long as one.
    let lines = Set(found.map { [$0.place.number, $0.place.within ?? 0] }).count
    #expect(lines >= SeededDocuments.count, "\(lines)")
    for kind in SeededIdentifier.kinds where kind != "id-number" {
      let wanted = SeededDocuments.identifiers.count { $0.kind == kind }
      let told = found.count { $0.code == kind }
      #expect(told >= wanted, "\(kind): \(told) of \(wanted)")
    }
    let alarms = try findings(printing.pdf(of: SeededDocuments.page(PublicationGateTests.clean), instant: 1), .pdf)
    #expect(alarms.isEmpty, "\(alarms.count): \(alarms.prefix(10))")
  }

  @Test func inFileNames() throws {
    let texts = zip(PublicationGateTests.dirty, SeededDocuments.identifiers)
    for (text, identifier) in texts {
      let found = try findings([], .csv, name: text + ".csv")
      let codes = PublicationGateTests.codes(of: identifier)
      #expect(found.contains { $0.place.unit == .fileName && codes.contains($0.code) }, "\(identifier.kind)")
    }
  }

  @Test func inBundles() throws {
    let names = ["总表.csv", "说明.md", "数据.jsonl"]
    let documents = [
      PrintedDocument(name: names[0], format: .csv, bytes: Array("甲\r\n乙,13800001234\r\n".utf8)),
      PrintedDocument(name: names[1], format: .markdown, bytes: Array("十二件".utf8)),
      PrintedDocument(name: names[2], format: .jsonLines, bytes: Array("{}\n{\"a\":\"湘J·A0123\"}\n".utf8)),
    ]
    let bundle = try #require(PrintedDocument.bundle(name: "2025-07.zip", of: documents, instant: 1_754_000_000))
    #expect(
      try PublicationGateTests.gate.findings(in: bundle) == [
        GateFinding(place: GatePlace(.part, 1, within: 2), kind: .personal("mobile")),
        GateFinding(place: GatePlace(.part, 3, within: 2), kind: .personal("plate")),
      ])
    #expect(PackageParts(bundle.bytes)?.parts.map(\.name) == names)
    let again = PrintedDocument.bundle(name: "2025-07.zip", of: documents, instant: 1_754_000_000)
    #expect(again?.bytes == bundle.bytes)
  }
}
