internal import Casework
internal import Foundation
internal import Store
internal import Suggestions

/// 免登录答复: a unit answers one order by the link on it, without an account. Looking uses nothing up; the link is good
/// for one answer.
enum LinkedAnswerPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/answer/{token}", for: .everybody, show),
    Endpoint(.post, "/answer/{token}", for: .everybody, mostBytes: 128 * 1024, answer),
  ]

  /// In characters.
  static let longestAnswer = 5_000
  /// How many proofs, and how long the name of one may be.
  private static let mostProofs = (count: 20, characters: 200)

  private struct Reading: Sendable {
    var order: LinkedOrder
    var detail: SuggestionDetail
  }

  private static func token(_ visit: Visit) -> String { visit.parameters["token"] ?? "" }

  private static func reading(_ visit: Visit) async throws -> Result<Reading, LinkedOrderRefusal> {
    let (token, now, rules, names) = (token(visit), visit.now, visit.services.casework(), visit.services.codeNames)
    return try await visit.pool.read { store throws(StoreFault) -> Result<Reading, LinkedOrderRefusal> in
      switch try store.order(byLink: token, at: now, under: rules) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let order):
        guard let detail = try store.suggestion(id: String(order.link.suggestion), members: 1, names: names) else {
          return .failure(.link(.superseded))
        }
        return .success(Reading(order: order, detail: detail))
      }
    }
  }

  private static func show(_ visit: Visit) async throws -> Reply {
    try visit.premises.linkDoor.begin(visit)
    switch try await reading(visit) {
    case .failure(let refusal): return closed(refusal, visit)
    case .success(let reading): return page(reading, visit)
    }
  }

  private static func answer(_ visit: Visit) async throws -> Reply {
    try visit.premises.linkDoor.begin(visit)
    let reading: Reading
    switch try await self.reading(visit) {
    case .failure(let refusal): return closed(refusal, visit)
    case .success(let found): reading = found
    }
    let form = visit.request.form
    let said: CaseDetails
    switch details(form, visit, LinkedOrderValues.needsOutcome(reading.order.file)) {
    case .failure(let lack): return page(reading, visit, status: 400, fault: lack.sentence)
    case .success(let found): said = found
    }
    let (id, text) = (reading.order.link.suggestion, said.text ?? "")
    let (services, language) = (visit.services, visit.language)
    let checked = try await visit.pool.read { store throws(StoreFault) in
      try services.checked(store, id, .answer, text, language)
    }
    if !checked.doubts.isEmpty, !form.has("confirm") {
      return page(reading, visit, status: 409, doubts: checked.doubts)
    }
    let kept = CaseDetails {
      $0.text = checked.text
      $0.outcome = said.outcome
      $0.proofs = said.proofs
    }
    let (token, now, rules) = (token(visit), visit.now, services.casework())
    let outcome = try await visit.pool.write { store throws(StoreFault) in
      try store.answer(byLink: token, kept, at: now, under: rules)
    }
    switch outcome {
    case .failure(.link(let refusal)): return closed(.link(refusal), visit)
    case .failure(.act(let refusal)): return page(reading, visit, status: 422, fault: visit.names.refusal(refusal))
    case .success: return done(checked.text, visit)
    }
  }

  private struct Lack: Error {
    var sentence: String
  }

  /// Only what an answer is made of: whoever has the link may say nothing else.
  private static func details(_ form: FormFields, _ visit: Visit, _ needsOutcome: Bool) -> Result<CaseDetails, Lack> {
    guard let text = form["text"] else { return .failure(Lack(sentence: visit.say("请写上答复。", "Write the answer."))) }
    if text.count > longestAnswer {
      let sentence = visit.say(
        "答复太长，请写在 \(longestAnswer) 字以内。", "The answer is too long: \(longestAnswer) characters at most.")
      return .failure(Lack(sentence: sentence))
    }
    let code = form["outcome"]
    let outcome = code.flatMap { code in CaseOutcome.allCases.first { $0.code == code } }
    if outcome == nil, code != nil || needsOutcome {
      return .failure(Lack(sentence: visit.say("请选择办理结果。", "Choose the outcome.")))
    }
    let proofs = (form["proof"] ?? "").split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    if proofs.count > mostProofs.count || proofs.contains(where: { $0.count > mostProofs.characters }) {
      return .failure(
        Lack(
          sentence: visit.say(
            "证明最多 \(mostProofs.count) 份，每份写编号，不超过 \(mostProofs.characters) 字。",
            "At most \(mostProofs.count) proofs, each by its number, in \(mostProofs.characters) characters.")))
    }
    return .success(
      CaseDetails {
        $0.text = text
        $0.outcome = outcome
        $0.proofs = proofs
      })
  }

  // MARK: What is shown

  private static func page(
    _ reading: Reading, _ visit: Visit, status: Int = 200, fault: String? = nil, doubts: [String] = []
  ) -> Reply {
    var value = LinkedOrderValues(order: reading.order, detail: reading.detail, visit: visit).value
    let form = visit.request.form
    value["address"] = .text(address(visit))
    value["fault"] = .optional(fault)
    value["doubts"] = .list(doubts.map(PageValue.text))
    value["hasDoubts"] = .flag(!doubts.isEmpty)
    value["asksConfirmation"] = .flag(!doubts.isEmpty || form.has("confirm"))
    value["typed"] = .text(form["text"] ?? "")
    value["proof"] = .text(form["proof"] ?? "")
    value["most"] = .number(longestAnswer)
    value["outcomes"] = .objects(CaseOutcome.allCases) { outcome in
      [
        "code": .text(outcome.code), "name": .text(outcome.code + " " + visit.names.outcome(outcome)),
        "isChosen": .flag(form["outcome"] == outcome.code),
      ]
    }
    return visit.page(
      "linked-answer", title: visit.say("答复派单", "Answer an order"), status: status, back: address(visit), value)
  }

  private static func address(_ visit: Visit) -> String { "/answer/" + FormFields.encoded(token(visit)) }

  private static func closed(_ refusal: LinkedOrderRefusal, _ visit: Visit) -> Reply {
    let sentence: String
    var status = 410
    switch refusal {
    case .answered: sentence = visit.say("这次派单已经答复，不用再答。", "This order was answered already; nothing is left to do.")
    case .link(let refusal):
      sentence = visit.services.writers.link(refusal, visit.language)
      switch refusal {
      case .used, .expired, .superseded: break
      case .malformed, .forged, .otherPurpose:
        status = 404
        visit.premises.linkDoor.fail(visit)
      }
    }
    let title = visit.say("这条链接现在不能用", "This link cannot be used now")
    return visit.page(
      "link-closed", title: title, status: status, back: address(visit),
      ["heading": .text(title), "advice": .text(sentence), "said": false])
  }

  private static func done(_ text: String, _ visit: Visit) -> Reply {
    let title = visit.say("已收到答复，谢谢", "The answer is recorded, thank you")
    return visit.page(
      "link-closed", title: title, back: address(visit),
      [
        "heading": .text(title), "said": .text(text),
        "advice": .text(
          visit.say(
            "平台会转告来件人。这条链接已经用过，可以关掉本页。",
            "The platform passes it on to the writer. The link is used up; you can close this page.")),
      ])
  }
}
