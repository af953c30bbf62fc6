internal import Casework
internal import Store

/// 保存期限: what is kept for how long, what is due, and its emptying, which wants a reason and is confirmed.
enum RetentionPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, address, for: .roles([.administrator]), show),
    Endpoint(.get, address + "/apply", for: .roles([.administrator])) { visit in try await confirm(visit) },
    Endpoint(.post, address, for: .roles([.administrator]), apply),
  ]

  private static let address = "/administration/retention"
  private static let notesShown = 20
  /// Seconds to wait for whoever takes in.
  private static let patience = 10

  private static func show(_ visit: Visit) async throws -> Reply {
    let (rules, now) = (visit.services.casework(), visit.now)
    let (due, notes) = try await visit.pool.read { store throws(StoreFault) in
      (try store.retentionDue(under: rules, at: now), try store.retentionNotes(limit: notesShown))
    }
    let words = visit.services.administration.retention
    return AdministrationMenu.retention.page(
      "administration-retention", visit,
      [
        "rules": .objects(words.rules(rules.retention, visit.language)) {
          ["name": .text($0.name), "rule": .text($0.rule)]
        },
        "due": counts(due, visit), "isDue": .flag(isAny(due)), "address": .text(address),
        "notes": .objects(notes) { note in
          [
            "event": .number(note.event), "at": .text(visit.names.moment(note.at)), "actor": .text(note.actor),
            "history": .text("/administration/history?action=retention&before=\(note.event + 1)"),
            "counts": counts(note.gone.filter { $0.value > 0 }, visit),
          ]
        },
        "hasNotes": .flag(!notes.isEmpty),
      ])
  }

  private static func confirm(_ visit: Visit, status: Int = 200, fault: String? = nil) async throws -> Reply {
    let (rules, now) = (visit.services.casework(), visit.now)
    let due = try await visit.pool.read { store throws(StoreFault) in try store.retentionDue(under: rules, at: now) }
    return AdministrationMenu.retention.page(
      "administration-retention-apply", visit, title: visit.say("清空到期的", "Empty what is due"), status: status,
      [
        "due": counts(due, visit), "isDue": .flag(isAny(due)), "address": .text(address), "fault": .optional(fault),
        "reason": .text(visit.request.form["reason"] ?? ""),
      ])
  }

  /// Sent twice, the second finds nothing that is due.
  private static func apply(_ visit: Visit) async throws -> Reply {
    guard let name = visit.visitor.account?.name else { throw VisitFault.signIn }
    guard let reason = visit.request.form["reason"],
      let act = StaffAct(actor: name, reason: String(reason.prefix(500)), at: visit.now)
    else {
      return try await confirm(visit, status: 400, fault: visit.say("请写明为什么。", "Say why."))
    }
    let rules = visit.services.casework()
    let report = try await visit.pool.write { store throws(StoreFault) in
      let lock = try IntakeLock(store: store, patience: patience)
      defer { withExtendedLifetime(lock) {} }
      return try store.applyRetention(under: rules, act: act)
    }
    let notice: Notice =
      if !report.isFinished {
        .emptiedNotWritten
      } else if report.isMore {
        .emptiedInPart
      } else {
        report.event == nil ? .nothingDue : .emptied
      }
    return .seeOther(address + "?notice=" + notice.rawValue)
  }

  private static func isAny(_ counts: [RetentionKind: Int]) -> Bool { counts.values.contains { $0 > 0 } }

  private static func counts(_ counts: [RetentionKind: Int], _ visit: Visit) -> PageValue {
    let words = visit.services.administration.retention
    return .objects(RetentionKind.allCases.filter { counts[$0] != nil }) { kind in
      [
        "kind": .text(words.kind(kind, visit.language)),
        "count": .text(words.count(counts[kind] ?? 0, visit.language)),
      ]
    }
  }
}
