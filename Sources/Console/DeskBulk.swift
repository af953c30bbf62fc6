internal import Casework
internal import Store
internal import Suggestions

/// One act on several cases of a desk, each in a transaction of its own, told one by one: where one is refused the
/// others are done all the same.
struct DeskBulk {
  /// What became of one.
  struct Told {
    let id: Int
    /// Nil where it was done.
    let refusal: String?
  }

  /// The most cases of one go.
  static let most = 100

  let visit: Visit

  /// The cases a form names that the visitor may see, each with the version that was on the screen.
  func chosen() async throws -> [(id: Int, seen: Int?, history: CaseHistory)] {
    let form = visit.request.form
    var ids: [Int] = []
    for id in form.all("id").compactMap({ Int($0) }) where !ids.contains(id) { ids.append(id) }
    guard ids.count <= DeskBulk.most else { throw VisitFault.tooLarge }
    let path = visit.services.casework().regionPath
    let wanted = ids
    let histories = try await visit.pool.read { store throws(StoreFault) in
      var found: [(Int, CaseHistory)] = []
      for id in wanted {
        if let history = try store.caseHistory(of: id, regionPath: path) { found.append((id, history)) }
      }
      return found
    }
    // To somebody who may not see it there is no such case.
    return try histories.filter { visit.visitor.actors.maySee(try $0.1.outline()) }
      .map { ($0.0, form.number("seen-\($0.0)"), $0.1) }
  }

  func act(
    _ action: CaseAction, on cases: [(id: Int, seen: Int?, history: CaseHistory)], details: [Int: CaseDetails] = [:]
  ) async throws -> [Told] {
    let rules = visit.services.casework()
    var told: [Told] = []
    for one in cases {
      guard let actor = visit.actor(for: action, on: try one.history.file()) else { continue }
      let request = CaseRequest(action, at: visit.now, details: details[one.id] ?? CaseDetails())
      let (id, seen) = (one.id, one.seen)
      let outcome = try await visit.pool.write { store throws(StoreFault) in
        try store.act(request, on: id, seen: seen, by: actor, under: rules)
      }
      switch outcome {
      case .success: told.append(Told(id: id, refusal: nil))
      case .failure(let refusal): told.append(Told(id: id, refusal: visit.names.refusal(refusal)))
      }
    }
    return told
  }

  /// For the part `told` of a page.
  func value(_ told: [Told], _ action: CaseAction) -> PageValue {
    let done = told.filter { $0.refusal == nil }
    return [
      "act": .text(visit.names.act(action)), "count": .number(done.count), "hasDone": .flag(!done.isEmpty),
      "done": .objects(done) { ["id": .number($0.id), "address": .text("/cases/\($0.id)")] },
      "refused": .objects(told.filter { $0.refusal != nil }) {
        ["id": .number($0.id), "address": .text("/cases/\($0.id)"), "why": .text($0.refusal ?? "")]
      },
      "hasRefused": .flag(done.count < told.count), "isNothing": .flag(told.isEmpty),
    ]
  }
}
