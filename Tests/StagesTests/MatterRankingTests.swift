import Stages
import TestSupport
import Testing
import Text

/// Scores and the order of candidates.
struct MatterRankingTests {
  private let texts: [MatterGrams]
  private var frequencies = MatterFrequencies()
  private let weights: MatterWeights

  init() {
    var texts = [
      MatterGramsTests.grams("花溪路路口井盖破损", "花溪路与善德路交叉口的电力井盖破了，电动车骑过去颠得厉害"),
      MatterGramsTests.grams("花溪路路口井盖裂开", "花溪路与善德路交叉口那个井盖裂开，骑手差点摔倒，请更换"),
      MatterGramsTests.grams("路灯不亮", "桥南市场后门的路灯半个月不亮，晚上取件看不清台阶"),
      MatterGramsTests.grams("", "花溪路路口那个井盖还没换，今天又有人摔了"),
    ]
    for number in 0..<40 {
      texts.append(MatterGramsTests.grams("其他事情第\(number)件", "这里说的是完全别的一件事，编号\(number * 7919)，与前面无关"))
    }
    for text in texts { _ = frequencies.add(text) }
    self.texts = texts
    weights = MatterWeights(texts: texts.count)
  }

  private func matter(_ place: Int, number: UInt32? = nil, _ closeness: MatterCloseness = MatterCloseness()) -> WeighedMatter {
    WeighedMatter(texts[place], number: number ?? UInt32(place + 1), closeness: closeness, frequencies, weights)
  }

  @Test func scoresAreSymmetricAndBounded() {
    for one in 0..<8 {
      let probe = MatterProbe(matter(one))
      for other in 0..<8 {
        let score = probe.score(matter(other))
        #expect(score == MatterProbe(matter(other)).score(matter(one)))
        #expect((0...1_000_000).contains(score.total))
        #expect(score.total == (55 * score.title + 45 * score.body) / 100)
      }
    }
  }

  @Test func theSameMatterComesFirst() {
    let ranked = MatterRanking.rank(MatterProbe(matter(0)), texts.indices.dropFirst().map { matter($0) })
    #expect(Set(ranked.prefix(2).map(\.number)) == [2, 4])
    #expect(ranked.count <= 10)
  }

  /// Without a title on either side the bodies speak for both.
  @Test func bodiesSpeakWhereATitleIsMissing() {
    let score = MatterProbe(matter(0)).score(matter(3))
    #expect(score.title == score.body)
    #expect(score.body > 0)
  }

  @Test func theOrderDoesNotDependOnTheOrderOfTheCandidates() {
    var candidates = texts.indices.dropFirst().map { matter($0) }
    let first = MatterRanking.rank(MatterProbe(matter(0)), candidates)
    var random = SeededGenerator(3)
    for _ in 0..<5 {
      candidates.shuffle(using: &random)
      #expect(MatterRanking.rank(MatterProbe(matter(0)), candidates) == first)
    }
  }

  @Test func equalScoresAreOrderedByPlaceTopicTimeAndNumber() {
    let probe = MatterProbe(matter(0))
    func first(_ closer: MatterCloseness) -> UInt32? {
      MatterRanking.rank(probe, [matter(1, number: 50), matter(1, number: 60, closer)], limit: 1).first?.number
    }
    #expect(first(MatterCloseness()) == 50)
    #expect(first(MatterCloseness(sharesPlace: true)) == 60)
    #expect(first(MatterCloseness(sharesTopic: true)) == 60)
    #expect(first(MatterCloseness(daysApart: 3)) == 60)
  }

  /// The same text edited is known as near; what nobody has seen yet stands before it if it is possible at all.
  @Test func copiesDoNotTakeTheFirstPlace() {
    let copy = MatterGramsTests.grams("花溪路路口井盖破损", "花溪路与善德路交叉口的电力井盖破了，电动车骑过去颠得很厉害！")
    let copied = WeighedMatter(copy, number: 90, frequencies, weights)
    let probe = MatterProbe(matter(0))
    #expect(probe.score(copied).isCopy)
    #expect(!probe.score(matter(1)).isCopy)
    #expect(probe.score(copied).total > probe.score(matter(1)).total)
    #expect(probe.score(matter(1)).thousandths >= MatterScore.possible)
    #expect(MatterRanking.rank(probe, [copied, matter(1)]).map(\.number) == [2, 90])
    #expect(MatterRanking.rank(probe, [copied, matter(2)]).first?.number == 90)
  }

  @Test func nothingInCommonIsNoCandidate() {
    #expect(MatterRanking.rank(MatterProbe(matter(0)), []).isEmpty)
    #expect(MatterRanking.rank(MatterProbe(matter(2)), [matter(20)]).allSatisfy { $0.score.total > 0 })
  }

  @Test func sharedWordsAreTheLongestAndTheRarestFirst() {
    let one = Folding.scalars("建议在花溪路转弯处增设减速带，车太快")
    let other = Folding.scalars("花溪路那个转弯很危险，装减速带吧")
    let words = SharedWords.of(one, other, .body, frequencies, limit: 5)
    #expect(Set(words.map(\.text)) == ["花溪路", "转弯", "减速带"])
    // 花溪路 stands in other texts too.
    #expect(words.last?.text == "花溪路")
    #expect(SharedWords.of(one, other, .body, frequencies, limit: 1).count == 1)
    #expect(SharedWords.of(one, Folding.scalars("路灯"), .body, frequencies, limit: 5).isEmpty)
  }

  @Test func readingStopsAtTheLimitAndTheHeaviestAreCompared() {
    let grams = texts[0]
    let keys = MatterKey.asked(grams, isCounted: true, frequencies, weights)
    #expect(keys.map(\.count) == keys.map(\.count).sorted())
    #expect(Set(MatterKey.stored(grams, frequencies)).isSubset(of: MatterKey.all(grams)))
    #expect(MatterKey.all(grams).allSatisfy { (0..<1 << 31).contains($0) })
    guard let key = keys.first else { return }
    var candidates = MatterCandidates()
    candidates.add([5, 7, 9], by: key)
    candidates.add([7], by: key)
    #expect(candidates.room == MatterCandidates.most - 4)
    #expect(candidates.best(without: 9) == [7, 5])
  }
}
