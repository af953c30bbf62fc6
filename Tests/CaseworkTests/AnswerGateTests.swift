import TestSupport
import Testing
import Text

import Casework

/// What the gate says of an answer, and what it leaves alone. The words are the shipped ones.
struct AnswerGateTests {
  static let gate: AnswerGate? = {
    guard let bytes = try? PackageRoot.bytes("rules/answers.yaml") else { return nil }
    return (try? AnswerGateWords(yaml: bytes, file: "answers.yaml")).map(AnswerGate.init)
  }()

  static let manhole = AnswerGateMessage(
    title: "鼎城区花溪路口的井盖破了", body: "花溪路与永安路交叉口的电力井盖碎了一半，送餐时差点摔倒，请尽快换掉。")

  /// An answer nothing is to be said of.
  static let good = """
    您好！您反映的花溪路井盖破损问题，我单位于6月2日上午派人到现场查看，情况属实。按照城市道路管理规定，\
    当日14时已更换新井盖，并清理了周边碎石。感谢您的关心和支持！2025年6月3日
    """

  private func review(_ answer: String, _ message: AnswerGateMessage = manhole) throws -> AnswerGateReview {
    try #require(Self.gate).review(answer, to: message)
  }

  private func codes(_ answer: String, _ message: AnswerGateMessage = manhole) throws -> [AnswerGateFinding.Code] {
    try review(answer, message).findings.map(\.code)
  }

