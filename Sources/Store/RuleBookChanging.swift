internal import Suggestions

/// A rule book that takes the place of another.
package struct RuleBookChange: Sendable {
  package typealias Version = (name: String, files: [RuleBookArchive.File])

  package var from: Version
  package var to: Version
  /// Path of the file that somebody changed, below the rules folder.
  package var file: String

  package init(from: Version, to: Version, file: String) {
    self.from = from
    self.to = to
    self.file = file
  }
}

extension SuggestionStore {
  /// Keeps both books and tells who changed the rules and why, while `install` puts the file in its place: all of it
  /// happens, or nothing.
  ///
  /// - Parameters:
  ///   - install: under the store's lock, so that of two who change a file one comes first; false where the file is not
  ///     the one the change was made from, or cannot be written.
  ///   - takeBack: puts the old file back, as the store would not have the change.
  /// - Returns: false where `install` refused.
  package func enforce(
    _ change: RuleBookChange, by act: StaffAct, install: () -> Bool, takeBack: () -> Void
  ) throws(StoreFault) -> Bool {
    var isInstalled = false
    do throws(StoreFault) {
      return try write { session throws(StoreFault) in
        isInstalled = install()
        guard isInstalled else { return false }
        for version in [change.from, change.to] { try RuleBookArchive.keep(version.name, version.files, session) }
        var payload = JSONWriter()
        payload.object {
          $0.field("file", change.file)
          $0.field("from", change.from.name)
          $0.field("to", change.to.name)
          $0.field("reason", act.reason)
        }
        try History.append(
          History.Event(at: act.at, actor: act.actor, action: "rules.change", subject: 0, payload: payload.text),
          to: session)
        return true
      }
    } catch {
      if isInstalled { takeBack() }
      throw error
    }
  }
}
