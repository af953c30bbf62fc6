package import Casework
import Synchronization

/// What the casework goes by in a running server, read anew when somebody changed a file of it. Whoever counts or
/// chases asks for it anew each time, as for the ``PresentBook``.
package final class PresentSettings: Sendable {
  private struct State {
    var settings: CaseworkSettings
    var dates: FileDates
    /// How often they were read.
    var revision = 1
  }

  private let folder: String
  private let state: Mutex<State>

  /// - Parameter folder: of the rules.
  package init(folder: String) throws {
    self.folder = folder
    // Before the files, so that a change in between is noticed.
    let dates = PresentSettings.dates(folder)
    state = Mutex(State(settings: try CaseworkSettings(folder: folder), dates: dates))
  }

  var settings: CaseworkSettings { state.withLock { $0.settings } }
  var revision: Int { state.withLock { $0.revision } }
  package var limits: CaseLimits { settings.limits }

  /// Reads the files where one was changed since. Faulty ones are told each time, and leave the settings as they are.
  ///
  /// - Returns: whether the settings are others now.
  @discardableResult
  package func refresh() throws -> Bool {
    let dates = PresentSettings.dates(folder)
    guard dates != state.withLock({ $0.dates }) else { return false }
    let settings = try CaseworkSettings(folder: folder)
    state.withLock { $0 = State(settings: settings, dates: dates, revision: $0.revision + 1) }
    return true
  }

  private static func dates(_ folder: String) -> FileDates {
    FileDates(folder: folder) { RuleFolder.casework.contains($0) }
  }
}
