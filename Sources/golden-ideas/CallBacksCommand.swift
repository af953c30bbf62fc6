import ArgumentParser
import Rules
import Store
import Suggestions

/// 待回访名单: whom keepers have to ask whether it was solved, as nobody else can reach them.
struct CallBacksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call-backs",
    abstract: "待回访名单：没有联系方式、只能由驿站去问的来件人，久的在前 / writers only a station can ask whether it was solved, oldest first")
  @OptionGroup var common: CommonOptions
  @Option(help: "只看一个驿站，编码或名称 / of one station, by code or name") var station: String?

  func run() throws {
    let book = try common.loadBook()
    let place = try station.map { try common.station($0, book) }
    let rules = try common.caseworkRules(book)
    let store = try common.openStore(.existing)
    let stations = book.stations.map { StationNames(code: $0.code, names: [$0.name]) }
    let found = try common.onStore { () throws(StoreFault) in
      try store.callBacks(among: stations, of: place?.code, under: rules)
    }
    guard common.json else { return print(text(found, BookNames(book: book, language: common.language))) }
    common.printJSON { root in
      root.array("call_backs") { list in
        for entry in found {
          list.object {
            StationScreen.write(entry.submission, to: &$0)
            $0.field("station", entry.station)
            $0.field("state", entry.state.code)
            $0.field("since", LocalTime.rfc3339(entry.since))
            $0.field("record", entry.isRecordable ? record(entry) : nil)
          }
        }
      }
    }
  }

  private func record(_ entry: CallBack) -> String {
    let who = entry.isKeepers ? "station-keeper --station \(entry.station ?? "")" : "moderator"
    return "golden-ideas act \(entry.submission.holding.root) call-back --role \(who) --solved … --satisfied …"
  }

  private func text(_ found: [CallBack], _ names: BookNames) -> String {
    let messages = common.messages
    guard !found.isEmpty else { return messages("没有要回访的。", "Nobody to ask.") }
    var table = TextTable(
      columns: [
        (messages("办结", "closed"), .left), (messages("回执", "receipt"), .left), (messages("驿站", "station"), .left),
        (messages("出处", "where"), .left), (messages("内容", "text"), .left), (messages("记录", "record"), .left),
      ])
    for entry in found {
      table.add([
        String(LocalTime.short(entry.since).prefix(10)), entry.submission.holding.receipt,
        names.station(entry.station) ?? "—", messages.place(entry.submission),
        TextTable.cut(entry.submission.excerpt.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 30),
        entry.isRecordable ? record(entry) : messages("已告知，待办结后记录", "told; to be recorded once closed"),
      ])
    }
    return table.text + "\n"
      + messages("--solved、--satisfied 填 yes partly no unknown。", "--solved and --satisfied take yes partly no unknown.")
  }
}
