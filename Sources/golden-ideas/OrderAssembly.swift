import Casework
import Rules
import Store
import Suggestions

/// 承办通知单 put together from a case, for the command line as for the console.
struct OrderAssembly {
  let book: RuleBook
  let language: Language
  let rules: CaseworkRules

  private var messages: Messages { Messages(language: language) }

  /// Nil where nobody has an order.
  ///
  /// - Parameter moment: as of when its clocks are read; seconds since 1970.
  func order(on detail: SuggestionDetail, _ history: CaseHistory, asOf moment: Int64) -> DispatchOrder? {
    guard let file = try? history.file(), let text = detail.members.first,
      let (event, ordinal, unit) = try? history.standingOrder()
    else { return nil }
    let names = BookNames(book: book, language: language)
    var order = DispatchOrder(
      number: detail.id, orderedAt: event.at, unit: names.handler(unit), urgency: file.urgency, title: text.title,
      text: text.body)
    order.ordinal = ordinal
    order.coHandlers = file.coHandlers.map(names.handler)
    order.topic = names.topicPath(file.topic.isEmpty ? nil : file.topic)
    let place = [names.region(file.regions.first), names.station(file.station)].compactMap(\.self)
    order.place = place.isEmpty ? nil : place.joined(separator: " · ")
    order.address = text.attributes.first { $0.name == Field.address.name }?.text
    order.submittedAt = text.submittedAt
    order.support = detail.support
    order.instructions = event.details.text
    order.dues = dues(of: file, asOf: moment)
    return order
  }

  /// What was released for an order: how to reach the writer, and the doors the text names. Opening it is an act of the
  /// history, which is written before anything is shown.
  func contact(of number: Int, by act: StaffAct, in store: SuggestionStore) throws(StoreFault) -> String? {
    guard let opened = try store.received(submission: number, by: act) else { return nil }
    var lines = opened.contacts.map { messages.contact($0.field) + messages("：", ": ") + $0.text }
    let doors = ReceivedText(opened.bytes).doorNumbers
    if !doors.isEmpty { lines.append(messages("门牌号：", "door: ") + doors.joined(separator: messages("、", ", "))) }
    return lines.isEmpty ? messages("来件人没有留联系方式。", "The writer left no contact.") : lines.joined(separator: "\n")
  }

  /// The clocks that run for the unit, the first to end first.
  private func dues(of file: CaseFile, asOf moment: Int64) -> [DispatchOrder.Due] {
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: moment)
    let names: [(ClockKind, String)] = [
      (.sign, messages("签收", "Sign")), (.sendBack, messages("退单", "Return, at the latest")),
      (.arrive, messages("到场", "Be there")), (.resolve, messages("处置", "Put it right")),
      (.answer, messages("答复", "Answer")),
    ]
    return names.compactMap { kind, name in
      guard let reading = readings.first(where: { $0.rule.kind == kind }), reading.stop == nil, let due = reading.due
      else { return nil }
      return DispatchOrder.Due(name, by: due, isProvisional: reading.isProvisional)
    }.sorted { $0.by < $1.by }
  }
}
