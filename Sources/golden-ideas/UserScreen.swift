import Casework
import Store
import Suggestions

/// Users for people and for programs.
struct UserScreen {
  let messages: Messages

  func table(_ accounts: [Account]) -> String {
    guard !accounts.isEmpty else {
      return messages(
        "还没有用户。第一个管理员：golden-ideas user add 名字 --role administrator",
        "No users yet. The first administrator: golden-ideas user add NAME --role administrator")
    }
    var table = TextTable(columns: [
      (messages("登录名", "name"), .left), (messages("姓名", "display"), .left), (messages("状态", "state"), .left),
      (messages("角色", "roles"), .left),
    ])
    for account in accounts {
      let roles = account.grants.map { role($0.scope) }
      table.add([account.name, account.display, state(account), roles.first ?? ""])
      for further in roles.dropFirst() { table.add(["", "", "", further]) }
    }
    return table.text
  }

  func sessions(_ sessions: [AccountSession]) -> String {
    guard !sessions.isEmpty else { return messages("没有登录。", "Not signed in.") }
    var table = TextTable(columns: [
      (messages("编号", "id"), .right), (messages("登录", "signed in"), .left), (messages("最近", "last seen"), .left),
      (messages("最迟到", "ends by"), .left),
    ])
    for session in sessions {
      table.add([
        "\(session.id)", LocalTime.short(session.createdAt), LocalTime.short(session.seenAt),
        LocalTime.short(session.endsAt),
      ])
    }
    return table.text
  }

  private func state(_ account: Account) -> String {
    if account.isDisabled { return messages("已停用", "disabled") }
    return account.hasPassword ? messages("正常", "active") : messages("未设口令", "no password")
  }

  func role(_ scope: RoleScope) -> String {
    var parts = [messages.role(scope.role)]
    if let handler = scope.handler {
      parts.append([handler.unit, handler.district].compactMap(\.self).joined(separator: "@"))
    }
    parts.append(
      scope.regions.isEmpty
        ? messages("全市", "whole city") : scope.regions.sorted().joined(separator: messages("、", ", ")))
    if scope.tracks.contains(.sensitive) {
      let isOnly = !scope.tracks.contains(.ordinary)
      parts.append(isOnly ? messages("仅敏感", "sensitive only") : messages("含敏感", "and sensitive"))
    }
    return parts.joined(separator: " · ")
  }

  static func write(_ account: Account, to writer: inout JSONWriter) {
    writer.field("id", account.id)
    writer.field("name", account.name)
    writer.field("display", account.display)
    writer.field("created_at", LocalTime.rfc3339(account.createdAt))
    writer.field("disabled", account.isDisabled)
    writer.field("has_password", account.hasPassword)
    writer.array("roles") { list in
      for grant in account.grants {
        list.object {
          $0.field("role", grant.scope.role.code)
          $0.array("regions") { codes in for code in grant.scope.regions.sorted() { codes.field(nil, code) } }
          $0.array("tracks") { codes in
            for track in Track.allCases where grant.scope.tracks.contains(track) { codes.field(nil, track.code) }
          }
          let handler = grant.scope.handler
          $0.field("unit", handler.flatMap { $0.isStation ? nil : $0.unit })
          $0.field("district", handler?.district)
          $0.field("station", handler.flatMap { $0.isStation ? $0.unit : nil })
        }
      }
    }
  }

  static func write(_ session: AccountSession, to writer: inout JSONWriter) {
    writer.field("id", session.id)
    writer.field("signed_in_at", LocalTime.rfc3339(session.createdAt))
    writer.field("seen_at", LocalTime.rfc3339(session.seenAt))
    writer.field("idle_until", LocalTime.rfc3339(session.idleUntil))
    writer.field("ends_at", LocalTime.rfc3339(session.endsAt))
  }
}

extension Messages {
  func role(_ role: CaseRole) -> String {
    guard language == .zh else { return role.code }
    switch role {
    case .moderator: return "审核员"
    case .lead: return "平台负责人"
    case .department: return "承办单位"
    case .departmentHead: return "单位负责人"
    case .stationKeeper: return "驿站保管人"
    case .reporter: return "移动信息员"
    case .supervisor: return "督办"
    case .publisher: return "编辑"
    case .administrator: return "管理员"
    case .writer: return "来件人"
    case .system: return "系统"
    }
  }

  func account(_ refusal: AccountRefusal, _ name: String) -> String {
    switch refusal {
    case .unknown:
      self("没有用户 \(name)。看有哪些：golden-ideas user list", "there is no user \(name). golden-ideas user list shows who is.")
    case .nameTaken: self("用户 \(name) 已经有了。", "there is a user \(name) already.")
    case .name:
      self("登录名只用文字、数字和中间的 . - _，最多 64 个字。", "a name has letters, digits and, inside, . - _; 64 at most.")
    case .display: self("姓名要有 1 到 64 个字。", "a display name has 1 to 64 characters.")
    case .password(let fault): password(fault)
    case .scope(let fault): scope(fault)
    case .held: self("\(name) 已有这个角色和范围。", "\(name) has that role with that scope already.")
    case .notHeld: self("\(name) 没有这个角色或范围。", "\(name) has no such role, or not with that scope.")
    case .lastAdministrator:
      self(
        "\(name) 是最后一个能登录的管理员，停用或收回角色后就没有人管理了。请先给别人管理员角色并设好口令。",
        "\(name) is the last administrator who can sign in. Make another one first, with a password.")
    }
  }

  func password(_ fault: PasswordFault) -> String {
    let lengths = Password.lengths
    return switch fault {
    case .short(let count):
      self(
        "口令太短：\(count) 个字，至少 \(lengths.lowerBound) 个；一句话就行。",
        "too short: \(count) characters, at least \(lengths.lowerBound); a sentence will do.")
    case .long(let count):
      self(
        "口令太长：\(count) 个字，最多 \(lengths.upperBound) 个。",
        "too long: \(count) characters, at most \(lengths.upperBound).")
    case .control: self("口令里有控制字符。", "there are control characters in it.")
    case .name: self("口令几乎就是名字，请换一个。", "it is the name and little else; take another.")
    case .common:
      self(
        "口令由最常见的词和按键组成，别人会先试它；请换一句话。",
        "it is made of what everybody tries first; take another, a sentence of your own.")
    }
  }

  private func scope(_ fault: RoleScope.Fault) -> String {
    switch fault {
    case .notForPeople(let role): self("\(self.role(role))不是给人的角色。", "\(role.code) is no role for people.")
    case .unitMissing(let role): self("\(self.role(role))要用 --unit 说明单位。", "\(role.code) needs --unit.")
    case .stationMissing(let role): self("\(self.role(role))要用 --station 说明驿站。", "\(role.code) needs --station.")
    case .unitSuperfluous(let role): self("\(self.role(role))不属于单位或驿站。", "\(role.code) has no unit and no station.")
    case .noTrack: self("至少要有一个通道。", "at least one track is wanted.")
    case .track(let role, let track):
      self("\(self.role(role))不看\(word(track.code))通道。", "\(role.code) never sees the \(track.code) track.")
    case .code: self("编码里不能有空白。", "codes have no white space.")
    }
  }
}
