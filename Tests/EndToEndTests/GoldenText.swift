import Foundation
import TestSupport
import Testing

/// A file of what people read, in `fixtures/expected`. RECORD=1 writes it anew and fails, so that no run passes by
/// having agreed with itself.
struct GoldenText {
  let name: String

  static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

  func matches(_ text: String, at location: SourceLocation = #_sourceLocation) throws {
    let path = "\(PackageRoot.path)/fixtures/expected/\(name)"
    if GoldenText.isRecording {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      Issue.record("\(name) recorded; read the difference and run again without RECORD", sourceLocation: location)
      return
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Issue.record("fixtures/expected/\(name) is missing; run with RECORD=1 and read it", sourceLocation: location)
      return
    }
    let expected = String(decoding: bytes, as: UTF8.self)
    if Array(expected.utf8) == Array(text.utf8) { return }
    let (old, new) = (expected.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    Issue.record(
      """
      \(name):\(line + 1) differs (\(old.count) lines expected, \(new.count) found)
      expected \(old.indices.contains(line) ? old[line] : "the end")
      found    \(new.indices.contains(line) ? new[line] : "the end")
      """, sourceLocation: location)
  }
}

extension String {
  /// Without what differs from run to run: seconds, receipts (made with the store's own secret), the store's path, the
  /// moment of intake, what clocks read, and the digest of the rule book.
  func settled(store: String) -> String {
    var text = replacingOccurrences(of: store, with: "store.db")
    text.replace(#/[0-9]+\.[0-9]+ 秒/#, with: "0.00 秒")
    text.replace(#/GI-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/#, with: "GI-0000-0000-0")
    text.replace(#/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}  收件 /#, with: "0000-00-00 00:00  收件 ")
    text.replace(#/到 [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}，(还剩|超出) [0-9]+ (分|小时|天)/#) { "到 0000-00-00 00:00，\($0.output.1) 0 分" }
    text.replace(#/(规则 [0-9.]+\+)[0-9a-f]{8}/#) { $0.output.1 + "00000000" }
    return text
  }
}
