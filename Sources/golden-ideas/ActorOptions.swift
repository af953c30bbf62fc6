import ArgumentParser
import Casework
import Foundation
import Rules
import Suggestions

/// Who acts, on the command line: the administrator's own machine, so that every role can be taken; the history keeps
/// which one was.
struct ActorOptions: ParsableArguments {
  @Option(help: "以什么身份 / in which role: moderator lead department department-head station-keeper reporter supervisor publisher administrator writer")
  var role: String = CaseRole.lead.code
  @Option(help: "所在单位：部门编码，区县的写 编码@区划 / the actor's unit: a department, CODE@REGION for a district's") var unit: String?
  @Option(help: "所在驿站编码 / the keeper's station, by code") var station: String?
  @Option(help: "谁 / who") var actor: String = NSUserName()

  func value(_ messages: Messages, _ book: RuleBook) throws -> CaseActor {
    guard let role = CaseRole.allCases.first(where: { $0.code == role }) else {
      throw Outcome.notStarted(
        messages(
          "--role 不认识 \(self.role)；可用：\(CaseRole.allCases.map(\.code).joined(separator: " "))",
          "--role does not know \(self.role); known: \(CaseRole.allCases.map(\.code).joined(separator: " "))"))
    }
    guard actor.contains(where: { !$0.isWhitespace }) else {
      throw Outcome.notStarted(messages("请写明是谁。", "say who."))
    }
    var handler = try unit.map { try CaseHandler(unit: $0, book, messages) }
    if let station { handler = try CaseHandler(unit: "station:" + station, book, messages) }
    return CaseActor(name: actor, role: role, tracks: Set(Track.allCases), handler: handler)
  }
}

extension CaseHandler {
  /// Reads ``text``: `0501`, `0501@430702` or `station:CODE`.
  init(unit text: String, _ book: RuleBook, _ messages: Messages) throws {
    if text.hasPrefix("station:") {
      let code = String(text.dropFirst("station:".count))
      guard let station = book.stations.first(where: { $0.code == code || $0.name == code }) else {
        throw Outcome.notStarted(messages("没有驿站 \(code)", "there is no station \(code)"))
      }
      self.init(unit: station.code, isStation: true)
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let unit = parts.first, book.department(code: unit) != nil else {
      throw Outcome.notStarted(
        messages("没有单位 \(text)；写部门编码，区县的写 编码@区划", "there is no unit \(text); give a department's code, CODE@REGION for a district's"))
    }
    if parts.count == 2, book.region(code: parts[1]) == nil {
      throw Outcome.notStarted(messages("没有区划 \(parts[1])", "there is no region \(parts[1])"))
    }
    self.init(unit: unit, district: parts.count == 2 ? parts[1] : nil)
  }
}

extension BookNames {
  /// Who is to do the work, as people call it.
  func handler(_ handler: CaseHandler) -> String {
    if handler.isStation { return station(handler.unit) ?? handler.unit }
    guard let district = handler.district else { return department(handler.unit, tier: nil, region: nil) ?? handler.unit }
    return department(handler.unit, tier: Tier.district.rawValue, region: district) ?? handler.text
  }
}
