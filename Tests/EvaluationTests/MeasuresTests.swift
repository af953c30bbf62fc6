import Evaluation
import Rules
import Testing

struct MeasuresTests {
  @Test func precisionRecallAndMeanF1() {
    var table = ConfusionTable(labels: [4, 7])
    for (truth, said, times) in [(4, 4, 8), (4, 7, 2), (7, 4, 4), (7, 7, 6)] {
      for _ in 0..<times { table.add(truth: truth, said: said) }
    }
    let first = table.measures(4)
    #expect(abs(first.precision - 8.0 / 12) < 1e-12)
    #expect(abs(first.recall - 0.8) < 1e-12)
    #expect(abs(table.macroF1 - (2 * (8.0 / 12) * 0.8 / (8.0 / 12 + 0.8) + 2 * 0.75 * 0.6 / 1.35) / 2) < 1e-12)
    #expect(table.accuracy == 0.7)
  }

  @Test func theMostFrequentMistakesComeFirst() {
    var table = ConfusionTable(labels: [4, 7, 9])
    for (truth, said) in [(4, 7), (7, 4), (7, 4), (9, 4), (9, 9)] { table.add(truth: truth, said: said) }
    #expect(table.confusions(2).map { [$0.truth, $0.said, $0.count] } == [[7, 4, 2], [4, 7, 1]])
    #expect(table.confusions(9).count == 3)
  }

  /// Equal leads are decided together; a share is reached by the strictest threshold that reaches it.
  @Test func everyThresholdHasItsRisk() {
    let leads = [(lead: 9, isRight: true), (5, true), (5, false), (1, true)]
    let curve = RiskCoverage(leads)
    #expect(curve.points.map(\.lead) == [9, 5, 1])
    #expect(curve.points.map(\.share) == [0.25, 0.75, 1])
    #expect(curve.points.map(\.accuracy) == [1, 2.0 / 3, 0.75])
    #expect(curve.point(deciding: 0.5)?.lead == 5)
    #expect(curve.thinned(to: 50) == curve.points)
    #expect(curve.milestones.map(\.lead) == [5, 1])
    #expect(RiskCoverage([]).milestones.isEmpty)
  }

  @Test func aLabelNobodySaidCountsAsNothing() {
    var table = ConfusionTable(labels: [1, 2])
    table.add(truth: 1, said: 1)
    table.add(truth: 2, said: 1)
    #expect(table.measures(2).f1 == 0)
    #expect(abs(table.macroF1 - 1.0 / 3) < 1e-12)
  }

  /// Right in as many of a hundred as the lead says; the scale states that, and rises.
  @Test func theScaleStatesTheShareRight() {
    var leads: [(lead: Int, isRight: Bool)] = []
    for lead in 0..<1000 {
      for turn in 0..<10 { leads.append((lead, turn * 100 + 50 < 500 + lead / 2)) }
    }
    let scale = ConfidenceScale(measured: leads, aimedRight: 900)
    for (low, high) in zip(scale.points, scale.points.dropFirst()) {
      #expect(low.lead < high.lead)
      #expect(low.right <= high.right)
    }
    for lead in stride(from: 50, to: 950, by: 100) {
      #expect(abs(scale.right(lead: lead) - (500 + lead / 2)) < 60, "\(lead)")
    }
    let sure = leads.filter { $0.lead >= scale.decides }
    #expect(sure.count { $0.isRight } * 1000 >= 900 * sure.count)
    #expect(sure.count > leads.count / 4)
  }

  @Test(arguments: [
    ("{\"text\":\"a\"}\nno\n", LabelledFault.notAnObject(line: 2)), ("\n \n", .empty), ("[1]", .notAnObject(line: 1)),
    ("{\"text\":\"a\",\"spans\":[[3]]}", .badSpan(line: 1)), ("{\"text\":\"a\",\"spans\":[[5,3,\"x\"]]}", .badSpan(line: 1)),
  ]) func faultsNameTheLine(_ text: String, _ fault: LabelledFault) {
    #expect(throws: fault) { try LabelledFile.lines(Array(text.utf8)) }
  }

  @Test func numbersAreTextsToo() throws {
    let lines = try LabelledFile.lines(Array("{\"id\":7,\"text\":\"a\"}\n\n{\"text\":\"b\"}\n".utf8))
    #expect(lines.map(\.id) == ["7", "3"])
    #expect(lines[1].text("text") == "b")
    #expect(lines[1].text("topic") == nil)
  }
}
