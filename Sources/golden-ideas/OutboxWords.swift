import Delivery
import Store

extension Messages {
  var unknownSender: String {
    self(
      "GOLDEN_IDEAS_MAIL_FROM 应为 name@domain 或 金点子 <name@domain>。", "GOLDEN_IDEAS_MAIL_FROM wants name@domain, or Golden Ideas <name@domain>.")
  }

  /// Without the value, in which a password may be.
  func mailServer(_ fault: AddressFault) -> String {
    self("GOLDEN_IDEAS_SMTP 用不了：", "GOLDEN_IDEAS_SMTP cannot be used: ")
      + (fault == .unreadable
        ? self("应为 smtp://用户:密码@主机:端口（密码里的 @ 写 %40）。", "expected smtp://user:password@host:port (write %40 for @ in the password).")
        : self("只认 smtp:// 和 smtps://。", "only smtp:// and smtps:// are known."))
  }

  func webhookAddress(_ fault: AddressFault) -> String {
    switch fault {
    case .unreadable: self("网址读不懂；应为 https://主机/路径。", "the address cannot be read; expected https://host/path.")
    case .scheme(let scheme): self("不支持 \(scheme)://，请用 https://。", "\(scheme):// is not supported; use https://.")
    case .plain:
      self("http:// 没有加密；确需使用请设 GOLDEN_IDEAS_ALLOW_PLAIN=1。", "http:// is not encrypted; set GOLDEN_IDEAS_ALLOW_PLAIN=1 if it must be.")
    case .credentials:
      self("网址里不要写用户名和密码；接收方凭签名认出我们。", "no name and password in the address; the receiver knows us by the signature.")
    case .forbidden:
      self("这是内网或保留地址；确需使用请设 GOLDEN_IDEAS_ALLOW_PRIVATE=1。", "that is a private or reserved address; set GOLDEN_IDEAS_ALLOW_PRIVATE=1 if it must be.")
    }
  }

  func mailAddress(_ text: String) -> String {
    self("邮箱地址应为 name@domain，不是 \(text)", "expected an address like name@domain, not \(text)")
  }

  func messageKindWanted(_ text: String) -> String {
    self("--kinds 应为 case.dispatch 或 case.* 这样的代码，不是 \(text)", "--kinds wants codes like case.dispatch or case.*, not \(text)")
  }

  func noReceiver(_ id: Int) -> String {
    self("没有接收方 \(id)，或已移除；outbox receivers 可列出。", "no receiver \(id), or not any more; outbox receivers lists them.")
  }

  /// 派单 for `case.dispatch`; a code without a word stays as it is.
  func messageKind(_ kind: String) -> String {
    if kind == "outbox.test" { return self("测试消息", "test message") }
    guard kind.hasPrefix("reminder.") else { return word(kind) }
    return switch kind.dropFirst("reminder.".count) {
    case "due-soon": self("将到期", "due soon")
    case "overdue": self("逾期", "overdue")
    case "far-overdue": self("严重逾期", "far overdue")
    case let step: self("催办 \(step)", "reminder: \(step)")
    }
  }

  func outboxState(_ state: OutboxState) -> String {
    switch state {
    case .waiting: self("待发", "waiting")
    case .sent: self("已送达", "sent")
    case .cancelled: self("已撤销", "cancelled")
    case .failed: self("未送达", "failed")
    }
  }

  func medium(_ medium: Receiver.Medium) -> String {
    switch medium {
    case .webhook: self("网络回调", "webhook")
    case .mail: self("邮件", "e-mail")
    }
  }

  func transferFault(_ code: String) -> String {
    switch code {
    case "lost": return self("多次中断", "cut off each time")
    case "sensitive": return self("已转敏感通道", "now sensitive")
    default: break
    }
    return switch TransferFault(rawValue: code) {
    case .address: self("地址不许访问", "forbidden address")
    case .host: self("找不到主机", "unknown host")
    case .connection: self("连不上", "no connection")
    case .security: self("加密或证书不对", "no TLS, or a certificate nobody vouches for")
    case .timeout: self("超时", "timed out")
    case .broken: self("中途断开", "broken off")
    case .status: self("对方没有接受", "not accepted")
    case .gone: self("对方不再接收", "gone")
    case .mailbox: self("邮箱拒收", "mailbox refused")
    case .login: self("邮件服务器不认登录", "mail server refused the login")
    case .settings: self("设置或地址有误", "faulty settings or address")
    case nil: code
    }
  }

  func tally(_ tally: OutboxTally) -> String {
    var text = self(
      "送达 \(tally.sent)，待重试 \(tally.failed)，放弃 \(tally.givenUp)。",
      "\(tally.sent) sent, \(tally.failed) to be tried again, \(tally.givenUp) given up.")
    if tally.withheld > 0 {
      text += self(
        "另有 \(tally.withheld) 封信等着：请设 GOLDEN_IDEAS_SMTP 和 GOLDEN_IDEAS_MAIL_FROM。",
        " \(tally.withheld) letters wait: set GOLDEN_IDEAS_SMTP and GOLDEN_IDEAS_MAIL_FROM.")
    }
    return text
  }
}
