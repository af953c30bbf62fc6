import Casework
import Console
import Foundation
import Store
import Suggestions
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The overview: its figures are those of `stats`, its links lead somewhere, its pictures are sound, and nobody is
/// shown what is not theirs.
@Suite struct FiguresTests {
  /// The console on the fixtures' store, whose overview is always counted anew.
  struct Overview {
    let test: TestPremises
    let reception: Reception

    init() throws {
      test = try TestPremises()
      // The fixtures were taken in when the tests began, which is later than the clock of the tests may stand.
      var received: Int64 = 0
      try test.store.caseRecords { received = max(received, $0.receivedAt) }
      test.clock.move(max(0, received - test.clock.now) + 60)
      var premises = test.premises
      premises.figures = FiguresShelf(
        patience: .seconds(3_600), hotPatience: .seconds(3_600), quick: .seconds(3_600))
      reception = Reception(premises)
    }

    var services: ConsoleServices { test.premises.services }

    func get(_ address: String, _ cookie: String?, language: String = "zh") async -> Reply {
      let halves = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      let plain = halves[0].split(separator: "#")[0]
      var headers = ["accept-language": language]
      headers["cookie"] = cookie
      return await reception.answer(
        VisitRequest(
          .get, String(plain), query: FormFields(encoded: halves.count > 1 ? halves[1] : ""), headers: headers,
          address: "192.0.2.7"))
    }

    /// A whole way of one case, an order that nobody signed for, and one that was returned.
    func work() throws {
      let faults = try test.store.queue(limit: 400, track: .ordinary, names: services.codeNames)
        .filter { $0.kind == "fault" }.map(\.id)
      let unit = CaseHandler(unit: "0501")
      for id in faults.prefix(3) {
        try act(id, .dispatch, .lead) { ($0.handler, $0.reason) = (unit, "归口") }
        test.clock.move(3_600)
      }
      try act(faults[0], .sign, .department, unit)
      test.clock.move(7_200)
      try act(faults[0], .resolve, .department, unit) { $0.proofs = ["sha256:1"] }
      try act(faults[0], .answer, .department, unit) { ($0.text, $0.outcome) = ("已换新井盖", .solved) }
      try act(faults[0], .tell, .lead) { $0.text = "已告知" }
      try act(faults[0], .close, .lead)
    }

    func act(
      _ id: Int, _ action: CaseAction, _ role: CaseRole, _ handler: CaseHandler? = nil,
      _ fill: (inout CaseDetails) -> Void = { _ in }
    ) throws {
      let actor = CaseActor(name: "周敏", role: role, tracks: Set(Track.allCases), handler: handler)
      let request = CaseRequest(action, at: test.clock.now, details: CaseDetails(fill))
      _ = try test.store.act(request, on: id, by: actor, under: services.casework()).get()
    }

    /// The month all fixtures were received in, and its days.
    func month() throws -> (text: String, days: Range<Int>) {
      var received: Int64 = 0
      try test.store.caseRecords { received = max(received, $0.receivedAt) }
      let text = CaseStatistics.month(of: received)
      let first = try #require(CivilTime.dayNumber(text + "-01"))
      let after = CivilTime(WorkingCalendar.start(of: first + 31))
      return (text, first..<first + 32 - after.day)
    }

    /// The figures straight from the records.
    func statistics(_ days: Range<Int>, by dimension: CaseDimension? = nil) throws -> CaseStatistics {
      let rules = services.casework()
      var scope = services.figures.scope()
      scope.asOf = test.clock.now
      scope.period = WorkingCalendar.start(of: days.lowerBound)..<WorkingCalendar.start(of: days.upperBound)
      scope.dimensions = dimension.map { [$0] } ?? []
      var statistics = CaseStatistics(scope, clocks: rules.clocks, calendar: rules.calendar)
      try test.store.caseRecords(regionPath: rules.regionPath) { statistics.add($0) }
      return statistics
    }
  }

  private static let lead = RoleScope(.lead, tracks: Set(Track.allCases))

