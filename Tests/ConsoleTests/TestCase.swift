import Casework
import Console
import Store
import Suggestions
import Testing

/// A case of the fixtures to act on behind the pages' back.
struct TestCase {
  static let unit = CaseHandler(unit: "housing")

  let premises: TestPremises
  let id: Int
  let receipt: String

  var rules: CaseworkRules { premises.premises.services.casework() }

  init(_ premises: TestPremises, id: Int, receipt: String) {
    self.premises = premises
    self.id = id
    self.receipt = receipt
  }

  /// The first of the ordinary queue that one person wrote of and nobody has touched.
  init(_ premises: TestPremises, _ kind: Kind = .fault, but other: Int? = nil) throws {
    let names = premises.premises.services.codeNames
    let cases = try premises.store.queue(limit: 500, track: .ordinary, names: names)
      .filter { $0.kind == kind.code && $0.submissions == 1 && $0.id != other }
      .map { TestCase(premises, id: $0.id, receipt: $0.receipt) }
    self = try #require(try cases.first { try $0.history().events.isEmpty })
  }

  func history() throws -> CaseHistory {
    try #require(try premises.store.caseHistory(of: id, regionPath: rules.regionPath))
  }

  func state() throws -> CaseState { try history().file().state }
  func actions() throws -> [CaseAction] { try history().events.map(\.action) }

  @discardableResult
  func act(
    _ action: CaseAction, _ role: CaseRole = .lead, _ fill: (inout CaseDetails) -> Void = { _ in }
  ) throws -> CaseDone {
    let actor = CaseActor(
      name: "王科长", role: role, tracks: Set(Track.allCases), handler: role == .department ? TestCase.unit : nil)
    let request = CaseRequest(action, at: premises.clock.now, details: CaseDetails(fill))
    return try premises.store.act(request, on: id, by: actor, under: rules).get()
  }

  func order() throws {
    try act(.dispatch) {
      $0.handler = TestCase.unit
      $0.text = "三日内办结"
    }
  }

  /// Ordered, mended, answered, told, closed, and all of it out.
  func close(_ answer: String = "已更换井盖") throws {
    try order()
    try act(.sign, .department)
    try act(.resolve, .department) { $0.proofs = ["after"] }
    try act(.answer, .department) { $0.text = answer }
    try act(.tell, .system) { $0.text = answer }
    try act(.close)
    premises.clock.move(3_600)
  }

  func link(for seconds: Int64 = 3_600) throws -> String {
    let now = premises.clock.now
    return try premises.store.answerLink(on: id, until: now + seconds, by: "周敏", at: now, under: rules).get().token
  }
}

extension ConsoleSettings {
  /// For tests that ask more than a person would.
  static func patient() throws -> ConsoleSettings {
    var settings = ConsoleSettings()
    let limits = try RequestLimits(burst: .init(10_000, in: 1), sustained: .init(100_000, in: 3_600), failureCost: 0)
    settings.receiptLimits = limits
    settings.linkLimits = limits
    return settings
  }
}
