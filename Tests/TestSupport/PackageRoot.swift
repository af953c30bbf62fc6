package import Foundation

/// Where tests find what lies beside the sources.
package enum PackageRoot {
  /// The folder of `Package.swift`.
  package static let url = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static var path: String { url.path }

  /// Data sets that are not part of the package: the folder `GOLDEN_IDEAS_SHARED` names, or `shared` beside the
  /// package; nil when there is none, and the tests that measure on it are skipped.
  package static var shared: String? {
    let named = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_SHARED"]
    let beside = url.deletingLastPathComponent().appendingPathComponent("shared").path
    return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The bytes of a file, given from the package's folder or absolutely.
  package static func bytes(_ path: String) throws -> [UInt8] {
    let file = path.hasPrefix("/") ? URL(fileURLWithPath: path) : url.appendingPathComponent(path)
    return Array(try Data(contentsOf: file))
  }

  /// The files below a folder, in name order.
  package static func files(below folder: String) -> [String] {
    let start = folder.hasPrefix("/") ? folder : url.appendingPathComponent(folder).path
    let names = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
    return names.sorted().map { start + "/" + $0 }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}
