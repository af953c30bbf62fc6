/// Puts a single set-aside record back into a document its profile can read, so that it can be tried again alone.
package enum RecordWrapping {
  /// The bytes as a document: inside the profile's outer elements or keys. Opinion-book entries come back as they are,
  /// as an entry means nothing without the head of its book.
  package static func document(around bytes: [UInt8], profile: FormProfile) -> [UInt8] {
    let outer = profile.places.first ?? []
    switch profile.format {
    case .opinionBook: return bytes
    case .xml:
      // The last step is the record itself.
      let names = outer.dropLast().map { $0 == "*" ? "records" : $0 }
      let head = names.map { "<\($0)>" }.joined()
      let tail = names.reversed().map { "</\($0)>" }.joined()
      return Array(head.utf8) + bytes + Array(tail.utf8)
    case .json:
      let keys = profile.places.contains([]) ? [] : outer
      guard !keys.isEmpty else { return bytes }
      let head = keys.map { "{\"\($0)\":" }.joined() + "["
      let tail = "]" + String(repeating: "}", count: keys.count)
      return Array(head.utf8) + bytes + Array(tail.utf8)
    }
  }
}
