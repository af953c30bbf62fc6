import ArgumentParser
import Foundation
import Intake
import Rules
import Store
import Suggestions
import Text

/// Options every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("存储 / the store: sqlite:PATH", valueName: "url"))
  var database: String = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_DATABASE"] ?? "sqlite:golden-ideas.db"

  @Option(help: ArgumentHelp("规则目录 / folder of the rule book", valueName: "dir"))
  var rules: String?

  @Flag(help: "标准输出只有 JSON / JSON alone on standard output")
  var json = false

  @Flag(help: "不显示进度与提示 / no progress, no remarks")
  var quiet = false

  @Option(help: "界面语言 / language: zh or en")
  var language: Language =
    ProcessInfo.processInfo.environment["GOLDEN_IDEAS_LANGUAGE"].flatMap(Language.init(rawValue:)) ?? .zh

  var messages: Messages { Messages(language: language) }

  /// Remarks go to standard error, so that standard output stays clean.
  func note(_ text: String) {
    guard !quiet else { return }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// One JSON document on standard output.
  func printJSON(_ content: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.object(nil, content)
    writer.newline()
    print(writer.text, terminator: "")
  }

  // MARK: Composition

  var rulesFolder: String { rules ?? RuleFolder.standard }

  /// - Parameter learned: with the learned layer; without it a faulty one can be learned anew.
  /// - Parameter folder: of the book; the option's, unless another is named.
  func loadBook(in folder: String? = nil, learned: Bool = true) throws -> RuleBook {
    let folder = folder ?? rulesFolder
    return try compile(
      try ruleFiles(in: folder).filter { learned || !$0.path.hasPrefix("learned/") }, folder: folder)
  }

  func compile(_ files: [RuleFile], folder: String) throws -> RuleBook {
    do throws(RuleBookFault) {
      return try RuleBook(files: files)
    } catch {
      throw Outcome.notStarted(messages.ruleBookFault(error, folder: folder))
    }
  }

  func ruleFiles(in folder: String? = nil) throws -> [RuleFile] {
    let folder = folder ?? rulesFolder
    guard let files = RuleFolder.files(in: folder) else { throw Outcome.notStarted(messages.noRules(folder)) }
    return files
  }

  func loadProfiles() throws -> [FormProfile] {
    let folder = rulesFolder + "/profiles"
    guard let files = RuleFolder.yaml(in: folder), !files.isEmpty else {
      throw Outcome.notStarted(messages.noProfiles(folder))
    }
    var profiles: [FormProfile] = []
    var faults: [ProfileFault] = []
    for file in files {
      do throws(ProfileFault) {
        profiles.append(try FormProfile(yaml: file.bytes, file: file.path))
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw Outcome.notStarted(messages.profileFaults(faults)) }
    return profiles
  }

  /// Of the store's file.
  var databasePath: String { database.hasPrefix("sqlite:") ? String(database.dropFirst(7)) : database }

  func openStore(_ access: SuggestionStore.Access) throws -> SuggestionStore {
    do throws(StoreFault) {
      return try SuggestionStore(url: database, access: access, folding: Folding.version)
    } catch {
      throw Outcome.notStarted(messages.store(error))
    }
  }

  /// Runs what may fault on the store; a fault ends the command.
  func onStore<Value>(_ body: () throws(StoreFault) -> Value) throws -> Value {
    do throws(StoreFault) {
      return try body()
    } catch {
      throw Outcome.notStarted(messages.store(error))
    }
  }
}

/// Finds and reads rule folders; the rooms that use them see no disk.
enum RuleFolder {
  /// `GOLDEN_IDEAS_RULES`, `rules` in the working folder, or the one beside the program's sources.
  static var standard: String {
    let manager = FileManager.default
    if let named = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_RULES"] { return named }
    if manager.fileExists(atPath: "rules/book.yaml") { return "rules" }
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path.count > 1 {
      if manager.fileExists(atPath: folder.path + "/rules/book.yaml") { return folder.path + "/rules" }
      folder.deleteLastPathComponent()
    }
    return "rules"
  }

  /// What the casework reads: no part of a book, or every new holiday would make a new version of all verdicts.
  static let casework: Set<String> = [
    "answers.yaml", "calendar.yaml", "calendar.local.yaml", "casework.yaml", "clocks.yaml", "reminders.yaml",
    "retention.yaml",
  ]

  /// All files of a book, profiles apart; nil when there is no book.
  static func files(in folder: String) -> [RuleFile]? {
    guard let all = yaml(in: folder), all.contains(where: { $0.path == "book.yaml" }) else { return nil }
    let top = all.filter { !casework.contains($0.path) }
    return ["keywords", "learned"].reduce(top) { files, part in
      files + (yaml(in: folder + "/" + part) ?? []).map { RuleFile(path: part + "/" + $0.path, bytes: $0.bytes) }
    }
  }

  static func yaml(in folder: String) -> [RuleFile]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: folder + "/" + name).map { RuleFile(path: name, bytes: Array($0)) }
    }
  }
}