  /// What stands between two marks, each time.
  private static func between(_ start: String, _ end: String, in text: String) -> [String] {
    text.split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstRange(of: end).map { String(part[..<$0.lowerBound]) }
    }
  }

  private static func links(in page: String) -> Set<String> {
    let main = page.split(separator: "<main", maxSplits: 1).last.map(String.init) ?? ""
    return Set(between("href=\"", "\"", in: main).map { $0.replacing("&amp;", with: "&") })
  }

  // MARK: the same figures everywhere

  @Test func filesAreThoseOfStats() async throws {
    let overview = try Overview()
    try overview.work()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let (month, days) = try overview.month()
    let words = overview.services.figures
    for dimension in [nil, .area, .department, .topic, .channel, .station] as [CaseDimension?] {
      let by = dimension.map { "&by=" + $0.rawValue } ?? ""
      let report = FigureReport(
        statistics: try overview.statistics(days, by: dimension),
        tracks: dimension == nil ? Track.allCases : [.ordinary], dimension: dimension, days: days)
      let csv = await overview.get("/figures.csv?on=received&month=\(month)\(by)", cookie)
      #expect(csv.status == 200 && csv.text == words.csv(report, .zh))
      let json = await overview.get("/figures.json?on=received&month=\(month)\(by)", cookie, language: "en")
      #expect(json.status == 200 && json.text == words.json(report, .en))
    }
    let moderator = try overview.test.cookie("moderator", RoleScope(.moderator))
    let csv = await overview.get("/figures.csv?on=received&month=\(month)", moderator)
    #expect(!csv.text.contains("sensitive/") && csv.text.contains("all,received,"))
  }

  @Test func thePageShowsThem() async throws {
    let overview = try Overview()
    try overview.work()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let (month, days) = try overview.month()
    let page = await overview.get("/figures?on=received&month=\(month)", cookie)
    #expect(page.status == 200)
    let words = overview.services.figures
    let figures = try overview.statistics(days).whole()
    for figure in figures where figure.indicator.clock == nil || figure.denominator ?? 0 > 0 {
      #expect(page.text.contains(HTMLText.escaped(words.name(figure.indicator, .zh))), "\(figure.indicator)")
      guard figure.warning != .empty else { continue }
      #expect(page.text.contains(">" + HTMLText.escaped(words.value(figure, .zh)) + "</a>"), "\(figure.indicator)")
      if figure.denominator != nil { #expect(page.text.contains(">" + words.parts(figure, .zh) + "<")) }
    }
    // One answer of three orders: nobody takes it for a rate.
    let onTime = try #require(figures.first { $0.indicator == .onTime(.answer) })
    #expect(onTime.denominator == 1 && onTime.warning == .small && page.text.contains(words.warning(.small, .zh)))
    // Nobody called back: no data, and no nought.
    #expect(figures.first { $0.indicator == .solved }?.warning == .empty && page.text.contains("无数据"))
  }

  /// Where all was taken in on one day, as old cases are, the overview opens with the last month they were written in.
  @Test func itOpensWithTheLatestMonth() async throws {
    let overview = try Overview()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let month = try overview.month().text
    var last: Int64 = 0
    try overview.test.store.caseRecords { record in
      guard let written = record.submittedAt else { return }
      if CivilTime(written).dayNumber < CivilTime(record.receivedAt).dayNumber { last = max(last, written) }
    }
    let page = await overview.get("/figures", cookie).text
    #expect(page.contains("name=\"month\" type=\"month\" value=\"\(CaseStatistics.month(of: last))\""))
    #expect(page.contains("name=\"on\" value=\"submitted\""))
    let received = await overview.get("/figures?on=received&month=\(month)", cookie).text
    #expect(received.contains("value=\"\(month)\"") && received.contains("name=\"on\" value=\"received\""))
  }

  /// Whoever has just done something sees it at the next look.
  @Test func anActShowsAtOnce() async throws {
    let overview = try Overview()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let month = try overview.month().text
    let before = await overview.get("/figures.csv?on=received&month=\(month)", cookie).text
    try overview.work()
    // The work takes some hours, and nobody stays signed in for that long without a click.
    let later = try overview.test.cookie("lead", Self.lead)
    let after = await overview.get("/figures.csv?on=received&month=\(month)", later).text
    #expect(before.contains("all,dispatched,0,") && after.contains("all,dispatched,3,"))
  }

  // MARK: links, pictures, definitions

  @Test(arguments: ["zh", "en"]) func everyLinkAnswers(_ language: String) async throws {
    let overview = try Overview()
    try overview.work()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let month = try overview.month().text
    var waiting: Set<String> = ["/figures", "/figures?on=received&month=\(month)"]
    var seen: Set<String> = []
    for depth in 0..<2 {
      for address in waiting.sorted() {
        let reply = await overview.get(address, cookie, language: language)
        #expect(reply.status == 200, "\(address)")
        seen.insert(address)
        guard depth == 0 else { continue }
        waiting.formUnion(Self.links(in: reply.text).filter { $0.hasPrefix("/") })
      }
      waiting.subtract(seen)
    }
    #expect(seen.contains { $0.hasPrefix("/figures/list") } && seen.count > 60)
  }

  @Test func everyLinkToADefinitionFindsIt() async throws {
    let overview = try Overview()
    try overview.work()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let month = try overview.month().text
    let definitions = await overview.get("/figures/definitions", cookie).text
    let ids = Set(Self.between(" id=\"", "\"", in: definitions))
    for address in ["/figures", "/figures?on=received&month=\(month)"] {
      for link in Self.links(in: await overview.get(address, cookie).text) {
        guard let mark = link.firstRange(of: "/figures/definitions#") else { continue }
        #expect(ids.contains(String(link[mark.upperBound...])), "\(link)")
      }
    }
    let words = overview.services.figures
    for indicator in CaseIndicator.all {
      #expect(ids.contains(indicator.code), "\(indicator)")
      #expect(definitions.contains(HTMLText.escaped(words.definition(indicator, .zh))), "\(indicator)")
    }
    let english = await overview.get("/figures/definitions", cookie, language: "en").text
    #expect(CaseIndicator.all.allSatisfy { english.contains(HTMLText.escaped(words.definition($0, .en))) })
  }

  @Test func picturesAreSoundAndSayWhatTheyShow() async throws {
    let overview = try Overview()
    try overview.work()
    let cookie = try overview.test.cookie("lead", Self.lead)
    let month = try overview.month().text
    for address in ["/figures", "/figures?on=received&month=\(month)"] {
      let page = await overview.get(address, cookie).text
      let pictures = Self.between("<svg", "</svg>", in: page).map { "<svg" + $0 + "</svg>" }
      #expect(pictures.count >= (address == "/figures" ? 3 : 5), "\(address)")
      for picture in pictures {
        #expect(XMLParser(data: Data(picture.utf8)).parse(), "\(picture.prefix(200))")
        #expect(picture.contains("role=\"img\"") && picture.contains("</desc>") && picture.contains("<title id="))
        #expect(!picture.contains("style="))
      }
      let ids = Self.between(" id=\"", "\"", in: page)
      #expect(ids.count == Set(ids).count)
    }
  }

  // MARK: who sees what

  @Test func theSensitiveTrackIsForThoseWhoHaveIt() async throws {
    let overview = try Overview()
    let month = try overview.month().text
    let people: [(String, RoleScope, Bool)] = [
      ("lead", Self.lead, true), ("moderator", RoleScope(.moderator), false),
      ("supervisor", RoleScope(.supervisor, tracks: Set(Track.allCases)), true),
      ("admin", RoleScope(.administrator), false), ("editor", RoleScope(.publisher), false),
    ]
    for (name, scope, sees) in people {
      let cookie = try overview.test.cookie(name, scope)
      let page = await overview.get("/figures?on=received&month=\(month)", cookie).text
      #expect(page.contains("敏感通道") == sees, "\(name)")
      let list = await overview.get("/figures/list?on=received&month=\(month)&track=sensitive", cookie)
      #expect(list.status == (sees ? 200 : 404), "\(name)")
      let narrow = await overview.get("/figures/list?on=received&month=\(month)&track=sensitive&topic=01", cookie)
      #expect(narrow.status == 404, "\(name)")
    }
  }

  @Test func fewCasesAreNotShown() {
    #expect(FewCases.shown([9, 4, 6, 20]) == [9, nil, nil, 20], "one alone could be worked out from the sum")
    #expect(FewCases.shown([9, 4, 1]) == [9, nil, nil])
    #expect(FewCases.shown([5, 6]) == [5, 6])
    #expect(FewCases.shown([3]) == [nil])
    #expect(FewCases.shown([]) == [])
  }

  /// A head sees the unit's own; a district its own.
  @Test func nobodySeesMoreThanTheirReach() async throws {
    let overview = try Overview()
    try overview.work()
    let month = try overview.month().text
    let head = try overview.test.cookie(
      "head", RoleScope(.departmentHead, handler: CaseHandler(unit: "0501")))
    let other = try overview.test.cookie("other", RoleScope(.departmentHead, handler: CaseHandler(unit: "0502")))
    let address = "/figures.csv?on=received&month=\(month)"
    #expect(await overview.get(address, head).text.contains("\nall,received,3,"))
    #expect(await overview.get(address, other).text.contains("\nall,received,0,"))
    let groups = await overview.get(address + "&by=department", head).text
    #expect(groups.contains("\n0501,received,") && !groups.contains("\nnone,"))
    let list = await overview.get("/figures/list?on=received&month=\(month)", head)
    #expect(list.status == 200 && Self.between("href=\"/cases/", "\"", in: list.text).count == 3)

    var regions: [String: Int] = [:]
    let rules = overview.services.casework()
    let scope = overview.services.figures.scope()
    // In a district's reach is whatever lies in it, also where a zone is laid over its streets.
    try overview.test.store.caseRecords(regionPath: rules.regionPath) { record in
      guard let region = record.region, record.track == .ordinary, !record.isMerged else { return }
      for place in Set(rules.regionPath(region)) where scope.area(place) == place { regions[place, default: 0] += 1 }
    }
    let (area, count) = try #require(regions.filter { $0.key.count == 6 }.max { $0.value < $1.value })
    let district = try overview.test.cookie("district", RoleScope(.moderator, regions: [area]))
    #expect(await overview.get(address, district).text.contains("\nall,received,\(count),"))
  }

  /// The editor counts all cases and opens those that are done.
  @Test func wordsOfCasesThatAreNotTheirsAreNotShown() async throws {
    let overview = try Overview()
    try overview.work()
    let month = try overview.month().text
    let editor = try overview.test.cookie("editor", RoleScope(.publisher))
    let address = "/figures/list?on=received&month=\(month)"
    let open = await overview.get(address + "&figure=closed&part=no", editor)
    #expect(open.status == 200 && !open.text.contains("class=\"said\"") && !open.text.contains("href=\"/cases/"))
    let closed = await overview.get(address + "&figure=closed&part=yes", editor)
    #expect(Self.between("href=\"/cases/", "\"", in: closed.text).count == 1)
  }

  @Test func whatCannotBeReadIsRefused() async throws {
    let overview = try Overview()
    let cookie = try overview.test.cookie("lead", Self.lead)
    for query in ["month=2025-13", "month=soon", "on=x"] {
      for path in ["/figures", "/figures/list", "/figures.csv", "/figures.json"] {
        #expect(await overview.get(path + "?" + query, cookie).status == 400, "\(path) \(query)")
      }
    }
    for query in [
      "track=x", "figure=x", "part=x", "day=x", "open=2025-02-30", "age=1", "open=2025-07-01&age=9", "closed=",
    ] {
      let status = await overview.get("/figures/list?month=2025-07&" + query, cookie).status
      #expect(status == (query == "closed=" ? 200 : 400), "\(query)")
    }
    #expect(await overview.get("/figures.csv?by=month", cookie).status == 400)
  }

  /// What is not known is said and not drawn.
  @Test func aMonthWithoutRecordsHasNoPictures() async throws {
    let overview = try Overview()
    let cookie = try overview.test.cookie("lead", Self.lead)
    for month in ["1999-01", "2199-12"] {
      let page = await overview.get("/figures?on=received&month=\(month)", cookie)
      #expect(page.status == 200 && !page.text.contains("<svg"), "\(month)")
      #expect(page.text.contains("这个月还没有任何记录，不是零件。"))
    }
  }

  @Test func listsGoOnWhereTheyEnd() async throws {
    let overview = try Overview()
    let cookie = try overview.test.cookie("moderator", RoleScope(.moderator))
    let (month, days) = try overview.month()
    let wanted = try overview.statistics(days).whole().first { $0.indicator == .received }?.numerator
    var next: String? = "/figures/list?on=received&month=\(month)"
    var found: [String] = []
    while let address = next {
      let page = await overview.get(address, cookie).text
      found += Self.between("href=\"/cases/", "\"", in: page)
      next = Self.links(in: page).first { $0.contains("after=") }
    }
    #expect(found.count == wanted && Set(found).count == found.count)
  }
}
