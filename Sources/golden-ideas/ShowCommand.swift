import ArgumentParser
import Casework
import Pipeline
import Rules
import Stages
import Store
import Suggestions

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "一件事项：正文、判定与依据、重复、历史 / one suggestion: text, verdict and evidence, duplicates, history")

  @OptionGroup var common: CommonOptions

  @Argument(help: "编号或回执码 / a number or a receipt code")
  var id: String

  func run() throws {
    let store = try common.openStore(.existing)
    let found = try common.onStore { () throws(StoreFault) in try store.suggestion(id: id, names: .standard) }
    guard let detail = found else {
      throw Outcome.findings(common.messages.noSuggestion(id))
    }
    let book = try common.loadBook()
    let explaining = VerdictExplaining(store, book: book)
    var reasons: [Int: ReasonScreen] = [:]
    for member in detail.members {
      let taken = try common.onStore { () throws(StoreFault) in try explaining.explanation(of: member.number) }
      if let (explanation, book) = taken {
        reasons[member.number] = ReasonScreen(explanation, by: book, messages: common.messages)
      }
    }
    let names = BookNames(book: book, language: common.language)
    let screen = SuggestionScreen(
      detail, reasons: reasons, similar: similar(to: detail.id, store, book), standing: try standing(detail.id, store, names),
      names: names, marks: .standard, messages: common.messages)
    if common.json { print(screen.json, terminator: "") } else { print(screen.text) }
  }

  private func standing(_ id: Int, _ store: SuggestionStore, _ names: BookNames) throws -> CaseScreen? {
    let rules = try common.caseworkRules(names.book)
    let history = try common.onStore { () throws(StoreFault) in try store.caseHistory(of: id, regionPath: rules.regionPath) }
    guard let file = try? history?.file() else { return nil }
    let readings = rules.clocks.readings(of: file, on: rules.calendar, asOf: LocalTime.now)
    return CaseScreen(id, file, readings, words: CaseWords(names: names, messages: common.messages))
  }

  /// The first likely to be the same matter. A help to the reader: where the index cannot be brought up or read, the
  /// suggestion is shown without.
  private func similar(to id: Int, _ store: SuggestionStore, _ book: RuleBook) -> [SameMatterCandidate] {
    do throws(StoreFault) {
      let search = SameMatterSearch(store, by: book, asOf: LocalTime.now)
      let finding = try search.candidates(for: id, least: MatterScore.likely, takingIn: 2_000)
      if let finding, finding.lag > 0 { common.note(common.messages.matterLag(finding.lag)) }
      return Array((finding?.candidates ?? []).filter { !$0.isNear }.prefix(3))
    } catch {
      common.note(common.messages.store(error))
      return []
    }
  }
}

/// One suggestion with everything that was decided about it, and why.
struct SuggestionScreen {
  private let detail: SuggestionDetail
  /// By number of the submission.
  private let reasons: [Int: ReasonScreen]
  private let similar: [SameMatterCandidate]
  private let standing: CaseScreen?
  private let names: BookNames
  private let marks: TextMarks
  private let messages: Messages

  /// - Parameters:
  ///   - similar: what is likely the same matter.
  ///   - marks: for what differs between near texts.
  init(
    _ detail: SuggestionDetail, reasons: [Int: ReasonScreen], similar: [SameMatterCandidate], standing: CaseScreen?,
    names: BookNames, marks: TextMarks, messages: Messages
  ) {
    self.detail = detail
    self.reasons = reasons
    self.similar = similar
    self.standing = standing
    self.names = names
    self.marks = marks
    self.messages = messages
  }

