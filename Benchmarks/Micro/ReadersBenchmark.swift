import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Bytes to drafts, beside what Foundation offers.
enum ReadersBenchmark {
  static func run(_ texts: Texts) throws {
    Measurement.section("readers")
    let json = try Measurement.row("JSON Lines", texts: texts.count, bytes: texts.jsonLines.count) {
      try Texts.read(texts.jsonLines, profile: texts.profile) { _, _ in }
    }
    let lines = texts.jsonLines.split(separator: 0x0A).map { Data($0) }
    let title = "JSONSerialization, a line each"
    let foundation = try Measurement.row(title, texts: texts.count, bytes: texts.jsonLines.count) {
      try lines.reduce(0) { $0 + (try JSONSerialization.jsonObject(with: $1) is [String: Any] ? 1 : 0) }
    }
    try Measurement.compare(json, foundation, "faster than JSONSerialization")
    guard let document = texts.xml else { return }
    let xml = try Measurement.row("XML", texts: texts.count, bytes: document.count) {
      try Texts.read(document, profile: "dezhihui-xml") { _, _ in }
    }
    let data = Data(document)
    let events = try Measurement.row("XMLParser, events only", texts: texts.count, bytes: document.count) {
      // As a stream: in one piece libxml2 stops at 10 MB.
      let parser = XMLParser(stream: InputStream(data: data))
      let counter = Counter()
      parser.delegate = counter
      guard parser.parse() else { throw Texts.Failure(description: "XMLParser refuses the document") }
      return counter.records
    }
    try Measurement.compare(xml, events, "faster than XMLParser")
  }

  private final class Counter: NSObject, XMLParserDelegate {
    var records = 0

    func parser(
      _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if elementName == "suggestion" { records += 1 }
    }
  }
}
