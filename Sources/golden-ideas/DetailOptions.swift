import ArgumentParser
import Casework
import Foundation
import Rules
import Store
import Suggestions

/// What an act brings with it, on the command line.
struct DetailOptions: ParsableArguments {
  @Option(help: "理由 / why") var reason: String?
  @Option(help: "正文：答复、指示、补充要求、告知、意见 / the answer, instructions, question, message or opinion") var text: String?
  @Option(help: "正文在文件里，- 为标准输入 / the text in a file; - is standard input") var textFile: String?
  @Option(help: "派给谁：部门编码、编码@区划、station:驿站 / to whom: CODE, CODE@REGION or station:CODE") var to: String?
  @Option(help: "协办，可多次 / who helps; may be repeated") var with: [String] = []
  @Option(help: "不予受理的理由代码 / reason of a rejection, by code") var rejection: String?
  @Option(help: "依据 / the rule or duty it rests on") var basis: String?
  @Option(help: "退单时建议的单位 / whose it is, says the one who returns it") var owner: String?
  @Option(help: "办理结果 A B C D / outcome") var outcome: String?
  @Option(help: "办结证明：照片的摘要或编号，可多次 / proof: digests or numbers of photos; may be repeated") var proof: [String] = []
  @Option(help: "并入哪一件 / merge into which") var into: String?
  @Option(help: "延多久 / how much more time: \"2 working days\"") var extra: String?
  @Option(help: "到什么时候 / until when: 2026-03-02T09:30") var until: String?
  @Option(help: "回访：解决了吗 yes partly no unknown / was it solved") var solved: String?
  @Option(help: "回访：满意吗 yes partly no unknown / is the writer satisfied") var satisfied: String?
  @Option(help: "评分：可行,可持续,可推广,效益,创新，各 1–5 / feasible,sustainable,transferable,benefit,new, each 1-5") var score: String?
  @Option(help: "提案号 / proposal number") var proposal: String?
  @Option(help: "奖励 / award") var award: String?
  @Option(help: "撤销第几个动作 / which act is undone, by its number") var undoes: Int?

  func details(_ common: CommonOptions, _ book: RuleBook, _ rules: CaseworkRules) throws -> CaseDetails {
    let messages = common.messages
    func known<Value>(_ option: String, _ text: String?, _ read: (String) -> Value?) throws -> Value? {
      guard let text else { return nil }
      guard let value = read(text) else {
        throw Outcome.notStarted(messages("\(option) 不认识 \(text)", "\(option) does not know \(text)"))
      }
      return value
    }
    var details = CaseDetails()
    details.reason = reason
    details.text = try text ?? textFile.map { try read($0, messages) }
    details.handler = try to.map { try CaseHandler(unit: $0, book, messages) }
    details.coHandlers = with.isEmpty ? nil : try with.map { try CaseHandler(unit: $0, book, messages) }
    details.rejection = try known("--rejection", rejection) { code in RejectionReason.allCases.first { $0.code == code } }
    details.basis = basis
    details.proposedOwner = try owner.map { try CaseHandler(unit: $0, book, messages) }
    details.outcome = try known("--outcome", outcome) { code in
      CaseOutcome.allCases.first { $0.code == code.uppercased() }
    }
    details.proofs = proof
    details.extra = try known("--extra", extra) { Allowance($0) }
    details.until = try until.map { try common.moment($0, "--until") }
    details.callBack = try common.callBack(solved: solved, satisfied: satisfied)
    details.score = try known("--score", score) { text in
      let numbers = text.split(separator: ",").compactMap { Int($0) }
      guard numbers.count == 5 else { return nil }
      return IdeaScore(
        feasible: numbers[0], sustainable: numbers[1], transferable: numbers[2], publicBenefit: numbers[3], new: numbers[4])
    }
    details.proposalNumber = proposal
    details.award = award
    details.undoes = undoes
    return details
  }

  private func read(_ path: String, _ messages: Messages) throws -> String {
    let data = path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
    guard let data, let text = String(validating: data, as: UTF8.self) else {
      throw Outcome.notStarted(messages("读不了 \(path)，或不是 UTF-8", "cannot read \(path), or it is not UTF-8"))
    }
    return text
  }
}

extension CommonOptions {
  /// 回访; nil where neither question was answered.
  func callBack(solved: String?, satisfied: String?) throws -> CallBackResult? {
    func answer(_ option: String, _ code: String?) throws -> CallBackResult.Answer {
      switch code {
      case "yes": return .yes
      case "partly": return .partly
      case "no": return .no
      case nil, "unknown": return .unknown
      case .some(let other):
        throw Outcome.notStarted(
          messages("\(option) 应为 yes、partly、no 或 unknown，不是 \(other)", "\(option) is yes, partly, no or unknown, not \(other)"))
      }
    }
    guard solved != nil || satisfied != nil else { return nil }
    return CallBackResult(
      isSolved: try answer("--solved", solved), isSatisfied: try answer("--satisfied", satisfied))
  }

  /// A moment in China's time: `2026-03-02T09:30`, with seconds or an offset if wanted; a bare date is its midnight.
  func moment(_ text: String, _ option: String) throws -> Int64 {
    let full = text.count == 10 ? text + "T00:00" : text
    let withSeconds = full.count == 16 ? full + ":00" : full
    let hasZone = withSeconds.count > 19
    guard let date = ISO8601DateFormatter().date(from: hasZone ? withSeconds : withSeconds + "+08:00") else {
      throw Outcome.notStarted(
        messages("\(option) 应为 2026-03-02T09:30 这样的时间，不是 \(text)", "\(option) wants a time like 2026-03-02T09:30, not \(text)"))
    }
    return Int64(date.timeIntervalSince1970)
  }
}
