internal import Casework
internal import Foundation
internal import Publishing
internal import Suggestions

/// What is looked for in the history.
package struct EventQuery: Sendable, Hashable {
  package var actor: String?
  /// A stable code, such as `case.dispatch`; `case.*` or `user-*` for all that begin so.
  package var action: String?
  /// A number: of the suggestion, the user, the message, as the action has it.
  package var subject: Int?
  /// Seconds since 1970, both included.
  package var from: Int64?
  package var until: Int64?

  package init() {}
}

/// An event as an administrator reads it: who did what to which number, and what of it is no text of anybody.
package struct ToldEvent: Sendable, Hashable {
  package var number: Int
  package var at: Int64
  package var actor: String
  package var action: String
  package var subject: Int
  /// Codes and numbers that a program wrote, in the order of their names.
  package var facts: [Fact]
  /// About something of the sensitive track, which administrators do not see: that something was done is told, no
  /// more.
  package var isHidden: Bool

  package struct Fact: Sendable, Hashable {
    package var name: String
    package var value: String
  }
}

/// Some events, the newest first.
package struct EventPage: Sendable {
  package var events: [ToldEvent] = []
  /// Number below which looking goes on; nil where the beginning was reached.
  package var next: Int?
  /// The smallest number that was looked at.
  package var lookedDownTo = 0
}

extension SuggestionStore {
  /// Events that fit, below a number. One page looks at so many events at most, whatever it finds: what is asked for
  /// may be rare, and nobody waits for a search through years.
  ///
  /// - Parameters:
  ///   - limit: events on a page.
  ///   - before: none of that number or newer; the newest where nil.
  ///   - most: events looked at.
  package func events(
    _ query: EventQuery, limit: Int, before: Int? = nil, lookingAt most: Int = 50_000
  ) throws(StoreFault) -> EventPage {
    try snapshot { session throws(StoreFault) in
      let next = try History.next(session)
      let top = min(before ?? next, next)
      // By subject there is an index.
      let floor = query.subject == nil ? max(1, top - most) : 1
      var arguments: [SQLValue] = [.integer(top), .integer(floor), .integer(limit + 1)]
      let conditions = EventRows.conditions(query, &arguments)
      var page = EventPage()
      page.events = try session.all(
        """
        SELECT seq, at, actor, action, subject, payload,
          EXISTS (SELECT 1 FROM suggestion g WHERE g.id = e.subject AND g.track = \(Track.sensitive.rawValue))
          OR EXISTS (SELECT 1 FROM submission s WHERE s.number = e.subject AND s.track = \(Track.sensitive.rawValue))
        FROM event e WHERE seq < $1 AND seq >= $2\(conditions) ORDER BY seq DESC LIMIT $3
        """, arguments
      ) { row in
        let action = row.text(3)
        let isHidden = row.integer(6) != 0 && !EventRows.isElsewhere(action)
        return ToldEvent(
          number: Int(row.integer(0)), at: row.integer(1), actor: row.text(2), action: action,
          subject: Int(row.integer(4)), facts: isHidden ? [] : EventRows.facts(row.text(5), of: action),
          isHidden: isHidden)
      }
      if page.events.count > limit {
        page.events.removeLast()
        page.next = page.events.last?.number
      } else if floor > 1 {
        page.next = floor
      }
      page.lookedDownTo = page.events.count == limit ? page.events.last?.number ?? floor : floor
      return page
    }
  }
}

enum EventRows {
  static func conditions(_ query: EventQuery, _ arguments: inout [SQLValue]) -> String {
    var text = ""
    func add(_ condition: (String) -> String, _ value: SQLValue) {
      arguments.append(value)
      text += " AND " + condition("$\(arguments.count)")
    }
    if let actor = query.actor { add({ "actor = \($0)" }, .text(actor)) }
    if let action = query.action {
      if action.hasSuffix("*") {
        let prefix = String(action.dropLast())
        add({ "substr(action, 1, \(prefix.unicodeScalars.count)) = \($0)" }, .text(prefix))
      } else {
        add({ "action = \($0)" }, .text(action))
      }
    }
    if let subject = query.subject {
      add({ "subject = \($0)" }, .integer(subject))
      // As the index has it, which leaves out what is never about one case.
      if query.action != "intake" { text += " AND action <> 'intake'" }
    }
    if let from = query.from { add({ "at >= \($0)" }, .integer(from)) }
    if let until = query.until { add({ "at <= \($0)" }, .integer(until)) }
    return text
  }

