import Stages
import Suggestions
import Testing
import Text

/// The parts of a score, and what they make two texts.
struct LikenessTests {
  private func likeness(_ one: String, _ other: String, length: Int = 3) -> Likeness {
    let (left, right) = (Folded.scalars(one), Folded.scalars(other))
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { Likeness(left, $0, length: length) }
    }
  }

  @Test func countsDifferentGrams() {
    #expect(likeness("井盖破损了", "井盖破损") == Likeness(common: 2, own: 3, other: 2))
    #expect(likeness("井盖破损了", "井盖破损", length: 2) == Likeness(common: 3, own: 4, other: 3, length: 2))
    #expect(likeness("哈哈哈哈哈哈", "哈哈哈") == Likeness(common: 1, own: 1, other: 1))
    #expect(likeness("井盖破损", "路灯不亮").jaccard == 0)
    #expect(likeness("井盖破损了", "井盖破损").jaccard == 2.0 / 3)
    #expect(likeness("井盖破损了", "井盖破损").containment == 1)
  }

  @Test func kindsFollowTheThresholds() {
    #expect(Likeness(common: 50, own: 75, other: 75).kind(bothShort: false) == .near)
    #expect(Likeness(common: 49, own: 75, other: 75).kind(bothShort: false) == .none)
    #expect(Likeness(common: 16, own: 20, other: 75).kind(bothShort: false) == .contained)
    #expect(Likeness(common: 15, own: 20, other: 75).kind(bothShort: false) == .none)
    #expect(Likeness(common: 19, own: 19, other: 75).kind(bothShort: false) == .none)
    #expect(Likeness(common: 6, own: 8, other: 8, length: 2).kind(bothShort: true) == .near)
    #expect(Likeness(common: 6, own: 8, other: 8, length: 2).kind(bothShort: false) == .none)
    #expect(Likeness(common: 2, own: 2, other: 2, length: 2).kind(bothShort: true) == .none)
    #expect(Likeness(common: 0, own: 0, other: 0).kind(bothShort: true) == .none)
  }
}
