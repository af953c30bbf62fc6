import ArgumentParser
import Casework
import Foundation
import Rules
import Store
import Suggestions

/// A reviewer's word against the machine's, or for it. What is corrected here is what `rules learn --from decisions` reads.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "人工判定主题、类别、承办单位、地点、紧急程度，机器不再改它 / a person decides topic, kind, department, place or urgency; the machine leaves it alone")
  @OptionGroup var common: CommonOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Option(help: "主题编码 / topic, by code") var topic: String?
  @Option(help: "类别代码 / kind") var kind: String?
  @Option(help: "牵头单位编码，不给则随主题 / department that leads; follows from the topic unless given") var lead: String?
  @Option(help: "区划编码 / region, by code") var region: String?
  @Option(help: "紧急程度 / urgency: idea ordinary outage danger") var urgency: String?
  @Option(help: "谁 / who") var actor: String = NSUserName()
  @Option(help: "为什么 / why") var reason: String

  func validate() throws {
    guard [topic, kind, lead, region, urgency].contains(where: { $0 != nil }) else {
      throw ValidationError("请给出 --topic、--kind、--lead、--region 或 --urgency / give --topic, --kind, --lead, --region or --urgency")
    }
  }

  func run() throws {
    let messages = common.messages
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let found = try common.onStore { () throws(StoreFault) in try store.suggestion(id: id, members: 1, names: .standard) }
    guard let detail = found else { throw Outcome.findings(messages.noSuggestion(id)) }
    var details = try correction(of: detail, book)
    details.reason = act.reason
    let request = CaseRequest(.correct, at: act.at, details: details)
    let rules = try common.caseworkRules(book)
    let outcome = try common.onStore { () throws(StoreFault) in
      try store.act(request, on: detail.id, by: act.moderator, under: rules)
    }
    if case .failure(let refusal) = outcome { throw Outcome.findings(messages.refusal(refusal)) }
    if common.json {
      common.printJSON {
        $0.field("id", detail.id)
        $0.field("topic", details.topic ?? detail.topic)
        $0.field("kind", details.kind?.code ?? detail.kind)
        $0.field("lead", details.lead?.unit ?? detail.lead)
        $0.field("urgency", details.urgency?.code ?? detail.urgency)
        $0.field("region", details.regions?.first ?? detail.region)
      }
    } else {
      common.note(messages("已记下事项 \(detail.id) 的人工判定。", "decision on suggestion \(detail.id) recorded."))
    }
  }

  private func correction(of detail: SuggestionDetail, _ book: RuleBook) throws -> CaseDetails {
    let topicIndex = try topic.map { try known($0, book.topic(code: $0), "--topic") }
    let kindWord = try kind.map { code in try known(code, Kind.allCases.first { $0.code == code }, "--kind") }
    let regionIndex = try region.map { try known($0, book.region(code: $0), "--region") }
    var details = CaseDetails()
    details.topic = topicIndex.map { book.topics[$0].code }
    details.kind = kindWord
    details.regions = try region.map { try common.caseworkRules(book).regionPath($0) }
    details.urgency = try urgency.map { code in
      try known(code, Urgency.allCases.first { $0.code == code }, "--urgency")
    }
    let route = book.route(
      topic: topicIndex ?? detail.topic.flatMap { book.topic(code: $0) },
      region: regionIndex ?? detail.region.flatMap { book.region(code: $0) },
      kind: kindWord ?? Kind.allCases.first { $0.code == detail.kind } ?? .other)
    if let lead {
      let department = try known(lead, book.department(code: lead), "--lead")
      // The tier the route would act on, unless the department has no counterpart in districts.
      let tier = book.departments[department].districtPattern == nil ? book.departments[department].tier : route.tier
      details.lead = CaseLead(unit: lead, tier: number(of: tier), isChosen: true)
    } else if details.topic != nil || details.kind != nil || details.regions != nil {
      details.lead = CaseLead(unit: book.departments[route.lead].code, tier: number(of: route.tier), isChosen: false)
    }
    return details
  }

  private func number(of tier: Tier) -> Int { Tier.allCases.firstIndex(of: tier) ?? 0 }

  private func known<Value>(_ text: String, _ value: Value?, _ option: String) throws -> Value {
    guard let value else {
      throw ValidationError(common.messages("\(option) 不认识 \(text)", "\(option) does not know \(text)"))
    }
    return value
  }
}
