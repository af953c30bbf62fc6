import Suggestions
import Testing

import Casework

/// Every legal and every illegal pair, from the table itself.
struct CaseLifecycleTests {
  static func row(_ action: CaseAction, _ state: CaseState, _ kind: Kind, _ track: Track, _ role: CaseRole)
    -> [CaseEdge]
  {
    CaseLifecycle.edges.filter { $0.action == action && $0.fits(state, kind, track) && $0.roles.contains(role) }
  }

  @Test func codesAreStable() {
    #expect(Set(CaseAction.allCases.map(\.code)).count == CaseAction.allCases.count)
    #expect(CaseAction.allCases.allSatisfy { CaseAction(code: $0.code) == $0 })
    #expect(CaseState.allCases.map(\.rawValue) == Array(0...9))
    #expect(
      CaseState.allCases.map(\.code) == [
        "pending", "rejected", "merged", "dispatched", "signed", "returned", "answered", "closed", "reopened",
        "archived",
      ])
    #expect(Set(CaseCondition.allCases.map(\.code)).count == CaseCondition.allCases.count)
    #expect(Set(CaseNeed.allCases.map(\.code)).count == CaseNeed.allCases.count)
  }

  @Test func everyActionAndConditionAndNeedIsInTheTable() {
    let edges = CaseLifecycle.edges
    #expect(Set(edges.map(\.action)) == Set(CaseAction.allCases))
    #expect(Set(edges.flatMap(\.conditions)) == Set(CaseCondition.allCases))
    #expect(Set(edges.flatMap(\.needs)) == Set(CaseNeed.allCases))
    #expect(edges.reduce(into: Set()) { $0.formUnion($1.roles) } == Set(CaseRole.allCases))
  }

  @Test(arguments: CaseAction.allCases) func everyPair(_ action: CaseAction) {
    var legal = 0
    for state in CaseState.allCases {
      for kind in Kind.allCases {
        for track in Track.allCases {
          for role in CaseRole.allCases {
            let rows = Self.row(action, state, kind, track, role)
            #expect(rows.count <= 1, "\(action) \(state) \(kind) \(track) \(role)")
            let actor = CaseSample.actor(role)
            let file = CaseSample.file(state, kind, track, for: rows.first, by: actor)
            let request = CaseRequest(action, at: CaseSample.now, details: CaseSample.details)
            let outcome = CaseLifecycle.outcome(of: request, on: file, by: actor, in: CaseSample.circumstances)
            if let row = rows.first {
              legal += 1
              expectAllowed(outcome, row, file, actor)
            } else {
              expectRefused(outcome, action, file, role)
            }
          }
        }
      }
    }
    #expect(legal > 0)
  }

  private func expectAllowed(
    _ outcome: Result<CaseStep, CaseRefusal>, _ row: CaseEdge, _ file: CaseFile, _ actor: CaseActor
  ) {
    guard case .success(let step) = outcome else {
      Issue.record("\(row.action) \(file.state) \(file.kind) \(actor.role): \(outcome)")
      return
    }
    let event = step.event
    #expect(event.before == file.state && event.number == file.version + 1 && event.actor == actor.name)
    switch row.target {
    case .state(let state): #expect(event.after == state)
    case .same: #expect(event.after == file.state)
    case .before: #expect(event.after == .pending)
    }
  }

  /// The refusal says what stands in the way first: state, kind, track, role.
  private func expectRefused(
    _ outcome: Result<CaseStep, CaseRefusal>, _ action: CaseAction, _ file: CaseFile, _ role: CaseRole
  ) {
    let rows = CaseLifecycle.edges.filter { $0.action == action }
    let here = rows.filter { $0.from.contains(file.state) }
    guard case .failure(let refusal) = outcome else {
      Issue.record("\(action) \(file.state) \(file.kind) \(role) is allowed")
      return
    }
    switch refusal {
    case .noEdge(let said, let from, let to, let allowed):
      #expect(here.isEmpty && said == action && from == file.state)
      #expect(Set(allowed) == rows.reduce(into: Set()) { $0.formUnion($1.from) } && !allowed.isEmpty)
      for row in rows { if case .state(let state) = row.target { #expect(to.contains(state)) } }
    case .kind(let said, let kind):
      #expect(said == action && kind == file.kind && !here.contains { $0.kinds.contains(kind) })
    case .track(let said, let track):
      #expect(said == action && !here.contains { $0.fits(file.state, file.kind, track) })
    case .role(let said, let had, let allowed):
      #expect(said == action && had == role && !allowed.contains(role) && !allowed.isEmpty)
    default: Issue.record("\(action) \(file.state) \(role): \(refusal)")
    }
  }

  @Test func eachNeedIsAskedFor() {
    for row in CaseLifecycle.edges {
      for state in row.from {
        guard let kind = row.kinds.first, let track = row.tracks.first, let role = row.roles.first else { continue }
        let actor = CaseSample.actor(role)
        let file = CaseSample.file(state, kind, track, for: row, by: actor)
        for need in row.needs {
          let request = CaseRequest(row.action, at: CaseSample.now, details: CaseSample.without(need))
          let outcome = CaseLifecycle.outcome(of: request, on: file, by: actor, in: CaseSample.circumstances)
          #expect(outcome == .failure(.missing([need])), "\(row.action) \(state)")
        }
      }
    }
  }

  @Test func eachConditionIsAskedFor() {
    for row in CaseLifecycle.edges {
      for state in row.from {
        guard let kind = row.kinds.first, let track = row.tracks.first,
          let role = row.roles.sorted(by: { $0.rawValue < $1.rawValue }).first
        else { continue }
        let actor = CaseSample.actor(role)
        for condition in row.conditions {
          var file = CaseSample.file(state, kind, track, for: row, by: actor)
          let isBroken = CaseSample.make(condition, false, of: &file, actor)
          let moment = isBroken ? CaseSample.now : CaseSample.now + 3601
          let request = CaseRequest(row.action, at: moment, details: CaseSample.details)
          let outcome = CaseLifecycle.outcome(of: request, on: file, by: actor, in: CaseSample.circumstances)
          #expect(outcome == .failure(.unmet([condition])), "\(row.action) \(state) \(condition): \(outcome)")
        }
      }
    }
  }

  @Test func missingThingsAreNamedAllAtOnce() {
    let actor = CaseSample.actor(.department)
    let file = CaseSample.file(.signed, .fault, .ordinary, for: nil, by: actor)
    let outcome = CaseLifecycle.outcome(
      of: CaseRequest(.sendBack, at: CaseSample.now), on: file, by: actor, in: CaseSample.circumstances)
    #expect(outcome == .failure(.missing([.reason, .basis, .proposedOwner])))
  }

  @Test func reachIsChecked() {
    var actor = CaseSample.actor(.moderator)
    let file = CaseFile(CaseSample.opening(.fault, .sensitive))
    let request = CaseRequest(.dispatch, at: CaseSample.now, details: CaseSample.details)
    func outcome() -> Result<CaseStep, CaseRefusal> {
      CaseLifecycle.outcome(of: request, on: file, by: actor, in: CaseSample.circumstances)
    }
    actor.tracks = [.ordinary]
    #expect(outcome() == .failure(.trackOutOfReach(.sensitive)))
    actor.tracks = [.ordinary, .sensitive]
    actor.regions = ["430724"]
    #expect(outcome() == .failure(.regionOutOfReach(CaseSample.regions)))
    actor.regions = ["430724", "430703"]
    #expect((try? outcome().get().state) == .dispatched)
  }

  /// From everywhere a case can get to the archive, whatever it is about.
  @Test func nothingIsADeadEnd() {
    for kind in Kind.allCases {
      for track in Track.allCases {
        var ends: Set<CaseState> = [.archived]
        var isGrowing = true
        while isGrowing {
          let more = CaseState.allCases.filter { state in
            !ends.contains(state)
              && CaseLifecycle.edges.contains { row in
                guard row.action != .undo, row.fits(state, kind, track) else { return false }
                if case .state(let next) = row.target { return ends.contains(next) }
                return row.target == .before && ends.contains(.pending)
              }
          }
          ends.formUnion(more)
          isGrowing = !more.isEmpty
        }
        #expect(ends == Set(CaseState.allCases), "\(kind) \(track)")
      }
    }
  }

  @Test func contributionsAreThankedForAndNothingElse() {
    let actor = CaseSample.actor(.moderator)
    let file = CaseFile(CaseSample.opening(.contribution))
    let dispatch = CaseRequest(.dispatch, at: CaseSample.now, details: CaseSample.details)
    let thank = CaseRequest(.thank, at: CaseSample.now, details: CaseSample.details)
    #expect(
      CaseLifecycle.outcome(of: dispatch, on: file, by: actor, in: CaseSample.circumstances)
        == .failure(.kind(.dispatch, .contribution)))
    #expect(
      (try? CaseLifecycle.outcome(of: thank, on: file, by: actor, in: CaseSample.circumstances).get().state) == .closed)
  }

  @Test func unitsHaveNoWaySideways() {
    let handing: Set<CaseAction> = [.dispatch, .adjudicate, .merge]
    let units: Set<CaseRole> = [.department, .departmentHead, .stationKeeper]
    for row in CaseLifecycle.edges where handing.contains(row.action) { #expect(row.roles.isDisjoint(with: units)) }
  }

  @Test func everyFlagProposesWhatTheTableAllows() {
    #expect(FlagProposal.all.map(\.flag) == FlagProposal.all.map(\.flag).sorted { order($0) < order($1) })
    for flag in ModerationFlag.allCases {
      #expect(FlagProposal.all.count { $0.flag == flag } == 1)
      guard let proposal = FlagProposal.of(flag) else { continue }
      for action in [proposal.action, proposal.otherwise].compactMap({ $0 }) {
        #expect(CaseLifecycle.edges.contains { $0.action == action && $0.fits(.pending, .fault, .ordinary) })
        if action == .reject { #expect(proposal.rejection != nil) }
      }
    }
  }

  private func order(_ flag: ModerationFlag) -> Int {
    FlagProposal.all.firstIndex { $0.flag == flag } ?? -1
  }
}
