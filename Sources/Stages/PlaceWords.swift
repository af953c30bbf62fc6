internal import Suggestions

/// Names of roads, estates, villages and buildings in folded text, told by their last character: 花溪路, 3栋, 河街.
package enum PlaceWords {
  /// Characters a place name ends in.
  private static let endings = scalars("路街巷弄里村镇乡县区市桥园苑城府邸居寓栋幢座楼场期号院道站组庄坊湖")
  /// Two-character endings that are ordinary words unless a name stands before them; their own first character is no name.
  private static let common: [UInt64] =
    [
      "马路", "道路", "公路", "走路", "线路", "一路", "这路", "条路", "段路", "修路", "过路", "铁路", "网路", "电路", "在路", "的路",
      "小区", "社区", "地区", "片区", "城区", "市区", "园区", "辖区", "老区", "街道", "人行道", "车道", "通道", "知道", "渠道", "管道",
      "城市", "超市", "门市", "农村", "乡村", "全村", "公园", "校园", "花园", "家园", "学校", "广场", "市场", "现场", "商场", "车场",
      "操场", "停车场", "那里", "这里", "哪里", "家里", "夜里", "里里", "公里", "邻居", "定居", "新居", "几号", "信号", "账号", "型号",
      "长期", "学期", "日期", "周期", "近期", "后期", "前期", "定期", "到期", "医院", "法院", "学院", "车站", "网站", "驿站", "一楼",
      "大楼", "上楼", "下楼", "政府", "过桥", "天桥", "大桥", "讲座", "插座", "底座", "卡座", "客座", "满座", "让座", "灯座", "茶座", "一座", "这座", "小组", "街巷", "大街", "上街", "城镇", "乡镇",
      "全县", "我县", "本县", "我市", "本市", "全市", "我区", "本区", "全区", "我镇", "本村", "我村", "我乡",
    ].map { word in
      let two = Array(word.unicodeScalars.suffix(2))
      return UInt64(two[1].value) << 32 | UInt64(two[0].value)
    }.sorted()

  /// Per ending the ordinary words' first characters, as a range of `common`.
  private static let commonRange: [Range<Int>] = {
    var table = [Range<Int>](repeating: 0..<0, count: 0xA000 - 0x4E00)
    for ending in endings {
      let first = common.firstIndex { $0 >> 32 >= UInt64(ending) } ?? common.count
      let last = common[first...].firstIndex { $0 >> 32 > UInt64(ending) } ?? common.count
      table[Int(ending) - 0x4E00] = first..<last
    }
    return table
  }()

  /// 小区 社区 花园 家园 公园 广场 医院 学校 大桥
  private static func isCompound(_ first: UInt32, _ second: UInt32) -> Bool {
    switch second {
    case 0x533A: first == 0x5C0F || first == 0x793E
    case 0x56ED: first == 0x82B1 || first == 0x5BB6 || first == 0x516C
    case 0x573A: first == 0x5E7F
    case 0x9662: first == 0x533B
    case 0x6821: first == 0x5B66
    case 0x6865: first == 0x5927
    default: false
    }
  }

  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private static func isHan(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) }

  /// Whether the text names a place of its own.
  static func contains(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
    let tables = tables
    for index in 1..<max(1, text.count) where tables.isEnding(text, index) { return true }
    return false
  }

  /// The names in the text: the two characters before an ending and the ending, packed; with repeats.
  static func names(in text: UnsafeBufferPointer<UInt32>) -> [UInt64] {
    let tables = tables
    var names: [UInt64] = []
    for index in 2..<max(2, text.count) {
      if tables.isEnding(text, index) {
        names.append(UInt64(text[index - 2]) << 42 | UInt64(text[index - 1]) << 21 | UInt64(text[index]))
      } else if index >= 3, isCompound(text[index - 1], text[index]), isHan(text[index - 2]), isHan(text[index - 3]) {
        // 银杏小区: the name stands before the two-character ending.
        names.append(UInt64(text[index - 3]) << 42 | UInt64(text[index - 2]) << 21 | UInt64(text[index]))
      }
    }
    return names
  }

  /// What a name is the name of, told by its ending.
  static func kind(of name: UInt64) -> Difference {
    switch UInt32(truncatingIfNeeded: name & 0x1FFFFF) {
    // 路街巷弄道
    case 0x8DEF, 0x8857, 0x5DF7, 0x5F04, 0x9053: .road
    // 栋幢座楼
    case 0x680B, 0x5E62, 0x5EA7, 0x697C: .building
    default: .place
    }
  }

  /// Taken out once a text, as asking a global for each character costs more than the look-up.
  private static let tables = Tables(
    isEnding: {
      var table = [Bool](repeating: false, count: 0xA000 - 0x4E00)
      for scalar in endings { table[Int(scalar) - 0x4E00] = true }
      return table
    }(), common: common, ranges: commonRange)

  private struct Tables {
    let isEnding: [Bool]
    let common: [UInt64]
    let ranges: [Range<Int>]

    @inline(__always)
    func isEnding(_ text: UnsafeBufferPointer<UInt32>, _ index: Int) -> Bool {
      let scalar = text[index]
      guard (0x4E00...0x9FFF).contains(scalar), isEnding[Int(scalar) - 0x4E00] else { return false }
      let before = text[index - 1]
      if before &- 48 < 10 { return true }
      guard PlaceWords.isHan(before), index > 1, PlaceWords.isHan(text[index - 2]) else { return false }
      for position in ranges[Int(scalar) - 0x4E00] where UInt32(truncatingIfNeeded: common[position]) == before {
        return false
      }
      return true
    }
  }
}
