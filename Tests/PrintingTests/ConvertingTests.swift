import Foundation
import Printing
import TestSupport
import Testing

/// What converters make, and what is left of them when they are done, fail, or do not end.
struct ConvertingTests {
  private static let page = SeededDocuments.page(["花溪路路灯已换新。", "桃花滩路消防栓已露出来。"])

  @Test(.enabled(if: ConverterNeeds.hasPages, Comment(rawValue: ConverterNeeds.advice)))
  func pagesArePrintedAlike() throws {
    let printing = PagePrinting(ConverterNeeds.conversion)
    let first = try printing.pdf(of: Self.page, instant: 1_754_000_000)
    #expect(first.starts(with: Array("%PDF-".utf8)))
    #expect(try printing.pdf(of: Self.page, instant: 1_754_000_000) == first)
    #expect(first.firstRange(of: Array("/CreationDate (D:20250731221320+00'00')".utf8)) != nil)
    #expect(try printing.pdf(of: Self.page, instant: 1_754_000_001) != first)
  }

  @Test(.enabled(if: ConverterNeeds.has(.pandoc), Comment(rawValue: ConverterNeeds.advice)))
  func wordDocumentsAreMadeAlike() throws {
    let printing = WordPrinting(ConverterNeeds.conversion)
    let first = try printing.docx(of: .html(Self.page), instant: 1_754_000_000)
    #expect(try printing.docx(of: .html(Self.page), instant: 1_754_000_000) == first)
    let package = try #require(PackageParts(first))
    let core = try #require(package.parts.first { $0.name == "docProps/core.xml" }?.bytes)
    #expect(String(decoding: core, as: UTF8.self).contains("2025-07-31T22:13:20Z"))
    let body = try #require(package.parts.first { $0.name == "word/document.xml" }?.bytes)
    #expect(String(decoding: body, as: UTF8.self).contains("消防栓"))
    let markdown = try printing.docx(of: .markdown(Array("# 月报\n\n**消防栓**".utf8)), instant: 1)
    let words = PackageParts(markdown)?.parts.first { $0.name == "word/document.xml" }?.bytes ?? []
    #expect(String(decoding: words, as: UTF8.self).contains("消防栓"))
  }

