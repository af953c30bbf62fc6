internal import Suggestions

/// 试一句: what the rules in force make of a text. Sent, not asked for by an address, as addresses are kept in browsers
/// and logs; nothing of it is stored.
enum RuleTrying {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/rules/try", for: .roles(RulePages.readers)) { page($0) },
    Endpoint(.post, "/rules/try", for: .roles(RulePages.readers), answer),
  ]

  private static func answer(_ visit: Visit) async throws -> Reply {
    let form = visit.request.form
    let title = form["title"] ?? ""
    // As written: the rules see every blank.
    let body = form.all("body").first ?? ""
    guard !title.isEmpty || body.contains(where: { !$0.isWhitespace }) else {
      return page(visit, status: 400, fault: visit.say("请写一段文字。", "Write a text."))
    }
    var attempt = RuleAttempt(title: title, body: body)
    if let code = form["channel"] {
      guard let channel = Channel.allCases.first(where: { $0.code == code }) else { throw VisitFault.field("channel") }
      attempt.channel = channel
    }
    if let text = form["date"] {
      guard let day = CivilTime.dayNumber(text) else {
        return page(visit, status: 400, fault: visit.say("日期应如 2025-07-01。", "Write the date as 2025-07-01."))
      }
      attempt.day = day
    }
    return page(visit, reading: visit.services.rules.attempt(attempt, visit.language))
  }

  private static func page(
    _ visit: Visit, status: Int = 200, fault: String? = nil, reading: AttemptReading? = nil
  ) -> Reply {
    let form = visit.request.form
    let chosen = form["channel"]
    return visit.page(
      "rule-try", title: visit.say("试一句", "Try a text"), section: .rules, status: status,
      [
        "fault": .optional(fault), "title": .text(form["title"] ?? ""), "body": .text(form.all("body").first ?? ""),
        "date": .text(form["date"] ?? ""),
        "channels": .objects(Channel.allCases) { channel in
          [
            "code": .text(channel.code), "name": .text(visit.names.word(channel.code)),
            "isChosen": .flag(channel.code == chosen),
          ]
        },
        "reading": reading.map(value) ?? false,
      ])
  }

  private static func value(_ reading: AttemptReading) -> PageValue {
    .object([
      "book": .text(reading.book), "titleRuns": RulePages.runs(reading.title),
      "hasTitle": .flag(!reading.title.isEmpty),
      "bodyRuns": RulePages.runs(reading.body), "facts": RulePages.facts(reading.facts),
      "places": .list(reading.places.map(PageValue.text)), "hasPlaces": .flag(!reading.places.isEmpty),
      "evidence": .objects(reading.evidence) { found in
        [
          "rule": .text(found.rule), "address": .text("/rules/" + FormFields.encoded(found.rule)),
          "points": .number(found.points), "words": .text(found.words), "rationale": .text(found.rationale),
          "place": .text(found.place),
        ]
      },
      "hasEvidence": .flag(!reading.evidence.isEmpty), "reasons": .list(reading.reasons.map(PageValue.text)),
      "hasReasons": .flag(!reading.reasons.isEmpty),
    ])
  }
}
