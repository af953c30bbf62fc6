internal import Casework
internal import Store

/// 查进度: how far it is, for whoever holds the receipt, without an account.
///
/// A code that was mistyped, that nobody has and whose submission was erased are answered alike, so that nothing can be
/// found out by trying. Forms send the code in their body: in the address, and so in the history of a telephone that
/// others use, it stands only for who came by the square on the slip.
enum StatusPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/status", for: .everybody) { visit in entry(visit) },
    Endpoint(.post, "/status", for: .everybody, mostBytes: mostBytes) { visit in
      let code = visit.request.form["code"] ?? ""
      guard let kind = visit.request.form["say"] else { return try await show(code, visit) }
      guard let kind = WriterSaying.Kind(rawValue: kind) else { throw VisitFault.field("say") }
      return try await say(kind, code, visit)
    },
    Endpoint(.get, "/status/{code}", for: .everybody) { visit in
      try await show(visit.parameters["code"] ?? "", visit)
    },
    Endpoint(.post, "/status/{code}/rating", for: .everybody, mostBytes: mostBytes) { visit in
      try await say(.rating, visit.parameters["code"] ?? "", visit)
    },
    Endpoint(.post, "/status/{code}/addition", for: .everybody, mostBytes: mostBytes) { visit in
      try await say(.addition, visit.parameters["code"] ?? "", visit)
    },
  ]

  private static let mostBytes = 64 * 1024
  /// No way of writing a code is longer, in characters.
  private static let longestCode = 60

  // MARK: Looking

  private static func show(_ code: String, _ visit: Visit) async throws -> Reply {
    try visit.premises.receiptDoor.begin(visit)
    if code.isEmpty { return entry(visit, status: 400, visit.say("请填写回执码。", "Fill in the receipt code.")) }
    let wanted = written(code)
    let (rules, now) = (visit.services.casework(), visit.now)
    let found = try await visit.pool.read { store throws(StoreFault) in
      try ReceiptReading(wanted, store, rules, asOf: now)
    }
    guard let found else { return unknown(code, visit) }
    return page(found, visit)
  }

  /// The code as it is looked up: what is far too long to be one is as wrong as any.
  private static func written(_ code: String) -> String { code.count > longestCode ? "" : code }

  /// The one answer to all codes nothing is behind.
  private static func unknown(_ code: String, _ visit: Visit) -> Reply {
    visit.premises.receiptDoor.fail(visit)
    let title = visit.say("没有这个回执码", "There is no such receipt code")
    return entry(visit, status: 404, title + visit.say("。", "."), typed: code, isUnknown: true)
  }

  private static func entry(
    _ visit: Visit, status: Int = 200, _ fault: String? = nil, typed: String = "", isUnknown: Bool = false
  ) -> Reply {
    if visit.request.wantsJSON, let fault { return .problem(status, title: fault) }
    return visit.page(
      "receipt", title: visit.say("查进度", "How far it is"), status: status, back: "/status",
      [
        "fault": .optional(fault), "isUnknown": .flag(isUnknown), "typed": .text(String(typed.prefix(longestCode))),
      ])
  }

  /// What there is to see of one receipt.
  ///
  /// - Parameters:
  ///   - typed: what the writer wrote, where it was not taken.
  ///   - isThanked: whether it was taken down just now.
  static func page(
    _ found: ReceiptReading, _ visit: Visit, status: Int = 200, fault: String? = nil, typed: FormFields = FormFields(),
    isThanked: Bool = false
  ) -> Reply {
    if visit.request.wantsJSON {
      if let fault { return .problem(status, title: fault) }
      return .json(visit.services.writers.json(found.status, found.receipt, found.parts, visit.language))
    }
    let words = visit.services.writers.words(found.status, visit.language)
    let followUp = found.status.followUp
    func choices(_ name: String) -> PageValue {
      .objects([("yes", "是", "Yes"), ("partly", "部分", "Partly"), ("no", "否", "No")]) { code, zh, en in
        [
          "field": .text(name), "code": .text(code), "name": .text(visit.say(zh, en)),
          "isChosen": .flag(typed[name] == code),
        ]
      }
    }
    return visit.page(
      "progress", title: words.headline, status: status, back: visit.request.method == .get ? nil : "/status",
      [
        "receipt": .text(found.receipt), "headline": .text(words.headline),
        "lines": .list(words.lines.map(PageValue.text)),
        "parts": .objects(Array(found.parts.enumerated())) { place, part in
          let words = visit.services.writers.words(part.status, visit.language)
          return [
            "place": .number(place + 2), "receipt": .text(part.receipt), "headline": .text(words.headline),
            "lines": .list(words.lines.map(PageValue.text)),
          ]
        },
        "hasParts": .flag(!found.parts.isEmpty),
        "steps": .objects(words.steps) { ["at": .text($0.at), "what": .text($0.what)] },
        "fault": .optional(fault), "isThanked": .flag(isThanked), "isAsked": .flag(found.status.question != nil),
        "mayRate": .flag(followUp.map { !$0.isRated } ?? false), "mayReopen": .flag(followUp?.mayReopen ?? false),
        "mayOnlyReopen": .flag(followUp.map { $0.isRated && $0.mayReopen } ?? false),
        "solved": choices("solved"), "satisfied": choices("satisfied"), "reason": .text(typed["reason"] ?? ""),
        "text": .text(typed["text"] ?? ""), "reopens": .flag(typed.has("reopen")),
        "most": .number(WriterSaying.mostCharacters),
      ])
  }

  // MARK: Saying something to it

  private enum Said: Sendable {
    case unknown
    /// Nothing of the sort is asked for now, or the case changed in this moment.
    case refused(ReceiptReading)
    case done(ReceiptReading)
  }

  private static func say(_ kind: WriterSaying.Kind, _ code: String, _ visit: Visit) async throws -> Reply {
    try visit.premises.receiptDoor.begin(visit)
    let form = visit.request.form
    let saying = try WriterSaying(kind, form, visit)
    let lack = saying.lack(visit.language)
    let wanted = written(code)
    let (rules, now) = (visit.services.casework(), visit.now)
    // Guesses do not stand in the way of those who write.
    let isKnown = try await visit.pool.read { store throws(StoreFault) in try store.holding(ofReceipt: wanted) != nil }
    guard isKnown else { return unknown(code, visit) }
    let said = try await visit.pool.write { store throws(StoreFault) -> Said in
      guard let found = try ReceiptReading(wanted, store, rules, asOf: now) else { return .unknown }
      guard lack == nil, saying.isInvited(by: found.status) else { return .refused(found) }
      let outcome = try store.say(saying.requests(at: now), by: found.holding, seen: found.version, under: rules)
      guard let after = try ReceiptReading(wanted, store, rules, asOf: now) else { return .unknown }
      if case .failure = outcome { return .refused(after) }
      return .done(after)
    }
    switch said {
    case .unknown: return unknown(code, visit)
    case .done(let after): return page(after, visit, isThanked: true)
    case .refused(let found) where saying.isInvited(by: found.status):
      let changed = visit.say("情况刚刚有变，没有记下，请再试一次。", "It changed just now and nothing was recorded; please try again.")
      return page(found, visit, status: lack == nil ? 409 : 400, fault: lack ?? changed, typed: form)
    case .refused(let found):
      let late = visit.say(
        "没有记下：现在不需要这一步，请看下面的进展。", "Nothing was recorded: this is not asked for now. See below how it stands.")
      return page(found, visit, status: 409, fault: late, typed: form)
    }
  }
}

/// What is behind a receipt at a moment, read in one go.
struct ReceiptReading: Sendable {
  var holding: ReceiptHolding
  var status: WriterStatus
  /// Of the case that is handled: how many events it has.
  var version: Int
  /// What was split out of it, in the order of the numbers.
  var parts: [WriterPart]

  var receipt: String { holding.receipt }

  init(holding: ReceiptHolding, status: WriterStatus, version: Int, parts: [WriterPart] = []) {
    self.holding = holding
    self.status = status
    self.version = version
    self.parts = parts
  }

  /// Nil where nothing is behind the code.
  init?(
    _ code: String, _ store: SuggestionStore, _ rules: CaseworkRules, asOf moment: Int64
  ) throws(StoreFault) {
    guard let holding = try store.holding(ofReceipt: code) else { return nil }
    self.holding = holding
    // First, so that what happens in between makes it too low and is noticed.
    version = try store.caseHistory(of: holding.root, regionPath: rules.regionPath)?.events.count ?? 0
    status = try store.writerStatus(of: holding, under: rules, asOf: moment)
    parts = try store.writerParts(of: status, under: rules, asOf: moment)
  }
}
