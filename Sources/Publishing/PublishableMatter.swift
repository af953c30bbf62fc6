package import Suggestions

/// 可刊事项: a case that may stand in an issue. Made from ordinary cases alone: of the sensitive track there is none, so
/// no rule and no editor can choose one.
package struct PublishableMatter: Sendable, Hashable {
  /// Number of the suggestion; no receipt, which would open the case to whoever reads it.
  package let id: Int
  package let kind: Kind
  package var facts: Facts
  package var title = PublishableText.empty
  package var body = PublishableText.empty
  package var answer = PublishableText.empty

  /// What is known of it beside its texts.
  package struct Facts: Sendable, Hashable {
    package var act = Act.none
    package var urgency = Urgency.ordinary
    package var topic: DigestLabel?
    package var area: DigestLabel?
    package var station: DigestLabel?
    /// Who has it, or adopted it.
    package var unit: DigestLabel?
    package var channel: DigestLabel?
    package var outcome: DigestLabel?
    package var support = 1
    /// 评分: sum of the judges' sums, each 5 to 25, and how many judges.
    package var score = 0
    package var judges = 0
    /// 答复质量: 0 to 100; nil where nothing was measured.
    package var answerQuality: Int?
    package var isShortlisted = false
    package var isAdopted = false
    /// 准予刊用.
    package var isCleared = false
    /// Whether somebody has judged it: nobody's words are printed that nobody has read.
    package var isReviewed = false
    package var isRejected = false
    package var isAnswered = false
    package var isSolved = false
    /// What the writer said of it afterwards; nil where nobody asked or nobody said.
    package var isSatisfied: Bool?
    package var proposalNumber: String?
    package var awards: [String] = []
    /// 轮次: how often it was reopened.
    package var reopened = 0
    package var clock: [Moment] = []

    package init() {}
  }

  /// A point of its way: 提交, 派单, 到场, 处置完成, 答复, 告知.
  package struct Moment: Sendable, Hashable {
    package var name: DigestLabel
    /// Seconds since 1970.
    package var at: Int64

    package init(_ name: DigestLabel, _ at: Int64) {
      self.name = name
      self.at = at
    }
  }

  /// Nil for a case of the sensitive track.
  package init?(id: Int, kind: Kind, track: Track, facts: Facts) {
    guard track == .ordinary else { return nil }
    self.id = id
    self.kind = kind
    self.facts = facts
  }

  func moment(_ code: String) -> Int64? { facts.clock.first { $0.name.code == code }?.at }

  /// 全程: seconds from the writer's word to the mending; nil where one of them is not known.
  package var elapsed: Int64? {
    guard let start = moment("submitted") ?? moment("received"), let end = moment("resolved"), end >= start else {
      return nil
    }
    return end - start
  }

  /// With an editor's words in the place of its own.
  package func rewritten(title: PublishableText?, body: PublishableText?) -> PublishableMatter {
    var matter = self
    if let title { matter.title = title }
    if let body { matter.body = body }
    return matter
  }
}

/// 热点: a matter many spoke of in the month, or that came again.
package struct PublishableHotMatter: Sendable, Hashable {
  package let id: Int
  package var title: PublishableText
  package var topic: DigestLabel?
  package var areas: [DigestLabel]
  package var channels: [DigestLabel]
  /// Distinct people in the month and in as many days before it.
  package var people: Int
  package var before: Int
  /// How often it was taken up again after it was done with.
  package var again: Int

  /// Nil for a matter of the sensitive track.
  package init?(
    id: Int, track: Track, title: PublishableText, topic: DigestLabel?, areas: [DigestLabel], channels: [DigestLabel],
    people: Int, before: Int, again: Int
  ) {
    guard track == .ordinary else { return nil }
    self.id = id
    self.title = title
    self.topic = topic
    self.areas = areas
    self.channels = channels
    self.people = people
    self.before = before
    self.again = again
  }
}
