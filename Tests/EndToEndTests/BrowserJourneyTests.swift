import TestSupport
import Testing

/// Journeys through the console in a real browser. What each does stands in `Tests/BrowserTests`; here each has to have
/// been walked, and to have come to its end.
@Suite(.enabled(if: BrowserRun.isReady || BrowserRun.isRequired, Comment(rawValue: BrowserRun.advice)))
struct BrowserJourneyTests {
  static let languages = ["zh", "en"]
  /// Nobody, and the demonstration's users.
  static let visitors = [
    "visitor", "reviewer", "lead", "department", "head", "keeper", "supervisor", "editor", "admin",
  ]

  /// Every page two clicks from the first, of everybody: answered and without complaint, clean by axe, 320 px wide.
  static let reading = ["places", "axe", "narrow"].flatMap { kind in
    visitors.flatMap { visitor in languages.map { "\(kind)/\(visitor)/\($0)" } }
  }

  static let doing = [
    "twenty-decisions", "meant-keys", "hurried-hand", "two-on-one-item", "taken-back", "without-scripts", "first-page",
    "on-paper", "closed-doors", "order-and-rider", "open-parts", "axe/on-the-way", "narrow/on-the-way",
  ].flatMap { kind in languages.map { "\(kind)/\($0)" } }

  @Test(arguments: reading) func everyPageIsInOrder(_ name: String) throws { try succeeds(name) }

  @Test(arguments: doing) func everyJourneyComesToItsEnd(_ name: String) throws { try succeeds(name) }

  private func succeeds(_ name: String) throws {
    let run = try BrowserRun.shared()
    let told = try #require(run.told[name], "was not walked; the walk said: \(run.remarks.suffix(2_000))")
    #expect(told.isEmpty, "\(told)")
  }

  @Test func noJourneyIsLeftOut() throws {
    let names = Set(try BrowserRun.shared().told.keys)
    #expect(names == Set(Self.reading + Self.doing))
  }

  /// After all that was done to it.
  @Test func theStoreIsSoundAndTheServerEndsQuietly() throws {
    let run = try BrowserRun.shared()
    #expect(run.complaints.isEmpty, "\(run.complaints)")
    #expect(run.verification.ending == .exited(0), "\(run.verification.output)\(run.verification.errors)")
  }
}
