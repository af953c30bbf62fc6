internal import Suggestions

/// The routing table.
extension RuleCompiler {
  func routing(_ source: YAMLMapping) {
    source.allow(.routing, log: log)
    for entry in source.mappings("routes", log: log) {
      entry.allow(.route, log: log)
      guard let id = entry.required("id", log: log), let leadCode = entry.required("lead", log: log),
        let lead = department(leadCode, entry, entry.line(of: "lead"))
      else { continue }
      result.routes.append(
        RoutingRule(
          id: id, topic: entry.string("topic", log: log).flatMap { topic($0, entry) },
          region: entry.string("region", log: log).flatMap { region($0, entry, entry.line) },
          kind: entry.string("kind", log: log).flatMap { code in
            coded(Kind.allCases, code, "kind", entry) { $0.code }
          },
          lead: lead,
          coHandlers: entry.strings("co", log: log).compactMap { department($0.text, entry, $0.line) },
          tier: choice(entry, "tier") ?? .district))
    }
    if let fallback = source.submapping("fallback", log: log) {
      fallback.allow(.fallback, log: log)
      if let code = fallback.required("lead", log: log), let lead = department(code, fallback, fallback.line) {
        result.fallback.lead = lead
        result.fallback.cityLead = lead
      }
      if let code = fallback.string("lead_city", log: log), let lead = department(code, fallback, fallback.line) {
        result.fallback.cityLead = lead
      }
    } else {
      log.note(source.file, source.line, .missingKey("fallback"))
    }
    if let priority = source.submapping("priority", log: log) {
      priority.allow(.priority, log: log)
      for urgency in Urgency.allCases {
        if let value = priority.integer(urgency.code, log: log) { result.basePriority[urgency] = min(99, max(0, value)) }
      }
    }
  }
}
