internal import Casework
internal import Store
internal import Suggestions

/// 录入意见簿: a page typed by one person, by a second one, and what differs settled; then it is taken in like any file.
enum BookKeyingPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/intake/book", for: access, BookOverview.show),
    Endpoint(.get, "/intake/book/new", for: access) { visit in
      try await form(visit, BookForm(visit.request.query), isNew: true)
    },
    Endpoint(.post, "/intake/book", for: access, keyFirst),
    Endpoint(.get, "/intake/book/{n}", for: access, goOn),
    Endpoint(.get, "/intake/book/{n}/second", for: access) { visit in
      let page = try await page(visit, in: .keyed)
      if page.keyer == visit.visitor.account?.name { throw VisitFault.forbidden }
      return second(visit, page, BookForm(visit.request.query))
    },
    Endpoint(.post, "/intake/book/{n}/second", for: access, keySecond),
    Endpoint(.get, "/intake/book/{n}/settle", for: access) { visit in
      try BookSettling(try await page(visit, in: .compared), visit).show()
    },
    Endpoint(.post, "/intake/book/{n}/settle", for: access, settle),
    Endpoint(.post, "/intake/book/{n}/send", for: access) { visit in
      let page = try await page(visit, in: .settled)
      guard let keying = page.first else { throw VisitFault.conflict }
      return try await send(visit, page, keying)
    },
    Endpoint(.post, "/intake/book/{n}/drop", for: access, drop),
  ]

  private static let access = EndpointAccess.roles(MainPlace.intake.roles)

  // MARK: Whose stations

  /// Codes of the stations whose books the visitor may type; nil for all.
  static func stations(_ visit: Visit) -> Set<String>? {
    if visit.visitor.hasRole(among: IntakePages.staff) { return nil }
    return Set(visit.visitor.actors.compactMap { $0.role == .stationKeeper ? $0.handler?.unit : nil })
  }

  static func may(_ station: String, _ visit: Visit) -> Bool { stations(visit)?.contains(station) ?? true }

  /// What its books are named for; nil where there is no such station.
  static func name(of station: String, _ visit: Visit) -> String? {
    visit.services.catalogue(.zh).stations.first { $0.code == station }?.name
  }

  private static func page(_ visit: Visit, in state: BookPage.State? = nil) async throws -> BookPage {
    guard let id = visit.parameters["n"].flatMap({ Int($0) }) else { throw VisitFault.notFound }
    let page = try await visit.pool.read { store throws(StoreFault) in try store.bookPage(id) }
    guard let page, may(page.station, visit) else { throw VisitFault.notFound }
    if let state, page.state != state { throw VisitFault.conflict }
    return page
  }

  // MARK: The first keying

  private static func goOn(_ visit: Visit) async throws -> Reply {
    let page = try await page(visit)
    switch page.state {
    case .keyed:
      // What one person typed the other is not to see before having typed it.
      guard page.keyer == visit.visitor.account?.name else { return .seeOther("/intake/book/\(page.id)/second") }
      return try await form(visit, BookForm(page, page.first), isNew: false)
    case .compared: return .seeOther("/intake/book/\(page.id)/settle")
    case .settled: return .seeOther(BookOverview.address(station: page.station))
    case .taken: return try await form(visit, BookForm(page, page.first), isNew: false)
    }
  }

  private static func keyFirst(_ visit: Visit) async throws -> Reply {
    let typed = BookForm(visit.request.form)
    guard may(typed.station, visit) else { throw VisitFault.notFound }
    if typed.fields.has("more") { return try await form(visit, typed, isNew: false) }
    guard let station = name(of: typed.station, visit), let page = typed.page, !typed.book.isEmpty,
      let account = visit.visitor.account
    else {
      return try await form(
        visit, typed, isNew: false, status: 400,
        faults: .init(page: [visit.say("驿站、簿号和页码都要填。", "Station, book and page are needed.")]))
    }
    var faults = typed.faults(visit, station: station, head: typed.head, book: typed.book, page: page)
    let counted = typed.condition == .written ? typed.counted : 0
    if counted == nil {
      faults.page.append(visit.say("数一数这页有几条，填上。", "Count the entries of the page and say how many."))
    }
    guard faults.isEmpty, let counted else {
      return try await form(visit, typed, isNew: false, status: 400, faults: faults)
    }
    let (code, book, head, condition) = (typed.station, typed.book, typed.head, typed.condition)
    let (keying, actor, now) = (typed.keying, account.name, visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.keyBookPage(
        page, of: book, at: code, head: head, condition: condition, counted: counted,
        condition == .written ? keying : nil, by: actor, at: now)
    }
    switch outcome {
    case .success: return .seeOther(BookOverview.address(station: code) + "&notice=saved")
    case .failure(let refusal):
      return try await form(visit, typed, isNew: false, status: 409, faults: .init(page: [words(refusal, visit)]))
    }
  }

  static func words(_ refusal: BookPageRefusal, _ visit: Visit) -> String {
    switch refusal {
    case .unknown: visit.say("这一页的录入已不在了。", "What was typed of this page is gone.")
    case .others(let name):
      visit.say("\(name) 已经录了这一页，请做二录。", "\(name) has typed this page; type it as the second person.")
    case .samePerson: visit.say("二录要由另一个人来做。", "The second keying is another person's.")
    case .state: visit.say("这一页已到下一步了。", "The page is further on by now.")
    }
  }

  /// The form; of a new page with what is known of the book.
  private static func form(
    _ visit: Visit, _ typed: BookForm, isNew: Bool, status: Int = 200, faults: BookForm.Faults = .init()
  ) async throws -> Reply {
    if !typed.station.isEmpty, !may(typed.station, visit) { throw VisitFault.notFound }
    let stations = stations(visit)
    let all = visit.services.catalogue(visit.language).stations.filter { stations?.contains($0.code) ?? true }
    let code = typed.station.isEmpty ? all.first?.code ?? "" : typed.station
    var typed = typed
    if isNew, typed.fields["keeper"] == nil { typed = try await known(visit, typed, station: code) }
    let address = typed.book.isEmpty ? "/intake/book" : BookOverview.address(station: code)
    return visit.page(
      "book", title: visit.say("录入意见簿", "Type up an opinion book"), section: .intake, status: status,
      BookFormValues(typed, visit, faults).value.merging([
        "isFirst": true, "action": "/intake/book", "back": .text(address),
        "heading": .text(visit.say("录入意见簿", "Type up an opinion book")),
        "stations": .objects(all) {
          ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == code)]
        },
        "conditions": .objects(BookPage.Condition.allCases) { condition in
          [
            "code": .text(condition.code), "name": .text(BookOverview.word(condition, visit)),
            "isChosen": .flag(condition == typed.condition),
          ]
        },
        // By station, book and page as they stand in the form.
        "draft": "",
      ]) { $1 })
  }

  /// Head and next page of the book that was typed last.
  private static func known(_ visit: Visit, _ typed: BookForm, station: String) async throws -> BookForm {
    let book = typed.fields["book"]
    let pages = try await visit.pool.read { store throws(StoreFault) in
      try store.bookPages(of: [station], book: book)
    }
    guard let last = pages.max(by: { $0.changedAt < $1.changedAt }) else { return typed }
    var fields = typed.fields.with("station", station).with("book", last.book)
    for (name, value) in BookForm.fields(of: last.head) { fields = fields.with(name, value) }
    if typed.page == nil {
      let next = (pages.filter { $0.book == last.book }.map(\.page).max() ?? 0) + 1
      fields = fields.with("page", String(next))
    }
    return BookForm(fields)
  }

  // MARK: The second keying

  private static func second(
    _ visit: Visit, _ page: BookPage, _ typed: BookForm, status: Int = 200, faults: BookForm.Faults = .init()
  ) -> Reply {
    let station = name(of: page.station, visit) ?? page.station
    return visit.page(
      "book", title: visit.say("二录", "Second keying"), section: .intake, status: status,
      BookFormValues(typed, visit, faults).value.merging([
        "isFirst": false, "action": .text("/intake/book/\(page.id)/second"),
        "back": .text(BookOverview.address(station: page.station)),
        "heading": .text(
          visit.say(
            "二录：\(station) \(page.book) 第 \(page.page) 页（\(page.counted) 条）",
            "Second keying: \(station) \(page.book), page \(page.page) (\(page.counted) entries)")),
        "draft": .text("\(page.station)/\(page.book)/\(page.page)/2"),
      ]) { $1 })
  }

  private static func keySecond(_ visit: Visit) async throws -> Reply {
    let page = try await page(visit, in: .keyed)
    let typed = BookForm(visit.request.form)
    if typed.fields.has("more") { return second(visit, page, typed) }
    guard let account = visit.visitor.account, account.name != page.keyer else { throw VisitFault.forbidden }
    let faults = typed.faults(
      visit, station: name(of: page.station, visit) ?? page.station, head: page.head, book: page.book, page: page.page)
    guard faults.isEmpty else { return second(visit, page, typed, status: 400, faults: faults) }
    let (id, keying, actor, now) = (page.id, typed.keying, account.name, visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.keyBookPageAgain(id, keying, by: actor, at: now)
    }
    guard case .success(let compared) = outcome else { throw VisitFault.conflict }
    let pairs = BookPairs(compared.first ?? BookKeying(), keying)
    guard pairs.differing.isEmpty else { return .seeOther("/intake/book/\(id)/settle") }
    return try await settle(visit, compared, BookKeying(entries: pairs.pairs.compactMap(\.first)))
  }

  // MARK: Settling

  private static func settle(_ visit: Visit) async throws -> Reply {
    let page = try await page(visit, in: .compared)
    let settling = BookSettling(page, visit)
    switch settling.chosen(visit.request.form) {
    case .failure(let refusal): return try settling.show(refusal)
    case .success(let keying): return try await settle(visit, page, keying)
    }
  }

  private static func settle(_ visit: Visit, _ page: BookPage, _ keying: BookKeying) async throws -> Reply {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    let (id, actor, now) = (page.id, account.name, visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.settleBookPage(id, keying, by: actor, at: now)
    }
    guard case .success(let settled) = outcome else { throw VisitFault.conflict }
    return try await send(visit, settled, keying)
  }

  /// Through the same intake as every file; the page is done with when that is.
  private static func send(_ visit: Visit, _ page: BookPage, _ keying: BookKeying) async throws -> Reply {
    guard let station = name(of: page.station, visit) else { throw VisitFault.notFound }
    let transcript = BookTranscript(
      station: station, book: page.book, head: page.head, page: page.page, keying)
    let file = UploadedFile(
      field: "files", name: "\(page.book) 第\(page.page)页（录入）.txt", bytes: transcript.bytes)
    return .seeOther(IntakePages.address(try await IntakePages.begin(.bookPage(page.id, file), visit)))
  }

  private static func drop(_ visit: Visit) async throws -> Reply {
    let page = try await page(visit)
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    // One's own work, or somebody's who answers for the intake.
    guard [page.keyer, page.checker].contains(account.name) || visit.visitor.hasRole(among: IntakePages.staff) else {
      throw VisitFault.forbidden
    }
    let (id, actor, now) = (page.id, account.name, visit.now)
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.dropBookPage(id, by: actor, at: now)
    }
    guard case .success = outcome else { throw VisitFault.conflict }
    return .seeOther(BookOverview.address(station: page.station) + "&notice=forgotten")
  }
}
