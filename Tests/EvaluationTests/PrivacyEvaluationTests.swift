import Evaluation
import TestSupport
import Testing

/// Personal details in 10,000 generated texts: what has a check digit is found, and what is nobody's is left alone.
struct PrivacyEvaluationTests {
  private func evaluation(
    _ count: Int, seed: UInt64, _ text: (inout PersonalDataCorpus) -> PersonalDataCorpus.Text
  ) -> PrivacyEvaluation {
    var corpus = PersonalDataCorpus(seed: seed)
    var evaluation = PrivacyEvaluation()
    for number in 0..<count {
      let made = text(&corpus)
      evaluation.add(id: "\(number)", text: made.text, marked: made.marked)
    }
    return evaluation
  }

  @Test func numbersWithACheckDigitAreFound() {
    let found = evaluation(10_000, seed: 1) { $0.text(PersonalDataCorpus.checksums) }
    #expect(found.total.marked == 10_000)
    #expect(found.found >= 0.995, "\(found.kinds) \(found.missed.prefix(5))")
    #expect(found.falseAlarmsPerText <= 0.005, "\(found.alarmed.prefix(5))")
  }

  @Test func otherDetailsAreFound() {
    let found = evaluation(4_000, seed: 2) { $0.text(["mobile", "plate", "email", "messenger", "job-number"]) }
    #expect(found.found >= 0.99, "\(found.kinds)")
    #expect(found.falseAlarmsPerText <= 0.005, "\(found.alarmed.prefix(5))")
  }

  @Test(arguments: PersonalDataCorpus.Disguise.allCases) func disguisesDoNotHelp(_ disguise: PersonalDataCorpus.Disguise) {
    let kinds = disguise == .chinese ? ["id-number", "mobile", "bank-card"] : PersonalDataCorpus.checksums + ["mobile"]
    let found = evaluation(2_000, seed: 3) { $0.text(kinds, disguise) }
    #expect(found.found >= 0.98, "\(found.kinds)")
    #expect(found.falseAlarmsPerText <= 0.005, "\(found.alarmed.prefix(5))")
  }

  @Test func nobodysNumbersAreLeftAlone() {
    let found = evaluation(10_000, seed: 4) { $0.innocent() }
    #expect(found.falseAlarmsPerText <= 0.005, "\(found.alarmed.prefix(5))")
  }

  /// Half of a span has to be covered; what touches a span is no false alarm.
  @Test func halfASpanCounts() {
    var evaluation = PrivacyEvaluation()
    let text = "电话13812345678。"
    evaluation.add(id: "a", text: text, marked: [(2, 13, "mobile")])
    evaluation.add(id: "b", text: text, marked: [(0, 24, "mobile")])
    evaluation.add(id: "c", text: text, marked: [])
    #expect(evaluation.total.marked == 2)
    #expect(evaluation.total.found == 1)
    #expect(evaluation.missed == ["b"])
    #expect(evaluation.alarmed == ["c"])
    #expect(evaluation.falseAlarms == 1)
    #expect(evaluation.cutKinds == ["mobile": PrivacyEvaluation.CutTally(cut: 3, falseAlarms: 1)])
    #expect(evaluation.alarmKinds.map(\.kind) == ["mobile"])
    #expect(evaluation.alarmKinds.map(\.count) == [1])
    #expect(abs(evaluation.totalCut.onTarget - 2.0 / 3) < 1e-12)
  }

  @Test func placeholdersStandForWhatIsCutOut() {
    #expect(PrivacyEvaluation.redacted("电话13812345678。") == "电话〔手机号〕。")
    #expect(PrivacyEvaluation.redacted("路灯不亮") == "路灯不亮")
  }
}
