import Casework

/// Chinese and English for the stable codes of kinds, urgencies, channels and the like.
extension Messages {
  func word(_ code: String) -> String {
    // As the history of a store names what was done to a case.
    if code.hasPrefix("case."), let action = CaseAction(code: String(code.dropFirst(5))) { return word(action) }
    guard language == .zh else { return code }
    return Messages.chinese[code] ?? Messages.acts[code] ?? code
  }

  private static let chinese: [String: String] = [
    "idea": "金点子", "fault": "问题", "contribution": "贡献", "praise": "表扬", "enquiry": "咨询", "other": "其他",
    "photo": "随手拍", "help": "随手帮", "spread": "随口宣", "report": "随时报", "none": "无",
    "ordinary": "普通", "sensitive": "敏感", "danger": "危及安全", "outage": "停水停电停气",
    "web-form": "网上表单", "app": "应用", "chat": "工作群", "opinion-book": "意见簿", "hotline": "热线", "letter": "来信",
    "visit": "来访", "wechat-mini": "小程序", "kiosk": "自助机", "api": "接口",
    "pending": "待审核", "rejected": "不予受理", "merged": "并案", "dispatched": "派单", "signed": "签收办理", "returned": "退单",
    "answered": "答复", "closed": "办结", "reopened": "重办", "archived": "归档",
    "exact": "相同", "near": "近似", "contained": "包含",
    "number": "数字不同", "place": "地点不同", "road": "道路不同", "building": "楼栋不同",
    "insult": "辱骂", "advertisement": "广告", "emergency": "应拨打紧急电话", "other-city": "外地", "in-court": "已在诉讼或信访",
    "no-request": "无诉求", "discipline": "纪检监察",
    "intake": "收件", "correct": "人工判定", "merge": "并案", "unmerge": "拆案", "reclassify": "按新规则重判",
    "rules.change": "改规则", "again": "再次发生", "not-again": "收回再次发生", "unseal": "查看原件", "link": "发答复链接",
    "erase": "彻底删除", "restore-backup": "用备份重建",
    "waiting": "待处理", "retried": "已重收", "discarded": "已弃用",
    "syntax": "语法错误", "invalid-utf8": "不是 UTF-8", "nul-character": "含空字符", "duplicate-key": "键重复",
    "limit-exceeded": "超过上限", "document-type": "含 DOCTYPE", "entity-reference": "含实体引用", "missing-field": "缺少字段",
    "unreadable-field": "字段读不懂", "transcription": "转录格式", "unsupported-encoding": "编码不支持",
    "kind": "类别", "act": "四随", "topic": "自选主题", "region": "区域", "address": "地址", "latitude": "纬度", "longitude": "经度",
    "reporter": "信息员", "status": "原系统状态", "attachments": "附件", "book": "簿号", "page": "页", "line": "行", "likes": "点赞",
    "id-number": "身份证号", "mobile": "手机号", "landline": "电话", "bank-card": "银行卡", "plate": "车牌", "email": "邮箱",
    "messenger": "社交账号", "door-number": "门牌号", "name": "姓名", "company-code": "信用代码", "job-number": "工号", "city": "市级", "district": "区县", "station": "驿站", "utility": "公用企业",
  ]
}
