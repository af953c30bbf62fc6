import ArgumentParser
import Foundation

/// 金点子: takes citizens' suggestions in, and makes one clean, explained queue of them.
@main
struct GoldenIdeas: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden-ideas",
    abstract: "金点子 · citizens' suggestions: taken in, de-duplicated, classified, routed to a review queue",
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "收件 Intake",
        subcommands: [DemoCommand.self, IngestCommand.self, QuarantineCommand.self, IndexCommand.self]),
      CommandGroup(
        name: "审核 Review",
        subcommands: [
          QueueCommand.self, SearchCommand.self, ShowCommand.self, SimilarCommand.self, CorrectCommand.self,
          MergeCommand.self, UnmergeCommand.self, SplitCommand.self, AgainCommand.self, HotCommand.self,
          ContactCommand.self,
        ]),
      CommandGroup(
        name: "办理 Casework",
        subcommands: [
          DispatchCommand.self, ActCommand.self, InboxCommand.self, OrderCommand.self, AnswerLinkCommand.self,
          AnswerByLinkCommand.self, ClockCommand.self, CalendarCommand.self, ChaseCommand.self, OutboxCommand.self,
          StatsCommand.self,
        ]),
      CommandGroup(name: "月报 Digest", subcommands: [DigestCommand.self]),
      CommandGroup(
        name: "来件人与驿站 Writers and stations",
        subcommands: [
          StatusCommand.self, FollowUpCommand.self, SlipsCommand.self, StationCommand.self, CallBacksCommand.self,
          ReportersCommand.self,
        ]),
      CommandGroup(
        name: "规则 Rules", subcommands: [RulesCommand.self, RegionsCommand.self, EvalCommand.self]),
      CommandGroup(
        name: "管理 Administration",
        subcommands: [
          ServeCommand.self, UserCommand.self, VerifyCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self,
          EraseCommand.self, RetentionCommand.self, MigrateCommand.self, ConfigCommand.self, BenchCommand.self,
        ]),
    ])

  /// Exit codes are part of the command line's contract: 0 done, 1 done with something to look at, 2 not started,
  /// 130 interrupted.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var lasting = command as? any AsyncParsableCommand { try await lasting.run() } else { try command.run() }
      fflush(nil)
    } catch let outcome as Outcome {
      fflush(nil)
      if let message = outcome.message { FileHandle.standardError.write(Data((message + "\n").utf8)) }
      Foundation.exit(outcome.code)
    } catch {
      fflush(nil)
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        print(message)
        fflush(nil)
        Foundation.exit(0)
      }
      FileHandle.standardError.write(Data((message + "\n").utf8))
      Foundation.exit(2)
    }
  }
}

/// How a command ends when it does not simply end.
struct Outcome: Error {
  var code: Int32
  var message: String?

  /// Done, but something is to be looked at: records in quarantine, a check that failed.
  static func findings(_ message: String? = nil) -> Outcome { Outcome(code: 1, message: message) }
  /// Nothing was started.
  static func notStarted(_ message: String) -> Outcome { Outcome(code: 2, message: message) }
  static let interrupted = Outcome(code: 130, message: nil)
}
