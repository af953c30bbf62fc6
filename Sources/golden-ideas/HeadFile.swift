import Foundation
import Store
import Suggestions

/// The head of a history in a file: `{"event":12,"hash":"…","at":"2025-07-14T09:12:00+08:00"}`.
enum HeadFile {
  static func write(_ head: HistoryHead, to path: String, _ messages: Messages) throws {
    var writer = JSONWriter()
    writer.object {
      $0.write(head)
      $0.field("at", LocalTime.rfc3339(LocalTime.now))
    }
    writer.newline()
    do {
      try Data(writer.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Outcome.notStarted(messages("\(path) 写不了。", "cannot write \(path)."))
    }
  }

  static func read(_ path: String, _ messages: Messages) throws -> HistoryHead {
    struct Head: Decodable {
      var event: Int
      var hash: String
    }
    guard let data = FileManager.default.contents(atPath: path),
      let head = try? JSONDecoder().decode(Head.self, from: data), head.event >= 0
    else {
      throw Outcome.notStarted(
        messages("\(path) 不是 verify --export-head 写的文件。", "\(path) is no file that verify --export-head wrote."))
    }
    return HistoryHead(event: head.event, hash: head.hash)
  }
}
