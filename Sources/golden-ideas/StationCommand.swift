import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// The desk of a station's keeper: what to carry back, what came in, and how long everything took.
struct StationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "station",
    abstract: "驿站工作台：要带回的答复、本站来件、从写下到答复每步多久 / a station's desk: answers to carry back, its submissions, the lag of each step")
  @OptionGroup var common: CommonOptions
  @Argument(help: "驿站编码或名称 / the station, by code or name") var station: String
  @Option(help: "来件最多列几件 / list at most so many submissions") var limit = 50
  @Option(help: "截至什么时候，默认现在 / as of when: 2026-03-02T09:30") var at: String?

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit > 0") }
  }

  func run() throws {
    let book = try common.loadBook()
    let place = try common.station(station, book)
    let rules = try common.caseworkRules(book)
    let store = try common.openStore(.existing)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let entries = try common.onStore { () throws(StoreFault) in
      try store.stationDesk(StationNames(code: place.code, names: [place.name]), under: rules, asOf: moment)
    }
    let errands = entries.filter { $0.errand != nil }.sorted { left, right in
      let (one, other) = (left.errand?.since ?? 0, right.errand?.since ?? 0)
      return (one, left.submission.holding.number) < (other, right.submission.holding.number)
    }
    let lags = CustodyLags(entries.map(\.trail))
    let screen = StationScreen(place: place, messages: common.messages)
    guard common.json else {
      return print(screen.text(entries, errands: errands, lags, limit: limit))
    }
    common.printJSON { root in
      root.object("station") {
        $0.field("code", place.code)
        $0.field("name", place.name)
        $0.field("address", place.address)
      }
      root.array("to_carry") { list in
        for entry in errands { list.object { screen.write(errand: entry, to: &$0) } }
      }
      root.object("lags") { StationScreen.write(lags, to: &$0) }
      root.field("submissions_total", entries.count)
      root.array("submissions") { list in
        for entry in entries.prefix(limit) { list.object { StationScreen.write(entry, to: &$0) } }
      }
    }
  }
}

extension CommonOptions {
  /// By code or name; ends the command where there is none.
  func station(_ text: String, _ book: RuleBook) throws -> Station {
    guard let index = book.stationNamed(text) else {
      let known = book.stations.map(\.code).joined(separator: " ")
      throw Outcome.notStarted(
        messages("没有这个驿站：\(text)。已有：\(known)", "no such station: \(text). Known: \(known)"))
    }
    return book.stations[index]
  }
}
