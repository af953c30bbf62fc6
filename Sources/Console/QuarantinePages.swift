internal import Casework
internal import Store
internal import Suggestions

/// 隔离区: what could not be taken in, looked at, tried again or given up.
enum QuarantinePages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/intake/quarantine", for: .roles(IntakePages.staff), list),
    Endpoint(.post, "/intake/quarantine/retry", for: .roles(IntakePages.staff), retry),
    Endpoint(.get, "/intake/quarantine/{n}", for: .roles(IntakePages.staff)) { visit in
      try await page(visit, try await item(visit))
    },
    // Not everybody who takes in may read what people sent: see AccessRule.opensContacts.
    Endpoint(.post, "/intake/quarantine/{n}/bytes", for: .roles(openers), open),
    Endpoint(.post, "/intake/quarantine/{n}/mend", for: .roles(openers), mostBytes: 4 << 20, mend),
    Endpoint(.post, "/intake/quarantine/{n}/discard", for: .roles(IntakePages.staff), discard),
  ]

  /// A set-aside record holds everything its writer said, contacts too.
  static let openers = Set(AccessRule.all.filter(\.opensContacts).map(\.role)).intersection(IntakePages.staff)

  private static let length = 50

  // MARK: The list

  private static func list(_ visit: Visit) async throws -> Reply {
    let query = visit.request.query
    let filter = QuarantineFilter(
      state: state(query["state"]), source: query["source"], file: query["file"])
    let offset = max(0, query.number("from") ?? 0)
    let (found, files, sources) = try await visit.pool.read { store throws(StoreFault) in
      (
        try store.quarantine(filter, limit: length, offset: offset), try store.quarantineFiles(limit: 200),
        try store.sourceTallies().filter { $0.quarantined > 0 }.map(\.source)
      )
    }
    func address(_ offset: Int) -> String {
      "/intake/quarantine?" + query.with("from", offset > 0 ? String(offset) : nil).with("notice", nil).encoded
    }
    let states = [("waiting", visit.names.word("waiting"))]
      + QuarantineState.allCases.dropFirst().map { ($0.code, visit.names.word($0.code)) }
      + [("all", visit.say("全部", "all"))]
    return visit.page(
      "quarantine", title: visit.say("隔离区", "Quarantine"), section: .intake,
      [
        "states": .objects(states) { code, name in
          ["code": .text(code), "name": .text(name), "isChosen": .flag(code == (query["state"] ?? "waiting"))]
        },
        "sources": options(sources, chosen: query["source"]), "files": options(files, chosen: query["file"]),
        "count": .number(found.count), "isEmpty": .flag(found.items.isEmpty), "hasItems": .flag(!found.items.isEmpty),
        "items": .objects(found.items) { row($0, visit) },
        "hasWaiting": .flag(found.items.contains { $0.state == .waiting }),
        "before": .optional(offset > 0 ? address(max(0, offset - length)) : nil),
        "behind": .optional(offset + found.items.count < found.count ? address(offset + length) : nil),
      ])
  }

  /// Waiting unless something else is asked for; nil for all.
  private static func state(_ code: String?) -> QuarantineState? {
    guard let code else { return .waiting }
    return code == "all" ? nil : QuarantineState.allCases.first { $0.code == code } ?? .waiting
  }

  private static func options(_ names: [String], chosen: String?) -> PageValue {
    // What the address asks for is offered though the list is too long to hold it.
    let all = names + [chosen].compactMap { $0.flatMap { names.contains($0) ? nil : $0 } }
    return .objects(all) { ["name": .text($0), "isChosen": .flag($0 == chosen)] }
  }

  private static func row(_ item: QuarantineItem, _ visit: Visit) -> [String: PageValue] {
    [
      "id": .number(item.id), "address": .text("/intake/quarantine/\(item.id)"), "file": .text(item.file),
      "source": .text(item.source), "form": .text(item.profile), "record": .number(item.ordinal),
      "line": .number(item.faultLine), "column": .number(item.faultColumn),
      "reason": .text(visit.names.word(item.reason)), "detail": .text(item.detail),
      "bytes": .number(item.totalBytes), "offset": .number(item.byteOffset),
      "state": .text(visit.names.word(item.state.code)), "isWaiting": .flag(item.state == .waiting),
      "submission": .optional(item.submission.flatMap { $0 > 0 ? String($0) : nil }),
    ]
  }

  private static func retry(_ visit: Visit) async throws -> Reply {
    let ids = visit.request.form.all("id").compactMap { Int($0) }
    guard !ids.isEmpty, ids.count <= 1000 else { throw VisitFault.field(visit.say("要重收的记录", "records to try again")) }
    return .seeOther(IntakePages.address(try await IntakePages.begin(.retry(ids, mended: nil), visit)))
  }

  // MARK: One record

  private static func item(_ visit: Visit) async throws -> QuarantineItem {
    guard let id = visit.parameters["n"].flatMap({ Int($0) }) else { throw VisitFault.notFound }
    let item = try await visit.pool.read { store throws(StoreFault) in try store.quarantine(id: id) }
    guard let item else { throw VisitFault.notFound }
    return item
  }

  private static func page(
    _ visit: Visit, _ item: QuarantineItem, opened: OpenedQuarantine? = nil, status: Int = 200, fault: String? = nil
  ) async throws -> Reply {
    var value = row(item, visit)
    value["heading"] = .text(heading(item, visit))
    value["mayOpen"] = .flag(visit.visitor.hasRole(among: openers) && item.totalBytes > 0)
    value["isOpened"] = .flag(opened != nil)
    value["isClosed"] = .flag(opened == nil)
    value["fault"] = .optional(fault)
    value["typed"] = .text(visit.request.form["reason"] ?? "")
    value["isBook"] = .flag(item.profile == "opinion-book")
    if let opened { value["window"] = window(opened, visit) } else { value["window"] = false }
    return visit.page(
      "quarantine-item", title: heading(item, visit), section: .intake, status: status, value)
  }

  private static func heading(_ item: QuarantineItem, _ visit: Visit) -> String {
    visit.say("隔离区第 \(item.id) 条", "Quarantine, record \(item.id)")
  }

  private static func window(_ opened: OpenedQuarantine, _ visit: Visit) -> PageValue {
    let item = opened.item
    let window = FaultWindow(
      opened.bytes, line: item.line, faultLine: item.faultLine, faultColumn: item.faultColumn)
    let around = window.text
    return [
      "text": MarkedRuns.runs(of: around.text, stretches: [around.fault]),
      "isCutBefore": .flag(around.isCutBefore), "isCutBehind": .flag(around.isCutBehind),
      "rows": .objects(window.rows) { row in
        [
          "offset": .text(row.offset), "text": .text(row.text),
          "digits": .objects(row.digits) { ["text": .text($0.text), "isFault": .flag($0.isFault)] },
        ]
      },
      "isPart": .flag(opened.bytes.count < item.totalBytes), "kept": .number(opened.bytes.count),
      "whole": .text(opened.bytes.count <= 64 << 10 ? String(decoding: opened.bytes, as: UTF8.self) : ""),
      "isMendable": .flag(
        item.state == .waiting && opened.bytes.count == item.totalBytes && opened.bytes.count <= 64 << 10
          && String(validating: opened.bytes, as: UTF8.self) != nil),
    ]
  }

  private static func open(_ visit: Visit) async throws -> Reply {
    let item = try await item(visit)
    guard let act = act(visit) else {
      return try await page(
        visit, item, status: 400, fault: visit.say("请写明为什么要看原件。", "Say why the bytes are to be seen."))
    }
    let id = item.id
    let opened = try await visit.pool.write { store throws(StoreFault) in try store.openQuarantine(id: id, by: act) }
    return try await page(visit, item, opened: opened)
  }

  private static func act(_ visit: Visit) -> StaffAct? {
    guard let account = visit.visitor.account, let reason = visit.request.form["reason"] else { return nil }
    return StaffAct(actor: account.name, reason: String(reason.prefix(500)), at: visit.now)
  }

  /// Taken in from a text that was mended on the page, or from a mended file.
  private static func mend(_ visit: Visit) async throws -> Reply {
    let item = try await item(visit)
    let file = visit.request.files.first { $0.field == "file" && !$0.bytes.isEmpty }
    let typed = visit.request.form.all("text").first.flatMap { $0.isEmpty ? nil : $0 }
    guard visit.request.isWhole, item.state == .waiting,
      let mended = file.map({ IntakeOrder.Mended(bytes: $0.bytes, isFile: true) })
        ?? typed.map({ IntakeOrder.Mended(bytes: Array($0.utf8), isFile: false) })
    else {
      return try await page(
        visit, item, status: 400,
        fault: visit.say("请改好内容，或选择改好的文件。", "Mend the text, or choose a mended file."))
    }
    return .seeOther(IntakePages.address(try await IntakePages.begin(.retry([item.id], mended: mended), visit)))
  }

  private static func discard(_ visit: Visit) async throws -> Reply {
    let item = try await item(visit)
    guard let act = act(visit) else {
      return try await page(
        visit, item, status: 400, fault: visit.say("请写明为什么放弃。", "Say why it is given up."))
    }
    let id = item.id
    let isDone = try await visit.pool.write { store throws(StoreFault) in
      try store.discardQuarantine(id: id, by: act)
    }
    if !isDone { throw VisitFault.conflict }
    return .seeOther("/intake/quarantine?notice=discarded")
  }
}
