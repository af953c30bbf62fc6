import ArgumentParser
import Rules
import Store
import Suggestions

struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "审核队列，最急的在前 / the review queue, best first")

  @OptionGroup var common: CommonOptions

  @Option(help: "最多几件 / at most so many")
  var limit = 20

  @Flag(help: "敏感通道（受限）/ the sensitive track, restricted")
  var sensitive = false

  @OptionGroup var review: ReviewOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit > 0") }
  }

  func run() throws {
    let store = try common.openStore(.existing)
    let filter = try review.filter(sensitive ? .sensitive : .ordinary, common)
    let items = try common.onStore { () throws(StoreFault) in try read(filter, in: store) }
    if common.json {
      var writer = JSONWriter()
      for item in items {
        QueueScreen.write(item, to: &writer)
        writer.newline()
      }
      print(writer.text, terminator: "")
    } else {
      let names = BookNames(book: try common.loadBook(), language: common.language)
      print(QueueScreen(items, names: names, messages: common.messages).text)
    }
  }
}

extension QueueCommand {
  /// A page ends early where what is asked for is rare; here there is time to go on.
  private func read(_ filter: ReviewFilter, in store: SuggestionStore) throws(StoreFault) -> [QueueItem] {
    var items: [QueueItem] = []
    var place: QueuePlace?
    repeat {
      let page = try store.reviewQueue(filter, after: place, limit: limit - items.count, names: .standard)
      items += page.items
      place = page.next
    } while place != nil && items.count < limit
    return items
  }
}

/// The queue as a table for people and as JSON Lines for programs.
struct QueueScreen {
  private let items: [QueueItem]
  private let names: BookNames
  private let messages: Messages

  init(_ items: [QueueItem], names: BookNames, messages: Messages) {
    self.items = items
    self.names = names
    self.messages = messages
  }

  var text: String {
    guard !items.isEmpty else { return messages("队列是空的。", "The queue is empty.") }
    var table = TextTable(
      columns: [
        (messages("优先", "prio"), .right), (messages("编号", "id"), .right), (messages("类别", "kind"), .left),
        (messages("主题", "topic"), .left), (messages("地点", "place"), .left), (messages("建议承办", "proposed"), .left),
        (messages("附议", "support"), .right), (messages("内容", "text"), .left),
      ])
    for item in items {
      let place = item.asked.map { messages("?\($0)", "?\($0)") } ?? names.region(item.region) ?? messages("未定", "open")
      let lead = names.department(item.lead, tier: item.tier, region: item.region) ?? ""
      table.add([
        String(item.priority), String(item.id), messages.word(item.kind),
        TextTable.cut(topic(item), to: 14), TextTable.cut(place, to: 14),
        TextTable.cut(lead, to: 24), String(item.support),
        TextTable.cut(QueueScreen.oneLine(item), to: 44) + note(item),
      ])
    }
    return table.text
  }

  private func topic(_ item: QueueItem) -> String {
    guard let name = names.topic(item.topic) else { return messages("未识别", "none") }
    return item.certainty.isSure || item.decided.contains("topic") ? name : "?" + name
  }

  private func note(_ item: QueueItem) -> String {
    var notes: [String] = []
    if item.times > 1 { notes.append(messages("再次 \(item.times)", "again \(item.times)")) }
    if let near = item.near {
      notes.append(
        "\(messages.word(near.kind)) \(near.suggestion)"
          + (near.differs.map { " " + messages.word($0) } ?? ""))
    }
    notes += item.flags.map(messages.word)
    return notes.isEmpty ? "" : "  〔" + notes.joined(separator: messages("，", ", ")) + "〕"
  }

  static func oneLine(_ item: QueueItem) -> String {
    let text = item.title.isEmpty ? item.excerpt : item.title + "：" + item.excerpt
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// One item as documented for `queue --json`.
  static func write(_ item: QueueItem, to writer: inout JSONWriter) {
    writer.object { root in
      root.field("id", item.id)
      root.field("receipt", item.receipt)
      root.field("priority", item.priority)
      root.field("urgency", item.urgency)
      root.field("kind", item.kind)
      root.field("topic", item.topic)
      root.field("confidence", Double(item.certainty.confidence) / 1000, decimals: 3)
      root.field("sure", item.certainty.isSure)
      root.array("decided") { list in for aspect in item.decided { list.field(nil, aspect) } }
      root.field("region", item.region)
      root.field("asked", item.asked)
      root.field("lead", item.lead)
      root.field("tier", item.tier)
      root.field("support", item.support)
      root.field("submissions", item.submissions)
      root.field("submitted_at", item.submittedAt.map(LocalTime.rfc3339))
      root.field("title", item.title)
      root.field("excerpt", item.excerpt)
      root.array("flags") { flags in for flag in item.flags { flags.field(nil, flag) } }
      if let near = item.near {
        root.object("near") {
          $0.field("suggestion", near.suggestion)
          $0.field("kind", near.kind)
          $0.field("score", Double(near.score) / 1000, decimals: 3)
          $0.field("differs", near.differs)
        }
      } else {
        root.null("near")
      }
      item.recurrence.write(to: &root)
    }
  }
}
