import ArgumentParser
import Casework
import Rules
import Store
import Suggestions

/// 派单, one or many at a time. To whom the machine proposes, unless a person says otherwise.
struct DispatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "派单：一件或一批，默认派给建议承办 / orders to the units that can act; to the proposed one unless --to says otherwise")
  @OptionGroup var common: CommonOptions
  @OptionGroup var who: ActorOptions
  @Argument(help: "编号或回执码 / numbers or receipt codes") var ids: [String]
  @Option(help: "派给谁：部门编码、编码@区划、station:驿站 / to whom: CODE, CODE@REGION or station:CODE") var to: String?
  @Option(help: "协办，可多次 / who helps; may be repeated") var with: [String] = []
  @Option(help: "办理要求 / instructions") var text: String?
  @Option(help: "理由（重派时必写）/ why; needed for another order") var reason: String?
  @Option(help: "什么时候，默认现在 / when: 2026-03-02T09:30") var at: String?

  func run() throws {
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules(book)
    let actor = try who.value(common.messages, book)
    let words = CaseWords(names: BookNames(book: book, language: common.language), messages: common.messages)
    let moment = try at.map { try common.moment($0, "--at") } ?? LocalTime.now
    let handler = try to.map { try CaseHandler(unit: $0, book, common.messages) }
    let assistants = try with.map { try CaseHandler(unit: $0, book, common.messages) }
    var done: [(Int, CaseDone)] = []
    var refused: [(Int, CaseActRefusal)] = []
    for id in ids {
      let number = try common.suggestion(id, in: store)
      let proposed = try handler ?? proposal(number, store, book)
      let details = CaseDetails {
        $0.handler = proposed
        $0.coHandlers = assistants.isEmpty ? nil : assistants
        $0.text = text
        $0.reason = reason
      }
      let outcome = try common.onStore { () throws(StoreFault) in
        try store.act(CaseRequest(.dispatch, at: moment, details: details), on: number, by: actor, under: rules)
      }
      switch outcome {
      case .success(let one): done.append((number, one))
      case .failure(let refusal): refused.append((number, refusal))
      }
    }
    if common.json {
      common.printJSON { root in
        root.array("dispatched") { list in for (id, one) in done { list.object { CaseWords.write(one, id, to: &$0) } } }
        root.array("refused") { list in
          for (id, refusal) in refused {
            list.object {
              $0.field("id", id)
              $0.field("why", common.messages.refusal(refusal))
            }
          }
        }
      }
    } else {
      for (id, one) in done { common.note(words.done(one, id)) }
    }
    guard refused.isEmpty else {
      throw Outcome.findings(
        refused.map { common.messages("事项 \($0.0)：", "suggestion \($0.0): ") + common.messages.refusal($0.1) }
          .joined(separator: "\n"))
    }
  }

    private func proposal(_ number: Int, _ store: SuggestionStore, _ book: RuleBook) throws -> CaseHandler? {
    let found = try common.onStore { () throws(StoreFault) in
      try store.suggestion(id: "\(number)", members: 1, names: .standard)
    }
    return found.flatMap { book.proposal(for: $0) }
  }
}

extension RuleBook {
  /// Whom the verdict on a suggestion proposes: the district's own office where the matter is one of the district tier,
  /// the keeper where it is the station's.
  func proposal(for detail: SuggestionDetail) -> CaseHandler? {
    if detail.tier == Tier.station.rawValue, let station = detail.station {
      return CaseHandler(unit: station, isStation: true)
    }
    guard let lead = detail.lead else { return nil }
    let district = detail.tier == Tier.district.rawValue ? detail.region.flatMap { self.district(of: $0) } : nil
    return CaseHandler(unit: lead, district: district)
  }

  /// Code of the district a region lies in or is.
  func district(of region: String) -> String? {
    self.region(code: region).flatMap { district(ofRegion: $0) }.map { regions[$0].code }
  }
}
