internal import Casework
internal import Store
internal import Suggestions
internal import Text

/// A case in the words of a page.
struct CaseValues {
  let reading: CaseReading
  let visit: Visit

  private var detail: SuggestionDetail { reading.detail }
  private var file: CaseFile { reading.file }
  private var names: Phrasebook { visit.names }

  var value: [String: PageValue] {
    let first = detail.members.first
    return [
      "id": .number(detail.id), "receipt": .text(detail.receipt), "version": .number(reading.version),
      "address": .text("/cases/\(detail.id)"),
      "state": .text(names.word(file.state.code)), "kind": .text(names.word(file.kind.code)),
      "urgency": .text(names.word(file.urgency.code)), "isUrgent": .flag(file.urgency > .ordinary),
      "isSensitive": .flag(file.track == .sensitive),
      "support": .number(detail.support), "submissionCount": .number(detail.submissions),
      "hasSupport": .flag(detail.support > 1 || detail.submissions > 1),
      "title": .text(heading), "rank": .text(rank),
      "topic": .text(names.topicPath(detail.topic) ?? visit.say("未识别，请人工判定", "none: staff decide")),
      "certainty": .optional(certainty), "place": .text(place),
      "asked": .optional(first?.verdict.asked), "lead": .text(lead),
      "handler": .optional(file.handler.map(names.handler)),
      "coHandlers": .text(file.coHandlers.map(names.handler).joined(separator: visit.say("、", ", "))),
      "hasCoHandlers": .flag(!file.coHandlers.isEmpty),
      "overlays": .list(overlays.map(PageValue.text)), "claim": claim,
      "submissions": .list(detail.members.map { .object(submission($0)) }),
      "moreSubmissions": .number(max(0, detail.submissions - detail.members.count)),
      "hasMore": .flag(detail.submissions > detail.members.count),
      "near": .list(([detail.leader].compactMap(\.self) + detail.followers.prefix(5)).map { .object(near($0)) }),
      "hasNear": .flag(detail.leader != nil || !detail.followers.isEmpty),
      "parts": .list(detail.parts.map { .object(part($0)) }), "hasParts": .flag(!detail.parts.isEmpty),
      "splitFrom": splitFrom, "again": again, "clocks": .list(reading.clocks.map { .object(clock($0)) }),
      "hasClocks": .flag(!reading.clocks.isEmpty),
      "steps": .list(reading.history.events.reversed().map { .object(step($0)) }),
      "hasSteps": .flag(!reading.history.events.isEmpty), "undo": undo,
      "mayOpen": .flag(visit.visitor.actors.mayOpenContacts(of: CaseOutline(file))),
      "photos": photos, "similarAddress": .text("/cases/\(detail.id)/similar"),
    ]
  }

  private var heading: String {
    let first = detail.members.first
    if let title = first?.title, !title.isEmpty { return title }
    let body = first?.body ?? ""
    let line = body.prefix { !$0.isNewline }
    return line.count > 40 ? line.prefix(40) + "…" : String(line)
  }

  /// Why it stands where it stands in the queue.
  private var rank: String {
    let points = visit.services.urgencyPoints(detail.urgency)
    var parts = [visit.say("\(names.word(detail.urgency)) \(points)", "\(names.word(detail.urgency)) \(points)")]
    if detail.kind == "contribution" || detail.kind == "praise" { parts.append(visit.say("不用办，靠后", "nothing to do: last")) }
    if detail.track == "sensitive" { parts.append(visit.say("敏感 +5", "sensitive +5")) }
    let verdict = detail.members.first?.verdict
    if verdict.map({ !$0.certainty.isSure || $0.asked != nil }) ?? false {
      parts.append(visit.say("判定没有把握 +3", "verdict unsure +3"))
    }
    return visit.say("优先 \(detail.priority)（", "priority \(detail.priority) (")
      + parts.joined(separator: visit.say("，", ", ")) + visit.say("）", ")")
  }

  private var certainty: String? {
    if detail.decided.contains("topic") { return visit.say("人工判定", "decided by a person") }
    guard let certainty = detail.members.first?.verdict.certainty, detail.topic != nil else { return nil }
    let percent = certainty.confidence / 10
    return certainty.isSure
      ? visit.say("把握 \(percent)%", "\(percent)% sure") : visit.say("没有把握，\(percent)%", "unsure, \(percent)%")
  }

