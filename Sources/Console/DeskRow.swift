internal import Casework
internal import Store
internal import Suggestions

/// A case as a row of a desk.
struct DeskRow {
  let item: DeskItem
  let visit: Visit
  /// Where a form that is opened from the row comes back to.
  let next: String
  /// Whose desk it is, where it is one unit's; its own name need not stand in every row.
  var desk: CaseHandler?

  private var names: Phrasebook { visit.names }

  var value: [String: PageValue] {
    let steps = steps
    return [
      "id": .number(item.id), "address": .text("/cases/\(item.id)"), "version": .number(item.version),
      "title": .text(item.title.isEmpty ? item.excerpt : item.title),
      "excerpt": .text(item.title.isEmpty ? "" : item.excerpt),
      "hasExcerpt": .flag(!item.title.isEmpty && !item.excerpt.isEmpty),
      "state": .text(names.word(item.state.code)), "kind": .text(names.word(item.kind)),
      "isUrgent": .flag(isUrgent), "urgency": .text(names.word(item.urgency)),
      "isSensitive": .flag(item.track == .sensitive), "topic": .optional(names.topic(item.topic)),
      "place": .optional(names.region(item.region)),
      "unit": .optional(item.handler == desk ? nil : item.handler.map(names.handler)),
      "due": due, "isReturned": .flag(item.returns > 0),
      "returns": .text(visit.say("退单 \(item.returns) 次", "returned \(item.returns) ×")),
      "isAgain": .flag(item.round > 0), "round": .text(visit.say("第 \(item.round) 次重办", "reopened \(item.round) ×")),
      "isSupervised": .flag(item.isSupervised), "hasSupport": .flag(item.support > 1), "support": .number(item.support),
      "isUnsigned": .flag(item.state == .dispatched || item.state == .reopened),
      "hasSteps": .flag(!steps.isEmpty),
      "steps": .objects(steps) { step in
        [
          "name": .text(names.act(step)), "id": .number(item.id),
          "address": .text("/cases/\(item.id)/acts/\(step.code)?next=" + FormFields.encoded(next)),
        ]
      },
    ]
  }

  private var isUrgent: Bool { item.urgency == Urgency.danger.code || item.urgency == Urgency.outage.code }

  /// When something is due, and how near that is.
  private var due: PageValue {
    // After its answer the clocks that run are the platform's.
    guard let due = item.nextDue, desk == nil || DeskTab.working.contains(item.state) else { return false }
    let span = visit.services.desks.words(visit.language).span(abs(due - visit.now))
    let isOverdue = due < visit.now
    return [
      "at": .text(names.moment(due)), "isOverdue": .flag(isOverdue),
      "isSoon": .flag(!isOverdue && due - visit.now <= DeskTab.nearness),
      "left": .text(isOverdue ? visit.say("超期 \(span)", "\(span) overdue") : visit.say("还剩 \(span)", "\(span) left")),
      "isProvisional": .flag(item.isProvisional),
    ]
  }

  /// What ordinarily comes next; everything else is on the page of the case.
  private var steps: [CaseAction] {
    let own = visit.visitor.actors.filter { $0.handler != nil && $0.handler == item.handler }
    if own.isEmpty {
      let helps = visit.visitor.actors.contains { $0.handler != nil }
      return helps && DeskTab.working.contains(item.state) ? [.assist] : []
    }
    switch item.state {
    case .dispatched: return [.sendBack]
    case .signed:
      let isMended = CaseLifecycle.edges(of: .resolve).contains { $0.kinds.contains { $0.code == item.kind } }
      return (isMended ? [.answer, .resolve] : [.answer]) + [.askExtension]
    case .answered where own.contains { $0.role == .departmentHead }: return [.approve, .refuseAnswer]
    default: return []
    }
  }
}
