internal import Suggestions

/// Standard fields as who describes a form calls them.
enum FieldWords {
  static func word(_ name: String, _ say: ConsoleLanguage) -> String {
    guard let field = Field(name: name) else { return name }
    return switch field {
    case .externalID: say("原编号", "number")
    case .title: say("标题", "title")
    case .body: say("正文", "text")
    case .submittedAt: say("提交时间", "submitted at")
    case .channel: say("渠道", "channel")
    case .kind: say("类别", "kind")
    case .act: say("四随", "act")
    case .topic: say("自选主题", "topic")
    case .region: say("区域", "region")
    case .address: say("地址", "address")
    case .station: say("驿站", "station")
    case .latitude: say("纬度", "latitude")
    case .longitude: say("经度", "longitude")
    case .writer: say("姓名（联系方式，封存）", "name (contact, sealed)")
    case .phone: say("电话（联系方式，封存）", "telephone (contact, sealed)")
    case .email: say("邮箱（联系方式，封存）", "e-mail (contact, sealed)")
    case .reporter: say("信息员编号", "reporter's badge")
    case .status: say("原系统状态", "state there")
    case .attachments: say("照片附件", "attachments")
    case .book: say("簿号", "book")
    case .page: say("页", "page")
    case .line: say("行", "line")
    case .likes: say("点赞", "likes")
    }
  }
}
