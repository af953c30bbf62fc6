/// Other names of divisions that people use: without 街道 or 镇, without 办事处.
enum DivisionNames {
  struct Forms {
    /// The official name said with less office: 建设路街道 for 建设路街道办事处.
    var plain: String?
    /// The name alone: 郭家铺 for 郭家铺街道.
    var short: String?
  }

  static func forms(_ name: String, _ level: RegionLevel) -> Forms {
    var forms = Forms()
    var base = name
    for office in ["办事处", "居民委员会", "村民委员会", "居委会", "村委会"] where name.hasSuffix(office) && forms.plain == nil {
      base = String(name.dropLast(office.count))
      if base.count >= 3 { forms.plain = level == .community && !isCommunity(base) ? base + kind(of: office) : base }
    }
    forms.short = short(forms.plain ?? base, level)
    return forms
  }

  private static func isCommunity(_ name: String) -> Bool { name.hasSuffix("社区") || name.hasSuffix("村") }

  private static func kind(of office: String) -> String { office.hasPrefix("村") ? "村" : "社区" }

  private static func short(_ name: String, _ level: RegionLevel) -> String? {
    // Peoples in the name: what is left of 许家桥回族维吾尔族乡 without the last character is no name.
    guard !name.contains("族"), !name.contains("自治"),
      let suffix = suffixes(level).first(where: { name.hasSuffix($0) && name.count > $0.count })
    else { return nil }
    let short = String(name.dropLast(suffix.count))
    guard short.count >= least(level), !ordinaryWords.contains(short), let last = short.last, !otherEnds.contains(last),
      !otherWords.contains(where: short.hasSuffix)
    else { return nil }
    return short
  }

  private static func suffixes(_ level: RegionLevel) -> [String] {
    switch level {
    case .city: ["地区", "市", "盟"]
    case .county, .zone: ["区", "县", "市"]
    case .street: ["街道", "地区", "林场", "农场", "原种场", "园艺场", "管理区", "管理处", "镇", "乡"]
    case .community: ["社区", "村"]
    }
  }

  /// Characters a short name needs: two of a street or village are words too often.
  private static func least(_ level: RegionLevel) -> Int {
    switch level {
    case .city, .county, .zone: 2
    case .street, .community: 3
    }
  }

  /// What ends in these means a road, a building or a region of another kind.
  private static let otherEnds: Set<Character> = Set("路街道巷站区县镇乡村场厂院校园")
  private static let otherWords = ["管理", "开发", "工业", "高新", "经济", "度假", "旅游", "示范", "新"]

  /// Names of districts that are words of every day or directions.
  private static let ordinaryWords: Set = [
    "城中", "城东", "城西", "城南", "城北", "城关", "城厢", "东城", "西城", "南城", "北城", "中心", "老城", "和平", "河东", "河西", "河南",
    "河北", "江东", "江北", "江南", "江西", "湖北", "湖南", "海南", "山东", "山西", "桥东", "桥西", "桥南", "桥北", "路南", "路北", "铁东",
    "铁西", "市中", "市南", "市北", "新华", "长安", "新兴", "团结", "解放", "人民", "红旗", "胜利", "建设", "幸福", "平安", "安全", "安康",
    "健康", "文化", "光明", "友谊", "青年", "向阳", "朝阳", "体育", "工农", "中山", "大学", "大学城", "东风", "永安", "太平", "民主", "自由", "东方红",
    "沿河", "沿江", "滨江", "滨湖", "滨海", "站前", "东方", "南方", "北方", "西方", "中原", "中华", "中国", "国家", "世纪", "阳光", "和谐",
    "发展", "生态", "科技", "教育", "卫生", "东部", "西部", "南部", "北部", "中部", "矿山", "港口", "码头", "上街", "郊外",
    "鼓楼", "钟楼", "天桥", "东山", "南山", "西山", "北山",
  ]
}
