internal import Casework
internal import Store
internal import Suggestions

/// The parts of what is supervised.
enum SupervisionTab: String, CaseIterable {
  case far, overdue, soon, returned, supervised, open

  func name(_ say: ConsoleLanguage) -> String {
    switch self {
    case .far: say("久超期", "Far overdue")
    case .overdue: say("已超期", "Overdue")
    case .soon: say("快到期", "Due soon")
    case .returned: say("退单待派", "Returned")
    case .supervised: say("督办中", "Supervised")
    case .open: say("全部在办", "All open")
    }
  }

  /// - Parameter unit: whose alone; nil for everybody's.
  func filter(_ unit: CaseHandler?, _ scopes: [DeskScope], _ moments: DeskMoments) -> DeskFilter {
    var filter = DeskFilter(handler: unit)
    filter.part = .lead
    filter.scopes = scopes
    switch self {
    case .far: filter.dueBy = moments.far - 1
    case .overdue: filter.dueBy = moments.now - 1
    case .soon: (filter.dueFrom, filter.dueBy) = (moments.now, moments.soon)
    case .returned: filter.states = [.returned]
    case .supervised:
      filter.isSupervised = true
      // 督办 goes on until somebody ends it, closed or not.
      filter.states = DeskFilter.open.union([.pending, .closed])
    case .open: break
    }
    return filter
  }

  func count(_ tallies: [DeskTally]) -> Int? {
    switch self {
    case .far: tallies.reduce(0) { $0 + $1.farOverdue }
    case .overdue: tallies.reduce(0) { $0 + $1.overdue }
    case .soon: tallies.reduce(0) { $0 + $1.soon }
    case .returned: tallies.first { $0.handler == nil }?.cases ?? 0
    case .supervised: nil
    case .open: tallies.reduce(0) { $0 + $1.cases }
    }
  }
}
