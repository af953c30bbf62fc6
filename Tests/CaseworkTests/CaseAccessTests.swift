import Suggestions
import Testing

import Casework

/// Who sees what: every role on every track, in every state, near and far, their own and others'.
struct CaseAccessTests {
  /// How a case stands to the actor.
  enum Ownership: CaseIterable {
    case handles, coHandles, handledBefore, ofStation, others
  }

  static let district = CaseHandler(unit: "housing", district: "430703")
  static let station = CaseHandler(unit: "dingcheng-jiangnan", isStation: true)

  static func handler(_ role: CaseRole) -> CaseHandler? {
    switch role {
    case .department, .departmentHead: district
    case .stationKeeper: station
    default: nil
    }
  }

  static func outline(
    _ track: Track, _ state: CaseState, _ ownership: Ownership, of own: CaseHandler?
  ) -> CaseOutline {
    var file = CaseFile(CaseSample.opening(.fault, track))
    file.state = state
    file.station = ownership == .ofStation ? station.unit : "another-station"
    // The city's office of the same department is somebody else.
    file.handler = CaseHandler(unit: "housing")
    var earlier: Set<CaseHandler> = []
    switch ownership {
    case .handles: file.handler = own ?? file.handler
    case .coHandles: file.coHandlers = [own].compactMap(\.self)
    case .handledBefore: earlier = Set([own].compactMap(\.self))
    case .ofStation, .others: break
    }
    return CaseOutline(file, earlier: earlier)
  }

  /// Said again in other words, role by role.
  static func expected(
    _ role: CaseRole, _ track: Track, _ state: CaseState, _ ownership: Ownership, isNear: Bool
  ) -> Bool {
    guard isNear else { return false }
    switch role {
    case .moderator, .lead, .supervisor: return true
    case .department, .departmentHead: return [.handles, .coHandles, .handledBefore].contains(ownership)
    case .stationKeeper: return track == .ordinary && ownership != .others
    case .reporter:
      return track == .ordinary && [.dispatched, .signed, .answered, .reopened].contains(state)
    case .publisher: return track == .ordinary && (state == .closed || state == .archived)
    case .administrator: return track == .ordinary
    case .writer, .system: return false
    }
  }

  @Test(arguments: CaseRole.allCases) func everyRole(_ role: CaseRole) {
    let own = Self.handler(role)
    for track in Track.allCases {
      for state in CaseState.allCases {
        for ownership in Ownership.allCases {
          let outline = Self.outline(track, state, ownership, of: own)
          for (regions, isNear) in [([], true), (["430703"], true), (["430702"], false)] as [(Set<String>, Bool)] {
            let actor = CaseActor(
              name: "someone", role: role, regions: regions, tracks: Set(Track.allCases), handler: own)
            #expect(
              [actor].maySee(outline) == Self.expected(role, track, state, ownership, isNear: isNear),
              "\(role) \(track) \(state) \(ownership) \(regions)")
            var narrow = actor
            narrow.tracks = [track == .ordinary ? .sensitive : .ordinary]
            #expect(![narrow].maySee(outline), "\(role) \(track) on the other track")
          }
        }
      }
    }
  }

  @Test func everyRoleHasOneRow() {
    #expect(AccessRule.all.map(\.role) == CaseRole.allCases)
  }

  /// Who may do something to a case sees it; notes and undoing follow what is seen.
  @Test func nobodyActsOnWhatTheyNeverSee() {
    for edge in CaseLifecycle.edges where edge.action != .note && edge.action != .undo {
      for role in edge.roles where role != .writer && role != .system {
        let rule = AccessRule.of(role)
        #expect(!rule.tracks.isDisjoint(with: edge.tracks), "\(edge.action) \(role)")
        for state in edge.from where edge.from.count < CaseState.allCases.count {
          #expect(rule.states.contains(state), "\(edge.action) \(role) \(state)")
        }
      }
    }
  }

  @Test func contactsAreThePlatforms() {
    let outline = Self.outline(.sensitive, .pending, .others, of: nil)
    for role in CaseRole.allCases {
      let actor = CaseActor(name: "a", role: role, tracks: Set(Track.allCases), handler: Self.handler(role))
      #expect([actor].mayOpenContacts(of: outline) == (role == .moderator || role == .lead), "\(role)")
    }
    let far = CaseActor(name: "a", role: .lead, regions: ["430702"], tracks: Set(Track.allCases))
    #expect(![far].mayOpenContacts(of: outline))
  }

  /// A capacity lends nothing to another: a publisher who is also a keeper reads no open case elsewhere.
  @Test func rolesAddUpCaseByCase() {
    let actors = [
      CaseActor(name: "a", role: .publisher), CaseActor(name: "a", role: .stationKeeper, handler: Self.station),
    ]
    #expect(actors.maySee(Self.outline(.ordinary, .closed, .others, of: nil)))
    #expect(actors.maySee(Self.outline(.ordinary, .signed, .ofStation, of: nil)))
    #expect(!actors.maySee(Self.outline(.ordinary, .signed, .others, of: nil)))
    #expect(![CaseActor]().maySee(Self.outline(.ordinary, .closed, .others, of: nil)))
  }

  /// A keeper's station is no department of the same code, nor the reverse.
  @Test func aStationIsNoDepartment() {
    let file = CaseOutline(track: .ordinary, station: "x", handlers: [CaseHandler(unit: "x")], state: .signed)
    let unit = CaseActor(name: "a", role: .department, handler: CaseHandler(unit: "x"))
    let keeper = CaseActor(name: "a", role: .stationKeeper, handler: CaseHandler(unit: "x", isStation: true))
    let other = CaseActor(name: "a", role: .department, handler: CaseHandler(unit: "x", isStation: true))
    #expect(AccessRule.refusal(of: file, to: unit) == nil)
    #expect(AccessRule.refusal(of: file, to: keeper) == nil)
    #expect(AccessRule.refusal(of: file, to: other) == .others)
    #expect(AccessRule.refusal(of: file, to: CaseActor(name: "a", role: .department)) == .others)
  }

  @Test func theHistoryTellsWhoHadIt() throws {
    var history = CaseHistory(CaseSample.opening())
    let lead = CaseSample.actor(.lead)
    func act(_ action: CaseAction, by actor: CaseActor, _ details: CaseDetails = CaseSample.details) throws {
      let file = try history.file()
      let request = CaseRequest(action, at: CaseSample.now + Int64(file.version), details: details)
      let step = try CaseLifecycle.outcome(of: request, on: file, by: actor, in: CaseSample.circumstances).get()
      history.append(step.event)
    }
    let order = CaseDetails {
      $0.handler = CaseSample.power
      $0.coHandlers = [CaseSample.housing]
    }
    try act(.dispatch, by: lead, order)
    try act(.undo, by: lead, CaseDetails { $0.undoes = 1; $0.reason = "点错了" })
    #expect(try history.outline().handlers.isEmpty)
    #expect(try history.outline().regions == CaseSample.regions)
    try act(.dispatch, by: lead, order)
    try act(.recall, by: lead, CaseDetails { $0.reason = "派错了" })
    let recalled = try history.outline()
    #expect(recalled.state == .pending && recalled.handlers == [CaseSample.power, CaseSample.housing])
  }
}
