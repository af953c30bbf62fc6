import Casework
import Store
import Suggestions

/// What the desks say: stations, reporters, links.
extension Messages {
  func reporter(_ refusal: ReporterRefusal) -> String {
    switch refusal {
    case .badge: self("工牌号应为字母、数字和 - _ / . #，最多 32 个。", "a badge number takes letters, digits and - _ / . #, at most 32.")
    case .name: self("姓名不能为空，最多 64 个字。", "a name takes 1 to 64 characters.")
    case .taken: self("这个工牌号已有人用或用过；工牌不转给别人，请发新号。", "the badge is or was somebody's; badges are not handed on: give a new number.")
    case .unknown: self("没有这个工牌号。", "no reporter has that badge.")
    case .already: self("已经是这样了。", "that is how it is already.")
    case .forgotten: self("姓名已删，不能恢复；请用新工牌号登记。", "the name was forgotten; add the reporter under a new badge.")
    }
  }

  func answerLink(_ refusal: AnswerLinkRefusal, _ id: String) -> String {
    switch refusal {
    case .unknown: noSuggestion(id)
    case .noOrder(let state):
      self("事项现为“\(word(state.code))”，没有派给谁办。", "the case is \(state.code): nobody has it to answer.")
    case .sensitive: self("敏感通道的事项由专人登录答复，不开链接。", "the sensitive track is answered by designated staff who sign in; no links.")
    }
  }

  func link(_ refusal: LinkRefusal) -> String {
    switch refusal {
    case .malformed: self("链接不完整，请整条复制。", "the link is not whole; copy all of it.")
    case .forged: self("链接无效：不是本平台开出的，或被改过。", "the link is not one of this platform's, or was changed.")
    case .expired(let moment):
      self("链接已于 \(LocalTime.short(moment)) 过期，请向平台要新的。", "the link expired at \(LocalTime.short(moment)); ask the platform for another.")
    case .otherPurpose: self("这条链接不是用来答复的。", "this link is not for answering.")
    case .used(let moment):
      self("链接已在 \(LocalTime.short(moment)) 用过，答复已收到。", "the link was used at \(LocalTime.short(moment)); the answer is here.")
    case .superseded: self("这次派单已撤回、退回或改派，链接作废。", "the order was taken back, returned or given again; the link is void.")
    }
  }

  func notReleased(_ number: Int) -> String {
    self(
      "这次派单没有提供联系方式。先运行：golden-ideas act \(number) release-contact --reason 为什么",
      "the contact was not released for this order. First: golden-ideas act \(number) release-contact --reason WHY")
  }

  func contact(_ field: Field) -> String {
    switch field {
    case .writer: self("来件人", "writer")
    case .phone: self("电话", "phone")
    case .email: self("邮箱", "email")
    default: field.name
    }
  }

  func word(_ step: CustodyTrail.Step) -> String {
    switch step {
    case .written: self("写下", "written")
    case .collected: self("收回", "collected")
    case .transcribed: self("转录", "transcribed")
    case .submitted: self("收件", "taken in")
    case .answered: self("答复", "answered")
    case .told: self("告知", "told")
    }
  }

  func word(_ what: CaseErrand.What) -> String {
    switch what {
    case .answer: self("答复", "answer")
    case .rejection: self("不予受理", "not taken up")
    case .question: self("请来件人补充", "the writer is asked")
    }
  }

  /// Book, page and line of an entry; the channel of what stands in no book.
  func place(_ submission: StationSubmission) -> String {
    guard let book = submission.book else { return word(submission.channel) }
    guard let page = submission.page, let line = submission.line else { return book }
    return self("\(book) 第\(page)页第\(line)行", "\(book) p. \(page) l. \(line)")
  }
}
