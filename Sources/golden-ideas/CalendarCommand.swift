import ArgumentParser
import Casework
import Foundation
import Suggestions

struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "工作日历：放假、调休上班、待定的年份，导入新通知 / working calendar: days off, days worked, provisional years",
    subcommands: [Show.self, Import.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "一年的放假与上班 / a year's days off and days worked")
    @OptionGroup var common: CommonOptions
    @Option(help: "哪一年，默认今年 / which year; default: this one") var year: Int?

    func run() throws {
      let settings = try common.loadCasework()
      let year = self.year ?? CivilTime(LocalTime.now).year
      guard let screen = CalendarScreen(settings, year: year, messages: common.messages) else {
        throw ValidationError(common.messages("--year 应在 1949 至 2999 之间", "--year must lie between 1949 and 2999"))
      }
      if common.json { common.printJSON { screen.write(to: &$0) } } else { print(screen.text) }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "把公布的放假通知（JSON）写进 calendar.yaml / published notices, as JSON, into calendar.yaml")
    @OptionGroup var common: CommonOptions
    @Argument(help: "每年一个 JSON：{year, papers, days: [{name, date, isOffDay}]} / one JSON file a year") var files: [String]
    @Option(help: "写到哪个文件，- 为标准输出；默认规则目录的 calendar.yaml / file to write; - is standard output") var output: String?
    @Flag(help: "手工改过的文件也重写，其中的注释会丢 / rewrite a file edited by hand, losing its comments") var force = false

    func run() throws {
      let file = common.rulesFolder + "/calendar.yaml"
      let output = output ?? file
      let (bytes, book) = try read(file)
      var added = book
      var results: [CalendarImportResult] = []
      for path in files {
        let notice = try notice(path)
        results.append(CalendarImportResult(notice, into: added))
        added = added.adding(notice)
      }
      let text = added.yaml
      try check(text, output)
      if output == "-" {
        print(text, terminator: "")
        return
      }
      let changes = results.contains { $0.changes }
      if changes || output != file {
        // The file is written as a whole; what somebody put between its lines would be gone.
        let existing = output == file ? bytes : FileManager.default.contents(atPath: output).map { Array($0) }
        if !force, let existing, existing != Array(book.yaml.utf8) {
          throw Outcome.notStarted(
            common.messages(
              "\(output) 手工改过，重写会丢掉其中的注释；确要重写请加 --force，或用 --output 写到别处。",
              "\(output) was edited by hand and rewriting loses its comments; --force rewrites it, --output writes elsewhere."))
        }
        do {
          try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
          throw Outcome.notStarted(common.messages("写不了 \(output)", "cannot write \(output)"))
        }
      }
      report(results, output, isWritten: changes || output != file)
    }

    private func read(_ file: String) throws -> ([UInt8], CalendarBook) {
      guard let data = FileManager.default.contents(atPath: file) else { throw unreadable(file) }
      do throws(SettingFault) {
        return (Array(data), try CalendarBook(yaml: Array(data), file: "calendar.yaml"))
      } catch {
        throw Outcome.notStarted(common.messages.casework(CaseworkFault(faults: [error]), folder: common.rulesFolder))
      }
    }

    private func notice(_ path: String) throws -> CalendarNotice {
      guard let data = FileManager.default.contents(atPath: path) else { throw unreadable(path) }
      do throws(SettingFault) {
        return try CalendarNotice(publishedJSON: Array(data), file: path)
      } catch {
        let lines = error.problems.map { "  \(path):\($0.line): " + common.messages.words($0.fact) }
        throw Outcome.notStarted(
          ([common.messages("读不懂这份放假通知，没有写入：", "this notice cannot be read; nothing was written:")] + lines)
            .joined(separator: "\n"))
      }
    }

    private func unreadable(_ path: String) -> Outcome {
      .notStarted(common.messages("读不到文件：\(path)", "cannot read \(path)"))
    }

    /// Two notices may be right each and wrong together: a day off in one and worked in the other.
    private func check(_ text: String, _ output: String) throws {
      do throws(SettingFault) {
        _ = try CalendarBook(yaml: Array(text.utf8), file: output)
      } catch {
        let facts = error.problems.map { "  " + common.messages.words($0.fact) }
        throw Outcome.notStarted(
          ([common.messages("与已有的年份不合，没有写入：", "does not go with the years that are there; nothing was written:")] + facts)
            .joined(separator: "\n"))
      }
    }

    private func report(_ results: [CalendarImportResult], _ output: String, isWritten: Bool) {
      if common.json {
        common.printJSON { root in
          root.field("output", output)
          root.field("written", isWritten)
          root.array("years") { list in for result in results { list.object { result.write(to: &$0) } } }
        }
        return
      }
      for result in results { common.note(result.words(common.messages)) }
      common.note(
        isWritten ? common.messages("已写入 \(output)", "written to \(output)")
          : common.messages("没有变化，没有写入", "nothing changed, nothing was written"))
    }
  }
}

/// What one notice does to a calendar.
struct CalendarImportResult {
  private let notice: CalendarNotice
  private let outcome: String

  init(_ notice: CalendarNotice, into book: CalendarBook) {
    self.notice = notice
    let known = book.notices.first { $0.year == notice.year }
    outcome =
      if notice.holidays.isEmpty { "unannounced" } else if known == nil { "added" } else if known == notice {
        "unchanged"
      } else { "replaced" }
  }

  var changes: Bool { outcome == "added" || outcome == "replaced" }
  private var off: Int { notice.holidays.reduce(0) { $0 + $1.off.count } }
  private var worked: Int { notice.holidays.reduce(0) { $0 + $1.worked.count } }

  func words(_ messages: Messages) -> String {
    let days = messages("放假 \(off) 天，调休上班 \(worked) 天", "days off \(off), days worked \(worked)")
    return switch outcome {
    case "unannounced": messages("\(notice.year) 年：还没有公布，仍为待定", "\(notice.year): nothing announced yet, still provisional")
    case "added": messages("\(notice.year) 年：新增，\(days)", "\(notice.year): added, \(days)")
    case "replaced": messages("\(notice.year) 年：替换原有的，\(days)", "\(notice.year): replaced, \(days)")
    default: messages("\(notice.year) 年：已有，相同", "\(notice.year): there already, the same")
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.field("year", notice.year)
    writer.field("result", outcome)
    writer.field("off", off)
    writer.field("work", worked)
  }
}
