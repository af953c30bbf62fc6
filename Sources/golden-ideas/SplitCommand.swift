import ArgumentParser
import Casework
import Pipeline
import Store
import Suggestions

/// 拆分: two faults in one letter are two matters, each for whom it concerns.
struct SplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "拆分：一件里说了几件事，把照抄的一段另立一件；撤销用 act 编号 undo / takes words of a suggestion out as one of their own; act ID undo takes it back"
  )
  @OptionGroup var common: CommonOptions
  @OptionGroup var who: ActorOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Option(help: "从正文照抄的一段，可多次 / words copied from the text; may be repeated") var part: [String]
  @Option(help: "看到的版本，别人改过就不写 / the version that was seen; nothing is written if it changed") var seen: Int?
  @Option(help: "什么时候，默认现在 / when: 2026-03-02T09:30") var at: String?
  @Option(help: "为什么 / why") var reason: String

  func validate() throws {
    guard !part.isEmpty else { throw ValidationError("请给出 --part / give --part") }
    guard reason.contains(where: { !$0.isWhitespace }) else { throw ValidationError("请写明理由 / say why: --reason") }
  }

  func run() throws {
    let messages = common.messages
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules(book)
    let actor = try who.value(messages, book)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let lock = try common.onStore { () throws(StoreFault) in try IntakeLock(store: store) }
    defer { withExtendedLifetime(lock) {} }
    let order = SplitOrder(
      try common.suggestion(id, in: store), parts: part, reason: reason, at: moment, by: actor, seen: seen)
    let outcome = try common.onStore { () throws(StoreFault) in
      try Splitting(store, by: book, under: rules).split(order)
    }
    switch outcome {
    case .failure(let refusal): throw Outcome.findings(messages.refusal(refusal))
    case .success(let done): try report(done, order.suggestion, store)
    }
  }

  private func report(_ split: SplitDone, _ number: Int, _ store: SuggestionStore) throws {
    let receipts = try split.parts.map { part in
      try common.onStore { () throws(StoreFault) in try store.submission(id: String(part)) }?.receipt ?? ""
    }
    if common.json {
      common.printJSON { root in
        CaseWords.write(split.done, number, to: &root)
        root.array("parts") { list in
          for (part, receipt) in zip(split.parts, receipts) {
            list.object {
              $0.field("id", part)
              $0.field("receipt", receipt)
            }
          }
        }
      }
    } else {
      let parts = zip(split.parts, receipts).map { "\($0)  \($1)" }.joined(separator: common.messages("、", ", "))
      common.note(
        common.messages(
          "事项 \(number) 已拆出：\(parts)。撤销用 act \(number) undo --reason …",
          "split out of suggestion \(number): \(parts). act \(number) undo --reason … takes it back."))
    }
  }
}

extension Messages {
  func refusal(_ refusal: SplitRefusal) -> String {
    switch refusal {
    case .act(let refusal): self.refusal(refusal)
    case .erased: self("内容已删除，没有可拆的。", "what it said was erased; there is nothing to split.")
    case .noParts: self("请从正文里照抄至少一段。", "copy at least one part from the text.")
    case .tooMany(let most): self("一次最多拆出 \(most) 件。", "\(most) parts at most at a time.")
    case .emptyPart(let part): self("第 \(part) 段里没有字。", "part \(part) has no words.")
    case .notFound(let part):
      self("正文里没有第 \(part) 段的话，请照抄（空白不计）。没有写入。", "the text does not say part \(part); copy it as it stands, white space aside. Nothing was written.")
    case .overlapping(let part):
      self("第 \(part) 段与前面的一段重叠。没有写入。", "part \(part) overlaps another. Nothing was written.")
    case .nothingLeft:
      self("拆出后原件什么也不剩；留一件在原处就行。没有写入。", "nothing would be left of the suggestion; leave one matter where it is. Nothing was written.")
    case .busy: self("正在收件，请过一会儿再拆。没有写入。", "an intake is under way; split it in a while. Nothing was written.")
    }
  }
}
