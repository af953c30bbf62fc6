import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// A link for the unit that has an order and no account.
struct AnswerLinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer-link",
    abstract: "免登录答复链接：给现在承办的单位，一次有效 / a link for the unit that has the order, to answer once without an account")
  @OptionGroup var common: CommonOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Option(help: "几小时内有效 / hours it is good for") var hours = 72
  @Option(help: "谁开的 / who makes it") var actor: String = SystemUser.name

  func validate() throws {
    guard (1...90 * 24).contains(hours) else { throw ValidationError("--hours 1…2160") }
  }

  func run() throws {
    let book = try common.loadBook()
    let rules = try common.caseworkRules(book)
    let store = try common.openStore(.existing)
    let number = try common.suggestion(id, in: store)
    let until = LocalTime.now + Int64(hours) * 3_600
    let (token, link) = try common.answerLink(on: number, named: id, until: until, by: actor, store, rules)
    if common.json {
      common.printJSON {
        $0.field("id", number)
        $0.field("unit", link.unit.text)
        $0.field("link", token)
        $0.field("until", LocalTime.rfc3339(until))
      }
    } else {
      print(token)
      common.note(
        common.messages(
          "\(LocalTime.short(until)) 前有效，只能用一次。谁拿到谁就能答复。",
          "good until \(LocalTime.short(until)), once. Whoever has it can answer."))
    }
  }
}

/// What the holder of a link does with it.
struct AnswerByLinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer-by-link", abstract: "凭链接答复，不用账号 / answer by a link, without an account")
  @OptionGroup var common: CommonOptions
  @Argument(help: "令牌 / token") var token: String
  @Option(help: "答复 / the answer") var text: String
  @Option(help: "办理结果 A B C D / outcome") var outcome: String?
  @Option(help: "办结证明：照片的摘要或编号，可多次 / proof: digests or numbers of photos; may be repeated") var proof: [String] = []
  @Flag(help: "确认：有疑点仍要这样答 / confirm an answer that was warned about") var confirm = false

  func run() throws {
    let book = try common.loadBook()
    let rules = try common.caseworkRules(book)
    let store = try common.openStore(.existing)
    let result = try outcome.map { code in
      guard let outcome = CaseOutcome.allCases.first(where: { $0.code == code.uppercased() }) else {
        throw Outcome.notStarted(common.messages("--outcome 不认识 \(code)", "--outcome does not know \(code)"))
      }
      return outcome
    }
    let link: SignedLink
    switch try common.onStore({ () throws(StoreFault) in try store.link(token, for: .answer, at: LocalTime.now) }) {
    case .success(let found): link = found
    case .failure(let refusal): throw Outcome.findings(common.messages.link(refusal))
    }
    let checked = try common.checked(
      text, for: .answer, on: link.suggestion, in: store, book, isConfirmed: confirm)
    let details = CaseDetails {
      $0.text = checked
      $0.outcome = result
      $0.proofs = proof
    }
    let answered = try common.onStore { () throws(StoreFault) in
      try store.answer(byLink: token, details, at: LocalTime.now, under: rules)
    }
    switch answered {
    case .failure(.link(let refusal)): throw Outcome.findings(common.messages.link(refusal))
    case .failure(.act(let refusal)): throw Outcome.findings(common.messages.refusal(refusal))
    case .success(let done):
      if common.json {
        common.printJSON { CaseWords.write(done, link.suggestion, to: &$0) }
      } else {
        common.note(common.messages("已收到答复，谢谢。", "the answer is recorded, thank you."))
      }
    }
  }
}

extension CommonOptions {
  /// A new link with its token; ends the command where nobody has the case to answer.
  func answerLink(
    on number: Int, named id: String, until: Int64, by actor: String, _ store: SuggestionStore, _ rules: CaseworkRules
  ) throws -> (token: String, link: SignedLink) {
    guard actor.contains(where: { !$0.isWhitespace }) else {
      throw Outcome.notStarted(messages("请写明是谁。", "say who."))
    }
    let made = try onStore { () throws(StoreFault) in
      try store.answerLink(on: number, until: until, by: actor, at: LocalTime.now, under: rules)
    }
    switch made {
    case .success(let made): return made
    case .failure(let refusal): throw Outcome.findings(messages.answerLink(refusal, id))
    }
  }
}
