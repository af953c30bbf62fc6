internal import Casework
internal import Store

/// 拆分: the one act of a case that takes in, and so goes another way than the others.
extension ActPages {
  static func split(_ visit: Visit, by actor: CaseActor) async throws -> Reply {
    let form = visit.request.form
    let parts = form.all("parts").filter { $0.contains { !$0.isWhitespace } }
    guard let reason = form["reason"], reason.contains(where: { !$0.isWhitespace }) else {
      return try await refused(visit, .split, 422, visit.names.refusal(.refused(.missing([.reason]))))
    }
    let order = SplitOrder(
      visit.caseID, parts: parts, reason: reason, at: visit.now, by: actor, seen: form.number("seen"))
    let split = visit.services.split
    let outcome = try await visit.pool.write { _ throws(StoreFault) in try split(order) }
    switch outcome {
    case .success(let split): return answer(split.done, visit, parts: split.parts)
    case .failure(let refusal):
      let status =
        switch refusal {
        case .act(.changed), .busy: 409
        default: 422
        }
      return try await refused(visit, .split, status, visit.names.splitRefusal(refusal))
    }
  }
}
