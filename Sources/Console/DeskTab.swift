internal import Casework
internal import Store
internal import Suggestions

/// The parts of a unit's desk.
enum DeskTab: String, CaseIterable {
  case open, unsigned, soon, overdue, helping, approve, done

  func name(_ say: ConsoleLanguage) -> String {
    switch self {
    case .open: say("在办", "Open")
    case .unsigned: say("待签收", "To sign")
    case .soon: say("快到期", "Due soon")
    case .overdue: say("已超期", "Overdue")
    case .helping: say("协办", "Helping")
    case .approve: say("待审签", "To approve")
    case .done: say("已答复、办结", "Answered, done")
    }
  }

  /// What a unit has to do something about itself.
  static let working: Set<CaseState> = [.dispatched, .signed, .reopened]
  /// Seconds before it is due from which on something is due soon.
  static let nearness: Int64 = 86_400

  /// The cases of the tab; which answers wait for approval tells the store apart.
  func filter(_ handler: CaseHandler, _ scopes: [DeskScope], at now: Int64) -> DeskFilter {
    var filter = DeskFilter(handler: handler, states: DeskTab.working)
    filter.scopes = scopes
    filter.part = .lead
    switch self {
    case .open: break
    case .unsigned: filter.states = [.dispatched, .reopened]
    case .soon: (filter.dueFrom, filter.dueBy) = (now, now + DeskTab.nearness)
    case .overdue: filter.dueBy = now - 1
    case .helping: filter.part = .helping
    case .approve: filter.states = [.answered]
    case .done: (filter.states, filter.order) = ([.answered, .closed, .archived], .latest)
    }
    return filter
  }
}
