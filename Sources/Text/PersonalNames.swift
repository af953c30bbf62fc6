/// People's names, where a text introduces them: 我叫…, 联系人:…, 我丈夫…, …老师.
///
/// A name is a surname of one character and one or two more, or a surname of two and one or two more. What is asked of
/// them depends on how surely the words before announce a name.
struct NameReader {
  let text: UnsafeBufferPointer<UInt32>
  let sources: UnsafeBufferPointer<UInt32>?

  /// How surely a name stands here.
  enum Belief {
    /// 我叫…, 姓名:…: a name follows, and whatever begins with a surname is one.
    case announced
    /// 联系人…, 业主:…: a name, or the next word of the sentence.
    case likely
    /// 我是…: a name, or what a person is, whose words run on.
    case claimed
    /// 骑手…, 我丈夫…: nothing but the characters themselves speak for a name.
    case guessed
  }

  /// The name behind a word whose last character stands at `frame`.
  func name(behind frame: Int) -> Range<Int>? {
    guard frame > 0, let (belief, next) = frameBelief(frame) else { return nil }
    var start = next
    var isOpened = false
    while start < text.count, start - next < 3, isOpening(text[start]) {
      isOpened = true
      start += 1
    }
    var strength = belief
    if isOpened, text[start - 1] == 0x3A { strength = belief == .guessed || belief == .claimed ? .likely : .announced }
    guard let end = nameEnd(at: start, strength) else { return nil }
    if start == next, strength == .guessed {
      // 民工程…, 人丁兴旺
      if NameReader.isWord(text[frame], text[start]) { return nil }
      // 人文生态: most that are called 人 are nobody in particular.
      let isSomebody = text[frame] != 0x4EBA || NameReader.people.contains(text[frame - 1])
      if !isSomebody, !isEnded(end) { return nil }
    }
    // 我是宁波.
    if strength == .claimed, end - start == 2, end == text.count { return nil }
    return start..<end
  }

  /// : 是 为, and the quotation mark of 名叫“…”.
  private func isOpening(_ scalar: UInt32) -> Bool {
    scalar == 0x3A || scalar == 0x662F || scalar == 0x4E3A || scalar == 0x22
  }

  private func frameBelief(_ frame: Int) -> (Belief, next: Int)? {
    let before = text[frame - 1]
    switch text[frame] {
    case 0x53EB:  // 我叫 名叫; 有个叫; 儿子叫
      if NameReader.callers.contains(before) { return (.announced, frame + 1) }
      return (before == 0x4E2A || before == 0x7684 ? .likely : .guessed, frame + 1)
    case 0x540D where before == 0x59D3: return (.announced, frame + 1)  // 姓名
    case 0x540D where NameReader.labels.contains(before):  // 户名 签名 署名 真名, with a colon only
      return isColon(frame + 1) ? (.announced, frame + 1) : nil
    case 0x6B3E where before == 0x843D: return isColon(frame + 1) ? (.announced, frame + 1) : nil  // 落款
    case 0x5B57 where before == 0x540D: return (.likely, frame + 1)  // 名字
    case 0x4EBA where before == 0x5927: return nil  // 市长大人:
    case 0x4EBA:
      if isColon(frame + 1) { return (.announced, frame + 1) }
      return (NameReader.parties.contains(before) ? .likely : .guessed, frame + 1)
    case 0x662F where before == 0x6211 || before == 0x4EBA: return (.claimed, frame + 1)  // 我是 本人是
    default: return NameReader.isRole(before, text[frame]) ? (.guessed, frame + 1) : nil
    }
  }

  private func isColon(_ index: Int) -> Bool { index < text.count && text[index] == 0x3A }

  /// Before 叫: whoever is called that.
  private static let callers = scalars("我他她名字人")
  /// Before 名.
  private static let labels = scalars("户签署真本大")
  /// Before 人: 联系 负责 来电 收件 反映 投诉 举报 申请 报案 求助 经办 收货 代表 本 当事 寄件 委托 控告 代理
  private static let parties = scalars("系责电件映诉报请案助办货表本事托告理")

  /// Before 主.
  private static let owners = scalars("业车户店房")
  /// Before 长.
  private static let leaders = scalars("站店队班组")
  /// Before 人, where the name need not end the sentence: 爱 证 老 病 客 商 夫 工 伤 友 法 班 伙 制 包
  private static let people = scalars("爱证老病客商夫工伤友法班伙制包")
  /// Before 民.
  private static let citizens = scalars("村市居农公草网")

