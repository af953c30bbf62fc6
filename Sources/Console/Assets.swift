/// The files pages are made of, which are in the program itself: one file to copy to a machine without a network.
package struct Assets: Sendable {
  private let files: [String: (bytes: [UInt8], type: String, tag: String)]

  /// - Parameter sheets: style sheets that come from elsewhere in the program, by name.
  init(adding sheets: [String: String] = [:]) {
    var files: [String: (bytes: [UInt8], type: String, tag: String)] = [:]
    for (name, sheet) in sheets {
      files[name] = (Array(sheet.utf8), "text/css; charset=utf-8", Assets.tag(Array(sheet.utf8)))
    }
    for (name, bytes, type) in Assets.all { files[name] = (bytes, type, Assets.tag(bytes)) }
    self.files = files
  }

  /// With what it holds in its name, so that a browser keeps it for good and takes the next version at once.
  package func address(of name: String) -> String { "/assets/\(files[name]?.tag ?? "0")/\(name)" }

  func file(_ name: String) -> (bytes: [UInt8], type: String)? { files[name].map { ($0.bytes, $0.type) } }

  /// FNV-1a, 64 bits: tells versions apart, no more.
  private static func tag(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return String(hash, radix: 36)
  }

  package static let endpoints: [Endpoint] = [
    Endpoint(.get, "/assets/{tag}/{name}", for: .everybody) { visit in
      guard let name = visit.parameters["name"], let file = visit.premises.assets.file(name) else {
        throw VisitFault.notFound
      }
      return Reply(
        type: file.type, body: file.bytes, headers: [("Cache-Control", "public, max-age=31536000, immutable")])
    }
  ]
}
