import ArgumentParser
import Foundation

/// Where a report goes, for the commands that write one.
struct ReportOption: ParsableArguments {
  @Option(help: ArgumentHelp("另写一份网页报告 / a report as one web page, too", valueName: "file.html"))
  var report: String?

  /// Looks at the place before the long work starts; nil where no report is wanted.
  func file(_ common: CommonOptions) throws -> ReportFile? { try report.map { try ReportFile($0, common) } }
}

/// A place that a report, or another page to print, can be written to.
struct ReportFile {
  private let path: String
  private let common: CommonOptions
  private let noun: String

  /// How every page begins; a file that begins otherwise is somebody's and stays.
  private static let opening = Data("<!DOCTYPE html>".utf8)

  /// - Parameter noun: what is written, in Chinese and English.
  init(_ path: String, _ common: CommonOptions, noun: (String, String) = ("报告", "report")) throws {
    self.path = path
    self.common = common
    let messages = common.messages
    let noun = messages(noun.0, noun.1)
    self.noun = noun
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
    let rules = URL(fileURLWithPath: common.rulesFolder).standardizedFileURL.resolvingSymlinksInPath().path
    let places = [folder.path, url.resolvingSymlinksInPath().path]
    if places.contains(where: { $0 == rules || $0.hasPrefix(rules + "/") }) {
      throw Outcome.notStarted(
        messages("\(noun)不能写进规则目录：\(path)。请换个地方。", "a \(noun) does not go into the rules: \(path). Name another place."))
    }
    if FileManager.default.fileExists(atPath: path), !Self.isReport(path) {
      throw Outcome.notStarted(
        messages(
          "\(path) 已经在那里，又不是\(noun)，不会盖掉它。请换个名字。",
          "\(path) exists and is no \(noun); it is not written over. Name another file."))
    }
    // Permissions do not tell all (full and read-only disks): writing does.
    let probe = folder.appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
    do {
      try Self.opening.write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      throw fault
    }
  }

  func write(_ markup: String) throws {
    do {
      try Data(markup.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw fault
    }
    common.note(common.messages("\(noun)写在 \(path)", "\(noun) written to \(path)"))
  }

  private var fault: Outcome {
    .notStarted(
      common.messages("\(noun)写不了：\(path)。请检查目录和权限。", "cannot write the \(noun) \(path). Check its folder and permissions."))
  }

  private static func isReport(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: opening.count)) == opening
  }
}
