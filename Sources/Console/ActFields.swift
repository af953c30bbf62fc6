internal import Casework
internal import Foundation
internal import Store
internal import Suggestions

/// What a form about an act says, read into the act's details. Field names are those of the command line's options.
struct ActFields {
  let form: FormFields
  let visit: Visit

  init(_ form: FormFields, _ visit: Visit) {
    self.form = form
    self.visit = visit
  }

  /// - Throws: ``VisitFault/field(_:)`` for a value that cannot be read; what is only missing the lifecycle tells.
  func details() throws(VisitFault) -> CaseDetails {
    var details = CaseDetails()
    details.reason = form["reason"]
    details.text = form["text"]
    details.basis = form["basis"]
    details.handler = try handler("to")
    let helpers = form.all("with").filter { !$0.isEmpty }
    var coHandlers: [CaseHandler] = []
    for text in helpers { coHandlers.append(try handler(text, "with")) }
    details.coHandlers = coHandlers.isEmpty ? nil : coHandlers
    details.proposedOwner = try handler("owner")
    details.rejection = try known("rejection") { code in RejectionReason.allCases.first { $0.code == code } }
    details.outcome = try known("outcome") { code in CaseOutcome.allCases.first { $0.code == code } }
    details.proofs = (form["proof"] ?? "").split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    details.extra = try extra()
    details.until = try moment("until")
    details.callBack = try callBack()
    details.score = try score()
    details.proposalNumber = form["proposal"]
    details.award = form["award"]
    details.kind = try known("kind") { code in Kind.allCases.first { $0.code == code } }
    details.urgency = try known("urgency") { code in Urgency.allCases.first { $0.code == code } }
    details.topic = try known("topic") { code in
      visit.services.catalogue(visit.language).topics.contains { $0.code == code } ? code : nil
    }
    details.regions = try known("region") { code in
      visit.services.catalogue(visit.language).regions.contains { $0.code == code }
        ? visit.services.casework().regionPath(code) : nil
    }
    details.undoes = form.number("undoes")
    return details
  }

  private func known<Value>(_ name: String, _ read: (String) -> Value?) throws(VisitFault) -> Value? {
    guard let text = form[name] else { return nil }
    guard let value = read(text) else { throw .field(name) }
    return value
  }

  /// A unit, and the district whose office it is where one is chosen beside it.
  private func handler(_ name: String) throws(VisitFault) -> CaseHandler? {
    guard let text = form[name] else { return nil }
    let district = text.contains("@") || text.hasPrefix("station:") ? nil : form[name + "-district"]
    return try handler(text + (district.map { "@" + $0 } ?? ""), name)
  }

  private func handler(_ text: String, _ name: String) throws(VisitFault) -> CaseHandler {
    guard let handler = visit.services.handler(text) else { throw .field(name) }
    return handler
  }

  private func extra() throws(VisitFault) -> Allowance? {
    guard let amount = form["extra"] else { return nil }
    guard let extra = Allowance(amount + " " + (form["extra-unit"] ?? Allowance.Unit.workingDays.code)) else {
      throw .field("extra")
    }
    return extra
  }

  /// As a browser's field for a moment writes it, in China's time: `2026-03-02T09:30`.
  private func moment(_ name: String) throws(VisitFault) -> Int64? {
    guard let text = form[name] else { return nil }
    guard let moment = CivilTime.instant(text) else { throw .field(name) }
    return moment
  }

  private func callBack() throws(VisitFault) -> CallBackResult? {
    func answer(_ name: String) throws(VisitFault) -> CallBackResult.Answer? {
      try known(name) { code in
        switch code {
        case "yes": .yes
        case "partly": .partly
        case "no": .no
        case "unknown": .unknown
        default: nil
        }
      }
    }
    let (solved, satisfied) = (try answer("solved"), try answer("satisfied"))
    guard solved != nil || satisfied != nil else { return nil }
    return CallBackResult(isSolved: solved ?? .unknown, isSatisfied: satisfied ?? .unknown)
  }

  private func score() throws(VisitFault) -> IdeaScore? {
    let names = ["feasible", "sustainable", "transferable", "benefit", "new"]
    let numbers = names.compactMap { form.number($0) }
    if numbers.isEmpty { return nil }
    guard numbers.count == names.count,
      let score = IdeaScore(
        feasible: numbers[0], sustainable: numbers[1], transferable: numbers[2], publicBenefit: numbers[3],
        new: numbers[4])
    else { throw .field("score") }
    return score
  }
}
