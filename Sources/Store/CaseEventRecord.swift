internal import Casework
internal import Foundation
internal import Suggestions

/// An act on a case as the payload of its event: numbers for the words of the table, codes for everything named in the
/// rules. Keys never change their meaning; a reader passes over keys it does not know.
struct CaseEventRecord: Codable {
  /// Acts on cases are told from other events by the beginning of their name.
  static let prefix = "case."

  struct Handler: Codable {
    var unit: String
    var district: String?
    var keeper: Bool?

    init(_ handler: CaseHandler) {
      unit = handler.unit
      district = handler.district
      keeper = handler.isStation ? true : nil
    }

    var value: CaseHandler { CaseHandler(unit: unit, district: district, isStation: keeper ?? false) }
  }

  struct Lead: Codable {
    var unit: String
    var tier: Int
    var chosen: Bool

    init(_ lead: CaseLead) { (unit, tier, chosen) = (lead.unit, lead.tier, lead.isChosen) }

    var value: CaseLead { CaseLead(unit: unit, tier: tier, isChosen: chosen) }
  }

  struct Opening: Codable {
    var kind: UInt8
    var track: UInt8
    var urgency: UInt8
    var topic: String
    var regions: [String]
    var station: String?
    var lead: Lead?
    var submitted: Int64?
    var received: Int64

    init(_ opening: CaseOpening) {
      kind = opening.kind.rawValue
      track = opening.track.rawValue
      urgency = opening.urgency.rawValue
      topic = opening.topic
      regions = opening.regions
      station = opening.station
      lead = opening.lead.map(Lead.init)
      submitted = opening.submittedAt
      received = opening.receivedAt
    }

    var value: CaseOpening? {
      guard let kind = Kind(rawValue: kind), let track = Track(rawValue: track), let urgency = Urgency(rawValue: urgency)
      else { return nil }
      return CaseOpening(
        kind: kind, track: track, urgency: urgency, topic: topic, regions: regions, station: station,
        lead: lead?.value, submittedAt: submitted, receivedAt: received)
    }
  }

  var number: Int
  var role: UInt8
  var unit: Handler?
  var before: UInt8
  var after: UInt8
  var given: Opening?

  var reason: String?
  var rejection: UInt8?
  var basis: String?
  var owner: Handler?
  var handler: Handler?
  var assistants: [Handler]?
  var text: String?
  var outcome: UInt8?
  var proofs: [String]?
  var target: Int64?
  var parts: [Int64]?
  var extra: String?
  var until: Int64?
  var solved: UInt8?
  var satisfied: UInt8?
  /// Feasible, sustainable, transferable, of public benefit, new.
  var score: [Int]?
  var proposal: String?
  var award: String?
  var kind: UInt8?
  var topic: String?
  var lead: Lead?
  var regions: [String]?
  var urgency: UInt8?
  var priority: Int?
  var undoes: Int?

  init(_ event: CaseEvent) {
    let details = event.details
    number = event.number
    role = event.role.rawValue
    unit = event.unit.map(Handler.init)
    before = event.before.rawValue
    after = event.after.rawValue
    given = event.given.map(Opening.init)
    reason = details.reason
    rejection = details.rejection?.rawValue
    basis = details.basis
    owner = details.proposedOwner.map(Handler.init)
    handler = details.handler.map(Handler.init)
    assistants = details.coHandlers?.map(Handler.init)
    text = details.text
    outcome = details.outcome?.rawValue
    proofs = details.proofs.isEmpty ? nil : details.proofs
    target = details.target
    parts = details.parts.isEmpty ? nil : details.parts
    extra = details.extra?.text
    until = details.until
    solved = details.callBack?.isSolved.rawValue
    satisfied = details.callBack?.isSatisfied.rawValue
    score = details.score.map { [$0.feasible, $0.sustainable, $0.transferable, $0.publicBenefit, $0.new] }
    proposal = details.proposalNumber
    award = details.award
    kind = details.kind?.rawValue
    topic = details.topic
    lead = details.lead.map(Lead.init)
    regions = details.regions
    urgency = details.urgency?.rawValue
    priority = details.priority
    undoes = details.undoes
  }

  /// JSON with its keys in order.
  var payload: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // All of it is text and numbers.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  init?(payload: String) {
    guard let record = try? JSONDecoder().decode(CaseEventRecord.self, from: Data(payload.utf8)) else { return nil }
    self = record
  }

  /// Nil where a number is not one of the words.
  func event(action: CaseAction, actor: String, at moment: Int64) -> CaseEvent? {
    guard let role = CaseRole(rawValue: role), let before = CaseState(rawValue: before),
      let after = CaseState(rawValue: after), given == nil || given?.value != nil
    else { return nil }
    return CaseEvent(
      number: number, actor: actor, role: role, unit: unit?.value, at: moment, action: action, before: before,
      after: after, details: details, given: given?.value)
  }

  private var details: CaseDetails {
    CaseDetails {
      $0.reason = reason
      $0.rejection = rejection.flatMap(RejectionReason.init)
      $0.basis = basis
      $0.proposedOwner = owner?.value
      $0.handler = handler?.value
      $0.coHandlers = assistants?.map(\.value)
      $0.text = text
      $0.outcome = outcome.flatMap(CaseOutcome.init)
      $0.proofs = proofs ?? []
      $0.target = target
      $0.parts = parts ?? []
      $0.extra = extra.flatMap { Allowance($0) }
      $0.until = until
      if let solved = solved.flatMap(CallBackResult.Answer.init),
        let satisfied = satisfied.flatMap(CallBackResult.Answer.init)
      {
        $0.callBack = CallBackResult(isSolved: solved, isSatisfied: satisfied)
      }
      $0.score = score.flatMap { numbers in
        numbers.count == 5
          ? IdeaScore(
            feasible: numbers[0], sustainable: numbers[1], transferable: numbers[2], publicBenefit: numbers[3],
            new: numbers[4]) : nil
      }
      $0.proposalNumber = proposal
      $0.award = award
      $0.kind = kind.flatMap(Kind.init)
      $0.topic = topic
      $0.lead = lead?.value
      $0.regions = regions
      $0.urgency = urgency.flatMap(Urgency.init)
      $0.priority = priority
      $0.undoes = undoes
    }
  }
}
