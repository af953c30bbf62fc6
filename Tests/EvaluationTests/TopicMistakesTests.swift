import Evaluation
import Rules
import TestSupport
import Testing

/// Why a text was taken for another topic.
struct TopicMistakesTests {
  /// Texts of three topics, some of which carry another's name.
  private static func mislabelled(_ book: RuleBook) throws -> [LabelledText] {
    var texts = try TopicLearningTests.texts(book, count: 90)
    let topics = texts.map(\.topic)
    for index in stride(from: 0, to: 90, by: 9) { texts[index].topic = topics[index + 1] }
    return texts
  }

  @Test func theSurestMistakesAreKeptWithTheirReasons() throws {
    let book = try TopicLearningTests.book()
    let texts = try Self.mislabelled(book)
    let evaluation = TopicEvaluation(texts, by: book, mistakeLimit: 4)
    #expect(evaluation.mistakes.count == 4)
    let wrong = evaluation.verdicts.filter { !$0.isRight }.sorted { ($1.lead, $0.text) < ($0.lead, $1.text) }
    #expect(evaluation.mistakes.map(\.verdict.text) == wrong.prefix(4).map(\.text))
    for mistake in evaluation.mistakes {
      let cases = try #require(mistake.cases)
      // Of three topics the lead is over the best other one, which may be a third.
      #expect(cases.said.score - cases.truth.score >= mistake.verdict.lead)
      for topicCase in [cases.said, cases.truth] {
        #expect(topicCase.parts.reduce(topicCase.restAmount) { $0 + $1.amount } == topicCase.score)
        #expect(topicCase.parts.count <= 8)
      }
    }
  }

  /// What is said by the contributions is what `rules explain` says of the same text.
  @Test func reasonsAreThoseOfTheExplanation() throws {
    let book = try TopicLearningTests.book()
    let texts = try Self.mislabelled(book)
    let mistake = try #require(TopicEvaluation(texts, by: book, mistakeLimit: 1).mistakes.first)
    let text = texts[mistake.verdict.text]
    var scratch = RuleScratch(book)
    let explained = book.explain(title: text.title, body: text.body, scratch: &scratch)
    let said = try #require(explained.contenders.first { $0.contender.topic == mistake.verdict.said })
    #expect(mistake.cases?.said == TopicCase(said.parts, most: 8))
  }

  /// Each fold's own book gives the reasons: its layer has other words than the shipped one.
  @Test func foldsExplainThemselves() throws {
    let book = try TopicLearningTests.book()
    let texts = try Self.mislabelled(book)
    let evaluation = TopicLearning(texts, book: book).crossValidated(3, mistakeLimit: 5)
    #expect(evaluation.mistakes.count == 5)
    for mistake in evaluation.mistakes {
      let cases = try #require(mistake.cases)
      #expect(cases.said.score - cases.truth.score >= mistake.verdict.lead)
    }
    #expect(TopicLearning(texts, book: book).crossValidated(3).mistakes.isEmpty)
  }

  /// A choice nothing spoke for has no reasons.
  @Test func aForcedChoiceHasNone() throws {
    let book = try TopicLearningTests.book().withLayer(nil)
    var texts = try TopicLearningTests.texts(book, count: 3)
    texts[2].title = ""
    texts[2].body = "啊"
    let mistakes = TopicEvaluation(texts, by: book, mistakeLimit: 3).mistakes
    #expect(mistakes.last?.verdict.text == 2)
    #expect(mistakes.last?.cases == nil)
  }
}