  var text: String {
    var lines = [
      messages("事项 \(detail.id)", "Suggestion \(detail.id)") + "  \(detail.receipt)  "
        + [messages.word(detail.state), messages.word(detail.kind), messages.word(detail.urgency)].joined(separator: " · ")
        + (detail.track == "sensitive" ? " · " + messages.word("sensitive") : ""),
      field("主题", "topic", topic),
      field("地点", "place", place),
      field("承办", "department", departments),
      field(
        "优先", "priority",
        messages("\(detail.priority)，附议 \(detail.support) 人，来件 \(detail.submissions) 条", "\(detail.priority), support \(detail.support), \(detail.submissions) submissions")),
    ]
    if !detail.merged.isEmpty {
      lines.append(field("并入", "merged in", detail.merged.map { "\($0.id)" }.joined(separator: messages("、", ", "))))
    }
    if let again { lines.append(field("再次", "again", again)) }
    for line in detail.splitLines(messages) { lines.append(field(line.zh, line.en, line.value)) }
    if let leader = detail.leader {
      lines.append(field(leader.link.kind == "contained" ? "包含" : "近似", leader.link.kind, link(leader)))
      let screen = NearScreen(leader, marks: marks, messages: messages)
      lines += screen.lines.map { String(repeating: " ", count: 14) + $0 }
    }
    for follower in detail.followers.prefix(5) { lines.append(field("被近似", "near it", link(follower))) }
    if !similar.isEmpty {
      let words = SameMatterWords(names: names, messages: messages)
      lines.append("  " + messages("疑似同一件事", "perhaps the same matter"))
      for candidate in similar {
        let text = SameMatterWords.oneLine(candidate.title.isEmpty ? candidate.body : candidate.title)
        lines.append(
          "    \(candidate.suggestion)  \(SameMatterWords.decimal(candidate.score))  \(TextTable.cut(text, to: 40))  "
            + words.parts(candidate))
      }
    }
    for member in detail.members { lines += [""] + submission(member) }
    if let standing { lines += [""] + standing.lines }
    if !detail.events.isEmpty {
      lines += ["", messages("历史", "History")]
      for event in detail.events {
        // What was done to another of the suggestions it stands for says which.
        let isOfMany = ["intake", "reclassify", "unseal"].contains(event.action)
        let subject = event.subject != detail.id && !isOfMany ? " \(event.subject)" : ""
        lines.append(
          "  \(LocalTime.short(event.at))  \(messages.word(event.actor))  \(messages.word(event.action))\(subject)  #\(event.sequence)")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func field(_ zh: String, _ en: String, _ value: String) -> String {
    let label = messages(zh, en)
    return "  " + label + String(repeating: " ", count: max(1, 12 - TextTable.width(of: label))) + value
  }

  private var topic: String {
    guard let path = names.topicPath(detail.topic) else { return messages("未识别，请人工判定", "none: staff decide") }
    if detail.decided.contains("topic") { return path + messages("（人工判定）", " (decided by a person)") }
    guard let certainty = detail.members.first?.verdict.certainty else { return path }
    return path + messages.certainty(certainty)
  }

  private var place: String {
    let asked = detail.members.first?.verdict.asked
    let parts = [names.region(detail.region), names.station(detail.station)].compactMap(\.self)
    if let asked { return messages("待问：“\(asked)”指哪里？", "to ask: which \"\(asked)\"?") + parts.joined(separator: " ") }
    return parts.isEmpty ? messages("未定", "open") : parts.joined(separator: " · ")
  }

  private var departments: String {
    let lead = names.department(detail.lead, tier: detail.tier, region: detail.region) ?? messages("未定", "open")
    let others = (detail.members.first?.verdict.coHandlers ?? []).compactMap {
      names.department($0, tier: detail.tier, region: detail.region)
    }
    return lead + (others.isEmpty ? "" : messages("（协办：\(others.joined(separator: "、"))）", " (with \(others.joined(separator: ", ")))"))
  }

  /// 第 2 次发生（上次 12，办结）；其后 20（待审核）
  private var again: String? {
    func words(_ item: MatterCase) -> String { messages("\(item.id)（\(messages.word(item.state))）", "\(item.id) (\(messages.word(item.state)))") }
    var parts: [String] = []
    if let recurrence = detail.recurrence, let previous = detail.cases.first(where: { $0.id == recurrence.previous }) {
      let state = messages.word(previous.state)
      parts.append(
        messages(
          "第 \(recurrence.times) 次发生（上次 \(previous.id)，\(state)）",
          "time \(recurrence.times) of this matter (before: \(previous.id), \(state))"))
    }
    let later = detail.cases.filter { $0.id > detail.id }
    if !later.isEmpty { parts.append(messages("后来又发生 ", "came again: ") + later.map(words).joined(separator: messages("、", ", "))) }
    return parts.isEmpty ? nil : parts.joined(separator: messages("；", "; "))
  }

  private func link(_ near: NearSuggestion) -> String {
    let similarity = Double(near.link.score) / 10
    let differs = near.link.differs.map { messages("，", ", ") + messages.word($0) } ?? ""
    return "\(near.link.suggestion)（\(TextTable.seconds(similarity)) %\(differs)）\(TextTable.cut(near.title.isEmpty ? near.excerpt : near.title, to: 40))"
  }

  private func submission(_ member: SubmissionDetail) -> [String] {
    var head = messages("来件 \(member.number)", "Submission \(member.number)") + "  \(member.receipt)  "
    head += [
      messages.word(member.channel), "\(member.source)/\(member.externalID)",
      member.submittedAt.map(LocalTime.short) ?? messages("日期不详", "undated"),
    ].joined(separator: "  ")
    if member.duplicate != "none" {
      head += "  " + messages.word(member.duplicate) + (member.leaderName.map { " → \($0)" } ?? "")
    }
    var lines = [head]
    if !member.title.isEmpty { lines.append("  " + marked(member.title, member.verdict, inTitle: true)) }
    for line in marked(member.body, member.verdict, inTitle: false).split(separator: "\n", omittingEmptySubsequences: true) {
      lines.append("  " + line)
    }
    for attribute in member.attributes { lines.append("    \(messages.word(attribute.name)): \(messages.word(attribute.text).replacing("\n", with: ", "))") }
    lines.append(contentsOf: verdict(member.verdict))
    if member.duplicate != "exact", let reasons = reasons[member.number] { lines += reasons.lines.map { "    " + $0 } }
    for earlier in member.earlierVerdicts {
      lines.append(
        messages("  重判前（规则 \(earlier.book ?? "")）：", "  before (book \(earlier.book ?? "")): ")
          + (names.topicPath(earlier.topic) ?? messages("未识别", "none")) + messages.certainty(earlier.certainty)
          + " · " + messages.word(earlier.kind) + " · " + messages.word(earlier.urgency) + "  #\(earlier.event)")
    }
    for earlier in member.earlier {
      lines.append(
        messages("  更正前（第 \(earlier.revision + 1) 版）：", "  before correction (version \(earlier.revision + 1)): ")
          + earlier.body.replacing("\n", with: " "))
    }
    return lines
  }

  private func verdict(_ verdict: VerdictDetail) -> [String] {
    var lines: [String] = []
    if !verdict.cuts.isEmpty {
      lines.append(messages("  已遮盖：", "  cut out: ") + verdict.cuts.map(messages.word).joined(separator: messages("、", ", ")))
    }
    if !verdict.flags.isEmpty {
      lines.append(messages("  提示：", "  flags: ") + verdict.flags.map(messages.word).joined(separator: messages("、", ", ")))
    }
    var rules: [(rule: String, words: [String])] = []
    for evidence in verdict.evidence {
      if let index = rules.firstIndex(where: { $0.rule == evidence.rule }) {
        if !rules[index].words.contains(evidence.text) { rules[index].words.append(evidence.text) }
      } else {
        rules.append((evidence.rule, [evidence.text]))
      }
    }
    lines.append(
      messages("  依据（规则 \(verdict.book ?? "")，得分 \(verdict.score)，次优 \(verdict.runnerUp)）：", "  evidence (book \(verdict.book ?? ""), score \(verdict.score), runner-up \(verdict.runnerUp)):")
        + (rules.isEmpty ? messages("无", "none") : ""))
    for rule in rules { lines.append("    \(rule.rule)  ⟦\(rule.words.joined(separator: "⟧ ⟦"))⟧") }
    return lines
  }

  /// The text with its evidence between ⟦ and ⟧, overlapping stretches joined.
  private func marked(_ text: String, _ verdict: VerdictDetail, inTitle: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    var isMarked = [Bool](repeating: false, count: scalars.count)
    for evidence in verdict.evidence where evidence.inTitle == inTitle {
      for position in evidence.start..<min(scalars.count, evidence.start + evidence.count) { isMarked[position] = true }
    }
    var result = String.UnicodeScalarView()
    for (position, scalar) in scalars.enumerated() {
      if isMarked[position], position == 0 || !isMarked[position - 1] { result.append("⟦") }
      result.append(scalar)
      if isMarked[position], position + 1 == scalars.count || !isMarked[position + 1] { result.append("⟧") }
    }
    return String(result)
  }

  // MARK: JSON

  var json: String {
    var writer = JSONWriter()
    writer.object { root in
      root.field("id", detail.id)
      root.field("receipt", detail.receipt)
      root.field("version", detail.version)
      root.field("state", detail.state)
      root.field("track", detail.track)
      root.field("kind", detail.kind)
      root.field("urgency", detail.urgency)
      root.field("topic", detail.topic)
      root.field("region", detail.region)
      root.field("station", detail.station)
      root.field("lead", detail.lead)
      root.field("tier", detail.tier)
      root.field("priority", detail.priority)
      root.field("support", detail.support)
      root.array("decided") { list in for aspect in detail.decided { list.field(nil, aspect) } }
      root.array("merged") { list in
        for merged in detail.merged {
          list.object {
            $0.field("id", merged.id)
            $0.field("into", merged.into)
          }
        }
      }
      detail.recurrence.write(to: &root)
      root.array("cases") { list in
        for item in detail.cases {
          list.object {
            $0.field("id", item.id)
            $0.field("state", item.state)
            $0.field("submitted_at", item.submittedAt.map(LocalTime.rfc3339))
          }
        }
      }
      detail.writeSplit(to: &root)
      root.array("near") { near in
        for other in [detail.leader].compactMap(\.self) + detail.followers {
          near.object {
            $0.field("suggestion", other.link.suggestion)
            $0.field("kind", other.link.kind)
            $0.field("score", Double(other.link.score) / 1000, decimals: 3)
            $0.field("differs", other.link.differs)
            $0.field("submission", other.link.submission)
            $0.field("own_submission", other.ownSubmission)
            $0.field("body", other.body)
            NearParts(other).write(to: &$0)
          }
        }
      }
      root.array("same_matter") { list in
        for candidate in similar {
          list.object {
            $0.field("suggestion", candidate.suggestion)
            $0.field("score", Double(candidate.score.thousandths) / 1000, decimals: 3)
          }
        }
      }
      if let standing { root.object("case") { standing.write(to: &$0) } } else { root.null("case") }
      root.array("submissions") { members in for member in detail.members { write(member, to: &members) } }
      root.array("history") { events in
        for event in detail.events {
          events.object {
            $0.field("seq", event.sequence)
            $0.field("at", LocalTime.rfc3339(event.at))
            $0.field("actor", event.actor)
            $0.field("action", event.action)
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }

  private func write(_ member: SubmissionDetail, to writer: inout JSONWriter) {
    writer.object { root in
      root.field("number", member.number)
      root.field("receipt", member.receipt)
      root.field("source", member.source)
      root.field("external_id", member.externalID)
      root.field("revision", member.revision)
      root.field("submitted_at", member.submittedAt.map(LocalTime.rfc3339))
      root.field("channel", member.channel)
      root.field("title", member.title)
      root.field("body", member.body)
      root.object("attributes") { fields in for field in member.attributes { fields.field(field.name, field.text) } }
      root.field("duplicate", member.duplicate)
      root.field("leader", member.leaderName)
      root.object("verdict") { verdict in
        verdict.field("book", member.verdict.book)
        verdict.field("score", member.verdict.score)
        verdict.field("runner_up", member.verdict.runnerUp)
        verdict.array("further_topics") { list in for topic in member.verdict.furtherTopics { list.field(nil, topic) } }
        verdict.field("confidence", Double(member.verdict.certainty.confidence) / 1000, decimals: 3)
        verdict.field("sure", member.verdict.certainty.isSure)
        verdict.field("route", member.verdict.route)
        verdict.field("asked", member.verdict.asked)
        verdict.array("co_handlers") { list in for code in member.verdict.coHandlers { list.field(nil, code) } }
        verdict.array("flags") { list in for code in member.verdict.flags { list.field(nil, code) } }
        verdict.array("cuts") { list in for code in member.verdict.cuts { list.field(nil, code) } }
        verdict.array("evidence") { list in
          for evidence in member.verdict.evidence {
            list.object {
              $0.field("rule", evidence.rule)
              $0.field("part", evidence.inTitle ? "title" : "body")
              $0.field("start", evidence.start)
              $0.field("count", evidence.count)
              $0.field("text", evidence.text)
            }
          }
        }
        reasons[member.number]?.write(to: &verdict)
      }
      root.array("earlier_verdicts") { list in
        for earlier in member.earlierVerdicts {
          list.object {
            $0.field("book", earlier.book)
            $0.field("topic", earlier.topic)
            $0.field("kind", earlier.kind)
            $0.field("track", earlier.track)
            $0.field("urgency", earlier.urgency)
            $0.field("region", earlier.region)
            $0.field("lead", earlier.lead)
            $0.field("score", earlier.score)
            $0.field("confidence", Double(earlier.certainty.confidence) / 1000, decimals: 3)
            $0.field("sure", earlier.certainty.isSure)
            $0.field("event", earlier.event)
          }
        }
      }
    }
  }
}

extension Messages {
  func noSuggestion(_ id: String) -> String {
    self("没有编号或回执为 \(id) 的事项。", "no suggestion has the number or receipt \(id).")
  }
}
