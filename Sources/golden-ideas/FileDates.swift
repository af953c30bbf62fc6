import Foundation

/// When files of a folder were written, by which a running server notices that it should read them anew.
struct FileDates: Hashable, Sendable {
  private struct File: Hashable {
    var changedAt: Date?
    var size: Int?
    /// Another one where a file was put in another's place.
    var number: Int?
  }

  private var files: [String: File] = [:]

  /// - Parameter isWanted: which names count.
  init(folder: String, where isWanted: (String) -> Bool) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where isWanted(name) {
      let facts = try? manager.attributesOfItem(atPath: folder + "/" + name)
      files[name] = File(
        changedAt: facts?[.modificationDate] as? Date, size: facts?[.size] as? Int,
        number: facts?[.systemFileNumber] as? Int)
    }
  }
}
