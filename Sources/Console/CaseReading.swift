internal import Casework
internal import Store

/// One case as a page about it needs it, read in one go.
struct CaseReading: Sendable {
  var detail: SuggestionDetail
  var history: CaseHistory
  var file: CaseFile
  var clocks: [ClockReading]
  /// By number of the submission.
  var reasons: [Int: Reasons]
  var proposed: CaseHandler?
  /// What the visitor may do now, each with what it needs.
  var acts: [(action: CaseAction, needs: [CaseNeed])]
  var limits: CaseLimits
  /// Of what it was split out of and what was split out of it, what the visitor may open.
  var openKin: Set<Int>

  /// How many submissions of a case a page shows with their reasons.
  static let most = 20

  /// Nil where there is no such suggestion, or none the visitor may see.
  ///
  /// - Parameter history: what was read of it for this visit already; nil where it may have changed since.
  init?(_ id: Int, _ visit: Visit, knowing history: CaseHistory? = nil) async throws {
    let (services, language, actors, now) = (visit.services, visit.language, visit.visitor.actors, visit.now)
    let rules = services.casework()
    typealias Read = (SuggestionDetail, CaseHistory, [Int: Reasons], Set<Int>)
    let read = try await visit.pool.read { store throws(StoreFault) -> Read? in
      let known: CaseHistory? =
        if let history { history } else { try store.caseHistory(of: id, regionPath: rules.regionPath) }
      guard let history = known,
        let detail = try store.suggestion(id: String(id), members: CaseReading.most, names: services.codeNames, withEvents: false)
      else { return nil }
      var reasons: [Int: Reasons] = [:]
      for member in detail.members.prefix(1) where member.duplicate != "exact" || member.number == id {
        reasons[member.number] = try services.explain(store, member.number, language)
      }
      var openKin: Set<Int> = []
      for kin in [detail.splitFrom].compactMap(\.self) + detail.parts.map(\.id) {
        let outline = try store.caseHistory(of: kin, regionPath: rules.regionPath).flatMap { try? $0.outline() }
        if let outline, actors.maySee(outline) { openKin.insert(kin) }
      }
      return (detail, history, reasons, openKin)
    }
    guard let (detail, history, reasons, openKin) = read, actors.maySee(try history.outline()) else { return nil }
    self.detail = detail
    self.history = history
    self.reasons = reasons
    self.openKin = openKin
    file = try history.file()
    clocks = rules.clocks.readings(of: file, on: rules.calendar, asOf: now)
    proposed = services.proposed(detail)
    limits = rules.limits
    acts = CaseReading.acts(on: file, by: actors, at: now, limits: rules.limits, clocks: clocks)
  }

  /// Union over the capacities of one person.
  static func acts(
    on file: CaseFile, by actors: [CaseActor], at moment: Int64, limits: CaseLimits, clocks: [ClockReading]
  ) -> [(action: CaseAction, needs: [CaseNeed])] {
    func due(_ kind: ClockKind) -> Int64? { clocks.first { $0.rule.kind == kind && $0.stop == nil }?.due }
    let circumstances = CaseCircumstances(limits: limits, returnDue: due(.sendBack), answerDue: due(.answer))
    var found: [(action: CaseAction, needs: [CaseNeed])] = []
    for actor in actors {
      for act in CaseLifecycle.actions(on: file, by: actor, at: moment, in: circumstances)
      where !found.contains(where: { $0.action == act.action }) { found.append(act) }
    }
    return found.sorted { $0.action.rawValue < $1.action.rawValue }
  }

  func may(_ action: CaseAction) -> Bool { acts.contains { $0.action == action } }

  /// The version somebody who looks now has seen.
  var version: Int { history.events.count }

  /// The last decision, where the visitor may take it back.
  var undoable: CaseEvent? { may(.undo) ? file.lastDecision : nil }
}
