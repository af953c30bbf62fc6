import Foundation

/// A file made to hurt who reads it, with one good record before the harm where its kind allows one.
struct HostileFile: Sendable, CustomStringConvertible {
  let description: String
  /// `xml` or `jsonl`.
  let ending: String
  /// Pieces of the file and how often each is repeated.
  let pieces: [Piece]
  /// Good records in it.
  let good: Int
  /// What quarantine has to say.
  let reason: String
  let detail: String

  struct Piece: Sendable {
    var text: String
    var count = 1
  }

  func write(to path: String) throws {
    try Data().write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    for piece in pieces {
      let once = Data(piece.text.utf8)
      let most = max(1, min(piece.count, (1 << 20) / max(1, once.count)))
      var many = Data()
      for _ in 0..<most { many.append(once) }
      for _ in 0..<piece.count / most { try file.write(contentsOf: many) }
      for _ in 0..<piece.count % most { try file.write(contentsOf: once) }
    }
    try file.close()
  }

  private static let before = WebForm(id: "H-1", content: "前面这条是好的：花溪路口的井盖破了")
  private static let bad = WebForm(id: "H-2", content: "坏")

  /// A document whose second record has the harm where its text would be.
  private static func xml(_ name: String, _ harm: [Piece], detail: String) -> HostileFile {
    let parts = bad.xml.components(separatedBy: "坏")
    return HostileFile(
      description: name, ending: "xml",
      pieces: [Piece(text: WebForm.xmlHead + "<suggestions>\n" + before.xml + parts[0])] + harm
        + [Piece(text: parts[1] + "</suggestions>\n")],
      good: 1, reason: "limit-exceeded", detail: detail)
  }

  private static func json(_ name: String, _ harm: [Piece], detail: String) -> HostileFile {
    let parts = bad.json.components(separatedBy: "\"坏\"")
    return HostileFile(
      description: name, ending: "jsonl",
      pieces: [Piece(text: before.json + "\n" + parts[0])] + harm + [Piece(text: parts[1] + "\n")], good: 1,
      reason: "limit-exceeded", detail: detail)
  }

  /// A document type is refused before anything in it is looked at, so no record of the file is in.
  static func documentType(_ name: String, _ declaration: String, content: String) -> HostileFile {
    let record = bad.xml.replacingOccurrences(of: "坏", with: content)
    return HostileFile(
      description: name, ending: "xml",
      pieces: [Piece(text: WebForm.xmlHead + declaration + "\n<suggestions>\n" + record + "</suggestions>\n")], good: 0,
      reason: "document-type", detail: "")
  }

  static let laughs: HostileFile = {
    let entities = (1...9).map { level in
      "<!ENTITY lol\(level) \"" + String(repeating: "&lol\(level - 1);", count: 10) + "\">"
    }
    return documentType(
      "billion laughs", "<!DOCTYPE suggestions [<!ENTITY lol0 \"lol\">\(entities.joined())]>", content: "&lol9;")
  }()

  static let parameterEntities = documentType(
    "parameter entities",
    """
    <!DOCTYPE suggestions [<!ENTITY % a "&#37;b;"><!ENTITY % b "&#37;c;&#37;c;"><!ENTITY % c "&#37;d;&#37;d;">
    <!ENTITY % d "&#37;e;&#37;e;"><!ENTITY % e "<!-- -->">%a;]>
    """, content: "坏")

  static let all: [HostileFile] = [
    laughs, parameterEntities,
    documentType(
      "external entity", "<!DOCTYPE suggestions [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", content: "&x;"),
    xml(
      "200,000 nested tags", [Piece(text: "<b>", count: 200_000), Piece(text: "</b>", count: 200_000)],
      detail: "depth"),
    xml(
      "200,000 attributes",
      [Piece(text: "<b ")] + (0..<200_000).map { Piece(text: "a\($0)=\"1\" ") } + [Piece(text: "/>")],
      detail: "attributes"),
    xml("one field of 100 MB", [Piece(text: "饿", count: 100_000_000 / 3)], detail: "bytes"),
    xml(
      "one attribute of 100 MB",
      [Piece(text: "<b a=\""), Piece(text: "a", count: 100_000_000), Piece(text: "\"/>")], detail: "bytes"),
    json(
      "200,000 nested arrays", [Piece(text: "[", count: 200_000), Piece(text: "]", count: 200_000)], detail: "depth"),
    json(
      "one string of 100 MB", [Piece(text: "\""), Piece(text: "饿", count: 100_000_000 / 3), Piece(text: "\"")],
      detail: "bytes"),
    json(
      "200,000 keys",
      [Piece(text: "{")] + (0..<200_000).map { Piece(text: "\"k\($0)\":1,") } + [Piece(text: "\"last\":1}")],
      detail: "keys"),
  ]
}
