import Casework
import Store
import Suggestions
import Testing

/// The transition table, said again in SQL, says the same.
@Suite struct CaseTablesTests {
  private func sample() throws -> SampleStore {
    let sample = try SampleStore.small()
    let claim = CaseRequest(.note, at: 1_750_100_000, details: CaseDetails { $0.text = "看过" })
    let actor = CaseActor(name: "周敏", role: .moderator)
    _ = try sample.store.act(claim, on: 1, by: actor, under: CaseworkRules()).get()
    return sample
  }

  @Test func theDatabaseAllowsTheStepsOfTheTableAndNoOthers() throws {
    let sample = try sample()
    var steps: Set<[CaseState]> = []
    for edge in CaseLifecycle.edges {
      guard case .state(let target) = edge.target else { continue }
      for state in edge.from { steps.insert([state, target]) }
    }
    for before in CaseState.allCases {
      for after in CaseState.allCases where before != after {
        let sql = "UPDATE case_file SET action = 45, was = \(before.rawValue), state = \(after.rawValue)"
        let isAllowed = (try? sample.tamper(sql)) != nil
        #expect(isAllowed == steps.contains([before, after]), "\(before.code) to \(after.code)")
      }
    }
  }

  @Test func onlyGoingBackJoinsAnyTwoStates() throws {
    let sample = try sample()
    for action in CaseAction.allCases {
      let goesBack = CaseLifecycle.edges(of: action).contains { $0.target == .before }
      let sql = "UPDATE case_file SET action = \(action.rawValue), was = 9, state = 3"
      #expect(((try? sample.tamper(sql)) != nil) == goesBack, "\(action.code)")
    }
  }

  @Test(arguments: [
    "UPDATE suggestion SET state = 10 WHERE id = 1", "UPDATE suggestion SET state = 2 WHERE id = 1",
    "UPDATE suggestion SET merged_into = 2 WHERE id = 1", "UPDATE case_file SET version = 0",
  ])
  func statesThatCannotBeAreRefused(_ sql: String) throws {
    let sample = try sample()
    #expect(throws: StoreFault.self) { try sample.tamper(sql) }
  }
}
