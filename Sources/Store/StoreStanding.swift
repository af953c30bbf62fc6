internal import Foundation
internal import Suggestions

/// How a store is, at one moment: for whoever looks after it.
package struct StoreStanding: Sendable {
  package var schema = 0
  /// Of the file, and of the log beside it that is not moved into it yet.
  package var bytes = 0
  package var logBytes = 0
  package var head = HistoryHead(event: 0, hash: "")
  /// Set-aside records that wait for somebody.
  package var quarantined = 0
  /// Submissions the same-matter index has not looked at.
  package var matterLag = 0
  package var backup: BackupNote?
}

/// When a store was last copied, as the store itself remembers it: whether the copy is still there, it cannot know.
package struct BackupNote: Sendable, Hashable {
  /// Seconds since 1970.
  package var at: Int64
  /// Last event of the history that is in the copy.
  package var event: Int
  package var bytes: Int

  package init(at: Int64, event: Int, bytes: Int) {
    self.at = at
    self.event = event
    self.bytes = bytes
  }

  init?(_ text: String) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    self.init(at: Int64(numbers[0]), event: numbers[1], bytes: numbers[2])
  }

  var text: String { "\(at) \(event) \(bytes)" }
}

extension SuggestionStore {
  package func standing() throws(StoreFault) -> StoreStanding {
    var standing = try snapshot { session throws(StoreFault) in
      var standing = StoreStanding()
      standing.schema = Int(try session.integer("PRAGMA user_version"))
      let head = try session.first("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") {
        HistoryHead(event: Int($0.integer(0)), hash: Hexadecimal.text($0.bytes(1)))
      }
      if let head { standing.head = head }
      standing.quarantined = Int(try session.integer("SELECT count(*) FROM quarantine WHERE state = 0"))
      standing.matterLag = try MatterIndex.state(session).lag
      standing.backup = try session.first("SELECT value FROM setting WHERE name = 'backup'") { $0.text(0) }
        .flatMap { BackupNote($0) }
      return standing
    }
    standing.bytes = size("")
    standing.logBytes = size("-wal")
    return standing
  }

  private func size(_ ending: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path + ending)[.size] as? Int) ?? 0
  }

  /// Remembers that a copy was made.
  package func note(_ backup: BackupNote) throws(StoreFault) {
    try write { session throws(StoreFault) in
      try session.execute(
        """
        INSERT INTO setting (name, value) VALUES ('backup', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        [.text(backup.text)])
    }
  }
}
