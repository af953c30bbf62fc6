import ArgumentParser
import Casework
import Foundation
import Rules
import Store
import Suggestions

/// Everything anybody does to a case, by the name it has in the table; without an act, what may be done now.
struct ActCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "act",
    abstract: "办理：签收、退单、延期、答复、办结、重办……；不写动作则列出现在能做什么 / work on a case; without an act, what may be done now")
  @OptionGroup var common: CommonOptions
  @OptionGroup var who: ActorOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Argument(help: "动作 / act: dispatch sign return answer close …") var action: String?
  @OptionGroup var what: DetailOptions
  @Option(help: "看到的版本，别人改过就不写 / the version that was seen; nothing is written if it changed") var seen: Int?
  @Option(help: "什么时候，默认现在 / when: 2026-03-02T09:30") var at: String?
  @Flag(help: "确认：并入已办结的、敏感的，或答复有疑点仍要发 / confirm merges that ask, and answers that were warned about") var confirm = false

  func run() throws {
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules(book)
    let actor = try who.value(common.messages, book)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let words = CaseWords(names: BookNames(book: book, language: common.language), messages: common.messages)
    let own = action == CaseAction.unmerge.code || action == CaseAction.merge.code
    let number = try common.suggestion(id, in: store, ownNumber: own)
    guard let action else { return try list(number, actor, moment, store, rules, words) }
    guard let act = CaseAction(code: action) else {
      throw Outcome.notStarted(
        common.messages(
          "没有动作 \(action)；可用：\(CaseAction.allCases.map(\.code).joined(separator: " "))",
          "there is no act \(action); known: \(CaseAction.allCases.map(\.code).joined(separator: " "))"))
    }
    var details = try what.details(common, book, rules)
    if act == .merge { details.target = try what.into.map { Int64(try common.suggestion($0, in: store)) } }
    if act == .undo, details.undoes == nil {
      details.undoes = try file(number, store, rules).lastDecision?.number
    }
    details.text = try details.text.map {
      try common.checked($0, for: act, on: number, in: store, book, isConfirmed: confirm)
    }
    let request = CaseRequest(act, at: moment, details: details)
    let outcome = try common.onStore { () throws(StoreFault) in
      try store.act(request, on: number, seen: seen, by: actor, under: rules, isConfirmed: confirm)
    }
    switch outcome {
    case .failure(let refusal): throw Outcome.findings(common.messages.refusal(refusal))
    case .success(let done): report(done, number, words)
    }
  }

  private func file(_ number: Int, _ store: SuggestionStore, _ rules: CaseworkRules) throws -> CaseFile {
    let history = try common.onStore { () throws(StoreFault) in
      try store.caseHistory(of: number, regionPath: rules.regionPath)
    }
    guard let history, let file = try? history.file() else { throw Outcome.findings(common.messages.noSuggestion(id)) }
    return file
  }

  private func list(
    _ number: Int, _ actor: CaseActor, _ moment: Int64, _ store: SuggestionStore, _ rules: CaseworkRules,
    _ words: CaseWords
  ) throws {
    let file = try file(number, store, rules)
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let circumstances = CaseCircumstances(
      limits: rules.limits, returnDue: readings.first { $0.rule.kind == .sendBack && $0.stop == nil }?.due,
      answerDue: readings.first { $0.rule.kind == .answer && $0.stop == nil }?.due)
    let acts = CaseLifecycle.actions(on: file, by: actor, at: moment, in: circumstances)
    if common.json {
      common.printJSON { root in
        root.field("id", number)
        root.field("state", file.state.code)
        root.field("version", file.version)
        root.field("role", actor.role.code)
        root.array("acts") { list in
          for act in acts {
            list.object {
              $0.field("act", act.action.code)
              $0.array("needs") { needs in for need in act.needs { needs.field(nil, need.code) } }
            }
          }
        }
      }
    } else {
      print(words.standing(number, file))
      var table = TextTable(
        columns: [
          (common.messages("动作", "act"), .left), (common.messages("词", "word"), .left),
          (common.messages("需要", "needs"), .left),
        ])
      for act in acts {
        table.add([act.action.code, words.act(act.action), act.needs.map(words.need).joined(separator: common.messages("、", ", "))])
      }
      print(acts.isEmpty ? common.messages("这个身份现在没有可做的。", "nothing to do in this role now.") : table.text)
    }
  }

  private func report(_ done: CaseDone, _ number: Int, _ words: CaseWords) {
    if common.json {
      common.printJSON {
        CaseWords.write(done, number, to: &$0)
        $0.field("proposed", words.owner(done)?.text)
      }
    } else {
      common.note(words.done(done, number))
    }
  }
}
