internal import Suggestions

/// A job of the intake in the words of a page.
struct RunValues {
  let job: IntakeJob
  let visit: Visit

  init(_ job: IntakeJob, _ visit: Visit) {
    self.job = job
    self.visit = visit
  }

  var heading: String {
    switch job.kind {
    case .files:
      let names = job.names.prefix(3).joined(separator: visit.say("、", ", "))
      let more = job.names.count > 3 ? visit.say(" 等 \(job.names.count) 个文件", " and \(job.names.count - 3) more") : ""
      return (job.isDryRun ? visit.say("演算：", "Dry run: ") : visit.say("收件：", "Intake: ")) + names + more
    case .retry: return visit.say("隔离区重收", "Quarantine, tried again")
    case .bookPage: return visit.say("意见簿录入：", "Opinion book: ") + (job.names.first ?? "")
    }
  }

  var stateWord: String {
    switch job.state {
    case .waiting: visit.say("排队中", "waiting")
    case .running: visit.say("正在收", "under way")
    case .done: visit.say("已完成", "done")
    case .stopped: visit.say("已停下", "stopped")
    case .refused: visit.say("没有收成", "not done")
    }
  }

  var value: [String: PageValue] {
    let isRetry = job.kind == .retry
    return [
      "heading": .text(heading), "state": .text(stateWord), "code": .text(job.state.rawValue),
      "address": .text("/intake/runs/\(job.number)"), "by": .text(job.by), "at": .text(visit.names.moment(job.sentAt)),
      "isOpen": .flag(!job.state.isOver), "isRunning": .flag(job.state == .running),
      "mayStop": .flag(job.state == .waiting || !isRetry),
      "isDone": .flag(job.state == .done), "isDryRun": .flag(job.isDryRun), "isRetry": .flag(isRetry),
      "isStopped": .flag(job.state == .stopped),
      "refusal": .optional(job.refusal), "isKept": .flag(job.isKept && job.state.isOver),
      "progress": .text(progress), "percent": .optional(percent.map(String.init)),
      "script": .text(visit.premises.assets.address(of: "intake.js")),
      "files": .objects(job.files) { file($0) }, "hasFiles": .flag(!job.files.isEmpty),
      "total": .object(tally(job.total)), "hasTotal": .flag(job.files.count > 1), "sum": .text(sum),
      "duplicates": .text(duplicates), "seconds": .text(seconds),
      "retried": .text(
        visit.say(
          "重收 \(job.tried) 条，收进 \(job.takenIn) 条，仍有 \(job.tried - job.takenIn) 条在隔离区。",
          "\(job.tried) tried, \(job.takenIn) taken in, \(job.tried - job.takenIn) still in quarantine.")),
      "forms": .objects(job.isKept && job.kind == .files ? visit.services.intake.forms(visit.language).forms : []) {
        ["name": .text($0.name), "title": .text($0.title)]
      },
      "choosesForm": .flag(job.kind == .files), "back": .text(back),
      "maySeeQuarantine": .flag(visit.visitor.hasRole(among: IntakePages.staff) && !job.isDryRun),
    ]
  }

  private var back: String {
    switch job.kind {
    case .files: "/intake"
    case .retry: "/intake/quarantine"
    case .bookPage: "/intake/book"
    }
  }

  private func tally(_ tally: IntakeJob.Tally) -> [String: PageValue] {
    [
      "read": .number(tally.read), "new": .number(tally.new), "revised": .number(tally.revised),
      "unchanged": .number(tally.unchanged), "quarantined": .number(tally.quarantined),
      "suggestions": .number(tally.suggestions), "exact": .number(tally.exact), "near": .number(tally.near),
      "hasQuarantined": .flag(tally.quarantined > 0),
    ]
  }

  private func file(_ file: IntakeJob.File) -> [String: PageValue] {
    let more = file.tally.quarantined - file.faults.count
    return tally(file.tally).merging([
      "name": .text(file.name), "source": .text(file.source), "form": .text(file.form),
      "faults": .objects(file.faults) { RunValues.fault($0, visit) }, "hasFaults": .flag(!file.faults.isEmpty),
      "more": .optional(more > 0 ? visit.say("另有 \(more) 条", "\(more) more") : nil),
      "quarantine": .text("/intake/quarantine?file=" + FormFields.encoded(file.name)),
    ]) { $1 }
  }

  static func fault(_ fault: IntakeJob.Fault, _ visit: Visit) -> [String: PageValue] {
    [
      "record": .text(fault.record > 0 ? String(fault.record) : "—"), "line": .number(fault.line),
      "column": .number(fault.column), "reason": .text(visit.names.word(fault.reason)), "detail": .text(fault.detail),
    ]
  }

  private var sum: String {
    let total = job.total
    return visit.say(
      "读入 \(total.read) = 新 \(total.new) + 更正 \(total.revised) + 未变 \(total.unchanged) + 隔离 \(total.quarantined)",
      "read \(total.read) = \(total.new) new + \(total.revised) revised + \(total.unchanged) unchanged + \(total.quarantined) quarantined")
  }

  /// What there is none of is left out but for the first two.
  private var duplicates: String {
    let total = job.total
    var parts = [
      visit.say("新事项 \(total.suggestions) 件", "\(total.suggestions) new suggestions"),
      visit.say("重复来件 \(total.exact) 条已并入", "\(total.exact) exact duplicates joined"),
      visit.say("近似 \(total.near) 条待确认", "\(total.near) near ones to confirm"),
    ]
    if total.contained > 0 {
      parts.append(visit.say("包含 \(total.contained) 条", "\(total.contained) that contain another or stand in one"))
    }
    if total.again > 0 {
      parts.append(visit.say("办结后再次发生 \(total.again) 件", "\(total.again) matters again that were done with"))
    }
    return parts.joined(separator: visit.say("，", ", "))
  }

  private var seconds: String {
    let tenths = Int((job.seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private var progress: String {
    switch job.state {
    case .waiting:
      return visit.say("在排队，前面的收完就开始。", "In the queue; it begins when those before it are done.")
    case .running:
      guard let progress = job.progress else { return visit.say("正在打开文件……", "Opening the files …") }
      return visit.say("已读 \(progress.records) 条", "\(progress.records) records read")
    case .done, .stopped, .refused: return stateWord
    }
  }

  private var percent: Int? {
    guard let progress = job.progress, let total = progress.totalBytes, total > 0 else { return nil }
    return min(100, progress.bytes * 100 / total)
  }

  /// As described in the interface.
  var json: String {
    var json = JSONWriter()
    json.object {
      $0.field("number", job.number)
      $0.field("state", job.state.rawValue)
      $0.field("over", job.state.isOver)
      $0.field("said", progress)
      if let percent { $0.field("percent", percent) } else { $0.null("percent") }
      $0.field("read", job.state.isOver ? job.total.read : job.progress?.records ?? 0)
      $0.field("new", job.total.new)
      $0.field("revised", job.total.revised)
      $0.field("unchanged", job.total.unchanged)
      $0.field("quarantined", job.total.quarantined)
    }
    json.newline()
    return json.text
  }
}
