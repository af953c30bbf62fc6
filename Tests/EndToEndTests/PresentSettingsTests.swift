import Casework
import Foundation
import TestSupport
import Testing

import golden_ideas

/// A running server follows the files of the casework.
struct PresentSettingsTests {
  private static let file = "casework.yaml"

  @Test func changedFilesAreReadAnew() throws {
    let folder = try TemporaryFolder()
    let rules = try ShippedRules.copy(to: folder.path("rules"), changing: Self.file) { $0 }
    let settings = try PresentSettings(folder: rules)
    #expect(settings.limits.reopenWindow == 30 * 86_400)
    #expect(try !settings.refresh(), "nothing changed")
    func write(_ change: (String) -> String) throws {
      let text = try String(contentsOfFile: rules + "/" + Self.file, encoding: .utf8)
      try Data(change(text).utf8).write(to: URL(fileURLWithPath: rules + "/" + Self.file), options: .atomic)
    }
    try write { $0.replacing("reopen: 30 days", with: "reopen: soon") }
    #expect(throws: (any Error).self) { try settings.refresh() }
    #expect(throws: (any Error).self, "told until it is mended") { try settings.refresh() }
    #expect(settings.limits.reopenWindow == 30 * 86_400, "and the settings stay as they were")
    try write { $0.replacing("reopen: soon", with: "reopen: 10 days") }
    #expect(try settings.refresh())
    #expect(settings.limits.reopenWindow == 10 * 86_400)
  }
}