  /// Whether the subject of such events is the number of something else than a suggestion or a submission.
  static func isElsewhere(_ action: String) -> Bool {
    ["user-", "sign-", "outbox.", "receiver.", "reporter-", "rules.", "digest."].contains(where: action.hasPrefix)
      || ["intake", "book", "reclassify", "restore-backup", "retention"].contains(action)
  }

  /// Beside what stays of an event whose texts are erased: what programs write into events about users, receivers,
  /// messages and files. A key that is new is not shown before it is known.
  private static let shown = PayloadErasing.kept.union([
    "change", "grant", "role", "regions", "tracks", "district", "station", "session", "sessions", "cause",
    "locked_until", "message", "messages", "receiver", "receivers", "again", "medium", "kinds", "sensitive", "sent",
    "failed", "given_up", "first", "last", "new", "revised", "quarantined", "first_seal", "last_seal", "changed",
    "judged", "book", "versions", "events", "what",
    "month", "template", "originals", "set_aside", "kept_closed", "kept_rejected", "kept_archived",
    "kept_set_aside", "exempt",
  ])

  /// Names of users are names staff sign in with; elsewhere a name may be anybody's.
  private static let shownOfUsers: Set<String> = ["name", "display"]

  static func facts(_ payload: String, of action: String) -> [ToldEvent.Fact] {
    if action.hasPrefix(CaseEventRecord.prefix), let record = CaseEventRecord(payload: payload) { return facts(record) }
    if action.hasPrefix(IssueEventRecord.prefix), let record = IssueEventRecord.read(IssueEventRecord.self, payload) {
      return facts(record)
    }
    guard let object = try? JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any] else { return [] }
    let isOfUser = action.hasPrefix("user-")
    return object.keys.sorted().compactMap { name in
      guard shown.contains(name) || isOfUser && shownOfUsers.contains(name),
        let value = object[name].flatMap(text)
      else { return nil }
      return ToldEvent.Fact(name: name, value: value)
    }
  }

  /// Of an act on a case: in which role, between which states, and what was chosen. Reasons and texts are left out.
  private static func facts(_ record: CaseEventRecord) -> [ToldEvent.Fact] {
    let (from, to) = (CaseState(rawValue: record.before), CaseState(rawValue: record.after))
    let found: [(String, String?)] = [
      ("role", CaseRole(rawValue: record.role)?.code), ("unit", record.unit?.value.text),
      ("from", from == to ? nil : from?.code), ("to", from == to ? nil : to?.code),
      ("handler", record.handler?.value.text),
      ("assistants", record.assistants.map { $0.map(\.value.text).joined(separator: " ") }),
      ("owner", record.owner?.value.text),
      ("rejection", record.rejection.flatMap(RejectionReason.init)?.code),
      ("outcome", record.outcome.flatMap(CaseOutcome.init)?.code), ("into", record.target.map(String.init)),
      ("kind", record.kind.flatMap(Kind.init)?.code), ("topic", record.topic),
      ("urgency", record.urgency.flatMap(Urgency.init)?.code), ("undoes", record.undoes.map(String.init)),
    ]
    return found.compactMap { name, value in value.map { ToldEvent.Fact(name: name, value: $0) } }
  }

  /// Of an act on an issue: in which role, between which states, under which content.
  private static func facts(_ record: IssueEventRecord) -> [ToldEvent.Fact] {
    let (from, to) = (SignOffState(rawValue: record.before), SignOffState(rawValue: record.after))
    let found = [
      ("role", record.role), ("from", from == to ? nil : from?.code), ("to", from == to ? nil : to?.code),
      ("hash", record.hash),
    ]
    return found.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : ToldEvent.Fact(name: name, value: $0) }
    }
  }

  /// Short scalars and lists of them; what is nested is left out.
  private static func text(_ value: Any) -> String? {
    switch value {
    case let text as String: text.isEmpty || text.unicodeScalars.count > 64 ? nil : text
    case let number as NSNumber: number.stringValue
    case let list as [Any]:
      list.isEmpty || list.count > 12 ? nil : list.compactMap(text).joined(separator: " ")
    default: nil
    }
  }
}
