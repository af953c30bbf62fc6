import ArgumentParser
import Casework
import Foundation
import Publishing
import Store
import Suggestions
import Text

/// A format an issue comes in.
enum DigestFormat: String, ExpressibleByArgument, CaseIterable {
  case html, md, json, csv, pdf, docx, xlsx

  /// Whether it carries its seal in plain sight, so that `digest verify` and a second writing know it again.
  var isSealed: Bool {
    switch self {
    case .html, .md, .json, .csv: true
    case .pdf, .docx, .xlsx: false
    }
  }
}

extension DigestMonth: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// The month's issue, and what an issue was made from.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "月报：一个月的数字、金点子、办结故事、答复 / the month's digest: figures, ideas, repairs, answers",
    subcommands: [DigestMakeCommand.self, DigestVerifyCommand.self], defaultSubcommand: DigestMakeCommand.self)
}

/// What decides which issue it is, beside the month.
struct DigestOptions: ParsableArguments {
  @Option(help: ArgumentHelp("模板：rules/digest 下的文件夹 / template: a folder of rules/digest", valueName: "name"))
  var template = "monthly"
  @Option(help: ArgumentHelp("编辑的改动，JSON（见 rules/digest/README.md）/ the editor's changes", valueName: "file"))
  var editing: String?
  @Option(name: .customLong("on"), help: "按提交还是收到的时间归入月份 / what puts a case into a month: submitted or received")
  var moment: CaseMoment = .submitted
  @Option(name: .customLong("as-of"), help: "算到什么时候，默认存储最后一次变动的时刻 / as it stood then; default: the store's last event")
  var asOf: String?
}

struct DigestMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "做一期 / make an issue: digest 2025-07 --format html --output 2025-07.html")
  @OptionGroup var common: CommonOptions
  @OptionGroup var options: DigestOptions
  @Argument(help: ArgumentHelp("哪个月：2025-07 / which month", valueName: "YYYY-MM")) var month: DigestMonth
  @Option(help: "格式 / format: html md json csv pdf docx xlsx") var format: DigestFormat = .html
  @Option(help: ArgumentHelp("写到哪里；csv 是一个文件夹；不写则到标准输出 / where to; a folder for csv; else standard output", valueName: "path"))
  var output: String?

  func validate() throws {
    if format == .csv, output == nil {
      throw ValidationError("csv 要用 --output 给一个文件夹 / csv wants a folder: --output")
    }
    if common.json, output == nil, format != .json {
      throw ValidationError("--json 时请用 --output 说写到哪里 / with --json say where the issue goes: --output")
    }
  }

  func run() throws {
    let making = try DigestMaking(common, options)
    let output = try output.map { try DigestOutput($0, format, common) }
    let asOf = try options.asOf.map { try common.wholeDayMoment($0, "--as-of") }
    let made = try making.make(month, format, options.moment, asOf: asOf, language: common.language)
    guard let output else {
      return FileHandle.standardOutput.write(Data(made.files.first?.bytes ?? []))
    }
    try output.write(made.files)
    guard common.json else { return }
    common.printJSON { root in
      root.field("output", self.output)
      root.field("month", month.text)
      root.field("format", format.rawValue)
      root.field("template", making.template.name)
      root.field("template_digest", making.template.digest)
      root.field("event", made.issue.state.event)
      root.field("head", made.issue.state.head)
      root.array("cases") { list in for id in made.issue.cases { list.field(nil, id) } }
      root.array("files") { list in for file in made.files { list.field(nil, file.name) } }
    }
  }
}

/// An issue made from a store, for the command that writes it and the one that looks whether it would be the same.
struct DigestMaking {
  let template: DigestTemplate
  private let common: CommonOptions
  private let assembly: (DigestMonth, CaseMoment, Int64?) -> DigestAssembly
  private let editing: DigestEditing

  /// Reads rules, template and edits, so that nothing long begins with something wrong.
  init(_ common: CommonOptions, _ options: DigestOptions) throws {
    self.common = common
    template = try DigestTemplates(common).template(options.template)
    let editing = try options.editing.map { try DigestEditingFile.read($0, common.messages) } ?? DigestEditing()
    self.editing = editing
    let (book, settings) = (try common.loadBook(), try common.loadCasework())
    _ = try common.openStore(.existing)
    let open = common.storeOpening
    assembly = { month, moment, asOf in
      DigestAssembly(
        month: month, moment: moment, asOf: asOf,
        named: Set(editing.pins + editing.order + Array(editing.rewrites.keys)), book: book, settings: settings, open: open)
    }
  }

  /// - Parameter asOf: seconds since 1970; nil for the store's last event.
  func make(
    _ month: DigestMonth, _ format: DigestFormat, _ moment: CaseMoment, asOf: Int64?, language: Language
  ) throws -> (issue: DigestIssue, files: [DigestBundle.File]) {
    let material: DigestMaterial
    do throws(DigestAssembly.Fault) {
      material = try assembly(month, moment, asOf).material()
    } catch {
      throw common.messages.digest(error)
    }
    let issue: DigestIssue
    do throws(DigestEditingFault) {
      issue = try DigestIssue(material, edited: editing)
    } catch {
      throw Outcome.notStarted(common.messages.digest(error))
    }
    let document = DigestDocument(issue, by: template, edited: editing, in: language == .zh ? .zh : .en)
    let printing = try DigestPrinting(common.messages, rules: common.rulesFolder)
    let files: [DigestBundle.File] =
      switch format {
      case .csv: document.csv.files
      default:
        [
          DigestBundle.File(
            name: "\(month.text).\(format.rawValue)",
            bytes: try printing.printed(format, of: document, issue, in: language == .zh ? .zh : .en))
        ]
      }
    try printing.pass(files)
    return (issue, files)
  }
}

extension CommonOptions {
  /// Another connection to the store, for other threads.
  var storeOpening: @Sendable () throws(StoreFault) -> SuggestionStore {
    let database = database
    return { () throws(StoreFault) in
      try SuggestionStore(url: database, access: .existing, folding: Folding.version)
    }
  }

  /// A moment; a bare date means that whole day.
  func wholeDayMoment(_ text: String, _ option: String) throws -> Int64 {
    if let day = CivilTime.dayNumber(text) { return WorkingCalendar.start(of: day + 1) - 1 }
    return try moment(text, option)
  }
}
