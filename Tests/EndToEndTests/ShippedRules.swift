import Foundation
import TestSupport

/// Copies of the shipped rule book, without its learned layer, for a test to change.
enum ShippedRules {
  /// - Returns: the folder.
  static func copy(to folder: String, changing file: String, _ change: (String) -> String) throws -> String {
    try FileManager.default.copyItem(atPath: PackageRoot.path + "/rules", toPath: folder)
    try? FileManager.default.removeItem(atPath: folder + "/learned")
    let path = folder + "/" + file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try change(text).write(toFile: path, atomically: true, encoding: .utf8)
    return folder
  }
}
