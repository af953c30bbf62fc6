/// The files pages are made of, which are in the program itself: one file to copy to a machine without a network.
package struct Assets: Sendable {
  struct File {
    var bytes: [UInt8]
    /// Made once: everybody gets the same.
    var gzipped: [UInt8]?
    var type: String
    var tag: String

    init(_ bytes: [UInt8], type: String) {
      self.bytes = bytes
      gzipped = GzippedBytes.pack(bytes, level: 6)
      self.type = type
      tag = Assets.tag(bytes)
    }
  }

  private let files: [String: File]

  /// - Parameter sheets: style sheets that come from elsewhere in the program, by name.
  init(adding sheets: [String: String] = [:]) {
    var files: [String: File] = [:]
    for (name, sheet) in sheets { files[name] = File(Array(sheet.utf8), type: "text/css; charset=utf-8") }
    for (name, bytes, type) in Assets.all { files[name] = File(bytes, type: type) }
    self.files = files
  }

  /// With what it holds in its name, so that a browser keeps it for good and takes the next version at once.
  package func address(of name: String) -> String { "/assets/\(files[name]?.tag ?? "0")/\(name)" }

  func file(_ name: String) -> File? { files[name] }

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
      var reply = Reply(
        type: file.type, body: file.bytes, headers: [("Cache-Control", "public, max-age=31536000, immutable")])
      reply.gzipped = file.gzipped
      return reply
    }
  ]
}
