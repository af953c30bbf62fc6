/// The last door: what leaves the house passes here as the bytes it leaves with, and nothing leaves with an identifier
/// in it. What the product redacts by reads the text of every format again, its properties, remarks, addresses and
/// names included.
package struct PublicationGate: Sendable {
  private let conversion: Conversion
  private let search: PassageSearch

  /// - Parameter allowed: what looks like somebody's and is everybody's.
  package init(_ conversion: Conversion, allowed: GateAllowance = GateAllowance()) {
    self.conversion = conversion
    search = PassageSearch(identifiers: IdentifierSearch(allowed: allowed))
  }

  package enum Outcome: Sendable {
    case cleared(ClearedDocument)
    /// At least one, in the order of the document.
    case refused([GateFinding])
  }

  package func judge(_ document: PrintedDocument) throws(PrintingFault) -> Outcome {
    let findings = try findings(in: document)
    return findings.isEmpty ? .cleared(ClearedDocument(document)) : .refused(findings)
  }

  /// Each place and kind once.
  package func findings(in document: PrintedDocument) throws(PrintingFault) -> [GateFinding] {
    var text = try text(of: document)
    text.passages.insert(Passage(GatePlace(.fileName), document.name, isAddress: true), at: 0)
    var findings = text.obstacles.map { GateFinding(place: $0.place, kind: $0.kind) }
    for passage in text.passages {
      findings += search.kinds(in: passage).map { GateFinding(place: passage.place, kind: $0) }
      // Feeds carry pages as text.
      guard passage.pieces.count == 1, PublicationGate.looksLikeMarkup(passage.pieces[0]) else { continue }
      let inner = MarkupText.read(Array(passage.pieces[0].utf8), isXML: false, place: passage.place)
      for part in inner.passages {
        findings += search.kinds(in: part).map { GateFinding(place: part.place, kind: $0) }
      }
    }
    var seen: Set<GateFinding> = []
    return findings.filter { seen.insert($0).inserted }
  }

  private func text(of document: PrintedDocument) throws(PrintingFault) -> DocumentText {
    let bytes = document.bytes
    switch document.format {
    case .pdf: return try PageText(conversion).read(bytes)
    case .docx, .xlsx: return OfficeText.read(bytes)
    case .bundle: return try bundle(bytes)
    case .html, .markdown, .json, .jsonLines, .csv, .svg, .atom:
      guard String(validating: bytes, as: UTF8.self) != nil else {
        var text = DocumentText()
        text.obstacles.append((GatePlace(.line, 1), .unreadable))
        return text
      }
      return PublicationGate.text(of: bytes, as: document.format)
    }
  }

  private static func text(of bytes: [UInt8], as format: PrintFormat) -> DocumentText {
    switch format {
    case .html: MarkupText.read(bytes, isXML: false)
    case .svg, .atom: MarkupText.read(bytes, isXML: true)
    case .json, .jsonLines: JSONText.read(bytes)
    case .csv: PlainText.cells(bytes)
    default: PlainText.markdown(bytes)
    }
  }

  private func bundle(_ bytes: [UInt8]) throws(PrintingFault) -> DocumentText {
    var text = DocumentText()
    guard let package = PackageParts(bytes) else {
      text.obstacles.append((GatePlace(.part), .unreadable))
      return text
    }
    text.passages.append(Passage(GatePlace(.part), package.comment))
    for (offset, part) in package.parts.enumerated() {
      let place = GatePlace(.part, offset + 1)
      text.passages += [Passage(place, part.name), Passage(place, part.comment)]
      guard let bytes = part.bytes, let format = PrintFormat(fileName: part.name), format != .bundle else {
        text.obstacles.append((place, .unreadable))
        continue
      }
      // Of all that is known of the place, its line is what helps to find it.
      func moved(_ inner: GatePlace) -> GatePlace {
        GatePlace(.part, offset + 1, within: inner.unit == .value ? inner.within : inner.number, name: inner.name)
      }
      var inner = try self.text(of: PrintedDocument(name: part.name, format: format, bytes: bytes))
      for index in inner.passages.indices { inner.passages[index].place = moved(inner.passages[index].place) }
      inner.obstacles = inner.obstacles.map { (moved($0.place), $0.kind) }
      text.append(inner)
    }
    return text
  }

  private static func looksLikeMarkup(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "<")), text.utf8.contains(UInt8(ascii: ">")) else { return false }
    return text.contains("</") || text.contains("/>") || text.lowercased().contains("<br") || text.contains("<!--")
  }
}

/// A document that has passed the gate. There is no other way to make one.
package struct ClearedDocument: Sendable {
  package let document: PrintedDocument

  fileprivate init(_ document: PrintedDocument) { self.document = document }
}