  /// City to street, then the station.
  private var place: String {
    let path = file.regions.reversed().compactMap { names.region($0) }
    let all = path + [names.station(detail.station)].compactMap(\.self)
    return all.isEmpty ? visit.say("未定", "open") : all.joined(separator: " › ")
  }

  private var lead: String {
    guard let proposed = reading.proposed else { return visit.say("未定", "open") }
    return names.handler(proposed)
  }

  private var overlays: [String] {
    var parts: [String] = []
    if file.round > 0 { parts.append(visit.say("第 \(file.round) 次重办", "reopened \(file.round) ×")) }
    if file.hops > 0 { parts.append(visit.say("退单 \(file.hops) 次", "returned \(file.hops) ×")) }
    if file.isSupervised { parts.append(visit.say("督办", "supervised")) }
    if file.urgings > 0 { parts.append(visit.say("催办 \(file.urgings) 次", "urged \(file.urgings) ×")) }
    if file.isWaitingForWriter { parts.append(visit.say("等来件人补充", "waiting for the writer")) }
    if file.askedExtension != nil { parts.append(visit.say("申请延期", "asks for more time")) }
    if let until = file.snoozedUntil { parts.append(visit.say("搁置到 ", "put aside until ") + names.moment(until)) }
    if let outcome = file.outcome { parts.append(visit.say("结果 ", "outcome ") + outcome.code + " " + names.outcome(outcome)) }
    if let reason = file.rejection { parts.append(names.rejection(reason)) }
    if let target = file.mergedInto { parts.append(visit.say("并入 \(target)", "merged into \(target)")) }
    if !file.proofs.isEmpty { parts.append(visit.say("证明 \(file.proofs.count) 份", "\(file.proofs.count) proofs")) }
    if file.isShortlisted { parts.append(names.act(.shortlist)) }
    if file.isAdopted { parts.append(names.act(.adopt)) }
    return parts
  }

  private var claim: PageValue {
    guard let claim = file.claim, claim.until > visit.now else { return false }
    return [
      "who": .text(claim.actor), "until": .text(names.moment(claim.until)),
      "isMine": .flag(claim.actor == visit.visitor.account?.name),
    ]
  }

  private func submission(_ member: SubmissionDetail) -> [String: PageValue] {
    let verdict = member.verdict
    var rules: [(rule: String, words: [String])] = []
    for found in verdict.evidence {
      if let place = rules.firstIndex(where: { $0.rule == found.rule }) {
        if !rules[place].words.contains(found.text) { rules[place].words.append(found.text) }
      } else {
        rules.append((found.rule, [found.text]))
      }
    }
    let reasons = reading.reasons[member.number]?.lines ?? []
    // Photographs have a place of their own.
    let attributes = member.attributes.filter { $0.name != Field.attachments.name }
    return [
      "number": .number(member.number), "receipt": .text(member.receipt),
      "origin": .text(
        [
          names.word(member.channel), member.source + "/" + member.externalID,
          member.submittedAt.map(names.moment) ?? visit.say("日期不详", "undated"),
        ].joined(separator: " · ")),
      "duplicate": .optional(member.duplicate == "none" ? nil : names.word(member.duplicate)),
      "hasTitle": .flag(!member.title.isEmpty),
      "title": MarkedRuns.runs(of: member.title, evidence: verdict.evidence.filter(\.inTitle)),
      "body": MarkedRuns.runs(of: member.body, evidence: verdict.evidence.filter { !$0.inTitle }),
      "attributes": .objects(attributes) {
        ["name": .text(names.word($0.name)), "text": .text(names.word($0.text))]
      },
      "hasAttributes": .flag(!attributes.isEmpty),
      "cuts": .optional(verdict.cuts.isEmpty ? nil : verdict.cuts.map(names.word).joined(separator: visit.say("、", ", "))),
      "flags": .list(verdict.flags.map { .text(names.word($0)) }),
      "rules": .objects(rules) {
        [
          "rule": .text($0.rule), "address": .text("/rules/" + FormFields.encoded($0.rule)),
          "words": .text($0.words.joined(separator: visit.say("、", ", "))),
        ]
      },
      "hasRules": .flag(!rules.isEmpty), "book": .text(verdict.book ?? ""), "score": .number(verdict.score),
      "runnerUp": .number(verdict.runnerUp), "reasons": .list(reasons.map(PageValue.text)),
      "hasReasons": .flag(!reasons.isEmpty),
      "revised": .optional(
        member.revision > 0 ? visit.say("第 \(member.revision + 1) 版", "version \(member.revision + 1)") : nil),
    ]
  }

