/// People's names, where a text introduces them: 我叫…, 联系人:….
extension PersonalData {
  private static let surnames: Set<UInt32> = Set(
    """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪\
    范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤
    """.unicodeScalars.map(\.value))

  /// Last characters that make "我是…" a role and not a name: 我是高中生, 我是骑手.
  private static let roles: Set<UInt32> = Set("生员人户民工手哥姐主长师者客友妈爸家方边的在从来去想要不很也都就".unicodeScalars.map(\.value))

  /// Surnames that are also common words: believed behind a strong frame only.
  private static let rareSurnames: Set<UInt32> = Set(
    """
    樊凌霍虞支柯管房裘缪解应宗宣郁单杭洪包诸左吉程邢裴荣翁荀甄曲封储靳巫焦牧车全班仲伊宫宁仇栾甘厉戎祖符景詹束叶黎薄印怀蒲\
    赖卓蔺屠蒙池乔阴翟贡劳姬申扶冉雍桑桂濮牛寿边燕冀浦尚农温庄晏柴瞿阎连艾容古易戈庾居衡步都耿满匡文寇欧蔚隆师巩聂敖冷辛\
    阚那简饶沙鞠丰关查荆红游权盖普翦谌粟印向覃佘
    """.unicodeScalars.map(\.value))

  /// What may follow a name behind a strong frame without punctuation between: 来电人樊小军称….
  private static let followers: Set<UInt32> = Set("称说在因住身电于现系今第和与及自".unicodeScalars.map(\.value))

  /// 他叫张三, 姓名:张三, 负责人张三: strong frames. 我是张三: weak, the name must be of three characters and stand alone.
  /// A name is two or three characters and starts with a surname.
  static func name(_ text: UnsafeBufferPointer<UInt32>, after frame: Int) -> PersonalDataSpan? {
    guard frame > 0 else { return nil }
    let before = text[frame - 1]
    let isWeak: Bool
    switch text[frame] {
    case 0x53EB where [0x6211, 0x4ED6, 0x5979, 0x540D, 0x4EBA, 0x5B57].contains(before): isWeak = false  // 我他她名人字 叫
    case 0x540D where before == 0x59D3: isWeak = false  // 姓名
    case 0x4EBA where [0x7CFB, 0x8D23, 0x7535, 0x4EF6, 0x6620, 0x8BC9].contains(before): isWeak = false  // 联系 负责 来电 收件 反映 投诉 人
    case 0x662F where before == 0x6211 || before == 0x4EBA: isWeak = true  // 我是 本人是
    default: return nil
    }
    var start = frame + 1
    while start < text.count, text[start] == 0x3A || text[start] == 0x662F { start += 1 }
    guard start + 1 < text.count else { return nil }
    guard surnames.contains(text[start]) || (!isWeak && rareSurnames.contains(text[start])) else { return nil }
    for length in [3, 2] {
      let end = start + length
      guard end <= text.count, (start..<end).allSatisfy({ isHan(text[$0]) }) else { continue }
      let isClosed = end == text.count || !isHan(text[end]) || (!isWeak && followers.contains(text[end]))
      guard isClosed, !roles.contains(text[end - 1]) else { continue }
      if isWeak && length == 2 && end == text.count { continue }
      // 联系人方式, 负责人方面
      if length == 2, text[start] == 0x65B9 { continue }
      return PersonalDataSpan(range: start..<end, kind: .name)
    }
    return nil
  }

  @inline(__always) private static func isHan(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) }
}