  /// What the spans of a finding cover.
  private func covered(
    _ code: AnswerGateFinding.Code, _ answer: String, _ message: AnswerGateMessage = manhole
  ) throws -> [String] {
    let scalars = Array(answer.unicodeScalars)
    return try review(answer, message).findings.filter { $0.code == code }.map { finding in
      String(String.UnicodeScalarView(scalars[try #require(finding.span)]))
    }
  }

  @Test func aGoodAnswerPasses() throws {
    let review = try review(Self.good)
    #expect(review.findings.isEmpty)
    #expect(review.severity == nil)
    #expect(review.scores.complete > 0.4 && review.scores.explains > 0.3)
  }

  // MARK: Saying nothing

  @Test(arguments: ["", " \n", "网友：您好！留言已收悉", "您好！2025年6月3日", "已收悉。", "——", "网友“UU0081182”"])
  func empty(_ answer: String) throws {
    let review = try review(answer)
    #expect(review.findings.map(\.code) == [.empty])
    #expect(review.severity == .serious)
    #expect(review.scores.complete < 0.05 && review.scores.explains < 0.05)
  }

  @Test(arguments: [
    "您好！您的留言已收悉，我们高度重视，将认真研究，积极推进。感谢您的关心和支持！",
    "您好，对于您的意见和建议，我局将充分论证研究，祝您生活愉快！2025年6月3日",
    // The title said again is nothing said.
    "您好！关于您反映的“鼎城区花溪路口的井盖破了”的问题已收悉，我局将认真处理。",
  ])
  func template(_ answer: String) throws { #expect(try codes(answer) == [.template]) }

  @Test(arguments: [
    "网友：您好！您反映的问题已转区住建局调查、核处。", "您反映的情况已转交相关部门办理，处理情况会及时反馈，感谢您的留言！",
  ])
  func handedOn(_ answer: String) throws { #expect(try codes(answer) == [.handedOn]) }

  @Test(arguments: [
    // Short, and says it all; in the words of the title, too.
    "花溪路井盖已于6月2日换好。", "花溪路口的井盖已于6月2日更换。",
    // Handed on, and what came of it.
    "您反映的问题已转交供电公司，6月2日上午工作人员到花溪路口换了新井盖，并检查了附近的另外三处。",
  ])
  func somethingIsSaid(_ answer: String) throws { #expect(try codes(answer).isEmpty) }

  // MARK: Place

  @Test func placeNotNamed() throws {
    let answer = "经查，破损的电力井盖是供电公司的，6月2日上午工人已经更换新井盖，并清理了碎石。"
    #expect(try review(answer).findings == [AnswerGateFinding(.noPlace)])
    // Who has the message before him knows which.
    let referring = answer.replacing("破损的", with: "该路口破损的")
    #expect(try review(referring).findings == [AnswerGateFinding(.noPlace, .note)])
    // A question of rules has no place, nor has a message that names none.
    let enquiry = AnswerGateMessage(title: "咨询花溪路井盖归谁管", body: "井盖破了找谁？")
    #expect(try review(answer, enquiry).findings == [AnswerGateFinding(.noPlace, .note)])
    #expect(try codes(answer, AnswerGateMessage(title: "井盖破了", body: "电力井盖碎了一半")).isEmpty)
  }

  @Test func placeNamedInOtherWays() throws {
    let done = "井盖是供电公司的，6月2日上午工人已经更换新井盖。"
    // Without its ending, with a direction, by the other road of the message.
    for place in ["花溪路的", "花溪一带的", "花溪东路的", "永安路口的"] { #expect(try codes(place + done).isEmpty, "\(place)") }
    let numbered = AnswerGateMessage(title: "希望12路公交晚点收班", body: "下夜班赶不上公交")
    #expect(try codes("12路公交的末班车，自7月1日起改为22时30分。", numbered).isEmpty)
    #expect(try codes("公交的末班车，自7月1日起改为22时30分。", numbered) == [.noPlace])
    #expect(try codes("112路公交的末班车，自7月1日起改为22时30分。", numbered) == [.noPlace])
  }

  /// A message without a title is read whole; what the case knows of its place counts, too.
  @Test func placesOfTheCase() throws {
    let done = "电力井盖是供电公司的，6月2日上午工人已经更换新井盖。"
    #expect(try codes(done, AnswerGateMessage(title: "", body: "花溪路的电力井盖碎了")) == [.noPlace])
    let bare = AnswerGateMessage(title: "电力井盖碎了", body: "路过差点摔倒")
    #expect(try codes(done, bare).isEmpty)
    var located = bare
    located.places = ["柳叶湖街道白鹤路"]
    #expect(try codes(done, located) == [.noPlace])
    #expect(try codes("白鹤路" + done, located).isEmpty)
  }

  @Test func anotherPlaceIsNamed() throws {
    let answer = "经查，😀桃林路的电力井盖是供电公司的，6月2日上午工人已经更换新井盖。"
    #expect(try codes(answer) == [.otherPlace])
    #expect(try covered(.otherPlace, answer) == ["桃林路"])
    // Both: the message's own place is enough.
    #expect(try codes("花溪路和" + answer).isEmpty)
    // An office may be called after any place.
    let office = "经查，桃林路派出所接到报警，电力井盖是供电公司的，6月2日上午工人已经更换新井盖。"
    #expect(try codes(office) == [.noPlace])
  }

  @Test(arguments: ["马路", "道路", "街道办", "路灯", "沿街", "本村", "住宅小区", "通过小区", "乡镇", "我们村", "小学"])
  func ordinaryWordsAreNoPlaces(_ word: String) throws {
    let message = AnswerGateMessage(title: "建议\(word)垃圾桶多放几个", body: "垃圾桶太少")
    #expect(try codes("垃圾桶已于6月2日增加十个，放在人多的地方，每天清运两次。", message).isEmpty)
  }

  // MARK: Matter

  @Test func matterNotNamed() throws {
    let school = AnswerGateMessage(title: "实验中学国庆补课", body: "国庆只放四天假，剩下三天全部考试，希望不要补课。")
    let wrong = "经查，渣土车夜间运输办理了许可证，工地有回填证，属于合法作业，噪音检测没有超过标准。"
    #expect(try review(wrong, school).findings == [AnswerGateFinding(.noMatter)])
    let right = "经查，该校已取消国庆期间的考试，10月5日起正常放假。"
    #expect(try codes(right, school).isEmpty)
    // Other words for it share single characters: said more softly.
    let child = AnswerGateMessage(title: "请问收养手续", body: "没有孩子，想抱养姐姐家的女儿")
    let other = "符合领养条件的夫妻，带户口簿到县民政局登记，三十日内办结。"
    #expect(try review(other, child).findings == [AnswerGateFinding(.noMatter, .warning)])
  }

  // MARK: Personal data

  @Test func personalData() throws {
    let answer = "花溪路井盖已更换😀。来件人张三丰，电话13812345678，住3栋2单元401室，已当面告知。"
    #expect(try covered(.personalData, answer).contains("13812345678"))
    #expect(try review(answer).severity == .serious)
    let kinds = try review(answer).findings.filter { $0.code == .personalData }.map(\.kind)
    #expect(kinds.contains(.mobile) && kinds.contains(.doorNumber))
  }

  @Test func officeTelephones() throws {
    let done = "花溪路井盖已于6月2日更换。"
    for number in ["0736-7256789", "07367256789"] {
      let answer = done + "如有疑问请拨打我局咨询电话\(number)。"
      #expect(try covered(.officeNumber, answer) == [number])
      #expect(try review(answer).severity == .note)
    }
    #expect(try codes(done + "咨询电话：7256789。") == [.officeNumber])
    // Nobody says whose it is.
    #expect(try codes(done + "已与0736-7256789说明情况。") == [.personalData])
    // The writer's own, whatever stands before it; and a mobile is a person's.
    var message = Self.manhole
    message.body += "我的号码0736-7256789"
    #expect(try codes(done + "已拨打联系电话0736-7256789告知。", message) == [.personalData])
    #expect(try codes(done + "咨询电话13812345678。") == [.personalData])
    // Hotlines and public accounts are nobody's.
    #expect(try codes(done + "如有疑问请拨打12345热线，或关注微信公众号（微信号：cdsz_2025）。").isEmpty)
  }

  @Test func namesOfOffices() throws {
    let answer = "花溪路井盖已于6月2日更换，联系人：张三丰。"
    #expect(try review(answer).findings.map(\.severity) == [.note])
    #expect(try covered(.personalData, answer) == ["张三丰"])
  }

  // MARK: Promises

  @Test(arguments: ["我局将尽快更换花溪路井盖", "下一步，我局将对花溪路井盖加强巡查", "花溪路改造适时启动，井盖一并更换"])
  func promiseWithoutADate(_ answer: String) throws {
    #expect(try review("经查，情况属实。" + answer + "。").findings.map(\.code) == [.undatedPromise])
  }

  @Test(arguments: [
    "我局将尽快更换花溪路井盖，6月10日前完工", "下一步，我局将在三个工作日内更换花溪路井盖", "力争年底前完成花溪路井盖改造",
    "请您尽快提供花溪路井盖的照片", "我局已尽快更换了花溪路井盖", "若情况属实，将对花溪路井盖施工方进行下一步处理",
    // The writer's own words.
    "您提出花溪路井盖的事，请尽快换掉的要求已经照办",
  ])
  func promisesThatSayWhen(_ answer: String) throws { #expect(try codes("经查，情况属实。" + answer + "。").isEmpty) }

  @Test func promisesAreShownOncePerSentence() throws {
    let answer = "花溪路井盖情况属实。\n我局将尽快、抓紧更换😀！花溪路其他井盖下一步也要检查。"
    #expect(try covered(.undatedPromise, answer) == ["尽快", "下一步"])
  }

  // MARK: Scores

  @Test func scoresRise() throws {
    let short = try review("花溪路井盖已更换。").scores
    let long = try review(Self.good).scores
    #expect(short.complete < long.complete && short.explains < long.explains)
    // Repeating the message, or phrases, adds nothing.
    let padded = try review(Self.manhole.body + Self.good + "感谢您对我们工作的理解和支持！祝您生活愉快！").scores
    #expect(padded.complete <= long.complete + 0.1)
    #expect((0...1).contains(padded.complete) && (0...1).contains(padded.explains))
  }

  /// Texts that would take the square of their length if anything did.
  @Test func longTextsAreRead() throws {
    for piece in ["请尽快", "感谢", "小区", "季", "1路", "一", "咨询电话", "。", "年月日", "a", "\u{301}"] {
      let text = String(repeating: piece, count: 20_000)
      let message = AnswerGateMessage(title: "", body: text, places: [])
      #expect(try review(text, message).scores.complete <= 1)
      _ = try review(text)
    }
  }
}
