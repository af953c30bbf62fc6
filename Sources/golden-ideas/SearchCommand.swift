import ArgumentParser
import Pipeline
import Store
import Suggestions

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "在所有来件的标题和正文里找字词，新的在前 / finds words in title and body of everything that came in, the latest first")

  @OptionGroup var common: CommonOptions

  @Argument(help: "字词，都要有；繁简、大小写、全半角不分 / words, all of them; case, width and script make no difference")
  var words: [String]

  @Option(help: "最多几件 / at most so many") var limit = 20
  @Flag(help: "敏感通道（受限）/ the sensitive track, restricted") var sensitive = false

  /// Submissions taken into the index before looking, some two seconds at most.
  private static let takenIn = 50_000

  func validate() throws {
    guard (1...1_000).contains(limit) else { throw ValidationError("--limit 应为 1 到 1000 / 1 to 1000") }
  }

  func run() throws {
    let messages = common.messages
    let query = SearchQuery(words.joined(separator: " "), folding: .standard)
    guard !query.isEmpty else {
      throw Outcome.notStarted(messages("要找的字词里没有字。", "there is no word to look for."))
    }
    let store = try common.openStore(.existing)
    let (hits, isMore, waiting) = try common.onStore { () throws(StoreFault) in try find(query, in: store) }
    if common.json {
      common.printJSON { root in
        root.array("hits") { list in for hit in hits { SearchCommand.write(hit, to: &list) } }
        root.field("more", isMore)
        root.field("waiting", waiting)
      }
    } else {
      print(screen(hits))
      if isMore { common.note(messages("还有更多；--limit 可以放大。", "there is more; --limit shows it.")) }
    }
    if waiting > 0 { common.note(messages.searchLag(waiting)) }
  }

  private func find(
    _ query: SearchQuery, in store: SuggestionStore
  ) throws(StoreFault) -> (hits: [SearchHit], isMore: Bool, waiting: Int) {
    try store.updateSearch(limit: SearchCommand.takenIn, folding: query.folding)
    let filter = ReviewFilter.everything([sensitive ? .sensitive : .ordinary], at: LocalTime.now)
    var hits: [SearchHit] = []
    var place: Int?
    while true {
      // One more tells whether there is more.
      let page = try store.search(query, filter: filter, limit: limit + 1 - hits.count, after: place)
      hits += page.hits
      place = page.next
      if place == nil || hits.count > limit { return (Array(hits.prefix(limit)), hits.count > limit, page.waiting) }
    }
  }

  private func screen(_ hits: [SearchHit]) -> String {
    let messages = common.messages
    guard !hits.isEmpty else { return messages("没有找到。", "nothing was found.") }
    let marks = TextMarks.standard
    var table = TextTable(columns: [
      (messages("编号", "id"), .right), (messages("状态", "state"), .left), (messages("内容", "text"), .left),
    ])
    for hit in hits {
      let title = hit.title.isEmpty ? "" : marks.marked(hit.title, hit.titleMarks) + "："
      table.add([
        String(hit.suggestion), messages.word(hit.state.code), title + marks.marked(hit.excerpt, hit.marks),
      ])
    }
    return table.text
  }

  /// One hit as documented for `search --json`.
  private static func write(_ hit: SearchHit, to list: inout JSONWriter) {
    list.object {
      $0.field("suggestion", hit.suggestion)
      $0.field("receipt", hit.receipt)
      $0.field("state", hit.state.code)
      $0.field("submission", hit.submission)
      $0.field("submitted_at", hit.submittedAt.map(LocalTime.rfc3339))
      $0.field("title", hit.title)
      write("title_marks", hit.titleMarks, to: &$0)
      $0.field("excerpt", hit.excerpt)
      write("marks", hit.marks, to: &$0)
    }
  }

  private static func write(_ name: String, _ marks: [Range<Int>], to writer: inout JSONWriter) {
    writer.array(name) { list in
      for mark in marks {
        list.array {
          $0.field(nil, mark.lowerBound)
          $0.field(nil, mark.count)
        }
      }
    }
  }
}

extension Messages {
  func searchLag(_ count: Int) -> String {
    self(
      "还有 \(grouped(count)) 条来件没有进索引，没有看；golden-ideas index 一次补齐。",
      "\(grouped(count)) submissions wait for the index and were not looked at; golden-ideas index takes them in.")
  }
}
