import ArgumentParser
import Casework
import Foundation
import Rules
import Suggestions

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "规则：检查、测试、解释、比较、学习、重判 / the rule book: check, test, explain, compare, learn, judge anew",
    subcommands: [Check.self, Test.self, Explain.self, Diff.self, Coverage.self, Reclassify.self, Learn.self, Schema.self, Codes.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "一次列出所有错误 / all faults at once, with file and line")
    @OptionGroup var common: CommonOptions

    func run() throws {
      var problems: [RuleProblem] = []
      var book: RuleBook?
      do throws(RuleBookFault) {
        let compiled = try RuleBook(files: try files())
        problems = compiled.warnings + compiled.expired(on: LocalTime.today) + compiled.failingExamples()
        book = compiled
      } catch {
        problems = error.problems
      }
      let findings = problems.map { RuleFinding($0, common) } + casework()
      let errors = findings.count { !$0.isWarning }
      if common.json {
        common.printJSON { root in
          root.field("book", book?.version)
          root.field("rules", book?.rules.count ?? 0)
          root.field("keywords", book?.keywords.count ?? 0)
          root.field("errors", errors)
          root.field("warnings", findings.count - errors)
          root.array("problems") { list in for finding in findings { finding.write(to: &list) } }
        }
      } else {
        for finding in findings {
          let mark = finding.isWarning ? common.messages("提醒 ", "warning ") : common.messages("错误 ", "error ")
          print(mark + finding.message)
        }
        if let book {
          print(
            common.messages(
              "规则 \(book.version)：主题 \(book.topics.count)，规则 \(book.rules.count)，关键词 \(book.keywords.count)，承办单位 \(book.departments.count)，区划 \(book.regions.count)，驿站 \(book.stations.count)；错误 \(errors)，提醒 \(findings.count - errors)。",
              "book \(book.version): \(book.topics.count) topics, \(book.rules.count) rules, \(book.keywords.count) keywords, \(book.departments.count) departments, \(book.regions.count) regions, \(book.stations.count) stations; \(errors) errors, \(findings.count - errors) warnings."))
        }
      }
      if errors > 0 { throw Outcome.findings() }
    }

    /// The casework's files are no part of the book, but whoever edits the folder wants to know.
    private func casework() -> [RuleFinding] {
      do throws(CaseworkFault) {
        _ = try CaseworkSettings(folder: common.rulesFolder)
        return []
      } catch {
        return error.faults.flatMap { fault in fault.problems.map { RuleFinding($0, of: fault.file, common) } }
      }
    }

    private func files() throws(RuleBookFault) -> [RuleFile] {
      guard let files = RuleFolder.files(in: common.rulesFolder) else {
        throw RuleBookFault(problems: [
          RuleProblem(file: "book.yaml", line: 0, fault: .missingFile(common.rulesFolder + "/book.yaml"))
        ])
      }
      return files
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "跑所有正例和反例 / run every example and counter-example")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let book = try common.loadBook()
      let failing = book.failingExamples()
      if common.json {
        common.printJSON { root in
          root.field("book", book.version)
          root.field("examples", book.exampleCount)
          root.field("failed", failing.count)
          root.array("problems") { list in for problem in failing { RuleFinding(problem, common).write(to: &list) } }
        }
      } else {
        for problem in failing { print(common.messages.problem(problem, folder: common.rulesFolder)) }
        print(
          common.messages(
            "例子 \(book.exampleCount) 个（各跑两遍，一遍在多字节文字之后），不符 \(failing.count) 个。",
            "\(book.exampleCount) examples, each also behind multi-byte text; \(failing.count) failed."))
      }
      if !failing.isEmpty { throw Outcome.findings() }
    }
  }

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "规则怎样看一段文字 / what the rules make of a text, and why")
    @OptionGroup var common: CommonOptions
    @Argument(help: "正文，- 为标准输入 / the text; - is standard input") var text: String
    @Option(help: "标题 / title") var title = ""
    @Option(help: "渠道代码 / channel") var channel: String?
    @Option(help: "驿站编码 / station") var station: String?
    @Option(help: "表单里的区划编码 / region of the form") var region: String?
    @Option(help: "表单里的类别代码 / kind of the form") var kind: String?
    @Option(help: "收到的时间，如 2025-07-01T23:10 / when it was handed in") var at: String?
    @Option(help: "按哪一天有效的规则判，如 2025-07-01，默认今天 / judged on a day; default: today") var on: String?

    func run() throws {
      let book = try common.loadBook()
      var body = text
      if text == "-" { body = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
      let day = try on.map { try known($0, CivilTime.dayNumber($0), "--on") } ?? LocalTime.today
      let screen = ExplainScreen(
        book, title: title, body: body, try context(book), on: day, messages: common.messages)
      print(common.json ? screen.json : screen.words, terminator: "")
    }

    private func context(_ book: RuleBook) throws -> RuleContext {
      RuleContext(
        channel: try channel.map { code in try known(code, Channel.allCases.first { $0.code == code }, "--channel") },
        station: try station.map { code in try known(code, book.stations.firstIndex { $0.code == code }, "--station") },
        region: try region.map { try known($0, book.region(code: $0), "--region") },
        kind: try kind.map { code in try known(code, Kind.allCases.first { $0.code == code }, "--kind") },
        submittedAt: try at.map { try known($0, CivilTime.instant($0, offset: book.utcOffset), "--at") })
    }

    private func known<Value>(_ text: String, _ value: Value?, _ option: String) throws -> Value {
      guard let value else {
        throw ValidationError(common.messages("\(option) 不认识 \(text)", "\(option) does not know \(text)"))
      }
      return value
    }
  }

  struct Codes: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "codes", abstract: "代码表：接口与规则里每个办理代码的意思 / what every code of the casework means")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (chinese, english) = (Messages(language: .zh), Messages(language: .en))
      if common.json {
        common.printJSON { root in
          for family in CodeFamily.allCases {
            root.array(family.rawValue) { list in
              for (zh, en) in zip(family.words(chinese), family.words(english)) {
                list.object {
                  $0.field("code", zh.code)
                  $0.field("zh", zh.word)
                  $0.field("en", en.word)
                }
              }
            }
          }
        }
        return
      }
      for family in CodeFamily.allCases {
        print("\(family.rawValue)  \(family.title(common.messages))")
        for (code, word) in family.words(common.messages) { print("  \(code)  \(word)") }
      }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "给编辑器用的 JSON Schema，写进规则目录的 schema/ / JSON Schemas for editors, into schema/")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = common.rulesFolder + "/schema"
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let schemas = BookSchema.names.map { ($0, BookSchema.text($0)) } + CaseworkSchema.names.map { ($0, CaseworkSchema.text($0)) }
        for case (let name, let text?) in schemas {
          try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).schema.json"), options: .atomic)
        }
      } catch {
        throw Outcome.notStarted(common.messages("写不了 \(folder)", "cannot write \(folder)"))
      }
      common.note(common.messages("已写入 \(folder)", "written to \(folder)"))
    }
  }
}
