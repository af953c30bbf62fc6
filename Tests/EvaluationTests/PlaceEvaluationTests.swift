import Evaluation
import Rules
import TestSupport
import Testing

/// Places said against places meant.
struct PlaceEvaluationTests {
  private func evaluation(
    _ texts: [(text: String, code: String)]
  ) throws -> (evaluation: PlaceEvaluation, book: RuleBook) {
    let book = try TopicLearningTests.book()
    var evaluation = PlaceEvaluation()
    var scratch = RuleScratch(book)
    for (number, text) in texts.enumerated() {
      evaluation.add(id: "\(number)", title: "", text: text.text, code: text.code, by: book, &scratch)
    }
    return (evaluation, book)
  }

  @Test func levelsAddUpToTheWhole() throws {
    let (evaluation, _) = try evaluation([
      ("鼎城区的井盖破了", "430703"), ("澧县的路灯不亮", "430703"), ("武陵区河洑镇的路灯不亮", "430702100"),
      ("武陵区的路灯不亮", "430702100"), ("路灯不亮", "430702001"),
    ])
    #expect(evaluation.total.texts == 5)
    #expect(evaluation.levels.map(\.level) == [.county, .street])
    #expect(evaluation.levels.reduce(0) { $0 + $1.tally.texts } == 5)
    let county = try #require(evaluation.levels.first?.tally)
    #expect(county == PlaceEvaluation.Tally(texts: 2, right: 1, containing: 1, asked: 0, wrong: 1))
    let street = try #require(evaluation.levels.last?.tally)
    #expect(street == PlaceEvaluation.Tally(texts: 3, right: 1, containing: 2, asked: 0, wrong: 0))
    #expect(evaluation.mistakes.map(\.text) == [1, 3, 4])
    #expect(evaluation.mistakes.map(\.said) == ["430723", "430702", nil])
  }

  @Test func countiesAreToldApart() throws {
    let (evaluation, book) = try evaluation([
      ("鼎城区的井盖破了", "430703"), ("澧县的路灯不亮", "430703"), ("路灯不亮", "430723"),
    ])
    let table = evaluation.districtConfusion
    let codes = table.labels.map { $0 == PlaceEvaluation.noDistrict ? "" : book.regions[$0].code }
    #expect(codes == ["430703", "430723", ""])
    #expect(table.counts == [[1, 1, 0], [0, 0, 1], [0, 0, 0]])
  }

  /// A place the book does not know is wrong in all, and of no level.
  @Test func unknownPlacesHaveNoLevel() throws {
    let (evaluation, _) = try evaluation([("澧县的路灯不亮", "110101")])
    #expect(evaluation.total == PlaceEvaluation.Tally(texts: 1, right: 0, containing: 0, asked: 0, wrong: 1))
    #expect(evaluation.levels.isEmpty)
    #expect(evaluation.districtConfusion.labels.isEmpty)
  }
}
