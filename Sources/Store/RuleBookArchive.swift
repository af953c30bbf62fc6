internal import Suggestions

/// The rule books that judged what is stored, each version once, so that a verdict can be explained by the book it was
/// made with, whatever became of the rules since. About 250 KB a version.
package enum RuleBookArchive {
  package typealias File = (path: String, bytes: [UInt8])

  /// Keeps a version inside the caller's transaction, unless it is kept already.
  package static func keep(
    _ version: String, _ files: [File], _ session: any SQLSession
  ) throws(StoreFault) {
    let known = try session.integer("SELECT count(*) FROM rule_book WHERE version = $1", [.text(version)])
    guard known == 0 else { return }
    var packed = PackedWriter(capacity: 1 << 20)
    packed.number(files.count)
    for file in files {
      Array(file.path.utf8).withUnsafeBufferPointer { packed.text($0) }
      file.bytes.withUnsafeBufferPointer { packed.text($0) }
    }
    guard let bytes = CompressedBytes.pack(packed.view, level: 3) else { throw .corrupt("a rule book cannot be compressed") }
    try session.execute(
      "INSERT INTO rule_book (version, files) VALUES ($1, $2)", [.text(version), .bytes(bytes)])
  }
}

extension SuggestionStore {
  /// The files of a rule book that judged something here; nil when the version is not kept.
  package func ruleBook(version: String) throws(StoreFault) -> [RuleBookArchive.File]? {
    let stored = try read { session throws(StoreFault) in
      try session.first("SELECT files FROM rule_book WHERE version = $1", [.text(version)]) { $0.bytes(0) }
    }
    guard let stored else { return nil }
    guard let plain = CompressedBytes.unpack(stored) else { throw .corrupt("rule book \(version) is cut short") }
    var reader = PackedReader(plain)
    var files: [RuleBookArchive.File] = []
    for _ in 0..<max(0, reader.number() ?? 0) {
      guard let path = reader.text(), let bytes = reader.text() else {
        throw .corrupt("rule book \(version) cannot be read")
      }
      files.append((String(decoding: path, as: UTF8.self), bytes))
    }
    return files
  }
}
