import Casework
import Foundation
import Suggestions
import TestSupport
import Testing

/// Random operations against a model that knows nothing but the table's rows and remembers every file it saw.
///
/// 40,000 operations in the suite; `GOLDEN_IDEAS_OPERATIONS=1000000` makes it a million.
@Suite struct CaseModelTests {
  static let operations = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_OPERATIONS"].flatMap { Int($0) } ?? 40_000

  @Test func noOperationLeadsAstray() throws {
    var generator = SeededGenerator(2026)
    var world = try World(&generator)
    for _ in 0..<CaseModelTests.operations {
      try world.operate(&generator)
      if world.history.events.count >= 60 { world = try World(&generator, counts: world.counts) }
    }
    // Both ways were really walked, and back.
    #expect(world.counts.done > CaseModelTests.operations / 20)
    #expect(world.counts.refused > CaseModelTests.operations / 20)
    #expect(world.counts.undone > CaseModelTests.operations / 500)
    #expect(world.counts.states == Set(CaseState.allCases))
  }

  struct Counts {
    var done = 0
    var refused = 0
    var undone = 0
    var states: Set<CaseState> = []
  }

  /// One case and its model: the files it had, to go back to.
  struct World {
    var history: CaseHistory
    var file: CaseFile
    /// Before each decision that stands, the newest last.
    var earlier: [CaseFile] = []
    var moment = CaseSample.now
    var counts: Counts

    init(_ generator: inout SeededGenerator, counts: Counts = Counts()) throws {
      let opening = CaseSample.opening(
        generator.element(of: Kind.allCases), generator.below(5) == 0 ? .sensitive : .ordinary)
      history = CaseHistory(opening)
      file = try history.file()
      self.counts = counts
    }

    mutating func operate(_ generator: inout SeededGenerator) throws {
      moment += [0, 30, 600, 7_200, 90_000][generator.below(5)]
      let role = generator.element(of: CaseRole.allCases)
      let actor = CaseSample.actor(role, name: "actor-\(generator.below(3))", handler: generator.below(4) == 0 ? CaseSample.power : nil)
      let circumstances = CaseCircumstances(limits: CaseLimits(approval: generator.below(3) == 0 ? .all : .none))
      var details = CaseSample.details
      if generator.below(6) == 0 { details = CaseSample.without(generator.element(of: CaseNeed.allCases)) }
      if generator.below(3) == 0 { details.handler = CaseSample.power }
      details.until = moment + 600
      details.undoes = file.lastDecision?.number
      let offered = CaseLifecycle.actions(on: file, by: actor, at: moment, in: circumstances)
      let action = offered.isEmpty || generator.below(4) == 0
        ? generator.element(of: CaseAction.allCases) : generator.element(of: offered).action
      let rows = CaseLifecycle.edges.filter {
        $0.action == action && $0.fits(file.state, file.kind, file.track) && $0.roles.contains(role)
      }
      let request = CaseRequest(action, at: moment, details: details)
      switch CaseLifecycle.outcome(of: request, on: file, by: actor, in: circumstances) {
      case .failure(let refusal):
        counts.refused += 1
        if let row = rows.first, row.conditions.isEmpty, row.needs.allSatisfy({ $0.isMet(by: details) }) {
          Issue.record("\(action.code) from \(file.state.code) by \(role.code) is in the table: \(refusal)")
        }
      case .success(let step):
        let row = try #require(rows.first, "\(action.code) from \(file.state.code) by \(role.code) is not in the table")
        #expect(rows.count == 1)
        #expect(row.needs.allSatisfy { $0.isMet(by: details) })
        try take(step.event, row)
      }
    }

    private mutating func take(_ event: CaseEvent, _ row: CaseEdge) throws {
      counts.done += 1
      history.append(event)
      let after = try history.file()
      #expect(event.number == history.events.count && event.before == file.state)
      #expect(after.state == event.after && after.version == history.events.count)
      if case .state(let state) = row.target { #expect(after.state == state) }
      if row.target == .same { #expect(after.state == file.state) }
      if event.action == .undo {
        counts.undone += 1
        let last = earlier.popLast()
        var expected = try #require(last)
        expected.version = after.version
        #expect(after == expected, "undo of \(event.details.undoes ?? 0) leaves a trace")
      } else if event.action != .note {
        earlier.append(file)
      } else {
        var expected = file
        expected.version = after.version
        #expect(after == expected, "a note changes something")
      }
      // Kept for a reader of the same events who comes later.
      #expect(try CaseHistory(history.opening, events: history.events).file() == after)
      file = after
      counts.states.insert(after.state)
    }
  }
}
