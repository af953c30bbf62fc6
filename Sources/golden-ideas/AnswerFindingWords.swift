import Casework

/// What the answer gate found, in words for the person who wrote the answer. Never a word of the answer itself.
struct AnswerFindingWords {
  let messages: Messages

  func name(_ code: AnswerGateFinding.Code) -> String {
    switch code {
    case .empty: messages("空答复", "empty")
    case .template: messages("只有套话", "phrases only")
    case .handedOn: messages("只说转办", "only handed on")
    case .noPlace: messages("没说地点", "place not named")
    case .otherPlace: messages("地点不对", "another place")
    case .noMatter: messages("没说到事", "matter not named")
    case .personalData: messages("个人信息", "personal data")
    case .officeNumber: messages("办公电话", "office telephone")
    case .undatedPromise: messages("许诺没时间", "promise without a date")
    }
  }

  func severity(_ severity: AnswerGateFinding.Severity) -> String {
    switch severity {
    case .note: messages("留意", "note")
    case .warning: messages("提醒", "warning")
    case .serious: messages("严重", "serious")
    }
  }

  /// What is wrong and what to do.
  func advice(_ finding: AnswerGateFinding) -> String {
    switch finding.code {
    case .empty: messages("除了问候什么都没说。写上办得怎样。", "Nothing but a greeting. Say what was done.")
    case .template:
      messages(
        "去掉套话就没有内容了。写上查到什么、怎么办、什么时候。",
        "Nothing is left beside the phrases. Say what was found, what is done and when.")
    case .handedOn:
      messages(
        "只说了转给谁。等承办单位有了结果再答，或写上几时答复。",
        "It only says who has it now. Answer when they have, or say by when they will.")
    case .noPlace: messages("来件说的地点，答复里没有提到。", "The place of the message is not named.")
    case .otherPlace:
      messages(
        "答复里的地点来件里没有，来件的地点答复里没有：是不是抄了别件的答复？",
        "It names a place the message does not, and none that the message does: copied from another case?")
    case .noMatter:
      messages(
        "答复和来件没有一个实在的词相同：是不是答错了件？",
        "Answer and message share no word that says anything: is this the right case?")
    case .personalData where finding.severity == .note:
      messages("有单位人员的姓名，确认可以公开。", "It names somebody of an office: make sure that may be public.")
    case .personalData:
      messages("带出了个人信息，发出前会遮掉。请改写。", "It has personal data, which will be cut out. Say it otherwise.")
    case .officeNumber:
      messages(
        "像是单位的电话，发出前也会遮掉；公开的号码请写进 answers.yaml 的 published。",
        "It looks like an office's telephone and will be cut out too; list public numbers in answers.yaml (published).")
    case .undatedPromise: messages("许诺了，没说什么时候。", "A promise that does not say when.")
    }
  }
}
