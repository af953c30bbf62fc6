extension SettingShape {
  static let retention = SettingShape([
    Key("originals", .mapping(keptOriginals), "来件的原件和联系方式：事项结束后留多久 / received originals and contacts of cases that ended", required: true),
    Key("quarantine", .keptDays, "隔离件处理完后，原始字节留多久；不写则一直留 / bytes of settled set-aside records; for good, unless given"),
    Key("messages", .mapping(keptMessages), "发件箱的消息 / messages of the outbox", required: true),
    Key("sessions", .keptDays, "登录过期后，登录与失败次数的记录留多久 / sessions that are over and counts of failed sign-ins", required: true),
  ])
  static let keptOriginals = SettingShape([
    Key("closed", .keptDays, "办结的；不写则一直留 / of closed cases; for good, unless given"),
    Key("rejected", .keptDays, "不予受理的；不写则一直留 / of rejected cases; for good, unless given"),
    Key("archived", .keptDays, "归档的；不写则一直留 / of archived cases; for good, unless given"),
    Key(
      "except", .some(.oneOf(RetentionPolicy.Exemption.allCases.map(\.code))),
      "哪些不清：sensitive 敏感通道的，reopened 重办过的 / which are kept: of the sensitive track, once reopened"),
  ])
  static let keptMessages = SettingShape([
    Key("settled", .keptDays, "已送达和已撤销的留多久 / those sent or cancelled", required: true),
    Key("failed", .keptDays, "没有送达的留多久 / those given up", required: true),
  ])
}

extension SettingShape.Value {
  /// `365 days`.
  fileprivate static let keptDays = form("^[0-9]{1,5} days?$")
}
