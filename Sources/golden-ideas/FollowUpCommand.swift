import ArgumentParser
import Casework
import Store
import Suggestions

/// What the writer says about the case behind a receipt: a rating, an answer to a question, a nudge, or that it is not
/// done at all. The receipt is all that is asked for.
struct FollowUpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow-up",
    abstract: "来件人凭回执码：评价、补充、催办、要求重办 / the writer, by receipt: rate, add what was asked for, urge, have it reopened")
  @OptionGroup var common: CommonOptions
  @Argument(help: "回执码 / receipt code") var receipt: String
  @Option(help: "解决了吗 yes partly no unknown / was it solved") var solved: String?
  @Option(help: "满意吗 yes partly no unknown / satisfied") var satisfied: String?
  @Option(help: "补充的内容 / what was asked for") var answer: String?
  @Option(help: "要求重办，写明为什么 / reopen it; why") var reopen: String?
  @Flag(help: "催办 / urge") var urge = false
  @Option(help: "评价的理由 / why, with a rating") var reason: String?

  func validate() throws {
    let wanted = [solved ?? satisfied, answer, reopen, urge ? "" : nil].compactMap(\.self)
    guard wanted.count == 1 else {
      throw ValidationError(
        "请给出一样：--solved/--satisfied、--answer、--reopen 或 --urge / give one of: --solved/--satisfied, --answer, --reopen, --urge")
    }
  }

  func run() throws {
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules(book)
    let found = try common.onStore { () throws(StoreFault) in try store.holding(ofReceipt: receipt) }
    guard let found else { throw Outcome.findings(common.messages.noSuggestion(receipt)) }
    let request = try request()
    let outcome = try common.onStore { () throws(StoreFault) in
      try store.say([request], by: found, seen: nil, under: rules)
    }
    switch outcome {
    case .failure(let refusal): throw Outcome.findings(common.messages.refusal(refusal))
    case .success(let done):
      if common.json {
        common.printJSON {
          $0.field("receipt", receipt)
          $0.field("act", done.last?.event.action.code)
          $0.field("state", done.last?.file.state.code)
        }
      } else {
        common.note(common.messages("已记下，谢谢。", "recorded, thank you."))
      }
    }
  }

  private func request() throws -> CaseRequest {
    var details = CaseDetails()
    details.callBack = try common.callBack(solved: solved, satisfied: satisfied)
    if let answer {
      details.text = answer
      return CaseRequest(.resume, at: LocalTime.now, details: details)
    }
    if let reopen {
      details.reason = reopen
      return CaseRequest(.reopen, at: LocalTime.now, details: details)
    }
    details.reason = reason
    return CaseRequest(urge ? .urge : .callBack, at: LocalTime.now, details: details)
  }
}
