internal import Casework
internal import Store
internal import Suggestions

/// An order as its page shows it to who has the link: what was written, redacted, and by when; never who wrote it.
struct LinkedOrderValues {
  let order: LinkedOrder
  let detail: SuggestionDetail
  let visit: Visit

  private var names: Phrasebook { visit.names }

  /// Whether an answer without an outcome is refused.
  static func needsOutcome(_ file: CaseFile) -> Bool {
    CaseLifecycle.edges(of: .answer).contains { $0.kinds.contains(file.kind) && $0.needs.contains(.outcome) }
  }

  var value: [String: PageValue] {
    let file = order.file
    let first = detail.members.first
    return [
      "number": .text("\(detail.id)-\(order.ordinal)"), "unit": .text(names.handler(order.link.unit)),
      "title": .optional(first.flatMap { $0.title.isEmpty ? nil : $0.title }), "text": .text(first?.body ?? ""),
      "facts": .objects(facts) { ["name": .text($0.name), "value": .text($0.value)] },
      "dues": .objects(dues) {
        ["name": .text($0.name), "value": .text($0.value), "isProvisional": .flag($0.isProvisional)]
      },
      "hasDues": .flag(!dues.isEmpty),
      "urgency": .optional(file.urgency == .danger || file.urgency == .outage ? names.word(file.urgency.code) : nil),
      "instructions": .optional(order.event.details.text),
      "needsOutcome": .flag(LinkedOrderValues.needsOutcome(file)),
      "until": .text(visit.services.writers.deadline(order.link.expiresAt, visit.language)),
    ]
  }

  private var facts: [(name: String, value: String)] {
    let first = detail.members.first
    let address = first?.attributes.first { $0.name == Field.address.name }?.text
    let place = [names.region(order.file.regions.first), names.station(order.file.station), address]
      .compactMap(\.self).filter { !$0.isEmpty }
    let helpers = order.file.coHandlers.map(names.handler).joined(separator: visit.say("、", ", "))
    let support = detail.support > 1 ? visit.say("\(detail.support) 人", "\(detail.support) people") : nil
    let facts: [(String, String?)] = [
      (visit.say("地点", "Place"), place.isEmpty ? nil : place.joined(separator: " · ")),
      (visit.say("主题", "Topic"), names.topicPath(order.file.topic.isEmpty ? nil : order.file.topic)),
      (visit.say("写于", "Written"), first?.submittedAt.map(names.moment)),
      (visit.say("附议", "Support"), support),
      (visit.say("协办", "With"), helpers.isEmpty ? nil : helpers),
    ]
    return facts.compactMap { name, value in value.map { (name, $0) } }
  }

  /// The clocks that run for the unit, the first to end first.
  private var dues: [(name: String, value: String, isProvisional: Bool)] {
    let rules = visit.services.casework()
    let own: Set<ClockKind> = [.sign, .sendBack, .arrive, .resolve, .answer]
    return rules.clocks.readings(of: order.file, on: rules.calendar, asOf: visit.now)
      .filter { own.contains($0.rule.kind) && $0.stop == nil }
      .compactMap { reading in reading.due.map { (reading, $0) } }
      .sorted { $0.1 < $1.1 }
      .map { (names.clock($0.rule.kind), visit.services.writers.deadline($1, visit.language), $0.isProvisional) }
  }
}
