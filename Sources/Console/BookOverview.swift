internal import Store
internal import Suggestions

/// 意见簿: what was typed of which book, what waits for a second person, and which pages are lacking.
enum BookOverview {
  static func address(station: String) -> String { "/intake/book?station=" + FormFields.encoded(station) }

  static func word(_ condition: BookPage.Condition, _ visit: Visit) -> String {
    switch condition {
    case .written: visit.say("有字", "written on")
    case .blank: visit.say("空白", "blank")
    case .missing: visit.say("缺页", "missing")
    }
  }

  static func show(_ visit: Visit) async throws -> Reply {
    let own = BookKeyingPages.stations(visit)
    let all = visit.services.catalogue(visit.language).stations.filter { own?.contains($0.code) ?? true }
    let asked = visit.request.query["station"]
    if let asked, !BookKeyingPages.may(asked, visit) { throw VisitFault.notFound }
    let chosen = asked.flatMap { asked in all.first { $0.code == asked } } ?? (all.count == 1 ? all.first : nil)
    let open = try await visit.pool.read { store throws(StoreFault) in
      try store.bookPages(of: own, isOpen: true, limit: 200)
    }
    var value: [String: PageValue] = [
      "stations": .objects(all) {
        ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == chosen?.code)]
      },
      "hasStations": .flag(all.count > 1), "hasNone": .flag(all.isEmpty),
      "open": .objects(open) { row($0, visit) }, "hasOpen": .flag(!open.isEmpty),
      "isStaff": .flag(visit.visitor.hasRole(among: IntakePages.staff)),
      "script": .text(visit.premises.assets.address(of: "book.js")), "station": false,
    ]
    if let chosen { value["station"] = .object(try await station(chosen, visit)) }
    return visit.page("books", title: visit.say("意见簿", "Opinion books"), section: .intake, value)
  }

  private static func row(_ page: BookPage, _ visit: Visit) -> [String: PageValue] {
    let me = visit.visitor.account?.name
    let mayDrop = [page.keyer, page.checker].contains(me) || visit.visitor.hasRole(among: IntakePages.staff)
    return [
      "what": .text(
        (BookKeyingPages.name(of: page.station, visit) ?? page.station)
          + visit.say(" \(page.book) 第 \(page.page) 页", " \(page.book), page \(page.page)")),
      "address": .text("/intake/book/\(page.id)"),
      "who": .text([page.keyer, page.checker].compactMap(\.self).joined(separator: visit.say("、", ", "))),
      "at": .text(visit.names.moment(page.changedAt)), "counted": .number(page.counted),
      "waitsForOther": .flag(page.state == .keyed && page.keyer == me),
      "waitsForMe": .flag(page.state == .keyed && page.keyer != me),
      "isCompared": .flag(page.state == .compared), "isSettled": .flag(page.state == .settled),
      "mayDrop": .flag(mayDrop),
    ]
  }

  // MARK: The books of a station

  private static func station(_ station: Catalogue.Entry, _ visit: Visit) async throws -> [String: PageValue] {
    let code = station.code
    let source = "book:" + (BookKeyingPages.name(of: code, visit) ?? station.name)
    let (pages, entries) = try await visit.pool.read { store throws(StoreFault) in
      (try store.bookPages(of: [code]), try store.bookEntries(ofSource: source))
    }
    let names = Set(pages.map(\.book)).union(entries.map(\.book)).sorted()
    return [
      "name": .text(station.name), "newAddress": .text("/intake/book/new?station=" + FormFields.encoded(code)),
      "isEmpty": .flag(names.isEmpty),
      "books": .objects(names) { name in
        book(
          name, station: code, pages.filter { $0.book == name }, entries.filter { $0.book == name }, visit)
      },
    ]
  }

  private static func book(
    _ name: String, station: String, _ pages: [BookPage], _ entries: [BookEntryCount], _ visit: Visit
  ) -> [String: PageValue] {
    let counts = Dictionary(entries.map { ($0.page, $0.entries) }) { $0 + $1 }
    let typed = Dictionary(pages.map { ($0.page, $0) }) { first, _ in first }
    let newest = pages.filter { !$0.head.pages.isEmpty }.max { $0.changedAt < $1.changedAt }
    let last = [newest.flatMap { Int($0.head.pages) } ?? 0, counts.keys.max() ?? 0, typed.keys.max() ?? 0].max() ?? 0
    let known = newest.flatMap { Int($0.head.pages) }
    let all = (1...max(1, min(last, 999))).map { number in
      page(number, name, station: station, typed[number], entries: counts[number] ?? 0, visit)
    }
    let lacking = (known.map { 1...max(1, $0) } ?? 1...max(1, last)).filter { counts[$0] == nil && typed[$0] == nil }
    let new = FormFields([("station", station), ("book", name)]).encoded
    let count = entries.reduce(0) { $0 + $1.entries }
    return [
      "name": .text(name), "pages": .list(all.map(PageValue.object)),
      "newAddress": .text("/intake/book/new?" + new),
      "said": .text(
        (known.map { visit.say("全簿 \($0) 页", "\($0) pages") } ?? visit.say("页数没有填", "number of pages not given"))
          + visit.say("，已有 \(count) 条", ", \(count) entries taken in")),
      "lacking": .optional(
        lacking.isEmpty
          ? nil
          : visit.say("缺第 ", "lacking: page ") + lacking.prefix(40).map(String.init).joined(separator: visit.say("、", ", "))
            + visit.say(" 页", "")),
    ]
  }

  private static func page(
    _ number: Int, _ book: String, station: String, _ page: BookPage?, entries: Int, _ visit: Visit
  ) -> [String: PageValue] {
    let new = "/intake/book/new?" + FormFields([("station", station), ("book", book), ("page", String(number))]).encoded
    var isLacking = false
    let said: String
    if let page, page.state != .taken {
      said = visit.say("录入中", "being typed")
    } else if let page, page.condition != .written {
      said = word(page.condition, visit)
    } else if let page {
      isLacking = entries < page.counted
      said = visit.say("\(page.counted) 条，已录 \(entries) 条", "\(page.counted) entries, \(entries) taken in")
    } else if entries > 0 {
      said = visit.say("已录 \(entries) 条", "\(entries) taken in")
    } else {
      isLacking = true
      said = visit.say("未录", "not typed")
    }
    return [
      "number": .text(visit.say("第 \(number) 页", "page \(number)")), "said": .text(said), "isLacking": .flag(isLacking),
      "address": .text(page.flatMap { $0.state == .taken ? nil : "/intake/book/\($0.id)" } ?? new),
    ]
  }
}