  /// 骑手 骑士 业主 …: what people are, just before their name; and who they are to the writer.
  private static func isRole(_ before: UInt32, _ last: UInt32) -> Bool {
    switch last {
    case 0x624B: before == 0x9A91  // 骑手
    case 0x58EB: before == 0x9A91 || before == 0x62A4  // 骑士 护士
    case 0x5458: true  // 快递员 配送员 队员
    case 0x6C11: citizens.contains(before)  // 市民 村民
    case 0x4E3B: owners.contains(before)  // 业主 车主
    case 0x957F: leaders.contains(before)  // 站长 队长
    case 0x673A: before == 0x53F8  // 司机
    case 0x4E1C: before == 0x623F  // 房东
    case 0x677F: before == 0x8001  // 老板
    case 0x5DE5: before == 0x5458 || before == 0x804C || before == 0x6C11  // 员工 职工 民工
    case 0x751F: before == 0x5B66 || before == 0x533B  // 学生 医生
    case 0x5E08: before == 0x8001 || before == 0x6559  // 老师 教师
    case 0x6237: before == 0x79DF || before == 0x5546 || before == 0x7528  // 租 商 用 户
    case 0x5BA2: before == 0x987E || before == 0x4E58  // 顾客 乘客
    case 0x7406: before == 0x7ECF  // 经理
    case 0x5085: before == 0x5E08  // 师傅
    case 0x592B: before == 0x4E08  // 丈夫
    case 0x5B50: before == 0x59BB || before == 0x513F || before == 0x5B59 || before == 0x4F84  // 妻 儿 孙 侄 子
    case 0x5A46: before == 0x8001 || before == 0x5916 || before == 0x5A46  // 老 外 婆 婆
    case 0x516C: before == 0x8001 || before == 0x5916 || before == 0x516C  // 老 外 公 公
    case 0x4EB2: before == 0x7236 || before == 0x6BCD  // 父亲 母亲
    case 0x513F: before == 0x5973  // 女儿
    case 0x53CB: before == 0x670B || before == 0x5DE5  // 朋友 工友
    case 0x7238, 0x5988, 0x5F1F, 0x54E5, 0x59D0, 0x59B9, 0x7237, 0x5976, 0x8205, 0x5AC2: true  // 爸妈弟哥姐妹爷奶舅嫂
    default: false
    }
  }

  /// 工程 人丁 主任 机关 长江 长安: the last character of a role and a surname that belong together.
  private static func isWord(_ role: UInt32, _ surname: UInt32) -> Bool {
    switch (role, surname) {
    case (0x5DE5, 0x7A0B), (0x4EBA, 0x4E01), (0x4E3B, 0x4EFB), (0x673A, 0x5173), (0x957F, 0x6C5F), (0x957F, 0x5B89):
      true
    default: false
    }
  }

  /// The full name before 先生, 女士, 师傅, 老师, of which the second character stands at `index`.
  func nameBeforeTitle(at index: Int) -> Range<Int>? {
    guard index >= 3, isTitle(index - 1) else { return nil }
    return fullName(endingAt: index - 1)
  }

  /// 李某是我本名, 李某是本人: `index` is at 是.
  func nameBeforeOwn(at index: Int) -> Range<Int>? {
    guard index >= 2, index + 2 < text.count else { return nil }
    let next = text[index + 1]
    let isMine = next == 0x6211 && index + 3 < text.count && (text[index + 2] == 0x672C || text[index + 2] == 0x771F)
    guard isMine || (next == 0x672C && text[index + 2] == 0x4EBA) else { return nil }
    return fullName(endingAt: index)
  }

  /// Surname and given name right before `end`, of usual characters only; of two characters only where the text begins
  /// anew before them.
  func fullName(endingAt end: Int) -> Range<Int>? {
    for length in [4, 3, 2] where end >= length {
      let start = end - length
      let isCompound = length > 2 && NameCharacter.isCompoundSurname(text[start], text[start + 1])
      if length == 4, !isCompound { continue }
      if length == 2, NameCharacter.isCompoundSurname(text[start], text[start + 1]) { return nil }
      guard isCompound || isSurname(start, .anySurname), !hasWord(at: start) || isCompound else { continue }
      guard (start + (isCompound ? 2 : 1)..<end).allSatisfy({ isGiven($0) }) else { continue }
      let isSure = isCompound || (length == 3 && isSurname(start, .surname))
      if !isSure, !isBoundary(before: start) { continue }
      // 班主任李某老师
      if start > 0, NameReader.isWord(text[start - 1], text[start]) { continue }
      return start..<end
    }
    return nil
  }

