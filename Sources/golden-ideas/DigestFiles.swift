import Foundation
import Publishing
import Suggestions

/// The templates of the rules folder.
struct DigestTemplates {
  private let common: CommonOptions
  private var folder: String { common.rulesFolder + "/digest" }

  init(_ common: CommonOptions) { self.common = common }

  /// By name; ends the command where there is none, or where something in it is wrong.
  func template(_ name: String) throws -> DigestTemplate {
    let files = files(of: name)
    guard !files.isEmpty else {
      let known = names.joined(separator: " ")
      throw Outcome.notStarted(
        common.messages("没有模板 \(name)：\(folder)。已有：\(known)", "there is no template \(name) in \(folder). Known: \(known)"))
    }
    do throws(DigestTemplateFault) {
      return try DigestTemplate(name: name, files: files)
    } catch {
      throw Outcome.notStarted(common.messages.digest(error, folder: folder + "/" + name))
    }
  }

  private var names: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.sorted().filter { !files(of: $0).isEmpty }
  }

  private func files(of name: String) -> [String: [UInt8]] {
    // A name is one folder, not a way out of it.
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 != UInt8(ascii: "/") }), !name.hasPrefix(".") else { return [:] }
    let path = folder + "/" + name
    let endings = [".html", ".md", ".css"]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { file in
      endings.contains { file.hasSuffix($0) } && !file.hasPrefix(".")
    }
    return Dictionary(
      names.compactMap { file in FileManager.default.contents(atPath: path + "/" + file).map { (file, Array($0)) } }
    ) { first, _ in first }
  }
}

/// Where an issue goes. What lies there and is no issue is somebody's and stays.
struct DigestOutput {
  private let path: String
  private let isFolder: Bool
  private let common: CommonOptions

  /// Looks at the place before the long work starts.
  init(_ path: String, _ format: DigestFormat, _ common: CommonOptions) throws {
    self.path = path
    isFolder = format == .csv
    self.common = common
    let messages = common.messages
    var isThere: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isThere) else {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: parent) else { throw fault }
      return
    }
    guard isThere.boolValue == isFolder else {
      throw Outcome.notStarted(
        isFolder
          ? messages("\(path) 是一个文件；csv 要一个文件夹。", "\(path) is a file; csv wants a folder.")
          : messages("\(path) 是一个文件夹；请给文件名。", "\(path) is a folder; name a file."))
    }
    // Of what was printed nobody can tell whether it is an issue.
    let isOurs = isFolder ? holdsIssueAlone : format.isSealed && DigestOutput.issue(at: path) != nil
    guard isOurs else {
      throw Outcome.notStarted(
        messages("\(path) 已经在那里，看不出是月报，不会盖掉它。请换个名字。",
          "\(path) exists and is not known for an issue; it is not written over. Name another place."))
    }
  }

  func write(_ files: [DigestBundle.File]) throws {
    do {
      if isFolder { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
      for file in files {
        let place = isFolder ? path + "/" + file.name : path
        try Data(file.bytes).write(to: URL(fileURLWithPath: place), options: .atomic)
      }
    } catch {
      throw fault
    }
    common.note(common.messages("月报写在 \(path)", "digest written to \(path)"))
  }

  private var fault: Outcome {
    .notStarted(common.messages("月报写不了：\(path)。请检查目录和权限。", "cannot write the digest \(path). Check its folder and permissions."))
  }

  private var holdsIssueAlone: Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return false }
    return names.isEmpty || names.contains(DigestBundle.manifest) && names.allSatisfy { $0.hasSuffix(".csv") }
  }

  private static func issue(at path: String) -> DigestSeal? {
    FileManager.default.contents(atPath: path).flatMap { DigestSeal(in: Array($0)) }
  }
}

/// The editor's changes in a file.
enum DigestEditingFile {
  private struct Shape: Decodable {
    struct Rewrite: Decodable {
      var title: String?
      var text: String?
    }

    var title: String?
    var number: String?
    var foreword: String?
    var pins: [Int]?
    var drops: [Int]?
    var order: [Int]?
    var rewrites: [String: Rewrite]?
    var calls: [String]?
    var standings: Bool?
  }

  private static let keys: Set<String> = [
    "title", "number", "foreword", "pins", "drops", "order", "rewrites", "calls", "standings",
  ]

  static func read(_ path: String, _ messages: Messages) throws -> DigestEditing {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Outcome.notStarted(messages("读不到文件：\(path)", "cannot read \(path)"))
    }
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw Outcome.notStarted(messages("\(path) 应为一个 JSON 对象。", "\(path) must be one JSON object."))
    }
    let unknown = Set(object.keys).subtracting(keys).sorted()
    guard unknown.isEmpty else {
      throw Outcome.notStarted(
        messages(
          "\(path)：不认识的键 \(unknown.joined(separator: " "))；可用 \(keys.sorted().joined(separator: " "))",
          "\(path): unknown keys \(unknown.joined(separator: " ")); known: \(keys.sorted().joined(separator: " "))"))
    }
    let shape: Shape
    do {
      shape = try JSONDecoder().decode(Shape.self, from: data)
    } catch let DecodingError.typeMismatch(_, context) {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw Outcome.notStarted(messages("\(path)：\(place) 的类型不对。", "\(path): \(place) has another type."))
    } catch {
      throw Outcome.notStarted(messages("\(path) 读不懂。", "\(path) cannot be read."))
    }
    var editing = DigestEditing()
    editing.title = shape.title
    editing.number = shape.number
    editing.foreword = shape.foreword
    editing.pins = shape.pins ?? []
    editing.drops = shape.drops ?? []
    editing.order = shape.order ?? []
    for (id, rewrite) in shape.rewrites ?? [:] {
      guard let number = Int(id) else {
        throw Outcome.notStarted(messages("\(path)：rewrites 的键应为编号。", "\(path): keys of rewrites must be numbers."))
      }
      editing.rewrites[number] = DigestEditing.Rewrite(title: rewrite.title, text: rewrite.text)
    }
    editing.calls = shape.calls
    editing.hasStandings = shape.standings ?? false
    return editing
  }
}