  private func near(_ other: NearSuggestion) -> [String: PageValue] {
    let differences = TextDifference(other.ownBody, other.body)
    let percent = Double(other.link.score) / 10
    return [
      "id": .number(other.link.suggestion), "address": .text("/cases/\(other.link.suggestion)"),
      "kind": .text(names.word(other.link.kind)), "score": .text("\(percent) %"),
      "differs": .optional(other.link.differs.map(names.word)),
      "own": MarkedRuns.runs(of: other.ownBody, stretches: differences.left),
      "other": MarkedRuns.runs(of: other.body, stretches: differences.right),
      "mayMerge": .flag(reading.may(.merge)), "mergeAddress": .text("/cases/\(detail.id)/acts/merge?into=\(other.link.suggestion)"),
    ]
  }

  /// 已拆出.
  private func part(_ part: SplitPart) -> [String: PageValue] {
    let isOpen = reading.openKin.contains(part.id)
    return [
      "id": .number(part.id), "address": .text("/cases/\(part.id)"), "isOpen": .flag(isOpen),
      "state": .optional(isOpen ? names.word(part.state) : nil), "text": MarkedRuns.runs(of: part.text),
    ]
  }

  private var splitFrom: PageValue {
    guard let origin = detail.splitFrom else { return false }
    return [
      "id": .number(origin), "address": .text("/cases/\(origin)"), "isOpen": .flag(reading.openKin.contains(origin)),
    ]
  }

  private var again: PageValue {
    guard let recurrence = detail.recurrence else { return false }
    return [
      "text": .text(visit.say("第 \(recurrence.times) 次发生", "time \(recurrence.times) of this matter")),
      "previous": .number(recurrence.previous), "address": .text("/cases/\(recurrence.previous)"),
    ]
  }

  private func clock(_ clock: ClockReading) -> [String: PageValue] {
    let isLate = clock.status == .overdue || clock.status == .missed
    return [
      "name": .text(names.clock(clock.rule.kind)), "status": .text(names.clockStatus(clock.status)),
      "due": .text(clock.due.map(names.moment) ?? "—"), "isLate": .flag(isLate),
      "isMet": .flag(clock.status == .met), "isProvisional": .flag(clock.isProvisional),
    ]
  }

  private func step(_ event: CaseEvent) -> [String: PageValue] {
    let details = event.details
    var said: [String] = []
    if let handler = details.handler { said.append(names.handler(handler)) }
    if let reason = details.rejection { said.append(names.rejection(reason)) }
    if let outcome = details.outcome { said.append(outcome.code + " " + names.outcome(outcome)) }
    if let target = details.target { said.append("→ \(target)") }
    said += details.parts.map { "→ \($0)" }
    if let text = details.reason { said.append(text) }
    if let basis = details.basis { said.append(visit.say("依据：", "basis: ") + basis) }
    if let owner = details.proposedOwner { said.append(visit.say("建议 ", "proposes ") + names.handler(owner)) }
    if let text = details.text { said.append(text) }
    if let topic = details.topic { said.append(names.topicPath(topic) ?? topic) }
    if let until = details.until { said.append(names.moment(until)) }
    return [
      "at": .text(names.moment(event.at)), "who": .text(names.word(event.actor)), "act": .text(names.act(event.action)),
      "said": .text(said.joined(separator: "\n")), "hasSaid": .flag(!said.isEmpty),
    ]
  }

  private var undo: PageValue {
    guard let event = reading.undoable else { return false }
    return [
      "act": .text(names.act(event.action)), "number": .number(event.number),
      "until": .optional(reading.limits.undoEnd(of: event).map(names.moment)),
    ]
  }
}
