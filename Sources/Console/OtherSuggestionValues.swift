internal import Casework
internal import Store
internal import Suggestions

/// 来件人的其他来件, as far as whoever looks may see them; the others are neither shown nor counted.
enum OtherSuggestionValues {
  private static let most = 20

  /// False where there are none.
  static func value(of id: Int, _ visit: Visit) async throws -> PageValue {
    let tracks = visit.visitor.tracks(as: visit.visitor.roles)
    let path = visit.services.casework().regionPath
    let others = try await visit.pool.read { store throws(StoreFault) in
      try store.otherSuggestions(of: id, on: tracks, regionPath: path)
    }
    let seen = try others.entries.filter { visit.visitor.actors.maySee(try $0.history.outline()) }
    guard !seen.isEmpty else { return false }
    let more = seen.count - most
    return [
      "list": .list(try seen.prefix(most).map { .object(try row($0, visit)) }),
      "more": .optional(more > 0 ? visit.say("另有 \(more) 件", "and \(more) more") : nil),
      "isCut": .flag(others.isCut), "waiting": .optional(others.waiting > 0 ? String(others.waiting) : nil),
    ]
  }

  private static func row(_ other: OtherSuggestions.Entry, _ visit: Visit) throws -> [String: PageValue] {
    let file = try other.history.file()
    return [
      "id": .number(other.id), "address": .text("/cases/\(other.id)"),
      "state": .text(visit.names.word(file.state.code)),
      "topic": .text(visit.names.topic(file.topic.isEmpty ? nil : file.topic) ?? visit.say("未识别", "none")),
      "date": .text(other.submittedAt.map(visit.names.moment) ?? visit.say("日期不详", "undated")),
    ]
  }
}
