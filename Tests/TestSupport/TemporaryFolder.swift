package import Foundation

/// A folder of a test's own, gone with the object.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("golden-ideas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it, whether it exists or not.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
