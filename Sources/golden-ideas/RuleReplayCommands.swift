import ArgumentParser
import Evaluation
import Rules
import Store
import Suggestions

extension RulesCommand {
  /// Replays what is stored under two books, before one takes the other's place.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "换成新规则，已收的会怎样变 / what would change under another book, before it goes live")
    @OptionGroup var common: CommonOptions
    @Argument(help: "旧规则目录 / folder of the old book") var old: String
    @Argument(help: "新规则目录 / folder of the new book") var new: String

    func run() throws {
      var comparison = BookComparison(
        old: try common.loadBook(in: old), new: try common.loadBook(in: new), asOf: LocalTime.now)
      try common.eachStoredPage { comparison.add($0) }
      if common.json { printJSON(comparison) } else { print(words(comparison), terminator: "") }
    }

    private func words(_ comparison: BookComparison) -> String {
      let messages = common.messages
      var lines = [
        messages(
          "已收 \(comparison.texts) 件，有变化 \(comparison.changed) 件。没有改动存储。",
          "\(comparison.texts) suggestions, \(comparison.changed) would change. Nothing was changed in the store.")
      ]
      for aspect in BookComparison.Aspect.allCases where comparison.count(aspect) > 0 {
        lines.append("\(messages.aspect(aspect))  \(comparison.count(aspect))")
        for move in comparison.moves(aspect).prefix(8) {
          let none = messages("无", "none")
          lines.append(
            "  \(move.count)  \(move.old ?? none) → \(move.new ?? none)"
              + messages("  例：", "  e.g. ") + move.samples.map { "\($0)" }.joined(separator: " "))
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }

    private func printJSON(_ comparison: BookComparison) {
      common.printJSON { root in
        root.field("suggestions", comparison.texts)
        root.field("changed", comparison.changed)
        for aspect in BookComparison.Aspect.allCases {
          root.object(aspect.rawValue) { part in
            part.field("changed", comparison.count(aspect))
            part.array("moves") { list in
              for move in comparison.moves(aspect) {
                list.object {
                  $0.field("old", move.old)
                  $0.field("new", move.new)
                  $0.field("count", move.count)
                  $0.array("samples") { ids in for id in move.samples { ids.field(nil, id) } }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Where the rules are blind.
  struct Coverage: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "coverage", abstract: "哪些来件规则看不懂，里面常有什么词 / what no rule understands, and the words in it")
    @OptionGroup var common: CommonOptions
    @Option(help: "列出的词数 / words listed") var terms = 30

    func run() throws {
      let book = try common.loadBook()
      var coverage = Evaluation.Coverage()
      try common.eachStoredPage { page in
        coverage.add(page.map { (id: Int($0.number), title: $0.display.title, body: $0.display.body) }, by: book)
      }
      let words = coverage.terms(max(0, terms))
      if common.json {
        common.printJSON { root in
          root.field("book", book.version)
          root.field("suggestions", coverage.texts)
          root.array("without_topic") { list in for id in coverage.without { list.field(nil, id) } }
          root.array("unsure") { list in for id in coverage.unsure { list.field(nil, id) } }
          root.array("terms") { list in
            for term in words {
              list.object {
                $0.field("term", term.word)
                $0.field("open", term.open)
                $0.field("understood", term.understood)
              }
            }
          }
        }
        return
      }
      let messages = common.messages
      let understood = coverage.texts - coverage.without.count - coverage.unsure.count
      print(
        messages(
          "已收 \(coverage.texts) 件：看懂 \(understood)，没有把握 \(coverage.unsure.count)，完全看不懂 \(coverage.without.count)。",
          "\(coverage.texts) suggestions: understood \(understood), unsure \(coverage.unsure.count), no topic \(coverage.without.count)."))
      for (label, ids) in [
        (messages("看不懂的：", "no topic: "), coverage.without), (messages("没把握的：", "unsure: "), coverage.unsure),
      ] where !ids.isEmpty { print(label + ids.prefix(20).map { "\($0)" }.joined(separator: " ") + (ids.count > 20 ? " …" : "")) }
      guard !words.isEmpty else { return }
      print(messages("这些来件里常有、别处少有的词：", "words frequent there and rare elsewhere:"))
      var table = TextTable(columns: [(messages("词", "word"), .left), (messages("看不懂的", "open"), .right), (messages("看懂的", "understood"), .right)])
      for term in words { table.add([term.word, "\(term.open)", "\(term.understood)"]) }
      print(table.text)
    }
  }
}

extension CommonOptions {
  /// The texts that opened the store's suggestions, some thousand at a time.
  func eachStoredPage(_ body: ([StoredText]) -> Void) throws {
    let store = try openStore(.existing)
    var last = 0
    while true {
      let page = try onStore { () throws(StoreFault) in try store.openingTexts(after: last, limit: 4096) }
      guard let end = page.last else { return }
      body(page)
      last = Int(end.number)
    }
  }
}
