import ArgumentParser
import Foundation
import Store
import Suggestions

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "核对历史链、封存件、计数与投影 / history chain, sealed bytes, counts and projections")

  @OptionGroup var common: CommonOptions
  @Option(help: "与以前另存的历史末端比对，末尾被截去也看得出 / compare with a head written down earlier: shows a cut-off end too")
  var head: String?
  @Option(help: "把历史末端另存为文件，请放到别处 / write the head of the history to a file, to be kept elsewhere")
  var exportHead: String?

  func run() throws {
    let store = try common.openStore(.existing)
    let rules = try common.caseworkRules()
    let known = try head.map { try HeadFile.read($0, common.messages) }
    let report = try common.onStore { () throws(StoreFault) in try store.verify(under: rules, head: known) }
    // The head of a history that does not hold is no measure of anything.
    if let exportHead, report.isSound { try HeadFile.write(report.historyHead, to: exportHead, common.messages) }
    if common.json {
      var writer = JSONWriter()
      writer.object { root in
        root.field("sound", report.isSound)
        root.object("counts") { $0.write(report.counts) }
        root.object("tail") {
          $0.field("submission", report.tail.submission)
          $0.field("seal", report.tail.seal)
          $0.field("event", report.tail.event)
        }
        root.field("head", report.head)
        root.array("faults") { list in
          for fault in report.faults {
            list.object {
              $0.field("kind", fault.kind.rawValue)
              $0.field("number", fault.number)
              $0.field("occurrences", fault.occurrences)
            }
          }
        }
      }
      writer.newline()
      print(writer.text, terminator: "")
    } else {
      let messages = common.messages
      for fault in report.faults { print(messages.verification(fault)) }
      let counts = report.counts
      print(
        report.isSound
          ? messages(
            "完好：来件 \(messages.grouped(counts.submissions))，事项 \(messages.grouped(counts.suggestions))，更正 \(counts.revisions)，隔离 \(counts.quarantined)，封存段 \(counts.segments)，事件 \(counts.events)。",
            "sound: \(messages.grouped(counts.submissions)) submissions, \(messages.grouped(counts.suggestions)) suggestions, \(counts.revisions) revisions, \(counts.quarantined) quarantined, \(counts.segments) segments, \(counts.events) events.")
          : messages("发现 \(report.faults.count) 类问题。请不要再写入，从备份恢复或联系维护者。", "\(report.faults.count) kinds of fault. Stop writing; restore from a backup."))
      print(messages("历史末端 ", "head of history ") + "\(report.tail.event) \(report.head)")
    }
    if !report.isSound { throw Outcome.findings() }
  }
}

extension JSONWriter {
  mutating func write(_ counts: VerificationReport.Counts) {
    field("submissions", counts.submissions)
    field("revisions", counts.revisions)
    field("suggestions", counts.suggestions)
    field("quarantined", counts.quarantined)
    field("segments", counts.segments)
    field("erased_segments", counts.erasedSegments)
    field("events", counts.events)
    field("erased", counts.erased)
  }
}

extension Messages {
  func verification(_ fault: VerificationFault) -> String {
    let count = fault.occurrences > 1 ? self("（共 \(fault.occurrences) 处）", " (\(fault.occurrences) in all)") : ""
    return self("问题 \(fault.kind.rawValue)：\(what(fault.kind))，首处编号 \(fault.number)", "fault \(fault.kind.rawValue): \(what(fault.kind)), first at \(fault.number)") + count
  }

  private func what(_ kind: VerificationFault.Kind) -> String {
    switch kind {
    case .pages: self("数据库文件损坏", "the database file is damaged")
    case .chain: self("历史链断裂，事件被改过", "the history chain breaks: an event was changed")
    case .events: self("收件事件读不懂或前后不接", "an intake event cannot be read or does not follow on")
    case .eventCounts: self("收件事件的计数与内容不符", "an intake event's counts are not what is there")
    case .rows: self("一批来件的内容与事件不符", "a batch's rows are not those its event was written over")
    case .seals: self("封存编号缺失或重复", "a seal is missing or used twice")
    case .segmentOrder: self("封存段不相接", "sealed segments do not follow on")
    case .segments: self("封存段打不开", "a sealed segment does not open")
    case .quarantine: self("隔离记录的原件不符", "a quarantined record's bytes are others")
    case .numbers: self("来件编号缺失", "a submission's number is missing")
    case .suggestions: self("事项与来件不对应", "suggestions and submissions do not correspond")
    case .members: self("并入名单不符", "the list of joined submissions disagrees")
    case .support: self("附议数不符", "support does not add up")
    case .projection: self("事项的判定与首条来件不同", "a suggestion shows another verdict than its first submission")
    case .leaders: self("重复关系指向不存在或更晚的来件", "a duplicate points to nothing or to a later submission")
    case .codes: self("代码引用无效", "a code reference is invalid")
    case .verdicts: self("判定记录读不懂", "a verdict cannot be read")
    case .checkpoints: self("文件进度的计数不符", "a file's checkpoint does not add up")
    case .decisions: self("事项没有照人工判定显示", "a suggestion does not show what people decided")
    case .cases: self("办理状态与历史不符", "a case does not stand where its history leads")
    case .dues: self("存的到期时间不是现在的时限算出来的；运行 chase 会重算", "stored due times are not what the clocks give now; chase computes them anew")
    case .splits: self("拆分与历史不符", "a case counts as a part of another otherwise than the history tells")
    case .recurrences: self("“再次发生”与历史不符", "a case counts as a matter again otherwise than the history tells")
    case .merges: self("并案与历史不符", "suggestions are merged otherwise than the history tells")
    case .earlierVerdicts: self("重判留下的旧判定不符", "the verdicts kept from a replacing do not add up")
    case .outbox: self("发件箱的消息与历史或投递记录不符", "a message of the outbox disagrees with the history or with its deliveries")
    case .matters: self("找同一件事的索引与来件不符（来件无损）", "the same-matter index does not agree with the texts, which are sound")
    case .writers: self("来件人索引不符（来件无损）", "the index of writers is not as it should be; the texts are sound")
    case .search: self("检索索引不符（来件无损）", "the search index is not as it should be; the texts are sound")
    case .erasures: self("删除没有做完或与记录不符；先运行 erase 补完", "an erasure is not finished, or not as it was told; run erase to end it")
    case .retention: self("按保存期限清空的与历史不符", "what was emptied by the retention rule is otherwise than the history tells")
    case .head: self("历史不是从另存的末端接下来的：末尾被截去、被改写，或恢复过旧备份", "the history does not go on from the head written down: its end was cut off or written anew, or an older backup was restored")
    case .accounts: self("用户、角色、口令或会话与历史不符", "a user, role, password or session is otherwise than the history tells")
    case .reporters: self("信息员登记或其贡献与历史、来件不符", "the register of reporters or what counts as theirs disagrees with the history or the texts")
    case .opinionBooks: self("意见簿的启用、封存日期与历史不符", "an opinion book's dates are otherwise than the history tells")
    case .bookPages: self("意见簿录入的页与历史不符", "a typed page of an opinion book is otherwise than the history tells")
    case .issues:
      self("一期月报的审签或内容与历史不符", "an issue of the digest is not signed, or not as it is shown, as the history tells")
    }
  }
}
