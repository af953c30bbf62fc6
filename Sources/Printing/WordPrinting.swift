/// Word documents by pandoc, else by LibreOffice.
package struct WordPrinting: Sendable {
  package enum Source: Sendable {
    case html([UInt8])
    case markdown([UInt8])
  }

  private let conversion: Conversion

  package init(_ conversion: Conversion) { self.conversion = conversion }

  /// Pictures come out as their descriptions, as neither converter draws what a page holds inline.
  ///
  /// - Parameters:
  ///   - instant: seconds since 1970 the document is said to have been made at. With pandoc equal sources give equal
  ///     bytes.
  ///   - converters: the first that is there does the work; LibreOffice reads no Markdown.
  package func docx(
    of source: Source, instant: Int64, by converters: [Converter] = [.pandoc, .libreOffice]
  ) throws(PrintingFault) -> [UInt8] {
    for converter in converters {
      guard let program = try conversion.shelf.path(of: converter) else { continue }
      if converter == .pandoc { return try pandocDocx(program, source, instant) }
      if case .html(let page) = source { return try officeDocx(program, try WordPrinting.prepared(page)) }
    }
    if case .markdown = source { throw .absent([.pandoc]) }
    throw .absent(converters)
  }

  private func pandocDocx(_ pandoc: String, _ source: Source, _ instant: Int64) throws(PrintingFault) -> [UInt8] {
    let folder = try WorkFolder()
    let format: String
    let file: String
    switch source {
    case .html(let page):
      format = "html"
      file = try folder.write(try WordPrinting.prepared(page), as: "source.html")
    case .markdown(let text):
      if let line = MarkdownReach.firstLine(in: text) { throw .reachesOut(line: line) }
      // Without its raw HTML, which may reach out too.
      format = "gfm-raw_html"
      file = try folder.write(text, as: "source.md")
    }
    let arguments = [
      "--from=\(format)", "--to=docx", "--data-dir=\(folder.path)", "--resource-path=\(folder.path)",
      "--output=\(folder.path("source.docx"))", file,
    ]
    try conversion.run(.pandoc, pandoc, arguments, in: folder, instant: instant)
    return try WordPrinting.made(.pandoc, folder)
  }

  private func officeDocx(_ office: String, _ page: [UInt8]) throws(PrintingFault) -> [UInt8] {
    let folder = try WorkFolder()
    let file = try folder.write(page, as: "source.html")
    let arguments = [
      "-env:UserInstallation=\(folder.address("profile"))", "--headless", "--norestore", "--nolockcheck",
      // Named, as a page is taken for a web document otherwise, which is written as such.
      "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder.path, file,
    ]
    try conversion.run(.libreOffice, office, arguments, in: folder)
    return try WordPrinting.made(.libreOffice, folder)
  }

  private static func made(_ converter: Converter, _ folder: WorkFolder) throws(PrintingFault) -> [UInt8] {
    guard let bytes = folder.bytes(of: "source.docx"), bytes.starts(with: [0x50, 0x4B]) else {
      throw .wroteNothing(converter)
    }
    return bytes
  }

  private static func prepared(_ page: [UInt8]) throws(PrintingFault) -> [UInt8] {
    let plain = PictureDescriptions.inPlace(of: page)
    if let line = MarkupReach.firstLine(in: plain) { throw .reachesOut(line: line) }
    return plain
  }
}
