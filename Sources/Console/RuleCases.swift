internal import Casework
internal import Store

/// Suggestions that a rule is shown by, as far as the visitor may see them.
enum RuleCases {
  /// - Parameters:
  ///   - ids: the most telling first.
  ///   - most: so many are shown.
  static func visible(_ ids: [Int], most: Int, _ visit: Visit) async throws -> [PageValue] {
    let (services, actors) = (visit.services, visit.visitor.actors)
    let path = services.casework().regionPath
    let found = try await visit.pool.read { store throws(StoreFault) -> [SuggestionDetail] in
      var shown: [SuggestionDetail] = []
      var seen: Set<Int> = []
      // Who sees few of them does not have all of them looked through.
      for id in ids.prefix(6 * most) where shown.count < most && seen.insert(id).inserted {
        guard let history = try store.caseHistory(of: id, regionPath: path), let outline = try? history.outline(),
          actors.maySee(outline),
          let detail = try store.suggestion(id: String(id), members: 1, names: services.codeNames)
        else { continue }
        shown.append(detail)
      }
      return shown
    }
    return found.map { detail in
      let first = detail.members.first
      let words = first.map { $0.title.isEmpty ? $0.body : $0.title } ?? ""
      let line = words.prefix(60).map { $0.isNewline ? " " : $0 }
      return .object([
        "id": .number(detail.id), "address": .text("/cases/\(detail.id)"),
        "words": .text(String(line) + (words.count > 60 ? "…" : "")),
        "topic": .text(visit.names.topicPath(detail.topic) ?? visit.say("未识别", "none")),
        "state": .text(visit.names.word(detail.state)),
      ])
    }
  }

  /// Those of the numbers that the visitor may see, in their order.
  static func visibleNumbers(_ ids: [Int], most: Int, _ visit: Visit) async throws -> [Int] {
    let actors = visit.visitor.actors
    let path = visit.services.casework().regionPath
    return try await visit.pool.read { store throws(StoreFault) -> [Int] in
      var shown: [Int] = []
      for id in ids where shown.count < most {
        guard let history = try store.caseHistory(of: id, regionPath: path), let outline = try? history.outline(),
          actors.maySee(outline)
        else { continue }
        shown.append(id)
      }
      return shown
    }
  }
}
