import Casework
import Store

/// Words for the actions of the history.
extension Messages {
  /// Codes to choose from: all acts on cases, and everything else the store tells of.
  static let eventCodes: [String] =
    ["case.*"] + CaseAction.allCases.map { "case." + $0.code } + HistoryAction.allCases.map(\.rawValue)
    + others.map(\.code)

  /// The word for an action; the code itself where it has none.
  func event(_ code: String) -> String {
    if code == "case.*" { return self("办理（全部）", "casework, all of it") }
    if code.hasPrefix("case."), let action = CaseAction(code: String(code.dropFirst("case.".count))) {
      return self("办理：", "casework: ") + word(action)
    }
    // What cases show of the history has its words there.
    if HistoryAction(rawValue: code) != nil { return word(code) }
    return Messages.others.first { $0.code == code }.map { self($0.zh, $0.en) } ?? code
  }

  private static let others: [(code: String, zh: String, en: String)] = [
    ("rules.change", "改规则", "rules changed"), ("book", "意见簿", "opinion book"),
    ("quarantine-retry", "隔离件重收", "set-aside record taken in"),
    ("quarantine-discard", "隔离件放弃", "set-aside record given up"),
    ("sign-in", "登录", "signed in"), ("sign-in-failed", "登录失败", "failed to sign in"), ("sign-out", "退出", "signed out"),
    ("user-*", "用户（全部）", "users, all of it"), ("user-add", "添加用户", "user added"),
    ("user-role", "给或收回角色", "role given or taken"), ("user-disable", "停用用户", "user disabled"),
    ("user-enable", "恢复用户", "user enabled"), ("user-password", "设口令", "password set"),
    ("user-rehash", "口令记录更新", "password record renewed"), ("user-sessions", "退出会话", "sessions ended"),
    ("outbox.*", "发件（全部）", "outbox, all of it"), ("outbox.send", "发件", "messages sent"),
    ("outbox.failed", "未送达", "message failed"), ("outbox.retry", "重新排队", "put in line anew"),
    ("outbox.forget", "清理旧消息", "old messages thrown away"), ("receiver.*", "接收方（全部）", "receivers, all of it"),
    ("receiver.add", "添加接收方", "receiver added"), ("receiver.remove", "移除接收方", "receiver removed"),
    ("receiver.renew", "换签名密钥", "secret renewed"), ("receiver.test", "测试接收方", "receiver tested"),
    ("receiver.gone", "对方停收", "receiver gone"), ("reporter-*", "信息员（全部）", "reporters, all of it"),
    ("reporter-add", "登记信息员", "reporter registered"), ("reporter-change", "更改信息员", "reporter changed"),
    ("reporter-retire", "信息员退出", "reporter retired"), ("reporter-reinstate", "信息员恢复", "reporter reinstated"),
    ("book-page-*", "意见簿录入（全部）", "books being typed, all of it"), ("book-page-key", "意见簿一录", "book page typed"),
    ("book-page-check", "意见簿二录", "book page typed again"), ("book-page-settle", "意见簿核对", "book page settled"),
    ("book-page-take", "意见簿收件", "book page taken in"), ("book-page-drop", "意见簿放弃录入", "book page given up"),
    ("digest.*", "月报审签（全部）", "sign-off of digests, all of it"), ("digest.open", "月报建稿", "issue opened"),
    ("digest.revise", "月报修改", "issue changed"), ("digest.sign-edit", "月报责编签署", "issue signed by its editor"),
    ("digest.sign-first-review", "月报一审", "issue's first review"),
    ("digest.sign-second-review", "月报二审", "issue's second review"),
    ("digest.sign-third-review", "月报三审", "issue's third review"),
    ("digest.tick-secrecy", "月报保密审查", "issue's secrecy check"),
    ("digest.tick-personal-data", "月报个人信息审查", "issue's personal data check"),
    ("digest.accept-word", "月报照用错词", "listed word accepted in an issue"),
    ("digest.send-back", "月报退回", "issue sent back"), ("digest.publish", "月报发布", "issue published"),
    ("digest.forget", "月报删去改写", "rewriting of an erased case dropped"),
    ("profile-save", "保存表单档案", "form profile saved"), ("restore-backup", "恢复备份", "backup restored"),
    ("retention", "按保存期限清空", "retention rule applied"),
  ]
}
