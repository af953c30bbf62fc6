import Suggestions
import TestSupport
import Testing

import Casework

/// Whatever people do in whatever order, the history says where the case stands.
struct CaseFoldTests {
  /// Takes random acts of those offered.
  struct Walk {
    var generator: SeededGenerator
    var history: CaseHistory
    var moment: Int64 = CaseSample.now
    let circumstances = CaseCircumstances(limits: CaseLimits())

    init(_ seed: UInt64) {
      generator = SeededGenerator(seed)
      let kind = generator.element(of: Kind.allCases)
      let track = generator.element(of: Track.allCases)
      history = CaseHistory(CaseSample.opening(kind, track))
    }

    /// The act taken, with the case before it; nil when the chosen role has nothing to do.
    mutating func step() throws -> (before: CaseFile, event: CaseEvent)? {
      moment += Int64(generator.below(900))
      let file = try history.file()
      let role = generator.element(of: CaseRole.allCases)
      let actor = CaseSample.actor(role, handler: generator.below(4) == 0 ? nil : file.handler)
      let offers = CaseLifecycle.actions(on: file, by: actor, at: moment, in: circumstances)
      guard !offers.isEmpty else { return nil }
      let action = generator.element(of: offers).action
      var details = CaseSample.details
      details.handler = generator.element(of: [CaseSample.housing, CaseSample.power, CaseSample.station])
      details.coHandlers = [CaseSample.station]
      details.kind = action == .correct ? generator.element(of: Kind.allCases) : nil
      details.undoes = file.lastDecision?.number
      let request = CaseRequest(action, at: moment, details: details)
      switch CaseLifecycle.outcome(of: request, on: file, by: actor, in: circumstances) {
      case .success(let step):
        history.append(step.event)
        return (file, step.event)
      case .failure(let refusal):
        // Only what the details choose may still stand in the way of an act that was offered.
        #expect(refusal == .unmet([.isNotReturnedByHandler]), "\(action) \(file.state) \(role) \(refusal)")
        return nil
      }
    }
  }

  @Test(arguments: 0..<40) func randomHistoriesReplay(_ seed: UInt64) throws {
    var walk = Walk(seed)
    var states: Set<CaseState> = []
    for _ in 0..<150 {
      guard let (before, event) = try walk.step() else { continue }
      let after = try walk.history.file()
      #expect(after.state == event.after && after.version == walk.history.events.count)
      states.insert(after.state)
      #expect(after.pauses.count { $0.until == nil } <= 1)
      #expect(after.isSupervised == before.isSupervised || [.supervise, .endSupervision, .undo].contains(event.action))
      #expect(after.hops >= before.hops || event.action == .undo)
      if event.action.isUndoable { try undoRestores(walk, before, event) }
    }
    #expect(try CaseHistory(walk.history.opening, events: walk.history.events).file() == walk.history.file())
    #expect(states.count > 1)
  }

  private func undoRestores(_ walk: Walk, _ before: CaseFile, _ event: CaseEvent) throws {
    var history = walk.history
    let file = try history.file()
    var actor = CaseSample.actor(.lead)
    actor.name = "the lead"
    let request = CaseRequest(
      .undo, at: event.at + 1,
      details: CaseDetails {
        $0.undoes = event.number
        $0.reason = "看错"
      })
    let step = try CaseLifecycle.outcome(of: request, on: file, by: actor, in: walk.circumstances).get()
    history.append(step.event)
    var after = try history.file()
    after.version = before.version
    #expect(after == before, "\(event.action)")
  }

  /// All states are reached by people alone.
  @Test func everyStateIsReached() throws {
    var states: Set<CaseState> = []
    for seed in 100..<160 as Range<UInt64> {
      var walk = Walk(seed)
      for _ in 0..<80 { if let (_, event) = try walk.step() { states.insert(event.after) } }
    }
    #expect(states == Set(CaseState.allCases))
  }
}
