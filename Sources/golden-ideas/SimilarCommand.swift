import ArgumentParser
import Pipeline
import Rules
import Store
import Suggestions

struct SimilarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "可能是同一件事的其他事项，带分数和共同之处 / what may be the same matter, with scores and what is shared")

  @OptionGroup var common: CommonOptions

  @Argument(help: "编号或回执码 / a number or a receipt code")
  var id: String

  @Option(help: "列出几件 / how many") var limit = 10

  func run() throws {
    guard (1...100).contains(limit) else { throw ValidationError("--limit 应为 1 到 100 / 1 to 100") }
    let messages = common.messages
    let store = try common.openStore(.existing)
    let found = try common.onStore { () throws(StoreFault) in
      try store.suggestion(id: id, members: 1, names: .standard)
    }
    guard let detail = found else { throw Outcome.findings(messages.noSuggestion(id)) }
    let book = try common.loadBook()
    let search = SameMatterSearch(store, by: book, asOf: LocalTime.now)
    let finding = try common.onStore { () throws(StoreFault) in
      try search.candidates(for: detail.id, limit: limit)
    }
    let candidates = finding?.candidates ?? []
    let lag = finding?.lag ?? 0
    if common.json {
      common.printJSON { root in
        root.field("suggestion", detail.id)
        root.field("receipt", detail.receipt)
        root.field("waiting", lag)
        root.array("candidates") { list in
          for candidate in candidates { SameMatterWords.write(candidate, to: &list) }
        }
      }
    } else {
      print(screen(detail, candidates, BookNames(book: book, language: common.language)))
    }
    if lag > 0 { common.note(messages.matterLag(lag)) }
  }

  private func screen(_ detail: SuggestionDetail, _ candidates: [SameMatterCandidate], _ names: BookNames) -> String {
    let messages = common.messages
    let opening = detail.members.first
    let text = [opening?.title ?? "", opening?.body ?? ""].filter { !$0.isEmpty }.joined(separator: "：")
    let head =
      messages("事项 \(detail.id)", "Suggestion \(detail.id)") + "  "
      + TextTable.cut(SameMatterWords.oneLine(text), to: 80)
    if candidates.isEmpty { return head + "\n" + messages("没有相像的事项。", "nothing resembles it.") }
    let words = SameMatterWords(names: names, messages: messages)
    var table = TextTable(columns: [
      (messages("分数", "score"), .right), (messages("编号", "id"), .right), (messages("判断", "level"), .left),
      (messages("内容", "text"), .left), (messages("共同之处", "in common"), .left),
    ])
    for candidate in candidates {
      let text = candidate.title.isEmpty ? candidate.body : candidate.title
      table.add([
        SameMatterWords.decimal(candidate.score), String(candidate.suggestion), words.level(candidate),
        TextTable.cut(SameMatterWords.oneLine(text), to: 40), words.parts(candidate),
      ])
    }
    return head + "\n" + table.text
  }
}

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "把找“同一件事”、检索和来件人的索引补到最新（similar、show、search 也会补一段）/ brings all indexes up to date")

  @OptionGroup var common: CommonOptions

  /// Submissions between two checkpoints, which keep the write-ahead log from growing with the history.
  private static let together = 1 << 16

  func run() throws {
    let messages = common.messages
    let store = try common.openStore(.existing)
    let index = SameMatterIndex(store)
    let before = try common.onStore { () throws(StoreFault) in try store.matterState().lag }
    let bar = ProgressBar(isQuiet: common.quiet, messages: messages)
    var lag = before
    var done = 0
    repeat {
      let left = lag
      lag = try common.onStore { () throws(StoreFault) in
        let left = try index.catchUp(limit: IndexCommand.together)
        try checkpoint(store)
        return left
      }
      done += max(0, left - lag)
      // The share is that of submissions here.
      bar.show(IntakeProgress(records: done, bytes: done, totalBytes: before, file: ""))
    } while lag > 0
    bar.finish()
    let taken = max(0, before - lag)
    let searched = try takeIn(store, lag: { () throws(StoreFault) in try store.searchState().lag }) {
      () throws(StoreFault) in try store.updateSearch(limit: IndexCommand.together, folding: .standard).lag
    }
    let written = try takeIn(store, lag: { () throws(StoreFault) in try store.writerLag() }) {
      () throws(StoreFault) in try store.updateWriters(limit: IndexCommand.together)
    }
    if common.json {
      common.printJSON {
        $0.field("taken_in", taken)
        $0.field("waiting", lag)
        $0.object("search") {
          $0.field("taken_in", searched.taken)
          $0.field("waiting", searched.waiting)
        }
        $0.object("writers") {
          $0.field("taken_in", written.taken)
          $0.field("waiting", written.waiting)
        }
      }
    } else {
      print(messages("索引收进 \(messages.grouped(taken)) 条。", "\(messages.grouped(taken)) submissions taken into the index."))
      print(
        messages(
          "检索收进 \(messages.grouped(searched.taken)) 条。",
          "\(messages.grouped(searched.taken)) submissions can be searched now."))
      print(
        messages(
          "来件人索引收进 \(messages.grouped(written.taken)) 条。",
          "\(messages.grouped(written.taken)) submissions taken into the index of writers."))
    }
  }

  /// - Parameter update: takes the next ones in and says how many wait then.
  private func takeIn(
    _ store: SuggestionStore, lag: () throws(StoreFault) -> Int, _ update: () throws(StoreFault) -> Int
  ) throws -> (taken: Int, waiting: Int) {
    let before = try common.onStore(lag)
    let bar = ProgressBar(isQuiet: common.quiet, messages: common.messages)
    var left = before
    while left > 0 {
      left = try common.onStore { () throws(StoreFault) in
        let left = try update()
        try checkpoint(store)
        return left
      }
      let done = max(0, before - left)
      bar.show(IntakeProgress(records: done, bytes: done, totalBytes: before, file: ""))
    }
    bar.finish()
    return (max(0, before - left), left)
  }

  /// Pages are moved under the store's lock only; whoever holds it moves them.
  private func checkpoint(_ store: SuggestionStore) throws(StoreFault) {
    do throws(StoreFault) {
      let lock = try IntakeLock(store: store)
      defer { withExtendedLifetime(lock) {} }
      try store.checkpoint()
    } catch .locked {
      return
    }
  }
}

extension Messages {
  func matterLag(_ count: Int) -> String {
    self(
      "还有 \(grouped(count)) 条来件没有进索引，找不到它们；golden-ideas index 一次补齐。",
      "\(grouped(count)) submissions are not in the index yet and are not found; golden-ideas index takes them in.")
  }
}
