import ArgumentParser
import Foundation
import Rules
import Store
import Suggestions

/// A reviewer's word against the machine's, or for it. What is corrected here is what `rules learn --from decisions` reads.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "人工判定主题、类别、承办单位，机器不再改它 / a person decides topic, kind or department; the machine leaves it alone")
  @OptionGroup var common: CommonOptions
  @Argument(help: "编号或回执码 / a number or a receipt code") var id: String
  @Option(help: "主题编码 / topic, by code") var topic: String?
  @Option(help: "类别代码 / kind") var kind: String?
  @Option(help: "牵头单位编码，不给则随主题 / department that leads; follows from the topic unless given") var lead: String?
  @Option(help: "谁 / who") var actor: String = NSUserName()
  @Option(help: "为什么 / why") var reason: String

  func validate() throws {
    guard topic != nil || kind != nil || lead != nil else {
      throw ValidationError("请给出 --topic、--kind 或 --lead / give --topic, --kind or --lead")
    }
  }

  func run() throws {
    let messages = common.messages
    let book = try common.loadBook()
    let store = try common.openStore(.existing)
    let act = try StaffAct.of(actor: actor, reason: reason, messages)
    let found = try common.onStore { () throws(StoreFault) in try store.suggestion(id: id, members: 1, names: .standard) }
    guard let detail = found else { throw Outcome.findings(messages.noSuggestion(id)) }
    let correction = try correction(of: detail, book)
    let isDone = try common.onStore { () throws(StoreFault) in
      try store.correct(detail.id, seen: detail.version, correction, act: act)
    }
    guard isDone else {
      throw Outcome.findings(
        messages("事项 \(detail.id) 刚被别人改过，请再看一眼。", "suggestion \(detail.id) was changed by somebody else meanwhile; look again."))
    }
    if common.json {
      common.printJSON {
        $0.field("id", detail.id)
        $0.field("topic", correction.topic ?? detail.topic)
        $0.field("kind", correction.kind?.code ?? detail.kind)
        $0.field("lead", correction.lead?.code ?? detail.lead)
      }
    } else {
      common.note(messages("已记下事项 \(detail.id) 的人工判定。", "decision on suggestion \(detail.id) recorded."))
    }
  }

  private func correction(of detail: SuggestionDetail, _ book: RuleBook) throws -> Correction {
    let topicIndex = try topic.map { try known($0, book.topic(code: $0), "--topic") }
    let kindWord = try kind.map { code in try known(code, Kind.allCases.first { $0.code == code }, "--kind") }
    var correction = Correction(topic: topicIndex.map { book.topics[$0].code }, kind: kindWord)
    let route = book.route(
      topic: topicIndex ?? detail.topic.flatMap { book.topic(code: $0) },
      region: detail.region.flatMap { book.region(code: $0) },
      kind: kindWord ?? Kind.allCases.first { $0.code == detail.kind } ?? .other)
    if let lead {
      let department = try known(lead, book.department(code: lead), "--lead")
      // The tier the route would act on, unless the department has no counterpart in districts.
      let tier = book.departments[department].districtPattern == nil ? book.departments[department].tier : route.tier
      correction.lead = Correction.Lead(code: lead, tier: number(of: tier), isChosen: true)
    } else if correction.topic != nil || correction.kind != nil {
      correction.lead = Correction.Lead(
        code: book.departments[route.lead].code, tier: number(of: route.tier), isChosen: false)
    }
    return correction
  }

  private func number(of tier: Tier) -> Int { Tier.allCases.firstIndex(of: tier) ?? 0 }

  private func known<Value>(_ text: String, _ value: Value?, _ option: String) throws -> Value {
    guard let value else {
      throw ValidationError(common.messages("\(option) 不认识 \(text)", "\(option) does not know \(text)"))
    }
    return value
  }
}
