#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Pages printed to PDF by a browser without a window, without a network and with a profile of its own.
package struct PagePrinting: Sendable {
  private let conversion: Conversion

  package init(_ conversion: Conversion) { self.conversion = conversion }

  /// - Parameters:
  ///   - page: an HTML document that holds all it needs; one with scripts or that asks for anything else is refused.
  ///   - instant: seconds since 1970 the document is said to have been made at: equal pages give equal bytes on one
  ///     machine.
  package func pdf(of page: [UInt8], instant: Int64) throws(PrintingFault) -> [UInt8] {
    if let line = MarkupReach.firstLine(in: page) { throw .reachesOut(line: line) }
    let browser = try conversion.shelf.required(.chromium)
    let folder = try WorkFolder()
    try folder.write(page, as: "page.html")
    var arguments = [
      "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync",
      "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-breakpad",
      "--disable-crash-reporter", "--no-first-run", "--no-default-browser-check", "--password-store=basic",
      "--user-data-dir=\(folder.path("profile"))",
      // No name leads anywhere, and no address without a name either.
      "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
      // Else the document names the browser and the machine's kind.
      "--user-agent=golden-ideas",
      // The second is what the first was called before Chromium 112.
      "--no-pdf-header-footer", "--print-to-pdf-no-header", "--generate-pdf-document-outline",
      "--print-to-pdf=\(folder.path("page.pdf"))",
    ]
    // Chromium's sandbox refuses to work for root, as whom services in containers run.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    try conversion.run(.chromium, browser, arguments + [folder.address("page.html")], in: folder)
    guard let bytes = folder.bytes(of: "page.pdf"), bytes.starts(with: Array("%PDF-".utf8)) else {
      throw .wroteNothing(.chromium)
    }
    return PDFDates.set(bytes, to: instant)
  }
}
