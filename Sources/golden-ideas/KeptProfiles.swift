import Intake
import Synchronization

/// The form profiles for pages that ask for them with every view: read anew when a file of them changed.
final class KeptProfiles: Sendable {
  private let common: CommonOptions
  private let kept = Mutex<(dates: FileDates, profiles: [FormProfile])?>(nil)

  init(_ common: CommonOptions) { self.common = common }

  /// As ``CommonOptions/loadProfiles()``; faulty ones are read and told each time.
  func load(_ language: Language) throws -> [FormProfile] {
    // Before the files, so that a change in between is noticed.
    let dates = FileDates(folder: common.rulesFolder + "/profiles") { $0.hasSuffix(".yaml") }
    if let known = kept.withLock({ $0 }), known.dates == dates { return known.profiles }
    var common = common
    common.language = language
    let profiles = try common.loadProfiles()
    kept.withLock { $0 = (dates, profiles) }
    return profiles
  }
}
