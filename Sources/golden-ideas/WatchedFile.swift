import Foundation
import Suggestions

/// A file of a watched folder, and where it goes when something became of it.
struct WatchedFile {
  /// The two folders below the watched one.
  enum Place: String, CaseIterable {
    case done, refused
  }

  /// What could not be written.
  struct Fault: Error { var path: String }

  let folder: String
  let name: String

  var path: String { folder + "/" + name }

  /// The report is there before the file is: a file that was moved has its report.
  ///
  /// - Throws: ``Fault``.
  func move(to place: Place, report: String) throws {
    let target = free(in: folder + "/" + place.rawValue)
    do {
      try Data(report.utf8).write(to: URL(fileURLWithPath: target + WatchedFile.ending), options: .atomic)
      try FileManager.default.moveItem(atPath: path, toPath: target)
    } catch {
      throw Fault(path: target)
    }
  }

  static let ending = ".report.json"

  /// The name itself, or with the first number before its ending that nothing has yet: `form.xml`, `form-2.xml`.
  private func free(in place: String) -> String {
    let whole = name as NSString
    let (stem, ending) = (whole.deletingPathExtension, whole.pathExtension)
    var number = 1
    while true {
      let tried = number == 1 ? name : "\(stem)-\(number)" + (ending.isEmpty ? "" : "." + ending)
      let target = place + "/" + tried
      let isTaken = [target, target + WatchedFile.ending].contains { FileManager.default.fileExists(atPath: $0) }
      if !isTaken { return target }
      number += 1
    }
  }

  /// Why a file was not taken in, in both languages.
  static func refusal(_ name: String, _ words: (Messages) -> String) -> String {
    var writer = JSONWriter()
    writer.object {
      $0.field("name", name)
      $0.field("refused", true)
      $0.field("reason", words(Messages(language: .zh)))
      $0.field("reason_en", words(Messages(language: .en)))
    }
    writer.newline()
    return writer.text
  }
}