  @Test(.enabled(if: ConverterNeeds.hasOffice, "LibreOffice stands in for pandoc, where it is installed"))
  func officeStandsIn() throws {
    let page = SeededDocuments.page(["花溪路路灯已换新。", "请打 138 0000 1234"])
    let document = try WordPrinting(ConverterNeeds.conversion).docx(of: .html(page), instant: 1, by: [.libreOffice])
    let found = try PublicationGate(Conversion()).findings(
      in: PrintedDocument(name: "月报.docx", format: .docx, bytes: document))
    #expect(found.map(\.code) == ["mobile"])
    #expect(throws: PrintingFault.absent([.pandoc])) {
      try WordPrinting(Conversion()).docx(of: .markdown([]), instant: 1, by: [.libreOffice])
    }
  }

  /// Pictures come out as what they say of themselves, and the gate can read the whole.
  @Test(.enabled(if: ConverterNeeds.hasWord, Comment(rawValue: ConverterNeeds.advice)))
  func picturesBecomeWords() throws {
    let page = "<html><body><p>甲</p><svg aria-label=\"图一：各区件数\"><text>12</text></svg><p>乙</p></body></html>"
    let document = try WordPrinting(ConverterNeeds.conversion).docx(of: .html(Array(page.utf8)), instant: 1)
    let body = PackageParts(document)?.parts.first { $0.name == "word/document.xml" }?.bytes ?? []
    #expect(String(decoding: body, as: UTF8.self).contains("图一：各区件数"))
    let found = try PublicationGate(Conversion()).findings(
      in: PrintedDocument(name: "月报.docx", format: .docx, bytes: document))
    #expect(found.isEmpty, "\(found)")
  }

  @Test(arguments: [
    "<script>1</script>", "<img src=a.png>", "<img src='http://127.0.0.1/a'>", "<link rel=stylesheet href=a.css>",
    "<style>@import 'a.css'</style>", "<style>p{background:url(a.png)}</style>", "<p style=\"background:u\\72l(a)\">",
    "<iframe src=a></iframe>", "<svg><image xlink:href=a.png></svg>", "<p onclick=a()>", "<object data=a></object>",
    "<a href=\"javascript:a()\">", "<meta http-equiv=refresh content='0;url=a'>", "<base href=a>",
    "<svg><rect fill=\"url(a.svg#b)\"/></svg>",
  ]) func pagesThatReachOutAreRefused(_ part: String) {
    let page = Array("<html>\n<body>\n\(part)</body></html>".utf8)
    #expect(throws: PrintingFault.reachesOut(line: 3)) { try PagePrinting(Conversion()).pdf(of: page, instant: 1) }
  }

  // MARK: Converters that are none

  /// A conversion whose browser is a script.
  private func conversion(_ script: String, in folder: TemporaryFolder, seconds: Int = 20) throws -> Conversion {
    let file = folder.path("browser")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
    let environment = [
      "GOLDEN_IDEAS_CHROMIUM": file, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    ]
    return Conversion(shelf: ConverterShelf(environment: environment), seconds: seconds)
  }

  @Test func absentConvertersAreNamed() {
    let none = Conversion(shelf: ConverterShelf(environment: ["PATH": "/nowhere"]))
    #expect(throws: PrintingFault.absent([.chromium])) { try PagePrinting(none).pdf(of: Self.page, instant: 1) }
    #expect(throws: PrintingFault.absent([.pandoc, .libreOffice])) {
      try WordPrinting(none).docx(of: .html(Self.page), instant: 1)
    }
    let wrong = Conversion(shelf: ConverterShelf(environment: ["GOLDEN_IDEAS_CHROMIUM": "/nowhere/chromium"]))
    #expect(throws: PrintingFault.misnamed(.chromium)) { try PagePrinting(wrong).pdf(of: Self.page, instant: 1) }
    #expect(throws: PrintingFault.absent([.pdfText])) {
      try PublicationGate(none).findings(in: PrintedDocument(name: "a", format: .pdf, bytes: []))
    }
  }

  @Test func failuresAreTold() throws {
    let folder = try TemporaryFolder()
    let failing = try conversion("exit 3", in: folder)
    #expect(throws: PrintingFault.failed(.chromium, status: 3)) {
      try PagePrinting(failing).pdf(of: Self.page, instant: 1)
    }
    let silent = try conversion("exit 0", in: folder)
    #expect(throws: PrintingFault.wroteNothing(.chromium)) { try PagePrinting(silent).pdf(of: Self.page, instant: 1) }
    let dying = try conversion("kill -9 $$", in: folder)
    #expect(throws: PrintingFault.failed(.chromium, status: 137)) {
      try PagePrinting(dying).pdf(of: Self.page, instant: 1)
    }
  }

  /// It writes down who it and its child are and where it works, and never ends.
  private func endless(_ note: String) -> String { "sleep 600 &\necho $$ $! \"$PWD\" > \(note)\nsleep 600" }

  @Test func whatDoesNotEndIsEndedWithItsChildrenAndItsFolder() throws {
    let folder = try TemporaryFolder()
    let note = folder.path("note")
    let stuck = try conversion(endless(note), in: folder, seconds: 2)
    #expect(throws: PrintingFault.timedOut(.chromium, seconds: 2)) {
      try PagePrinting(stuck).pdf(of: Self.page, instant: 1)
    }
    try checkNothingIsLeft(note)
  }

  @Test func childrenOfOneThatEndsAreEndedToo() throws {
    let folder = try TemporaryFolder()
    let note = folder.path("note")
    let leaving = try conversion("sleep 600 &\necho $$ $! \"$PWD\" > \(note)\nexit 0", in: folder)
    #expect(throws: PrintingFault.wroteNothing(.chromium)) { try PagePrinting(leaving).pdf(of: Self.page, instant: 1) }
    try checkNothingIsLeft(note)
  }

  @Test func whatNobodyWantsAnyMoreIsEnded() throws {
    let folder = try TemporaryFolder()
    let note = folder.path("note")
    let shelf = try conversion(endless(note), in: folder).shelf
    let cancelled = Conversion(shelf: shelf, seconds: 600) { (try? PackageRoot.bytes(note))?.last == 0x0A }
    #expect(throws: PrintingFault.cancelled) { try PagePrinting(cancelled).pdf(of: Self.page, instant: 1) }
    try checkNothingIsLeft(note)
  }

  private func checkNothingIsLeft(_ note: String) throws {
    let words = String(decoding: try PackageRoot.bytes(note), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    try #require(words.count == 3)
    for process in words.prefix(2) {
      // A process nobody has waited for is dead as well.
      let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      let state = status.split(separator: ")").last?.split(separator: " ").first ?? "Z"
      #expect(state == "Z", "\(process)")
    }
    #expect(words[2].contains("golden-ideas-print-"))
    #expect(!FileManager.default.fileExists(atPath: String(words[2])))
  }
}