  /// Where the name that starts at `start` ends.
  func nameEnd(at start: Int, _ belief: Belief) -> Int? {
    guard start + 1 < text.count else { return nil }
    let isCompound = NameCharacter.isCompoundSurname(text[start], text[start + 1])
    guard isCompound || isSurname(start, .anySurname) else { return nil }
    let given = start + (isCompound ? 2 : 1)
    // 王先生 says who it is beside a number only.
    if isTitle(given) { return nil }
    let isSure = isCompound || isSurname(start, .surname)
    let isWord = !isCompound && hasWord(at: start)
    if isWord, belief != .announced { return nil }
    for end in [given + 2, given + 1] where end <= text.count {
      guard (given..<end).allSatisfy({ NameCharacter.isHan(text[$0]) }), isEvenlySpaced(start..<end) else { continue }
      let isLong = end > given + 1
      let isUsual = (given..<end).allSatisfy { isGiven($0) }
      let foreign = (given..<end).count { NameCharacter.of(text[$0]).contains(.foreign) }
      // 张某
      if text[given] == 0x67D0 || text[end - 1] == 0x67D0 { continue }
      let isEnded = isEnded(end)
      let isFollower = NameCharacter.of(text[end - 1]).contains(.follower)
      let isClosed = isEnded || (isFollowed(end) && !isFollower)
      // The sentence runs on: what may follow a name is no part of it.
      let isOpen = isUsual && isLong && !isWord && !isFollower
      let isName =
        switch belief {
        case .announced where isEnded: isUsual || foreign == 0 || (isLong && foreign == 1)
        case .announced: isClosed ? isUsual || foreign == 0 : isOpen
        case .likely where isEnded: isUsual || (isSure && isLong && foreign == 0)
        case .likely: isSure && (isClosed ? isUsual : isOpen)
        case .claimed where isEnded: isUsual || (isLong && foreign == 0)
        case .claimed: isClosed && isUsual && isLong
        case .guessed: isSure ? (isClosed ? isUsual : isOpen) : isEnded && isUsual && isLong
        }
      if isName { return end }
    }
    return nil
  }

  /// The text stops or starts anew behind a name.
  func isEnded(_ end: Int) -> Bool {
    guard end < text.count, NameCharacter.isHan(text[end]) else { return true }
    return isGap(after: end - 1) || isTitle(end)
  }

  /// The sentence goes on with what follows names.
  func isFollowed(_ end: Int) -> Bool {
    end < text.count && NameCharacter.of(text[end]).contains(.follower)
  }

  /// The text starts or starts anew here, or what stands before goes before names.
  func isBoundary(before start: Int) -> Bool {
    guard start > 0, NameCharacter.isHan(text[start - 1]) else { return true }
    return NameCharacter.of(text[start - 1]).contains(.leader) || isGap(after: start - 1)
  }

  /// 先生 女士 师傅, at `index`.
  func isTitle(_ index: Int) -> Bool {
    index + 1 < text.count && NameReader.isTitle(text[index], text[index + 1])
  }

  /// 先生 女士 师傅 老师 小姐 大姐 大哥 阿姨 同志 经理 站长 队长 店长 老板 医生 律师 教练 主任
  static func isTitle(_ first: UInt32, _ second: UInt32) -> Bool {
    switch (first, second) {
    case (0x5148, 0x751F), (0x5973, 0x58EB), (0x5E08, 0x5085), (0x8001, 0x5E08), (0x5C0F, 0x59D0), (0x5927, 0x59D0),
      (0x5927, 0x54E5), (0x963F, 0x59E8), (0x540C, 0x5FD7), (0x7ECF, 0x7406), (0x7AD9, 0x957F), (0x961F, 0x957F),
      (0x5E97, 0x957F), (0x8001, 0x677F), (0x533B, 0x751F), (0x5F8B, 0x5E08), (0x6559, 0x7EC3), (0x4E3B, 0x4EFB): true
    default: false
    }
  }

  func isSurname(_ index: Int, _ surnames: NameCharacter) -> Bool {
    !NameCharacter.of(text[index]).isDisjoint(with: surnames)
  }

  func isGiven(_ index: Int) -> Bool { NameCharacter.of(text[index]).contains(.given) }

  func hasWord(at index: Int) -> Bool { NameCharacter.isWord(text[index], text[index + 1]) }

  func isGap(after index: Int) -> Bool { PersonalData.isGap(sources, after: index) }

  /// A space within a name of two characters sets it as wide as one of three; in longer ones it parts two words, unless
  /// it stands between all.
  private func isEvenlySpaced(_ name: Range<Int>) -> Bool {
    var gaps = 0
    for index in name.lowerBound..<name.upperBound - 1 where isGap(after: index) { gaps += 1 }
    return gaps == 0 || gaps == name.count - 1
  }

  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
